"""Answers arrive in any order, twice, late, from two devices: the newest counts, all are kept."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.school.attempts.actions.opening import attempt_reopen, attempt_withdraw
from yunke.school.attempts.actions.saving import attempt_save, attempt_submit, attempts_close
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.reads.told import attempt_now
from yunke.school.attempts.rules.ticks import From, Proof
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Sent, Why

pytestmark = pytest.mark.django_db


def values_of(row: Attempt) -> dict[int, object]:
    return dict(Reply.objects.filter(attempt=row).values_list("question_id", "value"))


def test_a_save_is_stored_and_told() -> None:
    row = makers.attempt()
    told = makers.saved(row, {0: "B", 1: "C"}, seq=5)
    assert told["saved"] == 5
    assert told["state"] == "open"
    assert told["kept"] == []
    assert values_of(row) == {row.order[0]: "B", row.order[1]: "C"}


def test_a_reply_to_a_save_holds_no_key_and_no_score() -> None:
    row = makers.attempt()
    told = makers.submitted(row, {0: "B"})
    assert set(told) == {
        "saved", "kept", "state", "submitted_at", "ends_at", "now", "tick", "other", "newer",
        "handed",
    }  # fmt: skip


def test_an_older_save_never_goes_back() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "C"}, seq=7)
    told = makers.saved(row, {0: "A"}, seq=6)
    assert told["saved"] == 7
    assert values_of(row) == {row.order[0]: "C"}
    assert not Stray.objects.exists()


def test_the_newest_of_one_parcel_counts() -> None:
    row = makers.attempt()
    number = row.order[0]
    answers = [Sent(number, "C", 3), Sent(number, "A", 1), Sent(number, "B", 2)]
    attempt_save(who_id=row.person_id, attempt_id=row.id, answers=answers)
    assert values_of(row) == {number: "C"}


def test_a_replay_changes_nothing() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"}, seq=2)
    before = Reply.objects.values().get()
    makers.saved(row, {0: "B"}, seq=2)
    assert Reply.objects.values().get() == before


def test_handing_in_twice_is_one_submission() -> None:
    row = makers.attempt()
    first = makers.submitted(row, {0: "B"}, key="first-key-00000001")
    again = makers.submitted(row, {0: "A"}, seq=9, key="other-key-00000002")
    assert again["handed"] == first["handed"]
    assert again["submitted_at"] == first["submitted_at"]
    assert again["kept"] == [row.order[0]]
    assert values_of(row)[row.order[0]] == "B"
    assert Event.objects.filter(verb="attempt.handed_in").count() == 1


def test_a_save_after_handing_in_is_kept_beside() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "B"})
    told = makers.saved(row, {0: "C"}, seq=8)
    stray = Stray.objects.get()
    assert told["kept"] == [row.order[0]]
    assert (stray.value, stray.why, stray.accepted) == ("C", Why.SUBMITTED, None)


def test_a_late_save_comes_twice_and_is_kept_once() -> None:
    row = makers.attempt(ends_at=now() - timedelta(seconds=1))
    for _ in range(2):
        makers.saved(row, {0: "C"}, seq=8)
    stray = Stray.objects.get()
    assert (stray.why, stray.seq) == (Why.ENDED, 8)
    assert values_of(row) == {}


def test_no_second_after_the_end_counts() -> None:
    end = now() + timedelta(seconds=60)
    row = makers.attempt(ends_at=end)
    makers.saved(row, {0: "B"}, seq=1)
    Attempt.objects.filter(id=row.id).update(ends_at=now() - timedelta(milliseconds=5))
    makers.saved(row, {0: "C"}, seq=2)
    assert values_of(row) == {row.order[0]: "B"}


def test_handing_in_after_the_end_is_the_servers_and_dated_to_the_end() -> None:
    end = now() - timedelta(seconds=3)
    row = makers.attempt(ends_at=end)
    told = makers.submitted(row, {0: "C"}, seq=2)
    row.refresh_from_db()
    assert row.by_server
    assert row.submitted_at == end
    assert told["kept"] == [row.order[0]]


def test_the_server_hands_in_what_ran_out_after_the_grace() -> None:
    end = now() - timedelta(seconds=30)
    row = makers.attempt(ends_at=end)
    still = makers.attempt(ends_at=now() + timedelta(minutes=5))
    assert attempts_close(now(), grace=timedelta(seconds=60)) == 0
    assert attempts_close(now(), grace=timedelta(seconds=10)) == 1
    assert attempts_close(now(), grace=timedelta(seconds=10)) == 0
    row.refresh_from_db()
    still.refresh_from_db()
    assert (row.submitted_at, row.by_server) == (end, True)
    assert still.submitted_at is None


def test_late_by_the_day_is_noted_and_counts() -> None:
    row = makers.attempt(due_at=now() - timedelta(hours=1))
    makers.submitted(row, {0: "B"})
    row.refresh_from_db()
    assert row.late
    assert values_of(row) == {row.order[0]: "B"}


@pytest.mark.parametrize(
    ("value", "seq"),
    [("B", 0), ("B", -1), ("B", 2**53), ("a\0b", 1), ("\ud800", 1), ("x" * 20_001, 1),
     ({"a": {"b": {"c": {"d": "e"}}}}, 1), (["x"] * 201, 1)],
)  # fmt: skip
def test_what_no_answer_is_refuses_the_whole_parcel(value: object, seq: int) -> None:
    row = makers.attempt()
    answers = [Sent(row.order[0], "B", 1), Sent(row.order[1], value, seq)]
    with pytest.raises(Refused) as no, transaction.atomic():
        attempt_save(who_id=row.person_id, attempt_id=row.id, answers=answers)
    assert no.value.status == 422
    assert not Reply.objects.exists()


def test_a_value_nested_beyond_all_measure_is_refused_like_any_other() -> None:
    row = makers.attempt()
    deep: object = "B"
    for _ in range(700):
        deep = [deep]
    with pytest.raises(Refused) as no, transaction.atomic():
        makers.saved(row, {0: "B", 1: deep})
    assert no.value.status == 422
    assert not Reply.objects.exists()


def test_more_than_two_hundred_answers_are_refused() -> None:
    row = makers.attempt()
    with pytest.raises(Refused), transaction.atomic():
        attempt_save(who_id=row.person_id, attempt_id=row.id,
                     answers=[Sent(row.order[0], "B", n) for n in range(1, 202)])  # fmt: skip


def test_a_question_of_another_thing_refuses_everything() -> None:
    row, other = makers.attempt(), makers.attempt()
    answers = [Sent(row.order[0], "B", 1), Sent(other.order[0], "B", 1)]
    with pytest.raises(Refused), transaction.atomic():
        attempt_save(who_id=row.person_id, attempt_id=row.id, answers=answers)
    assert not Reply.objects.exists()


def test_somebody_elses_attempt_is_not_there() -> None:
    row, other = makers.attempt(), makers.attempt()
    for act in (attempt_save, attempt_submit):
        more = {"key": "k" * 16} if act is attempt_submit else {}
        with pytest.raises(Refused) as no, transaction.atomic():
            act(who_id=other.person_id, attempt_id=row.id, answers=[], **more)  # type: ignore[operator]
        assert no.value.status == 404


def test_a_withdrawn_attempt_takes_nothing() -> None:
    row = makers.attempt()
    attempt_withdraw(row.id)
    with pytest.raises(Refused), transaction.atomic():
        makers.saved(row, {0: "B"})


def test_an_old_submission_that_comes_again_after_reopening_hands_nothing_in() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "B"}, key="first-key-00000001")
    attempt_reopen(row.id, ends_at=None)
    told = makers.submitted(row, {0: "B"}, key="first-key-00000001")
    assert told["state"] == "open"
    told = makers.submitted(row, {0: "C"}, seq=9, key="next-key-000000002")
    assert told["state"] == "submitted"
    assert values_of(row) == {row.order[0]: "C"}


def test_two_devices_are_told_of_each_other_and_nothing_is_lost() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "A"}, seq=10, device="phone")
    told = makers.saved(row, {0: "B", 1: "C"}, seq=11, device="tablet")
    assert told["other"]
    assert told["newer"] == []
    beside = Stray.objects.get()
    assert (beside.value, beside.why, beside.device) == ("A", Why.OTHER, "phone")
    back = attempt_save(
        who_id=row.person_id, attempt_id=row.id, answers=[], by=From(device="phone")
    )
    assert back["other"]
    assert {(one["question"], one["value"]) for one in back["newer"]} == {
        (row.order[0], "B"), (row.order[1], "C"),
    }  # fmt: skip


def test_what_a_device_wrote_long_ago_and_brings_only_now_is_told_to_the_other() -> None:
    """The tablet's answers are newer by their numbers; the phone's came later."""
    row = makers.attempt()
    makers.saved(row, {0: "B", 2: "C"}, seq=20, device="tablet")
    held = attempt_now(who_id=row.person_id, attempt_id=row.id, device="tablet")
    assert held is not None
    with time_machine.travel(now() + timedelta(minutes=10)):
        makers.saved(row, {1: "D"}, seq=10, device="phone")
    told = attempt_save(
        who_id=row.person_id, attempt_id=row.id, answers=[Sent(row.order[2], "A", 21)],
        by=From(device="tablet", proof=Proof(held["tick"])),
    )  # fmt: skip
    assert told["other"]
    assert told["newer"] == [{"question": row.order[1], "value": "D", "seq": 10}]


def test_a_device_is_told_only_what_came_after_its_tick() -> None:
    row = makers.attempt()
    with time_machine.travel(now() - timedelta(minutes=10)):
        makers.saved(row, {0: "B"}, seq=20, device="tablet")
    held = attempt_now(who_id=row.person_id, attempt_id=row.id, device="phone")
    assert held is not None
    assert [one["value"] for one in held["newer"]] == ["B"]
    later = attempt_now(
        who_id=row.person_id, attempt_id=row.id, device="phone", tick=held["tick"]
    )  # fmt: skip
    assert later is not None
    assert later["other"]
    assert later["newer"] == []


@pytest.mark.parametrize("tick", ["", "é.é.é", "1.2.3.4", "." * 200, "\N{SNOWMAN}"])
def test_a_tick_that_is_none_of_ours_gets_everything_and_breaks_nothing(tick: str) -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"}, seq=20, device="tablet")
    told = attempt_now(who_id=row.person_id, attempt_id=row.id, device="phone", tick=tick)
    assert told is not None
    assert [one["value"] for one in told["newer"]] == ["B"]


def test_an_older_answer_of_another_device_stands_beside() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"}, seq=11, device="tablet")
    makers.saved(row, {0: "A"}, seq=11, device="phone")
    makers.saved(row, {0: "A"}, seq=11, device="phone")
    assert values_of(row) == {row.order[0]: "B"}
    assert Stray.objects.get().value == "A"


def test_the_same_answer_on_two_devices_leaves_nothing_beside() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"}, seq=11, device="tablet")
    makers.saved(row, {0: "B"}, seq=12, device="phone")
    assert not Stray.objects.exists()


@pytest.mark.parametrize("count", [5, 50])
def test_a_save_costs_the_same_however_many_answers(
    count: int, django_assert_max_num_queries
) -> None:
    row = makers.attempt(makers.choices(count))
    with django_assert_max_num_queries(5):
        makers.saved(row, dict.fromkeys(range(count), "B"))
    with django_assert_max_num_queries(5):
        makers.saved(row, dict.fromkeys(range(count), "C"), seq=2)
    with django_assert_max_num_queries(7):
        makers.submitted(row, dict.fromkeys(range(count), "D"), seq=3)

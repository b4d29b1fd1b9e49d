"""What each act of the reviews refuses, writes and tells; what fails leaves nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.models import Lesson, Unit
from yunke.school.preparing.tests import makers as preparing
from yunke.school.review.actions.checklist import FIRST, checklist_begin, checklist_set
from yunke.school.review.actions.decide import (
    remark_add,
    submission_claim,
    submission_decide,
    submission_release,
    ticks_save,
)
from yunke.school.review.actions.moves import NotHere, Overtaken, words_kept
from yunke.school.review.actions.submit import (
    lesson_resubmit,
    lesson_send_on,
    lesson_submit,
    submission_withdraw,
)
from yunke.school.review.models import Item, Moved, Submission, Tick
from yunke.school.review.reads.one import items_of
from yunke.school.review.rules import MOST_REASON
from yunke.school.review.tests.makers import (
    House,
    claimed,
    decided,
    duty_over,
    lesson,
    once,
    published,
    signed_in,
    submitted,
    ticked,
    who,
)
from yunke.school.review.values import Level, State, TickIn

LONG = "字" * (MOST_REASON + 1)
STRANGERS = ("pupil", "far_pupil", "colleague", "far_reviewer", "maths_reviewer", "far_staff")


def counted() -> tuple[int, ...]:
    return tuple(kind.objects.count() for kind in (Submission, Moved, Tick, Item, Event, Entry))


def last() -> tuple[str, str]:
    return Event.objects.latest("id").verb, Entry.objects.latest("seq").act


MOVES: dict[str, Callable[..., object]] = {
    "claim": lambda who, row, at: submission_claim(who=who, submission_id=row),
    "release": lambda who, row, at: submission_release(who=who, submission_id=row, turn=1),
    "ticks": lambda who, row, at: ticks_save(who=who, submission_id=row, ticks=ticked(at)),
    "decide": lambda who, row, at: submission_decide(
        who=who, submission_id=row, turn=1, passed=True, reason="", ticks=ticked(at)
    ),
    "remark": lambda who, row, at: remark_add(who=who, submission_id=row, text="x"),
    "resubmit": lambda who, row, at: lesson_resubmit(who=who, submission_id=row, turn=1),
    "on": lambda who, row, at: lesson_send_on(who=who, submission_id=row, turn=1),
    "withdraw": lambda who, row, at: submission_withdraw(who=who, submission_id=row, turn=1),
}


@pytest.mark.parametrize("move", MOVES)
def test_to_a_stranger_a_submission_is_not_there(at: House, move: str) -> None:
    sub = submitted(at)
    before = counted()
    for name in STRANGERS:
        for number in (sub.id, sub.id + 99):
            with pytest.raises(NotHere):
                MOVES[move](who(getattr(at, name)), number, at)
    assert counted() == before


# Handing in


def test_an_aim_that_the_lesson_does_not_have_is_refused(at: House) -> None:
    made = lesson(at, author=at.city_staff)
    with pytest.raises(Refused, match="直接送市里"):
        lesson_submit(who=who(at.city_staff), lesson_id=made.id, aim=Level.COUNTY)
    assert not Submission.objects.exists()
    lesson_submit(who=who(at.city_staff), lesson_id=made.id, aim=Level.CITY)
    row = Submission.objects.get()
    assert (row.state, row.county_id) == ("county_passed", 0)


def test_a_hand_in_belongs_to_the_city_of_its_unit(at: House) -> None:
    made = lesson(at)
    elsewhere = people.org("city", "外市")
    Unit.objects.filter(id=made.unit_id).update(city_id=elsewhere.id)
    assert submitted(at, made).city_id == elsewhere.id


def test_handing_in_is_told_with_its_aim_and_its_words(at: House) -> None:
    sub = submitted(at, aim=Level.COUNTY)
    event, entry = Event.objects.latest("id"), Entry.objects.latest("seq")
    assert last() == ("lesson.submitted", "lesson.submitted")
    assert event.result == {"round": 1, "aim": "county"}
    assert (entry.subject_id, entry.school_id) == (at.author.id, at.school.id)
    move = Moved.objects.get()
    assert (move.what, move.reason, move.version_id) == ("submit", "请审", sub.version_id)


def test_a_hand_in_names_everybody_who_made_something(at: House) -> None:
    made = lesson(at)
    preparing.invite(made, at.colleague)
    preparing.save(made, at.colleague, summary="同事写的")
    assert submitted(at, made).makers == sorted([at.author.id, at.colleague.id])


def test_too_long_a_message_hands_nothing_in(at: House) -> None:
    made = lesson(at)
    before = counted()
    with pytest.raises(Refused, match="2000"):
        lesson_submit(who=who(at.author), lesson_id=made.id, aim=Level.CITY, message=LONG)
    assert counted() == before


def test_handed_in_again_it_is_the_mended_version(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    old, files = sub.version_id, list(sub.files)
    preparing.save(sub.lesson, at.author, title="改好的课题")
    preparing.file(sub.lesson, title="新的.pdf")
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn, message=" 改好了 ")
    sub.refresh_from_db()
    assert (sub.title, sub.round, sub.claimed_by_id) == ("改好的课题", 2, None)
    assert sub.version_id != old
    assert len(sub.files) == len(files) + 1
    move = Moved.objects.latest("id")
    assert (move.round, move.version_id, move.reason) == (2, sub.version_id, "改好了")


def test_sending_on_changes_the_aim_and_not_the_state(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at, aim=Level.COUNTY))
    with pytest.raises(Overtaken):
        submission_claim(who=who(at.city_reviewer), submission_id=sub.id)
    lesson_send_on(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    assert (sub.aim, sub.state) == ("city", State.COUNTY_PASSED)
    with pytest.raises(NotHere):
        lesson_send_on(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    assert claimed(at.city_reviewer, sub).state == State.CITY_REVIEWING


def test_taking_back_needs_a_reason_only_once_it_is_shown(at: House) -> None:
    first = submitted(at)
    submission_withdraw(who=who(at.author), submission_id=first.id, turn=first.turn)
    assert last() == ("lesson.submission_ended", "lesson.withdrawn")
    second = published(at)
    before = counted()
    for words, said in (("  ", "原因"), (LONG, "2000")):
        with pytest.raises(Refused, match=said):
            submission_withdraw(
                who=who(at.author), submission_id=second.id, turn=second.turn, reason=words
            )
    assert counted() == before
    assert Lesson.objects.get(id=second.lesson_id).state == "published"


# Reviewing


def test_claiming_twice_is_once(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    before = counted()
    submission_claim(who=who(at.reviewer), submission_id=sub.id)
    assert counted() == before


def test_a_claim_keeps_how_long_it_waits(at: House) -> None:
    sub = submitted(at)
    since = sub.waiting_since
    assert claimed(at.reviewer, sub).waiting_since == since
    submission_release(who=who(at.reviewer), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    assert (sub.waiting_since, sub.claimed_by_id, sub.state) == (since, None, State.SUBMITTED)


def test_a_claim_of_who_left_is_freed_on_the_way(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    with pytest.raises(Overtaken) as meanwhile:
        submission_claim(who=who(at.second_reviewer), submission_id=sub.id)
    assert meanwhile.value.last.name == "县审员"
    duty_over(at.reviewer)
    assert claimed(at.second_reviewer, sub).claimed_by_id == at.second_reviewer.id
    moves = list(Moved.objects.order_by("id").values_list("what", flat=True))
    assert moves == ["submit", "claim", "release", "claim"]


def test_ticks_of_lines_that_are_none_are_not_kept(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    first, *_rest = ticked(at)
    made_up = TickIn(999_999, True, "不存在")
    noted = TickIn(first.item_id, False, " 听不清 " + "x" * 400, 12.5)
    ticks_save(who=who(at.reviewer), submission_id=sub.id, ticks=[noted, made_up])
    ticks_save(who=who(at.reviewer), submission_id=sub.id, ticks=[noted])
    (tick,) = Tick.objects.all()
    assert (tick.item_id, tick.good, tick.at_second) == (first.item_id, False, 12.5)
    assert (len(tick.note), tick.note[:3]) == (300, "听不清")


def test_ticks_are_the_claimers_alone(at: House) -> None:
    sub = submitted(at)
    for somebody in (at.reviewer, at.county_staff, at.author):
        with pytest.raises(NotHere):
            ticks_save(who=who(somebody), submission_id=sub.id, ticks=ticked(at))
    claimed(at.reviewer, sub)
    with pytest.raises(NotHere):
        ticks_save(who=who(at.second_reviewer), submission_id=sub.id, ticks=ticked(at))
    assert not Tick.objects.exists()


def test_a_decision_that_fails_at_its_end_decides_nothing(
    at: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sub = claimed(at.reviewer, submitted(at))
    before = counted()

    def broken(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("yunke.school.review.actions.decide.version_publish", broken)
    with pytest.raises(RuntimeError):
        submission_decide(
            who=who(at.reviewer), submission_id=sub.id, turn=sub.turn, passed=True, reason="",
            ticks=ticked(at),
        )  # fmt: skip
    assert counted() == before
    sub.refresh_from_db()
    assert (sub.state, sub.claimed_by_id) == (State.COUNTY_REVIEWING, at.reviewer.id)
    assert Lesson.objects.get(id=sub.lesson_id).reach == "school"


@pytest.mark.parametrize(
    ("passed", "reason", "good", "said"),
    [
        (True, "", False, "不能通过"),
        (True, "", None, "不能通过"),
        (False, "", True, "退回的原因"),
        (False, "  \n ", True, "退回的原因"),
        (False, LONG, True, "2000"),
        (True, LONG, True, "2000"),
    ],
)
def test_a_refused_decision_writes_nothing(
    at: House, passed: bool, reason: str, good: bool | None, said: str
) -> None:
    sub = claimed(at.reviewer, submitted(at))
    before = counted()
    with pytest.raises(Refused, match=said):
        submission_decide(
            who=who(at.reviewer), submission_id=sub.id, turn=sub.turn, passed=passed,
            reason=reason, ticks=ticked(at, good=good),
        )  # fmt: skip
    assert counted() == before


def test_a_decision_is_told_with_level_and_round(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False, reason=" 错字 ")
    event, entry = Event.objects.latest("id"), Entry.objects.latest("seq")
    assert (event.verb, entry.act) == ("lesson.reviewed", "lesson.decided")
    assert event.result == {"passed": False, "level": "county", "round": 1}
    assert (entry.reason, entry.actor_id) == ("错字", at.reviewer.id)
    assert sub.state == State.COUNTY_RETURNED


def test_a_remark_is_whole_or_refused(at: House) -> None:
    sub = submitted(at)
    for words, said in (("", "几个字"), (" \n", "几个字"), (LONG, "2000")):
        with pytest.raises(Refused, match=said):
            remark_add(who=who(at.reviewer), submission_id=sub.id, text=words)
    remark_add(who=who(at.author), submission_id=sub.id, text="谢谢" * 1000)
    move = Moved.objects.latest("id")
    assert (move.what, len(move.reason), move.state) == ("remark", 2000, "submitted")
    sub.refresh_from_db()
    assert sub.turn == 1


def test_words_lose_their_edges_only() -> None:
    assert words_kept(" 一\n二 ") == "一\n二"
    assert len(words_kept(" " + "字" * MOST_REASON)) == MOST_REASON


def test_a_colleague_invited_after_the_hand_in_may_still_not_decide_the_next(at: House) -> None:
    people.member(at.second_reviewer, people.school_class(at.school), Role.TEACHER)
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    preparing.invite(sub.lesson, at.second_reviewer)
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    with pytest.raises((NotHere, Overtaken)):
        submission_claim(who=who(at.second_reviewer), submission_id=sub.id)


# The checklist


def test_known_lines_keep_their_row_and_the_others_are_retired(at: House) -> None:
    kept, *_gone = items_of(at.city.id)
    lines = [("新的一项", "New"), (kept.words, "Other English"), ("新的一项", "Twice")]
    checklist_set(who=who(at.city_staff), city_id=at.city.id, lines=lines)
    assert [(i.words, i.words_en) for i in items_of(at.city.id)] == [
        ("新的一项", "Twice"), (kept.words, "Other English"),
    ]  # fmt: skip
    assert items_of(at.city.id)[1].id == kept.id
    assert Item.objects.filter(retired_at__isnull=False).count() == len(FIRST) - 1
    assert Event.objects.latest("id").result == {"lines": 3}


def test_the_checklist_is_begun_once_and_set_by_its_city_alone(at: House) -> None:
    before = counted()
    checklist_begin(at.city.id)
    other = people.org("city", "外市")
    for somebody in (at.county_staff, at.reviewer, at.author):
        with pytest.raises(NotHere):
            checklist_set(who=who(somebody), city_id=at.city.id, lines=[("x", "")])
    with pytest.raises(NotHere):
        checklist_set(who=who(at.city_staff), city_id=other.id, lines=[("x", "")])
    assert counted() == before
    checklist_begin(other.id)
    assert len(items_of(other.id)) == len(FIRST)


# What was typed is not lost


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_message_that_is_too_long_comes_back_whole(at: House, lang: str) -> None:
    made = lesson(at)
    client = signed_in(at.author)
    client.cookies["yunke_language"] = lang
    for body in ({"aim": "city", "message": LONG}, {"aim": "moon", "message": "给审核员"}):
        answer = client.post(f"/make/{made.id}/review/submit", {**once(), **body})
        assert answer.status_code == 422
        assert body["message"] in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_line_end_counts_once_as_the_browser_counted_it(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    words = "\r\n".join(["一行字"] * 400)
    assert len(words) > 1990
    body = {**once(), "turn": sub.turn, "message": words + "满" * (2000 - 400 * 4 + 1)}
    answer = signed_in(at.author).post(f"/make/{sub.lesson_id}/review/resubmit", body)
    assert answer.status_code == 303
    assert len(Moved.objects.latest("id").reason) == 2000


def test_too_long_an_answer_is_given_back_and_nothing_moved(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    body = {**once(), "turn": sub.turn, "message": LONG}
    answer = signed_in(at.author).post(f"/make/{sub.lesson_id}/review/resubmit", body)
    assert answer.status_code == 422
    assert LONG in answer.content.decode()
    sub.refresh_from_db()
    assert sub.state == State.COUNTY_RETURNED


def test_the_offices_reason_comes_back_when_it_is_refused(at: House) -> None:
    sub = published(at)
    client = signed_in(at.city_staff)
    for words in ("", LONG):
        body = {**once(), "turn": sub.turn, "message": words}
        answer = client.post(f"/review/{sub.id}/take-back", body)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Lesson.objects.get(id=sub.lesson_id).state == "published"

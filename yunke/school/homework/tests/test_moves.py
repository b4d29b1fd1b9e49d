"""A deadline is moved, somebody has more time, work is taken back: by who marks it, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, signed_in, teacher
from yunke.school.attempts.models import Attempt
from yunke.school.homework.actions.setting import homework_due, homework_extend, homework_withdraw
from yunke.school.homework.models import Homework
from yunke.school.homework.reads.lines import mine_one
from yunke.school.homework.reads.one import last_due
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db


def wall(moment: Any) -> str:
    return f"{localtime(moment):%Y-%m-%dT%H:%M}"


def test_the_teacher_moves_the_deadline_and_open_attempts_follow() -> None:
    people = makers.cast()
    row = makers.homework(people)
    makers.begun(row, people.pupil)
    later = (row.due_at + timedelta(days=2)).replace(second=0, microsecond=0)
    client = signed_in(people.teacher)
    answer = client.post(f"/homework/{row.id}/due", {"due": wall(later), **once()})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.due_at == later
    assert Attempt.objects.get().due_at == later
    event = Event.objects.get(verb="homework.moved")
    assert (event.actor_id, event.object_id) == (people.teacher.id, row.id)


@pytest.mark.parametrize("due", ["", "x", "2001-01-01T10:00", "2026-03-02T20:00Z"])
def test_a_deadline_that_is_none_changes_nothing(due: str) -> None:
    people = makers.cast()
    row = makers.homework(people)
    client = signed_in(people.teacher)
    assert client.post(f"/homework/{row.id}/due", {"due": due, **once()}).status_code == 422
    assert Homework.objects.get().due_at == row.due_at
    assert not Event.objects.filter(verb="homework.moved").exists()


def test_some_pupils_have_three_days_more_under_one_key() -> None:
    people = makers.cast()
    row = makers.homework(people)
    chosen = [people.pupils[0].id, people.pupils[1].id]
    sent = {"pupils": chosen, "days": "3", **once()}
    client = signed_in(people.teacher)
    for _ in range(2):
        assert client.post(f"/homework/{row.id}/extend", sent).status_code == 303
    assert {makers.copy_of(row, one).due_at for one in people.pupils[:2]} == {
        row.due_at + timedelta(days=3)
    }
    assert Event.objects.filter(verb="homework.moved").count() == 2
    found = mine_one(chosen[0], row.id)
    assert found is not None
    assert found.extended
    assert "延了期" in signed_in(people.pupil).get(f"/homework/{row.id}").content.decode()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"days": "0"}, 422), ({"days": "61"}, 422), ({"days": "x"}, 422), ({"pupils": []}, 422),
        ({"pupils": ["x"]}, 422), ({"pupils": ["999999999"]}, 404),
    ],
)  # fmt: skip
def test_an_extension_that_is_none_changes_nothing(more: dict[str, Any], status: int) -> None:
    people = makers.cast()
    row = makers.homework(people)
    sent = {"pupils": [people.pupil.id], "days": "3", **more, **once()}
    client = signed_in(people.teacher)
    assert client.post(f"/homework/{row.id}/extend", sent).status_code == status
    assert makers.copy_of(row, people.pupil).due_at is None


def test_one_wrong_name_among_right_ones_extends_for_nobody() -> None:
    people = makers.cast()
    row = makers.homework(people)
    sent = {"pupils": [people.pupil.id, people.far_pupil.id], "days": "3", **once()}
    client = signed_in(people.teacher)
    assert client.post(f"/homework/{row.id}/extend", sent).status_code == 404
    assert makers.copy_of(row, people.pupil).due_at is None
    assert not Event.objects.filter(verb="homework.moved").exists()


def test_who_has_more_time_is_late_only_after_it() -> None:
    people = makers.cast()
    row = makers.homework(people, opens_at=makers.ago(days=3), due_at=makers.ago(days=1))
    homework_extend(who_id=1, homework_id=row.id, pupils=[people.pupil.id], days=7)
    for child in people.pupils[:2]:
        makers.handed_in(row, child, "B", "B")
    found = [mine_one(child.id, row.id) for child in people.pupils[:2]]
    assert [one.late for one in found if one] == [False, True]


def test_the_last_deadline_of_all_counts_extensions() -> None:
    people = makers.cast()
    row = makers.homework(people)
    assert last_due(row) == row.due_at
    later = homework_extend(who_id=1, homework_id=row.id, pupils=[people.pupil.id], days=9)
    assert last_due(row) == later
    homework_due(who_id=1, homework_id=row.id, due_at=row.due_at + timedelta(days=20))
    row.refresh_from_db()
    assert last_due(row) == row.due_at


@pytest.mark.parametrize("days", [0, -1, 61])
def test_the_action_itself_holds_its_bounds(days: int) -> None:
    people = makers.cast()
    row = makers.homework(people)
    with pytest.raises(Refused) as no:
        homework_extend(who_id=1, homework_id=row.id, pupils=[people.pupil.id], days=days)
    assert no.value.status == 422
    with pytest.raises(Refused):
        homework_due(who_id=1, homework_id=row.id, due_at=row.opens_at)


def test_taken_back_it_is_gone_for_everybody_and_stays_written() -> None:
    people = makers.cast()
    row = makers.homework(people)
    makers.handed_in(row, people.pupil, "B", "B")
    client, key = signed_in(people.teacher), once()
    for _ in range(2):
        assert client.post(f"/homework/{row.id}/withdraw", key).status_code == 303
    assert Attempt.objects.filter(submitted_at__isnull=False).count() == 1
    assert Event.objects.filter(verb="homework.withdrawn").count() == 1
    for path in ("due", "extend", "withdraw", "return"):
        assert client.post(f"/homework/{row.id}/{path}", once()).status_code == 404, path
    for path in ("mark", "results.csv"):
        assert client.get(f"/homework/{row.id}/{path}").status_code == 404, path
    child = f"/child/{people.pupil.id}/homework/{row.id}"
    assert signed_in(people.guardian).get(child).status_code == 404
    with pytest.raises(Refused):
        homework_withdraw(who_id=1, homework_id=row.id)


@pytest.mark.parametrize("path", ["due", "extend", "withdraw"])
def test_nobody_else_moves_it(path: str) -> None:
    people = makers.cast()
    row = makers.homework(people)
    maths = teacher(people.one, subject="maths")
    sent = {"due": wall(now() + timedelta(days=5)), "pupils": [people.pupil.id], "days": "3"}
    strangers = (
        people.pupil, people.guardian, people.head, maths, people.other_teacher, people.admin,
        people.far_teacher, people.city_staff,
    )  # fmt: skip
    for somebody in strangers:
        answer = signed_in(somebody).post(f"/homework/{row.id}/{path}", {**sent, **once()})
        assert answer.status_code == 404, somebody.name
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert not row.copies.filter(due_at__isnull=False).exists()

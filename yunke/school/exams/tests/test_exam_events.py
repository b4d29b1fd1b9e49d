"""What is done to the clocks of an exam, and what happened in it, is told in the lake: once each,
about whom it was done to, and never what was noted about a child."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, signed_in, who
from yunke.school.exams.actions.planning import extra_set
from yunke.school.exams.actions.sitting import (
    exam_pause,
    exam_resume,
    incident_note,
    sitting_readmit,
    sittings_extend,
    standstill_note,
)
from yunke.school.exams.models import Incident, Pause
from yunke.school.exams.reads.exams import seat_of
from yunke.school.exams.tests.makers import Hall, begin, hall, hand_in, start
from yunke.school.exams.values.exams import IncidentKind, Mode

pytestmark = pytest.mark.django_db
NEW = ("exam.extended", "exam.paused", "exam.resumed", "exam.noted")


def told(*verbs: str) -> list[tuple[str, int]]:
    """Verb and subject of the events of these verbs, in order."""
    rows = Event.objects.filter(verb__in=verbs or NEW).order_by("id")
    return list(rows.values_list("verb", "subject_id"))


def extend(of: Hall) -> None:
    sittings_extend(who=of.teacher, exam_id=of.exam.id, person_ids=ids(of)[:2], minutes=5)


def pause_all(of: Hall) -> None:
    exam_pause(who=of.teacher, exam_id=of.exam.id, reason="铃")


def pause_some(of: Hall) -> None:
    exam_pause(who=of.teacher, exam_id=of.exam.id, reason="", person_ids=ids(of)[:2])


def resume_all(of: Hall) -> None:
    exam_resume(who=of.teacher, exam_id=of.exam.id)


def resume_some(of: Hall) -> None:
    exam_resume(who=of.teacher, exam_id=of.exam.id, person_ids=ids(of)[:2])


def power_cut(of: Hall) -> None:
    began = now() - timedelta(seconds=40)
    standstill_note(
        who=of.teacher, exam_id=of.exam.id, began_at=began, ended_at=now(), reason="停电"
    )


def ids(of: Hall) -> list[int]:
    return [pupil.id for pupil in of.people.pupils]


def sitting_hall() -> Hall:
    made = begin(hall())
    for pupil in made.people.pupils:
        start(made, pupil)
    return made


@pytest.mark.parametrize(
    ("acts", "verbs"),
    [
        ([extend], [("exam.extended", 0), ("exam.extended", 1)]),
        ([pause_all], [("exam.paused", None)]),
        ([pause_some], [("exam.paused", 0), ("exam.paused", 1)]),
        ([pause_all, pause_all], [("exam.paused", None)]),
        ([pause_some, pause_some], [("exam.paused", 0), ("exam.paused", 1)]),
        ([pause_all, resume_all], [("exam.paused", None), ("exam.resumed", None)]),
        ([resume_all, resume_some], []),
        (
            [pause_some, resume_some, resume_some],
            [("exam.paused", 0), ("exam.paused", 1), ("exam.resumed", 0), ("exam.resumed", 1)],
        ),
        ([power_cut], [("exam.paused", None)]),
    ],
)
def test_every_move_of_a_clock_is_told_once_about_those_it_moved(
    acts: list[Callable[[Hall], None]], verbs: list[tuple[str, int | None]]
) -> None:
    made = sitting_hall()
    for act in acts:
        act(made)
    people = ids(made)
    assert told() == [(verb, 0 if n is None else people[n]) for verb, n in verbs]
    rows = Event.objects.filter(verb__in=NEW)
    assert {r.actor_id for r in rows} <= {made.teacher.id}
    assert all((r.object_kind, r.object_id) == ("exam", made.exam.id) for r in rows)
    assert all(r.school_id == made.exam.school_id for r in rows)


def test_the_event_of_a_power_cut_says_from_when_to_when() -> None:
    made = sitting_hall()
    power_cut(made)
    row = Event.objects.get(verb="exam.paused")
    pause = Pause.objects.get()
    assert row.result["from"] == pause.began_at.isoformat()
    assert row.result["reopened"] == 0


@pytest.mark.parametrize("act", [extend, pause_all, pause_some, resume_all, power_cut])
def test_a_stranger_moves_no_clock_and_nothing_is_told(act: Callable[[Hall], None]) -> None:
    made = sitting_hall()

    class Stranger(Hall):
        @property
        def teacher(self) -> Any:
            return who(self.people.other_teacher)

    with pytest.raises(Refused):
        act(Stranger(made.people, made.paper, made.exam))
    assert told() == []
    assert not Pause.objects.exists()


def test_extra_time_before_the_start_is_told_about_the_pupil_with_how_much() -> None:
    made = hall()
    pupil = made.people.pupil
    extra_set(who=made.teacher, exam_id=made.exam.id, person_id=pupil.id, percent=25, minutes=0)
    row = Event.objects.get(verb="exam.extended")
    assert (row.subject_id, row.result) == (pupil.id, {"percent": 25, "minutes": 0})
    with pytest.raises(Refused):
        extra_set(
            who=made.teacher, exam_id=made.exam.id, person_id=pupil.id, percent=999, minutes=0
        )
    assert told("exam.extended") == [("exam.extended", pupil.id)]


def test_a_hand_in_that_is_taken_back_is_told_by_the_attempt_alone() -> None:
    made = begin(hall())
    pupil = made.people.pupil
    hand_in(made, pupil, "B")
    sitting_readmit(
        who=made.teacher, exam_id=made.exam.id, person_id=pupil.id, minutes=5, reason="误交"
    )
    assert told("attempt.reopened", *NEW) == [("attempt.reopened", pupil.id)]


def test_what_happened_is_told_without_its_kind_and_words() -> None:
    made = sitting_hall()
    pupil = made.people.pupil
    seat = seat_of(made.view, pupil.id)
    for whose in (seat, None):
        incident_note(
            who_id=made.teacher.id, exam=made.view, kind=IncidentKind.COPYING, note="抄了同桌",
            seat=whose,
        )  # fmt: skip
    assert told() == [("exam.noted", pupil.id), ("exam.noted", 0)]
    for row in Event.objects.filter(verb="exam.noted"):
        assert (row.result, row.title, row.purpose) == ({}, "", "teaching")
    first = Event.objects.filter(verb="exam.noted").earliest("id")
    assert first.class_id == made.people.one.id


def test_a_note_in_the_room_pressed_twice_is_one_incident_and_one_event() -> None:
    made = sitting_hall()
    client, key = signed_in(made.people.teacher), once()
    answers = [
        client.post(
            f"/exams/{made.exam.id}/room/incident",
            {"person": made.people.pupil.id, "kind": "noise", "note": "电钻", **key},
        )
        for _n in range(2)
    ]
    assert [a.status_code for a in answers] == [303, 303]
    assert Incident.objects.count() == 1
    assert told() == [("exam.noted", made.people.pupil.id)]


def test_a_guardians_note_is_told_as_the_guardians() -> None:
    made = begin(hall(mode=Mode.HOME))
    child, guardian = made.people.pupil, made.people.guardian
    start(made, child)
    path = f"/exams/{made.exam.id}/watch/{child.id}/incident"
    signed_in(guardian).post(path, {"kind": "noise", "note": "门铃", **once()})
    row = Event.objects.get(verb="exam.noted")
    assert (row.actor_id, row.subject_id, row.purpose) == (guardian.id, child.id, "guardian")
    assert Incident.objects.get().by_id == guardian.id

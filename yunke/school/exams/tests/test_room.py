"""The invigilator's page: every act of it, what it may not reach, what it shows of others."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry, Look
from yunke.ground.people.tests.makers import once, signed_in, who
from yunke.school.attempts.door import attempts_close
from yunke.school.attempts.models import Attempt
from yunke.school.exams.actions.sitting import (
    exam_pause,
    exam_resume,
    incident_note,
    sitting_readmit,
    sitting_withdraw,
    sittings_extend,
    standstill_note,
    stray_count,
)
from yunke.school.exams.models import Exam, Incident, Invigilation, Pause, Sitting
from yunke.school.exams.reads.exams import quiet_until, seat_of, told
from yunke.school.exams.reads.results import missing_for, result_of
from yunke.school.exams.reads.watching import AWAY, desks_of, incidents_of, state_of, strays_seen
from yunke.school.exams.tests.makers import (
    begin,
    end,
    hall,
    hand_in,
    late_answer,
    sat,
    start,
    two_classes,
)
from yunke.school.exams.tests.test_pages import english, post, text
from yunke.school.exams.values.exams import IncidentKind, Mode

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def act(of: Any, somebody: Any, what: str, **values: Any) -> int:
    reply = post(signed_in(somebody), f"/exams/{of.exam.id}/room/{what}", **values)
    return int(reply.status_code)


def test_every_desk_says_how_it_is() -> None:
    made = begin(hall(pupils=6))
    absent, here, away, paused, done, void = made.people.pupils
    for pupil in (here, away, paused, void):
        start(made, pupil)
    hand_in(made, done, "B", "5", "因为")
    Sitting.objects.filter(person=away).update(seen_at=now() - AWAY)
    exam_pause(who=made.teacher, exam_id=made.exam.id, reason="", person_ids=[paused.id])
    sitting_withdraw(who=made.teacher, exam_id=made.exam.id, person_id=void.id, reason="抄")
    states = {d.person_id: d.state for d in desks_of(made.teacher, made.view)}
    assert [states[p.id] for p in made.people.pupils] == [
        "absent", "here", "away", "paused", "done", "void",
    ]  # fmt: skip
    assert absent.id in states
    assert state_of(None, now()) == "absent"


def test_the_room_is_looked_at_in_both_languages_and_the_look_is_written_down() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    client = signed_in(made.people.teacher)
    assert "监考" in text(client, f"/exams/{made.exam.id}/room")
    assert Look.objects.exists()
    assert "All well so far" in text(english(client), f"/exams/{made.exam.id}/room")
    part = client.get(f"/exams/{made.exam.id}/room", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert made.people.pupil.name in part.content.decode()


def test_a_form_sent_twice_gives_the_minutes_once() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    client, key = signed_in(made.people.teacher), once()
    for _n in range(2):
        client.post(
            f"/exams/{made.exam.id}/room/extend",
            {"person": made.people.pupil.id, "minutes": "7", **key},
        )
    assert Sitting.objects.get().extended == 7
    assert Entry.objects.filter(act="exam.extended").count() == 1


@pytest.mark.parametrize("minutes", ["0", "-3", "241", "many", "9" * 5000, ""])
def test_minutes_that_cannot_be_given_change_nothing(minutes: str) -> None:
    made = begin(hall())
    seat = start(made, made.people.pupil)
    person = made.people.pupil.id
    assert act(made, made.people.teacher, "extend", person=person, minutes=minutes) == 422
    assert act(made, made.people.teacher, "readmit", person=person, minutes=minutes) == 422
    assert seat_of(made.view, person).ends_at == seat.ends_at
    assert not Entry.objects.filter(act__startswith="exam.").exists()


def test_minutes_on_top_never_pass_four_hours() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    for _n in range(3):
        sittings_extend(
            who=made.teacher, exam_id=made.exam.id, person_ids=[made.people.pupil.id], minutes=200
        )
    assert Sitting.objects.get().extended == 240


def test_numbers_that_are_no_pupils_are_passed_over() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    odd = ["9" * 5000, str(10**25), "x", "-1", made.people.far_pupil.id]
    for what in ("extend", "pause", "readmit", "void", "incident", "code"):
        status = act(made, made.people.teacher, what, person=odd, minutes="5", kind="ill")
        assert status in (303, 422), what
    assert Sitting.objects.get().extended == 0
    assert Sitting.objects.get().withdrawn_at is None
    assert not Invigilation.objects.exists()


def test_a_teacher_of_one_class_moves_no_clock_of_the_other() -> None:
    made = begin(two_classes())
    mine, theirs = made.people.other_pupil, made.people.pupil
    start(made, theirs)
    second = made.people.other_teacher
    assert act(made, second, "extend", person=theirs.id, minutes="5") == 303
    assert act(made, second, "void", person=theirs.id) == 303
    assert act(made, second, "pause") == 403
    assert act(made, second, "resume") == 403
    assert act(made, second, "standstill", began="2026-01-01T09:00") == 403
    row = Sitting.objects.get()
    assert (row.extended, row.withdrawn_at, Pause.objects.count()) == (0, None, 0)
    assert mine.id in {d.person_id for d in desks_of(who(second), made.view)}


def test_what_happened_in_the_other_class_is_not_read() -> None:
    made = begin(two_classes())
    seat = start(made, made.people.pupil)
    for note, whose in (("别班的私事", seat), ("全场的铃声", None)):
        incident_note(
            who_id=made.people.teacher.id, exam=made.view, kind=IncidentKind.ILL, note=note,
            seat=whose,
        )  # fmt: skip
    page = text(signed_in(made.people.other_teacher), f"/exams/{made.exam.id}/room")
    assert "别班的私事" not in page
    assert "全场的铃声" in page
    assert "别班的私事" in text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/room")
    assert [i.note for i in incidents_of(made.exam.id, person_id=made.people.pupil.id)] == [
        "别班的私事"
    ]


def test_a_note_of_an_unknown_kind_is_something_else_and_never_too_long() -> None:
    made = begin(hall())
    assert act(made, made.people.teacher, "incident", kind="magic", note="x" * 900) == 303
    row = Incident.objects.get()
    assert (row.kind, len(row.note), row.sitting_id) == ("other", 500, None)
    assert row.by_id == made.people.teacher.id


def test_a_stop_noted_afterwards_lies_inside_the_exam_and_gives_no_voided_sitting_back() -> None:
    made = begin(hall(), 50)
    pupil, void, _third = made.people.pupils
    for one in (pupil, void):
        start(made, one)
    Sitting.objects.update(started_at=now() - 45 * MINUTE)
    Attempt.objects.update(ends_at=now() - 5 * MINUTE)
    attempts_close(now(), grace=timedelta(0))
    sitting_withdraw(who=made.teacher, exam_id=made.exam.id, person_id=void.id, reason="抄")
    for began, ended in ((99, 1), (5, 10), (5, -9)):
        with pytest.raises(Refused):
            standstill_note(
                who=made.teacher, exam_id=made.exam.id, began_at=now() - began * MINUTE,
                ended_at=now() - ended * MINUTE, reason="",
            )  # fmt: skip
    count = standstill_note(
        who=made.teacher, exam_id=made.exam.id, began_at=now() - 20 * MINUTE, ended_at=now(),
        reason="停电",
    )  # fmt: skip
    assert count == 1
    assert seat_of(made.view, pupil.id).submitted_at is None
    assert Sitting.objects.get(person=void).readmitted_at is None


def test_after_the_release_no_sitting_is_opened_voided_or_stopped_again() -> None:
    made = sat()
    Exam.objects.update(released_at=now())
    person = made.people.pupil.id
    acts: list[Any] = [
        lambda: sitting_readmit(who=made.teacher, exam_id=made.exam.id, person_id=person,
                                minutes=5, reason=""),
        lambda: sitting_withdraw(who=made.teacher, exam_id=made.exam.id, person_id=person,
                                 reason=""),
        lambda: standstill_note(who=made.teacher, exam_id=made.exam.id,
                                began_at=made.view.starts_at, ended_at=now(), reason=""),
    ]  # fmt: skip
    for one in acts:
        with pytest.raises(Refused) as no:
            one()
        assert no.value.status == 409
    assert not Pause.objects.exists()
    assert result_of(made.view, person).score == 5


def test_while_one_clock_stood_alone_the_paper_is_told_to_nobody() -> None:
    made = begin(hall(open_text=False), 30)
    first, second, _third = made.people.pupils
    start(made, first)
    start(made, second)
    exam_pause(who=made.teacher, exam_id=made.exam.id, reason="设备", person_ids=[first.id])
    Pause.objects.update(began_at=now() - 20 * MINUTE)
    Sitting.objects.update(started_at=now() - 25 * MINUTE)
    late = now() + 31 * MINUTE
    assert not told(made.view, late)
    exam_resume(who=made.teacher, exam_id=made.exam.id, person_ids=[first.id])
    seat = seat_of(made.view, first.id)
    assert quiet_until(made.paper.id, now()) >= seat.ends_at
    assert not told(made.view, seat.ends_at - MINUTE)
    assert missing_for(made.view, at=seat.ends_at - MINUTE).early
    sitting_withdraw(who=made.teacher, exam_id=made.exam.id, person_id=first.id, reason="")
    assert told(made.view, made.view.ends_at + MINUTE)


def test_a_late_answer_waits_for_the_subjects_teacher_and_counts_as_decided() -> None:
    made = begin(hall(open_text=False))
    pupil = made.people.pupil
    hand_in(made, pupil, "B", "5")
    stray = late_answer(made, pupil)
    assert [s.id for s in strays_seen(made.teacher, made.view)] == [stray.id]
    assert strays_seen(who(made.people.head), made.view) == []
    assert missing_for(end(made).view).strays == 1
    for somebody in (made.people.head, made.people.other_teacher):
        assert act(made, somebody, "stray", stray=stray.id, accept="yes") == 404
    for number in ("", "x", "9" * 5000, stray.id + 1):
        assert act(made, made.people.teacher, "stray", stray=number, accept="yes") == 404
    assert act(made, made.people.teacher, "stray", stray=stray.id, accept="no") == 303
    stray.refresh_from_db()
    assert stray.accepted is False
    assert Entry.objects.filter(act="exam.stray_decided", subject_id=pupil.id).count() == 1
    assert act(made, made.people.teacher, "stray", stray=stray.id, accept="yes") == 404
    assert missing_for(made.view).strays == 0


def test_a_late_answer_is_not_decided_after_the_release() -> None:
    made = begin(hall(open_text=False))
    hand_in(made, made.people.pupil, "B", "5")
    stray = late_answer(made, made.people.pupil)
    Exam.objects.update(released_at=now())
    with pytest.raises(Refused) as no:
        stray_count(who=made.teacher, exam_id=made.exam.id, stray_id=stray.id, accept=True)
    assert no.value.status == 409


def test_a_new_code_in_the_room_is_for_pupils_of_ones_own_classes() -> None:
    made = begin(two_classes(mode=Mode.HOME))
    own, other = made.people.other_pupil, made.people.pupil
    assert act(made, made.people.other_teacher, "code", person=[own.id, other.id]) == 303
    assert [row.person_id for row in Invigilation.objects.all()] == [own.id]


def test_the_room_costs_the_same_with_many_notes_and_pauses() -> None:
    counts = []
    made = begin(hall(pupils=10))
    client = signed_in(made.people.teacher)
    for pupil in made.people.pupils:
        start(made, pupil)
    for more in (5, 45):
        for n in range(more):
            seat = Sitting.objects.all()[n % 10]
            Incident.objects.create(exam=made.exam, sitting=seat, kind="ill", note=str(n))
            Pause.objects.create(exam=made.exam, sitting=seat, began_at=now(), ended_at=now())
        client.get(f"/exams/{made.exam.id}/room")
        with CaptureQueriesContext(connection) as found:
            text(client, f"/exams/{made.exam.id}/room")
        counts.append(len(found))
    assert abs(counts[0] - counts[1]) <= 2, counts

"""Today's data of a pupil."""

import pytest
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.gate.front.tests.makers import ask, forget, token
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.models import Presence, Watch
from yunke.school.lessons.tests import makers as lessons
from yunke.school.timetable.tests import makers as timetable

pytestmark = pytest.mark.django_db


def test_a_pupil_gets_the_day_of_the_own_grade() -> None:
    made = timetable.day_cast(grade=2, count=4)
    timetable.broadcast(made.city, grade=3, period=1)
    told = ask("GET", "/front/today", token=token(made.pupil)).told
    assert [b["broadcast"] for b in told["lessons"]] == [b.id for b in made.more["day"]]
    assert told["grade"] == 2
    assert told["day"] == today().isoformat()
    assert told["lessons"][0]["title"] == "古诗三首"
    assert told["lessons"][0]["starts_at"].endswith("+08:00")
    assert (told["plan"], told["progress"], told["along"], told["present"]) == ([], {}, None, False)


def test_progress_and_plan_are_the_pupils_own() -> None:
    made = timetable.day_cast(count=2)
    lesson = made.more["day"][0].lesson
    for child, position in ((made.pupils[0], 30.0), (made.pupils[1], 90.0)):
        Watch.objects.create(
            person=child, lesson=lesson, position=position, seconds=30, of_seconds=120,
            changed_at=now(),
        )  # fmt: skip
        timetable.item(child, title=f"跳绳{child.id}")
    told = ask("GET", "/front/today", token=token(made.pupils[0])).told
    assert told["progress"] == {
        str(lesson.id): {"position": 30.0, "share": 0.25, "finished": False}
    }
    assert [stop["title"] for stop in told["plan"]] == [f"跳绳{made.pupils[0].id}"]


def test_what_was_taken_off_the_plan_is_not_told() -> None:
    made = timetable.day_cast(count=1)
    timetable.item(made.pupil, title="留着")
    timetable.item(made.pupil, title="不要了", dropped_at=now())
    told = ask("GET", "/front/today", token=token(made.pupil)).told
    assert [stop["title"] for stop in told["plan"]] == ["留着"]


def test_a_class_that_watches_together_is_told_where() -> None:
    made = lessons.hour()
    along = lessons.along(made.people, made.lesson)
    told = ask("GET", "/front/today", token=token(made.people.pupil)).told
    assert told["along"] == {"id": along.id, "lesson": made.lesson.id}
    forget()
    assert ask("GET", "/front/today", token=token(made.people.other_pupil)).told["along"] is None


def test_being_there_is_told() -> None:
    made = people.cast()
    mark = token(made.pupil)
    Presence.objects.create(person=made.pupil, day=today(), first_at=now(), last_at=now())
    assert ask("GET", "/front/today", token=mark).told["present"] is True


def test_a_day_without_lessons_is_an_empty_day() -> None:
    made = people.cast()
    told = ask("GET", "/front/today", token=token(made.pupil)).told
    assert told["lessons"] == []
    assert told["progress"] == {}


def test_a_stranger_is_asked_to_sign_in_and_staff_have_no_such_day() -> None:
    made = people.cast()
    assert ask("GET", "/front/today").status == 401
    assert ask("GET", "/front/today", token="x" * 40).status == 401
    assert ask("GET", "/front/today", token=token(made.teacher)).status == 404
    assert ask("GET", "/front/today", token=token(made.guardian)).status == 404


@pytest.mark.parametrize("count", [5, 50])
def test_the_cost_does_not_grow_with_the_class(count: int) -> None:
    from django.db import connection  # noqa: PLC0415

    made = timetable.day_cast(count=4, pupils_in_class=count)
    marks = [token(child) for child in made.pupils[:3]]
    ask("GET", "/front/today", token=marks[0])
    with CaptureQueriesContext(connection) as first:
        ask("GET", "/front/today", token=marks[1])
    assert len(first) == 2  # the token, and all that is the pupil's own
    with CaptureQueriesContext(connection) as again:
        ask("GET", "/front/today", token=marks[1])
    assert len(again) == 1


def test_the_answer_is_private_and_not_kept_by_anybody() -> None:
    made = people.cast()
    heard = ask("GET", "/front/today", token=token(made.pupil))
    assert heard.headers["cache-control"] == "no-store, private"
    assert heard.headers["x-content-type-options"] == "nosniff"
    assert int(heard.headers["content-length"]) == len(heard.body)

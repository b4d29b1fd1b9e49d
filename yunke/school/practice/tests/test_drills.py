"""Each pupil's own drill: on Fridays, now, again; on a screen and on paper."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from yunke.base.clock import monday, today
from yunke.ground.consent import jobs as consent_jobs  # noqa: F401 (registers the work)
from yunke.ground.consent.tests.makers import says
from yunke.ground.consent.values import Answer
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, once, signed_in
from yunke.school.attempts.door import Of, Sent, attempt_opened, attempt_submit, attempts_mark
from yunke.school.practice.actions.drilling import drills_make, week_drills
from yunke.school.practice.models import Drill, ErrorEntry, Mastery
from yunke.school.practice.tests.makers import (
    choice,
    drill,
    erring,
    followed,
    number,
    point,
    run,
    tried,
)

pytestmark = pytest.mark.django_db

# So well held that it is not due before the week's end, whatever day it is today.
LONG_KNOWN = ((60, "A"), (50, "A"), (20, "A"), (1, "A"))


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def page(somebody: Person, path: str) -> str:
    answer = signed_in(somebody).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def friday() -> date:
    return monday(today()) + timedelta(days=4)


def this_week() -> Any:
    return Drill.objects.filter(week=monday(today()))


def test_own_errors_come_first_each_with_its_reason(people: Cast) -> None:
    one = point()
    mine = choice(one)
    for _ in range(4):
        choice(one)
    tried(people.pupil, mine, (9, "B"))
    assert drills_make([people.pupil.id], friday()) == 1
    row = this_week().get()
    assert mine.id in [asked["question"] for asked in row.asked]
    reasons = {asked["question"]: asked["reason"] for asked in row.asked}
    assert reasons[mine.id] == 0
    assert row.minutes <= 10
    assert len(row.asked) <= 8
    told = page(people.pupil, f"/practice/drill/{row.id}")
    assert "这道题上次答错了" in told


def test_friday_gives_everybody_with_something_open_one_and_only_one(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    tried(people.pupils[2], question, *LONG_KNOWN)
    assert week_drills(friday(), lambda: None) == 2
    assert week_drills(friday(), lambda: None) == 0
    assert set(this_week().values_list("person_id", flat=True)) == {
        people.pupils[0].id, people.pupils[1].id,
    }  # fmt: skip


def test_two_pupils_get_different_drills(people: Cast) -> None:
    first, second = choice(point("甲")), choice(point("乙"))
    tried(people.pupils[0], first, (8, "B"))
    tried(people.pupils[1], second, (8, "B"))
    week_drills(friday(), lambda: None)
    asked = {row.person_id: [one["question"] for one in row.asked] for row in this_week()}
    assert asked == {people.pupils[0].id: [first.id], people.pupils[1].id: [second.id]}


def test_what_is_not_due_yet_waits(people: Cast) -> None:
    question = choice(point())
    tried(people.pupil, question, (90, "B"), *LONG_KNOWN)
    assert ErrorEntry.objects.get().state == "mastered"
    assert drills_make([people.pupil.id], today()) == 0


def test_who_wants_no_estimates_still_gets_the_own_errors(people: Cast) -> None:
    tried(people.pupil, choice(point()), (9, "B"))
    says(people.pupil, people.pupil, Answer.REFUSED, key="learning-answers")
    run("consent.erase")
    assert not Mastery.objects.exists()
    assert drills_make([people.pupil.id], friday()) == 1


def test_a_leaver_gets_none(people: Cast) -> None:
    tried(people.pupil, choice(point()), (9, "B"))
    from yunke.ground.people.models import Membership  # noqa: PLC0415

    Membership.objects.filter(person=people.pupil).update(until=today() - timedelta(days=1))
    assert drills_make([people.pupil.id], friday()) == 0


def test_now_makes_them_for_the_class_and_not_twice_while_they_wait(people: Cast) -> None:
    erring(people, choice(point()), "BB")
    path = f"/practice/class/{people.one.id}/drills"
    assert post(people.teacher, path).status_code == 303
    assert post(people.teacher, path).status_code == 303
    assert this_week().count() == 2
    assert post(people.other_teacher, path).status_code == 404


def test_done_on_the_screen_the_curve_moves(people: Cast) -> None:
    one = point()
    question = choice(one)
    tried(people.pupil, question, (5, "B"))
    before = Mastery.objects.get().level
    row = drill(people.pupil, question)
    page(people.pupil, f"/practice/drill/{row.id}")
    opened = attempt_opened(people.pupil.id, Of.DRILL, row.id)
    assert opened is not None
    attempt_submit(
        who_id=people.pupil.id, attempt_id=opened.id, answers=[Sent(question.id, "A", 1)],
        key="drill-on-the-screen",
    )  # fmt: skip
    assert "正在批改" in page(people.pupil, f"/practice/drill/{row.id}")
    attempts_mark([opened.id])
    followed()
    assert Mastery.objects.get().level > before
    assert ErrorEntry.objects.get().state == "returning"
    told = page(people.pupil, f"/practice/drill/{row.id}")
    assert "1 / 1" in told
    assert "全对" in told


def test_the_key_is_nowhere_before_handing_in(people: Cast) -> None:
    question = choice(point(), cause="独一无二的错因")
    row = drill(people.pupil, question)
    told = page(people.pupil, f"/practice/drill/{row.id}")
    assert "独一无二的错因" not in told
    assert "向十位借一" not in told


def test_anothers_drill_is_not_there(people: Cast) -> None:
    row = drill(people.pupil, choice(point()))
    for other in (people.pupils[1], people.teacher, people.guardian):
        assert signed_in(other).get(f"/practice/drill/{row.id}").status_code == 404


def test_again_gives_the_waiting_one_and_says_when_there_is_nothing(people: Cast) -> None:
    assert post(people.pupil, "/practice/drill").status_code == 422
    tried(people.pupil, choice(point()), (9, "B"))
    first = post(people.pupil, "/practice/drill")
    assert first.status_code == 303
    assert post(people.pupil, "/practice/drill")["Location"] == first["Location"]


def test_choosing_costs_the_same_for_many(people: Cast) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def cost(size: int) -> int:
        made = cast(pupils_in_class=size, grade=2)
        erring(made, choice(point()), "B" * size)
        ids = [child.id for child in made.pupils]
        with CaptureQueriesContext(connection) as found:
            assert drills_make(ids, friday()) == size
        return len(found)

    few = cost(5)
    assert abs(cost(50) - few) <= 2


def test_numbers_and_choices_stand_in_one_drill(people: Cast) -> None:
    one = point()
    questions = [choice(one), number(one)]
    tried(people.pupil, questions[0], (9, "B"))
    tried(people.pupil, questions[1], (9, "35"))
    drills_make([people.pupil.id], friday())
    asked = {one["question"] for one in this_week().get().asked}
    assert asked >= {question.id for question in questions}


def test_the_drill_in_english(people: Cast, english: Callable[[Person], Any]) -> None:
    row = drill(people.pupil, choice(point()))
    told = english(people.pupil).get(f"/practice/drill/{row.id}").content.decode()
    assert "Why these questions?" in told
    assert "went wrong last time" in told

"""Drills that somebody sends or asks for: what they hold, how often, and what is told of it."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import monday, now, today
from yunke.base.jobs import ask, run_one
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests.makers import Cast, cast, once, signed_in
from yunke.school.attempts.door import Of, Sent, attempt_opened, attempt_submit, attempts_mark
from yunke.school.attempts.models import Stray
from yunke.school.practice import jobs
from yunke.school.practice.actions.drilling import (
    class_drills,
    drill_again,
    drills_make,
    exercise_send,
)
from yunke.school.practice.actions.papers import paper_decide
from yunke.school.practice.actions.printing import MOST, printing_ask
from yunke.school.practice.models import Answered, Drill, Paper, Printing
from yunke.school.practice.rules.choosing import MOST as MOST_QUESTIONS
from yunke.school.practice.tests.makers import (
    choice,
    drill,
    erring,
    followed,
    number,
    point,
    tried,
    truth,
)

assert jobs.film  # the jobs are known to the worker that the tests are
pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def send(people: Cast, pupils: list[Person], questions: list[int], title: str = "退位") -> int:
    return exercise_send(
        who_id=people.teacher.id, class_id=people.one.id, school_id=people.school.id,
        pupil_ids=[child.id for child in pupils], question_ids=questions, title=title,
    )  # fmt: skip


def told(people: Cast) -> tuple[int, int, int]:
    return (
        Drill.objects.count(), Event.objects.filter(verb__contains="drill").count(),
        Entry.objects.filter(act="drill.sent").count(),
    )  # fmt: skip


def test_an_exercise_is_the_teachers_order_and_stands_beside_the_others(people: Cast) -> None:
    one = point()
    rows = [truth(one), choice(one), number()]
    asked = [rows[1].id, rows[0].id, rows[1].id, rows[2].id]
    assert send(people, [*people.pupils[:2], people.pupils[0]], asked, "长" * 200) == 2
    assert send(people, people.pupils[:1], asked[:1]) == 1
    mine = list(Drill.objects.filter(person=people.pupil).order_by("id"))
    assert [row.number for row in mine] == [1, 2]
    assert [one["question"] for one in mine[0].asked] == list(dict.fromkeys(asked))
    assert [place["point"] for place in mine[0].asked] == [one.id, one.id, 0]
    assert mine[0].minutes == pytest.approx(1.0 + 0.7 + 1.3)
    assert (len(mine[0].title), mine[0].by_id) == (80, people.teacher.id)
    assert (mine[0].class_id, mine[0].week) == (people.one.id, monday(today()))
    assert told(people) == (3, 2, 2)
    details = (
        Entry.objects.filter(act="drill.sent").order_by("seq").values_list("detail", flat=True)
    )
    assert list(details) == [{"pupils": 2}, {"pupils": 1}]


@pytest.mark.parametrize("kind", ["long-text", "short-text", "handwriting", "drawing"])
def test_what_no_rule_marks_is_in_no_exercise(people: Cast, kind: str) -> None:
    good, bad = choice(point()), choice(point(), kind=kind)
    with pytest.raises(Refused) as no:
        send(people, people.pupils, [good.id, bad.id])
    assert no.value.status == 422
    assert told(people) == (0, 0, 0)


def test_an_exercise_of_none_or_of_more_than_eight_is_refused_and_of_eight_sent(
    people: Cast,
) -> None:
    many = [choice(point()).id for _ in range(MOST_QUESTIONS + 1)]
    for pupils, questions in (([], many[:1]), (people.pupils, []), (people.pupils, many),
                              (people.pupils, [987_654])):  # fmt: skip
        with pytest.raises(Refused) as no:
            send(people, pupils, questions)
        assert no.value.status == 422
    assert told(people) == (0, 0, 0)
    assert send(people, people.pupils, many[:-1]) == 5


def test_an_exercise_does_not_stand_in_the_way_of_the_weeks_own_drill(people: Cast) -> None:
    question = choice(point())
    tried(people.pupil, question, (9, "B"))
    send(people, people.pupils[:1], [question.id])
    assert drills_make([people.pupil.id], today()) == 0
    Drill.objects.filter(by=people.teacher).update(done_at=now())
    assert drills_make([people.pupil.id], today()) == 1
    assert drills_make([people.pupil.id], today()) == 0
    newest = Drill.objects.get(by=None, week=monday(today()))
    assert newest.number == 2
    newest.done_at = now()
    newest.save()
    assert drills_make([people.pupil.id], today()) == 0
    assert drills_make([people.pupil.id], today(), again=True) == 1
    assert drills_make([people.pupil.id], today() + timedelta(days=7)) == 1


def test_a_withdrawn_one_is_replaced_under_a_number_of_its_own(people: Cast) -> None:
    tried(people.pupil, choice(point()), (9, "B"))
    assert drills_make([people.pupil.id], today()) == 1
    Drill.objects.filter(week=monday(today())).update(withdrawn_at=now())
    assert drills_make([people.pupil.id], today()) == 1
    numbers = Drill.objects.filter(week=monday(today())).order_by("id")
    assert list(numbers.values_list("number", flat=True)) == [1, 2]


def test_made_now_for_nobody_it_says_so_and_tells_nothing(people: Cast) -> None:
    path = f"/practice/class/{people.one.id}/drills"
    assert post(people.teacher, path).status_code == 303
    assert told(people) == (0, 0, 0)
    erring(people, choice(point()), "BB")
    made = Drill.objects.count()
    key, client = once(), signed_in(people.teacher)
    for _again in range(2):
        assert client.post(path, key).status_code == 303
    assert Drill.objects.count() == made + 2
    [event] = Event.objects.filter(verb__contains="drill", actor_id=people.teacher.id)
    assert (event.object_kind, event.object_id, event.result) == (
        "class", people.one.id, {"pupils": 2},
    )  # fmt: skip
    [line] = Entry.objects.filter(act="drill.sent")
    assert (line.actor_id, line.school_id) == (people.teacher.id, people.school.id)
    assert set(Drill.objects.filter(week=monday(today())).values_list("by", flat=True)) == {
        people.teacher.id
    }
    assert class_drills(who_id=people.teacher.id, class_id=people.one.id,
                        school_id=people.school.id, pupil_ids=[]) == 0  # fmt: skip


def test_another_one_is_asked_for_once_and_is_the_pupils_own(people: Cast) -> None:
    tried(people.pupil, choice(point()), (9, "B"))
    own = {"who_id": people.pupil.id, "class_id": people.one.id, "school_id": people.school.id}
    Drill.objects.update(done_at=now())
    first = drill_again(**own)
    assert drill_again(**own) == first
    [event] = Event.objects.filter(verb__contains="drill", actor_id=people.pupil.id)
    assert (event.object_kind, event.object_id) == ("drill", first)
    row = Drill.objects.get(id=first)
    assert (row.person_id, row.by_id) == (people.pupil.id, None)
    other = {**own, "who_id": people.pupils[1].id}
    with pytest.raises(Refused) as no:
        drill_again(**other)
    assert no.value.status == 422


def test_the_pupil_without_a_photograph_is_told_so_and_nothing_is_kept(people: Cast) -> None:
    assert post(people.pupil, "/practice/paper").status_code == 422
    assert post(people.teacher, "/practice/paper").status_code == 404
    assert post(people.guardian, "/practice/paper").status_code == 404
    assert (Paper.objects.count(), Job.objects.filter(name="practice.paper").count()) == (0, 0)


def test_handed_in_on_the_screen_a_second_ago_the_paper_does_not_count_beside_it(
    people: Cast,
) -> None:
    """Nobody has followed the hand-in yet; the sheet must not become late answers for a person."""
    question = choice(point())
    row = drill(people.pupil, question)
    paper = Paper.objects.create(
        by=people.teacher, class_id=people.one.id, school_id=people.school.id, drill=row,
        state="unclear", unclear=["1"], file="",
    )  # fmt: skip
    assert signed_in(people.pupil).get(f"/practice/drill/{row.id}").status_code == 200
    opened = attempt_opened(people.pupil.id, Of.DRILL, row.id)
    assert opened is not None
    attempt_submit(
        who_id=people.pupil.id, attempt_id=opened.id, answers=[Sent(question.id, "A", 1)],
        key="drill-on-the-screen",
    )  # fmt: skip
    assert Drill.objects.get(id=row.id).done_at is None
    paper_decide(
        who_id=people.teacher.id, class_id=people.one.id, paper_id=paper.id, answers={"1": "B"}
    )
    paper.refresh_from_db()
    assert (paper.state, paper.answers) == ("read", {})
    assert not Stray.objects.exists()
    after = attempt_opened(people.pupil.id, Of.DRILL, row.id)
    assert after is not None
    assert after.answers == {question.id: "A"}


def test_sheets_are_asked_for_by_number_and_never_for_too_many(people: Cast) -> None:
    where = {"who_id": people.teacher.id, "class_id": people.one.id, "school_id": people.school.id}
    for ids in ([], list(range(1, MOST + 2))):
        with pytest.raises(Refused) as no:
            printing_ask(**where, drill_ids=ids, language="zh")
        assert no.value.status == 422
    assert (Printing.objects.count(), Job.objects.filter(name="practice.print").count()) == (0, 0)
    number_ = printing_ask(**where, drill_ids=[7, 7, 3], language="en")
    assert Printing.objects.get(id=number_).drills == [3, 7]
    job = Job.objects.get(name="practice.print")
    assert job.payload == {"printing": number_, "language": "en"}
    # The drills are gone when the worker comes: the page says so, nothing breaks.
    while run_one():
        pass
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert Printing.objects.get(id=number_).reason == "nothing"


@pytest.mark.parametrize("name", ["practice.print", "practice.paper", "practice.film"])
def test_work_for_what_is_gone_ends_quietly(people: Cast, name: str) -> None:
    payload = {"printing": 9_999, "language": "zh", "paper": 9_999, "person": 0,
               "explanation": 9_999}  # fmt: skip
    ask(name, key="gone", payload=payload)
    while run_one():
        pass
    assert Job.objects.get(name=name).state == Job.State.DONE
    assert not Printing.objects.exists()
    assert not Paper.objects.exists()


def test_a_drill_of_a_pupil_who_changed_class_stays_in_the_class_it_was_made_for(
    people: Cast,
) -> None:
    question = choice(point())
    row = drill(people.pupil, question)
    Drill.objects.update(week=monday(today()))
    Membership.objects.filter(person=people.pupil).update(school_class=people.other)
    path = "/practice/class/{}/printing"
    assert post(people.other_teacher, path.format(people.other.id)).status_code == 422
    assert signed_in(people.pupil).get(f"/practice/drill/{row.id}").status_code == 200
    opened = attempt_opened(people.pupil.id, Of.DRILL, row.id)
    assert opened is not None
    answers = [Sent(question.id, "B", 1)]
    key = "drill-after-the-move"
    attempt_submit(who_id=people.pupil.id, attempt_id=opened.id, answers=answers, key=key)
    attempts_mark([opened.id])
    followed()
    assert Answered.objects.get().class_id == people.one.id
    assert post(people.teacher, path.format(people.one.id)).status_code == 422

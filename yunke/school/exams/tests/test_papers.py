"""Papers: their makers' alone until they open; two editors notice each other; leavers are out."""

from fractions import Fraction
from typing import Any

import pytest

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests.makers import teacher, who
from yunke.school.exams.actions.papers import (
    maker_add,
    maker_drop,
    paper_begin,
    paper_change,
    paper_open,
    paper_ready,
    paper_retire,
)
from yunke.school.exams.actions.planning import exam_plan, exam_withdraw
from yunke.school.exams.models import Exam, Paper, PaperItem, PaperMaker
from yunke.school.exams.reads.led import exam_led, paper_items, question_ids
from yunke.school.exams.reads.papers import (
    body_opened,
    exams_asked,
    items_by_paper,
    items_of_paper,
    paper_full,
    papers_of,
)
from yunke.school.exams.rules.papers import added, pointed, removed, with_section
from yunke.school.exams.rules.sealing import SealBroken
from yunke.school.exams.tests.makers import (
    TITLE,
    end,
    hall,
    left,
    paper,
    people,
    released,
    sat,
    wish,
)
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section
from yunke.school.library.models import Question

pytestmark = pytest.mark.django_db


def keep(body: PaperBody) -> PaperBody:
    return body


def change(by: Person, row: Paper, version: int, how: Any) -> int:
    return paper_change(who=who(by), paper_id=row.id, version=version, change=how)


def test_nothing_of_a_paper_can_be_read_in_its_row() -> None:
    made = people()
    row = paper(made.teacher, mark="秘密")
    assert TITLE not in row.body
    assert "秘密" not in row.body
    assert body_opened(row).title == TITLE
    assert not Question.objects.exists()


def test_a_body_put_into_another_papers_row_does_not_open() -> None:
    made = people()
    one, two = paper(made.teacher), paper(made.teacher)
    two.body = one.body
    with pytest.raises(SealBroken):
        body_opened(two)


def test_a_paper_without_a_body_is_empty_and_cannot_be_asked() -> None:
    made = people()
    row = Paper.objects.get(
        id=paper_begin(who=who(made.teacher), subject="maths", grade=4, school_id=0,
                       body=PaperBody())
    )  # fmt: skip
    with pytest.raises(Refused, match="标题"):
        paper_ready(row)
    row.body = ""
    assert body_opened(row) == PaperBody()


def test_every_change_is_sealed_anew_and_counts_the_version() -> None:
    made = people()
    row = paper(made.teacher)
    assert change(made.teacher, row, 1, lambda b: with_section(b, "三")) == 2
    after = Paper.objects.get()
    assert after.version == 2
    assert after.body != row.body
    assert [s.name for s in body_opened(after).sections] == ["选一选", "写一写", "三"]


def test_the_second_of_two_editors_is_told_and_nothing_of_the_first_is_lost() -> None:
    made = people()
    row = paper(made.teacher)
    change(made.teacher, row, 1, lambda b: removed(b, 1))
    with pytest.raises(Refused, match="同事刚刚改了") as no:
        change(made.teacher, row, 1, lambda b: with_section(b, "三"))
    assert no.value.status == 409
    body = body_opened(Paper.objects.get())
    assert (len(body.lines), len(body.sections)) == (2, 2)


@pytest.mark.parametrize(
    "how",
    [
        lambda b: added(b, *[PaperLine(0, Fraction(1), question_id=n) for n in range(1, 130)]),
        lambda b: PaperBody(b.title, "", "", (Section("x"),) * 13, b.lines),
        lambda b: pointed(b, 1, Fraction(201)),
    ],
)
def test_a_paper_that_gets_too_large_stays_as_it_was(how: Any) -> None:
    made = people()
    row = paper(made.teacher)
    with pytest.raises(Refused) as no:
        change(made.teacher, row, 1, how)
    assert no.value.status == 422
    assert Paper.objects.get().body == row.body


def test_a_paper_that_was_asked_changes_no_more() -> None:
    made = sat()
    with pytest.raises(Refused, match="开考"):
        change(made.people.teacher, made.paper, made.paper.version, keep)


def test_a_colleague_who_was_invited_may_change_it_until_dropped() -> None:
    made = people()
    row, friend = paper(made.teacher), teacher(made.one, subject="maths")
    with pytest.raises(Refused):
        change(friend, row, 1, keep)
    for _twice in range(2):
        maker_add(who=who(made.teacher), paper_id=row.id, person_id=friend.id)
    assert PaperMaker.objects.get().added_by_id == made.teacher.id
    assert change(friend, row, 1, keep) == 2
    assert [p.id for p in papers_of(who(friend))] == [row.id]
    with pytest.raises(Refused) as no:
        maker_add(who=who(friend), paper_id=row.id, person_id=made.head.id)
    assert no.value.status == 403
    with pytest.raises(Refused):
        maker_drop(who=who(friend), paper_id=row.id, person_id=friend.id)
    maker_drop(who=who(made.teacher), paper_id=row.id, person_id=friend.id)
    assert papers_of(who(friend)) == []
    assert paper_full(who(friend), row.id) is None


def test_strangers_neither_read_change_nor_put_away_a_paper() -> None:
    made = people()
    row = paper(made.teacher)
    for somebody in (made.head, made.other_teacher, made.far_teacher, made.admin, made.pupil):
        assert papers_of(who(somebody)) == []
        assert paper_full(who(somebody), row.id) is None
        with pytest.raises(Refused) as no:
            paper_retire(who=who(somebody), paper_id=row.id)
        assert no.value.status == 404
        with pytest.raises(Refused) as no:
            change(somebody, row, 1, keep)
        assert no.value.status == 404
    assert Paper.objects.get().retired_at is None


def test_a_maker_who_left_the_school_is_out_at_once_even_when_teaching_elsewhere() -> None:
    made = people()
    row, friend = paper(made.teacher), teacher(made.one, subject="maths")
    maker_add(who=who(made.teacher), paper_id=row.id, person_id=friend.id)
    assert paper_full(who(friend), row.id) is not None
    left(friend)
    Membership.objects.create(
        person=friend, school_class=made.far, role="teacher", subject="maths", since=today()
    )
    assert papers_of(who(friend)) == []
    assert paper_full(who(friend), row.id) is None
    with pytest.raises(Refused):
        change(friend, row, 1, keep)


def test_a_paper_that_is_needed_is_not_put_away() -> None:
    made = hall()
    with pytest.raises(Refused, match="还有考试") as no:
        paper_retire(who=made.teacher, paper_id=made.paper.id)
    assert no.value.status == 409
    exam_withdraw(who=made.teacher, exam_id=made.exam.id)
    paper_retire(who=made.teacher, paper_id=made.paper.id)
    assert papers_of(made.teacher) == []
    with pytest.raises(Refused):
        exam_plan(who=made.teacher, wish=wish(made.paper, made.people.one.id, starts_in=900))


def test_ones_papers_come_newest_first_with_what_is_in_them() -> None:
    made = people()
    one, two = paper(made.teacher), paper(made.teacher, title="二", open_text=False)
    exam_plan(who=who(made.teacher), wish=wish(one, made.one.id))
    heads = papers_of(who(made.teacher))
    assert [(h.id, h.title, h.questions, h.total, h.exams) for h in heads] == [
        (two.id, "二", 2, 5, 0), (one.id, TITLE, 3, 10, 1),
    ]  # fmt: skip
    assert all(h.opened_at is None for h in heads)


def test_a_paper_with_makers_and_exams_is_counted_once() -> None:
    made = people()
    row = paper(made.teacher)
    for somebody in (teacher(made.one), made.head):
        maker_add(who=who(made.teacher), paper_id=row.id, person_id=somebody.id)
    for hours in (1, 5):
        exam_plan(who=who(made.teacher), wish=wish(row, made.one.id, starts_in=hours * 60))
    assert [(h.id, h.exams) for h in papers_of(who(made.teacher))] == [(row.id, 2)]


def test_opening_writes_the_questions_once_in_the_papers_order() -> None:
    made = hall()
    assert (items_of_paper(made.paper.id), question_ids(made.exam)) == ([], {})
    for _twice in range(2):
        paper_open(made.paper.id)
    items = items_of_paper(made.paper.id)
    assert [(i.position, i.section, i.points) for i in items] == [(1, 0, 2), (2, 0, 3), (3, 1, 5)]
    stems = Question.objects.in_bulk()
    assert [stems[i.question_id].kind for i in items] == ["choice", "number", "short-text"]
    assert question_ids(made.exam) == {i.position: i.question_id for i in items}
    assert Paper.objects.get().opened_at <= now()


def test_the_same_library_question_is_asked_by_its_own_row() -> None:
    made = released(sat())
    known = PaperItem.objects.order_by("position").first()
    row = Paper.objects.get(
        id=paper_begin(
            who=made.teacher, subject="maths", grade=4, school_id=made.people.school.id,
            body=PaperBody("再来", sections=(Section("一"),),
                           lines=(PaperLine(0, Fraction(4), question_id=known.question_id),)),
        )
    )  # fmt: skip
    count = Question.objects.count()
    paper_open(row.id)
    assert Question.objects.count() == count
    assert [i.question_id for i in items_of_paper(row.id)] == [known.question_id]
    number = exam_plan(who=made.teacher, wish=wish(row, made.people.one.id, starts_in=900))
    again = Exam.objects.get(id=number)
    assert [(n, item.id) for n, item in paper_items(again)] == [(1, str(known.question_id))]
    asked = exams_asked([made.exam.id, number, 10**9])
    assert [len(asked[e]) for e in (made.exam.id, number)] == [2, 1]
    assert asked[number][0].points == 4
    assert set(items_by_paper([row.id, 10**9])) == {row.id}


def test_a_sealed_papers_questions_are_read_by_who_runs_the_exam_alone() -> None:
    made = hall(key="C")
    assert [n for n, _item in paper_items(made.exam)] == [1, 2, 3]
    assert paper_items(made.exam)[0][1].key.right == "C"
    led = exam_led(made.exam.id, made.teacher)
    assert led is not None
    assert [c.id for c in led.classes()] == [made.people.one.id]
    for somebody in (made.people.head, made.people.other_teacher, made.people.admin):
        assert exam_led(made.exam.id, who(somebody)) is None
    exam_withdraw(who=made.teacher, exam_id=made.exam.id)
    assert exam_led(made.exam.id, made.teacher) is None


def test_questions_come_to_the_school_only_when_the_last_exam_of_the_paper_is_settled() -> None:
    made = sat()
    later = exam_plan(
        who=made.teacher,
        wish=wish(made.paper, made.people.one.id, starts_in=900),
    )
    end(made)
    Exam.objects.filter(id=made.exam.id).update(released_at=now())
    shared = Question.objects.filter(origin=f"paper-{made.paper.id}", retired_at__isnull=True)
    assert not shared.exists()
    exam_withdraw(who=made.teacher, exam_id=later)
    assert shared.count() == 2
    assert {row.author_id for row in shared} == {made.people.teacher.id}


def test_questions_of_a_paper_whose_only_exam_was_withdrawn_stay_apart() -> None:
    made = sat()
    exam_withdraw(who=made.teacher, exam_id=made.exam.id)
    rows = Question.objects.filter(origin=f"paper-{made.paper.id}")
    assert {row.school_id for row in rows} == {-1}
    assert all(row.retired_at for row in rows)

"""Who makes a paper for which subject and grade: who teaches it there, as with homework."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.trouble import Refused
from yunke.ground.people.door import Grant, Place, Role
from yunke.ground.people.models import Membership
from yunke.ground.people.tests import makers as cast
from yunke.ground.people.tests.makers import member, signed_in, teacher, who
from yunke.school.exams.actions.papers import maker_add, paper_begin
from yunke.school.exams.actions.planning import exam_plan
from yunke.school.exams.models import Exam, Paper, PaperMaker
from yunke.school.exams.rules.making import asks, grades_made
from yunke.school.exams.tests.makers import left, paper, people, wish
from yunke.school.exams.tests.test_pages import english, post, text
from yunke.school.exams.values.papers import PaperBody
from yunke.school.library.door import SUBJECT_NAMES

T, H, P, A = Role.TEACHER, Role.HEAD_TEACHER, Role.PUPIL, Role.SCHOOL_ADMIN


def grant(role: Role, class_id: int, grade: int, subject: str = "") -> Grant:
    return Grant(role, Place(school=1, grade=grade, class_id=class_id), subject)


@pytest.mark.parametrize(
    ("grants", "subject", "grades"),
    [
        ([], "maths", []),
        ([(T, 1, 4, "maths")], "maths", [4]),
        ([(T, 1, 4, "maths")], "chinese", []),
        ([(T, 1, 4, "maths"), (T, 2, 5, "chinese")], "maths", [4]),
        ([(T, 1, 4, "maths"), (T, 2, 5, "chinese")], "chinese", [5]),
        ([(T, 1, 4, "maths"), (T, 2, 4, "maths"), (T, 3, 2, "maths")], "maths", [2, 4]),
        ([(H, 1, 4, "")], "art", [4]),
        ([(H, 1, 4, ""), (T, 1, 4, "maths")], "art", []),
        ([(H, 1, 4, ""), (T, 1, 4, "maths")], "maths", [4]),
        ([(H, 1, 4, ""), (T, 2, 5, "maths")], "art", [4]),
        ([(P, 1, 4, "")], "maths", []),
        ([(A, 0, 0, "")], "maths", []),
        ([(T, 0, 4, "maths")], "maths", []),
    ],
)
def test_a_paper_is_of_a_grade_and_subject_that_one_teaches(
    grants: list[tuple[Role, int, int, str]], subject: str, grades: list[int]
) -> None:
    assert grades_made([grant(*one) for one in grants], subject) == grades


@given(
    st.lists(
        st.tuples(
            st.sampled_from([T, H, P]), st.integers(1, 3), st.sampled_from(["", "maths", "art"])
        ),
        max_size=6,
    ),
    st.sampled_from(["maths", "art", "music"]),
    st.integers(1, 3),
)
def test_nobody_asks_a_subject_where_they_teach_only_others(
    some: list[tuple[Role, int, str]], subject: str, class_id: int
) -> None:
    grants = [grant(role, number, number + 3, of) for role, number, of in some]
    taught = {s for role, number, s in some if number == class_id and role is not P}
    said = asks(grants, subject, class_id)
    assert said == (subject in taught or taught == {""})
    assert not said or class_id + 3 in grades_made(grants, subject)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "grade", "status"),
    [
        ("maths", "4", 303), ("chinese", "4", 422), ("maths", "5", 422), ("", "", 303),
        ("maths", "12", 422), ("art", "", 422),
    ],
)  # fmt: skip
def test_a_form_for_what_one_does_not_teach_is_refused_and_leaves_nothing(
    subject: str, grade: str, status: int
) -> None:
    made = people()
    client = signed_in(made.teacher)
    reply = post(client, "/exams/papers", title="卷", subject=subject, grade=grade)
    assert reply.status_code == status
    assert Paper.objects.count() == (status == 303)
    if status == 303:
        row = Paper.objects.get()
        assert (row.subject, row.grade, row.school_id) == ("maths", 4, made.school.id)


@pytest.mark.django_db
def test_the_form_offers_ones_own_subjects_and_grades_and_a_head_teacher_all_of_the_class() -> None:
    made = people()
    member(made.teacher, made.other, T, subject="chinese")
    page = text(signed_in(made.teacher), "/exams/papers")
    offered = [s for s in SUBJECT_NAMES if f'<option value="{s}">' in page]
    assert sorted(offered) == ["chinese", "maths"]
    assert '<option value="4">' in page
    assert '<option value="5">' not in page
    Membership.objects.filter(person=made.head).update(subject="")
    page = text(english(signed_in(made.head)), "/exams/papers")
    assert all(f'<option value="{s}">' in page for s in SUBJECT_NAMES)


@pytest.mark.django_db
def test_a_paper_is_made_for_no_other_school() -> None:
    made = people()
    with pytest.raises(Refused) as no:
        paper_begin(
            who=who(made.teacher), subject="maths", grade=4, school_id=made.far_school.id,
            body=PaperBody("卷"),
        )  # fmt: skip
    assert no.value.status == 422
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_the_day_after_leaving_one_makes_no_paper() -> None:
    made = people()
    left(made.teacher)
    with pytest.raises(Refused):
        paper_begin(
            who=who(made.teacher), subject="maths", grade=4, school_id=made.school.id,
            body=PaperBody("卷"),
        )  # fmt: skip
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_an_invited_colleague_of_another_subject_plans_no_exam_with_the_paper() -> None:
    made = people()
    row, art = paper(made.teacher), teacher(made.one, subject="art")
    maker_add(who=who(made.teacher), paper_id=row.id, person_id=art.id)
    with pytest.raises(Refused, match="不是你教的") as no:
        exam_plan(who=who(art), wish=wish(row, made.one.id))
    assert no.value.status == 422
    assert not Exam.objects.exists()
    Membership.objects.filter(person=art).update(subject="maths")
    assert exam_plan(who=who(art), wish=wish(row, made.one.id))


@pytest.mark.django_db
def test_only_who_makes_papers_at_the_school_is_invited_to_one() -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    outsiders: list[Any] = [
        made.admin, made.far_teacher, made.city_staff, made.pupil, made.guardian,
        cast.staff(made.school, Role.REVIEWER, "审片"),
    ]  # fmt: skip
    for somebody in outsiders:
        with pytest.raises(Refused) as no:
            maker_add(who=who(made.teacher), paper_id=row.id, person_id=somebody.id)
        assert no.value.status == 404
        reply = post(client, f"/exams/papers/{row.id}/makers", person=str(somebody.id))
        assert reply.status_code == 404
    assert not PaperMaker.objects.exists()
    assert post(client, f"/exams/papers/{row.id}/makers", person=str(made.head.id)).status_code
    assert PaperMaker.objects.get().person_id == made.head.id

"""Homework is set for whom the page showed, with everybody's minutes in view."""

from datetime import timedelta

import pytest

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import signed_in
from yunke.school.attempts.tests.makers import question
from yunke.school.homework.actions.setting import homework_due, homework_extend, homework_withdraw
from yunke.school.homework.models import Group, Homework, HomeworkFor
from yunke.school.homework.tests import makers
from yunke.school.homework.values import AskedFor
from yunke.school.library.models import Question

pytestmark = pytest.mark.django_db


def test_a_class_gets_it_in_one_form() -> None:
    people = makers.cast()
    asked = makers.choices(3)
    answer = signed_in(people.teacher).post("/homework/new", makers.form(people, asked))
    assert answer.status_code == 303
    row = Homework.objects.get()
    assert (row.title, row.minutes, row.subject, row.grade) == ("课后练习", 20, "chinese", 3)
    assert row.at_once
    assert list(row.questions.order_by("position").values_list("question_id", flat=True)) == [
        one.id for one in asked
    ]
    assert set(row.copies.values_list("pupil_id", flat=True)) == {p.id for p in people.pupils}
    event = Event.objects.get(verb="homework.set")
    assert event.result == {"to": 3, "minutes": 20}


def test_only_those_pupils_who_were_chosen_get_it() -> None:
    people = makers.cast()
    chosen = [str(one.id) for one in people.pupils[:2]]
    signed_in(people.teacher).post(
        "/homework/new", makers.form(people, makers.choices(), pupils=chosen)
    )
    assert sorted(str(one) for one in HomeworkFor.objects.values_list("pupil_id", flat=True)) == (
        sorted(chosen)
    )


def test_tasks_of_every_kind_become_questions() -> None:
    people = makers.cast()
    kinds = ["paper", "handwriting", "reading", "recitation", "practical", "signed"]
    form = makers.form(
        people, [], task=kinds, text_reading="床前明月光", text_recitation="疑是地上霜"
    )
    assert signed_in(people.teacher).post("/homework/new", form).status_code == 303
    row = Homework.objects.get()
    found = Question.objects.filter(id__in=row.questions.values_list("question_id")).order_by("id")
    assert [one.kind for one in found] == [
        "practical", "handwriting", "reading", "recitation", "practical", "signed",
    ]  # fmt: skip
    assert not row.at_once
    assert row.written


def test_reading_aloud_alone_is_no_written_work() -> None:
    people = makers.cast(grade=1)
    form = makers.form(people, [], task=["reading"], text_reading="床前明月光", minutes="30")
    assert signed_in(people.teacher).post("/homework/new", form).status_code == 303
    assert not Homework.objects.get().written


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"questions": []}, "作业是空的"),
        ({"title": ""}, ""),
        ({"due": "gestern"}, "时间读不懂"),
        ({"due": ""}, "截止时间"),
        ({"due": "2001-01-01T10:00"}, "截止时间要在开始时间之后"),
        ({"minutes": "9999"}, ""),
        ({"questions": ["x"]}, "名单不完整"),
        ({"task": ["reading"]}, "写下要读"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_set(wrong: dict[str, object], says: str) -> None:
    people = makers.cast()
    form = makers.form(people, makers.choices(), words="留着的话") | wrong
    answer = signed_in(people.teacher).post("/homework/new", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "留着的话" in page
    assert not Homework.objects.exists()


def test_above_the_limit_it_needs_a_reason_that_is_kept() -> None:
    people = makers.cast()
    makers.homework(people, minutes=50)
    form = makers.form(people, makers.choices(), minutes="300")
    client = signed_in(people.teacher)
    refused = client.post("/homework/new", form)
    assert refused.status_code == 422
    assert "超过本年级" in refused.content.decode()
    assert Homework.objects.count() == 1
    form |= {"reason": "期中前的复习", **makers.once()}
    assert client.post("/homework/new", form).status_code == 303
    row = Homework.objects.latest("id")
    assert row.over_reason == "期中前的复习"
    entry = Entry.objects.get(act="homework.over_limit")
    assert (entry.reason, entry.detail["pupils"]) == ("期中前的复习", 3)


def test_the_page_shows_every_childs_minutes_over_all_subjects() -> None:
    people = makers.cast()
    makers.homework(people, minutes=25, subject="maths", pupils=(people.pupils[0].id,))
    client = signed_in(people.teacher)
    form = {
        "classes": people.one.id, "minutes": "30",
        "due": (now() + timedelta(days=1)).strftime("%Y-%m-%dT08:00"),
    }  # fmt: skip
    page = client.get("/homework/new/load", form).content.decode()
    assert page.count("hw-name") == 3
    assert "书面作业每天最多 60 分钟" in page


def test_a_first_grader_has_no_written_homework() -> None:
    people = makers.cast(grade=1)
    page = signed_in(people.teacher).get("/homework/new").content.decode()
    assert "一、二年级不留书面作业" in page


def test_only_the_teachers_of_the_class_set_it() -> None:
    people = makers.cast()
    path = f"/homework/new?class={people.one.id}"
    for somebody in (people.pupil, people.guardian, people.other_teacher, people.admin):
        assert signed_in(somebody).get(path).status_code == 404
    for somebody in (people.teacher, people.head):
        assert signed_in(somebody).get(path).status_code == 200
    form = makers.form(people, makers.choices(), classes=[str(people.far.id)])
    assert signed_in(people.teacher).post("/homework/new", form).status_code == 404


def test_a_question_of_another_school_cannot_be_asked() -> None:
    people = makers.cast()
    foreign = question()
    foreign.school_id = people.far_school.id
    foreign.save()
    form = makers.form(people, [foreign])
    assert signed_in(people.teacher).post("/homework/new", form).status_code == 422


def test_pupils_of_another_class_are_refused() -> None:
    people = makers.cast()
    with pytest.raises(Refused) as no:
        makers.homework(people, pupils=(people.other_pupil.id,))
    assert no.value.status == 409
    assert not Homework.objects.exists()


def test_the_same_question_twice_is_refused() -> None:
    people = makers.cast()
    one = question()
    with pytest.raises(Refused):
        makers.homework(people, asked=(AskedFor(one.id), AskedFor(one.id)))


def test_seven_days_more_for_some() -> None:
    people = makers.cast()
    row = makers.homework(people)
    makers.begun(row, people.pupil)
    later = homework_extend(
        who_id=people.teacher.id, homework_id=row.id, pupils=[people.pupil.id], days=7
    )
    assert later - row.due_at == timedelta(days=7)
    assert makers.copy_of(row, people.pupil).due_at == later
    assert makers.copy_of(row, people.pupils[1]).due_at is None
    assert Event.objects.get(verb="homework.moved").subject_id == people.pupil.id
    with pytest.raises(Refused):
        homework_extend(who_id=1, homework_id=row.id, pupils=[people.other_pupil.id], days=7)


def test_a_new_deadline_keeps_longer_extensions() -> None:
    people = makers.cast()
    row = makers.homework(people)
    homework_extend(who_id=1, homework_id=row.id, pupils=[people.pupil.id], days=7)
    homework_extend(who_id=1, homework_id=row.id, pupils=[people.pupils[1].id], days=1)
    homework_due(who_id=1, homework_id=row.id, due_at=row.due_at + timedelta(days=3))
    assert makers.copy_of(row, people.pupil).due_at == row.due_at + timedelta(days=7)
    assert makers.copy_of(row, people.pupils[1]).due_at is None


def test_what_was_withdrawn_is_nobodys() -> None:
    people = makers.cast()
    row = makers.homework(people)
    makers.handed_in(row, people.pupil, "B", "B")
    homework_withdraw(who_id=people.teacher.id, homework_id=row.id)
    for somebody in (people.pupil, people.teacher):
        assert signed_in(somebody).get(f"/homework/{row.id}").status_code == 404
    assert row.title not in signed_in(people.pupil).get("/homework").content.decode()


def test_a_group_is_kept_for_the_next_time() -> None:
    people = makers.cast()
    client = signed_in(people.teacher)
    form = {
        "class_id": people.one.id, "name": "朗读组", **makers.once(),
        "pupils": [one.id for one in people.pupils[:2]],
    }  # fmt: skip
    assert client.post("/homework/groups", form).status_code == 303
    group = Group.objects.get()
    assert group.members.count() == 2
    assert "朗读组" in client.get("/homework/new").content.decode()
    other = form | {"pupils": [people.other_pupil.id]} | makers.once()
    assert client.post("/homework/groups", other).status_code == 409

"""Watching together: the teacher leads, the class follows, the counts name nobody."""

from datetime import timedelta

import pytest
from django.db import transaction

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, signed_in, who
from yunke.school.lessons.actions import along_ask, along_drive, along_end
from yunke.school.lessons.models import Along
from yunke.school.lessons.reads.along import along_open, along_state, may_join
from yunke.school.lessons.tests.makers import along, answered, hour, task, taught

pytestmark = pytest.mark.django_db


def drive(made, running, **act: object) -> dict:
    return along_drive(who_id=made.people.teacher.id, along_id=running.id, **act)


def ask(made, running, **what: object) -> dict:
    return along_ask(
        who_id=made.people.teacher.id, school_id=made.people.school.id, along_id=running.id, **what
    )


def test_a_teacher_starts_with_the_own_class_and_its_pupils_join() -> None:
    made = hour()
    client = signed_in(made.people.teacher)
    answer = client.post(f"/lesson/{made.lesson.id}/along", {"class": made.people.one.id, **once()})
    running = Along.objects.get()
    assert answer["Location"] == f"/along/{running.id}"
    page = client.get(answer["Location"]).content.decode()
    assert "结束这次同看" in page
    pupil_page = signed_in(made.people.pupil).get(f"/along/{running.id}").content.decode()
    assert "结束这次同看" not in pupil_page
    assert "画面会自己跟上" in pupil_page


def test_nobody_else_starts_joins_or_reads_the_counts() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    people = made.people
    for somebody in (people.other_teacher, people.pupil, people.guardian, people.admin):
        path = f"/lesson/{made.lesson.id}/along"
        answer = signed_in(somebody).post(path, {"class": people.one.id, **once()})
        assert answer.status_code == 404
    for somebody in (people.other_pupil, people.far_pupil, people.far_teacher, people.guardian):
        assert signed_in(somebody).get(f"/along/{running.id}").status_code == 404
    for somebody in (people.pupil, people.far_teacher):
        assert signed_in(somebody).get(f"/along/{running.id}/answers").status_code == 404
    assert Along.objects.count() == 1
    assert may_join(who(people.pupil), people.one.id)
    assert not may_join(who(people.other_pupil), people.one.id)


@pytest.mark.parametrize("wrong", ["", "x", "99999", "9" * 30])
def test_a_class_that_is_none_is_not_found(wrong: str) -> None:
    made = hour()
    path = f"/lesson/{made.lesson.id}/along"
    answer = signed_in(made.people.teacher).post(path, {"class": wrong, **once()})
    assert answer.status_code == 404


def test_starting_twice_is_one_hour_and_another_lesson_ends_the_first() -> None:
    made = hour()
    first = along(made.people, made.lesson)
    assert along(made.people, made.lesson).id == first.id
    second = along(made.people, taught())
    first.refresh_from_db()
    assert first.ended_at is not None
    found = along_open(made.people.one.id)
    assert found is not None
    assert found.id == second.id


def test_driving_gives_the_state_that_everybody_follows() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    state = drive(made, running, position=40.5, playing=True)
    assert (state["position"], state["playing"], state["version"]) == (40.5, True, 2)
    Along.objects.update(changed_at=now() - timedelta(seconds=10))
    seen = along_state(running.id)
    assert seen is not None
    assert 9.9 < seen["age"] < 12
    assert seen["class"] == made.people.one.id


def test_only_its_own_teacher_drives_and_an_ended_hour_stands_still() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    with pytest.raises(Refused), transaction.atomic():
        along_drive(who_id=made.people.head.id, along_id=running.id, position=1, playing=True)
    along_end(who_id=made.people.teacher.id, school_id=1, along_id=running.id)
    with pytest.raises(Refused) as refused, transaction.atomic():
        drive(made, running, position=1, playing=True)
    assert refused.value.status == 409


@pytest.mark.parametrize("position", ["x", None, -1, float("inf")])
def test_a_strange_moment_moves_no_screen(position: object) -> None:
    made = hour()
    running = along(made.people, made.lesson)
    with pytest.raises(Refused), transaction.atomic():
        drive(made, running, position=position, playing=True)
    running.refresh_from_db()
    assert running.version == 1


def test_a_question_stops_the_film_where_it_is_and_holds_no_key() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    drive(made, running, position=10, playing=True)
    Along.objects.update(changed_at=now() - timedelta(seconds=5))
    state = ask(made, running, task_id=made.task.id)
    assert state["playing"] is False
    assert 15 <= state["position"] < 17
    assert state["task"]["stem"] == "题目 choice"
    assert "key" not in state["task"]
    assert "因为" not in f"{state}"


def test_a_spoken_question_a_word_and_taking_them_away() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    assert ask(made, running, spoken="谁来读一读？")["spoken"] == "谁来读一读？"
    state = ask(made, running, word="记得写一句")
    assert (state["word"], state["spoken"]) == ("记得写一句", "谁来读一读？")
    assert ask(made, running, task_id=made.task.id)["spoken"] == ""
    state = ask(made, running)
    assert (state["task"], state["spoken"], state["word"]) == (None, "", "记得写一句")


def test_a_task_of_another_lesson_is_not_shown() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    with pytest.raises(Refused), transaction.atomic():
        ask(made, running, task_id=task(taught()).id)


def test_the_counts_are_of_this_class_since_the_question_and_without_names() -> None:
    made = hour()
    people = made.people
    answered(people.pupils[4], made.task, "B")  # before it was asked
    running = along(people, made.lesson)
    ask(made, running, task_id=made.task.id)
    answered(people.pupils[0], made.task, "A")
    answered(people.pupils[0], made.task, "B")
    answered(people.pupils[1], made.task, "A")
    answered(people.other_pupil, made.task, "A")
    page = signed_in(people.teacher).get(f"/along/{running.id}/answers").content.decode()
    assert "5 人中 2 人已答" in page
    assert page.count('value="1"') == 2
    for child in people.pupils:
        assert child.name not in page


def test_numbers_and_texts_are_counted_by_what_was_said() -> None:
    made = hour()
    asked = task(made.lesson, kind="number", key=("4",))
    running = along(made.people, made.lesson)
    ask(made, running, task_id=asked.id)
    for child, value in zip(made.people.pupils, ("4", "4", "5"), strict=False):
        answered(child, asked, value)
    page = signed_in(made.people.teacher).get(f"/along/{running.id}/answers").content.decode()
    assert 'value="2" aria-label="4"' in page
    assert 'value="1" aria-label="5"' in page


def test_nothing_asked_gives_no_counts() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    page = signed_in(made.people.teacher).get(f"/along/{running.id}/answers").content.decode()
    assert page.strip() == ""


def test_ending_twice_is_ending_once() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    for _ in range(2):
        state = along_end(who_id=made.people.teacher.id, school_id=1, along_id=running.id)
        assert state["ended"] is True
    assert Event.objects.filter(verb="along.ended").count() == 1
    assert along_open(made.people.one.id) is None


def test_an_hour_that_was_left_open_closes_by_itself() -> None:
    made = hour()
    along(made.people, made.lesson)
    Along.objects.update(changed_at=now() - timedelta(hours=4))
    assert along_open(made.people.one.id) is None
    assert along_open(0) is None


def test_an_hour_that_is_not_there() -> None:
    assert along_state(999) is None
    with pytest.raises(Refused), transaction.atomic():
        along_end(who_id=1, school_id=1, along_id=999)


def test_the_page_in_english(english) -> None:
    made = hour()
    running = along(made.people, made.lesson)
    page = english(made.people.teacher).get(f"/along/{running.id}").content.decode()
    assert "Watching together" in page
    assert "Ask the class" in page


def test_driving_costs_few_queries(django_assert_max_num_queries) -> None:
    made = hour()
    running = along(made.people, made.lesson)
    with transaction.atomic(), django_assert_max_num_queries(4):
        drive(made, running, position=3, playing=True)
    with django_assert_max_num_queries(1):
        along_state(running.id)

"""The course of a live question: who starts, ends and counts, what is told, what cards do."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.craft.marking.cards import MOST_CARDS
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests.makers import Cast, cast, once, pupil, signed_in, teacher
from yunke.school.practice.actions.living import (
    cards_count,
    cards_number,
    live_answer,
    live_end,
    live_show,
    live_start,
)
from yunke.school.practice.models import Answered, Card, LiveAnswer, LiveQuestion
from yunke.school.practice.reads.live import LEFT_OPEN, histogram, live_open
from yunke.school.practice.tests.makers import choice, number, point, several, truth

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def get(somebody: Person, path: str) -> Any:
    return signed_in(somebody).get(path)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def begun(people: Cast, question: Any, by: Person | None = None) -> LiveQuestion:
    number_ = live_start(
        who_id=(by or people.teacher).id, class_id=people.one.id, school_id=people.school.id,
        question_id=question.id,
    )  # fmt: skip
    return LiveQuestion.objects.get(id=number_)


def says(people: Cast, live: LiveQuestion, child: Person, value: Any) -> None:
    live_answer(
        who_id=child.id, live_id=live.id, class_id=people.one.id, school_id=people.school.id,
        value=value,
    )  # fmt: skip


def test_asked_again_it_is_the_same_until_it_was_shown(people: Cast) -> None:
    question = choice(point())
    first = begun(people, question)
    assert begun(people, question).id == first.id
    live_show(who_id=people.teacher.id, live_id=first.id)
    second = begun(people, question)
    assert second.id != first.id
    first.refresh_from_db()
    assert first.ended_at is not None
    events = Event.objects.filter(verb="live.asked").values_list("object_id", flat=True)
    assert sorted(events) == [first.id, second.id]


def test_a_colleagues_question_ends_the_one_before_and_keeps_its_answers(people: Cast) -> None:
    colleague = teacher(people.one, "英语老师", subject="english")
    first = begun(people, choice(point()))
    says(people, first, people.pupil, "B")
    second = begun(people, choice(point()), by=colleague)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert first.shown_at is not None
    assert Answered.objects.get().of_id == first.id
    assert live_open(people.one.id) == second.id
    for act in (live_show, live_end):
        with pytest.raises(Refused) as no:
            act(who_id=people.teacher.id, live_id=second.id)
        assert no.value.status == 404
    second.refresh_from_db()
    assert (second.shown_at, second.ended_at) == (None, None)


def test_two_classes_answer_beside_each_other(people: Cast) -> None:
    question = choice(point())
    here = begun(people, question)
    there = live_start(
        who_id=people.other_teacher.id, class_id=people.other.id, school_id=people.school.id,
        question_id=question.id,
    )  # fmt: skip
    assert (live_open(people.one.id), live_open(people.other.id)) == (here.id, there)
    with pytest.raises(Refused) as no:
        says(people, LiveQuestion.objects.get(id=there), people.pupil, "A")
    assert no.value.status == 404


def test_what_a_closed_laptop_left_open_calls_nobody_the_next_day(people: Cast) -> None:
    live = begun(people, choice(point()))
    assert f"/live-quiz/{live.id}" in get(people.pupil, "/today").content.decode()
    LiveQuestion.objects.update(made_at=now() - LEFT_OPEN - timedelta(minutes=1))
    assert live_open(people.one.id) == 0
    assert f"/live-quiz/{live.id}" not in get(people.pupil, "/today").content.decode()
    assert get(people.pupil, f"/live-quiz/{live.id}/state").json() == {"state": "open", "next": 0}
    begun(people, choice(point()))
    live.refresh_from_db()
    assert live.ended_at is not None


def test_every_end_is_an_end_and_shown_or_not_each_answer_counts_once(people: Cast) -> None:
    live = begun(people, choice(point()))
    for child, value in zip(people.pupils, "AB", strict=False):
        says(people, live, child, value)
    path = f"/live-quiz/{live.id}"
    assert get(people.pupil, f"{path}/state").json()["state"] == "open"
    key = once()
    for _again in range(2):
        answer = signed_in(people.teacher).post(f"{path}/end", key)
        assert answer["Location"] == f"/live-quiz/class/{people.one.id}"
    ended = LiveQuestion.objects.get().ended_at
    assert post(people.teacher, f"{path}/end").status_code == 303
    assert LiveQuestion.objects.get().ended_at == ended
    assert post(people.teacher, f"{path}/show").status_code == 303
    assert sorted(Answered.objects.values_list("right", flat=True)) == [False, True]
    assert get(people.pupil, f"{path}/state").json() == {"state": "ended", "next": 0}
    with pytest.raises(Refused) as no:
        says(people, live, people.pupils[2], "A")
    assert no.value.status == 409
    shown = get(people.pupil, path).content.decode()
    assert "向十位借一" in shown
    assert f'action="{path}/answer"' not in shown


def test_an_answer_sent_twice_under_its_key_is_one_event(people: Cast) -> None:
    live, key = begun(people, choice(point())), once()
    path, client = f"/live-quiz/{live.id}/answer", signed_in(people.pupil)
    for value in ("B", "C"):
        assert client.post(path, {"value": json.dumps(value), **key}).status_code == 303
    assert LiveAnswer.objects.get().value == "B"
    [event] = Event.objects.filter(verb="live.answered")
    told = (event.actor_id, event.object_id, event.class_id, event.school_id)
    assert told == (people.pupil.id, live.id, people.one.id, people.school.id)
    assert "B" not in str(event.result)


@pytest.mark.parametrize(
    ("kind", "form", "kept"),
    [("several", ["D", "B"], ["D", "B"]), ("several", [], None), ("truth", ["true"], True),
     ("truth", ["false"], False), ("truth", ["maybe"], "maybe"), ("number", ["25"], "25"),
     ("number", [""], None)],
)  # fmt: skip
def test_a_plain_form_of_each_kind_is_read(
    people: Cast, kind: str, form: list[str], kept: Any
) -> None:
    question = {"several": lambda: several(point()), "truth": lambda: truth(point()),
                "number": lambda: number(point())}[kind]()  # fmt: skip
    live = begun(people, question)
    data = {f"q{question.id}": form}
    answer = post(people.pupil, f"/live-quiz/{live.id}/answer", **data)
    assert answer.status_code == (422 if kept is None else 303)
    assert [row.value for row in LiveAnswer.objects.all()] == ([] if kept is None else [kept])


def test_several_right_options_in_any_order_are_one_bar_and_the_key_has_one_always(
    people: Cast,
) -> None:
    live = begun(people, several(point()))
    assert [(bar.key, bar.count, bar.right) for bar in histogram(live, 5).bars] == [
        ("B,D", 0, True)
    ]
    for child, value in zip(people.pupils, (["B", "D"], ["D", "B"], ["A"]), strict=False):
        says(people, live, child, value)
    told = histogram(live, 5)
    assert {(bar.key, bar.count, bar.right) for bar in told.bars} == {
        ("B,D", 2, True), ("A", 1, False),
    }  # fmt: skip
    assert (told.answered, told.people, told.cards) == (3, 5, 0)
    assert histogram(live, 1).people == 3


def test_of_many_numbers_the_most_frequent_and_the_key_have_bars(people: Cast) -> None:
    live = begun(people, number(point()))
    children = [*people.pupils, *(pupil(people.one) for _ in range(6))]
    for child, value in zip(children, "11223456789", strict=True):
        says(people, live, child, value)
    bars = {bar.key: bar.count for bar in histogram(live, 11).bars}
    assert (bars["1"], bars["2"], bars["25"]) == (2, 2, 0)
    assert len(bars) == 7


def test_cards_count_for_who_leads_while_it_stands_and_change_what_a_phone_said(
    people: Cast,
) -> None:
    held = cards_number(people.one.id, [child.id for child in people.pupils])
    live = begun(people, choice(point()))
    says(people, live, people.pupil, "A")
    letters = {held[people.pupil.id]: "B", held[people.pupils[1].id]: "D", 99: "A"}
    assert cards_count(who_id=people.teacher.id, live_id=live.id, letters=letters) == 2
    rows = dict(LiveAnswer.objects.values_list("person_id", "value"))
    assert rows == {people.pupil.id: "B", people.pupils[1].id: "D"}
    assert histogram(live, 5).cards == 2
    says(people, live, people.pupil, "C")
    assert histogram(live, 5).cards == 1
    live_show(who_id=people.teacher.id, live_id=live.id)
    with pytest.raises(Refused) as no:
        cards_count(who_id=people.teacher.id, live_id=live.id, letters=letters)
    assert no.value.status == 404
    assert LiveAnswer.objects.get(person=people.pupil).value == "C"


def test_a_written_number_has_no_letters_so_cards_say_nothing(people: Cast) -> None:
    held = cards_number(people.one.id, [people.pupil.id])
    for question in (number(point()), several(point())):
        live = begun(people, question)
        letters = {held[people.pupil.id]: "A"}
        assert cards_count(who_id=people.teacher.id, live_id=live.id, letters=letters) == 0
    assert not LiveAnswer.objects.exists()


def test_a_leavers_number_goes_to_who_is_new_and_nobody_else_changes(people: Cast) -> None:
    ids = [child.id for child in people.pupils]
    before = cards_number(people.one.id, ids)
    assert sorted(before.values()) == [0, 1, 2, 3, 4]
    assert cards_number(people.one.id, list(reversed(ids))) == before
    fresh = pupil(people.one, "新来的")
    after = cards_number(people.one.id, [*ids[:2], *ids[3:], fresh.id])
    assert after[fresh.id] == before[ids[2]]
    assert {one: after[one] for one in ids if one in after} == {
        one: before[one] for one in ids if one != ids[2]
    }
    assert not Card.objects.filter(person=ids[2]).exists()
    other = cards_number(people.other.id, [people.other_pupil.id])
    assert other == {people.other_pupil.id: 0}


def test_a_class_beyond_the_cards_is_refused_and_keeps_its_numbers(people: Cast) -> None:
    ids = [child.id for child in people.pupils]
    before = cards_number(people.one.id, ids)
    with pytest.raises(Refused) as no:
        cards_number(people.one.id, range(10_000, 10_000 + MOST_CARDS + 1))
    assert no.value.status == 422
    assert dict(Card.objects.values_list("person_id", "number")) == before


def test_printed_twice_under_one_key_it_is_the_same_file_and_no_number_moves(
    people: Cast,
) -> None:
    path, key = f"/live-quiz/class/{people.one.id}/cards", once()
    client = signed_in(people.teacher)
    first = client.post(path, key)
    numbers = list(Card.objects.order_by("id").values_list("person_id", "number"))
    pupil(people.one)
    again = client.post(path, key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again["Content-Type"] == "application/pdf"
    assert again.content == first.content
    assert first["Cache-Control"] == "private, no-store"
    assert list(Card.objects.order_by("id").values_list("person_id", "number")) == numbers


def test_who_left_the_class_neither_answers_nor_sees_it(people: Cast) -> None:
    live = begun(people, choice(point()))
    client = signed_in(people.pupil)
    Membership.objects.filter(person=people.pupil).update(until=today() - timedelta(days=1))
    path = f"/live-quiz/{live.id}"
    assert client.get(path).status_code != 200
    assert client.get(f"{path}/state").status_code != 200
    data = {"value": '"A"', **once()}
    assert client.post(f"{path}/answer", data).status_code != 303
    assert not LiveAnswer.objects.exists()


def test_the_class_page_calls_its_teachers_to_the_running_question(
    people: Cast, english: Callable[[Person], Any]
) -> None:
    live = begun(people, choice(point()))
    path = f"/live-quiz/class/{people.one.id}"
    assert f"/live-quiz/{live.id}" in get(people.teacher, path).content.decode()
    assert f"/live-quiz/{live.id}" in english(people.head).get(path).content.decode()
    live_end(who_id=people.teacher.id, live_id=live.id)
    assert f"/live-quiz/{live.id}" not in get(people.teacher, path).content.decode()

"""A question that a class answers now: phones, cards, counts without names, the next step."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from django.test import Client

from yunke.craft.marking.tests.test_cards import jpeg, room_of
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, once, pupil, signed_in
from yunke.school.practice.actions.deriving import people_derive, people_waiting
from yunke.school.practice.models import Answered, Card, ErrorEntry, LiveAnswer, LiveQuestion
from yunke.school.practice.reads.live import histogram
from yunke.school.practice.tests.makers import choice, number, point, truth

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def get(somebody: Person, path: str) -> Any:
    return signed_in(somebody).get(path)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def asked(people: Cast, question: Any) -> LiveQuestion:
    path = f"/live-quiz/class/{people.one.id}/start"
    assert post(people.teacher, path, question=question.id).status_code == 303
    return LiveQuestion.objects.get(class_id=people.one.id, ended_at__isnull=True)


def answer(somebody: Person, live: LiveQuestion, value: Any) -> Any:
    return post(somebody, f"/live-quiz/{live.id}/answer", value=json.dumps(value))


def test_the_histogram_counts_what_phones_said_and_shows_no_name(people: Cast) -> None:
    live = asked(people, choice(point()))
    for child, value in zip(people.pupils, "ABBAB", strict=True):
        assert answer(child, live, value).status_code == 303
    told = get(people.teacher, f"/live-quiz/{live.id}/bars").content.decode()
    assert 'max="5" value="3"' in told
    assert 'max="5" value="2"' in told
    for child in people.pupils:
        assert child.name not in told
        assert child.name not in get(people.teacher, f"/live-quiz/{live.id}").content.decode()


def test_the_last_answer_of_a_pupil_counts(people: Cast) -> None:
    live = asked(people, choice(point()))
    for value in "ABC":
        answer(people.pupil, live, value)
    assert LiveAnswer.objects.get().value == "C"
    assert "收到了" in get(people.pupil, f"/live-quiz/{live.id}").content.decode()


def test_a_phone_without_scripts_answers_with_the_plain_form(people: Cast) -> None:
    question = choice(point())
    live = asked(people, question)
    post(people.pupil, f"/live-quiz/{live.id}/answer", **{f"q{question.id}": "B"})
    assert LiveAnswer.objects.get().value == "B"


def test_the_key_is_not_on_a_phone_before_it_is_shown(people: Cast) -> None:
    live = asked(people, choice(point(), cause="独一无二的错因"))
    told = get(people.pupil, f"/live-quiz/{live.id}").content.decode()
    assert "独一无二的错因" not in told
    assert "向十位借一" not in told
    post(people.teacher, f"/live-quiz/{live.id}/show")
    assert "向十位借一" in get(people.pupil, f"/live-quiz/{live.id}").content.decode()


def test_the_screen_does_not_tell_what_is_right_while_the_class_answers(people: Cast) -> None:
    live = asked(people, choice(point()))
    assert "is-right" not in get(people.teacher, f"/live-quiz/{live.id}").content.decode()
    post(people.teacher, f"/live-quiz/{live.id}/show")
    assert "is-right" in get(people.teacher, f"/live-quiz/{live.id}").content.decode()


@pytest.mark.parametrize(
    ("values", "step"),
    [("BBBBB", "换个讲法"), ("AABBA", "互相说服"), ("AAAAA", "可以往下走"), ("A", "再等等")],
)
def test_the_next_step_follows_from_the_answers(people: Cast, values: str, step: str) -> None:
    live = asked(people, choice(point()))
    for child, value in zip(people.pupils, values, strict=False):
        answer(child, live, value)
    assert step in get(people.teacher, f"/live-quiz/{live.id}/bars").content.decode()


def test_taken_in_the_answers_are_like_any_other(people: Cast) -> None:
    live = asked(people, choice(point()))
    answer(people.pupils[0], live, "B")
    answer(people.pupils[1], live, "A")
    assert not Answered.objects.exists()
    post(people.teacher, f"/live-quiz/{live.id}/show")
    post(people.teacher, f"/live-quiz/{live.id}/show")
    assert Answered.objects.filter(source="live").count() == 2
    people_derive(people_waiting())
    assert ErrorEntry.objects.get().person_id == people.pupils[0].id


def test_after_that_nobody_answers_any_more(people: Cast) -> None:
    live = asked(people, choice(point()))
    post(people.teacher, f"/live-quiz/{live.id}/show")
    assert answer(people.pupil, live, "A").status_code == 409
    assert not LiveAnswer.objects.exists()


def test_a_class_answers_one_question_at_a_time(people: Cast) -> None:
    first = asked(people, choice(point()))
    answer(people.pupil, first, "B")
    second = asked(people, choice(point()))
    assert second.id != first.id
    first.refresh_from_db()
    assert first.ended_at is not None
    assert Answered.objects.count() == 1
    state = get(people.pupil, f"/live-quiz/{first.id}/state").json()
    assert state == {"state": "ended", "next": second.id}


def test_other_classes_neither_see_nor_answer(people: Cast) -> None:
    live = asked(people, choice(point()))
    for other in (people.other_pupil, people.far_pupil, people.guardian, people.admin):
        assert get(other, f"/live-quiz/{live.id}").status_code == 404
        assert answer(other, live, "A").status_code == 404
    for other in (people.other_teacher, people.far_teacher, people.pupil):
        assert get(other, f"/live-quiz/{live.id}/bars").status_code == 404
        assert post(other, f"/live-quiz/{live.id}/show").status_code == 404
    assert post(people.other_teacher, f"/live-quiz/class/{people.one.id}/start").status_code == 404


def test_the_head_teacher_watches_and_does_not_lead(people: Cast) -> None:
    live = asked(people, choice(point()))
    told = get(people.head, f"/live-quiz/{live.id}").content.decode()
    assert "收题，看答案" not in told
    assert post(people.head, f"/live-quiz/{live.id}/show").status_code == 404


def test_a_question_without_a_histogram_is_refused(people: Cast) -> None:
    question = choice(point(), kind="long-text")
    path = f"/live-quiz/class/{people.one.id}/start"
    assert post(people.teacher, path, question=question.id).status_code == 422
    assert post(people.teacher, path).status_code == 422


def test_equal_numbers_are_one_bar_however_they_are_written(people: Cast) -> None:
    live = asked(people, number(point()))
    for child, value in zip(people.pupils, ["25", "25.0", "２５", "35", "35"], strict=True):
        answer(child, live, value)
    bars = {bar.key: (bar.count, bar.right) for bar in histogram(live, 5).bars}
    assert bars == {"25": (3, True), "35": (2, False)}


def test_true_or_false_has_two_bars(people: Cast) -> None:
    live = asked(people, truth(point()))
    answer(people.pupil, live, True)
    bars = {bar.key: (bar.count, bar.right) for bar in histogram(live, 5).bars}
    assert bars == {"true": (1, True), "false": (0, False)}


@pytest.mark.parametrize("value", ["", "{", '"' + "x" * 3000 + '"', "null", "[]"])
def test_an_answer_that_is_none_is_refused(people: Cast, value: str) -> None:
    live = asked(people, choice(point()))
    assert post(people.pupil, f"/live-quiz/{live.id}/answer", value=value).status_code == 422


def cards_printed(people: Cast) -> dict[int, int]:
    """Pupil → number, after the teacher printed them."""
    made = post(people.teacher, f"/live-quiz/class/{people.one.id}/cards")
    assert made["Content-Type"] == "application/pdf"
    return dict(Card.objects.values_list("person_id", "number"))


def scan(people: Cast, live: LiveQuestion, body: bytes, somebody: Person | None = None) -> Any:
    return signed_in(somebody or people.teacher).post(
        f"/live-quiz/{live.id}/seen", body, content_type="image/jpeg",
        headers={"Idempotency-Key": once()["once"], "Accept": "application/json"},
    )  # fmt: skip


def test_raised_cards_are_read_from_one_picture(people: Cast) -> None:
    numbers = cards_printed(people)
    live = asked(people, choice(point()))
    held = {numbers[child.id]: letter for child, letter in zip(people.pupils, "ABBCD", strict=True)}
    told = scan(people, live, jpeg(room_of(held))).json()
    assert told == {"cards": 5, "seen": 5, "all": 5}
    given = dict(LiveAnswer.objects.values_list("person_id", "value"))
    assert given == {child.id: held[numbers[child.id]] for child in people.pupils}
    assert set(LiveAnswer.objects.values_list("way", flat=True)) == {"card"}


def test_nothing_of_the_picture_is_written_anywhere(people: Cast, media: Path) -> None:
    numbers = cards_printed(people)
    live = asked(people, choice(point()))
    before = {path for path in media.rglob("*") if path.is_file()}
    picture = jpeg(room_of({numbers[people.pupil.id]: "A"}))
    scan(people, live, picture)
    assert {path for path in media.rglob("*") if path.is_file()} == before
    from yunke.base.models import Receipt  # noqa: PLC0415

    assert all(picture[:200] not in bytes(one.body) for one in Receipt.objects.all())


def test_a_card_turned_again_changes_the_answer(people: Cast) -> None:
    numbers = cards_printed(people)
    live = asked(people, choice(point()))
    for letter in "AC":
        scan(people, live, jpeg(room_of({numbers[people.pupil.id]: letter})))
    assert LiveAnswer.objects.get().value == "C"


def test_a_card_of_another_class_counts_for_nobody(people: Cast) -> None:
    live = asked(people, choice(point()))
    told = scan(people, live, jpeg(room_of({77: "A"}))).json()
    assert told == {"cards": 0, "seen": 1, "all": 0}


def test_a_letter_beyond_the_options_is_no_answer(people: Cast) -> None:
    numbers = cards_printed(people)
    live = asked(people, truth(point()))
    scan(people, live, jpeg(room_of({numbers[people.pupil.id]: "D"})))
    assert not LiveAnswer.objects.exists()
    scan(people, live, jpeg(room_of({numbers[people.pupil.id]: "B"})))
    assert LiveAnswer.objects.get().value is False


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"\xff\xd8\xff" + b"x" * 90])
def test_bytes_that_are_no_picture_are_refused(people: Cast, body: bytes) -> None:
    live = asked(people, choice(point()))
    assert scan(people, live, body).status_code == 422


def test_only_the_teacher_who_asked_scans(people: Cast) -> None:
    numbers = cards_printed(people)
    live = asked(people, choice(point()))
    picture = jpeg(room_of({numbers[people.pupil.id]: "A"}))
    assert scan(people, live, picture, people.other_teacher).status_code == 404
    assert scan(people, live, picture, people.head).status_code == 404
    assert scan(people, live, picture, people.pupil).status_code == 404


def test_a_picture_of_nothing_reads_nothing(people: Cast) -> None:
    live = asked(people, choice(point()))
    blank = cv2.imencode(".jpg", np.full((600, 800), 200, np.uint8))[1].tobytes()
    assert scan(people, live, blank).json() == {"cards": 0, "seen": 0, "all": 0}


def test_numbers_stay_with_their_pupils_and_a_leavers_is_free_again(people: Cast) -> None:
    first = cards_printed(people)
    fresh = pupil(people.one, "新来的")
    second = cards_printed(people)
    assert {one: second[one] for one in first} == first
    assert second[fresh.id] not in first.values()


def test_the_bars_cost_the_same_for_fifty(queries_of: Callable[[Callable[[], Any]], int]) -> None:
    def cost(size: int) -> int:
        made = cast(pupils_in_class=size, grade=2)
        live = asked(made, choice(point()))
        LiveAnswer.objects.bulk_create(
            LiveAnswer(live=live, person=child, value="B", way="phone") for child in made.pupils
        )
        return queries_of(lambda: get(made.teacher, f"/live-quiz/{live.id}/bars"))

    few = cost(5)
    assert abs(cost(50) - few) <= 2


def test_a_pupils_day_calls_to_the_question(people: Cast) -> None:
    live = asked(people, choice(point()))
    assert f"/live-quiz/{live.id}" in get(people.pupil, "/today").content.decode()
    assert f"/live-quiz/{live.id}" not in get(people.other_pupil, "/today").content.decode()


def test_live_pages_in_english(people: Cast, english: Callable[[Person], Client]) -> None:
    live = asked(people, choice(point()))
    answer(people.pupil, live, "B")
    assert "Scan cards" in english(people.teacher).get(f"/live-quiz/{live.id}").content.decode()
    camera = english(people.teacher).get(f"/live-quiz/{live.id}/camera").content.decode()
    assert "thrown away at once" in camera
    assert "Received" in english(people.pupil).get(f"/live-quiz/{live.id}").content.decode()

"""The pages of the reviews: who opens them, what they show, what they keep, what they cost."""

from typing import Any

import pytest
from django.test import Client

from yunke.school.library.models import Lesson
from yunke.school.review.models import Item, Moved, Submission, Tick
from yunke.school.review.reads.desk import load_of, queue_led, queue_of
from yunke.school.review.tests.makers import (
    House,
    claimed,
    decided,
    duty_over,
    form,
    lesson,
    once,
    published,
    signed_in,
    submitted,
    who,
)
from yunke.school.review.values import State

NOT_REVIEWERS = ["author", "colleague", "pupil", "far_pupil"]


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_a_reviewer_sees_the_queue_of_the_own_office_and_subject(at: House) -> None:
    sub = submitted(at)
    for name in ("reviewer", "second_reviewer"):
        assert sub.title in text(signed_in(getattr(at, name)), "/review")
    for name in ("maths_reviewer", "far_reviewer", "city_reviewer"):
        assert sub.title not in text(signed_in(getattr(at, name)), "/review")
    assert sub.title in text(signed_in(at.county_staff), "/review")
    assert sub.title in text(signed_in(at.city_staff), "/review")
    assert sub.title not in text(signed_in(at.far_staff), "/review")


@pytest.mark.parametrize("name", NOT_REVIEWERS)
def test_nobody_else_opens_the_queue_or_a_lesson_in_it(at: House, name: str) -> None:
    sub = submitted(at)
    client = signed_in(getattr(at, name))
    text(client, "/review", 404)
    text(client, f"/review/{sub.id}", 404)
    text(client, "/review/checklist", 404)
    for what in ("claim", "release", "decide", "remark", "take-back"):
        assert client.post(f"/review/{sub.id}/{what}", once()).status_code == 404


@pytest.mark.parametrize("name", ["maths_reviewer", "far_reviewer", "city_reviewer", "far_staff"])
def test_another_office_gets_the_answer_for_what_is_not_there(at: House, name: str) -> None:
    sub = submitted(at)
    client = signed_in(getattr(at, name))
    there = client.get(f"/review/{sub.id}")
    none = client.get(f"/review/{'9' * len(str(sub.id))}")
    assert (there.status_code, none.status_code) == (404, 404)
    assert len(there.content) == len(none.content)
    for what in ("claim", "release", "decide", "remark", "take-back"):
        data = {**once(), "turn": sub.turn, "what": "pass", "text": "x", "message": "x"}
        assert client.post(f"/review/{sub.id}/{what}", data).status_code == 404
    assert Moved.objects.count() == 1


def test_a_stranger_is_asked_to_sign_in(at: House) -> None:
    assert Client().get("/review")["Location"].startswith("/sign-in")


def test_a_claim_by_its_button_and_a_decision_by_its_form(at: House) -> None:
    sub = submitted(at)
    client = signed_in(at.reviewer)
    assert client.post(f"/review/{sub.id}/claim", once()).status_code == 303
    sub.refresh_from_db()
    page = text(client, f"/review/{sub.id}")
    assert f'name="turn" value="{sub.turn}"' in page
    assert "学习目标清楚" in page
    answer = client.post(f"/review/{sub.id}/decide", form(sub, "pass", at))
    assert answer.status_code == 303
    sub.refresh_from_db()
    assert sub.state == State.COUNTY_PASSED
    assert sub.title in text(client, "/review?show=done")


def test_the_same_decision_sent_twice_is_one(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    data = form(sub, "return", at, reason="改一改")
    client = signed_in(at.reviewer)
    first = client.post(f"/review/{sub.id}/decide", data)
    again = client.post(f"/review/{sub.id}/decide", data)
    assert (first.status_code, again.status_code) == (303, 303)
    assert Moved.objects.filter(what="return").count() == 1


def test_a_pass_with_an_open_line_keeps_everything_that_was_typed(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    item = Item.objects.order_by("position").first()
    data = form(sub, "pass", at, reason="几乎都好") | {
        f"tick-{item.id}": "no", f"note-{item.id}": "声音太小", f"at-{item.id}": "2:05",
    }  # fmt: skip
    answer = signed_in(at.reviewer).post(f"/review/{sub.id}/decide", data)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "几乎都好" in shown
    assert "声音太小" in shown
    assert "2:05" in shown
    assert "清单还有没通过的项" in shown
    assert not Tick.objects.exists()


def test_keeping_ticks_for_later(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    client = signed_in(at.reviewer)
    assert client.post(f"/review/{sub.id}/decide", form(sub, "keep", at)).status_code == 303
    assert Tick.objects.filter(good=True).count() == 7
    sub.refresh_from_db()
    assert sub.state == State.COUNTY_REVIEWING
    assert text(client, f"/review/{sub.id}").count("checked") >= 7


def test_who_was_slower_is_told_by_name_and_keeps_the_words(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    old = form(sub, "pass", at, reason="我想说的一大段话")
    signed_in(at.county_staff).post(f"/review/{sub.id}/release", {**once(), "turn": sub.turn})
    decided(at, at.second_reviewer, sub, passed=False, reason="目标不清楚")
    client = signed_in(at.reviewer)
    answer = client.post(f"/review/{sub.id}/decide", old)
    shown = answer.content.decode()
    assert answer.status_code == 409
    for words in ("县审员乙", "退回给老师", "目标不清楚", "我想说的一大段话"):
        assert words in shown
    assert client.post(
        f"/review/{sub.id}/remark", {**once(), "text": "我想说的一大段话"}
    ).status_code == 303  # fmt: skip
    assert "我想说的一大段话" in text(signed_in(at.author), f"/make/{sub.lesson_id}/review")


def test_who_claimed_second_is_told(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    answer = signed_in(at.second_reviewer).post(f"/review/{sub.id}/claim", once())
    assert answer.status_code == 409
    assert "县审员" in answer.content.decode()


def test_a_reviewer_whose_duty_ended_is_out_and_the_lesson_is_free(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    client = signed_in(at.reviewer)
    duty_over(at.reviewer)
    assert client.get(f"/review/{sub.id}").status_code in {302, 404}
    (card,) = queue_of(who(at.second_reviewer))
    assert card.claimed_by == 0
    page = text(signed_in(at.second_reviewer), f"/review/{sub.id}")
    assert f"/review/{sub.id}/claim" in page


def test_a_page_of_text_typed_by_people_is_shown_as_text(at: House) -> None:
    row = lesson(at, title="<script>alert(1)</script>")
    sub = decided(at, at.reviewer, submitted(at, row), passed=False, reason="<b>粗</b>")
    for client, path in (
        (signed_in(at.author), f"/make/{row.id}/review"),
        (signed_in(at.reviewer), f"/review/{sub.id}"),
        (signed_in(at.reviewer), "/review?show=done"),
    ):
        page = text(client, path)
        assert "<script>alert" not in page
        assert "<b>粗" not in page


def test_the_author_sees_the_way_and_the_reasons(at: House) -> None:
    row = lesson(at)
    author = signed_in(at.author)
    assert "怎么走" in text(author, f"/make/{row.id}/review")
    data = {**once(), "aim": "city", "message": "请指点"}
    assert author.post(f"/make/{row.id}/review/submit", data).status_code == 303
    sub = Submission.objects.get()
    decided(at, at.reviewer, sub, passed=False, reason="第二页有错字")
    page = text(author, f"/make/{row.id}/review")
    assert "第二页有错字" in page
    assert "重新送审" in page
    again = {**once(), "turn": sub.turn, "message": "已改"}
    assert author.post(f"/make/{row.id}/review/resubmit", again).status_code == 303
    assert "第 2 次送审" in text(signed_in(at.second_reviewer), "/review")


def test_an_answer_typed_on_an_old_page_is_kept(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    data = {**once(), "turn": 1, "message": "我改了三处"}
    answer = signed_in(at.author).post(f"/make/{sub.lesson_id}/review/resubmit", data)
    assert answer.status_code == 409
    assert "我改了三处" in answer.content.decode()


@pytest.mark.parametrize("name", ["pupil", "far_pupil", "reviewer", "far_staff"])
def test_the_authors_page_is_for_who_makes_the_lesson(at: House, name: str) -> None:
    sub = submitted(at)
    client = signed_in(getattr(at, name))
    text(client, f"/make/{sub.lesson_id}/review", 404)
    for what in ("submit", "resubmit", "on", "withdraw"):
        data = {**once(), "turn": sub.turn, "aim": "city", "message": "x"}
        assert client.post(f"/make/{sub.lesson_id}/review/{what}", data).status_code == 404


def test_the_offices_staff_sees_the_authors_page_and_moves_nothing(at: House) -> None:
    sub = submitted(at)
    client = signed_in(at.county_staff)
    text(client, f"/make/{sub.lesson_id}/review")
    data = {**once(), "turn": sub.turn}
    assert client.post(f"/make/{sub.lesson_id}/review/withdraw", data).status_code == 404
    sub.refresh_from_db()
    assert sub.state == State.SUBMITTED


def test_the_city_takes_a_lesson_back_with_a_reason(at: House) -> None:
    sub = published(at)
    client = signed_in(at.city_staff)
    assert "收回这节课" in text(client, f"/review/{sub.id}")
    data = {**once(), "turn": sub.turn, "message": "音乐没有授权"}
    assert client.post(f"/review/{sub.id}/take-back", data).status_code == 303
    assert Lesson.objects.get(id=sub.lesson_id).state == Lesson.State.WITHDRAWN
    assert "音乐没有授权" in text(signed_in(at.author), f"/make/{sub.lesson_id}/review")


def test_the_checklist_is_the_citys(at: House) -> None:
    city = signed_in(at.city_staff)
    text(signed_in(at.county_staff), "/review/checklist", 404)
    assert "学习目标清楚" in text(city, "/review/checklist")
    lines = "学习目标清楚 | Goals\n画面清楚 | A clear picture\n\n"
    answer = city.post("/review/checklist", {**once(), "lines": lines})
    assert answer.status_code == 303
    kept = Item.objects.filter(retired_at__isnull=True).order_by("position")
    assert [item.words for item in kept] == ["学习目标清楚", "画面清楚"]
    assert Item.objects.count() == 8
    assert city.post("/review/checklist", {**once(), "lines": " \n"}).status_code == 422
    many = "\n".join(f"第{n}项" for n in range(21))
    assert city.post("/review/checklist", {**once(), "lines": many}).status_code == 422


def test_the_workload_is_counts_by_name(at: House) -> None:
    claimed(at.second_reviewer, submitted(at))
    decided(at, at.reviewer, submitted(at))
    lines = load_of(who(at.county_staff))
    assert [line.name for line in lines] == sorted(line.name for line in lines)
    found = {line.name: (line.holding, line.decided) for line in lines}
    assert found["县审员乙"] == (1, 0)
    assert found["县审员"] == (0, 1)
    assert "市审员" not in found
    assert "市审员" in {line.name for line in load_of(who(at.city_staff))}
    assert "审核的人手" not in text(signed_in(at.reviewer), "/review")


@pytest.mark.parametrize("count", [5, 50])
def test_the_queue_costs_the_same_for_five_and_fifty(
    at: House, count: int, django_assert_max_num_queries: Any
) -> None:
    row = lesson(at)
    first = submitted(at, row)
    for number in range(count - 1):
        other = lesson(at, film=False, title=f"多{number}")
        Submission.objects.create(
            lesson=other, author=at.author, aim="city", state="submitted", city_id=at.city.id,
            county_id=at.river.id, school_id=at.school.id, subject="chinese", grade=3,
            title=f"多{number}", version_id=first.version_id,
        )  # fmt: skip
    reviewer, lead = who(at.reviewer), who(at.county_staff)
    with django_assert_max_num_queries(4):
        assert len(queue_of(reviewer)) == count
    with django_assert_max_num_queries(4):
        assert len(queue_led(lead)) == count


def test_a_lesson_that_waits_too_long_comes_first_and_says_so(at: House) -> None:
    from datetime import timedelta  # noqa: PLC0415

    submitted(at)
    old = submitted(at)
    Submission.objects.filter(id=old.id).update(
        waiting_since=old.waiting_since - timedelta(days=14)
    )
    cards = queue_of(who(at.reviewer))
    assert [card.overdue for card in cards] == [True, False]
    assert cards[0].id == old.id
    assert "有 1 节课等了超过 5 个上课日" in text(signed_in(at.reviewer), "/review")


@pytest.mark.parametrize("path", ["/review", "/review?show=done", "/review/checklist"])
def test_the_pages_read_in_english(at: House, path: str) -> None:
    submitted(at)
    name = "city_staff" if path.endswith("checklist") else "reviewer"
    client = signed_in(getattr(at, name))
    client.cookies["yunke_language"] = "en"
    page = text(client, path)
    assert "审课" not in page.split("<main")[1]


def test_a_submission_in_english_from_both_sides(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    for somebody, path in (
        (at.reviewer, f"/review/{sub.id}"),
        (at.author, f"/make/{sub.lesson_id}/review"),
    ):
        client = signed_in(somebody)
        client.cookies["yunke_language"] = "en"
        assert "County review" in text(client, path)

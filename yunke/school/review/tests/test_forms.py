"""What is typed into the reviews' forms, and the drawing of the way."""

from typing import Any

import pytest

from yunke.school.preparing.door import Content, lesson_save
from yunke.school.review.actions.seed import submission_aged
from yunke.school.review.actions.submit import lesson_resubmit, submission_withdraw
from yunke.school.review.forms import ItemsForm, pinned, ticks_read, turn_typed, words_typed
from yunke.school.review.models import Submission
from yunke.school.review.reads.desk import queue_of
from yunke.school.review.reads.one import moves_of, state_of, submission_seen
from yunke.school.review.reads.path import differences, differences_now, stops_of
from yunke.school.review.tests.makers import (
    House,
    claimed,
    decided,
    lesson,
    published,
    submitted,
    who,
)
from yunke.school.review.values import Level, State, TickIn


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2:05", (125.0, 0)),
        ("1:02:03", (3723.0, 0)),
        ("2：05", (125.0, 0)),
        ("p3", (None, 3)),
        ("P. 12", (None, 12)),
        ("第 3 页", (None, 3)),
        ("7", (None, 7)),
        ("", (None, 0)),
        ("2:75", (None, 0)),
        ("很后面", (None, 0)),
        ("9999", (None, 0)),
    ],
)
def test_where_a_note_is_pinned(typed: str, found: tuple[float | None, int]) -> None:
    assert pinned(typed) == found


def test_ticks_of_a_form() -> None:
    data = {
        "tick-1": "yes",
        "tick-2": "no",
        "note-2": " 声音小\0 ",
        "at-2": "0:30",
        "tick-9": "yes",
    }
    assert ticks_read(data, [1, 2, 3]) == (
        TickIn(1, True), TickIn(2, False, "声音小", 30.0), TickIn(3, None),
    )  # fmt: skip


def test_a_checklist_of_lines() -> None:
    form = ItemsForm({"lines": "目标 | Goals\n声音｜Sound\n\n只有中文"})
    assert form.is_valid()
    assert form.cleaned_data["lines"] == [("目标", "Goals"), ("声音", "Sound"), ("只有中文", "")]
    assert not ItemsForm({"lines": ""}).is_valid()
    assert not ItemsForm({"lines": "\n".join(f"第{n}项" for n in range(21))}).is_valid()
    assert ItemsForm({"lines": "\n".join(f"第{n}项" for n in range(20))}).is_valid()


@pytest.mark.parametrize(
    ("typed", "turn"),
    [("7", 7), ("0", 0), ("-1", 0), ("", 0), ("x", 0), ("७", 0), ("1.5", 0), ("9" * 30, 0)],
)
def test_a_turn_is_a_small_number_or_none(typed: str, turn: int) -> None:
    assert turn_typed({"turn": typed}) == turn
    assert turn_typed({}) == 0


def test_words_keep_their_lines_and_lose_what_no_database_keeps() -> None:
    assert words_typed({"reason": "一\r\n二\0"}, "reason") == "一\n二"
    assert words_typed({}, "reason") == ""


def moods(sub: Submission | None) -> list[str]:
    return [stop.mood for stop in stops_of(sub)]


def test_the_way_is_drawn_in_every_state(at: House) -> None:
    assert moods(None) == ["here", "ahead", "ahead", "ahead"]
    sub = submitted(at)
    assert moods(sub) == ["done", "here", "ahead", "ahead"]
    decided(at, at.reviewer, sub, passed=False)
    assert moods(sub) == ["done", "back", "ahead", "ahead"]
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    decided(at, at.reviewer, sub)
    assert moods(sub) == ["done", "done", "here", "ahead"]
    decided(at, at.city_reviewer, sub)
    assert moods(sub) == ["done", "done", "done", "done"]
    county = stops_of(sub)[1]
    assert (county.name, county.at is not None) == ("县审员", True)


def test_a_county_aim_stops_at_the_county(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at, aim=Level.COUNTY))
    assert moods(sub) == ["done", "done", "ahead", "ahead"]


def test_a_bureaus_way_has_no_county(at: House) -> None:
    row = lesson(at, author=at.city_staff, school_id=0, county_id=0)
    assert [stop.key for stop in stops_of(submitted(at, row))] == ["submit", "city", "published"]


def mended(at: House, sub: Submission, title: str) -> None:
    row = sub.lesson
    was = Content(unit=row.unit_id, title=row.title, title_en=row.title_en)
    mine = Content(unit=row.unit_id, title=title, title_en=row.title_en)
    lesson_save(who=who(at.author), lesson_id=row.id, was=was, mine=mine)
    sub.refresh_from_db()
    sub.lesson.refresh_from_db()


def test_what_changed_since_the_hand_in_before(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    assert differences(sub) == []
    assert differences_now(sub) == []
    mended(at, sub, "改好的课题")
    assert [d.field for d in differences_now(sub)] == ["title"]
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn, message="改了课题")
    sub = Submission.objects.select_related("lesson").get(id=sub.id)
    assert [d.field for d in differences(sub)] == ["title"]
    assert differences_now(sub) == []


def test_the_history_is_whole_and_in_order(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False, reason="改一改")
    lines = moves_of(sub)
    assert [line.what for line in lines] == ["submit", "claim", "return"]
    assert (lines[0].reason, lines[2].reason) == ("请审", "改一改")
    assert len(lines[2].ticks) == 7
    assert lines[1].ticks == ()


def test_a_lesson_taken_back_elsewhere_is_withdrawn_here(at: House) -> None:
    sub = published(at)
    assert state_of(sub) == State.PUBLISHED
    sub.lesson.state = "withdrawn"
    assert state_of(sub) == State.WITHDRAWN


def test_a_submission_by_its_numbers_and_its_age(at: House) -> None:
    sub = submitted(at)
    seen = submission_seen(sub.lesson_id)
    assert seen is not None
    assert (seen.id, seen.state, seen.turn) == (sub.id, "submitted", 1)
    assert submission_seen(999_999) is None
    submission_aged(sub.id, 21)
    (card,) = queue_of(who(at.reviewer))
    assert card.days == 15
    assert card.overdue


def test_taken_back_while_claimed_leaves_the_queue(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    submission_withdraw(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    assert queue_of(who(at.reviewer)) == []


@pytest.mark.parametrize("turns", [0, 99])
def test_a_made_up_turn_moves_nothing(at: House, turns: int) -> None:
    from yunke.school.review.actions.moves import Overtaken  # noqa: PLC0415

    sub: Any = decided(at, at.reviewer, submitted(at), passed=False)
    with pytest.raises(Overtaken):
        lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=turns)

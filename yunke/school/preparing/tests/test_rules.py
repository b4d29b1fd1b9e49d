"""What becomes of two people's changes, as plain values."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.base.clock import now
from yunke.school.preparing.rules import (
    MOST_CHAPTERS,
    MOST_GOALS,
    MOST_POINTS,
    changed,
    extends,
    mentioned,
    minutes_guess,
    points_together,
    suggested,
    together,
)
from yunke.school.preparing.values import (
    FIELDS,
    Content,
    Mark,
    Place,
    TaskMark,
    content_of,
)

BASE = Content(
    unit=1, title="古诗三首", goals=("读准字音", "会背"), points=("朗读",), summary="简介"
)
TEXT = st.text(alphabet="古诗ab ", max_size=6)
GOALS = st.lists(st.sampled_from("一二三四五"), max_size=4, unique=True).map(tuple)
TASK = st.builds(TaskMark, st.integers(1, 9), st.just(1.5), st.just(7))
TASKS = st.lists(TASK, max_size=2).map(tuple)
CONTENTS = st.builds(
    Content, unit=st.integers(1, 3), title=TEXT, goals=GOALS, points=GOALS, summary=TEXT,
    minutes=st.integers(1, 240), download_allowed=st.booleans(), files=st.just((1, 2)),
    chapters=st.lists(st.builds(Mark, st.integers(0, 9).map(float), TEXT, TEXT), max_size=2).map(
        tuple
    ),
    tasks=TASKS,
)  # fmt: skip


@given(CONTENTS)
def test_a_content_comes_back_from_the_database_as_it_went(content: Content) -> None:
    assert content_of(content.as_json()) == content


@given(CONTENTS, CONTENTS)
def test_the_changed_fields_are_those_that_differ(old: Content, new: Content) -> None:
    assert set(changed(old, new)) == {n for n in FIELDS if getattr(old, n) != getattr(new, n)}


@given(CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_who_is_alone_gets_all_that_was_written(was: Content, mine: Content) -> None:
    mine = replace(mine, files=was.files, tasks=was.tasks)
    assert together(was, mine, was) == (mine, ())


@given(CONTENTS, CONTENTS)
def test_who_wrote_nothing_changes_nothing(was: Content, kept: Content) -> None:
    assert together(was, was, kept) == (kept, ())


@given(CONTENTS, CONTENTS, CONTENTS)
@settings(max_examples=300)
def test_nothing_that_either_wrote_is_lost_without_being_said(
    was: Content, mine: Content, kept: Content
) -> None:
    """A field is theirs, mine, both put together, or named as a clash with mine in it."""
    both, clashing = together(was, mine, kept)
    for name in changed(was, mine):
        if name in {"files", "tasks"}:
            continue
        own, now_, before = getattr(mine, name), getattr(kept, name), getattr(was, name)
        if now_ == before or name in clashing:
            assert getattr(both, name) == own
        elif name == "goals":
            assert set(own) - set(before) <= set(both.goals)
            assert set(now_) - set(before) <= set(both.goals)


def test_different_fields_go_together() -> None:
    mine, kept = replace(BASE, title="古诗两首"), replace(BASE, summary="新简介")
    assert together(BASE, mine, kept) == (replace(BASE, title="古诗两首", summary="新简介"), ())


def test_two_goals_added_in_different_places_are_both_there() -> None:
    mine = replace(BASE, goals=("看图", "读准字音", "会背"))
    kept = replace(BASE, goals=("读准字音", "会背", "会写"))
    both, clashing = together(BASE, mine, kept)
    assert (both.goals, clashing) == (("看图", "读准字音", "会背", "会写"), ())


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "古诗两首", "古诗四首"), ("summary", "甲", "乙"), ("unit", 2, 3),
        ("minutes", 10, 30), ("goals", ("读准难字", "会背"), ("读准韵脚", "会背")),
    ],
)  # fmt: skip
def test_the_same_place_written_twice_is_for_people(field: str, one: Any, other: Any) -> None:
    _both, clashing = together(BASE, replace(BASE, **{field: one}), replace(BASE, **{field: other}))
    assert clashing == (field,)


def test_both_writing_the_same_is_no_clash() -> None:
    same = replace(BASE, title="古诗两首")
    assert together(BASE, same, same) == (same, ())


def test_points_have_no_order_and_none_that_was_taken_away() -> None:
    assert points_together(["甲", "乙"], ["甲"], ["甲", "乙", "丙"]) == ("丙", "甲")
    assert points_together([], [str(n) for n in range(15)], [f"x{n}" for n in range(15)]) is None


@pytest.mark.parametrize(
    ("who", "age", "sealed", "same"),
    [(1, 1, False, True), (2, 1, False, False), (1, 11, False, False), (1, 1, True, False),
     (None, 1, False, False)],
)  # fmt: skip
def test_one_persons_saves_in_a_row_are_one_version(
    who: int | None, age: int, sealed: bool, same: bool
) -> None:
    moment = now()
    made = moment - timedelta(minutes=age)
    assert extends(made_by=1, made_at=made, sealed=sealed, who_id=who, moment=moment) == same


@pytest.mark.parametrize(
    ("field", "was", "text", "goals", "title"),
    [
        ("goals", "会背", "会背两首", ("读准字音", "会背两首"), "古诗三首"),
        ("goals", "", "会写", ("读准字音", "会背", "会写"), "古诗三首"),
        ("goals", "会背", "", ("读准字音",), "古诗三首"),
        ("title", "古诗三首", "古诗两首", BASE.goals, "古诗两首"),
    ],
)
def test_a_suggestion_changes_its_place_alone(
    field: str, was: str, text: str, goals: tuple[str, ...], title: str
) -> None:
    found = suggested(BASE, field, was, text)
    assert found == replace(BASE, goals=goals, title=title)


def test_a_suggestion_finds_its_place_beside_later_changes() -> None:
    later = replace(BASE, summary="春天来了，桃花开了。")
    found = suggested(later, "summary", "春天来了，花开了。", "春天又来了，花开了。")
    assert found is not None
    assert found.summary == "春天又来了，桃花开了。"


@pytest.mark.parametrize(
    ("field", "was", "text"), [("goals", "早没有了", "新"), ("title", "另一个名", "第三个名")]
)
def test_a_suggestion_whose_place_is_gone_does_not_guess(field: str, was: str, text: str) -> None:
    assert suggested(BASE, field, was, text) is None


def test_a_name_within_a_longer_name_is_not_called() -> None:
    names = [(1, "王小"), (2, "王小明"), (3, "李")]
    assert mentioned("@王小明 来看看", names) == (2,)
    assert set(mentioned("@王小明 和 @王小", names)) == {1, 2}
    assert mentioned("王小明", names) == ()


def test_minutes_are_guessed_from_film_and_tasks() -> None:
    tasks = (TaskMark(1, 3, 1), TaskMark(2, 5, 1))
    assert minutes_guess(replace(BASE, tasks=tasks), 600) == 12
    assert minutes_guess(replace(BASE, goals=()), 0) == 1


@pytest.mark.parametrize(
    ("ref", "found"),
    [("12:3", (12, 3)), ("12", (0, 0)), ("a:b", (0, 0)), ("9" * 30 + ":1", (0, 0))],
)
def test_a_page_is_named_by_its_file_and_number(ref: str, found: tuple[int, int]) -> None:
    assert Place("page", ref).asset == found


@pytest.mark.parametrize(
    ("field", "was", "text"),
    [
        ("goals", "会背", "读准字音"),
        ("goals", "", "会背"),
        ("title", "古诗三首", ""),
        ("title", "古诗三首", "长" * 81),
        ("title_en", "", "a" * 121),
        ("summary", "简介", "长" * 2001),
    ],
)
def test_a_suggestion_that_its_place_cannot_hold_is_not_put_in(
    field: str, was: str, text: str
) -> None:
    assert suggested(BASE, field, was, text) is None


def test_two_changes_that_each_fit_may_be_too_long_together() -> None:
    title = "甲" * 40 + "，" + "乙" * 30
    mine, theirs = title + "丙" * 9, "丁" * 9 + title
    assert suggested(replace(BASE, title=title), "title", title, mine) is not None
    assert suggested(replace(BASE, title=theirs), "title", title, mine) is None


def test_the_last_goal_that_fits_is_taken_and_no_further_one() -> None:
    full = replace(BASE, goals=tuple(f"目标{n}" for n in range(MOST_GOALS)))
    assert suggested(full, "goals", "", "又一条") is None
    assert suggested(full, "goals", "目标0", "换一条") is not None
    room = replace(full, goals=full.goals[1:])
    found = suggested(room, "goals", "", "又一条")
    assert found is not None
    assert len(found.goals) == MOST_GOALS


@given(CONTENTS, GOALS, st.sampled_from("一二三四五六"), st.sampled_from(["", "一", "六", "七"]))
def test_a_suggested_goal_leaves_no_goal_twice(
    content: Content, goals: tuple[str, ...], was: str, text: str
) -> None:
    found = suggested(replace(content, goals=goals), "goals", was, text)
    if found is None:
        assert was not in goals or text in goals
        return
    assert len(set(found.goals)) == len(found.goals)
    assert set(found.goals) == (set(goals) - {was}) | ({text} if text else set())


@pytest.mark.parametrize(
    ("name", "most"), [("goals", MOST_GOALS), ("chapters", MOST_CHAPTERS), ("points", MOST_POINTS)]
)
def test_two_lists_that_are_too_long_together_are_for_people(name: str, most: int) -> None:
    def listed(words: str) -> tuple[Any, ...]:
        many = range(most // 2 + 1)
        return tuple(
            Mark(float(n), f"{words}{n}", "") if name == "chapters" else f"{words}{n:02}"
            for n in many
        )

    mine, kept = replace(BASE, **{name: listed("甲")}), replace(BASE, **{name: listed("乙")})
    both, clashing = together(replace(BASE, **{name: ()}), mine, kept)
    assert clashing == (name,)
    assert getattr(both, name) == getattr(mine, name)


def test_chapters_that_two_wrote_stand_in_the_order_of_the_film() -> None:
    was = replace(BASE, chapters=(Mark(60, "中", ""),))
    mine = replace(was, chapters=(Mark(0, "开头", ""), Mark(60, "中", "")))
    kept = replace(was, chapters=(Mark(60, "中", ""), Mark(90, "末", "")))
    both, clashing = together(was, mine, kept)
    assert clashing == ()
    assert [mark.at for mark in both.chapters] == [0, 60, 90]


@given(CONTENTS, CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_files_and_tasks_are_never_taken_from_a_form(
    was: Content, mine: Content, kept: Content
) -> None:
    both, _clashing = together(was, replace(mine, files=(9,), tasks=()), kept)
    assert (both.files, both.tasks) == (kept.files, kept.tasks)


@given(GOALS, GOALS, GOALS)
def test_points_of_two_do_not_depend_on_who_was_first(
    before: tuple[str, ...], own: tuple[str, ...], now_: tuple[str, ...]
) -> None:
    found = points_together(before, own, now_)
    assert found == points_together(before, now_, own)
    assert found is not None
    assert not set(found) & (set(before) - set(own))
    assert set(own) - set(before) <= set(found)


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"unit": 1},
        {"unit": "x", "title": "t", "minutes": 1},
        {"unit": 1, "title": "t", "minutes": "lang"},
        {"unit": 1, "title": "t", "minutes": 1, "chapters": [["x"]]},
        {"unit": 1, "title": "t", "minutes": 1, "tasks": [[1, 2]]},
        {"unit": 1, "title": "t", "minutes": 1, "files": ["a"]},
    ],
)
def test_what_is_no_content_is_refused(kept: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        content_of(kept)


def test_unknown_words_of_an_old_content_are_left_behind() -> None:
    kept = {**BASE.as_json(), "colour": "red"}
    assert content_of(kept) == BASE


@pytest.mark.parametrize(
    ("film", "goals", "tasks", "minutes"),
    [(0, 0, 0, 1), (0, 3, 0, 9), (0, 2, 2, 8), (29, 3, 0, 1), (600, 3, 4, 14), (5400, 0, 0, 90)],
)
def test_a_guess_is_film_then_goals_and_a_minute_a_task(
    film: float, goals: int, tasks: int, minutes: int
) -> None:
    content = replace(
        BASE, goals=tuple(f"{n}" for n in range(goals)),
        tasks=tuple(TaskMark(n, 1, 1) for n in range(tasks)),
    )  # fmt: skip
    assert minutes_guess(content, film) == minutes


@given(st.lists(st.sampled_from(["甲", "甲乙", "乙", "丙丁"]), unique=True), TEXT)
def test_nobody_is_called_twice_or_without_a_sign(names: list[str], text: str) -> None:
    pairs = list(enumerate(names, start=1))
    assert mentioned(text.replace("@", ""), pairs) == ()
    everybody = mentioned(" ".join(f"@{name}" for name in names), pairs)
    assert sorted(everybody) == [number for number, _name in pairs]

"""The words of places, people and parts as the pages write them, in both languages."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.library.door import Help
from yunke.school.preparing.models import Comment
from yunke.school.preparing.templatetags.preparing import (
    called,
    count_at,
    initial,
    page_count,
    part_name,
    place_icon,
    place_name,
    role_name,
    task_count,
    tone,
)
from yunke.school.preparing.values import (
    FIELDS,
    PARTS,
    TEXTS,
    CommentLine,
    Part,
    Place,
    PlaceKind,
)
from yunke.school.preparing.views.words import (
    FIELD_NAMES,
    ICONS,
    PART_NAMES,
    PLACE_NAMES,
    ROLE_NAMES,
    field_name,
)

AT = datetime(2026, 3, 2, 8, tzinfo=timezone.get_default_timezone())
COUNTS = {("section", "title"): 2, ("page", "7:3"): 4, ("task", "9"): 1, ("goal", "会:背"): 5}


def comment(text: str, *names: str) -> CommentLine:
    return CommentLine(1, 1, "某人", text, AT, names)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place("lesson"), "整节课"),
        (Place("section", "summary"), "简介"),
        (Place("section", "captions"), "字幕"),
        (Place("section", "made up"), "made up"),
        (Place("goal", "会背"), "学习目标"),
        (Place("page", "7:12"), "课件 · 12"),
        (Place("page", "x"), "课件 · 0"),
        (Place("second", "", 75.9), "视频 · 1:15"),
        (Place("second", "", 3600), "视频 · 60:00"),
        (Place("task", "9"), "课中任务"),
        (Place("nowhere"), ""),
    ],
)
def test_a_place_has_a_name(place: Place, name: str) -> None:
    assert place_name(place) == name


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everything_that_is_shown_has_words_of_the_language(language: str) -> None:
    with translation.override(language):
        tables = (FIELD_NAMES, PLACE_NAMES, PART_NAMES, ROLE_NAMES)
        words = [str(name) for table in tables for name in table.values()]
    assert all(words)
    chinese = [word for word in words if any("一" <= sign <= "鿿" for sign in word)]
    assert chinese == (words if language == "zh-hans" else [])


def test_nothing_that_can_be_shown_is_without_a_name() -> None:
    assert set(FIELDS) <= set(FIELD_NAMES)
    assert set(TEXTS) <= set(FIELD_NAMES)
    assert set(Part) == set(PART_NAMES)
    assert set(PARTS) <= set(FIELDS)
    assert set(ICONS) == {kind.value for kind in PlaceKind}
    assert {help_.value for help_ in Help} <= set(ROLE_NAMES)
    assert set(PLACE_NAMES) | {"section"} == set(ICONS)


def test_what_has_no_name_is_shown_as_it_is() -> None:
    assert field_name("nothing") == part_name("nothing") == role_name("nothing") == "nothing"
    assert place_icon("nothing") == "book-open"
    assert (part_name("goals"), role_name("commenter")) == ("目标", "看和评")
    assert place_icon("second") == "clapperboard"


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("王小明", "明"),
        (" 欧阳修 ", "修"),
        ("anna Berg", "A"),
        ("Li 明", "明"),
        ("", "?"),
        ("  ", "?"),
        ("７号", "号"),
    ],
)
def test_a_badge_is_one_sign(name: str, sign: str) -> None:
    assert initial(name) == sign


@given(st.integers(0, 2**62))
def test_a_person_has_one_of_six_colours(number: int) -> None:
    assert tone(number) in range(6)
    assert tone(number) == tone(number + 6)


@pytest.mark.parametrize(
    ("place", "count"),
    [("section:title", 2), ("section:goals", 0), ("goal:会:背", 5), ("goal", 0), ("", 0)],
)
def test_the_talks_of_a_place_are_counted(place: str, count: int) -> None:
    assert count_at(COUNTS, place) == count


def test_the_talks_of_a_page_and_of_a_task_are_counted() -> None:
    assert [page_count(COUNTS, 7, page) for page in (2, 3)] == [0, 4]
    assert [task_count(COUNTS, task) for task in (8, 9)] == [0, 1]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("好", (), [("好", False)]),
        ("@王小明 看", ("王小明",), [("@王小明", True), (" 看", False)]),
        ("看 @王小明", ("王小明",), [("看 ", False), ("@王小明", True)]),
        ("@王小明", ("王小明", "王小"), [("@王小明", True)]),
        ("@王小和@王小明", ("王小", "王小明"),
         [("@王小", True), ("和", False), ("@王小明", True)]),
        ("@王小明", (), [("@王小明", False)]),
        ("@甲@甲", ("甲",), [("@甲", True), ("@甲", True)]),
    ],
)  # fmt: skip
def test_who_is_called_stands_out(
    text: str, names: tuple[str, ...], found: list[tuple[str, bool]]
) -> None:
    assert called(comment(text, *names)) == found


@given(st.text(alphabet="@甲乙 a", max_size=12), st.sets(st.sampled_from(["甲", "甲乙", "a"])))
def test_marking_a_call_loses_no_word(text: str, names: set[str]) -> None:
    pieces = called(comment(text, *names))
    assert "".join(piece for piece, _called in pieces) == text
    assert {piece[1:] for piece, is_called in pieces if is_called} <= names


def test_a_comment_is_never_longer_than_its_row() -> None:
    field: Any = Comment._meta.get_field("text")
    assert field.max_length == 1000

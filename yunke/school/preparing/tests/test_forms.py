"""What a lesson's makers type becomes values."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict

from yunke.school.library.templatetags.library import moment
from yunke.school.preparing.forms import (
    ColleagueForm,
    LessonForm,
    SuggestForm,
    ThreadForm,
    seconds_of,
)
from yunke.school.preparing.values import TEXTS, Content, Place

WAS = Content(unit=1, title="课")
WHOLE = f"was={quote(json.dumps(WAS.as_json()))}&unit=1&title=课&minutes=20"


def form(more: str = "") -> LessonForm:
    return LessonForm(QueryDict(f"{WHOLE}&{more}"))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:00", 0),
        ("2:03", 123),
        ("2：03", 123),
        ("2:03.5", 123.5),
        ("1:02:03", 3723),
        ("90", 90),
        (" 90 ", 90),
        ("90:00", 5400),
        ("2:75", None),
        ("半分钟", None),
        ("", None),
        ("-1:00", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, seconds: Any) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("seconds", [0, 59.9, 60, 123.5, 3599, 5400])
def test_a_time_that_is_shown_is_read_back(seconds: Any) -> None:
    assert seconds_of(moment(seconds)) == seconds


def test_goals_are_lines_without_the_empty_ones() -> None:
    found = form("goals=读%0A%0A  写 %0A")
    assert found.is_valid()
    assert found.mine().goals == ("读", "写")


def test_points_are_kept_once_in_one_order() -> None:
    found = form("points=乙&points=甲&points=乙&points=")
    assert found.is_valid()
    assert found.mine().points == ("乙", "甲")


def test_chapters_are_put_in_the_order_of_the_film() -> None:
    found = form(
        "chapter_at=1:00&chapter_title=二&chapter_title_en=&chapter_at=0:10&chapter_title=一"
        "&chapter_title_en=One&chapter_at=&chapter_title=&chapter_title_en="
    )
    assert found.is_valid()
    assert [(m.at, m.title, m.title_en) for m in found.mine().chapters] == [
        (10, "一", "One"), (60, "二", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("row", ["chapter_at=1:00&chapter_title=", "chapter_at=x&chapter_title=一"])
def test_half_a_chapter_is_refused(row: Any) -> None:
    assert not form(row).is_valid()


@pytest.mark.parametrize("minutes", ["0", "241", "", "viele"])
def test_minutes_are_a_number_of_a_lesson(minutes: Any) -> None:
    found = form(f"minutes={minutes}")
    assert "minutes" in found.errors


@pytest.mark.parametrize("was", ["", "{", "[]", "null", "3", '{"unit": "x", "title": ""}'])
def test_a_page_that_says_nothing_of_what_it_showed_saves_nothing(was: str) -> None:
    found = LessonForm(QueryDict(f"was={quote(was)}&unit=1&title=课&minutes=20"))
    assert "was" in found.errors


def test_a_field_that_is_left_to_the_other_is_not_mine() -> None:
    found = LessonForm(QueryDict(f"{WHOLE}&summary=我的&goals=我的目标&keep-summary=theirs"))
    assert found.is_valid()
    assert (found.mine().summary, found.mine().goals) == ("", ("我的目标",))


def test_line_ends_of_every_browser_are_the_same_text() -> None:
    found = form("summary=一%0D%0A二%0D三")
    assert found.is_valid()
    assert found.mine().summary == "一\n二\n三"


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("place=goal&ref=背诵&text=好", True),
        ("place=second&second=12.5&text=好", True),
        ("place=second&second=-1&text=好", False),
        ("place=moon&text=好", False),
        ("place=lesson&text=", False),
        ("place=lesson&text=" + "字" * 1001, False),
    ],
)
def test_a_comment_needs_a_place_and_words(told: str, good: bool) -> None:
    assert ThreadForm(QueryDict(told)).is_valid() == good


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("field=goals&was=一&text=二", True),
        ("field=title&text=" + "字" * 80, True),
        ("field=title&text=" + "字" * 81, False),
        ("field=minutes&text=3", False),
        ("field=files&text=3", False),
    ],
)
def test_only_words_are_suggested_and_not_too_many(told: str, good: bool) -> None:
    assert SuggestForm(QueryDict(told)).is_valid() == good


def test_a_suggested_goal_is_one_line() -> None:
    found = SuggestForm(QueryDict("field=goals&was=&text=一%0A二"))
    assert found.is_valid()
    assert found.cleaned_data["text"] == "一 二"


@pytest.mark.parametrize(
    ("lines", "good"), [(500, True), (501, False)], ids=["as the page counts", "one line more"]
)
def test_a_line_end_counts_once_as_the_page_counted_it(lines: int, good: bool) -> None:
    told = QueryDict(mutable=True)
    told.update({"place": "lesson", "text": "\r\n".join(["字"] * lines) + "."})
    found = ThreadForm(told)
    assert found.is_valid() == good
    if good:
        assert len(found.cleaned_data["text"]) == 1000


def test_a_long_text_of_short_lines_fits_its_field() -> None:
    told = "%0D%0A".join(["一"] * 1000)
    found = form(f"summary={told}&summary_en={told}")
    assert found.is_valid(), found.errors
    assert len(found.mine().summary) == len(found.mine().summary_en) == 1999


@pytest.mark.parametrize(("field", "most"), list(TEXTS.items()))
def test_a_suggestion_is_as_long_as_its_place_at_most(field: str, most: int) -> None:
    for count, good in ((most, True), (most + 1, False)):
        assert SuggestForm(QueryDict(f"field={field}&text={'a' * count}")).is_valid() == good


def test_a_suggestion_of_two_paragraphs_keeps_both_in_a_summary_alone() -> None:
    for field, text in (("summary", "一\n二"), ("title", "一 二")):
        found = SuggestForm(QueryDict(f"field={field}&was=x%0D%0Ay&text=一%0D%0A二"))
        assert found.is_valid()
        assert (found.cleaned_data["text"], found.cleaned_data["was"]) == (text, "x\ny")


@pytest.mark.parametrize("person", ["0", "-1", "x", "", str(2**62 + 1)])
def test_a_colleague_is_a_number_and_has_a_role(person: str) -> None:
    assert not ColleagueForm({"person": person, "role": "editor"}).is_valid()
    assert ColleagueForm({"person": "7", "role": "editor"}).is_valid()
    assert not ColleagueForm({"person": "7", "role": "author"}).is_valid()


def test_a_place_is_where_it_was_clicked_to_a_tenth() -> None:
    found = ThreadForm(QueryDict("place=second&second=12.3456&text=好&ref=x"))
    assert found.is_valid()
    assert found.where() == Place("second", "x", 12.3)
    found = ThreadForm(QueryDict("place=goal&ref=会背&text=好"))
    assert found.is_valid()
    assert found.where() == Place("goal", "会背", 0)

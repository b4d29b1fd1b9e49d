"""What a teacher types becomes values: times, goals, points; and reasons become words."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from yunke.school.library.forms import LessonForm, LessonNewForm, seconds_of
from yunke.school.library.rules import Chosen, parsed_reason, refused_at_choosing
from yunke.school.library.templatetags.library import moment, subject_icon, subject_name
from yunke.school.library.views.words import REASONS, reason_text

WHOLE = "version=1&unit=1&title=课&minutes=20"


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
    assert found.draft().goals == ("读", "写")


def test_points_are_kept_once_and_in_order() -> None:
    found = form("points=乙&points=甲&points=乙&points=")
    assert found.is_valid()
    assert found.draft().points == ("乙", "甲")


def test_chapters_are_put_in_the_order_of_the_film() -> None:
    found = form(
        "chapter_at=1:00&chapter_title=二&chapter_title_en=&chapter_at=0:10&chapter_title=一"
        "&chapter_title_en=One&chapter_at=&chapter_title=&chapter_title_en="
    )
    assert found.is_valid()
    assert [(m.at, m.title, m.title_en) for m in found.draft().chapters] == [
        (10, "一", "One"), (60, "二", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("row", ["chapter_at=1:00&chapter_title=", "chapter_at=x&chapter_title=一"])
def test_half_a_chapter_is_refused(row: Any) -> None:
    assert not form(row).is_valid()


@pytest.mark.parametrize("minutes", ["0", "241", "", "viele"])
def test_minutes_are_a_number_of_a_lesson(minutes: Any) -> None:
    found = LessonForm(QueryDict(f"version=1&unit=1&title=课&minutes={minutes}"))
    assert "minutes" in found.errors


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ("grade=3&subject=chinese&unit=1", None),
        ("grade=3&subject=chinese&new_unit=秋天", None),
        ("grade=3&subject=chinese", "unit"),
        ("grade=10&subject=chinese&unit=1", "grade"),
        ("grade=3&subject=magic&unit=1", "subject"),
    ],
)
def test_a_new_lesson_needs_a_place(more: Any, wrong: Any) -> None:
    found = LessonNewForm(QueryDict(f"title=课&{more}"))
    assert found.is_valid() == (wrong is None)
    assert wrong is None or wrong in found.errors


@pytest.mark.parametrize(
    ("chosen", "kept", "reason"),
    [
        (Chosen("video", "课.MP4", 100), 0, ""),
        (Chosen("video", "课.mp4", 100), 901, "over-quota"),
        (Chosen("video", "课.mp4", 100), 900, ""),
        (Chosen("video", "课.mp4", 501), 0, "too-large"),
        (Chosen("video", "课.mp4", 0), 0, "empty"),
        (Chosen("video", "课.mp4.exe", 100), 0, "not-video"),
        (Chosen("video", "", 100), 0, "bad-name"),
        (Chosen("video", "a\u202egpj.mp4", 100), 0, "bad-name"),
        (Chosen("captions", "字幕.srt", 100, "zh"), 0, ""),
        (Chosen("captions", "字幕.srt", 100, "xx"), 0, "no-language"),
        (Chosen("courseware", "课件.pptx", 100), 0, ""),
        (Chosen("sound", "课.mp3", 100), 0, "unknown-kind"),
    ],
)
def test_a_file_is_judged_by_its_description(chosen: Any, kept: Any, reason: str) -> None:
    assert refused_at_choosing(chosen, limit=500, kept=kept, quota=1000) == reason


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("broken", ("broken", 0, 0)),
        ("overlap:6:3", ("overlap", 6, 3)),
        ("times:4", ("times", 4, 0)),
    ],
)
def test_a_reason_carries_its_lines(text: str, parts: Any) -> None:
    assert parsed_reason(text) == parts


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_speaks_both_languages(code: Any) -> None:
    with translation.override("zh-hans"):
        chinese = reason_text(f"{code}:6:3")
    with translation.override("en"):
        english = reason_text(f"{code}:6:3")
    assert chinese != english
    assert english.isascii() or "’" in english
    assert "%(" not in chinese + english


def test_an_unknown_reason_is_still_said() -> None:
    assert reason_text("something-new")


def test_subjects_have_a_name_and_an_icon() -> None:
    assert (subject_name("chinese"), subject_icon("chinese")) == ("语文", "book-open-text")
    with translation.override("en"):
        assert subject_name("maths") == "Maths"
    assert (subject_name("magic"), subject_icon("magic")) == ("", "library")

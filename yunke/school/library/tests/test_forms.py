"""What a teacher types becomes values: times, goals, points; and reasons become words."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from yunke.school.library.forms import LessonNewForm
from yunke.school.library.rules import Chosen, parsed_reason, refused_at_choosing
from yunke.school.library.templatetags.library import subject_icon, subject_name
from yunke.school.library.views.words import REASONS, reason_text


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

"""The words of the timetable's templates."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from yunke.school.timetable.templatetags.timetable import (
    day_short,
    hour,
    ruby,
    subject_icon,
    subject_name,
    weekday,
)


def test_characters_carry_their_pinyin_in_the_words_they_form() -> None:
    with override("zh-hans"):
        assert ruby("长大") == "<ruby>长<rt>zhǎng</rt></ruby><ruby>大<rt>dà</rt></ruby>"
        assert "<ruby>长<rt>cháng</rt></ruby>" in ruby("长城")


def test_digits_signs_and_latin_stay_plain() -> None:
    with override("zh-hans"):
        shown = ruby("20 以内 abc，<b>")
    assert shown.startswith("20 <ruby>以")
    assert shown.endswith("abc，&lt;b&gt;")
    assert "<b>" not in shown


@pytest.mark.parametrize("text", ["", "a&b"])
def test_empty_and_dangerous_words_are_escaped(text: str) -> None:
    with override("zh-hans"):
        assert ruby(text) == text.replace("&", "&amp;")


def test_english_pages_have_no_pinyin() -> None:
    with override("en"):
        assert ruby("古诗") == "古诗"


@pytest.mark.parametrize(
    ("language", "short", "name", "subject"),
    [("zh-hans", "11月9日", "周一", "语文"), ("en", "9 Nov", "Mon", "Chinese")],
)
def test_days_and_subjects_speak_the_pages_language(
    language: str, short: str, name: str, subject: str
) -> None:
    with override(language):
        assert day_short(date(2026, 11, 9)) == short
        assert weekday(date(2026, 11, 9)) == name
        assert subject_name("chinese") == subject


def test_a_subject_that_nobody_knows_has_no_name_and_a_book() -> None:
    assert subject_name("alchemy") == ""
    assert subject_icon("alchemy") == "book-open-text"
    assert subject_icon("music") == "music"


def test_a_time_is_hours_and_minutes() -> None:
    assert hour(datetime(2026, 11, 9, 8, 5)) == "08:05"  # noqa: DTZ001 already local
    assert hour(None) == ""

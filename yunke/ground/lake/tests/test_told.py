"""Every verb is told in both languages; no code ever reaches a page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from yunke.ground.lake.reads import describe, icon_of, verb_name
from yunke.ground.lake.reads.told import TELLINGS, UNTOLD
from yunke.ground.lake.values import EventLine, Verb

LINE = EventLine(datetime(2026, 3, 2, tzinfo=UTC), "lesson.opened", "lesson", 1, "古诗三首", 0)
HANZI = range(0x4E00, 0x9FFF)


def has_hanzi(text: str) -> bool:
    return any(ord(letter) in HANZI for letter in text)


def test_every_verb_has_a_telling() -> None:
    assert set(TELLINGS) == set(Verb)


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_is_a_chinese_sentence_without_codes(verb: Verb) -> None:
    for title in ("", "古诗三首"):
        text = describe(replace(LINE, verb=verb.value, title=title))
        assert has_hanzi(text)
        assert "." not in text
        assert "%" not in text


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_is_an_english_sentence_too(verb: Verb) -> None:
    with translation.override("en"):
        for title in ("", "Poems"):
            text = describe(replace(LINE, verb=verb.value, title=title))
            assert text
            assert not has_hanzi(text)
        assert not has_hanzi(verb_name(verb.value))


def test_minutes_are_told_where_there_are_some() -> None:
    line = replace(LINE, verb="video.progressed", seconds=185)
    assert describe(line) == "看了《古诗三首》，3 分钟"
    assert describe(replace(line, seconds=40)) == "看了《古诗三首》，40 秒"


def test_a_verb_of_another_version_is_told_plainly() -> None:
    line = replace(LINE, verb="robot.danced")
    assert describe(line) == "做了一件事：古诗三首"
    assert verb_name("robot.danced") == UNTOLD.name


@pytest.mark.parametrize("verb", Verb)
def test_every_icon_exists(verb: Verb) -> None:
    source = "{% lucide name %}"
    drawn = Template(source).render(Context({"name": icon_of(replace(LINE, verb=verb.value))}))
    assert drawn.startswith("<svg")


def test_chinese_is_what_a_page_has_without_a_choice() -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"

"""The papers beside a film: captions, chapters, pictures."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from yunke.demo.film.look import PAPER
from yunke.demo.film.marks import Pen
from yunke.demo.film.papers import (
    HOLD,
    POSTER,
    stamp,
    vtt,
    write_captions,
    write_chapters,
    write_pictures,
)
from yunke.demo.film.timeline import Drawn, Leaf, Plan
from yunke.demo.film.values import Cue

CUES = [
    Cue(0.8, 2.0, "你好。", "Hello."),
    Cue(2.1, 3.5, "几？", "How many?"),
    Cue(6.0, 7.25, "五。", "Five."),
]
TIMES = re.compile(r"(\d\d:\d\d:\d\d\.\d\d\d) --> (\d\d:\d\d:\d\d\.\d\d\d)")


def seconds(text: str) -> float:
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (0.0, "00:00:00.000"),
        (0.0004, "00:00:00.000"),
        (0.0006, "00:00:00.001"),
        (59.9996, "00:01:00.000"),
        (61.5, "00:01:01.500"),
        (3599.999, "00:59:59.999"),
        (3600.0, "01:00:00.000"),
    ],
)
def test_times_are_rounded_to_milliseconds(at: float, text: str) -> None:
    assert stamp(at) == text


@pytest.mark.parametrize("translated", [False, True])
def test_captions_are_webvtt(translated: bool) -> None:
    text = vtt(CUES, translated)
    assert text.startswith("WEBVTT\n\n1\n")
    spans = [(seconds(a), seconds(b)) for a, b in TIMES.findall(text)]
    assert len(spans) == len(CUES)
    for (start, end), cue in zip(spans, CUES, strict=True):
        assert start == pytest.approx(cue.start)
        assert cue.end <= end <= cue.end + HOLD + 1e-6


def test_captions_never_overlap() -> None:
    spans = [(seconds(a), seconds(b)) for a, b in TIMES.findall(vtt(CUES, False))]
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start


def test_no_talk_makes_an_empty_file() -> None:
    assert vtt([], False) == "WEBVTT\n"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("zh", {"captions.vtt", "captions.en.vtt"}),
        ("en", {"captions.vtt", "captions.zh.vtt"}),
    ],
)
def test_the_second_language_is_named(tmp_path: Path, language: str, names: set[str]) -> None:
    write_captions(Plan(cues=CUES), language, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == names


def test_the_first_file_is_in_the_lessons_language(tmp_path: Path) -> None:
    write_captions(Plan(cues=CUES), "zh", tmp_path)
    assert "你好。" in (tmp_path / "captions.vtt").read_text(encoding="utf-8")
    assert "Hello." in (tmp_path / "captions.en.vtt").read_text(encoding="utf-8")


def test_chapters_start_where_pages_start(tmp_path: Path) -> None:
    leaves = [Leaf(0, 25, "一", "One", ()), Leaf(25, 60, "二", "Two", ())]
    write_chapters(Plan(leaves=leaves), tmp_path)
    assert json.loads((tmp_path / "chapters.json").read_text(encoding="utf-8")) == [
        {"at": 0.0, "title_zh": "一", "title_en": "One"},
        {"at": 2.5, "title_zh": "二", "title_en": "Two"},
    ]


def plan_with(*pages: int) -> Plan:
    pen = Pen("", ((0, 0), (9, 9)), 2, PAPER.colour("ink"), 1)
    return Plan(drawn=[Drawn(pen, 0, page, 0, 0) for page in pages])


def plain(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((72, 128, 3), colour, np.uint8)


def test_the_poster_is_the_fullest_page(tmp_path: Path) -> None:
    write_pictures(plan_with(0, 1, 1), [plain((200, 0, 0)), plain((0, 0, 200))], tmp_path)
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert poster.size == POSTER
        red, _, blue = poster.convert("RGB").resize((1, 1)).tobytes()
    assert blue > red


def test_the_pdf_has_every_page_and_no_clock(tmp_path: Path) -> None:
    pages = [plain((200, 0, 0)), plain((0, 0, 200)), plain((0, 200, 0))]
    write_pictures(plan_with(0), pages, tmp_path)
    first = (tmp_path / "board.pdf").read_bytes()
    write_pictures(plan_with(0), pages, tmp_path)
    assert first.startswith(b"%PDF")
    assert (tmp_path / "board.pdf").read_bytes() == first
    assert first.count(b"/Type /Page\n") == 3


def test_a_film_without_marks_still_has_a_poster(tmp_path: Path) -> None:
    write_pictures(Plan(), [plain((9, 9, 9))], tmp_path)
    assert (tmp_path / "poster.jpg").exists()

"""A whole film: its files, and the truth against its pixels."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from yunke.demo.film import making, timeline
from yunke.demo.film.look import GREEN, PAPER
from yunke.demo.film.making import make_lesson, silent
from yunke.demo.film.script import Lesson
from yunke.demo.film.show import Reel, frames
from yunke.demo.film.tests.makers import (
    SMALL,
    key_times,
    probed,
    read_json,
    small_lesson,
    tiny_lesson,
    video_frames,
)  # fmt: skip
from yunke.demo.film.timeline import planned
from yunke.demo.film.values import FPS, HEIGHT, WIDTH

SIZE = (int(WIDTH * SMALL), int(HEIGHT * SMALL))


def hash_of(lesson: Lesson) -> str:
    known = hashlib.sha256()
    for planes in frames(lesson, planned(lesson), Reel(), SMALL):
        known.update(planes.tobytes())
    return known.hexdigest()


def luma(lesson: Lesson) -> np.ndarray:
    """All frames' brightness at full size, shape (frames, height, width)."""
    found = [
        planes[: WIDTH * HEIGHT].reshape(HEIGHT, WIDTH).copy()
        for planes in frames(lesson, planned(lesson), Reel())
    ]
    return np.stack(found)


def test_all_files_are_there(film: Path) -> None:
    names = {file.name for file in film.iterdir()}
    assert names == {
        "video.mp4", "captions.vtt", "captions.en.vtt", "chapters.json", "poster.jpg", "board.pdf",
        "truth.json",
    }  # fmt: skip


def test_the_video_is_what_players_want(film: Path) -> None:
    said = probed(film / "video.mp4")
    for part in ("h264", "yuv420p(tv, bt709", "10 fps", "aac", f"{SIZE[0]}x{SIZE[1]}"):
        assert part in said
    head = (film / "video.mp4").read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")


def test_there_is_a_key_frame_every_two_seconds(film: Path) -> None:
    times = key_times(film / "video.mp4")
    assert times == [pytest.approx(2.0 * i) for i in range(len(times))]
    assert len(times) >= read_json(film / "truth.json")["seconds"] / 2


def test_the_video_has_as_many_frames_as_the_truth_says(film: Path) -> None:
    truth = read_json(film / "truth.json")
    assert len(video_frames(film / "video.mp4", SIZE)) == truth["frames"]


def test_two_runs_give_the_same_frames() -> None:
    assert hash_of(small_lesson()) == hash_of(small_lesson())
    assert hash_of(small_lesson(GREEN)) == hash_of(small_lesson(GREEN))


def test_the_truth_agrees_with_the_pixels_to_the_frame() -> None:
    lesson = tiny_lesson("十L")
    plan, shown = planned(lesson), luma(lesson)
    paper = int(shown[0, 400, 640])
    for drawn in plan.drawn:
        left, top, right, bottom = drawn.mark.box()
        core = shown[:, top:bottom, left:right]
        final = core[-1] < paper - 60
        before = core[drawn.at - 1][final]
        first, done = core[drawn.at], core[drawn.done + 1]
        own = final & ~(core[drawn.at - 1] < paper - 60)
        assert (first[own] < paper - 60).any(), "something shows on the first frame"
        assert not (before < paper - 60).all(), "not all was there before"
        if drawn.mark.frames > 1:
            late = core[drawn.done - 1]
            assert (late[own] >= paper - 60).any(), "not all shows a frame before the end"
        mine = done[own] < paper - 60
        assert mine.mean() > 0.5


def test_nothing_is_drawn_outside_the_boxes() -> None:
    lesson = tiny_lesson("水ab")
    shown = luma(lesson)
    touched = shown[-1] != shown[0]
    for drawn in planned(lesson).drawn:
        left, top, right, bottom = drawn.mark.box()
        touched[top:bottom, left - 1 : right + 1] = False
    assert not touched.any()


def test_a_page_starts_empty_on_its_first_frame() -> None:
    lesson = small_lesson()
    plan, reel = planned(lesson), Reel()
    shown = [planes.copy() for planes in frames(lesson, plan, reel, SMALL)]
    start = plan.leaves[1].start
    content = slice(SIZE[1] // 7, SIZE[1] * 9 // 10)
    pages = [p[: SIZE[0] * SIZE[1]].reshape(SIZE[1], SIZE[0])[content] for p in shown]
    assert len(np.unique(pages[start])) == 1
    assert len(np.unique(pages[start - 1])) > 1
    assert len(reel.pages) == 2


def test_a_sliding_picture_comes_from_its_side() -> None:
    lesson = small_lesson()
    plan = planned(lesson)
    apple = next(d for d in plan.drawn if d.mark.kind == "picture")
    shown = [planes.copy() for planes in frames(lesson, plan, Reel(), SMALL)]
    rows = slice(int(200 * SMALL), int(320 * SMALL))
    middles = []
    for frame in range(apple.at, apple.done + 1):
        page = shown[frame][: SIZE[0] * SIZE[1]].reshape(SIZE[1], SIZE[0])[rows]
        middles.append(np.flatnonzero((page < 200).any(axis=0)).mean())
    assert middles == sorted(middles, reverse=True)
    assert middles[0] > middles[-1]


def test_the_truth_lists_every_mark_and_line(film: Path) -> None:
    truth = read_json(film / "truth.json")
    plan = planned(small_lesson())
    assert len(truth["elements"]) == len(plan.drawn)
    assert [line["text"] for line in truth["pages"][0]["lines"]] == ["十", "2"]
    assert {e["kind"] for e in truth["elements"]} == {"grid", "stroke", "figure", "picture"}
    for element in truth["elements"]:
        left, top, right, bottom = element["box"]
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT
        assert element["start"] == element["start_frame"] / FPS
        assert element["start"] <= element["end"]


def test_every_part_has_a_licence(film: Path) -> None:
    parts = read_json(film / "truth.json")["provenance"]
    assert len(parts) >= 3
    assert all(part["source"] and part["licence"] for part in parts)


def test_chapters_are_the_pages(film: Path) -> None:
    chapters = read_json(film / "chapters.json")
    pages = read_json(film / "truth.json")["pages"]
    assert [c["at"] for c in chapters] == [p["start"] for p in pages]
    assert chapters[0] == {"at": 0.0, "title_zh": "十", "title_en": "Ten"}


def test_poster_and_courseware(film: Path) -> None:
    with Image.open(film / "poster.jpg") as poster:
        assert poster.size == (640, 360)
    assert (film / "board.pdf").read_bytes().count(b"/Type /Page\n") == 2


def test_a_finished_film_is_kept(tmp_path: Path) -> None:
    first = make_lesson(tiny_lesson("1"), tmp_path, silent, 0.1)
    told: list[str] = []
    again = make_lesson(tiny_lesson("1"), tmp_path, lambda *said: told.append(said[1]), 0.1)
    assert (first.fresh, again.fresh) == (True, False)
    assert told == ["kept"]
    assert again.seconds == first.seconds


def test_a_broken_film_is_made_again(tmp_path: Path) -> None:
    folder = make_lesson(tiny_lesson("1"), tmp_path, silent, 0.1).folder
    os.remove(folder / "poster.jpg")
    assert make_lesson(tiny_lesson("1"), tmp_path, silent, 0.1).fresh
    (folder / "truth.json").write_text("{", encoding="utf-8")
    assert make_lesson(tiny_lesson("1"), tmp_path, silent, 0.1).fresh
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_failed_run_leaves_the_old_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_lesson(tiny_lesson("1"), tmp_path, silent, 0.1).folder
    old = (folder / "video.mp4").read_bytes()
    monkeypatch.setattr(making, "stamp_of", lambda _: "other")
    monkeypatch.setattr(making, "encode", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_lesson(tiny_lesson("1"), tmp_path, silent, 0.1)
    assert (folder / "video.mp4").read_bytes() == old


def test_without_voices_there_are_captions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "speak", lambda *_: None)
    folder = make_lesson(small_lesson(), tmp_path, silent, 0.1).folder
    truth = read_json(folder / "truth.json")
    assert truth["turns"] == []
    assert truth["voices"]["complete"] is False
    assert truth["voices"]["silent_sentences"] == 4
    assert "两笔。" in (folder / "captions.vtt").read_text(encoding="utf-8")
    assert "aac" in probed(folder / "video.mp4")


def test_paper_looks_like_paper(film: Path) -> None:
    with Image.open(film / "poster.jpg") as poster:
        corner = np.asarray(poster.convert("RGB"), int)[340, 320]
    assert np.abs(corner - np.array(PAPER.colour("ground"))).max() <= 3

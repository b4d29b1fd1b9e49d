"""A small lesson and its parts, for the tests of this room."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
from PIL import Image

from yunke.demo.film.drawn import Picture
from yunke.demo.film.figures import Area, Line
from yunke.demo.film.hand import Cell, Hand
from yunke.demo.film.look import PAPER, Look
from yunke.demo.film.script import Lesson, Page, ask, pupil, say
from yunke.demo.film.values import Film

SMALL = 0.25
FILM = Film(
    "small-film", 1, "chinese", "小电影", "A small film", "测试", "Testing", ("笔顺规则",), "zh"
)


def small_lesson(look: Look = PAPER) -> Lesson:
    """Two pages, about ten seconds: one character, one sum, one question."""
    return Lesson(
        FILM,
        (
            Page(
                "十",
                "Ten",
                (
                    say("写十。", "Write ten.", Cell("十", 120, 160, 200, pinyin=False)),
                    ask("几笔？", "How many strokes?", wait=1.0),
                    pupil("xiaoyu", "两笔。", "Two.", Hand("2", 500, 200, 90, "accent")),
                ),
            ),
            Page(
                "画",
                "Pictures",
                (
                    say(
                        "看。",
                        "Look.",
                        Picture("apple", 200, 200, 120, (100, 0), 0.5),
                        Line(((600, 300), (800, 300)), name="line"),
                        Area(((900, 200), (1000, 200), (1000, 300), (900, 300)), "sky", 1.0),
                    ),
                ),
            ),
        ),
        look,
    )


def tiny_lesson(text: str) -> Lesson:
    """One page on which one line is written."""
    page = Page("一", "One", (say("好。", "Good.", Hand(text, 100, 200, 200)),))
    return Lesson(FILM, (page,))


def video_frames(video: Path, size: tuple[int, int]) -> np.ndarray[Any, Any]:
    """All frames of a video as grey pictures, shape (frames, height, width)."""
    order = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(video)]
    order += ["-f", "rawvideo", "-pix_fmt", "gray", "-"]
    raw = subprocess.run(order, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0])


def probed(video: Path) -> str:
    """What ffmpeg says about a file."""
    order = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(video)]
    return subprocess.run(order, capture_output=True, text=True, check=False).stderr


def key_times(video: Path) -> list[float]:
    """Times of the key frames, seconds."""
    order = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-skip_frame", "nokey"]
    order += ["-i", str(video), "-vf", "showinfo", "-f", "null", "-"]
    order[2] = "info"
    said = subprocess.run(order, capture_output=True, text=True, check=False).stderr
    return [
        float(x.split("pts_time:")[1].split()[0]) for x in said.splitlines() if "pts_time:" in x
    ]


def read_json(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def opened(data: bytes) -> Image.Image:
    """A picture from bytes."""
    return Image.open(io.BytesIO(data))

"""What lies beside the video: captions, chapters, poster, courseware PDF."""

from __future__ import annotations

import json
import time
from pathlib import Path

from PIL import Image

from .marks import Pixels
from .timeline import Plan
from .values import FPS, Cue

POSTER = (640, 360)
HOLD = 0.4
DAY_ZERO = time.gmtime(0)


def stamp(seconds: float) -> str:
    """Seconds -> WebVTT time."""
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def vtt(cues: list[Cue], translated: bool) -> str:
    """WebVTT text. A caption stays a moment longer than its sound, but never into the next."""
    lines = ["WEBVTT", ""]
    for number, cue in enumerate(cues):
        limit = cues[number + 1].start if number + 1 < len(cues) else cue.end + HOLD
        end = min(cue.end + HOLD, limit)
        text = cue.other if translated else cue.text
        lines += [str(number + 1), f"{stamp(cue.start)} --> {stamp(end)}", text, ""]
    return "\n".join(lines)


def write_captions(plan: Plan, language: str, folder: Path) -> None:
    """`captions.vtt` in the lesson's own language, and one in the other beside it."""
    second = "zh" if language == "en" else "en"
    (folder / "captions.vtt").write_text(vtt(plan.cues, False), encoding="utf-8")
    (folder / f"captions.{second}.vtt").write_text(vtt(plan.cues, True), encoding="utf-8")


def write_chapters(plan: Plan, folder: Path) -> None:
    """One chapter for each board page."""
    chapters = [
        {"at": leaf.start / FPS, "title_zh": leaf.title_zh, "title_en": leaf.title_en}
        for leaf in plan.leaves
    ]
    (folder / "chapters.json").write_text(
        json.dumps(chapters, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def write_pictures(plan: Plan, pages: list[Pixels], folder: Path) -> None:
    """Poster from the fullest page, PDF from all of them."""
    marks = [sum(d.page == number for d in plan.drawn) for number in range(len(pages))]
    fullest = Image.fromarray(pages[marks.index(max(marks))])
    fullest.resize(POSTER, Image.Resampling.LANCZOS).save(folder / "poster.jpg", quality=88)
    boards = [Image.fromarray(page) for page in pages]
    boards[0].save(
        folder / "board.pdf",
        save_all=True,
        append_images=boards[1:],
        resolution=110,
        quality=88,
        creationDate=DAY_ZERO,
        modDate=DAY_ZERO,
        producer="",
        title="",
    )

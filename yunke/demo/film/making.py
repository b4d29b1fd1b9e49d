"""Make one film: plan it, show it, write it, and move the finished folder into place."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from . import speech, strokes
from .encode import CHALK_RATE, PAPER_RATE, encode
from .marks import Pixels
from .papers import write_captions, write_chapters, write_pictures
from .script import Lesson
from .scripts import LESSONS
from .show import Reel, frames
from .sound import mixed, save_wave
from .timeline import Plan, planned
from .truth import truth_of
from .values import FPS, HEIGHT, WIDTH, Film, Made

Tell = Callable[[str, str, float, float], None]

HERE = Path(__file__).parent
NAMES = ("video.mp4", "captions.vtt", "chapters.json", "poster.jpg", "board.pdf")
# Share of a film's work that is behind us when a stage ends; most of the time is the video.
PLANNED, SHOWN = 0.15, 0.95
REPORT_EVERY = 20.0


def films() -> tuple[Film, ...]:
    """All films this room can make, by grade."""
    return tuple(lesson.film for lesson in LESSONS)


def make(film: Film, out_dir: Path, tell: Tell | None = None) -> Made:
    """Make a film's folder in `out_dir`, unless an equal one is there; `tell` hears of stages."""
    lesson = next(one for one in LESSONS if one.film == film)
    return make_lesson(lesson, out_dir, tell or silent)


def make_lesson(lesson: Lesson, out_dir: Path, tell: Tell, scale: float = 1.0) -> Made:
    """As `make`, for any script; `scale` < 1 makes a smaller picture."""
    film, mark, folder = lesson.film, stamp_of(lesson.film.slug), out_dir / lesson.film.slug
    if (old := finished(folder, mark)) is not None:
        tell(film.slug, "kept", 1.0, 0.0)
        return Made(film, folder, old, size_of(folder), False)
    began = time.monotonic()
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{film.slug}-", dir=out_dir) as scratch:
        work = Path(scratch) / film.slug
        work.mkdir()
        plan = planned(lesson)
        save_wave(mixed(plan), Path(scratch) / "sound.wav")
        tell(film.slug, "voices", PLANNED, time.monotonic() - began)
        reel = Reel()
        size = (round(WIDTH * scale) & ~1, round(HEIGHT * scale) & ~1)
        moving = told(frames(lesson, plan, reel, scale), plan, film.slug, tell, began)
        rate = CHALK_RATE if lesson.look.chalk else PAPER_RATE
        encode(moving, Path(scratch) / "sound.wav", size, work / "video.mp4", rate)
        tell(film.slug, "video", SHOWN, time.monotonic() - began)
        write_all(lesson, plan, reel, mark, work)
        put_in_place(work, folder)
    tell(film.slug, "done", 1.0, time.monotonic() - began)
    return Made(film, folder, plan.frames / FPS, size_of(folder), True)


def told(
    moving: Iterator[Pixels], plan: Plan, slug: str, tell: Tell, began: float
) -> Iterator[Pixels]:
    """Pass frames through and say after each page how far we are."""
    ends = {leaf.end for leaf in plan.leaves[:-1]}
    for number, planes in enumerate(moving):
        if number in ends:
            share = PLANNED + (SHOWN - PLANNED) * number / plan.frames
            tell(slug, "board", round(share, 3), time.monotonic() - began)
        yield planes


def write_all(lesson: Lesson, plan: Plan, reel: Reel, mark: str, work: Path) -> None:
    """Everything beside the video; the truth last, because it says that the rest is there."""
    write_captions(plan, lesson.film.language, work)
    write_chapters(plan, work)
    write_pictures(plan, reel.pages, work)
    truth = truth_of(lesson, plan, mark)
    (work / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")


def put_in_place(work: Path, folder: Path) -> None:
    """Swap the finished folder in; an old one steps aside and goes with the scratch."""
    if folder.exists():
        folder.rename(work.parent / "old")
    work.rename(folder)


def finished(folder: Path, mark: str) -> float | None:
    """Seconds of the film that is already there, if it is whole and of this version."""
    try:
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = truth.get("stamp") == mark and all((folder / name).exists() for name in NAMES)
    return float(truth["seconds"]) if whole else None


def stamp_of(slug: str) -> str:
    """A hash of all that decides a film: code, script, voices, stroke data."""
    script = HERE / "scripts" / f"{slug.replace('-', '_')}.py"
    known = hashlib.sha256(code_hash())
    known.update(script.read_bytes() if script.exists() else slug.encode())
    known.update(f"{speech.fingerprint()} {strokes.version()}".encode())
    return known.hexdigest()[:24]


@lru_cache(maxsize=1)
def code_hash() -> bytes:
    """Hash of the room's own Python files, scripts left out."""
    known = hashlib.sha256()
    for source in sorted([*HERE.glob("*.py"), *HERE.glob("tables/*.py")]):
        known.update(source.read_bytes())
    return known.digest()


def size_of(folder: Path) -> int:
    """Bytes of all files in a film's folder."""
    return sum(file.stat().st_size for file in folder.iterdir())


def silent(slug: str, stage: str, share: float, seconds: float) -> None:
    """Tell nobody."""


def remove_leftovers(out_dir: Path) -> None:
    """Scratch folders of runs that were cut off."""
    for left in out_dir.glob(".*-*"):
        shutil.rmtree(left, ignore_errors=True)

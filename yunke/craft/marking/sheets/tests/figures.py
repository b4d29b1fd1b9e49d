"""The figures of CARD.md: ``python -m yunke.craft.marking.sheets.tests.figures WHAT FIRST COUNT``.

WHAT: ``pen``, ``pencil``, ``soft``, ``faint`` (clean marks in that tone), ``doubts`` (one doubtful
item a sheet), ``samples`` (OMRChecker's pictures, turned, shaded, noisy), ``speed``. FIRST is the
first seed: those below 50,000 were looked at while this was written, those above were not.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from math import sqrt
from pathlib import Path

import cv2
import numpy as np

from yunke.craft.marking.sheets.command import _one, _spread, _template
from yunke.craft.marking.sheets.folders import sheets_in
from yunke.craft.marking.sheets.foreign import read_foreign_gray
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.reader import read_sheet
from yunke.craft.marking.sheets.reading import SheetReading
from yunke.craft.marking.sheets.tests.camera import jpeg, photograph
from yunke.craft.marking.sheets.tests.maker import template, told
from yunke.craft.marking.sheets.tests.pens import Hand
from yunke.craft.marking.sheets.tests.read_by_eye import EYES, SHARED
from yunke.craft.marking.sheets.tests.staged import (
    filled,
    hand,
    marks_by,
    printed,
    shot_by,
    staged,
)
from yunke.craft.picture.pixels import gray_of

Truth = dict[str, str | None]


def wilson(hits: int, of: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not of:
        return "none"
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return f"{hits}/{of} = {share:.2%} ({low:.2%} to {high:.2%})"


def judged(reading: SheetReading, truth: Truth) -> Counter[str]:
    """Marks by what became of them."""
    count: Counter[str] = Counter()
    for item, mark in truth.items():
        if item in reading.needs_person:
            count["asked"] += 1
        else:
            count["right" if reading.answers[item] == mark else "wrong"] += 1
    return count


def clean(tone: str, first: int, count: int) -> Counter[str]:
    total: Counter[str] = Counter()
    for seed in range(first, first + count):
        data, truth = staged(seed, tone)
        reading = read_sheet(data, template())
        one = judged(reading, truth)
        total += one
        total["sheets"] += 1
        total["sheets without a question"] += not one["asked"] and not one["wrong"]
        total["sheets with a wrong mark"] += bool(one["wrong"])
        if one["wrong"] or one["asked"]:
            print(seed, dict(one), reading.problems, reading.refused, reading.quality)
    return total


def _draw(kind: str, pen: Hand, item: str, mark: str, other: str) -> None:
    draw: dict[str, Callable[[], None]] = {
        "two filled": lambda: pen.fill(item, other),
        "second in pencil": lambda: pen.fill(item, other, "pencil"),
        "second rubbed out": lambda: pen.fill(item, other, "erased"),
        "half filled second": lambda: pen.fill(item, other, cover=0.45),
        "ticked second": lambda: pen.tick(item, other),
        "crossed out": lambda: pen.cross(item, mark),
        "only rubbed out": lambda: pen.fill(item, mark, "erased"),
        "only ticked": lambda: pen.tick(item, mark),
        "only ringed": lambda: pen.ring(item, mark),
    }
    draw[kind]()


KINDS = (
    "two filled",
    "second in pencil",
    "second rubbed out",
    "half filled second",
    "ticked second",
    "crossed out",
    "only rubbed out",
    "only ticked",
    "only ringed",
)


def doubts(first: int, count: int) -> Counter[str]:
    """Item 5 of every sheet is doubtful: it must be asked."""
    total: Counter[str] = Counter()
    for seed in range(first, first + count):
        kind = KINDS[seed % len(KINDS)]
        rng = np.random.default_rng(seed)
        truth = {**marks_by(rng), "5": str(rng.choice(list("ABCD")))}
        other = str(rng.choice([c for c in "ABCD" if c != truth["5"]]))
        paper = printed()
        pen = hand(paper, rng)
        filled(pen, {**truth, "5": None} if kind.startswith("only") else truth)
        _draw(kind, pen, "5", truth["5"] or "", other)
        data = jpeg(photograph(paper, shot_by(rng), rng), int(rng.integers(55, 95)))
        reading = read_sheet(data, template())
        asked = "5" in reading.needs_person
        total[f"{kind}: {'asked' if asked else 'MISSED'}"] += 1
        total["asked"] += asked
        total["doubts"] += 1
        others = {item: mark for item, mark in truth.items() if item != "5"}
        total["other marks wrong"] += judged(reading, others)["wrong"]
        if not asked:
            print(seed, kind, reading.answers["5"], reading.quality)
    return total


def _changes(rng: np.random.Generator) -> Iterator[tuple[str, Callable[[Gray], Gray]]]:
    """What may happen to a picture, drawn anew each time."""

    def tilt(gray: Gray) -> Gray:
        height, width = gray.shape
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        bent = rng.uniform(-0.06, 0.06, (4, 2)) * min(height, width)
        to = corners + bent.astype(np.float32) + np.float32([width * 0.12, height * 0.12])
        size = int(width * 1.24), int(height * 1.24)
        place = cv2.getPerspectiveTransform(corners, to)
        return np.asarray(cv2.warpPerspective(gray, place, size, borderValue=30), np.uint8)

    def shade(gray: Gray) -> Gray:
        across = np.linspace(0, 1, gray.shape[1])
        edge = 1 - rng.uniform(0.2, 0.6) / (1 + np.exp(-(across - rng.uniform(0.2, 0.8)) / 0.03))
        return (gray * edge).astype(np.uint8)

    def noise(gray: Gray) -> Gray:
        rough = rng.normal(0, rng.uniform(3, 14), gray.shape)
        return np.clip(gray + rough, 0, 255).astype(np.uint8)

    def blur(gray: Gray) -> Gray:
        return np.asarray(cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.5, 1.3)), np.uint8)

    def turn(gray: Gray) -> Gray:
        return np.ascontiguousarray(np.rot90(gray, int(rng.integers(1, 4))))

    yield "as it is", lambda gray: gray
    yield from (("turned", turn), ("tilted", tilt), ("shaded", shade), ("noisy", noise))
    yield "blurred", blur
    yield "all", lambda gray: noise(blur(shade(tilt(turn(gray)))))


def samples(first: int, count: int) -> Counter[str]:
    """OMRChecker's pictures, each change ``count`` times."""
    total: Counter[str] = Counter()
    where = {Path(p).relative_to(SHARED).as_posix(): t for t, p in sheets_in(SHARED)}
    for seed in range(first, first + count):
        for change, apply in _changes(np.random.default_rng(seed)):
            for name, eyes in EYES.items():
                gray = apply(gray_of((SHARED / name).read_bytes()))
                reading = read_foreign_gray(gray, _template(where[name]))
                sure = {item: mark for item, mark in eyes.items() if mark != "?"}
                one = judged(reading, sure)
                double = [item for item, mark in eyes.items() if mark == "?"]
                one["double asked"] = sum(item in reading.needs_person for item in double)
                one["double"] = len(double)
                total += one
                if one["wrong"] or one["asked"]:
                    print(seed, change, name, dict(one), reading.problems, reading.refused)
    return total


def speed(first: int, count: int) -> None:
    """Photographs of 12 megapixels from files, decoding and process start included."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "t.json").write_text(json.dumps(told()), encoding="utf-8")
        files = []
        for seed in range(first, first + 4):
            rng = np.random.default_rng(seed)
            paper = printed()
            filled(hand(paper, rng), marks_by(rng))
            shot = replace(shot_by(rng), width=3000, height=4000, turn=3.0, blur=2.0)
            (place / f"{seed}.jpg").write_bytes(jpeg(photograph(paper, shot, rng), 88))
            files.append(str(place / f"{seed}.jpg"))
        work = (files * count)[:count]
        for jobs in (1, 2):
            start = time.perf_counter()
            done = list(_spread(partial(_one, str(place / "t.json")), work, jobs))
            took = time.perf_counter() - start
            pupils = sum(one.readings[0].pupil is not None for one in done)
            print(f"{jobs} processes: {len(work) / took:.1f} sheets/s, {pupils} with their pupil")


def main(words: list[str]) -> None:
    cv2.setNumThreads(1)
    what, first, count = words[0], int(words[1]), int(words[2])
    if what == "speed":
        speed(first, count)
        return
    total = doubts(first, count) if what == "doubts" else Counter()
    total = samples(first, count) if what == "samples" else total
    total = total or clean(what, first, count)
    for name, number in sorted(total.items()):
        print(f"{name}: {number}")
    if what == "doubts":
        print("asked:", wilson(total["asked"], total["doubts"]))
        return
    marks = total["right"] + total["asked"] + total["wrong"]
    for name in ("right", "asked", "wrong"):
        print(f"{what}, {name}:", wilson(total[name], marks))


if __name__ == "__main__":
    main(sys.argv[1:])

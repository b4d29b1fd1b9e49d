"""Frames of a planned lesson, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from .board import Board, Overlay, lay
from .cast import Voice
from .look import SUBJECT_HUE, Look
from .marks import Patch, Pen, Pixels
from .printed import print_width, printed
from .raster import piece
from .script import Lesson
from .timeline import Drawn, Leaf, Plan
from .values import HEIGHT, RGB, WIDTH

TITLE_AT, FOOT, EDGE = (64, 26), 672, 40
CURSOR = 9
BADGE_AT, BADGE_HIGH = (48, 668), 34


@dataclass
class Reel:
    """What playing a plan leaves behind: each page's last picture, RGB (height, width, 3)."""

    pages: list[Pixels] = field(default_factory=list)


def frames(lesson: Lesson, plan: Plan, reel: Reel, scale: float = 1.0) -> Iterator[Pixels]:
    """All frames as YUV planes; the array is reused, so use each before asking for the next."""
    board = Board(round(WIDTH * scale) & ~1, round(HEIGHT * scale) & ~1, lesson.look.chalk)
    waiting = [Drawn(d.mark.scaled(scale), d.at, d.page, d.item, d.order) for d in plan.drawn]
    waiting.sort(key=lambda d: d.at)
    waiting.reverse()
    active: list[Drawn] = []
    for number, leaf in enumerate(plan.leaves):
        board.start_page(furniture(lesson, leaf, number, len(plan.leaves), board))
        for frame in range(leaf.start, leaf.end):
            while waiting and waiting[-1].at <= frame:
                active.append(waiting.pop())
            floating = drawn_on(board, active, frame, lesson.look)
            floating += badges(plan, lesson, frame, scale)
            yield board.frame(floating)
            active = [d for d in active if d.done > frame]
        reel.pages.append(board.rgb.copy())


def drawn_on(board: Board, active: list[Drawn], frame: int, look: Look) -> list[Overlay]:
    """Advance every active mark to this frame; gives what floats above the ink."""
    floating: list[Overlay] = []
    for one in active:
        step = frame - one.at
        if isinstance(one.mark, Patch) and one.mark.slide != (0.0, 0.0) and frame < one.done:
            left = 1 - ease((step + 1) / one.mark.frames)
            x, y, *_ = one.mark.box()
            dx, dy = one.mark.slide
            floating.append((one.mark.pixels(), round(x + dx * left), round(y + dy * left)))
            continue
        board.draw(one.mark, step)
        if isinstance(one.mark, Pen) and one.mark.kind != "grid" and one.mark.frames:
            floating = [tip(one.mark, step, look, board.rgb.shape[0] / HEIGHT)]
    return floating


def ease(share: float) -> float:
    """A slide that starts and stops softly."""
    return share * share * (3 - 2 * share)


def tip(mark: Pen, step: int, look: Look, scale: float) -> Overlay:
    """The cursor where the pen is after this step."""
    x, y = piece(mark.path, 0, (step + 1) / mark.frames)[-1]
    paint = cursor(look.colour("accent"), scale)
    return paint, round(x - paint.shape[1] / 2), round(y - paint.shape[0] / 2)


@lru_cache(maxsize=8)
def cursor(colour: RGB, scale: float) -> Pixels:
    """A dot with a soft ring, RGBA."""
    side = max(4, round(CURSOR * 2 * scale))
    yy, xx = np.mgrid[:side, :side] - (side - 1) / 2
    far = np.hypot(yy, xx) / (side / 2)
    alpha = np.where(far < 0.55, 235, np.where(far < 1, 90 * (1 - (far - 0.55) / 0.45), 0))
    return np.dstack([np.full((side, side), c) for c in colour] + [alpha]).astype(np.uint8)


def badges(plan: Plan, lesson: Lesson, frame: int, scale: float) -> list[Overlay]:
    """The name of whoever speaks at this frame."""
    return [
        (
            badge(one.voice, lesson.look.name, lesson, scale),
            round(BADGE_AT[0] * scale),
            round(BADGE_AT[1] * scale),
        )
        for one in plan.spoken
        if one.at <= frame < one.until
    ][:1]


BADGES: dict[tuple[str, str, str, float], Pixels] = {}


def badge(voice: Voice, look_name: str, lesson: Lesson, scale: float) -> Pixels:
    """A dot and a name, RGBA; teachers in the accent, pupils in blue."""
    key = (voice.name, look_name, lesson.film.language, scale)
    if key not in BADGES:
        look = lesson.look
        name = voice.name_en if lesson.film.language == "en" else voice.name_zh
        words = printed(name, 20 * scale, 500, look.colour("soft"))
        canvas = np.zeros(
            (round(BADGE_HIGH * scale), words.shape[1] + round(30 * scale), 4), np.uint8
        )
        dot = speaking_dot(
            look.colour("accent" if voice.role == "teacher" else "blue"), round(22 * scale)
        )
        canvas[round(6 * scale) :, :][: dot.shape[0], : dot.shape[1]] = dot
        room = canvas[round(2 * scale) :, round(30 * scale) :]
        room[: words.shape[0]] = words[: room.shape[0]]
        BADGES[key] = canvas
    return BADGES[key]


def speaking_dot(colour: RGB, side: int) -> Pixels:
    """A round sign with three sound bars, RGBA (side, side, 4)."""
    big = Image.new("RGBA", (side * 4, side * 4), (*colour, 0))
    pen, unit = ImageDraw.Draw(big), side * 4 / 22
    pen.ellipse((0, 0, side * 4 - 1, side * 4 - 1), fill=(*colour, 255))
    for x, high in ((6.4, 5), (11, 10), (15.6, 6)):
        box = ((x - 1) * unit, (11 - high / 2) * unit, (x + 1) * unit, (11 + high / 2) * unit)
        pen.rounded_rectangle(box, unit, fill=(255, 255, 255, 255))
    return np.asarray(big.resize((side, side), Image.Resampling.BOX))


def furniture(lesson: Lesson, leaf: Leaf, number: int, count: int, board: Board) -> Pixels:
    """An empty page: ground, subject stripe, printed title, unit and page number."""
    look, high, wide = lesson.look, *board.rgb.shape[:2]
    scale = high / HEIGHT
    ground = np.empty((high, wide, 3), np.uint8)
    ground[:] = look.colour("ground")
    stripe = look.colour(SUBJECT_HUE[lesson.film.subject])
    ground[
        round(34 * scale) : round(70 * scale), round(EDGE * scale) : round((EDGE + 7) * scale)
    ] = stripe
    english = lesson.film.language == "en"
    title, unit = (
        (leaf.title_en, lesson.film.title_en) if english else (leaf.title_zh, lesson.film.title_zh)
    )
    put(ground, look, title, TITLE_AT[0], TITLE_AT[1], 32, "ink", scale, 600)
    put(ground, look, unit, WIDTH - EDGE - print_width(unit, 20), 36, 20, "soft", scale)
    page = f"{number + 1} / {count}"
    put(ground, look, page, WIDTH - EDGE - print_width(page, 18), FOOT, 18, "soft", scale)
    return ground


def put(
    ground: Pixels,
    look: Look,
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    scale: float,
    weight: int = 400,
) -> None:
    """Print a line onto the ground, in place."""
    lay(
        ground,
        printed(text, size * scale, weight, look.colour(colour)),
        round(x * scale),
        round(y * scale),
    )

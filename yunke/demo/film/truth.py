"""What really happened in a film, for measuring other programs against: exact to the frame.

Frame k is on screen during [k / fps, (k + 1) / fps). `start` is the time of the first frame that
shows any
part of a mark, `end` the time of the first frame that shows all of it. Boxes are [left, top,
right, bottom]
in pixels, right and bottom exclusive. Turns are exact to the sample; echoes ring for 50 ms after
them.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from . import strokes
from .script import Lesson
from .show import BADGE_AT, BADGE_HIGH, CURSOR
from .speech import espeak_version
from .timeline import Drawn, Plan
from .values import FPS, HEIGHT, WIDTH, Turn

Record = dict[str, Any]
VERSION = 1


def truth_of(lesson: Lesson, plan: Plan, mark: str) -> Record:
    """The whole record, ready for JSON; `mark` is the film's version stamp."""
    film = lesson.film
    return {
        "version": VERSION,
        "stamp": mark,
        "film": asdict(film),
        "fps": FPS,
        "width": WIDTH,
        "height": HEIGHT,
        "frames": plan.frames,
        "seconds": plan.frames / FPS,
        "convention": (__doc__ or "").strip(),
        "board": lesson.look.name,
        "ground": lesson.look.ground,
        "floating": {
            "cursor_radius": CURSOR,
            "badge_at": BADGE_AT,
            "badge_height": BADGE_HIGH,
            "note": "the pen's tip and the speaker's name float above the ink, in no element",
        },
        "pages": pages_of(plan),
        "elements": [element_of(d) for d in plan.drawn],
        "turns": [rounded(asdict(t)) for t in plan.turns],
        "questions": questions_of(plan),
        "voices": voices_of(plan),
        "provenance": provenance_of(plan),
    }


def element_of(drawn: Drawn) -> Record:
    """One mark; `slide` says from where a sliding picture comes, relative to its box."""
    slide = getattr(drawn.mark, "slide", (0.0, 0.0))
    return {
        "page": drawn.page,
        "item": drawn.item,
        "order": drawn.order,
        "kind": drawn.mark.kind,
        "text": drawn.mark.text,
        "box": limited(drawn),
        "start_frame": drawn.at,
        "end_frame": drawn.done,
        "start": drawn.at / FPS,
        "end": drawn.done / FPS,
        **({"slide": slide} if any(slide) else {}),
    }


def limited(drawn: Drawn) -> list[int]:
    """The mark's box inside the board."""
    left, top, right, bottom = drawn.mark.box()
    return [max(0, left), max(0, top), min(WIDTH, right), min(HEIGHT, bottom)]


def pages_of(plan: Plan) -> list[Record]:
    """Pages with their lines as they stand when the page ends."""
    by_item: dict[int, list[Drawn]] = {}
    for drawn in plan.drawn:
        by_item.setdefault(drawn.item, []).append(drawn)
    return [
        {
            "page": number,
            "start": leaf.start / FPS,
            "end": leaf.end / FPS,
            "start_frame": leaf.start,
            "end_frame": leaf.end,
            "title_zh": leaf.title_zh,
            "title_en": leaf.title_en,
            "lines": [
                line_of(item, text, form, by_item[item])
                for item, text, form in leaf.items
                if item in by_item
            ],
        }
        for number, leaf in enumerate(plan.leaves)
    ]


def line_of(item: int, text: str, form: str, drawn: list[Drawn]) -> Record:
    """One item of a page with the box round all its marks."""
    boxes = [limited(d) for d in drawn]
    low, high = (list(map(side, zip(*boxes, strict=True))) for side in (min, max))
    return {
        "item": item,
        "form": form,
        "text": text,
        "box": [*low[:2], *high[2:]],
        "start": min(d.at for d in drawn) / FPS,
        "end": max(d.done for d in drawn) / FPS,
    }


def questions_of(plan: Plan) -> list[Record]:
    """Questions with who answers and after how many seconds of waiting (none: nobody after it)."""
    found: list[Record] = []
    for turn, after in zip_longest(plan.turns, plan.turns[1:]):
        if turn.question:
            asked = {"start": turn.start, "end": round(turn.end, 4), "speaker": turn.speaker}
            found.append({**asked, "text": turn.text, **answer_of(turn, after)})
    return found


def answer_of(turn: Turn, after: Turn | None) -> Record:
    """Who spoke next and how many seconds later."""
    if after is None:
        return {}
    return {"answered_by": after.speaker, "wait": round(after.start - turn.end, 3)}


def voices_of(plan: Plan) -> Record:
    """Whether the synthetic voices could be made here."""
    if not plan.silent:
        return {"complete": True, "note": ""}
    return {
        "complete": False,
        "silent_sentences": plan.silent,
        "note": "espeak-ng is not installed here: these sentences are captions only and in no turn",
    }


def provenance_of(plan: Plan) -> list[Record]:
    """Source and licence of every part that went into the film."""
    parts = [
        {
            "part": "script, drawings, Latin hand, sound of chalk and room",
            "source": "this project",
            "licence": "as the project",
        },
        {
            "part": "stroke outlines and order",
            "source": f"hanzi-writer-data {strokes.version()} (Make Me a Hanzi, Arphic PL KaitiM)",
            "licence": "Arphic Public License",
        },
        {"part": "printed words", "source": "Noto Sans CJK SC", "licence": "SIL OFL 1.1"},
    ]
    kinds = {turn.kind for turn in plan.turns}
    if "synthetic" in kinds:
        parts.append(
            {
                "part": "synthetic voices",
                "source": espeak_version(),
                "licence": "program GPL-3.0, run separately; its output has no licence of its own",
            }
        )
    if "recorded" in kinds:
        used = sorted({t.source for t in plan.turns if t.kind == "recorded"})
        parts.append(
            {
                "part": "recorded voices",
                "source": "speechocean762: " + ", ".join(used),
                "licence": "free for commercial and non-commercial use",
            }
        )
    return parts


def rounded(row: Record) -> Record:
    """Times to a tenth of a millisecond."""
    return {
        name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()
    }

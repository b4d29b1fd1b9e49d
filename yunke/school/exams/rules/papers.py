"""A paper's content: how it travels, how it is changed, what is wrong with it."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

MOST_LINES = 120
MOST_SECTIONS = 12
MOST_POINTS = Fraction(200)
# What points may look like: 2, 2.5, .5, 1/3.
PLAIN = re.compile(r"\d{1,6}(?:\.\d{0,4}|/\d{1,4})?|\.\d{1,4}")


def body_json(body: PaperBody) -> str:
    return json.dumps(
        {
            "title": body.title, "title_en": body.title_en, "note": body.note,
            "sections": [
                {"name": s.name, "name_en": s.name_en, "note": s.note} for s in body.sections
            ],
            "lines": [
                {"section": line.section, "points": str(line.points)}
                | ({"item": line.item} if line.item else {"question": line.question_id})
                for line in body.lines
            ],
        },
        ensure_ascii=False,
    )  # fmt: skip


def body_of(text: str) -> PaperBody:
    """The reverse of ``body_json``."""
    told = json.loads(text)
    return PaperBody(
        told["title"], told["title_en"], told["note"],
        tuple(Section(**section) for section in told["sections"]),
        tuple(_line(line) for line in told["lines"]),
    )  # fmt: skip


def _line(told: dict[str, Any]) -> PaperLine:
    points = Fraction(told["points"])
    return PaperLine(told["section"], points, told.get("question", 0), told.get("item"))


def added(body: PaperBody, *lines: PaperLine) -> PaperBody:
    """With these at the end of their sections; a library question already there is left out.

    A section that the paper does not have is its last one: every line shows.
    """
    last = max(len(body.sections) - 1, 0)
    have = {line.question_id for line in body.lines if line.question_id}
    fresh = []
    for line in lines:
        if not line.question_id or line.question_id not in have:
            fresh.append(replace(line, section=min(max(line.section, 0), last)))
            have.add(line.question_id)
    return replace(body, lines=_sorted([*body.lines, *fresh]))


def removed(body: PaperBody, position: int) -> PaperBody:
    kept = [line for n, line in enumerate(body.lines, 1) if n != position]
    return replace(body, lines=tuple(kept))


def moved(body: PaperBody, position: int, by: int) -> PaperBody:
    """One line earlier (-1) or later (+1) within its section."""
    here, there = position - 1, position - 1 + by
    lines = list(body.lines)
    if not (0 <= here < len(lines) and 0 <= there < len(lines)):
        return body
    if lines[here].section == lines[there].section:
        lines[here], lines[there] = lines[there], lines[here]
    return replace(body, lines=tuple(lines))


def pointed(body: PaperBody, position: int, points: Fraction) -> PaperBody:
    lines = [
        replace(line, points=points) if n == position else line
        for n, line in enumerate(body.lines, 1)
    ]
    return replace(body, lines=tuple(lines))


def with_section(body: PaperBody, name: str, name_en: str = "") -> PaperBody:
    return replace(body, sections=(*body.sections, Section(name, name_en)))


def _sorted(lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.section))


def lacks(body: PaperBody) -> str:
    """Why it cannot be asked yet: "title", "lines", "points"; "" when it can."""
    if not body.title.strip():
        return "title"
    if not body.lines:
        return "lines"
    if any(line.points <= 0 for line in body.lines):
        return "points"
    return ""


def too_large(body: PaperBody) -> bool:
    return (
        len(body.lines) > MOST_LINES
        or len(body.sections) > MOST_SECTIONS
        or any(line.points > MOST_POINTS for line in body.lines)
    )


def points_of(text: str) -> Fraction | None:
    """``"2"``, ``"0.5"``, ``"1/2"`` as points above zero; None for anything else."""
    found = _number(text)
    return found if found is not None and found > 0 else None


def points_given(text: str) -> Fraction:
    """Points of a mark, 0 allowed; below zero for what is no number (and refused as such)."""
    found = _number(text)
    return Fraction(-1) if found is None else found


def _number(text: str) -> Fraction | None:
    """``Fraction`` alone would work for minutes on "1e9999999"."""
    plain = text.strip().replace("．", ".")
    if not PLAIN.fullmatch(plain):
        return None
    try:
        found = Fraction(plain)
    except ZeroDivisionError:
        return None
    return found if found <= MOST_POINTS and found.denominator <= 100 else None

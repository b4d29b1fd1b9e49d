"""A drill on one A4 page: what stands on it, and what was filled in."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yunke.craft.marking.items import Item
from yunke.craft.marking.sheets import Template, template_from

# Millimetres.
LEFT, RIGHT, TOP, FOOT = 24.0, 188.0, 44.0, 268.0
LINE, GAP = 5.2, 5.0
BUBBLES, DIGITS = 9.0, 62.0
# Half widths of a line of ten points: a Chinese letter is two.
WIDE = 92
SIZE = 10.0
COLUMNS = 4
TRUE, FALSE = "T", "F"
EXAM = re.compile(r"D(\d{1,18})")
TAG = re.compile(r"<[^>]{1,200}>")


@dataclass(frozen=True)
class Printed:
    """One question on the sheet: its place from 1, and which answer each bubble stands for.

    ``digits``: a whole number is filled in digit by digit instead.
    """

    place: int
    question_id: int
    answers: tuple[tuple[str, Any], ...] = ()
    digits: bool = False
    several: bool = False


@dataclass(frozen=True)
class Layout:
    template: Template
    printed: tuple[Printed, ...]


def exam_of(drill_id: int) -> str:
    return f"D{drill_id}"


def drill_of(exam: str) -> int:
    """The drill that a sheet's code names; 0 for another kind of sheet."""
    found = EXAM.fullmatch(exam)
    return int(found[1]) if found else 0


def layout_of(
    drill_id: int, title: str, questions: Sequence[tuple[int, Item, str, Sequence[tuple[str, str]]]]
) -> Layout | None:
    """One page of what fits; ``questions``: id, item, words, (id, words) of the options.

    What no bubble can answer, and what has no room any more, is left for the screen. None where
    nothing is left.
    """
    fields: list[dict[str, Any]] = []
    printed: list[Printed] = []
    y = TOP
    for number, item, words, options in questions:
        place = len(printed) + 1
        one = _printed(place, number, item)
        if one is None:
            continue
        lines = _lines(f"{place}. {plain(words)}", options, one)
        height = len(lines) * LINE + (DIGITS if one.digits else BUBBLES) + GAP
        if y + height > FOOT:
            break
        for line in lines:
            fields.append({"kind": "text", "at": [LEFT, y], "text": line, "size": SIZE})
            y += LINE
        y = _fields(fields, one, y)
        printed.append(one)
    if not printed:
        return None
    told = {
        "exam": exam_of(drill_id), "title": title, "code": {"at": [166, 16], "size": 20},
        "pages": [{"fields": fields}],
    }  # fmt: skip
    return Layout(template_from(json.dumps(told)), tuple(printed))


def _printed(place: int, number: int, item: Item) -> Printed | None:
    kind, key = item.kind.value, item.key
    if kind == "true-false":
        return Printed(place, number, ((TRUE, True), (FALSE, False)))
    if kind in {"choice", "multiple"}:
        options = getattr(key, "options", ())
        if 2 <= len(options) <= 6:
            letters = tuple(
                (letter, one.id) for letter, one in zip("ABCDEF", options, strict=False)
            )
            return Printed(place, number, letters, several=kind == "multiple")
    if kind == "number" and _whole(str(getattr(key, "value", ""))):
        return Printed(place, number, digits=True)
    return None


def _whole(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= COLUMNS


def _lines(stem: str, options: Sequence[tuple[str, str]], one: Printed) -> list[str]:
    lines = wrap(stem)
    if one.answers and one.answers[0][0] == TRUE:
        return lines
    named = dict(options)
    words = [f"{letter}. {plain(named.get(str(key), ''))}" for letter, key in one.answers]
    if not words:
        return lines
    together = "    ".join(words)
    if _width(together) <= WIDE:
        return [*lines, together]
    return [*lines, *(line for word in words for line in wrap(word))]


def _fields(fields: list[dict[str, Any]], one: Printed, y: float) -> float:
    """The bubbles of one question below its words; gives where the next one begins."""
    if one.digits:
        fields.append(
            {"kind": "digits", "item": str(one.place), "at": [LEFT + 12, y + 10],
             "columns": COLUMNS}
        )  # fmt: skip
        return y + DIGITS + GAP
    letters = "".join(letter for letter, _answer in one.answers)
    fields.append(
        {"kind": "choice", "items": [str(one.place)], "at": [LEFT + 12, y + 2],
         "options": letters, "step": [11, 6.5], "multiple": one.several}
    )  # fmt: skip
    return y + BUBBLES + GAP


def values_of(printed: Sequence[Printed], marks: Mapping[str, str | None]) -> dict[int, Any]:
    """What was filled in, as ``craft.marking`` takes it: question → value; empty is None."""
    return {one.question_id: value_of(one, marks.get(str(one.place))) for one in printed}


def value_of(one: Printed, filled: str | None) -> Any:
    if not filled:
        return None
    if one.digits:
        return str(int(filled)) if filled.isdecimal() else filled
    answers = dict(one.answers)
    found = [answers[letter] for letter in filled.replace(",", "") if letter in answers]
    if one.several:
        return found or None
    return found[0] if len(found) == 1 else None


def plain(text: str) -> str:
    """Words without markup; formulas keep their letters."""
    return " ".join(TAG.sub(" ", text).replace("$", "").split())


def wrap(text: str, wide: int = WIDE) -> list[str]:
    """Lines that fit; broken anywhere between Chinese letters, at blanks in Latin words."""
    lines, line, width = [], "", 0
    for word in re.findall(r"[\x21-\x7e]{1,40}|\s|.", text):
        more = _width(word)
        if width + more > wide and line.strip():
            lines.append(line.strip())
            line, width = "", 0
        line, width = line + word, width + more
    return [*lines, line.strip()] if line.strip() else lines or [""]


def _width(text: str) -> int:
    return sum(2 if ord(letter) >= 0x2E80 else 1 for letter in text)

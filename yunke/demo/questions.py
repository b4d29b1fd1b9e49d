"""The questions of the demo city: tasks written for the films, and a public bank of maths items.

The bank is XES3G5M (Liu et al., NeurIPS 2023; MIT, ``data/xes3g5m.LICENSE``): 7,618 items of
Chinese primary maths of grade 3 with 865 knowledge points, without keys. A key is given only
where the text is a sum that can be reckoned exactly (``demo.sums``); every other item goes to a
person. Items about a picture that is not there are kept, but offered to nobody.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from yunke.craft.marking.items import BlanksKey, NumberKey, ShortTextKey, item_to_json
from yunke.craft.marking.items import Item as MarkingItem
from yunke.demo.film import films
from yunke.demo.sums import with_sums
from yunke.school.library.door import (
    PointNew,
    QuestionDraft,
    QuestionKind,
    QuestionNew,
    points_write,
    questions_add,
    questions_write,
)

DATA = Path(__file__).parent / "data"
BANK = "xes3g5m"
GRADE = 3  # "collected from third-grade students", says the set


@dataclass(frozen=True)
class FilmTask:
    """A question and the share of its film at which it is asked."""

    film: str
    share: float
    question: QuestionNew


def film_tasks() -> tuple[FilmTask, ...]:
    """The tasks of ``data/tasks.txt``. Raises ValueError with the number of a bad line."""
    lines = (DATA / "tasks.txt").read_text(encoding="utf-8").splitlines()
    tasks: list[FilmTask] = []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            try:
                tasks.append(_task(line, len(tasks)))
            except ValueError as trouble:
                raise ValueError(f"tasks.txt, line {number}: {trouble}") from trouble
    return tuple(tasks)


def _task(line: str, index: int) -> FilmTask:
    film, share, kind, stem, stem_en, answer, why, why_en = line.split(" | ")
    options: tuple[dict[str, str], ...] = ()
    key: tuple[str, ...] = (answer,)
    if QuestionKind(kind) == QuestionKind.CHOICE:
        options, key = _options(answer)
    code = f"film.{film}.{index}"
    of = next((one for one in films() if one.slug == film), None)
    question = QuestionNew(
        code, kind, stem, stem_en, options, key, why, why_en,
        subject=of.subject if of else "", grade=of.grade if of else 0,
    )  # fmt: skip
    return FilmTask(film, float(share), question)


def _options(text: str) -> tuple[tuple[dict[str, str], ...], tuple[str, ...]]:
    options, key = [], []
    for letter, part in zip("ABCD", text.split("; "), strict=False):
        zh, equals, en = part.partition(" = ")
        if not equals:
            raise ValueError(f"{part!r} should be: Chinese = English")
        options.append({"id": letter, "text": zh.removeprefix("*"), "text_en": en})
        if zh.startswith("*"):
            key.append(letter)
    if len(key) != 1:
        raise ValueError("exactly one option must be right")
    return tuple(options), tuple(key)


def tasks_write_questions() -> dict[str, int]:
    """Write the films' questions; gives their ids by code."""
    tasks = film_tasks()
    ids = questions_write([task.question for task in tasks])
    return {task.question.code: id_ for task, id_ in zip(tasks, ids, strict=True)}


@dataclass(frozen=True)
class Item:
    """``key``: what the sum in the text comes to; the data itself has no keys. ``pictures``: the
    text is about a picture that the data leaves out."""

    number: str
    stem: str
    points: tuple[str, ...]
    key: NumberKey | BlanksKey | None = None
    why: str = ""
    pictures: bool = False


def bank_write() -> dict[str, int]:
    """Write the bank's points and items; gives how many of each, of all and of those with a key."""
    items = list(bank_items())
    names = sorted({name for row in _bank_rows() for name in row["skill_desc"]})
    codes = {name: f"{BANK}.{number:03}" for number, name in enumerate(names)}
    parent = PointNew(BANK, "maths", "小学数学题库", "Primary maths items")
    points_write([parent, *(PointNew(codes[n], "maths", n, "", BANK) for n in names)])
    questions_add(0, 0, [_draft(item, codes) for item in items], named=False)
    return {
        "points": len(names), "questions": len(items),
        "keys": sum(item.key is not None for item in items),
    }  # fmt: skip


def _draft(item: Item, codes: dict[str, str]) -> QuestionDraft:
    """Without a key it is a short text that a person marks; without its picture it is kept, and
    offered to nobody."""
    key = item.key or ShortTextKey(())
    points = Fraction(len(key.blanks)) if isinstance(key, BlanksKey) else Fraction(1)
    told = MarkingItem(item.number, item.stem, key, points, reasoning=item.why)
    return QuestionDraft(
        item=item_to_json(told), subject="maths", grade=GRADE, code=f"{BANK}.{item.number}",
        points=tuple(codes[name] for name in item.points), retired=item.pictures,
        origin=f"{BANK} (picture missing)" if item.pictures else BANK,
    )  # fmt: skip


def bank_items() -> Iterator[Item]:
    """All of them. Formulas that plain text can say are plain text, the others stay LaTeX."""
    for row in _bank_rows():
        text = row["exercise_desc"]
        stem, key, why = with_sums(shown_text(text))
        points = tuple(dict.fromkeys(row["skill_desc"]))
        yield Item(row["exercise_id"], stem, points, key, why, "image_" in text)


def _bank_rows() -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / f"{BANK}_items.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


IMAGE = re.compile(r"\s*question_\d+-image_\d+")
DOLLARS = re.compile(r"\$\$(.*?)\$\$", re.S)
# A formula, or the sign for a new line outside of one.
BREAKS = re.compile(r"\$\$.*?\$\$|(\\{2,})", re.S)


def shown_text(text: str) -> str:
    """An item's text as pages show it; a picture that is not there leaves its sign."""
    text = BREAKS.sub(lambda found: "\n" if found[1] else found[0], text)
    text = DOLLARS.sub(lambda found: _formula(found[1]), IMAGE.sub(" 〔图〕", text))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.replace("$$", "").splitlines())
    return "\n".join(line for line in lines if line)


def _formula(latex: str) -> str:
    bare = plain(latex) if "frac" not in latex else ""
    if bare or not latex.strip():
        return re.sub(r"(?<=[×÷(（])\s+|\s+(?=[×÷)）])", "", bare)
    kept = " ".join(latex.replace("\\ ", " ").split()).replace("$", "")
    return f"${kept}$" if len(kept) < 600 else kept


SIGNS = {
    r"\times": "×", r"\div": "÷", r"\cdots": "…", r"\ldots": "…", r"\dots": "…", r"\left": "",
    r"\right": "", r"\square": "□", r"\sim": "～", r"\triangle": "△", r"\Delta": "△",
    r"\cdot": "·", r"\odot": "⊙", r"\blacksquare": "■", r"\bigcirc": "○", r"\angle": "∠",
    r"\circ": "°", r"\bullet": "●", r"\oplus": "⊕", r"\quad": " ", r"\;": " ", r"\ ": " ",
}  # fmt: skip
FRACTION = re.compile(r"\\d?frac\{([^{}]+)\}\{([^{}]+)\}")
WORDS = re.compile(r"\\(?:text|rm)\s*\{([^{}]*)\}")


def plain(text: str) -> str:
    """Formulas as plain text; "" for what plain text cannot say or what needs a picture."""
    if "image_" in text:
        return ""
    text = WORDS.sub(r"\1", FRACTION.sub(r"\1/\2", text.replace("$$", "")))
    for sign, plain_sign in sorted(SIGNS.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(sign, plain_sign)
    text = re.sub(r"\^\{?°\}?", "°", text)
    return "" if re.search(r"[\\^_{}$]", text) else re.sub(r"\s+", " ", text).strip()

"""The questions of the demo city: tasks written for the films, and a public bank of maths items.

The bank is XES3G5M (Liu et al., NeurIPS 2023; MIT, ``data/xes3g5m.LICENSE``): 7,618 items of
Chinese primary maths with 865 knowledge points, without keys. Items that need a picture which is
not there are left out, and so are those with formulas that plain text cannot show.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yunke.school.library.door import (
    PointNew,
    QuestionKind,
    QuestionNew,
    points_write,
    questions_write,
)

DATA = Path(__file__).parent / "data"
BANK = "xes3g5m"


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
    question = QuestionNew(code, kind, stem, stem_en, options, key, why, why_en)
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


def bank_write() -> dict[str, int]:
    """Write the bank's points and items; gives how many of each."""
    items = list(bank_items())
    names = sorted({name for row in _bank_rows() for name in row["skill_desc"]})
    codes = {name: f"{BANK}.{number:03}" for number, name in enumerate(names)}
    parent = PointNew(BANK, "maths", "小学数学题库", "Primary maths items")
    points_write([parent, *(PointNew(codes[n], "maths", n, "", BANK) for n in names)])
    questions_write(
        [
            QuestionNew(
                f"{BANK}.{item.number}", QuestionKind.TEXT.value, item.stem,
                points=tuple(codes[name] for name in item.points),
            )
            for item in items
        ]
    )  # fmt: skip
    return {"points": len(names), "questions": len(items)}


@dataclass(frozen=True)
class Item:
    number: str
    stem: str
    points: tuple[str, ...]


def bank_items() -> Iterator[Item]:
    """The items that plain text can show."""
    for row in _bank_rows():
        stem = plain(row["exercise_desc"])
        if stem:
            yield Item(row["exercise_id"], stem, tuple(dict.fromkeys(row["skill_desc"])))


def _bank_rows() -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / f"{BANK}_items.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


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

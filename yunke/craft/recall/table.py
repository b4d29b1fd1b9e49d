"""Answers out of CSV text: any ids, order as numbers or moments, points joined by ``_``."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from yunke.craft.recall.values import MOST_POINTS, Answers, Floats, Ints, Unusable

COLUMNS = ("pupil", "order", "item", "points", "correct")
NO_POINT = {"", "na", "nan", "none", "null"}
RIGHT = {"true": 1.0, "false": 0.0}
MOMENTS = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d")
# Whole numbers above this are no longer exact as floats.
EXACT = 2**53

Column = tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """Both tables in the same numbers, and the names that the numbers stand for."""

    train: Answers
    test: Answers
    pupils: list[str]
    items: list[str]
    points: list[str]


def read_tables(train: bytes, test: bytes) -> Tables:
    """Two CSV files with the columns of ``COLUMNS``, in any order; others are passed over.

    Raises Unusable with the name of the table and the line.
    """
    first, second = _columns(train, "train"), _columns(test, "test")
    cut = len(first[0])
    both = [a + b for a, b in zip(first, second, strict=True)]
    pupil, pupils = _numbered(both[0])
    item, items = _numbered(both[2])
    points, names = _points(both[3])
    answers = Answers(pupil, item, _order(both[1], cut), points, _right(both[4], cut))
    rows = np.arange(len(pupil))
    return Tables(answers.take(rows[:cut]), answers.take(rows[cut:]), pupils, items, names)


def decoded(raw: bytes, name: str) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else GB 18030."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        kinds: tuple[str, ...] = ("utf-16",)
    else:
        kinds = ("utf-8-sig", "gb18030")
    for kind in kinds:
        try:
            return raw.decode(kind)
        except UnicodeDecodeError:
            continue
    raise Unusable(f"{name}: not text")


def _columns(raw: bytes, name: str) -> list[Column]:
    text = decoded(raw, name)
    header = text.lstrip("\r\n").partition("\n")[0]
    mark = max(",;\t", key=header.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]
    except csv.Error as error:
        raise Unusable(f"{name}: {error}") from None
    if not rows:
        raise Unusable(f"{name}: empty")
    heads = [head.strip().lower() for head in rows.pop(0)]
    missing = [column for column in COLUMNS if column not in heads]
    if missing:
        raise Unusable(f"{name}: no column {', '.join(missing)}")
    for number, row in enumerate(rows):
        if len(row) != len(heads):
            raise Unusable(f"{name}, line {number + 2}: {len(row)} fields instead of {len(heads)}")
    turned = list(zip(*rows, strict=True)) or [() for _ in heads]
    return [turned[heads.index(column)] for column in COLUMNS]


def _numbered(names: Iterable[str]) -> tuple[Ints, list[str]]:
    numbers: dict[str, int] = {}
    found = [numbers.setdefault(name, len(numbers)) for name in names]
    return np.array(found, dtype=np.int64), list(numbers)


def _points(column: Column) -> tuple[Ints, list[str]]:
    which, kinds = _numbered(column)
    numbers: dict[str, int] = {}
    sets = [_points_of(kind, numbers) for kind in kinds]
    wide = max((len(one) for one in sets), default=0) or 1
    table = np.full((len(sets), wide), -1, dtype=np.int64)
    for row, one in enumerate(sets):
        table[row, : len(one)] = one
    return table[which], list(numbers)


def _points_of(kind: str, numbers: dict[str, int]) -> list[int]:
    names = [name.strip() for name in kind.split("_")]
    real = [name for name in dict.fromkeys(names) if name.lower() not in NO_POINT]
    return [numbers.setdefault(name, len(numbers)) for name in real[:MOST_POINTS]]


def _right(column: Column, cut: int) -> Floats:
    """1 for a right answer; part of the credit is not right."""
    seen = {word: _right_of(word) for word in set(column)}
    for number, word in enumerate(column):
        if np.isnan(seen[word]):
            raise Unusable(f"{_place(number, cut)}: correct is {word!r}, not 0 or 1")
    return np.array([seen[word] for word in column], dtype=np.float64)


def _right_of(word: str) -> float:
    plain = word.strip().lower()
    if plain in RIGHT:
        return RIGHT[plain]
    try:
        value = float(plain)
    except ValueError:
        return np.nan
    return float(value == 1) if 0 <= value <= 1 else np.nan


def _order(column: Column, cut: int) -> Floats:
    found = _as_numbers(column)
    if found is not None:
        return found
    return np.array([_moment(word, number, cut) for number, word in enumerate(column)])


def _as_numbers(column: Sequence[str]) -> Floats | None:
    try:
        found = np.array(column, dtype=np.str_).astype(np.float64)
    except ValueError:
        return None
    if not np.isfinite(found).all():
        return None
    if len(found) and np.abs(found).max() > EXACT:
        try:
            whole = [int(word) for word in column]
        except ValueError:
            return found
        low = min(whole)
        found = np.array([value - low for value in whole], dtype=np.float64)
    return found


def _moment(word: str, number: int, cut: int) -> float:
    plain = word.strip()
    try:
        return _seconds(datetime.fromisoformat(plain))
    except ValueError:
        pass
    for shape in MOMENTS:
        try:
            return _seconds(datetime.strptime(plain, shape).replace(tzinfo=UTC))
        except ValueError:
            continue
    raise Unusable(f"{_place(number, cut)}: order is {word!r}, neither a number nor a moment")


def _seconds(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _place(number: int, cut: int) -> str:
    return f"train, line {number + 2}" if number < cut else f"test, line {number - cut + 2}"

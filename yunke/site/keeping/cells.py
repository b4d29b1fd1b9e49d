"""One cell of a table, as SQLite holds it and as PostgreSQL wants it.

SQLite takes any value in any column, PostgreSQL does not. ``cell_of`` gives the value that both
hold, or says why there is none. ``plain`` writes a value so that both sides hash the same.
"""

import json
import math
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any


class BadCell(Exception):
    """A cell that PostgreSQL cannot hold; the text says why."""


WHOLE = {
    "BigAutoField": (-(2**63), 2**63 - 1),
    "BigIntegerField": (-(2**63), 2**63 - 1),
    "PositiveBigIntegerField": (0, 2**63 - 1),
    "AutoField": (-(2**31), 2**31 - 1),
    "IntegerField": (-(2**31), 2**31 - 1),
    "PositiveIntegerField": (0, 2**31 - 1),
    "SmallAutoField": (-(2**15), 2**15 - 1),
    "SmallIntegerField": (-(2**15), 2**15 - 1),
    "PositiveSmallIntegerField": (0, 2**15 - 1),
}
TEXTS = {"CharField", "TextField", "SlugField", "URLField", "EmailField", "FileField"}


def cell_of(kind: str, value: Any, *, longest: int | None = None) -> Any:
    """The value of a cell that sqlite3 read with texts as bytes in ``_Text``. Raises BadCell."""
    if value is None:
        return None
    if kind in WHOLE:
        return _whole(value, *WHOLE[kind])
    if kind in TEXTS:
        return _text(value, longest)
    reader = READERS.get(kind)
    if reader is None:
        raise BadCell(f"a column of the kind {kind} is not known")
    return reader(value)


def _whole(value: Any, low: int, high: int) -> int:
    if not isinstance(value, int):
        raise BadCell(f"{_named(value)} where a whole number belongs")
    if not low <= value <= high:
        raise BadCell(f"{value} is beyond {low} to {high}")
    return value


class Text(bytes):
    """A text as SQLite holds it: bytes that should be UTF-8."""


def _text(value: Any, longest: int | None = None) -> str:
    if not isinstance(value, Text):
        raise BadCell(f"{_named(value)} where a text belongs")
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as trouble:
        half = value[trouble.start : trouble.start + 1] == b"\xed"
        what = "half of a surrogate pair" if half else "bytes that are no UTF-8"
        raise BadCell(f"{what} at byte {trouble.start}") from None
    if "\0" in text:
        raise BadCell("a NUL in the text")
    if longest is not None and len(text) > longest:
        raise BadCell(f"{len(text)} letters where {longest} are allowed")
    return text


def _truth(value: Any) -> bool:
    if isinstance(value, int) and value in {0, 1}:
        return bool(value)
    raise BadCell(f"{_named(value)} where yes or no belongs")


def _float(value: Any) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    raise BadCell(f"{_named(value)} where a number belongs")


def _instant(value: Any) -> datetime:
    text = _text(value)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadCell(f"{text[:40]!r} is no instant") from None
    if len(text) <= len("2026-01-01"):
        raise BadCell(f"{text!r} is a day without a time")
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _day(value: Any) -> date:
    text = _text(value)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell(f"{text[:40]!r} is no day") from None


def _clock(value: Any) -> time:
    text = _text(value)
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise BadCell(f"{text[:40]!r} is no time of day") from None


def _json(value: Any) -> Any:
    text = _text(value)
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadCell(f"{text[:40]!r} is no JSON") from None
    _no_odd_letters(found)
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _no_odd_letters(found: Any) -> None:
    """JSON may spell NUL and halves of surrogate pairs; PostgreSQL's takes neither."""
    if isinstance(found, str):
        if "\0" in found or any("\ud800" <= letter <= "\udfff" for letter in found):
            raise BadCell("a NUL or half of a surrogate pair in the JSON")
    elif isinstance(found, dict):
        for key, value in found.items():
            _no_odd_letters(key)
            _no_odd_letters(value)
    elif isinstance(found, list):
        for value in found:
            _no_odd_letters(value)
    elif isinstance(found, float) and not math.isfinite(found):
        raise BadCell("a number in the JSON that is none")


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes) and not isinstance(value, Text):
        return value
    raise BadCell(f"{_named(value)} where bytes belong")


def _uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(_text(value))
    except ValueError:
        raise BadCell("no UUID") from None


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(str(value) if isinstance(value, (int, float)) else _text(value))
    except InvalidOperation:
        raise BadCell("no decimal number") from None


def _named(value: Any) -> str:
    if isinstance(value, Text):
        return f"the text {value[:30].decode(errors='replace')!r}"
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return f"the number {value}"


READERS: dict[str, Callable[[Any], Any]] = {
    "BooleanField": _truth,
    "FloatField": _float,
    "DateTimeField": _instant,
    "DateField": _day,
    "TimeField": _clock,
    "JSONField": _json,
    "BinaryField": _bytes,
    "UUIDField": _uuid,
    "DecimalField": _decimal,
}


def plain(value: Any) -> str:
    """One spelling for a value, whichever database it comes from."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return f"?{int(value)}"
    if isinstance(value, datetime):
        return "@" + value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, (bytes, memoryview)):
        return "x" + bytes(value).hex()
    if isinstance(value, float):
        return f"#{value + 0.0!r}"
    if isinstance(value, (dict, list)):
        return "{" + json.dumps(_numbers(value), sort_keys=True, ensure_ascii=True)
    return f"'{value}" if isinstance(value, str) else f"={value}"


def _numbers(value: Any) -> Any:
    """``1e22`` and ``10000000000000000000000`` are one number; ``-0.0`` is 0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _numbers(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_numbers(held) for held in value]
    return value

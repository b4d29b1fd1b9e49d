"""What a form sent: names with one value or several, cleaned of what no database keeps."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from yunke.craft.marking.numbers import read_number

LONGEST = 20_000
MOST_ROWS = 60


class Unfit(Exception):
    """``faults``: field → code of what is wrong there."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in faults.items()))
        self.faults = faults


class Fields:
    """The sent values, and the faults found while they are read."""

    def __init__(self, sent: Mapping[str, Sequence[str]]) -> None:
        self.sent = sent
        self.faults: dict[str, str] = {}

    def one(self, name: str, fallback: str = "") -> str:
        values = self.sent.get(name) or ()
        return _clean(values[-1]) if values else fallback

    def many(self, name: str) -> list[str]:
        return [_clean(value) for value in (self.sent.get(name) or ())[:MOST_ROWS]]

    def rows(self, *names: str) -> list[tuple[str, ...]]:
        """The values of several names side by side, padded to the longest."""
        columns = [self.many(name) for name in names]
        size = max((len(column) for column in columns), default=0)
        padded = [column + [""] * (size - len(column)) for column in columns]
        return list(zip(*padded, strict=True))

    def wrong(self, field: str, code: str) -> None:
        self.faults.setdefault(field, code)

    def number(self, name: str, fallback: int = 0, most: int = 100_000) -> int:
        text = self.one(name)
        if not text:
            return fallback
        if not text.isdecimal() or len(text) > 6 or int(text) > most:
            self.wrong(name, "whole")
            return fallback
        return int(text)

    def fraction(self, name: str, fallback: str = "1") -> Fraction:
        """Points: 0 to 1000, as people write numbers."""
        return points_of(self.one(name) or fallback, lambda: self.wrong(name, "points"))


def points_of(text: str, wrong: Callable[[], None]) -> Fraction:
    found = read_number(text) if len(text) <= 20 else None
    if found is None or not 0 <= found.value <= 1000:
        wrong()
        return Fraction(1)
    return found.value


def alternatives(text: str) -> tuple[str, ...]:
    """Several ways to write an answer, with | between them."""
    return tuple(one.strip() for one in text.replace("｜", "|").split("|") if one.strip())


def _clean(text: str) -> str:
    """Without what PostgreSQL cannot keep: NUL, halves of pairs. Lines end as ``\\n``."""
    whole = (sign for sign in text[:LONGEST] if sign != "\0")
    kept = "".join(sign for sign in whole if not 0xD800 <= ord(sign) < 0xE000)
    return kept.replace("\r\n", "\n").strip()

"""Numbers with units: 3.5 km, 3米5厘米, 2时30分, 3元5角, 12平方米."""

import re
from dataclasses import dataclass
from fractions import Fraction

from yunke.craft.marking.numbers.clean import clean
from yunke.craft.marking.numbers.reading import Number, read_number
from yunke.craft.marking.numbers.units import COUNTED, UNIT_PATTERN, UNITS

Meanings = dict[str, Fraction]
_ARABIC = r"\d[\d,]*(?:\.\d+)?%?(?:\s*又\s*\d+\s*/\s*\d+|\s+\d+\s*/\s*\d+|\s*/\s*\d+)?"
_WORDS = "[零〇一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟点廿卅又个]+|[0-9.]+万"
_PART = re.compile(
    rf"\s*(?P<number>{_ARABIC}|{_WORDS}|\.\d+)\s*(?P<unit>{UNIT_PATTERN})(?P<half>半?)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_MONEY = re.compile(r"(?:¥|rmb)\s*(-?[\d,.]+)", re.IGNORECASE)
_COUNTS = re.compile("(?:" + "|".join(sorted(COUNTED, key=len, reverse=True)) + ")$")


@dataclass(frozen=True)
class Quantity:
    """``value`` in the base of ``dimension`` (metre, gram, second, yuan …); ``dimension`` is ""
    for a bare number and the word itself for a counting word. ``parts``: (number, unit) as
    written. ``others``: further meanings of an ambiguous unit, dimension -> value.
    """

    value: Fraction
    dimension: str
    parts: tuple[tuple[Number, str], ...]
    others: tuple[tuple[str, Fraction], ...] = ()

    def as_dimension(self, dimension: str) -> Fraction | None:
        """The value where the writing can mean this dimension."""
        if self.dimension == dimension:
            return self.value
        return dict(self.others).get(dimension)


def read_quantity(text: str) -> Quantity | None:
    """The quantity that the whole text is: a bare number, one with a counting word, or units."""
    plain = clean(text).strip("= ").rstrip(".")
    number = read_number(plain)
    if number is not None:
        return Quantity(number.value, "", ((number, ""),))
    for reader in (_yuan, _units, _counted):
        found = reader(plain)
        if found is not None:
            return found
    return None


def _yuan(text: str) -> Quantity | None:
    match = _MONEY.fullmatch(text)
    number = read_number(match[1]) if match else None
    return Quantity(number.value, "money", ((number, "元"),)) if number else None


def _counted(text: str) -> Quantity | None:
    match = _COUNTS.search(text)
    number = read_number(text[: match.start()]) if match else None
    if match is None or number is None:
        return None
    return Quantity(number.value, match[0], ((number, match[0]),))


def _units(text: str) -> Quantity | None:
    negative = text.startswith("-")
    at, parts = (1 if negative else 0), list[tuple[Number, str]]()
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            break
        number = read_number(match["number"])
        if number is None:
            return None
        if match["half"]:
            number = Number(number.value + Fraction(1, 2), number.form)
        parts.append((number, match["unit"].lower()))
        at = match.end()
    rest = text[at:].strip()
    if not parts or (rest and not _loose_end(parts, rest)):
        return None
    return _summed(tuple(parts), negative)


def _loose_end(parts: list[tuple[Number, str]], rest: str) -> bool:
    """三块五, 3元5: a last number without a unit counts tenths of money; else nothing follows."""
    number = read_number(rest)
    if number is None or parts[-1][1] not in ("块", "元") or not 0 < number.value < 10:
        return False
    parts.append((number, "角"))
    return True


def _summed(parts: tuple[tuple[Number, str], ...], negative: bool) -> Quantity | None:
    """Units of one dimension, each once, added."""
    names = [unit for _, unit in parts]
    if len(set(names)) < len(names):
        return None
    common = [meaning for meaning, _ in UNITS[names[0]]]
    sums: Meanings = {}
    for dimension in common:
        factors = [dict(UNITS[name]).get(dimension) for name in names]
        known = [factor for factor in factors if factor is not None]
        if len(known) == len(names):
            total = sum((n.value * f for (n, _), f in zip(parts, known, strict=True)), Fraction(0))
            sums[dimension] = -total if negative else total
    if not sums:
        return None
    (dimension, value), *others = sums.items()
    return Quantity(value, dimension, parts, tuple(others))

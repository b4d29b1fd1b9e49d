"""What a pupil wrote, and how answers are written."""

from dataclasses import dataclass
from fractions import Fraction

from yunke.craft.marking.numbers import clean, read_quantity, read_rest
from yunke.craft.marking.numbers.units import COUNTED

_RELATIONS = {"<": "<", ">": ">", "=": "=", "小于": "<", "大于": ">", "等于": "=", "less": "<",
              "greater": ">", "equal": "=", "一样大": "=", "相等": "="}  # fmt: skip


_TRUTHS = {
    **dict.fromkeys(("true", "yes", "t", "y", "对", "正确", "是", "√", "✓"), True),
    **dict.fromkeys(("false", "no", "f", "n", "错", "错误", "不对", "否", "×", "✗"), False),
}


@dataclass(frozen=True)
class Reply:
    """An answer read. ``relation`` of a comparison; ``rest`` of a division; else ``value``, in the
    base of ``dimension``, and ``bare``: the one number as written, whatever its unit.
    """

    value: Fraction = Fraction(0)
    dimension: str = ""
    bare: Fraction | None = None
    rest: int | None = None
    relation: str = ""

    def same(self, other: "Reply") -> bool:
        """Do both say the same? A unit left out is not held against either."""
        if self.relation or other.relation:
            return self.relation == other.relation
        if (self.rest is None) != (other.rest is None):
            return False
        if self.dimension == other.dimension:
            return (self.value, self.rest) == (other.value, other.rest)
        if self.dimension and other.dimension:
            return False
        return self.bare is not None and self.bare == other.bare


def read_reply(text: str, dimension: str = "") -> Reply | None:
    """The answer that the text is; ``dimension`` decides what an ambiguous unit means."""
    plain = clean(text)
    if plain in _RELATIONS:
        return Reply(relation=_RELATIONS[plain])
    rest = read_rest(plain)
    if rest:
        return Reply(Fraction(rest[0]), rest=rest[1], bare=Fraction(rest[0]))
    quantity = read_quantity(plain)
    if quantity is None:
        return None
    number = quantity.parts[0][0].value if len(quantity.parts) == 1 else None
    meant = quantity.as_dimension(dimension) if dimension else None
    if meant is not None and quantity.dimension:
        return Reply(meant, dimension, number)
    known = "" if quantity.dimension in COUNTED else quantity.dimension
    return Reply(quantity.value, known, number)


def read_truth(text: str, stated: str, relation: str) -> Reply | None:
    """``true`` or 错 to a comparison that is stated: the relation that the pupil holds."""
    truth = _TRUTHS.get(text.strip().lower())
    if truth is None or not stated:
        return None
    if truth:
        return Reply(relation=stated)
    # Denied: the true relation where the claim is false, else just the other one.
    return Reply(relation=relation if relation != stated else "<>".replace(stated, ""))


def decimal_text(value: Fraction) -> str | None:
    """0.35; None where it does not end within twelve places."""
    for places in range(13):
        shifted = value * 10**places
        if shifted.denominator == 1:
            if not places:
                return str(shifted)
            sign, digits = ("-" if shifted < 0 else ""), str(abs(int(shifted))).zfill(places + 1)
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return None


def ratio_text(num: int, den: int) -> str | None:
    """6/4 as it stands: nothing is reduced."""
    if den < 0:
        num, den = -num, -den
    if not den:
        return None
    return str(num) if den == 1 else f"{num}/{den}"


def mixed_text(whole: int, num: int, den: int) -> str | None:
    """2 1/3; 2 where nothing is over; None where it is no mixed number."""
    if den <= 0 or num < 0 or whole < 0:
        return None
    if not num:
        return str(whole)
    return f"{whole} {num}/{den}" if whole else f"{num}/{den}"


def value_text(value: Fraction) -> str:
    """Whole, decimal or reduced fraction, whatever is shortest to read."""
    return decimal_text(value) or f"{value.numerator}/{value.denominator}"

"""Quantities and conversions: 3km+500m, 2h15min-1h40min, 3.5m²=?dm²."""

from fractions import Fraction
from itertools import product

from yunke.craft.marking.causes.bug import CORE, OFTEN, Answer, Bug, Known, bug
from yunke.craft.marking.causes.choosing import conversions, quantities
from yunke.craft.marking.causes.replies import decimal_text, value_text
from yunke.craft.marking.causes.sources import FOLKLORE
from yunke.craft.marking.causes.terms import Term
from yunke.craft.marking.numbers.units import TIME, UNITS

SWAPS = {10: "十", 100: "百", 1000: "千", 60: "六十"}


def _units(*terms: Term) -> list[tuple[Fraction, str]]:
    """(worth in the base of the dimension, name), the largest first; hour and hours are one."""
    found: dict[Fraction, str] = {}
    for term in terms:
        for _, unit in term.parts:
            found.setdefault(_worth(unit, term), unit)
    return sorted(found.items(), reverse=True)


def _worth(unit: str, term: Term) -> Fraction:
    return dict(UNITS[unit])[term.dimension]


def _under(term: Term, large: Fraction, step: int) -> Fraction:
    """The quantity in its smaller unit, if the larger held ``step`` of them."""
    steps = (number * (step if _worth(unit, term) == large else 1) for number, unit in term.parts)
    return sum(steps, Fraction(0))


def _written(value: Fraction, large: str, small: str, step: int) -> Answer:
    """``value`` in the small unit; also split, and in the large unit alone."""
    wholes, rest = divmod(value, step)
    split = f"{int(wholes)}{large}{value_text(rest)}{small}"
    alone = decimal_text(value / step)
    return f"{value_text(value)}{small}", split, alone and f"{alone}{large}"


def _with_step(sign: str, a: Term, b: Term, step: int) -> Answer:
    """The sum or difference when the larger unit is thought to hold ``step`` of the smaller."""
    units = _units(a, b)
    if len(units) != 2:
        return None
    (worth, large), (least, small) = units
    if worth / least == step or (a.dimension == TIME and step in (10, 1000)):
        return None
    left, right = (_under(term, worth, step) for term in (a, b))
    value = left + right if sign == "+" else left - right
    return _written(value, large, small, step) if value >= 0 else None


def _swap(sign: str, step: int) -> Bug:
    """A unit mistaken: a wrong step between two units."""

    def follow(a: Term, b: Term) -> Answer:
        return _with_step(sign, a, b, step)

    name = {"+": "plus", "-": "minus"}[sign]
    return Bug(
        f"unit-step-{step}-{name}",
        f"进率错当{SWAPS[step]}",
        f"Takes the larger unit for {step} of the smaller",
        FOLKLORE,
        Known.SELDOM if step == 60 else Known.CORE,
        quantities(sign),
        follow,
    )


SWAPPED = tuple(_swap(sign, step) for sign, step in product("+-", SWAPS))


def _bare(sign: str, a: Term, b: Term) -> Answer:
    units = [unit for _, unit in _units(a, b)]
    if len(units) != 2 or len(a.parts) + len(b.parts) != 2:
        return None
    left, right = a.parts[0][0], b.parts[0][0]
    value = value_text(left + right if sign == "+" else abs(left - right))
    return tuple(f"{value}{unit}" for unit in units)


@bug(
    "units-ignored",
    "不看单位直接加",
    "Adds the numbers and ignores that the units differ",
    FOLKLORE,
    CORE,
    quantities("+"),
)
def units_ignored(a: Term, b: Term) -> Answer:
    return _bare("+", a, b)


@bug(
    "units-ignored-minus",
    "不看单位直接减",
    "Subtracts the numbers and ignores that the units differ",
    FOLKLORE,
    CORE,
    quantities("-"),
)
def units_ignored_minus(a: Term, b: Term) -> Answer:
    return _bare("-", a, b)


def _converted(term: Term, unit: str, factor: Fraction, step: Fraction) -> Answer:
    """The one number of ``term`` times ``step`` into the smaller unit, or by it into the larger."""
    if len(term.parts) != 1:
        return None
    number, own = term.parts[0]
    smaller = dict(UNITS[own])[term.dimension] > factor
    return f"{value_text(number * step if smaller else number / step)}{unit}"


def _true_step(term: Term, factor: Fraction) -> Fraction:
    """How many of the smaller of the two units make the larger."""
    own = dict(UNITS[term.parts[0][1]])[term.dimension]
    return max(own / factor, factor / own)


def _conversion(step: int) -> Bug:
    def follow(term: Term, unit: str, factor: Fraction) -> Answer:
        right = _true_step(term, factor)
        return _converted(term, unit, factor, Fraction(step)) if right not in (1, step) else None

    return Bug(
        f"conversion-step-{step}",
        f"换算进率错当{SWAPS[step]}",
        f"Converts as if the step between the units were {step}",
        FOLKLORE,
        Known.SELDOM if step == 60 else Known.CORE,
        conversions,
        follow,
    )


CONVERTED = tuple(_conversion(step) for step in SWAPS)


@bug(
    "conversion-turned-round",
    "换算乘除弄反",
    "Multiplies where the conversion divides, and the reverse",
    FOLKLORE,
    CORE,
    conversions,
)
def conversion_turned_round(term: Term, unit: str, factor: Fraction) -> Answer:
    right = _true_step(term, factor)
    return _converted(term, unit, factor, 1 / right) if right != 1 else None


@bug(
    "conversion-left-out",
    "只换单位不换数",
    "Changes the unit and keeps the number",
    FOLKLORE,
    OFTEN,
    conversions,
)
def conversion_left_out(term: Term, unit: str, factor: Fraction) -> Answer:
    if len(term.parts) != 1 or _true_step(term, factor) == 1:
        return None
    return f"{value_text(term.parts[0][0])}{unit}"


@bug(
    "compound-joined",
    "复名数直接连写",
    "Joins the numbers of a compound quantity: 3m5cm = 35cm",
    FOLKLORE,
    OFTEN,
    conversions,
)
def compound_joined(term: Term, unit: str, factor: Fraction) -> Answer:
    if len(term.parts) != 2 or any(number.denominator > 1 for number, _ in term.parts):
        return None
    return f"{term.parts[0][0]}{term.parts[1][0]}{unit}"


@bug(
    "compound-counted-as-hundred",
    "时间按百进制",
    "Takes hours and minutes for a number with a point: 2h15min = 215min",
    FOLKLORE,
    CORE,
    conversions,
)
def compound_as_hundred(term: Term, unit: str, factor: Fraction) -> Answer:
    if len(term.parts) != 2 or unit != term.parts[1][1]:
        return None
    (large, big), (small, own) = term.parts
    step = dict(UNITS[big])[term.dimension] / dict(UNITS[own])[term.dimension]
    return f"{value_text(large * 100 + small)}{unit}" if step != 100 else None

"""A number against its key: value, tolerance, unit, form."""

import re
from fractions import Fraction
from math import gcd

from yunke.craft.marking.causes import find_causes
from yunke.craft.marking.items.writing import NumberForm, NumberKey, UnitRule, number_of
from yunke.craft.marking.marks.values import BLANK, RIGHT, Said, partly, unsure, wrong
from yunke.craft.marking.numbers import Form, Quantity, clean, read_number, read_quantity, read_rest
from yunke.craft.marking.numbers.units import COUNTED, UNITS

LONGEST = 200
_FRONT = re.compile(
    r"^(?:答案?|解|约|大约|约等于|≈|about|ca\.?)\s*[:：=]?\s*|^[A-Za-z]\s*=\s*|^=\s*", re.I
)
_UNIT_IN_BRACKETS = re.compile(r"\(([^()\d]+)\)$")


def said_of_number(key: NumberKey, answer: object) -> Said:
    text = _text(answer)
    if text is None:
        return unsure("answer.unread")
    if not text.strip():
        return BLANK
    if len(text) > LONGEST:
        return unsure("answer.too-long")
    plain = _UNIT_IN_BRACKETS.sub(r"\1", _FRONT.sub("", clean(text)).strip())
    if read_rest(key.value):
        return _said_of_rest(key, plain)
    quantity = read_quantity(plain)
    if quantity is None:
        return unsure("number.rest" if read_rest(plain) else "number.unread")
    said = _said(key, quantity)
    return _with_causes(key, said, quantity, plain)


def _text(answer: object) -> str | None:
    if isinstance(answer, bool) or not isinstance(answer, str | int | float | type(None)):
        return None
    # A float of JSON is written as shortly as it was typed: 0.1 stays 0.1.
    return "" if answer is None else str(answer)


def _said_of_rest(key: NumberKey, plain: str) -> Said:
    given = read_rest(plain)
    if given is None:
        number = read_number(plain)
        if number is None:
            return unsure("number.unread")
        return wrong("number.no-rest", *_bugs(key, plain))
    return RIGHT if given == read_rest(key.value) else wrong("number.wrong", *_bugs(key, plain))


def _wanted(key: NumberKey) -> Quantity:
    found = read_quantity(f"{key.value}{key.unit}")
    if found is None:
        # A unit of the author's own: 朵花. It is compared as a word.
        number = number_of(key.value)
        return Quantity(number.value, key.unit.strip(), ((number, key.unit.strip()),))
    return found


def tolerance_of(key: NumberKey) -> Fraction:
    """In the key's own unit."""
    number = number_of(key.tolerance)
    return (
        abs(number.value * number_of(key.value).value)
        if number.form is Form.PERCENT
        else number.value
    )


def _said(key: NumberKey, given: Quantity) -> Said:
    wanted = _wanted(key)
    if not given.dimension:
        return _bare(key, given, wanted)
    if not wanted.dimension:
        counted = given.dimension in COUNTED and _near(key, given.value, wanted.value, Fraction(1))
        return _formed(key, given) if counted else unsure("unit.unasked")
    value = given.as_dimension(wanted.dimension)
    if value is not None:
        worth = wanted.value / _own(wanted) if _own(wanted) else Fraction(1)
        right = _near(key, value, wanted.value, worth)
        return _formed(key, given) if right else wrong("number.wrong")
    return _other_unit(key, given, wanted)


def _own(quantity: Quantity) -> Fraction:
    """The number as written, where it is one."""
    return quantity.parts[0][0].value if len(quantity.parts) == 1 else Fraction(0)


def _near(key: NumberKey, given: Fraction, wanted: Fraction, worth: Fraction) -> bool:
    return abs(given - wanted) <= tolerance_of(key) * worth


def _bare(key: NumberKey, given: Quantity, wanted: Quantity) -> Said:
    """A number without a unit."""
    number = _own(wanted) if wanted.dimension else wanted.value
    if len(wanted.parts) > 1:
        return unsure("unit.missing")
    if not _near(key, given.value, number, Fraction(1)):
        return unsure("unit.missing") if _converted(given, wanted) else wrong("number.wrong")
    said = _formed(key, given)
    if wanted.dimension and key.unit_rule is UnitRule.NEEDED:
        return partly(key.kept * (said.share or 0), "unit.missing")
    return said


def _converted(given: Quantity, wanted: Quantity) -> bool:
    """Is it the right amount in another unit of the kind, the unit left out? 3500 for 3.5 km."""
    factors = {dict(meanings).get(wanted.dimension) for meanings in UNITS.values()}
    return any(factor and given.value * factor == wanted.value for factor in factors)


def _other_unit(key: NumberKey, given: Quantity, wanted: Quantity) -> Said:
    same_number = len(given.parts) == 1 and _near(key, _own(given), _own(wanted), Fraction(1))
    if given.dimension in COUNTED and wanted.dimension not in COUNTED and not same_number:
        return wrong("number.wrong")
    if given.dimension in COUNTED or _is_word(wanted.dimension):
        return unsure("unit.other-word") if same_number else wrong("number.wrong")
    return partly(key.kept, "unit.wrong", "unit-mistaken") if same_number else wrong("number.wrong")


def _is_word(dimension: str) -> bool:
    return not dimension.isascii()


def _formed(key: NumberKey, given: Quantity) -> Said:
    """The value is right; is it written as asked?"""
    number = given.parts[0][0]
    if key.places is not None and number.places != key.places:
        return partly(key.kept, "form.places")
    asked = {
        NumberForm.LOWEST: number.form is not Form.FRACTION or gcd(number.num, number.den) == 1,
        NumberForm.MIXED: number.form in (Form.MIXED, Form.WHOLE) or abs(number.value) < 1,
        NumberForm.PERCENT: number.form is Form.PERCENT,
        NumberForm.DECIMAL: number.form in (Form.DECIMAL, Form.WHOLE),
    }
    return RIGHT if asked.get(key.form, True) else partly(key.kept, f"form.{key.form.value}")


def _with_causes(key: NumberKey, said: Said, given: Quantity, plain: str) -> Said:
    """What the wrong result betrays: as the author said, else as the library finds."""
    if said.reason != "number.wrong":
        return said
    for result in key.results:
        known = read_quantity(result.text)
        if known is not None and _alike(known, given):
            return wrong(said.reason, result.cause)
    return wrong(said.reason, *_bugs(key, plain))


def _alike(known: Quantity, given: Quantity) -> bool:
    """A unit left out on either side is not held against it."""
    if known.dimension and given.dimension:
        return given.as_dimension(known.dimension) == known.value
    return _number(known) == _number(given)


def _number(quantity: Quantity) -> Fraction:
    return _own(quantity) if len(quantity.parts) == 1 else quantity.value


def _bugs(key: NumberKey, plain: str) -> tuple[str, ...]:
    if not key.expression:
        return ()
    return tuple(one.bug.id for one in find_causes(key.expression, plain).causes)

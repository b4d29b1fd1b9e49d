"""Numbers with a point."""

from fractions import Fraction

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import decimals
from yunke.craft.marking.causes.replies import decimal_text
from yunke.craft.marking.causes.sources import FOLKLORE, HART, HIEBERT, ROBERTS
from yunke.craft.marking.causes.terms import Term

PLUS, MINUS, TIMES, OVER = (decimals(sign) for sign in "+-*÷")


def _apart(term: Term) -> tuple[int, int]:
    """The digits before and behind the point, each as a whole number: 3.09 → (3, 9)."""
    return int(term.value), term.digits - int(term.value) * 10**term.places


def _placed(number: int, places: int) -> str | None:
    return decimal_text(Fraction(number, 10**places))


@bug(
    "decimals-aligned-right",
    "小数末位对齐相加",
    "Writes the numbers flush right, points out of line, and adds",
    HIEBERT,
    CORE,
    PLUS,
)
def aligned_right_added(a: Term, b: Term) -> Answer:
    if a.places == b.places:
        return None
    total = a.digits + b.digits
    return _placed(total, max(a.places, b.places)), _placed(total, min(a.places, b.places) or 0)


@bug(
    "decimals-aligned-right-minus",
    "小数末位对齐相减",
    "Writes the numbers flush right, points out of line, and subtracts",
    HIEBERT,
    CORE,
    MINUS,
)
def aligned_right_subtracted(a: Term, b: Term) -> Answer:
    if a.places == b.places:
        return None
    left = abs(a.digits - b.digits)
    return _placed(left, max(a.places, b.places)), _placed(left, min(a.places, b.places) or 0)


@bug(
    "decimal-parts-as-wholes",
    "小数部分当整数加",
    "Adds what stands behind the points as whole numbers: 3.9 + 2.4 = 5.13",
    HART,
    CORE,
    PLUS,
)
def parts_as_wholes(a: Term, b: Term) -> str | None:
    (whole, part), (other_whole, other_part) = _apart(a), _apart(b)
    return f"{whole + other_whole}.{part + other_part}" if a.places and b.places else None


@bug(
    "decimal-parts-as-wholes-minus",
    "小数部分当整数减",
    "Subtracts what stands behind the points as whole numbers",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def parts_as_wholes_subtracted(a: Term, b: Term) -> str | None:
    (whole, part), (other_whole, other_part) = _apart(a), _apart(b)
    if not (a.places and b.places) or whole < other_whole:
        return None
    return f"{whole - other_whole}.{abs(part - other_part)}"


@bug(
    "decimal-carry-lost",
    "小数进位丢失",
    "The carry is not added to the next column",
    FOLKLORE,
    CORE,
    PLUS,
)
def decimal_carry_lost(a: Term, b: Term) -> str | None:
    places = max(a.places, b.places)
    one, other = (int(term.value * 10**places) for term in (a, b))
    length = max(len(str(one)), len(str(other)))
    pairs = list(zip(str(one).zfill(length), str(other).zfill(length), strict=True))
    sums = [int(x) + int(y) for x, y in pairs]
    return _placed(int(str(sums[0]) + "".join(str(total % 10) for total in sums[1:])), places)


@bug(
    "decimal-smaller-from-larger",
    "小数大数减小数",
    "Takes the smaller digit from the larger in every column",
    FOLKLORE,
    CORE,
    MINUS,
)
def decimal_smaller_from_larger(a: Term, b: Term) -> str | None:
    places = max(a.places, b.places)
    one, other = (int(term.value * 10**places) for term in (a, b))
    length = max(len(str(one)), len(str(other)))
    pairs = zip(str(one).zfill(length), str(other).zfill(length), strict=True)
    return _placed(int("".join(str(abs(int(x) - int(y))) for x, y in pairs)), places)


@bug(
    "decimal-borrow-no-decrement",
    "小数借位不退一",
    "Borrows ten but does not take one from the next column",
    FOLKLORE,
    CORE,
    MINUS,
)
def decimal_borrow_no_decrement(a: Term, b: Term) -> str | None:
    places = max(a.places, b.places)
    one, other = (int(term.value * 10**places) for term in (a, b))
    length = max(len(str(one)), len(str(other)))
    pairs = [
        (int(x), int(y))
        for x, y in zip(str(one).zfill(length), str(other).zfill(length), strict=True)
    ]
    if one < other or pairs[0][0] < pairs[0][1]:
        return None
    return _placed(int("".join(str((x - y) % 10) for x, y in pairs)), places)


@bug(
    "missing-place-copied",
    "缺位照抄减数",
    "Copies the lower digit where nothing stands above it",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def missing_place_copied(a: Term, b: Term) -> str | None:
    if a.places >= b.places:
        return None
    cut = 10 ** (b.places - a.places)
    head, tail = divmod(b.digits, cut)
    return _placed((a.digits - head) * cut + tail, b.places) if a.digits >= head and tail else None


@bug(
    "product-keeps-the-places-of-a-sum",
    "积的小数位数照加法",
    "Puts the point of a product where a sum would have it",
    HIEBERT,
    CORE,
    TIMES,
)
def product_places_of_a_sum(a: Term, b: Term) -> str | None:
    return _placed(a.digits * b.digits, max(a.places, b.places)) if a.places and b.places else None


@bug(
    "point-forgotten",
    "漏点小数点",
    "Works as with whole numbers and forgets the point",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def point_forgotten(a: Term, b: Term) -> str:
    return str(a.digits * b.digits)


@bug(
    "point-one-place-off",
    "小数点点错一位",
    "The point of the product stands one place off",
    FOLKLORE,
    CORE,
    TIMES,
)
def point_one_place_off(a: Term, b: Term) -> Answer:
    places = a.places + b.places
    return _placed(a.digits * b.digits, places + 1), _placed(a.digits * b.digits, places - 1)


@bug(
    "point-of-quotient-off",
    "商的小数点点错",
    "The point of the quotient stands one place off",
    FOLKLORE,
    OFTEN,
    OVER,
)
def point_of_quotient_off(a: Term, b: Term) -> Answer:
    value = a.value / b.value
    return decimal_text(value / 10), decimal_text(value * 10)


@bug(
    "quotient-points-ignored",
    "除法不移小数点",
    "Divides as if neither number had a point",
    FOLKLORE,
    OFTEN,
    OVER,
)
def quotient_points_ignored(a: Term, b: Term) -> str | None:
    return decimal_text(Fraction(a.digits, b.digits)) if a.places != b.places else None


@bug(
    "appends-zero",
    "乘十只添0",
    "Times ten: writes a zero at the end, also behind a point",
    HART,
    CORE,
    TIMES,
)
def appends_zero(a: Term, b: Term) -> str | None:
    return decimal_text(a.value) if a.places and b.value in (10, 100, 1000) else None


@bug(
    "both-sides-of-the-point-multiplied",
    "小数点两边分别乘",
    "Multiplies what stands before and behind the point each for itself",
    HART,
    OFTEN,
    TIMES,
)
def both_sides_multiplied(a: Term, b: Term) -> str | None:
    term, factor = (a, b) if a.places else (b, a)
    if factor.places:
        return None
    whole, part = _apart(term)
    return f"{whole * int(factor.value)}.{part * int(factor.value)}"


@bug(
    "decimals-added-for-minus", "小数减法当加法", "Adds where it says minus", ROBERTS, SELDOM, MINUS
)
def decimals_added_for_minus(a: Term, b: Term) -> str | None:
    return decimal_text(a.value + b.value)


@bug(
    "decimals-added-for-times", "小数乘法当加法", "Adds where it says times", ROBERTS, SELDOM, TIMES
)
def decimals_added_for_times(a: Term, b: Term) -> str | None:
    return decimal_text(a.value + b.value)

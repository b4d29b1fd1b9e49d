"""Subtracting whole numbers: what is done in a column, borrowing aside."""

from collections.abc import Callable

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import wholes
from yunke.craft.marking.causes.columns import beneath, joined, low
from yunke.craft.marking.causes.sources import BUGGY, FOLKLORE, MIND_BUGS, ROBERTS, YOUNG

MINUS = wholes("-")


def _each(a: int, b: int, column: Callable[[int, int], int]) -> int:
    """Column by column without borrowing."""
    return joined(column(top, bottom or 0) for top, bottom in beneath(a, b))


def _borrowing(a: int, b: int, odd: Callable[[int, int], int | None]) -> int:
    """The right procedure, but ``odd`` (on the digits as printed) may settle a column alone."""
    lent, written = 0, list[int]()
    for top, bottom in beneath(a, b):
        own = None if bottom is None else odd(top, bottom)
        if own is not None:
            written.append(own)
            lent = 0
            continue
        left = top - lent - (bottom or 0)
        lent = 1 if left < 0 else 0
        written.append(left % 10)
    return joined(written)


@bug(
    "smaller-from-larger",
    "大数减小数",
    "Takes the smaller digit from the larger, whichever is on top",
    BUGGY,
    CORE,
    MINUS,
)
def smaller_from_larger(a: int, b: int) -> int:
    return _each(a, b, lambda top, bottom: abs(top - bottom))


@bug(
    "zero-instead-of-borrow",
    "不够减写零",
    "Writes 0 where the digit above is too small",
    BUGGY,
    OFTEN,
    MINUS,
)
def zero_instead_of_borrow(a: int, b: int) -> int:
    return _each(a, b, lambda top, bottom: max(top - bottom, 0))


@bug(
    "top-instead-of-borrow",
    "不够减抄被减数",
    "Copies the digit above where it is too small",
    FOLKLORE,
    SELDOM,
    MINUS,
)
def top_instead_of_borrow(a: int, b: int) -> int:
    return _each(a, b, lambda top, bottom: top - bottom if top >= bottom else top)


@bug(
    "bottom-instead-of-borrow",
    "不够减抄减数",
    "Copies the digit below where the one above is too small",
    FOLKLORE,
    SELDOM,
    MINUS,
)
def bottom_instead_of_borrow(a: int, b: int) -> int:
    return _each(a, b, lambda top, bottom: top - bottom if top >= bottom else bottom)


@bug("zero-minus-n-is-n", "0减n得n", "0 - n = n", BUGGY, OFTEN, MINUS)
def zero_minus_n_is_n(a: int, b: int) -> int:
    return _borrowing(a, b, lambda top, bottom: bottom if not top and bottom else None)


@bug("zero-minus-n-is-zero", "0减n得0", "0 - n = 0", YOUNG, OFTEN, MINUS)
def zero_minus_n_is_zero(a: int, b: int) -> int:
    return _borrowing(a, b, lambda top, bottom: 0 if not top and bottom else None)


@bug("n-minus-zero-is-zero", "n减0得0", "n - 0 = 0", YOUNG, SELDOM, MINUS)
def n_minus_zero_is_zero(a: int, b: int) -> int:
    return _borrowing(a, b, lambda top, bottom: 0 if not bottom and top else None)


@bug("n-minus-n-is-n", "n减n得n", "n - n = n", BUGGY, SELDOM, MINUS)
def n_minus_n_is_n(a: int, b: int) -> int:
    return _borrowing(a, b, lambda top, bottom: top if top == bottom and top else None)


@bug(
    "quits-when-bottom-blank",
    "下面没数就停",
    "Stops where nothing stands below",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def quits_when_bottom_blank(a: int, b: int) -> int | None:
    length = len(str(b))
    return None if length == len(str(a)) else (a - b) % 10**length


@bug(
    "stutter-subtract",
    "用首位反复减",
    "Subtracts the leftmost digit below again in each blank column",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def stutter_subtract(a: int, b: int) -> int | None:
    blanks = len(str(a)) - len(str(b))
    longer = int(str(b)[0] * blanks + str(b)) if blanks else 0
    return a - longer if blanks and longer <= a else None


@bug(
    "one-less-over-blank",
    "空位也减一",
    "Takes one from every column with nothing below",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def one_less_over_blank(a: int, b: int) -> int | None:
    blanks = range(len(str(b)), len(str(a)))
    left = a - b - sum(10**place for place in blanks)
    return left if blanks and left > 0 else None


@bug(
    "subtraction-aligned-left",
    "左端对齐相减",
    "Writes the numbers flush left before subtracting",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def subtraction_aligned_left(a: int, b: int) -> int | None:
    shifted = b * 10 ** (len(str(a)) - len(str(b)))
    if shifted == b:
        return None
    return _each(a, shifted, lambda top, bottom: abs(top - bottom)) if shifted > a else a - shifted


@bug(
    "short-number-taken-everywhere",
    "一位数从每一位减",
    "Takes a one-digit number from every column",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def short_number_taken_everywhere(a: int, b: int) -> int | None:
    if a < 10 or not 0 < b < 10:
        return None
    return joined(abs(digit - b) for digit in low(a))


@bug("adds-for-minus", "把减看成加", "Adds where it says minus", ROBERTS, OFTEN, MINUS)
def adds_for_minus(a: int, b: int) -> int:
    return a + b

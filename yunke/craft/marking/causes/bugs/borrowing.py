"""Subtracting whole numbers: what happens to the column that is borrowed from.

The names of these bugs are those of the literature; each function says what it leaves above.
"""

from collections.abc import Callable

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import wholes
from yunke.craft.marking.causes.columns import beneath, joined
from yunke.craft.marking.causes.sources import BUGGY, FOLKLORE, MIND_BUGS

MINUS = wholes("-")
# (digits above, digits below or None, place that needs ten) -> may it have ten? Changes the digits.
Lend = Callable[[list[int], list[int | None], int], bool]


def _with(a: int, b: int, lend: Lend) -> Answer:
    columns = beneath(a, b)
    top, bottom = [above for above, _ in columns], [below for _, below in columns]
    written = list[int]()
    for place in range(len(top)):
        below = bottom[place] or 0
        if top[place] < below:
            if not lend(top, bottom, place):
                return None
            top[place] += 10
        written.append(top[place] - below)
    if any(digit < 0 for digit in written):
        return None
    # A column of ten: some write both its digits, some carry it back.
    return joined(written), sum(digit * 10**place for place, digit in enumerate(written))


def _proper(top: list[int], place: int) -> bool:
    """The right way: zeros become nines, the first other digit loses one."""
    for at in range(place + 1, len(top)):
        top[at] -= 1
        if top[at] >= 0:
            return True
        top[at] += 10
    return False


@bug(
    "borrow-no-decrement",
    "借位不退一",
    "Borrows ten but does not take one from the next column",
    BUGGY,
    CORE,
    MINUS,
)
def borrow_no_decrement(a: int, b: int) -> Answer:
    return _with(a, b, lambda top, bottom, place: True)


@bug(
    "borrow-across-zero",
    "隔0借位",
    "Borrowing across a 0: skips it and takes one from the digit beyond",
    BUGGY,
    CORE,
    MINUS,
)
def borrow_across_zero(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        for at in range(place + 1, len(top)):
            if top[at]:
                top[at] -= 1
                return True
        return False

    return _with(a, b, lend)


@bug(
    "borrow-from-zero",
    "从0借位变9不再借",
    "Borrowing from a 0 makes it 9 but goes no further",
    BUGGY,
    CORE,
    MINUS,
)
def borrow_from_zero(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        top[place + 1] = top[place + 1] - 1 if top[place + 1] else 9
        return True

    return _with(a, b, lambda *desk: desk[2] + 1 < len(desk[0]) and lend(*desk))


@bug(
    "stops-borrow-at-zero",
    "遇0停止借位",
    "Takes ten, but where the next digit is 0 takes it from nowhere",
    BUGGY,
    CORE,
    MINUS,
)
def stops_borrow_at_zero(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        if place + 1 < len(top) and top[place + 1]:
            top[place + 1] -= 1
        return True

    return _with(a, b, lend)


@bug(
    "zero-lends-as-ten",
    "0借位后仍当10",
    "Borrowing across a 0 leaves ten there instead of nine",
    MIND_BUGS,
    OFTEN,
    MINUS,
)
def zero_lends_as_ten(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        at = place + 1
        while at < len(top) and not top[at]:
            top[at] = 10
            at += 1
        if at < len(top):
            top[at] -= 1
        return at < len(top)

    return _with(a, b, lend)


@bug(
    "borrows-from-the-left-end",
    "总从最高位借",
    "Every borrow is taken from the leftmost digit",
    MIND_BUGS,
    OFTEN,
    MINUS,
)
def borrows_from_the_left_end(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        top[-1] -= 1
        return top[-1] >= 0

    return _with(a, b, lend)


@bug(
    "borrows-from-below",
    "遇0从减数借",
    "Where the next digit is 0, takes the one from the digit below",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def borrows_from_below(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        if place + 1 >= len(top) or top[place + 1] or not bottom[place + 1]:
            return _proper(top, place)
        bottom[place + 1] = (bottom[place + 1] or 0) - 1
        return True

    return _with(a, b, lend)


@bug(
    "borrows-once-only",
    "只退第一次",
    "Takes one for the first borrow, for later ones nothing",
    MIND_BUGS,
    OFTEN,
    MINUS,
)
def borrows_once_only(a: int, b: int) -> Answer:
    first = [True]

    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        done = _proper(top, place) if first[0] else True
        first[0] = False
        return done

    return _with(a, b, lend)


@bug(
    "no-decrement-over-blank",
    "空位上不退一",
    "Does not take one where nothing stands below",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def no_decrement_over_blank(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        if place + 1 < len(top) and bottom[place + 1] is None:
            return True
        return _proper(top, place)

    return _with(a, b, lend)


@bug(
    "borrow-skips-equal",
    "相同数字跳过借",
    "Borrows past a column whose two digits are the same",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def borrow_skips_equal(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        at = place + 1
        while at < len(top) and top[at] == (bottom[at] or 0):
            at += 1
        return _proper(top, at - 1)

    return _with(a, b, lend)


@bug(
    "one-lends-as-nine",
    "从1借位变9",
    "Borrowing from a 1 leaves nine there",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def one_lends_as_nine(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        if place + 1 < len(top) - 1 and top[place + 1] == 1:
            top[place + 1] = 9
            return True
        return _proper(top, place)

    return _with(a, b, lend)


@bug(
    "borrow-into-one-is-ten",
    "1借来只当10",
    "A 1 that borrows becomes ten instead of eleven",
    MIND_BUGS,
    SELDOM,
    MINUS,
)
def borrow_into_one_is_ten(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        done = _proper(top, place)
        top[place] -= top[place] == 1
        return done

    return _with(a, b, lend)


@bug(
    "takes-one-without-need",
    "够减也退一",
    "Takes one from the next column although nothing was borrowed",
    FOLKLORE,
    SELDOM,
    MINUS,
)
def takes_one_without_need(a: int, b: int) -> Answer:
    needed = 1 if a % 10 < b % 10 else 0
    return None if needed or a < 20 or a - b < 10 else a - b - 10


@bug(
    "decrement-without-ten",
    "退一未加十",
    "Takes one from the next column, then the smaller from the larger",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def decrement_without_ten(a: int, b: int) -> Answer:
    columns = beneath(a, b)
    top, written = [above for above, _ in columns], list[int]()
    for place, (_, below) in enumerate(columns):
        if top[place] < (below or 0) and place + 1 < len(top):
            _proper(top, place)
        written.append(abs(top[place] - (below or 0)))
    return joined(written)


@bug(
    "ten-minus-the-lower",
    "借位后忘加原数",
    "Having borrowed, takes the lower digit from ten and forgets the upper",
    FOLKLORE,
    SELDOM,
    MINUS,
)
def ten_minus_the_lower(a: int, b: int) -> Answer:
    def lend(top: list[int], bottom: list[int | None], place: int) -> bool:
        done = _proper(top, place)
        top[place] = 0
        return done

    return _with(a, b, lend)

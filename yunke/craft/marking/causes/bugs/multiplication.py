"""Multiplying whole numbers."""

from collections.abc import Callable

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import wholes
from yunke.craft.marking.causes.columns import joined, low
from yunke.craft.marking.causes.sources import ASHLOCK, BUSWELL, FOLKLORE, MA, ROBERTS

TIMES = wholes("*")
Row = Callable[[int, int], int]


def _longer_first(a: int, b: int) -> tuple[int, int]:
    return (a, b) if len(str(a)) >= len(str(b)) else (b, a)


def _rows(a: int, b: int, row: Row) -> int:
    """The rows of long multiplication, moved and added rightly."""
    long, short = _longer_first(a, b)
    return sum(row(long, digit) * 10**place for place, digit in enumerate(low(short)))


def _row(number: int, digit: int, fact: Callable[[int, int, int], int], keep: bool = True) -> int:
    """One row: ``fact(digit above, digit, carry)`` gives the column's total."""
    written, carry = list[int](), 0
    digits = low(number)
    for place, above in enumerate(digits):
        total = fact(above, digit, carry)
        last = place == len(digits) - 1
        written.append(total if last else total % 10)
        carry = total // 10 if keep else 0
    return joined(written)


@bug(
    "product-carry-lost",
    "乘法进位丢失",
    "The carry of a multiplication is not added",
    BUSWELL,
    CORE,
    TIMES,
)
def product_carry_lost(a: int, b: int) -> int:
    return _rows(
        a, b, lambda n, d: _row(n, d, lambda above, digit, carry: above * digit, keep=False)
    )


@bug("zero-times-n-is-n", "0乘n得n", "0 × n = n", BUSWELL, CORE, TIMES)
def zero_times_n_is_n(a: int, b: int) -> int | None:
    if "0" not in f"{a}{b}":
        return None

    def fact(above: int, digit: int, carry: int) -> int:
        return (above * digit or max(above, digit)) + carry

    return _rows(a, b, lambda n, d: _row(n, d, fact))


@bug(
    "zero-times-n-is-n-carry-lost",
    "0乘n得n且丢进位",
    "0 × n = n, and the carry onto the zero is lost",
    BUSWELL,
    OFTEN,
    TIMES,
)
def zero_times_n_is_n_carry_lost(a: int, b: int) -> int | None:
    if "0" not in f"{a}{b}":
        return None

    def fact(above: int, digit: int, carry: int) -> int:
        return above * digit + carry if above and digit else max(above, digit)

    return _rows(a, b, lambda n, d: _row(n, d, fact))


@bug(
    "carry-onto-zero-lost",
    "0位上的进位丢失",
    "The carry onto a zero is lost: 0 × n = 0 is written",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def carry_onto_zero_lost(a: int, b: int) -> int | None:
    return _rows(
        a,
        b,
        lambda n, d: _row(n, d, lambda above, digit, carry: above * digit + carry if above else 0),
    )


@bug(
    "carry-added-before-multiplying",
    "先加进位再乘",
    "Adds the carry to the digit before multiplying",
    ASHLOCK,
    OFTEN,
    TIMES,
)
def carry_added_before_multiplying(a: int, b: int) -> int:
    return _rows(a, b, lambda n, d: _row(n, d, lambda above, digit, carry: (above + carry) * digit))


@bug(
    "whole-products-written",
    "逐位积直接写下",
    "Writes each column's whole product side by side",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def whole_products_written(a: int, b: int) -> int:
    return _rows(a, b, lambda n, d: joined(above * d for above in low(n)))


@bug(
    "product-tens-written",
    "积写十位进个位",
    "Writes the tens of a product and carries its units",
    FOLKLORE,
    SELDOM,
    TIMES,
)
def product_tens_written(a: int, b: int) -> int:
    def row(number: int, digit: int) -> int:
        written, carry, digits = list[int](), 0, low(number)
        for place, above in enumerate(digits):
            total = above * digit + carry
            last = place == len(digits) - 1 or total < 10
            written.append(total if last else total // 10)
            carry = 0 if last else total % 10
        return joined(written)

    return _rows(a, b, row)


@bug(
    "carry-used-again",
    "进位重复使用",
    "Adds an old carry again in a column that has none",
    FOLKLORE,
    SELDOM,
    TIMES,
)
def carry_used_again(a: int, b: int) -> int:
    def row(number: int, digit: int) -> int:
        written, carry, digits = list[int](), 0, low(number)
        for place, above in enumerate(digits):
            total = above * digit + carry
            written.append(total if place == len(digits) - 1 else total % 10)
            carry = total // 10 or carry
        return joined(written)

    return _rows(a, b, row)


@bug(
    "second-row-not-moved",
    "第二行不错位",
    "The rows of a long multiplication stand flush, none is moved",
    MA,
    CORE,
    TIMES,
)
def second_row_not_moved(a: int, b: int) -> int | None:
    long, short = _longer_first(a, b)
    return sum(long * digit for digit in low(short)) if short >= 10 else None


@bug(
    "place-value-shifted",
    "数位移错",
    "The product stands one place too far left or right",
    FOLKLORE,
    CORE,
    TIMES,
)
def place_value_shifted(a: int, b: int) -> tuple[int | None, ...] | None:
    product = a * b
    if product < 100:
        return None
    return product * 10, None if product % 10 else product // 10


@bug(
    "digit-by-digit",
    "只对应位相乘",
    "Multiplies units by units and tens by tens only",
    ASHLOCK,
    OFTEN,
    TIMES,
)
def digit_by_digit(a: int, b: int) -> tuple[int, ...] | None:
    if min(a, b) < 10 or len(str(a)) != len(str(b)):
        return None
    products = [one * other for one, other in zip(low(a), low(b), strict=True)]
    carried = sum(product * 10**place for place, product in enumerate(products))
    squared = sum(product * 100**place for place, product in enumerate(products))
    return carried, squared


@bug(
    "units-row-only",
    "只乘了个位",
    "Multiplies by the units of the second number only",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def units_row_only(a: int, b: int) -> int | None:
    long, short = _longer_first(a, b)
    return long * (short % 10) if short >= 10 and short % 10 else None


@bug(
    "inner-zero-dropped",
    "中间的0漏掉",
    "Leaves an inner zero out, or its row without keeping the place: 23 × 105 as 23 × 15",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def inner_zero_dropped(a: int, b: int) -> int | None:
    def short(number: int) -> int:
        kept = str(number).rstrip("0")
        return int(kept.replace("0", "") + "0" * (len(str(number)) - len(kept)) or "0")

    return short(a) * short(b) if (short(a), short(b)) != (a, b) else None


@bug(
    "end-zeros-dropped",
    "末尾的0漏写",
    "Forgets zeros that stood at the end of the numbers",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def end_zeros_dropped(a: int, b: int) -> tuple[int | None, ...] | None:
    zeros = sum(len(str(n)) - len(str(n).rstrip("0")) for n in (a, b) if n)
    if not zeros or not a * b:
        return None
    return a * b // 10**zeros, a * b // 10 if zeros > 1 else None


@bug(
    "other-digits-copied",
    "只乘个位其余照抄",
    "Multiplies the units and copies the other digits",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def other_digits_copied(a: int, b: int) -> tuple[int, ...] | None:
    long, short = _longer_first(a, b)
    if long < 10 or not 1 < short < 10:
        return None
    product = long % 10 * short
    return int(f"{long // 10}{product}"), long // 10 * 10 + product


@bug("adds-for-times", "把乘看成加", "Adds where it says times", ROBERTS, CORE, TIMES)
def adds_for_times(a: int, b: int) -> int:
    return a + b

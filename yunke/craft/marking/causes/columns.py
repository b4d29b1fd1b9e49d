"""Numbers as columns of digits, units first."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest


def low(number: int) -> list[int]:
    """The digits from the units up; [0] of zero."""
    return [int(sign) for sign in reversed(str(abs(number)))]


def joined(digits: Iterable[int]) -> int:
    """A number of columns, units first; a column above nine writes all its digits."""
    return int("".join(str(digit) for digit in reversed(list(digits))) or "0")


def stacked(numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """Columns of several numbers, units first, blanks as zero."""
    return list(zip_longest(*(low(number) for number in numbers), fillvalue=0))


def beneath(a: int, b: int) -> list[tuple[int, int | None]]:
    """Columns of ``a`` over ``b`` (not longer), units first; None where nothing stands below."""
    top, bottom = low(a), low(b)
    return [(above, bottom[at] if at < len(bottom) else None) for at, above in enumerate(top)]

"""Adding whole numbers in columns."""

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import sums, wholes
from yunke.craft.marking.causes.columns import joined, low, stacked
from yunke.craft.marking.causes.sources import ASHLOCK, BUSWELL, COX, FOLKLORE, ROBERTS

Numbers = tuple[int, ...]


@bug(
    "carry-lost", "进位丢失", "Carry lost: the ten is not added to the next column", COX, CORE, sums
)
def carry_lost(numbers: Numbers) -> int:
    columns = [sum(column) for column in stacked(numbers)]
    return joined([*(column % 10 for column in columns[:-1]), columns[-1]])


@bug(
    "carry-lost-everywhere",
    "进位全丢",
    "Every column keeps its last digit only, the highest too",
    COX,
    OFTEN,
    sums,
)
def carry_lost_everywhere(numbers: Numbers) -> int:
    return joined(sum(column) % 10 for column in stacked(numbers))


@bug(
    "whole-sum-written",
    "逐位和直接写下",
    "Writes each column's whole sum side by side",
    ASHLOCK,
    OFTEN,
    sums,
)
def whole_sum_written(numbers: Numbers) -> int:
    return joined(sum(column) for column in stacked(numbers))


@bug(
    "tens-written-units-carried",
    "写十位进个位",
    "Writes the tens of a column and carries its units",
    BUSWELL,
    OFTEN,
    sums,
)
def tens_written_units_carried(numbers: Numbers) -> int:
    written, carry = list[int](), 0
    columns = stacked(numbers)
    for place, column in enumerate(columns):
        total = sum(column) + carry
        last = place == len(columns) - 1
        written.append(total if last or total < 10 else total // 10)
        carry = total % 10 if total >= 10 and not last else 0
    return joined(written)


@bug(
    "adds-left-to-right",
    "从左往右加",
    "Adds from the left and carries to the right",
    ASHLOCK,
    OFTEN,
    sums,
)
def adds_left_to_right(numbers: Numbers) -> int:
    columns, carry, written = stacked(numbers)[::-1], 0, ""
    for place, column in enumerate(columns):
        total = sum(column) + carry
        last = place == len(columns) - 1
        written += str(total if last else total % 10)
        carry = total // 10
    return int(written)


@bug(
    "carry-always",
    "不满十也进一",
    "Carries one although the column is below ten",
    BUSWELL,
    SELDOM,
    sums,
)
def carry_always(numbers: Numbers) -> int | None:
    columns = stacked(numbers)
    if len(columns) < 2:
        return None
    written, carry = list[int](), 0
    for place, column in enumerate(columns):
        total = sum(column) + carry
        last = place == len(columns) - 1
        written.append(total if last else total % 10)
        carry = max(1, total // 10)
    return joined(written)


@bug(
    "carry-kept",
    "进位重复加",
    "Adds the same carry again in every further column",
    BUSWELL,
    SELDOM,
    sums,
)
def carry_kept(numbers: Numbers) -> int:
    written, carry = list[int](), 0
    columns = stacked(numbers)
    for place, column in enumerate(columns):
        total = sum(column) + carry
        last = place == len(columns) - 1
        written.append(total if last else total % 10)
        carry = max(carry, total // 10)
    return joined(written)


@bug(
    "carry-skips-a-column",
    "进位进错数位",
    "Puts the carry one column too far to the left",
    FOLKLORE,
    SELDOM,
    sums,
)
def carry_skips_a_column(numbers: Numbers) -> int | None:
    columns = [*stacked(numbers), (0,), (0,)]
    if len(columns) < 4:
        return None
    carries = [0] * (len(columns) + 2)
    written = list[int]()
    for place, column in enumerate(columns):
        total = sum(column) + carries[place]
        written.append(total % 10)
        carries[place + 2] += total // 10
    return joined(written)


@bug(
    "adds-every-digit",
    "把所有数字相加",
    "Adds up all digits as if they were ones",
    ASHLOCK,
    OFTEN,
    sums,
)
def adds_every_digit(numbers: Numbers) -> int | None:
    if max(numbers) < 10:
        return None
    return sum(digit for number in numbers for digit in low(number))


@bug(
    "short-number-added-everywhere",
    "一位数加到每一位",
    "Adds a one-digit number to every column",
    FOLKLORE,
    OFTEN,
    wholes("+"),
)
def short_number_added_everywhere(a: int, b: int) -> int | None:
    long, short = max(a, b), min(a, b)
    if long < 10 or not 0 < short < 10:
        return None
    return sum((digit + short) * int(10**place) for place, digit in enumerate(low(long)))


@bug(
    "aligned-left",
    "左端对齐相加",
    "Writes the numbers flush left before adding",
    FOLKLORE,
    OFTEN,
    sums,
)
def aligned_left(numbers: Numbers) -> int | None:
    longest = max(len(str(number)) for number in numbers)
    if all(len(str(number)) == longest for number in numbers):
        return None
    return sum(int(str(number).ljust(longest, "0")) for number in numbers)


@bug(
    "plus-zero-is-zero",
    "加零得零",
    "n + 0 = 0: a zero in a column makes the column zero",
    FOLKLORE,
    SELDOM,
    wholes("+"),
)
def plus_zero_is_zero(a: int, b: int) -> int | None:
    columns = stacked((a, b))
    shorter = min(len(str(a)), len(str(b)))
    if not any(0 in column for column in columns[:shorter]):
        return None
    carry, written = 0, list[int]()
    for place, column in enumerate(columns):
        total = 0 if place < shorter and 0 in column else sum(column) + carry
        last = place == len(columns) - 1
        written.append(total if last else total % 10)
        carry = total // 10
    return joined(written)


@bug(
    "subtracts-for-plus", "把加看成减", "Subtracts where it says plus", ROBERTS, OFTEN, wholes("+")
)
def subtracts_for_plus(a: int, b: int) -> int:
    return abs(a - b)


@bug(
    "multiplies-for-plus",
    "把加看成乘",
    "Multiplies where it says plus",
    ROBERTS,
    SELDOM,
    wholes("+"),
)
def multiplies_for_plus(a: int, b: int) -> int:
    return a * b


@bug(
    "joins-the-numbers",
    "把两数连写",
    "Writes the two numbers side by side",
    FOLKLORE,
    SELDOM,
    wholes("+"),
)
def joins_the_numbers(a: int, b: int) -> str:
    return f"{a}{b}"

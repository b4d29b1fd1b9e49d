"""Dividing whole numbers."""

from fractions import Fraction

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import wholes
from yunke.craft.marking.causes.replies import decimal_text
from yunke.craft.marking.causes.sources import ASHLOCK, BUSWELL, FISCHBEIN, FOLKLORE, ROBERTS

OVER = wholes("÷")


@bug("remainder-dropped", "余数丢掉", "Leaves out the remainder", BUSWELL, CORE, OVER)
def remainder_dropped(a: int, b: int) -> int | None:
    return a // b if a % b and a > b else None


@bug(
    "remainder-as-decimal",
    "余数当小数",
    "Writes the remainder behind a point",
    FOLKLORE,
    OFTEN,
    OVER,
)
def remainder_as_decimal(a: int, b: int) -> str | None:
    return f"{a // b}.{a % b}" if a % b else None


@bug(
    "remainder-too-large",
    "余数比除数大",
    "Stops too early: the remainder still holds the divisor",
    BUSWELL,
    OFTEN,
    OVER,
)
def remainder_too_large(a: int, b: int) -> str | None:
    return f"{a // b - 1}……{a % b + b}" if a >= b else None


@bug(
    "quotient-and-remainder-swapped",
    "商和余数写反",
    "Writes quotient and remainder the wrong way round",
    FOLKLORE,
    SELDOM,
    OVER,
)
def quotient_and_remainder_swapped(a: int, b: int) -> str | None:
    return f"{a % b}……{a // b}" if a % b else None


@bug(
    "remainder-shrunk",
    "余数缩小",
    "Strikes zeros from both numbers and does not give them back to the remainder",
    FOLKLORE,
    OFTEN,
    OVER,
)
def remainder_shrunk(a: int, b: int) -> str | None:
    zeros = min(len(str(n)) - len(str(n).rstrip("0")) for n in (a or 1, b))
    rest = a % b // 10**zeros
    return f"{a // b}……{rest}" if zeros and rest else None


@bug("rounded-up", "有余就进一", "Takes one more because something is left", FOLKLORE, SELDOM, OVER)
def rounded_up(a: int, b: int) -> int | None:
    return a // b + 1 if a % b else None


@bug(
    "zero-in-quotient-lost",
    "商中间的0漏写",
    "Leaves out the zero in the quotient",
    BUSWELL,
    CORE,
    OVER,
)
def zero_in_quotient_lost(a: int, b: int) -> str | None:
    quotient, rest = divmod(a, b)
    kept = str(quotient).rstrip("0")
    short = kept.replace("0", "") + "0" * (len(str(quotient)) - len(kept))
    if short == str(quotient) or quotient < 100:
        return None
    return f"{short}……{rest}" if rest else short


@bug(
    "zero-at-end-of-quotient-lost",
    "商末尾的0漏写",
    "Leaves out the zero at the end of the quotient",
    BUSWELL,
    OFTEN,
    OVER,
)
def zero_at_end_of_quotient_lost(a: int, b: int) -> str | None:
    quotient, rest = divmod(a, b)
    if quotient < 10 or quotient % 10:
        return None
    return f"{quotient // 10}……{rest}" if rest else str(quotient // 10)


@bug(
    "larger-by-smaller",
    "大数除以小数",
    "Divides the larger by the smaller, whichever stands first",
    FISCHBEIN,
    CORE,
    OVER,
)
def larger_by_smaller(a: int, b: int) -> str | None:
    if not 0 < a < b:
        return None
    return decimal_text(Fraction(b, a)) or f"{b // a}……{b % a}"


@bug(
    "digits-divided-alone",
    "每位各自除",
    "Divides each digit alone and drops what is left",
    ASHLOCK,
    OFTEN,
    OVER,
)
def digits_divided_alone(a: int, b: int) -> int | None:
    if a < 10 or b > 9:
        return None
    return int("".join(str(int(digit) // b) for digit in str(a))) or None


@bug(
    "quotient-written-from-the-right",
    "商从右往左写",
    "Writes the digits of the quotient from the right",
    ASHLOCK,
    SELDOM,
    OVER,
)
def quotient_written_from_the_right(a: int, b: int) -> str | None:
    quotient, rest = divmod(a, b)
    turned = str(int(str(quotient)[::-1]))
    if quotient < 10:
        return None
    return f"{turned}……{rest}" if rest else turned


@bug(
    "quotient-shifted",
    "商的数位移错",
    "The quotient stands one place too far left",
    FOLKLORE,
    OFTEN,
    OVER,
)
def quotient_shifted(a: int, b: int) -> int | None:
    return a // b * 10 if not a % b and a // b >= 10 else None


@bug("multiplies-for-divide", "把除看成乘", "Multiplies where it says divide", ROBERTS, OFTEN, OVER)
def multiplies_for_divide(a: int, b: int) -> int:
    return a * b


@bug("subtracts-for-divide", "把除看成减", "Subtracts where it says divide", ROBERTS, SELDOM, OVER)
def subtracts_for_divide(a: int, b: int) -> int | None:
    return a - b if a > b else None

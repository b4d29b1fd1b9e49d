"""Well-known bugs and slips written a second time, by hand and without the library.

Each bug takes a random generator and gives (item, wrong answer); None where the item drawn does
not show it. Each slip takes the right answer as text and gives another.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from math import lcm

Drawn = tuple[str, str] | None
Bug = Callable[[random.Random], Drawn]


def _wrong(item: str, right: object, answer: object) -> Drawn:
    return None if str(right) == str(answer) else (item, str(answer))


def smaller_from_larger(rng: random.Random) -> Drawn:
    a, b = sorted((rng.randint(100, 999), rng.randint(10, 999)), reverse=True)
    digits = [str(abs(int(x) - int(y))) for x, y in zip(f"{a:03}", f"{b:03}", strict=True)]
    return _wrong(f"{a}-{b}", a - b, int("".join(digits)))


def borrow_no_decrement(rng: random.Random) -> Drawn:
    a, b = sorted((rng.randint(20, 99), rng.randint(10, 99)), reverse=True)
    if a // 10 <= b // 10:
        return None
    units = (a % 10 - b % 10) % 10
    return _wrong(f"{a}-{b}", a - b, (a // 10 - b // 10) * 10 + units)


def borrow_across_zero(rng: random.Random) -> Drawn:
    """From a0c - b: the hundred gives ten to the units, the zero is passed over."""
    h, u, b = rng.randint(2, 9), rng.randint(0, 8), rng.randint(1, 9)
    if u >= b:
        return None
    return _wrong(f"{h}0{u}-{b}", h * 100 + u - b, (h - 1) * 100 + 10 + u - b)


def stops_borrow_at_zero(rng: random.Random) -> Drawn:
    h, u, b = rng.randint(1, 9), rng.randint(0, 8), rng.randint(1, 9)
    if u >= b:
        return None
    return _wrong(f"{h}0{u}-{b}", h * 100 + u - b, h * 100 + 10 + u - b)


def borrow_from_zero(rng: random.Random) -> Drawn:
    h, u, b = rng.randint(1, 9), rng.randint(0, 8), rng.randint(1, 9)
    if u >= b:
        return None
    return _wrong(f"{h}0{u}-{b}", h * 100 + u - b, h * 100 + 90 + 10 + u - b)


def zero_minus_n(rng: random.Random) -> Drawn:
    h, t, b = rng.randint(1, 9), rng.randint(1, 9), rng.randint(1, 9)
    return _wrong(f"{h}{t}0-{b}", h * 100 + t * 10 - b, h * 100 + t * 10 + b)


def carry_lost(rng: random.Random) -> Drawn:
    a, b = rng.randint(10, 99), rng.randint(10, 99)
    return _wrong(
        f"{a}+{b}",
        a + b,
        (a // 10 + b // 10) * 10 + (a + b) % 10 - (a // 10 * 0)
        if (a % 10 + b % 10 < 10)
        else (a // 10 + b // 10) * 10 + (a % 10 + b % 10) % 10,
    )


def both_digits_written(rng: random.Random) -> Drawn:
    a, b = rng.randint(10, 99), rng.randint(10, 99)
    return _wrong(f"{a}+{b}", a + b, f"{a // 10 + b // 10}{a % 10 + b % 10}")


def product_carry_lost(rng: random.Random) -> Drawn:
    a, b = rng.randint(12, 99), rng.randint(2, 9)
    return _wrong(f"{a}*{b}", a * b, a // 10 * b * 10 + a % 10 * b % 10)


def place_value_shift(rng: random.Random) -> Drawn:
    a, b = rng.randint(101, 999), rng.randint(2, 9)
    return _wrong(f"{a}*{b}", a * b, a * b * 10)


def rows_flush(rng: random.Random) -> Drawn:
    a, b = rng.randint(11, 99), rng.randint(11, 99)
    return _wrong(f"{a}×{b}", a * b, a * (b // 10) + a * (b % 10))


def zero_times_n(rng: random.Random) -> Drawn:
    h, u, b = rng.randint(1, 9), rng.randint(1, 9), rng.randint(2, 9)
    carry = u * b // 10
    tens = b + carry
    total = (h * b + tens // 10) * 100 + tens % 10 * 10 + u * b % 10
    return _wrong(f"{h}0{u}*{b}", (h * 100 + u) * b, total)


def remainder_dropped(rng: random.Random) -> Drawn:
    a, b = rng.randint(10, 99), rng.randint(2, 9)
    return (f"{a}÷{b}", str(a // b)) if a % b else None


def zero_of_quotient_lost(rng: random.Random) -> Drawn:
    q, b = rng.randint(1, 9) * 100 + rng.randint(1, 9), rng.randint(2, 9)
    return _wrong(f"{q * b}÷{b}", q, str(q).replace("0", ""))


def _parts(rng: random.Random) -> tuple[int, int, int, int]:
    b, d = rng.randint(2, 9), rng.randint(2, 9)
    return rng.randint(1, b - 1), b, rng.randint(1, d - 1), d


def _fraction(item: str, right: Fraction, num: int, den: int) -> Drawn:
    if not den or Fraction(num, den) == right:
        return None
    return item, f"{num}/{den}"


def tops_and_bottoms(rng: random.Random) -> Drawn:
    a, b, c, d = _parts(rng)
    return _fraction(f"{a}/{b}+{c}/{d}", Fraction(a, b) + Fraction(c, d), a + c, b + d)


def tops_and_bottoms_reduced(rng: random.Random) -> Drawn:
    a, b, c, d = _parts(rng)
    found = Fraction(a + c, b + d)
    return _fraction(f"{a}/{b}+{c}/{d}", Fraction(a, b) + Fraction(c, d), *found.as_integer_ratio())


def numerators_unchanged(rng: random.Random) -> Drawn:
    a, b, c, d = _parts(rng)
    return _fraction(f"{a}/{b}+{c}/{d}", Fraction(a, b) + Fraction(c, d), a + c, lcm(b, d))


def numerators_unchanged_minus(rng: random.Random) -> Drawn:
    a, b, c, d = _parts(rng)
    if a <= c or Fraction(a, b) <= Fraction(c, d):
        return None
    return _fraction(f"{a}/{b}-{c}/{d}", Fraction(a, b) - Fraction(c, d), a - c, lcm(b, d))


def not_inverted(rng: random.Random) -> Drawn:
    a, b, c, d = _parts(rng)
    return _fraction(f"{a}/{b}÷{c}/{d}", Fraction(a, b) / Fraction(c, d), a * c, b * d)


def whole_times_both(rng: random.Random) -> Drawn:
    a, b, _, _ = _parts(rng)
    n = rng.randint(2, 9)
    return _fraction(f"{n}*{a}/{b}", n * Fraction(a, b), n * a, n * b)


def longer_is_larger(rng: random.Random) -> Drawn:
    short, long = rng.randint(2, 9), rng.randint(10, 99)
    return (f"0.{short} ○ 0.{long}", "<") if short * 10 > long else None


def aligned_right(rng: random.Random) -> Drawn:
    a, b = rng.randint(11, 99), rng.randint(101, 999)
    if a % 10 == 0 or b % 10 == 0:
        return None
    return f"{a / 10}+{b / 100}", f"{(a + b) / 100:.2f}"


def product_with_too_few_places(rng: random.Random) -> Drawn:
    a, b = rng.randint(1, 9), rng.randint(2, 9)
    return f"0.{a}*0.{b}", f"{a * b / 10}"


def metres_as_tenths(rng: random.Random) -> Drawn:
    a, b = rng.randint(1, 9), rng.randint(1, 9) * 100
    return f"{a}km+{b}m", f"{a * 100 + b}m"


def units_not_seen(rng: random.Random) -> Drawn:
    a, b = rng.randint(1, 9), rng.randint(1, 9) * 100
    return f"{a}km+{b}m", f"{a + b}"


def in_reading_order(rng: random.Random) -> Drawn:
    a, b, c = rng.randint(2, 20), rng.randint(2, 9), rng.randint(2, 9)
    return _wrong(f"{a}+{b}*{c}", a + b * c, (a + b) * c)


def brackets_not_seen(rng: random.Random) -> Drawn:
    a, b, c = rng.randint(2, 20), rng.randint(2, 9), rng.randint(2, 9)
    return _wrong(f"({a}+{b})×{c}", (a + b) * c, a + b * c)


def minus_minus(rng: random.Random) -> Drawn:
    a, b = rng.randint(1, 20), rng.randint(1, 20)
    return f"{a}-(-{b})", str(a - b)


def percent_not_seen(rng: random.Random) -> Drawn:
    a, b = rng.randint(1, 19) * 5, rng.randint(2, 40) * 10
    return f"{a}% of {b}", str(a * b)


BUGS: tuple[Bug, ...] = (
    smaller_from_larger, borrow_no_decrement, borrow_across_zero, stops_borrow_at_zero,
    borrow_from_zero, zero_minus_n, carry_lost, both_digits_written, product_carry_lost,
    place_value_shift, rows_flush, zero_times_n, remainder_dropped, zero_of_quotient_lost,
    tops_and_bottoms, tops_and_bottoms_reduced, numerators_unchanged, numerators_unchanged_minus,
    not_inverted, whole_times_both, longer_is_larger, aligned_right, product_with_too_few_places,
    metres_as_tenths, units_not_seen, in_reading_order, brackets_not_seen, minus_minus,
    percent_not_seen,
)  # fmt: skip


def drawn_item(rng: random.Random) -> tuple[str, str]:
    """An item of an ordinary paper and its right answer as text."""
    kind = rng.randrange(6)
    if kind == 0:
        a, b = sorted((rng.randint(10, 999), rng.randint(10, 999)), reverse=True)
        return f"{a}-{b}", str(a - b)
    if kind == 1:
        a, b = rng.randint(10, 999), rng.randint(10, 999)
        return f"{a}+{b}", str(a + b)
    if kind == 2:
        a, b = rng.randint(11, 999), rng.randint(2, 9)
        return f"{a}*{b}", str(a * b)
    if kind == 3:
        q, b = rng.randint(11, 199), rng.randint(2, 9)
        return f"{q * b}÷{b}", str(q)
    if kind == 4:
        a, b, c, d = _parts(rng)
        return f"{a}/{b}+{c}/{d}", str(Fraction(a, b) + Fraction(c, d))
    a, b = rng.randint(11, 99), rng.randint(101, 999)
    return f"{a / 10}+{b / 100}", f"{(a * 10 + b) / 100:.2f}".rstrip("0").rstrip(".")


def digit_slip(right: str, rng: random.Random) -> str:
    at = rng.choice([place for place, sign in enumerate(right) if sign.isdigit()])
    return right[:at] + rng.choice([d for d in "123456789" if d != right[at]]) + right[at + 1 :]


def one_off_slip(right: str, rng: random.Random) -> str:
    step = rng.choice((-1, 1))
    if "/" in right:
        num, den = right.split("/")
        return f"{int(num) + step}/{den}"
    places = len(right.partition(".")[2])
    return (
        str(Fraction(right) + Fraction(step, 10**places))
        if not places
        else (f"{float(right) + step / 10**places:.{places}f}")
    )


def turned_slip(right: str, rng: random.Random) -> str:
    places = [
        p for p in range(len(right) - 1) if right[p : p + 2].isdigit() and right[p] != right[p + 1]
    ]
    if not places:
        return digit_slip(right, rng)
    at = rng.choice(places)
    return right[:at] + right[at + 1] + right[at] + right[at + 2 :]


def near_slip(right: str, rng: random.Random, reach: int = 10) -> str:
    step = rng.choice([n for n in range(-reach, reach + 1) if n])
    if "/" in right:
        num, den = (int(part) for part in right.split("/"))
        return f"{max(num + step % 4 + 1, 1)}/{max(den + rng.randint(-2, 2), 1)}"
    places = len(right.partition(".")[2])
    value = Fraction(right) + Fraction(step, 10**places)
    return f"{float(value):.{places}f}" if places else str(value)


def tenth_slip(right: str, rng: random.Random) -> str:
    size = right.replace(".", "")
    return near_slip(right, rng, max(10, int(size) // 10) if size.isdigit() else 10)


SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "digit": digit_slip,
    "one-off": one_off_slip,
    "turned": turned_slip,
    "near": near_slip,
    "near a tenth": tenth_slip,
}

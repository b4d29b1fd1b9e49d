"""Items of every kind for tests, drawn by a generator that is told its seed."""

import random
from collections.abc import Callable, Iterator

Draw = Callable[[random.Random], str]


def _minus(low: int, high: int) -> Draw:
    def draw(rng: random.Random) -> str:
        a = rng.randint(low, high)
        return f"{a}-{rng.randint(1, a)}"

    return draw


def _of(pattern: str, *ranges: tuple[int, int]) -> Draw:
    def draw(rng: random.Random) -> str:
        return pattern.format(*(rng.randint(*one) for one in ranges))

    return draw


def _fractions(sign: str) -> Draw:
    def draw(rng: random.Random) -> str:
        b, d = rng.randint(2, 12), rng.randint(2, 12)
        a, c = rng.randint(1, b - 1), rng.randint(1, d - 1)
        if sign == "-" and a * d < b * c:
            a, b, c, d = c, d, a, b
        return f"{a}/{b}{sign}{c}/{d}"

    return draw


def _mixed(sign: str) -> Draw:
    def draw(rng: random.Random) -> str:
        b = rng.randint(2, 9)
        c, d = rng.randint(1, b - 1), rng.randint(1, b - 1)
        return f"{rng.randint(4, 9)} {c}/{b}{sign}{rng.randint(1, 3)} {d}/{b}"

    return draw


FAMILIES: dict[str, Draw] = {
    "two digits minus": _minus(11, 99),
    "three digits minus": _minus(101, 999),
    "four digits minus": _minus(1000, 9999),
    "minus from zeros": lambda rng: (
        f"{rng.randint(1, 9)}0{rng.randint(0, 9)}-{rng.randint(11, 99)}"
    ),
    "two digits plus": _of("{}+{}", (10, 99), (10, 99)),
    "three digits plus": _of("{}+{}", (100, 999), (10, 999)),
    "three numbers plus": _of("{}+{}+{}", (10, 99), (10, 99), (10, 99)),
    "times one digit": _of("{}*{}", (11, 99), (2, 9)),
    "three times one": _of("{}*{}", (101, 999), (2, 9)),
    "with inner zero": _of("{}0{}*{}", (1, 9), (1, 9), (2, 9)),
    "two times two": _of("{}*{}", (11, 99), (11, 99)),
    "division with rest": _of("{}÷{}", (10, 99), (3, 9)),
    "longer division": _of("{}÷{}", (100, 999), (3, 12)),
    "fractions plus": _fractions("+"),
    "fractions minus": _fractions("-"),
    "fractions times": _fractions("*"),
    "fractions divided": _fractions("÷"),
    "mixed plus": _mixed("+"),
    "mixed minus": _mixed("-"),
    "mixed times": _mixed("*"),
    "whole and fraction": _of("{}*{}/7", (2, 6), (1, 6)),
    "whole minus fraction": _of("{}-{}/9", (2, 6), (1, 8)),
    "decimals plus": _of("{}.{}+{}.{}", (0, 9), (1, 9), (0, 9), (11, 99)),
    "decimals minus": _of("{}.{}-{}.{}", (5, 9), (1, 9), (0, 4), (11, 99)),
    "decimals times": _of("{}.{}*0.{}", (0, 9), (1, 9), (1, 9)),
    "decimals times ten": _of("{}.{}*10", (1, 9), (1, 9)),
    "order": _of("{}+{}*{}", (2, 20), (2, 9), (2, 9)),
    "order minus": _of("{}-{}+{}", (30, 90), (2, 15), (2, 15)),
    "brackets": _of("({}+{})*{}", (2, 20), (2, 9), (2, 9)),
    "bracket after minus": _of("{}-({}-{})", (20, 40), (9, 15), (2, 8)),
    "negative plus": _of("-{}+{}", (1, 20), (1, 20)),
    "negative minus": _of("-{}-{}", (1, 20), (1, 20)),
    "minus a negative": _of("{}-(-{})", (1, 20), (1, 20)),
    "negative times": _of("-{}*-{}", (2, 9), (2, 9)),
    "percent": _of("{}5% of {}0", (1, 9), (2, 40)),
    "kilometres": _of("{}km+{}00m", (1, 9), (1, 9)),
    "metres": _of("{}m-{}cm", (2, 9), (1, 99)),
    "time": _of("{}h{}min-{}h{}min", (4, 9), (1, 30), (1, 3), (31, 59)),
    "conversion": _of("{}.{}km=?m", (1, 9), (1, 9)),
    "power": _of("{}^2", (3, 12)),
}


def drawn_items(rng: random.Random, each: int) -> Iterator[str]:
    """``each`` items of every family."""
    for draw in FAMILIES.values():
        for _ in range(each):
            yield draw(rng)

"""How far a paper agrees with itself.

alpha = k/(k-1) · (1 - Σ variance of item / variance of sum)  (Cronbach 1951; KR-20 for right/wrong)
Its interval is Feldt's (1965, 1987): (1 - alpha)·F is exact for two-way random effects without
interaction, with n-1 and (n-1)(k-1) degrees of freedom.
"""

from collections.abc import Sequence
from math import sqrt

from scipy.special import fdtri

Numbers = Sequence[float]


def variance(values: Numbers) -> float:
    """Of a sample (n - 1); 0 for one value."""
    if len(values) < 2:
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def alpha_from(items: int, item_variances: float, total_variance: float) -> float | None:
    """From the sum of the items' variances and the variance of the sum; None where it is none."""
    if items < 2 or total_variance <= 0:
        return None
    return items / (items - 1) * (1 - item_variances / total_variance)


def alpha_of(rows: Sequence[Numbers]) -> float | None:
    """Rows of pupils, each with the points of every item."""
    if len(rows) < 2:
        return None
    items = len(rows[0])
    each = sum(variance([row[n] for row in rows]) for n in range(items))
    return alpha_from(items, each, variance([sum(row) for row in rows]))


def alpha_interval(
    alpha: float, *, pupils: int, items: int, sure: float = 0.95
) -> tuple[float, float]:
    """(low, high) by Feldt."""
    one, two = pupils - 1, (pupils - 1) * (items - 1)
    side = (1 - sure) / 2
    low = 1 - (1 - alpha) * float(fdtri(one, two, 1 - side))
    high = 1 - (1 - alpha) * float(fdtri(one, two, side))
    return low, high


def correlation(one: Numbers, two: Numbers) -> float | None:
    """Pearson's; None where either does not vary."""
    size = len(one)
    if size < 2:
        return None
    mean_one, mean_two = sum(one) / size, sum(two) / size
    both = sum((a - mean_one) * (b - mean_two) for a, b in zip(one, two, strict=True))
    spread = sqrt(sum((a - mean_one) ** 2 for a in one) * sum((b - mean_two) ** 2 for b in two))
    return both / spread if spread > 1e-12 else None

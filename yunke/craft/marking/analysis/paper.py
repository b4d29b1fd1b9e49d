"""A paper and its items, from what a class wrote."""

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt

from yunke.craft.marking.analysis.reliability import (
    alpha_interval,
    alpha_of,
    correlation,
    variance,
)
from yunke.craft.marking.analysis.values import (
    Flag,
    ItemAsked,
    ItemShown,
    OptionShown,
    PaperShown,
    PointShown,
    Reliability,
    Row,
)

# Fewer pupils say nothing about how an item tells them apart, nor about the paper as a whole.
FEWEST = 10
SIDE = 0.27  # Kelley 1939: the groups that tell most
HARD, EASY, FLAT = 0.3, 0.9, 0.2
TENTHS = 10


def paper_shown(items: Sequence[ItemAsked], rows: Sequence[Row]) -> PaperShown:
    """The whole analysis. Linear in pupils × items; a class of 50 with 40 items: some 10 ms."""
    totals = [sum(row.scores) for row in rows]
    out_of = sum(item.worth for item in items)
    shown = tuple(_item(n, item, rows, totals, out_of) for n, item in enumerate(items))
    return PaperShown(
        pupils=len(rows), out_of=out_of,
        mean=sum(totals) / len(totals) if totals else 0.0,
        deviation=sqrt(variance(totals)), spread=_spread(totals, out_of), items=shown,
        points=_points(items, rows), reliability=_reliability(rows, totals, len(items)),
        worst=tuple(
            one.position for one in sorted(shown, key=lambda s: (s.difficulty, s.position))
        ),
    )  # fmt: skip


def _item(
    n: int, item: ItemAsked, rows: Sequence[Row], totals: Sequence[float], out_of: float
) -> ItemShown:
    scores = [row.scores[n] for row in rows]
    shares = [score / item.worth if item.worth else 0.0 for score in scores]
    rest = [total - score for total, score in zip(totals, scores, strict=True)]
    difficulty = sum(shares) / len(shares) if shares else 0.0
    enough = len(rows) >= FEWEST
    tells = correlation(shares, rest) if enough else None
    left = out_of - item.worth
    options = _options(n, item, rows, [r / left if left else 0.0 for r in rest])
    right = sum(share >= 1 for share in shares)
    wrong = sum(share <= 0 for share in shares)
    return ItemShown(
        position=item.position, difficulty=difficulty, discrimination=tells,
        apart=_apart(shares, totals) if enough else None,
        empty=sum(row.empty[n] for row in rows if row.empty) / len(rows) if rows else 0.0,
        right=right, partly=len(shares) - right - wrong, wrong=wrong, options=options,
        flags=_flags(difficulty, tells, options, len(rows)),
    )  # fmt: skip


def _apart(shares: Sequence[float], totals: Sequence[float]) -> float:
    """Upper 27 % less lower 27 %; who is level at the border is taken as it comes."""
    order = sorted(range(len(totals)), key=lambda who: totals[who])
    size = max(round(SIDE * len(order)), 1)
    low, high = order[:size], order[-size:]
    return (sum(shares[w] for w in high) - sum(shares[w] for w in low)) / size


def _options(
    n: int, item: ItemAsked, rows: Sequence[Row], rest: Sequence[float]
) -> tuple[OptionShown, ...]:
    found = []
    for option in item.options:
        who = [w for w, row in enumerate(rows) if row.chosen and option in row.chosen[n]]
        found.append(
            OptionShown(
                option, option in item.right, len(who), len(who) / len(rows) if rows else 0.0,
                sum(rest[w] for w in who) / len(who) if who else None,
            )
        )  # fmt: skip
    return tuple(found)


def _flags(
    difficulty: float, tells: float | None, options: Sequence[OptionShown], pupils: int
) -> tuple[Flag, ...]:
    if not pupils:
        return ()
    found = []
    if difficulty < HARD:
        found.append(Flag.HARD)
    if difficulty >= EASY:
        found.append(Flag.EASY)
    if tells is not None and tells < 0:
        found.append(Flag.AGAINST)
    elif tells is not None and tells < FLAT and difficulty < EASY:
        found.append(Flag.FLAT)
    if pupils >= FEWEST and options:
        found += _lures(options)
    return tuple(found)


def _lures(options: Sequence[OptionShown]) -> list[Flag]:
    found = []
    keys = [o.rest for o in options if o.right and o.rest is not None]
    lures = [o.rest for o in options if not o.right and o.rest is not None and o.count >= 3]
    if keys and lures and max(lures) > max(keys):
        found.append(Flag.LURE)
    if any(not o.right and not o.count for o in options):
        found.append(Flag.UNUSED)
    return found


def _points(items: Sequence[ItemAsked], rows: Sequence[Row]) -> tuple[PointShown, ...]:
    by_point: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        for code in dict.fromkeys(item.points):
            by_point[code].append(n)
    found = []
    for code, places in by_point.items():
        worth = sum(items[n].worth for n in places) * len(rows)
        got = sum(row.scores[n] for row in rows for n in places)
        positions = tuple(items[n].position for n in places)
        found.append(
            PointShown(code, got / worth if worth else 0.0, positions, len(rows) * len(places))
        )  # fmt: skip
    return tuple(sorted(found, key=lambda point: (point.share, point.code)))


def _spread(totals: Sequence[float], out_of: float) -> tuple[int, ...]:
    counts = [0] * TENTHS
    for total in totals:
        share = total / out_of if out_of else 0.0
        counts[min(int(share * TENTHS + 1e-9), TENTHS - 1)] += 1
    return tuple(counts)


def _reliability(rows: Sequence[Row], totals: Sequence[float], items: int) -> Reliability | None:
    if len(rows) < FEWEST or items < 2:
        return None
    alpha = alpha_of([row.scores for row in rows])
    if alpha is None:
        return None
    low, high = alpha_interval(alpha, pupils=len(rows), items=items)
    error = sqrt(variance(totals) * max(1 - alpha, 0.0))
    return Reliability(alpha, low, high, error)

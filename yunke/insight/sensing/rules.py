"""Drawing a heart rate: a line where something was measured, an open band where nothing was."""

from collections.abc import Sequence
from statistics import median

from yunke.insight.sensing.values import Band, Chart, Tick

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 280, 44, 14, 34
STEP = 10
# Minutes between two ticks, the first that gives at most eight of them.
TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 240)


def chart_of(
    points: Sequence[tuple[int, int]], gaps: Sequence[tuple[int, int]], seconds: int
) -> Chart:
    """``points``: (second, beats a minute), at least one."""
    beats = [bpm for _, bpm in points]
    low, high = min(beats) // 20 * 20, -(-max(beats) // 20) * 20
    high = max(high, low + 40)
    across = (WIDTH - LEFT - 8) / max(seconds, 1)
    up = (HEIGHT - TOP - BOTTOM) / (high - low)

    def x(at: float) -> float:
        return round(LEFT + at * across, 1)

    def y(bpm: float) -> float:
        return round(HEIGHT - BOTTOM - (bpm - low) * up, 1)

    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=x(seconds),
        base=HEIGHT - BOTTOM,
        lines=tuple(
            " ".join(f"{x(at)},{y(bpm)}" for at, bpm in part) for part in pieces(points, gaps)
        ),
        bands=tuple(Band(x(a), round(x(b) - x(a), 1)) for a, b in gaps),
        across=tuple(Tick(x(m * 60), str(m)) for m in _minutes(seconds)),
        up=tuple(Tick(y(bpm), str(bpm)) for bpm in range(low, high + 1, 20)),
        low=min(beats),
        middle=round(median(beats)),
        high=max(beats),
        measured=round(100 * (1 - sum(b - a for a, b in gaps) / max(seconds, 1))),
    )


def pieces(
    points: Sequence[tuple[int, int]], gaps: Sequence[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """The points between the gaps; a single one gets a short line of its own."""
    starts = sorted(after for _, after in gaps)
    found: list[list[tuple[int, int]]] = [[]]
    for at, bpm in points:
        if starts and at + STEP > starts[0]:
            while starts and at + STEP > starts[0]:
                starts.pop(0)
            found.append([])
        found[-1].append((at, bpm))
    return [p if len(p) > 1 else [p[0], (p[0][0] + STEP, p[0][1])] for p in found if p]


def _minutes(seconds: int) -> range:
    whole = seconds // 60
    step = next((step for step in TICKS if whole / step <= 8), TICKS[-1])
    return range(0, whole + 1, step)

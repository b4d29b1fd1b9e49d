"""Each bug on items of its own: what it yields, worked out beside the literature's description.

``golden.tsv``: bug, item, what somebody with this bug writes. The first entries are examples that
the sources themselves are known by (503 - 247, 1/2 + 1/3, 2.5 × 10); the rest are further items of
the same shape. ``silent.tsv``: bug, then items of its kind that it leaves alone: somebody who
follows it has them right.
"""

from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent


def _lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _yields() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for bug, item, answer in _lines("golden.tsv"):
        found[bug].append((item, answer))
    return {bug: tuple(rows) for bug, rows in found.items()}


YIELDS = _yields()
SILENT: dict[str, tuple[str, ...]] = {bug: tuple(items) for bug, *items in _lines("silent.tsv")}

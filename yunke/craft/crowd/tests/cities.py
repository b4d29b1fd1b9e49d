"""Made-up cities for the tests: units, who took part, and an attacker with a linear program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np
from scipy.optimize import linprog

from yunke.craft.crowd import Band, Counted, Tree, Unit


@dataclass
class City:
    """``counts``: name → key → the true count."""

    tree: Tree
    leaves: list[str]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def counted(self) -> dict[str, Counted]:
        return {
            name: Counted(of, "" if name == "took" else "took") for name, of in self.counts.items()
        }

    def sizes(self) -> dict[str, int]:
        return {key: unit.size for key, unit in self.tree.units.items()}


def city(seed: int, *, largest: int = 40, share: float = 0.95, hours: bool = False) -> City:
    """Two counties with schools of one to three grades, from one pupil to ``largest`` each."""
    dice = Random(seed)
    leaves = {
        f"city/c{c}/s{s}/g{g}": dice.randint(1, largest)
        for c in range(2)
        for s in range(dice.randint(1, 3))
        for g in range(dice.randint(1, 3))
    }
    sizes = summed(leaves)
    units = [Unit(key, key.rpartition("/")[0], size) for key, size in sizes.items()]
    took = {key: sum(dice.random() < share for _ in range(n)) for key, n in leaves.items()}
    part = {key: sum(dice.random() < 0.7 for _ in range(n)) for key, n in took.items()}
    found = City(Tree(units), list(leaves), {"took": summed(took), "platform": summed(part)})
    if hours:
        early = {key: sum(dice.random() < 0.5 for _ in range(n)) for key, n in took.items()}
        whole = summed(early)
        found.counts["eight"] = {key: n for key, n in whole.items() if key.count("/") < 3}
    return found


def summed(leaves: Mapping[str, int]) -> dict[str, int]:
    """The leaves and everything above them, tops first."""
    found: dict[str, int] = {}
    for key, value in leaves.items():
        parts = key.split("/")
        for depth in range(1, len(parts) + 1):
            above = "/".join(parts[:depth])
            found[above] = found.get(above, 0) + value
    return dict(sorted(found.items(), key=lambda item: item[0].count("/")))


def attacked(
    found: City, bands: Mapping[str, Mapping[str, Band]], name: str, key: str
) -> tuple[float, float]:
    """The least and the most that the count can be: a linear program over all that is known."""
    tree = found.tree
    columns = [(n, k) for n, of in found.counts.items() for k in of]
    index = {column: i for i, column in enumerate(columns)}
    bounds = [tuple(bands[n][k]) if k in bands[n] else (0, tree.units[k].size) for n, k in columns]
    equal, unequal = [], []
    for n, of in found.counts.items():
        for k in of:
            parts = [p for p in tree.parts[k] if p in of]
            if parts:
                equal.append(_row(index, {(n, k): 1, **{(n, p): -1 for p in parts}}))
            if n != "took":
                unequal.append(_row(index, {(n, k): 1, ("took", k): -1}))
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(columns))
        aim[index[name, key]] = sign
        solved = linprog(
            aim, A_eq=np.array(equal), b_eq=np.zeros(len(equal)),
            A_ub=np.array(unequal), b_ub=np.zeros(len(unequal)), bounds=bounds, method="highs",
        )  # fmt: skip
        assert solved.status == 0, solved.message
        ends.append(sign * solved.fun)
    return ends[0], ends[1]


def _row(index: Mapping[tuple[str, str], int], terms: Mapping[tuple[str, str], int]) -> list[int]:
    row = [0] * len(index)
    for column, factor in terms.items():
        row[index[column]] = factor
    return row

"""Learns from marked answers and decides about open ones.

Two heads: by the reference alone, for questions nobody has marked yet, and by the neighbours too,
where a teacher has marked some answers of the same question. What the second learns from is made
with the answer itself held out, so that it never sees its own label.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.short import head, neighbours
from yunke.craft.marking.short.bench import DESIGN, Bench, by_task, design
from yunke.craft.marking.short.closeness import COMPARED, Weights
from yunke.craft.marking.short.head import Floats, Head
from yunke.craft.marking.short.values import Row, Unusable
from yunke.craft.marking.short.words import read

ENOUGH = 8  # marked answers of one question from which neighbours are asked
FOLDS, LEAST = 8, 40
PENALTIES = (0.006, 0.015)  # few questions: strong; many answers of each: weaker


STRANGE, STRANGE_TRUST = 0.3, 0.6  # share of known words below which trust is capped, and where


@dataclass(frozen=True)
class Marker:
    """What was learnt. ``labels`` are in the order of the heads' columns."""

    labels: tuple[str, ...]
    weights: Weights
    rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
    middle: Floats
    spread: Floats
    usual: Floats
    by_reference: Head
    by_neighbours: Head | None


@dataclass(frozen=True)
class Decision:
    """``neighbours``: how many marked answers to the same question were asked."""

    label: str
    confidence: float
    neighbours: int


def learn(rows: Sequence[Row], bench: Bench) -> Marker:
    """A marker from marked rows. Raises Unusable. Cost: some 15 ms a row, most of it reading."""
    labels = tuple(sorted({row.label for row in rows if row.label}))
    rows = [row for row in rows if row.label]
    if len(labels) < 2:
        raise Unusable("nothing to learn from: fewer than two labels among the marked answers")
    given = np.array([labels.index(row.label or "") for row in rows], np.intp)
    bench.lay(rows)
    weights = bench.weights(rows)
    numbers = bench.numbers(rows, weights)
    near = numbers[:, :COMPARED]
    middle, spread = near.mean(axis=0), near.std(axis=0) + 1e-6
    usual = np.bincount(given, minlength=len(labels)) / len(given)
    rarity = _rarity(rows)
    tasks = by_task(rows)
    wholes = bench.wholes(rows)
    made = np.zeros((len(rows), DESIGN))
    for task in tasks:
        made[task] = design(numbers[task], (near[task] - middle) / spread, wholes[task])
    return Marker(
        labels,
        weights,
        rarity,
        middle,
        spread,
        usual,
        head.fit(made, given, _folds_by_task(tasks, len(rows)), len(labels), PENALTIES[0]),
        _learn_neighbours(rows, given, tasks, made, wholes, rarity, usual),
    )


def _rarity(rows: Sequence[Row]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    texts = sorted({row.answer for row in rows})
    return (
        neighbours.rarities(neighbours.characters(texts)),
        neighbours.rarities(neighbours.phrases(texts)),
    )


def _folds_by_task(tasks: Sequence[NDArray[np.intp]], count: int) -> NDArray[np.intp]:
    """Whole questions held out together; single answers where there are too few questions."""
    draw = np.random.default_rng(1)
    if len(tasks) < FOLDS:
        return draw.permutation(count) % FOLDS
    folds = np.zeros(count, np.intp)
    for place, number in enumerate(draw.permutation(len(tasks))):
        folds[tasks[number]] = place % FOLDS
    return folds


def _learn_neighbours(
    rows: Sequence[Row],
    given: NDArray[np.intp],
    tasks: Sequence[NDArray[np.intp]],
    made: Floats,
    wholes: NDArray[np.float32],
    rarity: tuple[NDArray[np.float32], NDArray[np.float32]],
    usual: Floats,
) -> Head | None:
    """The second head, or None where too few questions have enough marked answers."""
    fit_for = [task for task in tasks if len(task) > ENOUGH]
    if sum(map(len, fit_for)) < LEAST:
        return None
    draw = np.random.default_rng(2)
    folds = np.full(len(rows), -1, np.intp)
    told = np.zeros((len(rows), neighbours.width(len(usual))))
    for task in fit_for:
        likeness = neighbours.alike([rows[p].answer for p in task], wholes[task], rarity)
        folds[task] = draw.permutation(len(task)) % FOLDS
        for fold in np.unique(folds[task]):
            out, kept = np.flatnonzero(folds[task] == fold), np.flatnonzero(folds[task] != fold)
            told[task[out]] = neighbours.told(likeness, kept, given[task[kept]], out, usual)
    used = folds >= 0
    both = np.hstack([made[used], told[used]])
    return head.fit(both, given[used], folds[used], len(usual), PENALTIES[1])


def decide(
    marker: Marker, rows: Sequence[Row], bench: Bench, marked: Sequence[Row] = ()
) -> list[Decision]:
    """A decision for each row in order. ``marked``: confirmed rows; those of other questions
    are not looked at. Pure but for what the bench keeps.
    """
    wanted = {row.task for row in rows}
    known = [row for row in marked if row.task in wanted and row.label in marker.labels]
    everything = [*rows, *known]
    bench.lay(everything)
    decisions: list[Decision | None] = [None] * len(everything)
    for task in by_task(everything):
        here = [everything[place] for place in task]
        count = int((task < len(rows)).sum())
        for place, decision in zip(task, _of_task(marker, here, count, bench), strict=False):
            decisions[place] = decision
    return [decision for decision in decisions[: len(rows)] if decision is not None]


def is_strange(answer: str, weights: Weights) -> bool:
    """Whether hardly a word of an answer was ever learnt from: another language, another world.

    Confidence was calibrated on words that were known, so it may not be trusted here.
    """
    words = set(read(answer).content)
    known = sum("=" + word in weights for word in words)
    return bool(words) and known < STRANGE * len(words)


def _of_task(marker: Marker, rows: list[Row], count: int, bench: Bench) -> list[Decision]:
    """The first ``count`` rows are open, the others marked."""
    numbers, wholes = bench.numbers(rows, marker.weights), bench.wholes(rows)
    scaled = (numbers[:, :COMPARED] - marker.middle) / marker.spread
    made, chosen = design(numbers, scaled, wholes)[:count], marker.by_reference
    asked = len(rows) - count
    if marker.by_neighbours and asked >= ENOUGH:
        chosen = marker.by_neighbours
        likeness = neighbours.alike([row.answer for row in rows], wholes, marker.rarity)
        given = np.array([marker.labels.index(row.label or "") for row in rows[count:]], np.intp)
        kept, open_ = np.arange(count, len(rows)), np.arange(count)
        made = np.hstack([made, neighbours.told(likeness, kept, given, open_, marker.usual)])
    else:
        asked = 0
    labels, sure = chosen.choose(chosen.chances(made))
    if not asked:
        strange = np.array([is_strange(row.answer, marker.weights) for row in rows[:count]])
        sure = np.where(strange, np.minimum(sure, STRANGE_TRUST), sure)
    return [
        Decision(marker.labels[label], float(one), asked)
        for label, one in zip(labels, sure, strict=True)
    ]

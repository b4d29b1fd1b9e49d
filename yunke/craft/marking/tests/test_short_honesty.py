"""That a marker does not fool itself: on labels thrown by dice it must know that it knows nothing.

A model that once sees its own label while it sets its confidence would be sure of itself here.
"""

import random

import numpy as np
import pytest

from yunke.craft.marking.short import bench as module
from yunke.craft.marking.short.bench import Bench
from yunke.craft.marking.short.marker import ENOUGH, Marker, decide, learn
from yunke.craft.marking.short.scores import coverage
from yunke.craft.marking.short.values import Row
from yunke.craft.marking.tests.test_short_bench import made_up

WORDS = "sun heat water cold ice stone bird tree wind light bulb wire rock seed leaf air".split()  # noqa: SIM905
LABELS = ("correct", "contradictory", "incorrect")


def diced(questions: int, each: int, seed: int) -> list[Row]:
    """Answers of random words with random labels, half of them correct."""
    dice = random.Random(seed)
    return [
        Row(f"Question {number}?", "The sun heats the water.",
            " ".join(dice.choices(WORDS, k=dice.randint(2, 6))) + f" {dice.randint(0, 99)}",
            dice.choices(LABELS, (5, 2, 3))[0])
        for number in range(questions)
        for _ in range(each)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def learnt() -> tuple[Marker, Bench, list[Row]]:
    patch = pytest.MonkeyPatch()
    patch.setattr(module, "senses", made_up)
    bench, rows = Bench(), diced(12, 20, 1)
    bench.lay(rows)
    marker = learn(rows, bench)
    test = diced(12, 10, 2)
    bench.lay(test)
    patch.undo()
    return marker, bench, [*rows, *test]


@pytest.mark.parametrize("marked", [False, True], ids=["by reference", "by neighbours"])
def test_dice_cannot_be_foretold_and_the_marker_says_so(
    learnt: tuple[Marker, Bench, list[Row]], marked: bool
) -> None:
    marker, bench, rows = learnt
    known, test = rows[:240], rows[240:]
    found = decide(marker, test, bench, known if marked else ())
    assert all((one.neighbours >= ENOUGH) == marked for one in found)
    right = [one.label == row.label for one, row in zip(found, test, strict=True)]
    sure = [one.confidence for one in found]
    assert np.mean(right) < 0.65
    assert abs(np.mean(sure) - np.mean(right)) < 0.15
    assert max(sure) < 0.85
    assert coverage(right, sure) < 0.35


def test_nobodys_own_label_reaches_what_the_neighbours_head_learnt_from(
    learnt: tuple[Marker, Bench, list[Row]],
) -> None:
    """Asked about answers it learnt from, but without them among the marked, it is at a loss."""
    marker, bench, rows = learnt
    known = rows[:240]
    hits = []
    for task in range(12):
        here = known[task * 20 : task * 20 + 20]
        for place in range(0, 20, 5):
            others = here[:place] + here[place + 1 :]
            found = decide(marker, [here[place]], bench, others)[0]
            hits.append(found.label == here[place].label)
    assert np.mean(hits) < 0.75


def test_the_same_answer_marked_already_is_followed(
    learnt: tuple[Marker, Bench, list[Row]],
) -> None:
    marker, bench, rows = learnt
    known = rows[:20]
    alike = [known[0]] * 12 + known[1:]
    found = decide(marker, [known[0]], bench, alike)[0]
    before = decide(marker, [known[0]], bench, known[1:])[0]
    assert found.label == known[0].label or found.confidence < before.confidence + 0.2


def test_learning_twice_gives_the_same(learnt: tuple[Marker, Bench, list[Row]]) -> None:
    marker, bench, rows = learnt
    again = learn(rows[:240], bench)
    one, other = (decide(m, rows[240:260], bench) for m in (marker, again))
    assert one == other

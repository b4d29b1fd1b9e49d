"""The figures of CARD.md: ``python -m yunke.craft.recall.tests.figures [SEED [ROWS]]``.

For every made-up world and split: the area under the curve of hardness alone, of Bayesian
knowledge tracing, of the rating alone, of the whole method with its interval over pupils, and of
the truth; then the speeds, in seconds of one processor.
"""

import sys
import time

import numpy as np

from yunke.craft.recall.bkt import fit_bkt, predict_bkt
from yunke.craft.recall.rating import shares_of
from yunke.craft.recall.scores import auc, auc_interval, log_loss
from yunke.craft.recall.tests.families import FAMILIES, ROWS, SPLITS, parted, world
from yunke.craft.recall.tests.made_up import traced
from yunke.craft.recall.tracing import Tracer, fit, foretold, joined
from yunke.craft.recall.values import Answers, Floats


def figures(family: str, split: str, seed: int, rows: int) -> str:
    """One line of the card."""
    answers, truth = world(family, seed, rows)
    test = parted(answers, split)
    train, asked = answers.take(~test), answers.take(test)
    items, points = int(answers.item.max()) + 1, int(answers.points.max()) + 1
    began = time.process_time()
    tracer = fit(train, items, points)
    fitted = time.process_time()
    found = foretold(tracer, train, asked)
    took = time.process_time() - fitted
    plain = foretold(Tracer(tracer.known, None, items, points), train, asked)
    hard = -tracer.known.hardness(asked, shares_of(asked.points))
    low, high = auc_interval(asked.right, found, asked.pupil)
    scores = [auc(asked.right, one) for one in (hard, _bkt(train, asked, points), plain, found)]
    return (
        f"| {family} | {split} | "
        + " | ".join(f"{score:.3f}" for score in scores)
        + f" ({low:.3f}–{high:.3f}) | {auc(asked.right, truth[test]):.3f} "
        + f"| {log_loss(asked.right, found):.3f} | {fitted - began:.1f} s for {len(train):,} "
        + f"| {len(asked) / took:,.0f} |"
    )


def _bkt(train: Answers, asked: Answers, points: int) -> Floats:
    """Fitted on the train rows; goes through a pupil's train rows before the test rows."""
    model = fit_bkt(train, points)
    history = train.take(np.isin(train.pupil, asked.pupil))
    return predict_bkt(model, joined(history, asked))[len(history) :]


def bkt_speed() -> str:
    """A million answers whose truth is known: 5,000 pupils, 20 points, 10 tries each."""
    answers = traced(5_000, 10, 20)
    began = time.process_time()
    model = fit_bkt(answers, 20)
    took = time.process_time() - began
    means = [
        f"{values.mean():.3f}" for values in (model.prior, model.learn, model.guess, model.slip)
    ]
    return f"bkt: {len(answers):,} answers in {took:.1f} s, {model.rounds} rounds, " + ", ".join(
        means
    )


def main(words: list[str]) -> None:
    seed, rows = (int(words[0]) if words else 0), (int(words[1]) if len(words) > 1 else ROWS)
    for family in FAMILIES:
        for split in SPLITS:
            print(figures(family, split, seed, rows), flush=True)
    print(bkt_speed())


if __name__ == "__main__":
    main(sys.argv[1:])

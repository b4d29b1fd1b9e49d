"""How good chances were: area under the ROC curve, log loss, with intervals over pupils."""

import numpy as np

from yunke.craft.recall.values import Floats, Ints


def auc(right: Floats, chance: Floats) -> float | None:
    """The chance that a right answer was thought likelier than a wrong one; ties count half.

    None when all are right or all are wrong.
    """
    many = float(right.sum())
    few = len(right) - many
    if not many or not few:
        return None
    _, number, count = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[number]
    return float((rank[right > 0].sum() - many * (many + 1) / 2) / (many * few))


def log_loss(right: Floats, chance: Floats) -> float | None:
    """Mean surprise in nats; chances are held within 1e-7 of 0 and 1. None of nothing."""
    if not len(right):
        return None
    held = np.clip(chance, 1e-7, 1 - 1e-7)
    return float(-np.mean(np.log(np.where(right > 0, held, 1 - held))))


def auc_interval(
    right: Floats, chance: Floats, pupil: Ints, *, draws: int = 200, seed: int = 0
) -> tuple[float, float]:
    """95 % by drawing pupils, not rows: a pupil's answers belong together (Efron 1979)."""
    chooser = np.random.default_rng(seed)
    order = np.argsort(pupil, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(pupil[order])) + 1)
    found = []
    for _ in range(draws):
        drawn = np.concatenate([rows[at] for at in chooser.integers(0, len(rows), len(rows))])
        one = auc(right[drawn], chance[drawn])
        if one is not None:
            found.append(one)
    low, high = np.quantile(found, [0.025, 0.975]) if found else (np.nan, np.nan)
    return float(low), float(high)

"""What is known about a question and a pupil before the pupil answers it: one row of numbers.

Every number of a row comes from earlier rows only (``Past`` leaves the row itself out, ``rate``
writes before it learns), so a later answer can never change an earlier row. The kinds of evidence
are those of the literature: ratings (Pelánek 2016), successes and failures on a point (PFA,
Pavlik 2009), recency and spacing (DAS3H, Choffin 2019), runs of right answers, repeats of an item.
"""

import numpy as np
from numpy.typing import NDArray

from yunke.craft.recall.difficulty import Difficulty
from yunke.craft.recall.rating import QUICK, SLOW, Pairs, Rated, fade, pairs_of, rate
from yunke.craft.recall.values import Answers, Floats, Ints
from yunke.craft.recall.waves import Past, Waves, in_time, waves

FADES = (0.6, 0.85, 0.97)
EVERY = slice(None)

NAMES = (
    "logit", "logit_quick", "pupil", "pupil_quick", "point", "point_quick", "pupil_doubt",
    "point_doubt", "hardness", "hardness_doubt", "of_points", "item_corrected", "item_count",
    "point_count", "points", "surprise_quick", "surprise_middle", "surprise_slow", "last_right",
    "last_surprise", "last_but_one", "streak", "pause", "answers", "share_right", "point_right",
    "point_wrong", "point_least", "point_last", "point_steps", "point_pause", "item_tries",
    "item_last", "stretch", "stretch_surprise",
)  # fmt: skip


def look(
    answers: Answers,
    known: Difficulty,
    teach: NDArray[np.bool_],
    wanted: NDArray[np.bool_] | slice = EVERY,
) -> Floats:
    """The numbers of the ``wanted`` rows, one column a row: (len(NAMES), n).

    ``teach``: rows whose outcome may correct the hardness of their item for later rows of anybody
    (rows that ``known`` was fitted on would teach twice).
    """
    time = in_time(answers.order)
    past = Past(answers.pupil, time)
    layout = waves(past)
    pairs = pairs_of(answers)
    hardness, doubt, moved = corrected(answers, known, pairs, past, time, teach)
    rated = rate(answers, layout, pairs, hardness, doubt, (SLOW, QUICK))
    surprise = answers.right - rated.chance[0]
    of_points = known.of_points(answers.points, pairs.share)
    columns = [
        *_ratings(rated),
        hardness,
        doubt,
        of_points,
        moved,
        known.item_count[answers.item],
        (known.point_count[answers.points] * pairs.share).sum(1),
        (answers.points >= 0).sum(1).astype(np.float64),
        *_pupil(answers, past, layout, surprise),
        *_points(answers, pairs, past, time),
        *_item(answers, time),
        *_stretch(answers, past, surprise),
    ]
    return np.stack([column[wanted] for column in columns])


def corrected(
    answers: Answers,
    known: Difficulty,
    pairs: Pairs,
    past: Past,
    time: Ints,
    teach: NDArray[np.bool_],
) -> tuple[Floats, Floats, Floats]:
    """Hardness of each row's item after the earlier rows that teach: it, its doubt, its move.

    One Newton step from what was ``known``; what the pupils can do is reckoned roughly, from their
    own earlier answers against the known hardness.
    """
    hardness = known.hardness(answers, pairs.share)
    doubt = known.item_doubt[answers.item]
    chance = 1 / (1 + np.exp(hardness))
    weight = chance * (1 - chance)
    ability = past.total(answers.right - chance) / (past.total(weight) + 1 / SLOW.pupil)
    chance = 1 / (1 + np.exp(hardness - ability))
    weight = np.where(teach, chance * (1 - chance), 0.0)
    on_item = Past(answers.item, time)
    after = 1 / (on_item.total(weight) + 1 / doubt)
    moved = on_item.total(np.where(teach, chance - answers.right, 0.0)) * after
    return hardness + moved, after, moved


def _ratings(rated: Rated) -> list[Floats]:
    chance = np.clip(rated.chance, 1e-6, 1 - 1e-6)
    logit = np.log(chance / (1 - chance))
    return [
        logit[0], logit[1], rated.pupil[0], rated.pupil[1], rated.point[0], rated.point[1],
        rated.pupil_doubt[0], rated.point_doubt[0],
    ]  # fmt: skip


def _pupil(answers: Answers, past: Past, layout: Waves, surprise: Floats) -> list[Floats]:
    last = past.previous(answers.right)
    count = past.count()
    run = Past(past.runs(answers.right != last), in_time(answers.order))
    streak = past.previous((run.count() + 1) * np.where(answers.right > 0, 1.0, -1.0))
    return [
        *fade(layout, surprise, FADES),
        last,
        past.previous(surprise),
        past.previous(surprise, back=2),
        streak,
        answers.order - past.previous(answers.order),
        count,
        (past.total(answers.right) + 2) / (count + 3),
    ]


def _points(answers: Answers, pairs: Pairs, past: Past, time: Ints) -> list[Floats]:
    """Of the row's points, weighed by their share: what the pupil did on them before."""
    row, column = np.nonzero(answers.points >= 0)
    when = np.empty(len(time), dtype=np.int64)
    when[time] = np.arange(len(time))
    flat = Past(pairs.number[row, column], np.argsort(when[row], kind="stable"))
    right = answers.right[row]
    share = pairs.share[row, column]
    tries, won = flat.count(), flat.total(right)
    place = past.count()[row]
    steps, pause = (
        place - flat.previous(place),
        answers.order[row] - flat.previous(answers.order[row]),
    )
    rows = len(answers)
    return [
        _summed(row, won * share, rows),
        _summed(row, (tries - won) * share, rows),
        _nearest(row, tries, rows),
        _summed(row, np.nan_to_num(flat.previous(right), nan=0.5) * share, rows),
        _nearest(row, steps, rows),
        _nearest(row, pause, rows),
    ]


def _summed(row: Ints, values: Floats, rows: int) -> Floats:
    return np.bincount(row, values, rows).astype(np.float64)


def _nearest(row: Ints, values: Floats, rows: int) -> Floats:
    """The least of each row's values, NaN where it has none."""
    found = np.full(rows, np.inf)
    np.fmin.at(found, row, values)
    found[np.isinf(found)] = np.nan
    return found


def _item(answers: Answers, time: Ints) -> list[Floats]:
    width = int(answers.item.max(initial=0)) + 1
    own = Past(answers.pupil * width + answers.item, time)
    return [own.count(), own.previous(answers.right)]


def _stretch(answers: Answers, past: Past, surprise: Floats) -> list[Floats]:
    """A stretch is a run of answers of one pupil on the same points."""
    new = np.zeros(len(answers), dtype=np.bool_)
    for column in answers.points.T.astype(np.float64):
        new |= past.previous(column) != column
    stretch = Past(past.runs(new), in_time(answers.order))
    return [stretch.count(), stretch.total(surprise)]

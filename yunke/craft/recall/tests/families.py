"""Four made-up worlds of some 275,000 answers, each with another truth, for the figures of CARD.md.

``python -m yunke.craft.recall.tests.families FAMILY SPLIT FOLDER [SEED]`` writes train.csv and
test.csv (a fifth of the pupils, or the last fifth of the time) and prints the area under the curve
of the truth itself, which nobody can beat. All worlds have stretches of work on one point that end
after five right answers in a row, sessions, classes that work on the same points, a long tail of
questions with few answers and questions of several points.

- ``rasch``: ability per pupil and point, hardness, guessing, learning by trying, forgetting.
- ``knows``: a point is known or not, guesses and slips by question, pupils learn at different pace.
- ``factors``: several abilities and discriminations, moods that last a while, no forgetting.
- ``steps``: long questions of up to four points that all must go right, seldom met twice.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yunke.craft.recall.scores import auc
from yunke.craft.recall.tests.made_up import csv_of, logistic
from yunke.craft.recall.values import Answers

FAMILIES = ("rasch", "knows", "factors", "steps")
SPLITS = ("pupils", "time")
ROWS = 275_000
QUESTIONS = {"rasch": 16_000, "knows": 16_000, "factors": 16_000, "steps": 60_000}


@dataclass
class World:
    """The truth: questions (``own`` point, up to four ``points``, ``hard``) and pupils."""

    family: str
    dice: np.random.Generator
    pupils: int
    points: int = 110
    questions: int = 0
    of_question: NDArray = field(init=False)

    def __post_init__(self) -> None:
        dice, many = self.dice, self.questions
        self.own = np.sort(dice.choice(self.points, many, p=self._tail(self.points, 0.7)))
        self.begins = np.searchsorted(self.own, np.arange(self.points + 1))
        most = 4 if self.family == "steps" else 3
        wanted = dice.integers(1, most + 1, many) if most == 4 else 1 + dice.binomial(2, 0.15, many)
        others = (self.own[:, None] + dice.permuted(np.tile([1, 2, 3], (many, 1)), axis=1)) % 110
        table = np.concatenate([self.own[:, None], others], axis=1)
        self.of_question = np.where(np.arange(4) < wanted[:, None], table, -1)
        self.hard = dice.normal(0, 0.7, self.points)[self.own] + dice.normal(0, 0.9, many)
        self.guess, self.slip = dice.uniform(0.05, 0.3, many), dice.uniform(0.02, 0.2, many)
        self.sharp = np.exp(dice.normal(0, 0.25, many))
        self.loading = dice.normal(0, 0.7, (many, 4))
        self._pupils()

    def _pupils(self) -> None:
        dice, many = self.dice, self.pupils
        self.class_of = dice.integers(0, max(1, many // 20), many)
        self.able = dice.normal(0, 0.9, many) + dice.normal(0, 0.4, many)[self.class_of]
        self.at_point = dice.normal(0, 0.5, (many, self.points))
        self.pace = np.exp(dice.normal(np.log(0.12), 0.6, many))
        self.factors = dice.normal(0, 0.4, (many, 4))
        start = logistic(self.able[:, None] + dice.normal(0, 1, self.points))
        self.known = dice.random((many, self.points)) < start
        self.tries = np.zeros((many, self.points))
        self.last = np.full((many, self.points), -1e9)
        self.mood = np.zeros(many)

    def _tail(self, many: int, steep: float) -> NDArray:
        weight = self.dice.permutation(1 / np.arange(1, many + 1) ** steep)
        return weight / weight.sum()

    def chance(self, who: NDArray, what: NDArray, now: NDArray) -> NDArray:
        """The truth of each pupil's next answer."""
        points = self.of_question[what]
        there = points >= 0
        share = there / there.sum(1, keepdims=True)
        row = who[:, None]
        practice = np.log1p(self.tries[row, points])
        level = self.able[who] - self.hard[what] + 0.6
        if self.family == "rasch":
            gone = np.log1p(np.maximum(now[:, None] - self.last[row, points], 0) / 2e4).clip(0, 1.5)
            own = (self.at_point[row, points] + 0.25 * practice - 0.12 * gone) * share
            sure = logistic(1.2 * (level + own.sum(1)))
            return self.guess[what] + (1 - self.guess[what] - self.slip[what]) * sure
        if self.family == "knows":
            known = (self.known[row, points] | ~there).all(1)
            odd = 1 - self.slip[what] * np.exp(0.4 * self.hard[what]).clip(0.3, 2.2)
            return np.where(known, odd, (self.guess[what] + 0.1) * np.exp(level / 3).clip(0.3, 2))
        if self.family == "factors":
            self.mood[who] = 0.9 * self.mood[who] + self.dice.normal(0, 0.25, len(who))
            turn = (self.factors[who] * self.loading[what]).sum(1)
            own = self.sharp[what] * (level + turn) + self.mood[who]
            return logistic(own + 0.15 * (practice * share).sum(1))
        each = logistic(1.6 + level[:, None] + self.at_point[row, points] + 0.4 * practice)
        return np.where(there, each, 1.0).prod(1)

    def lived(self, who: NDArray, what: NDArray, now: NDArray) -> None:
        """What trying does to a pupil."""
        for points in self.of_question[what].T:
            there = points >= 0
            pupil, point = who[there], points[there]
            self.tries[pupil, point] += 1
            self.last[pupil, point] = now[there]
            self.known[pupil, point] |= self.dice.random(len(pupil)) < self.pace[pupil]


def world(family: str, seed: int = 0, rows: int = ROWS) -> tuple[Answers, NDArray]:
    """Answers by time, and the truth of each."""
    dice = np.random.default_rng([seed, FAMILIES.index(family)])
    pupils = max(20, rows // 68)
    lengths = np.exp(dice.normal(0, 1.3, pupils))
    lengths = np.clip(lengths / lengths.sum() * rows, 3, 1500).astype(np.int64)
    lengths[::-1].sort()
    now = World(family, dice, pupils, questions=QUESTIONS[family])
    plan = dice.choice(now.points, (pupils, 30), p=now._tail(now.points, 0.5))
    clock, left, streak = dice.uniform(0, 1e6, pupils), np.zeros(pupils), np.zeros(pupils)
    stretch, point = np.zeros(pupils, dtype=np.int64), np.zeros(pupils, dtype=np.int64)
    parts = []
    for length in range(int(lengths[0])):
        who = np.flatnonzero(lengths > length)
        new = who[(left[who] < 1) | (streak[who] >= 5)]
        stretch[new] += 1
        point[new] = plan[now.class_of[new], stretch[new] % 30]
        left[new], streak[new] = dice.geometric(0.12, len(new)) + 2, 0
        clock[new] += np.where(stretch[new] % 3 == 0, dice.exponential(2e4, len(new)), 0)
        clock[who] += dice.exponential(60, len(who))
        begin, end = now.begins[point[who]], now.begins[point[who] + 1]
        reach = dice.random(len(who)) ** (1.0 if family == "steps" else 2.0)
        what = np.minimum(begin + (reach * (end - begin)).astype(np.int64), now.questions - 1)
        truth = np.clip(now.chance(who, what, clock[who]), 0.02, 0.98)
        right = dice.random(len(who)) < truth
        now.lived(who, what, clock[who])
        left[who] -= 1
        streak[who] = np.where(right, streak[who] + 1, 0)
        parts.append((who, what, clock[who].copy(), right, truth))
    who, what, when, right, truth = (np.concatenate(part) for part in zip(*parts, strict=True))
    by = np.argsort(when, kind="stable")
    points = now.of_question[what[by]]
    moments = np.floor(when[by])
    return Answers(who[by], what[by], moments, points, right[by].astype(np.float64)), truth[by]


def parted(answers: Answers, split: str, seed: int = 0) -> NDArray[np.bool_]:
    """Which rows are test rows: those of a fifth of the pupils, or the last fifth."""
    if split == "time":
        return np.arange(len(answers)) >= 0.8 * len(answers)
    pupils = int(answers.pupil.max()) + 1
    return (np.random.default_rng(seed).permutation(pupils) < 0.2 * pupils)[answers.pupil]


def main(words: list[str]) -> None:
    family, split, folder = words[0], words[1], Path(words[2])
    answers, truth = world(family, int(words[3]) if len(words) > 3 else 0)
    test = parted(answers, split)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "train.csv").write_bytes(csv_of(answers.take(~test)))
    (folder / "test.csv").write_bytes(csv_of(answers.take(test)))
    best = auc(answers.right[test], truth[test])
    print(f"{family} {split}: {len(answers)} answers, right {answers.right.mean():.3f}, ", end="")
    print(f"{len(np.unique(answers.item))} questions, {test.sum()} to foretell, truth {best:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])

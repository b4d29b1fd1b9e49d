"""Real answers: Tatsuoka's 536 pupils on 20 fraction subtractions (in ``shared``, never copied).

They were not written down in the order of time; the order of the paper stands in for it.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from yunke.craft.recall.difficulty import fit_difficulty
from yunke.craft.recall.scores import auc
from yunke.craft.recall.tests.made_up import answers_of
from yunke.craft.recall.tracing import fit, foretold
from yunke.craft.recall.values import Answers

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "answers" / "frcsub"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (FOLDER / name).read_text().splitlines()]


@pytest.fixture(scope="module")
def answers() -> Answers:
    points = {
        item["exercise_id"]: [int(one) for one in item["skill_ids"]]
        for item in lines("exercise_info.jsonl")
    }
    rows = []
    for pupil in lines("recordings.jsonl"):
        both = zip(pupil["exercises_logs"], pupil["is_corrects"], strict=True)
        rows += [
            (int(pupil["student_id"]), int(item) - 1, points[item], int(right))
            for item, right in both
        ]
    return answers_of(rows)


def test_all_of_the_paper_is_there(answers) -> None:
    assert len(answers) == 536 * 20
    assert answers.right.mean() == pytest.approx(0.53, abs=0.02)


def test_the_items_many_got_wrong_are_found_hard(answers) -> None:
    found = fit_difficulty(answers, 20, 10)
    wrong = 1 - np.bincount(answers.item, answers.right) / 536
    hard = found.against_middling(answers.points[:20])
    assert answers.item[:20].tolist() == list(range(20))
    assert np.corrcoef(wrong, hard)[0, 1] > 0.6


def test_pupils_never_seen_are_foretold_far_better_than_by_the_item(answers) -> None:
    test = answers.pupil % 5 == 0
    tracer = fit(answers.take(~test), 20, 10)
    right = answers.right[test]
    found = auc(right, foretold(tracer, answers.take(~test), answers.take(test)))
    share = np.bincount(answers.item[~test], answers.right[~test]) / (~test).sum() * 20
    by_item = auc(right, share[answers.item[test]])
    assert found is not None
    assert by_item is not None
    assert found > by_item + 0.1
    assert found > 0.85

"""Real pupils' answers (SciEntsBank), read from where they lie: better than chance and than words.

A small part only, so that it is quick; the figures of the card come from ``measure_short``.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from yunke.craft.marking.short.bench import Bench
from yunke.craft.marking.short.marker import decide, learn
from yunke.craft.marking.short.scores import macro_f1, weighted_f1
from yunke.craft.marking.short.shipped import shipped
from yunke.craft.marking.tests.measure_short import DATA, Given, given, share, split, table

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the answers are not on this machine")


@pytest.fixture(scope="module")
def electricity() -> list[Given]:
    """Eight questions of one module, some 290 answers."""
    rows = [one for one in given() if one.module == "ME"]
    names = sorted({one.question for one in rows})[:8]
    return [one for one in rows if one.question in names]


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def test_the_parts_that_are_kept_apart_share_no_question_and_no_module() -> None:
    parts = split(given())
    names = {part: {one.question for one in rows} for part, rows in parts.items()}
    modules = {part: {one.module for one in rows} for part, rows in parts.items()}
    assert not names["tuned"] & names["questions"]
    assert not modules["tuned"] & modules["modules"]
    assert names["answers"] <= names["tuned"]
    assert {part: len(rows) for part, rows in parts.items()} == {
        "tuned": 2577,
        "answers": 350,
        "questions": 784,
        "modules": 1258,
    }


def test_marked_answers_of_the_same_question_help(electricity: list[Given], bench: Bench) -> None:
    held = [one for one in electricity if share(one.row.answer) % 4 == 0]
    known = [one.row for one in electricity if share(one.row.answer) % 4]
    test = [one.row for one in held]
    marker = learn(known, bench)
    truth = [row.label or "" for row in test]
    alone = [one.label for one in decide(marker, test, bench)]
    helped = [one.label for one in decide(marker, test, bench, known)]
    most = max(set(truth), key=truth.count)
    assert weighted_f1(truth, helped) > weighted_f1(truth, [most] * len(truth)) + 0.15
    assert weighted_f1(truth, helped) >= weighted_f1(truth, alone) - 0.05


def test_the_shipped_marker_is_sure_where_it_is_right(
    electricity: list[Given], bench: Bench
) -> None:
    rows = [one.row for one in electricity[:120]]
    found = decide(shipped(), rows, bench)
    right = [one.label == row.label for one, row in zip(found, rows, strict=True)]
    sure = sorted(zip((one.confidence for one in found), right, strict=True))
    half = len(sure) // 2
    assert sum(r for _, r in sure[half:]) > sum(r for _, r in sure[:half])
    assert macro_f1([row.label or "" for row in rows], [one.label for one in found]) > 0.45


def test_the_command_runs_as_a_stranger_would_run_it(
    electricity: list[Given], tmp_path: Path
) -> None:
    train, test = tmp_path / "train.tsv", tmp_path / "test.tsv"
    table(electricity[::3], train)
    table(electricity[1::12], test)
    ran = subprocess.run(
        [sys.executable, "-m", "yunke.craft.marking.short", "--train", train, "--test", test],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(lines) == len(electricity[1::12]) + 1
    assert lines[-1]["rows"] == lines[-1]["labelled"] == lines[-1]["on_seen_questions"]
    assert set(lines[-1]) >= {"weighted_f1", "coverage_at_0.9_precision"}
    assert "django" not in ran.stderr

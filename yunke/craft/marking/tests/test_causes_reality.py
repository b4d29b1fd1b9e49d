"""Against what real lessons and real pupils left behind; read where it lies, skipped where not."""

import json
import random
import re
from pathlib import Path

import pytest

from yunke.craft.marking.causes import BUGS
from yunke.craft.marking.causes.claims import work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.replies import read_reply

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "answers"
needs_data = pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")

# Tatsuoka's items as printed by de la Torre & Douglas 2004; the skills beside frcsub fit them.
FRACTIONS = (
    "5/3-3/4", "3/4-3/8", "5/6-1/9", "3 1/2-2 3/2",
    "4 3/5-3 4/10", "6/7-4/7", "3-2 1/5", "2/3-2/3",
    "3 7/8-2", "4 4/12-2 7/12", "4 1/3-2 4/3", "11/8-1/8",
    "3 3/8-2 5/6", "3 4/5-3 2/5", "2-1/3", "4 5/7-1 4/7",
    "7 3/5-4/5", "4 1/10-2 8/10", "4-1 4/3", "4 1/3-1 5/3",
)  # fmt: skip
_FORMULA = re.compile(r"\$\$?(.+?)\$?\$")
_COMPUTED = re.compile("计算|口算|竖式|脱式")


def computations(lines: list[str]) -> list[str]:
    """The bare computations of third-grade questions, each once, as they are printed."""
    found: dict[str, None] = {}
    for line in lines:
        text = json.loads(line)["exercise_desc"]
        if not _COMPUTED.search(text):
            continue
        for match in _FORMULA.finditer(text):
            item = match[1].rstrip("= ")
            letters = re.search("[A-Za-z]", re.sub(r"\\[a-z]+", "", item))
            signs = re.search(r"\\times|\\div|[-+]", item) and re.search(r"\d", item)
            if signs and not letters and "=" not in item and "dots" not in item and len(item) > 3:
                found[item] = None
    return list(found)


@needs_data
def test_computations_of_real_textbooks_are_understood() -> None:
    lines = (REAL / "xes3g5m_items" / "exercise_info.jsonl").read_text("utf-8").splitlines()
    items = computations(lines)
    assert len(items) > 500
    understood = [item for item in items if read_item(item)]
    assert len(understood) / len(items) > 0.97


def patterns() -> set[tuple[bool, ...]]:
    """Which of the twenty items somebody with a bug still has right: Tatsuoka's rule space."""
    found = set()
    for bug in BUGS:
        row = []
        for item in FRACTIONS:
            problem, worked = read_item(item), work_out(item)
            assert problem is not None
            assert worked is not None
            replies = [read_reply(answer) for answer in bug.answers(problem)[:1]]
            row.append(all(worked.is_right(reply) for reply in replies if reply))
        if not all(row):
            found.add(tuple(row))
    return found


def near(answers: list[bool], rules: set[tuple[bool, ...]]) -> bool:
    """Does some rule predict all but two of the twenty?"""
    return any(sum(a != b for a, b in zip(answers, rule, strict=True)) <= 2 for rule in rules)


def test_subtraction_bugs_leave_patterns_on_tatsuokas_items() -> None:
    rules = patterns()
    assert len(rules) >= 8
    assert all(any(rule) for rule in rules)


@needs_data
def test_real_pupils_follow_such_patterns_more_often_than_chance() -> None:
    """Only right and wrong are known of 536 pupils; the same answers dealt out anew are chance."""
    rng, rules = random.Random(1), patterns()
    observed = dealt = 0
    for line in (REAL / "frcsub" / "recordings.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        pairs = zip(record["exercises_logs"], record["is_corrects"], strict=True)
        answers = [right == "1" for _, right in sorted(pairs, key=lambda pair: int(pair[0]))]
        if sum(answers) >= 19:
            continue
        observed += near(answers, rules)
        dealt += near(rng.sample(answers, 20), rules)
    assert observed > 1.5 * dealt

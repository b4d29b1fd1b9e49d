"""Two formulas, one meaning? In the child on its leash."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yunke.craft.marking.formulas import Leash, Same, Unread, compare_formulas
from yunke.craft.marking.formulas.values import Statement
from yunke.craft.marking.formulas.worker import answered


@pytest.fixture(scope="module")
def leash() -> Iterator[Leash]:
    """One child for the module: loading sympy takes the longest."""
    child = Leash()
    yield child
    child.close()


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("2(x+1)", "2x+2"),
        ("2x+2", "2+2x"),
        ("(a+b)^2", "a²+2ab+b²"),
        ("a²-b²", "(a+b)(a-b)"),
        ("ab", "ba"),
        ("\\frac{x+1}{2}", "0.5x+0.5"),
        ("x/2", "½x"),
        ("1/2x", "x/2"),
        ("x/y", "xy^-1"),
        ("\\frac{1}{x}+\\frac{1}{y}", "\\frac{x+y}{xy}"),
        ("x", "x^2/x"),
        ("sqrt(8)", "2√2"),
        ("√2/2", "1/√2"),
        ("sin(x)^2+cos(x)^2", "1"),
        ("sin(2x)", "2sin(x)cos(x)"),
        ("ln(x^2)", "2ln|x|"),
        ("lg100", "2"),
        ("50%x", "0.5x"),
        ("πr²", "r^2π"),
        ("|x-1|", "|1-x|"),
        ("y=2x+1", "2x-y+1=0"),
        ("y=2x+1", "2x+1=y"),
        ("x+y=10", "2x+2y=20"),
        ("x>3", "3<x"),
        ("x≥3", "3≤x"),
        ("-x<3", "x>-3"),
        ("x=1或x=2", "x=2,x=1"),
        ("x=5", "5"),
        ("5", "x=5"),
        ("S=ab", "S=ba"),
        ("3.14r²", "3.14r^2"),
    ],
)
def test_the_same_in_another_writing(leash: Leash, key: str, answer: str) -> None:
    assert compare_formulas(key, answer, leash).same is Same.YES


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("2(x+1)", "2x+1"),
        ("(a+b)^2", "a²+b²"),
        ("x", "y"),
        ("x", "X"),
        ("πr²", "3.14r²"),
        ("sqrt(x+y)", "√x+√y"),
        ("y=2x+1", "y=2x-1"),
        ("x>3", "x<3"),
        ("x>3", "x≥3"),
        ("x>3", "-x>-3"),
        ("x=1或x=2", "x=1"),
        ("x=1或x=2", "x=1或x=3"),
        ("x=5", "x>5"),
        ("2x", "x=2"),
        ("x^2", "2x"),
    ],
)
def test_something_else(leash: Leash, key: str, answer: str) -> None:
    assert compare_formulas(key, answer, leash).same is not Same.YES


@pytest.mark.parametrize(
    ("key", "answer", "reason"),
    [
        ("x", "9^(9^(9^9))", "too-large"),
        ("x", "x^100000", "too-large"),
        ("x", "2^(3^50)", "too-large"),
        ("x", "x" * 200_000, "too-long"),
        ("x", "(" * 100 + "x" + ")" * 100, "too-deep"),
        ("x", "x+", "unread"),
        ("x", "?", "unread"),
        ("x", "", "blank"),
        ("√(xy)", "√x√y", "domain"),
        ("|x|", "x", "domain"),
        ("0.5x", "1/2x", "two-readings"),
        ("a+b+c+d+e+f+g", "a+b+c+d+e+f+h", "too-large"),
    ],
)
def test_what_cannot_be_decided_goes_to_a_person(
    leash: Leash, key: str, answer: str, reason: str
) -> None:
    said = compare_formulas(key, answer, leash)
    assert (said.same, said.reason) == (Same.UNSURE, reason)


def test_a_key_that_cannot_be_read_is_the_authors_fault() -> None:
    with pytest.raises(Unread):
        compare_formulas("2(x", "2x")


COEFFICIENTS = st.integers(-9, 9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(a=COEFFICIENTS, b=COEFFICIENTS, c=COEFFICIENTS)
def test_products_and_their_sums_are_the_same_and_one_more_is_not(
    leash: Leash, a: int, b: int, c: int
) -> None:
    product = f"({a}x+({b}))(x+({c}))"
    spread = f"({a})x^2+({a * c + b})x+({b * c})"
    assert compare_formulas(product, spread, leash).same is Same.YES
    assert compare_formulas(product, f"{spread}+1", leash).same is Same.NO


def test_the_same_question_gets_the_same_answer_from_another_child(leash: Leash) -> None:
    pairs = [("√2/2", "1/√2"), ("x", "x+1"), ("√(xy)", "√x√y"), ("x>3", "3<x")]
    first = [compare_formulas(key, answer, leash) for key, answer in pairs]
    other = Leash()
    try:
        assert [compare_formulas(*pair, other) for pair in reversed(pairs)] == first[::-1]
    finally:
        other.close()


TOWER = ["^", ["num", "9"], ["^", ["num", "9"], ["num", "9"]]]


def test_what_never_ends_is_ended_and_the_next_is_answered() -> None:
    """A tower put past the reader: the child dies by its limit, a new one takes the next."""
    child = Leash(seconds=1)
    endless: object = ["sym", "x"]
    for _ in range(14):
        endless = ["^", ["+", endless, ["sym", "y"]], ["num", "60"]]
    try:
        began = time.monotonic()
        said = child.compare((Statement(["sym", "x"]),), (Statement(endless),))  # type: ignore[arg-type]
        assert said.same is Same.UNSURE
        assert time.monotonic() - began < 120
        assert (
            child.compare((Statement(["sym", "x"]),), (Statement(["sym", "x"]),)).same is Same.YES
        )
    finally:
        child.close()


def test_a_child_that_was_killed_is_replaced() -> None:
    child = Leash()
    try:
        x = (Statement(["sym", "x"]),)
        assert child.compare(x, x).same is Same.YES
        assert child._child is not None
        os.kill(child._child.pid, 9)
        child._child.wait()
        assert child.compare(x, x).same is Same.UNSURE
        assert child.compare(x, x).same is Same.YES
    finally:
        child.close()


def test_after_a_fork_the_child_stays_with_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Leash()
    x = (Statement(["sym", "x"]),)
    try:
        assert child.compare(x, x).same is Same.YES
        first = child._child
        assert first is not None
        monkeypatch.setattr(os, "getpid", lambda: -1)
        assert child.compare(x, x).same is Same.YES
        assert child._child is not first
        assert first.poll() is None
    finally:
        child.close()
        first.kill()
        first.communicate()


def test_it_does_not_matter_where_the_school_was_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    child = Leash()
    try:
        assert compare_formulas("x+y", "y+x", child).same is Same.YES
    finally:
        child.close()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[]",
        "[1,2]",
        '[[["",["sym"],null]],[["",["sym","x"],null]]]',
        '[[["",["fn","system",["sym","x"]],null]],[["",["sym","x"],null]]]',
    ],
)
def test_the_child_answers_nonsense_with_unsure(line: str) -> None:
    assert answered(line)[0] == "unsure"


def test_the_child_refuses_towers_itself() -> None:
    line = json.dumps([[["", ["sym", "x"], None]], [["", TOWER, None]]])
    assert answered(line) == ["unsure", "too-large"]

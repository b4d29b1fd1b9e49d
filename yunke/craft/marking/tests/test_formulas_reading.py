"""Formulas into trees, without anything being run."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.formulas import Unread, is_expanded, is_factored, read_formula
from yunke.craft.marking.formulas.tokens import tokens
from yunke.craft.marking.formulas.values import Statement


def tree(text: str, tight: bool = False) -> object:
    (statement,) = read_formula(text, tight)
    return statement.left


X, ONE, TWO = ["sym", "x"], ["num", "1"], ["num", "2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", X),
        ("2x", ["*", TWO, X]),
        ("２ｘ", ["*", TWO, X]),
        ("2*x", ["*", TWO, X]),
        ("2×x", ["*", TWO, X]),
        ("2·x", ["*", TWO, X]),
        ("2\\cdot x", ["*", TWO, X]),
        ("xy", ["*", X, ["sym", "y"]]),
        ("x+1", ["+", X, ONE]),
        ("x-1", ["+", X, ["neg", ONE]]),
        ("-x", ["neg", X]),
        ("+x", X),
        ("x²", ["^", X, TWO]),
        ("x^2", ["^", X, TWO]),
        ("x**2", ["^", X, TWO]),
        ("x^{2}", ["^", X, TWO]),
        ("-x^2", ["neg", ["^", X, TWO]]),
        ("x^-1", ["^", X, ["neg", ONE]]),
        ("2(x+1)", ["*", TWO, ["+", X, ONE]]),
        ("(x+1)(x+2)", ["*", ["+", X, ONE], ["+", X, TWO]]),
        ("\\frac{x+1}{2}", ["/", ["+", X, ONE], TWO]),
        ("\\frac12", ["/", ["num", "12"], ["sym", "x"]]),
        ("√x", ["fn", "sqrt", X]),
        ("\\sqrt{x+1}", ["fn", "sqrt", ["+", X, ONE]]),
        ("sin x", ["fn", "sin", X]),
        ("sin2x", ["fn", "sin", ["*", TWO, X]]),
        ("|x|", ["fn", "abs", X]),
        ("0.5", ["num", "1/2"]),
        (".5", ["num", "1/2"]),
        ("2 1/2", ["num", "5/2"]),
        ("½x", ["*", ["/", ONE, TWO], X]),
        ("1½", ["num", "3/2"]),
        ("50%", ["/", ["num", "50"], ["num", "100"]]),
        ("πx", ["*", ["sym", "pi"], X]),
        ("a_1", ["sym", "a_1"]),
        ("x÷2", ["/", X, TWO]),
        ("[x+1]·2", ["*", ["+", X, ONE], TWO]),
    ],
)
def test_a_formula_is_a_tree(text: str, expected: object) -> None:
    if text == "\\frac12":
        # \frac12 is TeX for a half, but nobody types it for one: it is not read as 12/…
        with pytest.raises(Unread):
            tree(text)
        return
    assert tree(text) == expected


def test_half_of_x_or_one_over_two_x() -> None:
    assert tree("1/2x") == ["*", ["/", ONE, TWO], X]
    assert tree("1/2x", tight=True) == ["/", ONE, ["*", TWO, X]]
    assert tree("1/2*x") == tree("1/2*x", tight=True)


def test_statements_have_two_sides() -> None:
    (found,) = read_formula("y=2x+1")
    assert (found.left, found.relation) == (["sym", "y"], "=")
    assert found.right == ["+", ["*", TWO, X], ONE]
    assert [one.relation for one in read_formula("x≥1")] == [">="]
    assert [one.relation for one in read_formula("x\\leq 1")] == ["<="]


@pytest.mark.parametrize(
    "text", ["x=1或x=2", "x=1,x=2", "x=1，x=2", "x=1；x=2", "x=1 or x=2", "x=1、x=2"]
)
def test_alternatives_come_one_by_one(text: str) -> None:
    assert [one.right for one in read_formula(text)] == [ONE, TWO]


def test_words_in_front_are_passed_over() -> None:
    assert read_formula("答：x=1") == read_formula("x=1")
    assert read_formula("原式=2x") == read_formula("2x")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x+", "(x", "x)", "()", "1//2", "x==1", "x=1=2", "1<x<2", "$", "\\foo", "x@y"),
        *("'x'", "__import__('os').system('id')", "lambda: 1", "1/0.", "x^", "|x", "好", "2?"),
        *("os.system", "x!", "{}", "\\input{/etc/passwd}", "#", "a&b", "~x", '"x"'),
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(Unread):
        read_formula(text)


def test_the_name_of_a_program_is_letters_multiplied() -> None:
    assert tree("eval(x)") == tree("e*v*a*l*(x)")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 200_000, "too-long"),
        ("x+" * 240 + "x", "too-long"),
        ("(" * 60 + "x" + ")" * 60, "too-deep"),
        ("-" * 60 + "x", "too-deep"),
        ("9" * 40, "too-large"),
        ("x=" + "1或x=" * 10 + "2", "too-long"),
        ("", "blank"),
    ],
)
def test_the_long_the_deep_and_the_large_are_refused_with_their_reason(
    text: str, reason: str
) -> None:
    with pytest.raises(Unread) as refused:
        read_formula(text)
    assert str(refused.value) == reason


def read_or_nothing(text: str) -> tuple[Statement, ...]:
    try:
        return read_formula(text)
    except Unread:
        return ()


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_read_or_refused(text: str) -> None:
    found = read_or_nothing(text)
    assert json.loads(json.dumps([one.plain() for one in found])) == [one.plain() for one in found]


@given(st.text(alphabet="0123456789xy+-*/^()=|√π \\{}", max_size=50))
def test_no_jumble_of_signs_does_more_either(text: str) -> None:
    read_or_nothing(text)


def test_tokens_are_signs_of_our_own() -> None:
    assert tokens("2×(x－1)≤5") == ["2", "*", "(", "x", "-", "1", ")", "<=", "5"]
    assert tokens("\\sqrt{2}") == ["sqrt", "(", "2", ")"]


@pytest.mark.parametrize(
    ("text", "expanded", "factored"),
    [
        ("x^2+2x+1", True, False),
        ("(x+1)^2", False, True),
        ("(x+1)(x-1)", False, True),
        ("2(x+1)", False, True),
        ("-(x+1)", False, False),
        ("2x", True, True),
        ("-2x", True, True),
        ("x(x+1)+2", False, False),
        ("x/2+1", True, False),
        ("(x+1)/2", True, True),
    ],
)
def test_shapes(text: str, expanded: bool, factored: bool) -> None:
    assert (is_expanded(tree(text)), is_factored(tree(text))) == (expanded, factored)

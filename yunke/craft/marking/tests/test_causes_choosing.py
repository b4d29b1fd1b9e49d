"""Which items a chooser takes, and what it makes of them."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from yunke.craft.marking.causes import choosing
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.terms import Kind, bare, signs_of, terms_of


def chosen(choose: Callable[..., object], item: str) -> object:
    problem = read_item(item)
    assert problem is not None
    return choose(problem)


@pytest.mark.parametrize(
    ("sign", "item", "expected"),
    [
        ("-", "42-17", (42, 17)),
        ("-", "(42)-(17)", (42, 17)),
        ("-", "17-42", None),
        ("-", "-17-4", None),
        ("-", "4.2-1.7", None),
        ("-", "42-17-3", None),
        ("+", "42+17", (42, 17)),
        ("+", "42-17", None),
        ("*", "305*4", (305, 4)),
        ("÷", "17÷5", (17, 5)),
        ("÷", "17/5", (17, 5)),
        ("÷", "0÷5", (0, 5)),
        ("÷", "17÷0", None),
    ],
)
def test_whole_numbers(sign: str, item: str, expected: object) -> None:
    assert chosen(choosing.wholes(sign), item) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("1+2", ((1, 2),)),
        ("1+2+3", ((1, 2, 3),)),
        ("1+(2+3)", ((1, 2, 3),)),
        ("1+2-3", None),
        ("1.5+2", None),
        ("-1+2", None),
        ("1m+2m", None),
    ],
)
def test_sums(item: str, expected: object) -> None:
    assert chosen(choosing.sums, item) == expected


def test_decimals_have_a_point_on_one_side_at_least() -> None:
    a, b = chosen(choosing.decimals("+"), "4+0.35")
    assert (a.digits, a.places, b.digits, b.places) == (4, 0, 35, 2)
    a, b = chosen(choosing.decimals("+"), "1.50+0.2")
    assert (a.digits, a.places) == (150, 2)
    assert chosen(choosing.decimals("+"), "4+35") is None
    assert chosen(choosing.decimals("-"), "-0.5-0.2") is None
    assert chosen(choosing.decimals("÷"), "0.5÷0") is None


def test_fractions_are_taken_as_they_stand() -> None:
    assert chosen(choosing.fractions("+"), "2/4+1/3") == (2, 4, 1, 3)
    assert chosen(choosing.fractions("+"), "1 2/4+1/3") is None
    assert chosen(choosing.fractions("+"), "2+1/3") is None


def test_a_whole_number_stands_on_either_side_of_a_fraction() -> None:
    assert chosen(choosing.whole_and_fraction("*"), "3*2/5") == (3, 2, 5, True)
    assert chosen(choosing.whole_and_fraction("*"), "2/5*3") == (3, 2, 5, False)
    assert chosen(choosing.whole_and_fraction("*"), "2/5*3/4") is None


def test_mixed_numbers_have_their_parts() -> None:
    a, b = chosen(choosing.mixeds("-"), "3 1/4-1 3/4")
    assert (a.whole, a.num, a.den, a.improper) == (3, 1, 4, 13)
    assert (b.kind, b.value) == (Kind.MIXED, Fraction(7, 4))
    whole, _ = chosen(choosing.mixeds("-"), "3-2 1/5")
    assert (whole.whole, whole.num, whole.den) == (3, 0, 1)
    assert chosen(choosing.mixeds("-"), "3-1/5") is None


@pytest.mark.parametrize(
    ("sign", "item", "expected"),
    [
        ("-", "5-8", (5, 8)),
        ("-", "8-5", None),
        ("-", "-3-5", (-3, 5)),
        ("-", "3-(-5)", (3, -5)),
        ("+", "-3+5", (-3, 5)),
        ("+", "3+5", None),
        ("*", "-3*-4", (-3, -4)),
        ("÷", "-12÷0", None),
        ("-", "-0.5-1", None),
    ],
)
def test_signed_numbers(sign: str, item: str, expected: object) -> None:
    assert chosen(choosing.signed(sign), item) == expected


def test_chains_are_read_from_left_to_right() -> None:
    node, values, signs = chosen(choosing.chains, "2+3*(4-1)")
    assert values == (2, 3, 4, 1)
    assert signs == ("+", "*", "-")
    assert signs_of(node) == signs
    assert len(terms_of(node)) == 4
    assert chosen(choosing.chains, "2+3") is None
    assert chosen(choosing.chains, "1m+2m+3m") is None


@pytest.mark.parametrize(
    ("sign", "item", "expected"),
    [
        ("*", "20% of 50", (20, 50, True)),
        ("*", "50*20%", (20, 50, False)),
        ("+", "50+20%", (20, 50, False)),
        ("*", "20%*50%", None),
        ("*", "20*50", None),
    ],
)
def test_percentages(sign: str, item: str, expected: object) -> None:
    assert chosen(choosing.percents(sign), item) == expected


def test_quantities_share_a_dimension() -> None:
    a, b = chosen(choosing.quantities("+"), "3km+500m")
    assert (a.parts, b.parts) == (((Fraction(3), "km"),), ((Fraction(500), "m"),))
    assert chosen(choosing.quantities("+"), "3km+5kg") is None
    assert chosen(choosing.quantities("+"), "3km+5") is None


def test_a_conversion_knows_its_unit() -> None:
    term, unit, factor = chosen(choosing.conversions, "3.5km=?m")
    assert (term.value, unit, factor) == (3500, "m", 1)
    assert chosen(choosing.conversions, "3km+5m") is None


def test_powers_are_of_whole_numbers() -> None:
    assert chosen(choosing.powers, "5²") == (5, 2)
    assert chosen(choosing.powers, "0.5^2") is None


def test_comparisons_are_of_one_kind() -> None:
    a, b = chosen(choosing.compared(Kind.DECIMAL), "0.45○0.5")
    assert (a.value, b.value) == (Fraction("0.45"), Fraction("0.5"))
    assert chosen(choosing.compared(Kind.DECIMAL), "1/3○1/4") is None
    assert chosen(choosing.compared(Kind.DECIMAL), "0.1+0.2○0.3") is None
    assert chosen(choosing.compared(Kind.DECIMAL), "0.1+0.2") is None


def test_the_value_of_a_number_in_brackets() -> None:
    node = read_item("((5))+1").node
    assert choosing.value_of(bare(node).left) == 5
    assert choosing.value_of(node) is None

"""Items as they are typed, and their right answers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.causes import find_causes
from yunke.craft.marking.causes.reading import LONGEST, read_item
from yunke.craft.marking.causes.terms import Kind, Operation, has_group
from yunke.craft.marking.causes.working import NoAnswer, relation, with_rest, worked


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("42-17", "25"),
        ("42 - 17 =", "25"),
        ("42-17=?", "25"),
        ("42－17＝（　）", "25"),
        ("４２－１７", "25"),
        ("42−17", "25"),
        ("计算：42-17", "25"),
        ("（1）54×3", "162"),
        ("1,220+80", "1300"),
        ("305*4", "1220"),
        ("305×4=", "1220"),
        ("305x4", "1220"),
        ("305 X 4", "1220"),
        ("305乘4", "1220"),
        ("305\\times 4", "1220"),
        ("612÷6", "102"),
        ("612/6", "102"),
        ("612除以6", "102"),
        ("1/2+1/3", "5/6"),
        ("½+⅓", "5/6"),
        ("\\frac{1}{2}+\\frac{1}{3}", "5/6"),
        ("(1/2)+(1/3)", "5/6"),
        ("1/2 ÷ 3/4", "2/3"),
        ("1/2 / 3/4", "2/3"),
        ("3 1/2 - 1 3/4", "7/4"),
        ("3又1/2-1又3/4", "7/4"),
        ("2-1½", "1/2"),
        ("1.5+0.25", "7/4"),
        (".5+.25", "3/4"),
        ("20% of 50", "10"),
        ("50的20%", "10"),
        ("50*20%", "10"),
        ("3/4 of 20", "15"),
        ("2+3*4", "14"),
        ("(2+3)*4", "20"),
        ("[2+3]×4", "20"),
        ("{2+3}×4", "20"),
        ("10-(5-2)", "7"),
        ("12÷3×2", "8"),
        ("-3-5", "-8"),
        ("-3-(-5)", "2"),
        ("3*-4", "-12"),
        ("-(2+3)", "-5"),
        ("(-3)*(-4)", "12"),
        ("5²", "25"),
        ("2^3+1", "9"),
        ("{{55}^{2}}-53\\times 57", "4"),
        ("2^3^2", "64"),
        ("100减37加63", "126"),
    ],
)
def test_an_item_is_understood(item: str, value: str) -> None:
    problem = read_item(item)
    assert problem is not None
    assert worked(problem.node).value == Fraction(value)


@pytest.mark.parametrize(
    ("item", "value", "dimension"),
    [
        ("3km+500m", "3500", "length"),
        ("3千米+500米", "3500", "length"),
        ("2m30cm-45cm", "1.85", "length"),
        ("5h10min-2h40min", "9000", "time"),
        ("5时10分-2时40分", "9000", "time"),
        ("3元5角+8角", "4.3", "money"),
        ("20分+1时", "4800", "time"),
        ("3m²+50dm²", "3.5", "area"),
        ("2 hours 15 minutes - 1 hour 40 minutes", "2100", "time"),
        ("3kg*4", "12000", "mass"),
        ("1/2km+300m", "800", "length"),
    ],
)
def test_quantities_are_worked_out_in_the_base_of_their_dimension(
    item: str, value: str, dimension: str
) -> None:
    problem = read_item(item)
    assert problem is not None
    amount = worked(problem.node)
    assert (amount.value, amount.dimension) == (Fraction(value), dimension)


@pytest.mark.parametrize(
    ("item", "sign"),
    [
        ("0.45 ○ 0.5", "<"),
        ("0.45 vs 0.5", "<"),
        ("0.45 ? 0.5", "<"),
        ("compare 0.45 and 0.5", "<"),
        ("比较0.45和0.5", "<"),
        ("max(0.45, 0.5)", "<"),
        ("1/3 与 1/4", ">"),
        ("0.4 ○ 0.40", "="),
        ("-3 ○ -5", ">"),
        ("3km ○ 3000m", "="),
        ("2*3 ○ 7", "<"),
        ("0.3 < 0.25", ">"),
    ],
)
def test_a_comparison_has_a_relation(item: str, sign: str) -> None:
    problem = read_item(item)
    assert problem is not None
    assert relation(problem) == sign


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("3.5km=?m", "3500"),
        ("3.5km=?m", "3500m"),
        ("3.5km=( )m", "3500"),
        ("3.5千米＝（　）米", "3500"),
        ("3.5 km in m", "3500"),
        ("2时30分=?分", "150"),
        ("5元2角=?角", "52"),
        ("2m²=?dm²", "200"),
        ("400m=?km", "0.4"),
    ],
)
def test_a_conversion_is_asked_in_many_ways(item: str, answer: str) -> None:
    assert find_causes(item, answer).correct is True


@pytest.mark.parametrize(
    ("item", "answers"),
    [
        (
            "17÷5",
            [
                "3……2",
                "3...2",
                "3…2",
                "3余2",
                "3 r 2",
                "3R2",
                "3 remainder 2",
                "3.4",
                "17/5",
                "3 2/5",
            ],
        ),
        ("1/2+1/3", ["5/6", "10/12", "５／６", "六分之五"]),
        ("3/4+1/2", ["5/4", "1 1/4", "1又1/4", "1.25"]),
        ("3km+500m", ["3500m", "3.5km", "3500", "3.5", "3km500m", "3千米500米"]),
        ("50*20%", ["10", "10.0", "十"]),
        ("0.45 vs 0.5", ["<", "＜", "0.5", "小于"]),
        ("12+8", ["20", "２０", "二十", "20.", " 20 ", "=20", "20个"]),
    ],
)
def test_right_is_right_however_it_is_written(item: str, answers: list[str]) -> None:
    assert [find_causes(item, answer).correct for answer in answers] == [True] * len(answers)


@pytest.mark.parametrize(
    "item",
    ["", "  ", "小明有3个苹果", "2+", "+", "()", "(2+3", "2+3)", "x+1", "1//2", "2**", "a", "=",
     "3 4", "2km+3", "3km+2h", "5÷0", "1/0+1", "2^99", "2^-1", "0.5.5", "9" * 300, "((((", "√4"],
)  # fmt: skip
def test_what_is_not_an_item_goes_to_a_person(item: str) -> None:
    found = find_causes(item, "1")
    assert found.correct is None
    assert found.causes == ()


def test_an_answer_that_is_not_understood_goes_to_a_person() -> None:
    for answer in ("?", "不知道", "25 or 26", "25，26", "abc", "--3", "1/0", "9" * 300):
        assert find_causes("42-17", answer).correct is None


def test_nothing_written_is_not_right() -> None:
    assert find_causes("42-17", "").correct is False
    assert find_causes("42-17", "　").correct is False


def test_the_longest_item_is_bounded() -> None:
    assert read_item("1" + "+1" * 60) is not None
    assert read_item("1" + "+1" * LONGEST) is None
    assert read_item("(" * 90 + "1" + ")" * 90) is not None


def test_brackets_round_one_number_are_not_a_group() -> None:
    assert not has_group(read_item("3-(-5)").node)
    assert has_group(read_item("10-(5-2)").node)


def test_a_lone_fraction_is_a_division() -> None:
    node = read_item("84/4").node
    assert isinstance(node, Operation)
    assert (node.sign, node.left.kind) == ("÷", Kind.WHOLE)
    assert with_rest(read_item("17/5")) == (3, 2)
    assert with_rest(read_item("17.5÷5")) is None
    assert with_rest(read_item("-17÷5")) is None


@pytest.mark.parametrize(
    ("item", "answer", "right"),
    [
        ("0.45 > 0.5", "true", False),
        ("0.45 > 0.5", "错", True),
        ("0.45 < 0.5", "对", True),
        ("0.45 < 0.5", "×", False),
        ("0.45 < 0.5", "False", False),
        ("0.4 < 0.40", "no", True),
        ("0.45 ○ 0.5", "true", None),
    ],
)
def test_a_comparison_that_is_stated_may_be_judged(
    item: str, answer: str, right: bool | None
) -> None:
    assert find_causes(item, answer).correct is right


def test_a_misjudged_comparison_betrays_the_same_bug() -> None:
    told = [one.bug.id for one in find_causes("0.45 > 0.5", "true").causes]
    assert told == [one.bug.id for one in find_causes("0.45 ○ 0.5", ">").causes] != []
    assert [one.bug.id for one in find_causes("0.45 < 0.5", "false").causes] == told


def test_units_that_do_not_fit_have_no_answer() -> None:
    with pytest.raises(NoAnswer):
        worked(read_item("3km+2kg").node)
    with pytest.raises(NoAnswer):
        worked(read_item("3km*2km").node)
    assert worked(read_item("6km÷2km").node).dimension == ""


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.sampled_from("+-*"))
def test_two_whole_numbers_are_worked_out_like_python_does(a: int, b: int, sign: str) -> None:
    right = {"+": a + b, "-": a - b, "*": a * b}[sign]
    assert find_causes(f"{a}{sign}{b}", str(right)).correct is True
    assert find_causes(f"{a}{sign}{b}", str(right + 1)).correct is False


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_text_brings_it_down(item: str, answer: str) -> None:
    found = find_causes(item, answer)
    assert found.correct in (True, False, None)


@given(st.text(alphabet="0123456789+-*/÷×().% kmhincg又的○?=²", max_size=40))
def test_no_jumble_of_arithmetic_brings_it_down(item: str) -> None:
    assert find_causes(item, "12").correct in (True, False, None)

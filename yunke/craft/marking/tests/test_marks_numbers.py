"""Numbers, units, tolerance and form."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.items import Item, NumberForm, NumberKey, Result, UnitRule
from yunke.craft.marking.marks import Verdict, mark
from yunke.craft.marking.tests.questions import item

R, P, W, U = Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG, Verdict.UNSURE


def said(value: str, answer: object, **more: object) -> tuple[Verdict, str]:
    marking = mark(item(NumberKey(value, **more)), answer)
    return marking.verdict, marking.reason


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("3.5", "3.5"),
        ("3.5", "３．５"),
        ("3.5", "3.50"),
        ("3.5", "7/2"),
        ("3.5", "3 1/2"),
        ("3.5", "3又1/2"),
        ("3.5", "三点五"),
        ("3.5", "三个半"),
        ("3.5", 3.5),
        ("5", 5),
        ("5", "五"),
        ("1005", "一千零五"),
        ("200", "两百"),
        ("123", "壹贰叁"),
        ("1/2", "半"),
        ("1/2", "50%"),
        ("0.35", "35％"),
        ("1220", "1,220"),
        ("-3", "－3"),
        ("-3", "负三"),
        ("5", "x=5"),
        ("5", "X = 5"),
        ("5", "答：5"),
        ("5", "答案：5"),
        ("5", "约5"),
        ("5", "≈5"),
        ("5", "=5"),
        ("5", "(5)"),
        ("5", "5。"),
        ("5", "5个"),
        ("12", "12人"),
        ("3……2", "3……2"),
        ("3……2", "3...2"),
        ("3……2", "3 余 2"),
        ("0", "0"),
        ("0", "零"),
        ("1/3", "2/6"),
        ("10000", "1万"),
    ],
)
def test_a_right_number_is_right_however_it_is_written(value: str, answer: object) -> None:
    assert said(value, answer) == (R, "right")


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("3.5", "3.51"),
        ("5", "-5"),
        ("5", "50"),
        ("0.35", "35"),
        ("1/3", "0.33"),
        ("3……2", "3……1"),
        ("3……2", "3"),
        ("5", "0"),
        ("1005", "一千零五十"),
    ],
)
def test_another_number_is_wrong(value: str, answer: str) -> None:
    assert said(value, answer)[0] is W


@pytest.mark.parametrize(
    "answer",
    [
        "5或6",
        "5,6",
        "5和6",
        "五朵花",
        "2*3",
        "5x",
        "5?",
        "abc",
        "很多",
        "1/0",
        "5 5",
        "½½",
        "∞",
        "NaN",
        "9" * 201,
        "１" * 5000,
        "5……0",
        True,
        [5],
        {"a": 5},
        ["5"],
    ],
)
def test_what_is_not_understood_goes_to_a_person_and_is_never_zero(answer: object) -> None:
    marking = mark(item(NumberKey("5")), answer)
    assert (marking.verdict, marking.score) == (U, None)


@pytest.mark.parametrize("answer", [None, "", "  ", "　"])
def test_nothing_written_is_blank(answer: object) -> None:
    assert said("5", answer) == (W, "blank")


@pytest.mark.parametrize(
    ("value", "unit", "answer", "verdict", "reason"),
    [
        ("3.5", "km", "3.5km", R, "right"),
        ("3.5", "km", "3.5千米", R, "right"),
        ("3.5", "km", "3500m", R, "right"),
        ("3.5", "km", "3千米500米", R, "right"),
        ("3.5", "km", "3.5（km）", R, "right"),
        ("3.5", "km", "3.5", P, "unit.missing"),
        ("3.5", "km", "3500", U, "unit.missing"),
        ("3.5", "km", "35", W, "number.wrong"),
        ("3.5", "km", "3.5m", W, "number.wrong"),
        ("3.5", "km", "3.5kg", P, "unit.wrong"),
        ("3.5", "km", "35kg", W, "number.wrong"),
        ("12", "平方米", "12m²", R, "right"),
        ("12", "平方米", "12米", P, "unit.wrong"),
        ("12", "平方米", "1200平方分米", R, "right"),
        ("20", "分", "20分钟", R, "right"),
        ("20", "分钟", "20分", R, "right"),
        ("20", "分钟", "1/3时", R, "right"),
        ("3.5", "元", "3元5角", R, "right"),
        ("3.5", "元", "三块五", R, "right"),
        ("3.5", "元", "350分", R, "right"),
        ("3.5", "元", "35角", R, "right"),
        ("2.5", "时", "2时30分", R, "right"),
        ("3.05", "米", "3米5厘米", R, "right"),
        ("8", "个", "8个", R, "right"),
        ("8", "个", "8", P, "unit.missing"),
        ("8", "个", "8只", U, "unit.other-word"),
        ("8", "个", "9只", W, "number.wrong"),
        ("8", "朵花", "8朵花", U, "number.unread"),
        ("8", "", "8个", R, "right"),
        ("8", "", "9个", U, "unit.unasked"),
        ("8", "", "8米", U, "unit.unasked"),
    ],
)
def test_units(value: str, unit: str, answer: str, verdict: Verdict, reason: str) -> None:
    assert said(value, answer, unit=unit) == (verdict, reason)


def test_a_unit_may_be_left_out_where_the_author_says_so() -> None:
    assert said("3.5", "3.5", unit="km", unit_rule=UnitRule.FREE) == (R, "right")


def test_a_unit_of_another_kind_is_told_as_a_cause() -> None:
    assert mark(item(NumberKey("12", "平方米")), "12米").causes == ("unit-mistaken",)


@pytest.mark.parametrize(
    ("tolerance", "answer", "verdict"),
    [
        ("0", "3.141", W),
        ("0.01", "3.13", R),
        ("0.01", "3.15", R),
        ("0.01", "3.1501", W),
        ("0.01", "3.1299", W),
        ("1%", "3.1714", R),
        ("1%", "3.18", W),
        ("1/2", "3.64", R),
    ],
)
def test_the_ends_of_the_tolerance_belong_to_it(
    tolerance: str, answer: str, verdict: Verdict
) -> None:
    assert said("3.14", answer, tolerance=tolerance)[0] is verdict


def test_the_tolerance_is_in_the_unit_of_the_key() -> None:
    assert said("3.5", "3550m", unit="km", tolerance="0.1")[0] is R
    assert said("3.5", "3650m", unit="km", tolerance="0.1")[0] is W
    assert said("-10", "-10.5", tolerance="5%")[0] is R


@pytest.mark.parametrize(
    ("value", "form", "answer", "verdict"),
    [
        ("2/3", NumberForm.LOWEST, "2/3", R),
        ("2/3", NumberForm.LOWEST, "4/6", P),
        ("2/3", NumberForm.ANY, "4/6", R),
        ("1/2", NumberForm.LOWEST, "0.5", R),
        ("7/2", NumberForm.MIXED, "3 1/2", R),
        ("7/2", NumberForm.MIXED, "7/2", P),
        ("2", NumberForm.MIXED, "2", R),
        ("0.35", NumberForm.PERCENT, "35%", R),
        ("0.35", NumberForm.PERCENT, "0.35", P),
        ("1/2", NumberForm.DECIMAL, "0.5", R),
        ("1/2", NumberForm.DECIMAL, "1/2", P),
        ("2/3", NumberForm.LOWEST, "3/4", W),
    ],
)
def test_forms(value: str, form: NumberForm, answer: str, verdict: Verdict) -> None:
    assert said(value, answer, form=form)[0] is verdict


def test_places_behind_the_point() -> None:
    assert said("3.10", "3.10", places=2) == (R, "right")
    assert said("3.10", "3.1", places=2) == (P, "form.places")
    assert said("3.10", "3.2", places=2)[0] is W


@pytest.mark.parametrize(
    ("kept", "score", "verdict"),
    [
        (Fraction(1, 2), 1, P),
        (Fraction(1, 3), Fraction(2, 3), P),
        (Fraction(0), 0, W),
        (Fraction(1), 2, R),
    ],
)
def test_what_is_kept_when_only_the_form_is_wrong(
    kept: Fraction, score: Fraction, verdict: Verdict
) -> None:
    marking = mark(item(NumberKey("2/3", form=NumberForm.LOWEST, kept=kept)), "4/6")
    assert (marking.score, marking.verdict, marking.reason) == (score, verdict, "form.lowest")


def test_a_known_wrong_result_betrays_the_authors_cause() -> None:
    key = NumberKey("3.5", "km", results=(Result("503", "units-ignored"), Result("800m", "step")))
    assert mark(item(key), "503").causes == ("units-ignored",)
    assert mark(item(key), "503km").causes == ("units-ignored",)
    assert mark(item(key), "800m").causes == ("step",)
    assert mark(item(key), "0.8km").causes == ("step",)
    assert mark(item(key), "999").causes == ()


def test_the_arithmetic_behind_an_item_lets_the_library_speak() -> None:
    key = NumberKey("25", expression="42-17")
    assert "smaller-from-larger" in mark(item(key), "35").causes
    assert mark(item(key), "24").causes == ()
    assert mark(item(NumberKey("25")), "35").causes == ()
    rest = NumberKey("3……2", expression="17÷5")
    assert mark(item(rest), "3").causes == ("remainder-dropped",)


def test_the_author_is_asked_before_the_library() -> None:
    key = NumberKey("25", expression="42-17", results=(Result("35", "mine"),))
    assert mark(item(key), "35").causes == ("mine",)


@given(st.fractions(max_denominator=10_000), st.integers(1, 100))
def test_a_fraction_is_right_in_every_extension(value: Fraction, by: int) -> None:
    sign = "-" if value < 0 else ""
    answer = f"{sign}{abs(value.numerator) * by}/{value.denominator * by}"
    assert said(f"{value.numerator}/{value.denominator}", answer)[0] is R


@given(
    st.decimals(-1000, 1000, places=3),
    st.decimals(0, 5, places=3),
    st.decimals(-1000, 1000, places=3),
)
def test_tolerance_is_exact_arithmetic(value: object, tolerance: object, answer: object) -> None:
    near = abs(Fraction(str(value)) - Fraction(str(answer))) <= Fraction(str(tolerance))
    assert said(f"{value:f}", f"{answer:f}", tolerance=f"{tolerance:f}")[0] is (R if near else W)


@given(st.integers(0, 10_000), st.sampled_from(["1/3", "2/7", "5/6", "0.1", "3"]))
def test_scores_never_drift(number: int, points: str) -> None:
    exact: Item = item(NumberKey(str(number), unit="m", kept=Fraction(1, 3)), Fraction(points))
    assert mark(exact, str(number)).score == Fraction(points) / 3
    assert mark(exact, f"{number}m").score == Fraction(points)


@given(st.text(max_size=40))
def test_no_text_brings_it_down(answer: str) -> None:
    marking = mark(item(NumberKey("3.5", "km", "1%", expression="3km+500m")), answer)
    assert (marking.score is None) == (marking.verdict is U)

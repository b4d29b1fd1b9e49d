"""Fractions, decimals, signs, percentages and units, worked by hand."""

import pytest

from yunke.craft.marking.causes import BY_ID, find_causes
from yunke.craft.marking.causes.reading import read_item


def by(bug: str, item: str) -> tuple[str, ...]:
    problem = read_item(item)
    assert problem is not None
    return BY_ID[bug].answers(problem)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        ("fraction-tops-and-bottoms-added", "1/2+1/3", "2/5"),
        ("fraction-tops-and-bottoms-added", "3/7+2/7", "5/14"),
        ("fraction-tops-and-bottoms-subtracted", "3/4-1/2", "2/2"),
        ("fraction-tops-and-bottoms-subtracted", "5/7-2/7", "3"),
        ("common-denominator-numerators-kept", "1/2+1/3", "2/6"),
        ("common-denominator-numerators-kept", "3/4+1/6", "4/12"),
        ("common-denominator-numerators-kept", "3/4+1/6", "4/24"),
        ("common-denominator-numerators-kept-minus", "3/4-1/6", "2/12"),
        # 3/6 + 1/6 or 1/6 + 2/6
        ("one-numerator-scaled", "1/2+1/3", "4/6"),
        ("one-numerator-scaled", "1/2+1/3", "3/6"),
        ("larger-denominator-kept", "1/2+1/3", "2/3"),
        ("larger-denominator-kept-minus", "3/4-1/2", "2/4"),
        ("numerators-added-denominators-multiplied", "3/4+1/6", "4/24"),
        ("fractions-multiplied-for-plus", "1/2+1/3", "1/6"),
        # 3 + 2 over 2 + 3
        ("cross-products-over-sum", "1/2+1/3", "5/5"),
        ("all-four-numbers-added", "1/2+1/3", "7"),
        ("denominators-forgotten", "1/2+1/3", "2"),
        ("common-denominator-kept-in-product", "3/5*1/5", "3/5"),
        ("fractions-cross-multiplied", "2/3*4/5", "10/12"),
        ("fractions-added-for-times", "2/3*4/5", "6/8"),
        ("divides-without-inverting", "2/3÷4/5", "8/15"),
        ("dividend-inverted", "2/3÷4/5", "12/10"),
        ("both-inverted", "2/3÷4/5", "15/8"),
        ("common-denominator-kept-in-quotient", "6/7÷2/7", "3/7"),
        ("whole-multiplies-both", "3*2/5", "6/15"),
        ("whole-multiplies-denominator", "3*2/5", "2/15"),
        ("whole-added-to-numerator", "2+1/3", "3/3"),
        ("whole-minus-numerator", "5-1/3", "4/3"),
        ("whole-quotient-not-inverted", "3÷2/5", "6/5"),
        ("mixed-tops-and-bottoms-added", "2 1/2+1 2/3", "3 3/5"),
        ("mixed-numerators-smaller-from-larger", "4 1/3-2 2/3", "2 1/3"),
        # three twelfths and eight: the eight twelfths are larger
        ("mixed-numerators-smaller-from-larger", "5 1/4-2 2/3", "3 5/12"),
        # 11/3 - 2/3 = 9/3
        ("mixed-borrows-ten", "4 1/3-2 2/3", "1 9/3"),
        ("mixed-borrow-no-decrement", "4 1/3-2 2/3", "2 2/3"),
        ("whole-minus-mixed-copies-fraction", "3-2 1/5", "1 1/5"),
        ("mixed-multiplied-apart", "2 1/2*3 1/3", "6 1/6"),
        ("mixed-multiplied-apart", "2 1/2*4", "8 1/2"),
        ("mixed-multiplied-apart", "2 1/2*4", "2 4/2"),
    ],
)
def test_fractions(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize("answer", ["4/10", "2/5", "0.4", "4／10", "五分之二"])
def test_a_bugs_fraction_is_found_reduced_or_not(answer: str) -> None:
    told = [one.bug.id for one in find_causes("3/5+1/5", answer).causes]
    assert "fraction-tops-and-bottoms-added" in told


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        # 15 + 25 with two places, or with one
        ("decimals-aligned-right", "1.5+0.25", "0.4"),
        ("decimals-aligned-right", "1.5+0.25", "4"),
        ("decimals-aligned-right", "4+0.3", "0.7"),
        ("decimals-aligned-right-minus", "5.3-0.47", "0.06"),
        ("decimal-parts-as-wholes", "3.9+2.4", "5.13"),
        ("decimal-parts-as-wholes", "1.5+0.25", "1.30"),
        ("decimal-parts-as-wholes-minus", "7.4-2.13", "5.9"),
        ("decimal-carry-lost", "3.9+2.4", "5.3"),
        ("decimal-smaller-from-larger", "5.3-2.47", "3.17"),
        ("decimal-borrow-no-decrement", "5.3-2.7", "3.6"),
        # 53-24, and the seven copied
        ("missing-place-copied", "5.3-2.47", "2.97"),
        ("product-keeps-the-places-of-a-sum", "0.3*0.2", "0.6"),
        ("point-forgotten", "1.2*3", "36"),
        ("point-one-place-off", "1.2*3", "0.36"),
        ("point-of-quotient-off", "8.4÷0.2", "4.2"),
        ("quotient-points-ignored", "0.6÷3", "2"),
        ("appends-zero", "2.5*10", "2.5"),
        # 5.13×10 = 50.130 (Hart 1981)
        ("both-sides-of-the-point-multiplied", "5.13*10", "50.130"),
        ("longer-decimal-is-larger", "4.63 ? 4.8", ">"),
        ("longer-decimal-is-larger", "4.63 ? 4.8", "4.63"),
        ("shorter-decimal-is-larger", "4.45 ? 4.4", "<"),
        ("decimal-part-as-whole-compared", "0.62 ? 0.7", ">"),
        ("smaller-number-behind-the-point-is-larger", "0.3 ? 0.4", ">"),
        # a zero behind the point makes 3.09 the smaller; else 3.12 beats 3.5
        ("zero-behind-the-point-makes-small", "3.12 ? 3.5", ">"),
    ],
)
def test_decimals(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        ("left-to-right", "2+3*4", "20"),
        ("left-to-right", "20-12÷4", "2"),
        ("brackets-ignored", "(2+3)*4", "14"),
        ("plus-and-minus-first", "20-2*3+4", "126"),
        ("plus-before-minus", "50-10+10", "30"),
        ("times-before-divide", "24÷3*2", "4"),
        ("right-to-left", "10-3-2", "9"),
        ("pairs-first", "25*4÷25*4", "1"),
        ("distributes-to-the-first-only", "4*(5+2)", "22"),
        ("distributes-to-the-first-only", "25*(40+4)", "1004"),
        ("minus-bracket-sign-kept", "10-(5-2)", "3"),
        ("power-as-product", "5²", "10"),
        ("power-as-sum", "2^3", "5"),
        ("power-turned-round", "2^3", "9"),
        ("larger-minus-smaller", "5-8", "3"),
        ("minus-a-negative-subtracted", "3-(-5)", "-2"),
        ("two-minuses-make-plus", "-3-5", "8"),
        ("negative-minus-treated-as-difference", "-3-5", "-2"),
        ("signs-ignored-adding", "-3+5", "8"),
        ("sum-takes-the-minus", "-3+5", "-8"),
        ("wrong-sign-of-sum", "-3+5", "-2"),
        ("product-sign-wrong", "-3*-4", "-12"),
        ("quotient-sign-wrong", "-12÷3", "4"),
        ("minus-ignored-comparing", "-3 ? -5", "<"),
        ("larger-denominator-is-larger", "1/3 ? 1/4", "<"),
        ("larger-numbers-are-larger", "2/3 ? 5/8", "<"),
        ("smaller-gap-is-larger", "5/6 ? 7/8", "="),
        ("smaller-gap-is-larger", "1/2 ? 5/8", ">"),
    ],
)
def test_order_and_signs(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        ("percent-sign-ignored", "20% of 50", "1000"),
        ("percent-one-place-off", "5%*80", "40"),
        ("divides-by-the-percent", "20% of 50", "2.5"),
        ("percent-taken-off", "20% of 50", "30"),
        ("percent-as-the-answer", "20% of 50", "20"),
        ("percent-added-as-number", "50+20%", "70"),
        ("percent-of-the-other-added", "50+20%", "60"),
        ("percent-subtracted-as-number", "50-20%", "30"),
        ("percent-of-the-other-taken-off", "50-20%", "40"),
        ("percent-divided-as-number", "30÷20%", "1.5"),
        ("percent-multiplied-for-divide", "30÷20%", "6"),
        ("units-ignored", "3km+500m", "503km"),
        ("units-ignored-minus", "2m-35cm", "33m"),
        ("unit-step-100-plus", "3km+500m", "800m"),
        ("unit-step-100-plus", "3km+500m", "8km0m"),
        ("unit-step-10-plus", "2m+30cm", "50cm"),
        ("unit-step-1000-minus", "2m-35cm", "1965cm"),
        # 510 - 240
        ("unit-step-100-minus", "5h10min-2h40min", "2h70min"),
        ("conversion-turned-round", "400m=?km", "400000km"),
        ("conversion-left-out", "3.5km=?m", "3.5m"),
        ("conversion-step-100", "3.5km=?m", "350m"),
        # square metres by the step of metres
        ("conversion-step-10", "2m²=?dm²", "20dm^2"),
        ("compound-joined", "3m5cm=?cm", "35cm"),
        ("compound-counted-as-hundred", "2h15min=?min", "215min"),
    ],
)
def test_percentages_and_units(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize("answer", ["800m", "0.8km", "800", "800米"])
def test_a_bugs_quantity_is_found_in_any_unit(answer: str) -> None:
    told = [one.bug.id for one in find_causes("3km+500m", answer).causes]
    assert "unit-step-100-plus" in told

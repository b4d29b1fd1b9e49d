"""Adding, multiplying and dividing, column by column, worked by hand."""

import pytest

from yunke.craft.marking.causes import BY_ID
from yunke.craft.marking.causes.reading import read_item


def by(bug: str, item: str) -> tuple[str, ...]:
    problem = read_item(item)
    assert problem is not None
    return BY_ID[bug].answers(problem)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        # 7+5 = 12, write 2; 8+4 = 12 at the end, written in full
        ("carry-lost", "87+45", "122"),
        ("carry-lost", "27+15", "32"),
        ("carry-lost", "368+275", "533"),
        ("carry-lost", "27+38+46", "91"),
        # the last column keeps its last digit only
        ("carry-lost-everywhere", "87+45", "22"),
        ("carry-lost-everywhere", "368+275", "533"),
        # 12 and 12 side by side
        ("whole-sum-written", "87+45", "1212"),
        ("whole-sum-written", "368+275", "51313"),
        # 12: the 1 is written, the 2 carried: 8+4+2 = 14
        ("tens-written-units-carried", "87+45", "141"),
        # from the left 8+4 = 12, write 2, carry 1 to the right: 7+5+1 = 13
        ("adds-left-to-right", "87+45", "213"),
        # 3+6 = 9 and still a one: 2+4+1
        ("carry-always", "23+46", "79"),
        # 8+5 = 13, 6+7+1 = 14, 3+2+1 = 6: a carry in each column anyway
        ("carry-kept", "368+275", "643"),
        # the carry of the units is added again where there is none: 4+1+1, 1+2+1
        ("carry-kept", "148+215", "463"),
        # the carry of 12 lands in the hundreds
        ("carry-skips-a-column", "127+345", "562"),
        # 8+7+4+5
        ("adds-every-digit", "87+45", "24"),
        ("adds-every-digit", "26+3", "11"),
        # 4+3 and 6+3
        ("short-number-added-everywhere", "46+3", "79"),
        ("short-number-added-everywhere", "3+46", "79"),
        # 35 and 4 flush left: 35+40
        ("aligned-left", "35+4", "75"),
        ("aligned-left", "123+45", "573"),
        # a zero in a column makes it zero: 408+305 has 8+5 = 13, 0, 4+3
        ("plus-zero-is-zero", "408+305", "703"),
        ("subtracts-for-plus", "87+45", "42"),
        ("multiplies-for-plus", "7+8", "56"),
        ("joins-the-numbers", "12+3", "123"),
    ],
)
def test_adding(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        ("smaller-from-larger", "42-17", "35"),
        ("smaller-from-larger", "1000-358", "1358"),
        ("zero-instead-of-borrow", "42-17", "30"),
        ("zero-instead-of-borrow", "503-247", "300"),
        ("top-instead-of-borrow", "42-17", "32"),
        ("bottom-instead-of-borrow", "42-17", "37"),
        # 10-2 in the tens would be borrowing; the zero makes it 2
        ("zero-minus-n-is-n", "308-123", "225"),
        ("zero-minus-n-is-zero", "308-123", "205"),
        ("n-minus-zero-is-zero", "345-120", "220"),
        ("n-minus-n-is-n", "345-142", "243"),
        # 5-2, 4-2, and there it ends
        ("quits-when-bottom-blank", "345-22", "23"),
        # 5-2, 4-2, 3-2: the two is used once more
        ("stutter-subtract", "345-22", "123"),
        # the three above nothing still loses one
        ("one-less-over-blank", "345-22", "223"),
        # 345-220
        ("subtraction-aligned-left", "345-22", "125"),
        # 5-2, 4-2, 3-2
        ("short-number-taken-everywhere", "345-2", "123"),
        ("adds-for-minus", "42-17", "59"),
        # tens 8, although 8 was enough in the units
        ("takes-one-without-need", "78-35", "33"),
    ],
)
def test_subtracting_without_a_word_on_borrowing(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        # 6×7 = 42, write 2; 4×7 = 28: the four is lost
        ("product-carry-lost", "46*7", "282"),
        # 5×4 = 20, write 0; 0×4 + 2 is lost, too; 3×4
        ("product-carry-lost", "305*4", "1200"),
        # 0×4 = 4, and the 2 on top; 12
        ("zero-times-n-is-n", "305*4", "1260"),
        ("zero-times-n-is-n", "7*0", "7"),
        # 0×4 = 4 and the carry forgotten
        ("zero-times-n-is-n-carry-lost", "305*4", "1240"),
        # 0×4 = 0 and the carry forgotten
        ("carry-onto-zero-lost", "305*4", "1200"),
        # (4+4)×7 = 56
        ("carry-added-before-multiplying", "46*7", "562"),
        # 28 and 42 side by side
        ("whole-products-written", "46*7", "2842"),
        # 42: the 4 written, the 2 carried: 28+2
        ("product-tens-written", "46*7", "304"),
        # 127×3: 21; 6+2; 3 and the old 2 once more
        ("carry-used-again", "127*3", "581"),
        # 123×645 = 615 + 492 + 738, flush: Ma 1999
        ("second-row-not-moved", "123*645", "1845"),
        ("place-value-shifted", "305*4", "12200"),
        ("place-value-shifted", "305*4", "122"),
        # 3×5 = 15 and 2×4 = 8: 15 + 80
        ("digit-by-digit", "23*45", "95"),
        # 3×5 + 20×40
        ("digit-by-digit", "23*45", "815"),
        ("units-row-only", "23*45", "115"),
        ("inner-zero-dropped", "305*4", "140"),
        ("end-zeros-dropped", "40*30", "12"),
        ("end-zeros-dropped", "40*30", "120"),
        # 4×2, the three copied
        ("other-digits-copied", "34*2", "38"),
        ("adds-for-times", "23*45", "68"),
    ],
)
def test_multiplying(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)


@pytest.mark.parametrize(("a", "b"), [("46*7", "7*46"), ("305*4", "4*305"), ("123*45", "45*123")])
def test_the_longer_number_is_written_above(a: str, b: str) -> None:
    for bug in ("product-carry-lost", "zero-times-n-is-n", "second-row-not-moved"):
        assert by(bug, a) == by(bug, b)


@pytest.mark.parametrize(
    ("bug", "item", "expected"),
    [
        ("remainder-dropped", "17÷5", "3"),
        ("remainder-as-decimal", "17÷5", "3.2"),
        # 5 goes twice, 7 is left
        ("remainder-too-large", "17÷5", "2……7"),
        ("quotient-and-remainder-swapped", "17÷5", "2……3"),
        # 7÷2 = 3 rest 1; but of 700 by 200 a hundred is left
        ("remainder-shrunk", "700÷200", "3……1"),
        ("rounded-up", "17÷5", "4"),
        ("zero-in-quotient-lost", "612÷6", "12"),
        ("zero-in-quotient-lost", "614÷6", "12……2"),
        ("zero-at-end-of-quotient-lost", "420÷7", "6"),
        ("larger-by-smaller", "3÷12", "4"),
        # 7÷3 = 2, 2÷3 = 0
        ("digits-divided-alone", "72÷3", "20"),
        ("quotient-written-from-the-right", "84÷4", "12"),
        ("quotient-shifted", "84÷4", "210"),
        ("multiplies-for-divide", "12÷3", "36"),
        ("subtracts-for-divide", "12÷3", "9"),
    ],
)
def test_dividing(bug: str, item: str, expected: str) -> None:
    assert expected in by(bug, item)

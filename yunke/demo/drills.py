"""What three classes of the demo city practise: questions of their grade, and the errors in them.

A cause is a bug of ``craft.marking.causes`` that gives just that wrong answer, or words of its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sum:
    """``wrong``: an answer and the cause it betrays ("" where nothing is known)."""

    stem: str
    key: str
    wrong: tuple[tuple[str, str], ...]
    point: int


@dataclass(frozen=True)
class Point:
    code: str
    zh: str
    en: str
    reason: str


@dataclass(frozen=True)
class Drills:
    """Of one class. ``seat``: school, grade, number. ``typed``: which sums are typed as numbers,
    the others are chosen. ``film``: title and lines of the explanation of the first sum."""

    seat: tuple[str, int, int]
    points: tuple[Point, ...]
    sums: tuple[Sum, ...]
    film: tuple[str, ...] = ()
    typed: tuple[int, ...] = (1, 3)

    @property
    def grade(self) -> int:
        return self.seat[1]


SMALL = Drills(
    ("yinxing", 1, 1),
    (
        Point("demo.borrow", "退位减法", "Subtraction with borrowing", "先看个位够不够减。"),
        Point("demo.carry", "进位加法", "Addition with carrying", "先凑成十，再加剩下的。"),
        Point("demo.ten", "凑十", "Making ten", "伸出十个手指数一数。"),
        Point("demo.compare", "比大小", "Comparing numbers", "先看十位，再看个位。"),
    ),
    (
        Sum("13 − 7 = ?", "6", (("14", "smaller-from-larger"), ("7", ""), ("5", "")), 0),
        Sum("15 − 8 = ?", "7", (("13", "smaller-from-larger"), ("8", ""), ("6", "")), 0),
        Sum("12 − 5 = ?", "7", (("13", "smaller-from-larger"), ("8", ""), ("6", "")), 0),
        Sum("16 − 9 = ?", "7", (("13", "smaller-from-larger"), ("8", ""), ("6", "")), 0),
        Sum("8 + 6 = ?", "14", (("4", "own:忘了写十"), ("13", ""), ("15", "")), 1),
        Sum("9 + 4 = ?", "13", (("3", "own:忘了写十"), ("12", ""), ("14", "")), 1),
        Sum("7 + 5 = ?", "12", (("2", "own:忘了写十"), ("11", ""), ("13", "")), 1),
        Sum(
            "4 和几凑成 10？",
            "6",
            (("5", "own:数少了一个"), ("14", "own:算成了加法"), ("7", "")),
            2,
        ),
        Sum(
            "3 和几凑成 10？",
            "7",
            (("6", "own:数少了一个"), ("13", "own:算成了加法"), ("8", "")),
            2,
        ),
        Sum("哪个数大：15 还是 12？", "15", (("12", "own:看反了"), ("3", ""), ("27", "")), 3),
    ),
    ("13 − 7", "3 减 7 不够：把 13 分成 10 和 3", "10 − 7 = 3，3 + 3 = 6", "= 6"),
)  # fmt: skip
MIDDLE = Drills(
    ("yinxing", 5, 1),
    (
        Point("demo.maths.times", "小数乘法", "Multiplying decimals", "数一数因数一共有几位小数。"),
        Point("demo.maths.divide", "小数除法", "Dividing decimals", "先把除数变成整数。"),
        Point("demo.maths.area", "多边形的面积", "Areas of polygons", "先想是哪一种图形。"),
        Point("demo.maths.plus", "小数加减法", "Adding decimals", "小数点对齐。"),
    ),
    (
        Sum("0.3 × 0.2 = ?", "0.06",
            (("0.6", "product-keeps-the-places-of-a-sum"), ("6", "point-forgotten"),
             ("0.5", "")), 0),
        Sum("1.2 × 0.4 = ?", "0.48",
            (("4.8", "product-keeps-the-places-of-a-sum"), ("48", "point-forgotten")), 0),
        Sum("0.8 × 0.5 = ?", "0.4",
            (("4", "product-keeps-the-places-of-a-sum"), ("40", "point-forgotten"),
             ("1.3", "")), 0),
        Sum("6.3 ÷ 0.9 = ?", "7",
            (("0.7", "point-of-quotient-off"), ("70", "point-of-quotient-off")), 1),
        Sum("5.1 ÷ 0.3 = ?", "17",
            (("1.7", "point-of-quotient-off"), ("170", "point-of-quotient-off"), ("15", "")), 1),
        Sum("7.2 ÷ 0.8 = ?", "9",
            (("0.9", "point-of-quotient-off"), ("90", "point-of-quotient-off"), ("8", "")), 1),
        Sum("3.6 + 0.24 = ?", "3.84",
            (("0.6", "decimals-aligned-right"), ("3.3", ""), ("38.4", "")), 3),
        Sum("5.2 − 3.7 = ?", "1.5",
            (("2.5", "decimal-smaller-from-larger"), ("1.9", ""), ("8.9", "")), 3),
        Sum("三角形底 6 厘米、高 4 厘米，面积是多少平方厘米？", "12",
            (("24", "own:忘了除以 2"), ("10", "own:算成了底加高"), ("20", "")), 2),
        Sum("平行四边形底 5 厘米、高 3 厘米，面积是多少平方厘米？", "15",
            (("16", "own:算成了周长"), ("7.5", "own:多除了 2"), ("8", "")), 2),
    ),
    ("0.3 × 0.2", "先当整数：3 × 2 = 6", "两个因数一共两位小数：从右往左数两位", "= 0.06"),
)  # fmt: skip
JUNIOR = Drills(
    ("qingyuzx", 8, 1),
    (
        Point("demo.signed", "有理数运算", "Signed numbers", "先定符号，再算大小。"),
        Point("demo.powers", "幂的运算", "Powers", "写成连乘再看。"),
        Point("demo.right", "勾股定理", "Pythagoras", "两条直角边的平方和等于斜边的平方。"),
        Point("demo.linear", "一次函数", "Linear functions", "和 y = kx + b 比一比。"),
    ),
    (
        Sum("6 − (−2) = ?", "8", (("4", "minus-a-negative-subtracted"), ("-8", ""), ("-4", "")), 0),
        Sum("−7 + 3 = ?", "-4", (("4", "wrong-sign-of-sum"), ("-10", "sum-takes-the-minus")), 0),
        Sum("(−3) × (−4) = ?", "12", (("-12", "product-sign-wrong"), ("7", ""), ("-7", "")), 0),
        Sum("−2 − 5 = ?", "-7", (("-3", "negative-minus-treated-as-difference"), ("3", "")), 0),
        Sum("a² · a³ = ?", "a⁵",
            (("a⁶", "own:指数相乘了"), ("2a⁵", "own:系数相加了"), ("a", "")), 1),
        Sum("(a²)³ = ?", "a⁶",
            (("a⁵", "own:指数相加了"), ("a⁸", "own:指数又乘方了"), ("3a²", "")), 1),
        Sum("(2a)³ = ?", "8a³",
            (("2a³", "own:系数没有乘方"), ("6a³", "own:系数乘了指数"), ("8a", "")), 1),
        Sum("直角边长 3 和 4，斜边长是多少？", "5",
            (("7", "own:直接相加了"), ("25", "own:忘了开方"), ("12", "")), 2),
        Sum("斜边长 13，一条直角边长 5，另一条是多少？", "12",
            (("8", "own:直接相减了"), ("144", "own:忘了开方"), ("18", "")), 2),
        Sum("一次函数 y = 2x − 3 中，k 是多少？", "2",
            (("-3", "own:看成了 b"), ("3", ""), ("-2", "")), 3),
    ),
)  # fmt: skip
CLASSES = (SMALL, MIDDLE, JUNIOR)


def expression_of(stem: str) -> str:
    """The sum of a stem as the library of bugs reads it: "6.3 ÷ 0.9 = ?" → "6.3/0.9"."""
    signs = str.maketrans({"−": "-", "×": "*", "÷": "/", " ": None})
    return stem.removesuffix(" = ?").translate(signs)

"""Grade 7 maths: rational numbers on the number line."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import circle
from ..figures import Line
from ..hand import Hand
from ..look import GREEN
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..sums import NumberLine
from ..values import Film

FILM = Film(
    "g7-number-line", 7, "maths", "数轴与绝对值", "Number line and absolute value", "有理数", "Rational numbers",
    ("负数", "数轴三要素", "相反数", "绝对值"),
)  # fmt: skip

AXIS = NumberLine(120, 300, -5, 5, 100)


def dot(value: float, colour: str = "accent") -> Line:
    """A heavy dot on the axis."""
    return Line(circle(AXIS.at(0) + value * AXIS.unit, 300, 6), colour, 12)


LESSON = Lesson(
    FILM,
    (
        Page("零下的数", "Numbers below zero", (
            say("同学们好。北京今天最高三度，最低零下五度。", "Hello, class. Beijing today: high 3 degrees, low 5 below zero.", Hand("最高 3 °C", 120, 120, 80), Hand("最低 −5 °C", 120, 240, 80, "blue")),
            ask("零下五度怎么写？", "How do we write five below zero?"),
            pupil("xiaoyu", "写成负五。", "Minus five.", Line(((310, 345), (400, 345)), "accent", 5)),
            say("比零大的是正数，比零小的是负数，零两个都不是。", "Above zero is positive, below is negative, zero is neither.", Hand("正数 > 0", 760, 120, 76), Hand("负数 < 0", 760, 240, 76), Hand("0 既不是正数，也不是负数。", 120, 420, 68, "accent")),
            chorus("零既不是正数，也不是负数。", "Zero is neither positive nor negative."),
        )),
        Page("画数轴", "Drawing the number line", (
            say("数轴有三要素：原点，正方向，单位长度。", "A number line needs three things: origin, direction, unit.", AXIS, Hand("原点、正方向、单位长度", 120, 110, 60, "accent")),
            ask("负三在哪里？", "Where is minus three?"),
            pupil("dami", "在原点左边，三个单位。", "Left of the origin, three units.", dot(-3)),
            ask("二分之三在哪里？", "Where is three halves?"),
            pupil("anan", "在一和二的正中间。", "Midway between one and two.", dot(1.5, "sky")),
            ask("右边的数总是比左边的大吗？", "Is the right number always the larger?", wait=2.8),
            chorus("是的。", "Yes.", Hand("右边的数 > 左边的数", 120, 430, 72)),
            say("所以负三小于二分之三。", "So minus three is less than three halves.", Hand("−3 < 3/2", 120, 540, 84, "accent")),
        )),
        Page("相反数和绝对值", "Opposites and absolute value", (
            say("再画一条数轴，看四和负四。", "Once more: look at 4 and minus 4.", AXIS, dot(4), dot(-4, "sky")),
            ask("它们到原点的距离一样吗？", "Are they equally far from the origin?", Line(((620, 250), (1020, 250)), "accent", 4), Line(((620, 250), (220, 250)), "sky", 4), wait=2.8),
            pupil("lele", "一样，都是四。", "Yes, four each.", Hand("4", 400, 180, 60, "sky"), Hand("4", 800, 180, 60, "accent")),
            say("只有符号不同的两个数，互为相反数。", "Numbers that differ only in sign are opposites.", Hand("4 和 −4 互为相反数。", 120, 400, 68)),
            say("到原点的距离，叫做绝对值。", "The distance from the origin is the absolute value.", Hand("|4| = 4", 120, 510, 80, "accent"), Hand("|−4| = 4", 480, 510, 80, "accent")),
            wonder("xiaoyu", "老师，绝对值可以是负数吗？", "Teacher, can an absolute value be negative?"),
            ask("距离会是负的吗？", "Can a distance be negative?"),
            pupil("dami", "不会，所以绝对值不小于零。", "No, so it is never below zero.", Hand("≥ 0", 880, 510, 84)),
            say("很好，作业是练习一到五题。", "Good. Homework: exercises one to five."),
        )),
    ),
    GREEN, "chen",
)  # fmt: skip

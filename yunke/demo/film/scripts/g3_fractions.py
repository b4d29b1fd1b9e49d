"""Grade 3 maths: a first look at fractions."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import circle, sector
from ..figures import Area, Line
from ..hand import Hand
from ..look import PAPER
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..sums import Bar, Fraction
from ..values import Film

FILM = Film(
    "g3-fractions", 3, "maths", "分数的初步认识", "A first look at fractions", "分数的初步认识", "Fractions",
    ("平均分", "几分之一", "几分之几", "比较分数大小"),
)  # fmt: skip

LESSON = Lesson(
    FILM,
    (
        Page("一半怎么写", "How to write a half", (
            say("同学们好。一个月饼，两个小朋友平均分，每人一半。", "Hello, class. One moon cake for two children, shared equally: half each.",
                Line(circle(260, 300, 150)), Area(sector(260, 300, 149, 90, 270), "orange", 0.7), Line(((260, 150), (260, 450)), "accent", 5)),
            ask("一半，可以用什么数来表示？", "Which number says one half?", wait=3.0),
            pupil("dami", "用二分之一。", "One over two.", Fraction(620, 300, "1", "2", 110, "accent")),
            say("中间的横线表示平均分。下面的二是分母，上面的一是分子。", "The line means sharing equally. The two below is the denominator, the one above the numerator.",
                Hand("分子", 770, 190, 60), Hand("平均分", 770, 275, 60), Hand("分母", 770, 360, 60)),
            chorus("二分之一。", "One half.", Hand("读作：二分之一", 430, 520, 72)),
        )),
        Page("几分之一", "One part of several", (
            say("把一张纸条平均分成四份，取一份，是四分之一。", "Fold a strip into four equal parts; one part is a quarter.", Bar(90, 130, 720, 90, 4, 1, "orange"), Fraction(930, 176, "1", "4", 66)),
            ask("平均分成八份，取一份呢？", "And one part of eight?", Bar(90, 280, 720, 90, 8, 1, "sky")),
            pupil("xiaoyu", "八分之一。", "One eighth.", Fraction(930, 326, "1", "8", 66)),
            ask("四分之一和八分之一，哪个大？", "Which is larger, a quarter or an eighth?", wait=3.4),
            pupil("anan", "四分之一大，因为分的份数少，每一份就大。", "A quarter, because fewer parts make each part larger.", Hand(">", 1010, 215, 100, "accent")),
            say("分的份数越多，每一份就越小。", "The more parts, the smaller each part.", Hand("分的份数越多，每一份越小。", 90, 460, 72, "accent")),
        )),
        Page("几分之几", "Several parts", (
            say("八份里取三份，就是八分之三。", "Three parts of eight are three eighths.", Bar(90, 130, 720, 90, 8, 3, "green"), Fraction(930, 176, "3", "8", 66)),
            ask("取五份呢？", "And five parts?", Bar(90, 280, 720, 90, 8, 5, "purple")),
            pupil("lele", "八分之五。", "Five eighths.", Fraction(930, 326, "5", "8", 66)),
            wonder("dami", "老师，八份都取了，是八分之八吗？", "Teacher, if we take all eight, is it eight eighths?"),
            say("是的，八分之八就是一整个，等于一。", "Yes. Eight eighths is the whole: one.", Bar(90, 430, 720, 90, 8, 8, "orange"), Fraction(900, 476, "8", "8", 66), Hand("= 1", 970, 440, 80, "accent")),
        )),
        Page("判断对错", "Right or wrong", (
            ask("这个圆的阴影是不是三分之一？", "Is the shaded part one third?",
                Line(circle(300, 330, 150)), Line(((220, 203), (220, 457))), Line(((380, 203), (380, 457))), Area((*circle(300, 330, 149, 122, 58), *circle(300, 330, 149, -58, -122)), "vermilion", 0.5), wait=3.2),
            pupil("xiaoyu", "不是，三份不一样大。", "No. The parts are not equal.", Hand("没有平均分 ×", 540, 130, 72)),
            say("对，一定要平均分。我们改一改。", "Right, the parts must be equal. Let us mend it.",
                Line(circle(1000, 420, 150)), Area(sector(1000, 420, 149, 90, 210), "green", 0.6),
                Line(((1000, 420), (1000, 270))), Line(((1000, 420), (870, 495))), Line(((1000, 420), (1130, 495)))),
            chorus("三分之一！", "One third!", Fraction(640, 470, "1", "3", 90, "accent")),
            say("回家找一找，哪些东西可以平均分。", "At home, look for things that can be shared equally."),
        )),
    ),
    PAPER, "lin",
)  # fmt: skip

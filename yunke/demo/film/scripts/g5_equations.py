"""Grade 5 maths: simple equations on a balance."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..look import SLATE
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..values import Film

FILM = Film(
    "g5-equations", 5, "maths", "简易方程", "Simple equations", "简易方程", "Simple equations",
    ("用字母表示数", "等式的性质", "解方程", "检验"),
)  # fmt: skip

LESSON = Lesson(
    FILM,
    (
        Page("天平上的等式", "Equality on a balance", (
            say("同学们好。天平平衡，说明左右两边一样重。", "Hello, class. The balance is level: both sides weigh the same.", Picture("scale", 110, 110, 330)),
            say("左边放一个盒子和三克砝码，右边放十克。", "On the left a box and 3 grams, on the right 10 grams.", Hand("x + 3", 110, 460, 72), Hand("10", 370, 460, 72)),
            ask("盒子有多重，我们不知道，用什么表示？", "We do not know the box's weight. How do we write it?", wait=2.8),
            pupil("dami", "用字母x表示。", "With the letter x.", Hand("x", 620, 140, 110, "accent")),
            say("含有未知数的等式，叫做方程。", "An equality with an unknown is called an equation.", Hand("x + 3 = 10", 620, 290, 110), Hand("含有未知数的等式叫方程。", 620, 440, 48, "accent")),
            chorus("含有未知数的等式叫方程。", "An equality with an unknown is an equation."),
        )),
        Page("解方程", "Solving", (
            say("两边同时拿走三克，天平还平衡吗？", "Take 3 grams off both sides. Is it still level?", Hand("解方程：x + 3 = 10", 90, 100, 76)),
            pupil("anan", "还平衡。", "Still level."),
            say("等式两边同时减去同一个数，等式不变。", "Subtract the same number on both sides: still equal.", Hand("解：x + 3 − 3 = 10 − 3", 90, 220, 84, "accent")),
            ask("所以x等于几？", "So what is x?"),
            pupil("xiaoyu", "x等于七。", "x is 7.", Hand("x = 7", 260, 340, 96)),
            say("别忘了检验。把七放回去，七加三等于十，对了。", "Do not forget to check. Put 7 back: 7 and 3 is 10. Right.", Hand("检验：7 + 3 = 10", 90, 480, 84), Line(((780, 540), (806, 575), (870, 484)), "green", 9)),
        )),
        Page("乘法的方程", "With multiplication", (
            ask("四盒一样的铅笔，一共四十八支，每盒几支？", "Four equal boxes hold 48 pencils. How many in each?", Hand("4x = 48", 90, 110, 96), wait=3.2),
            wonder("lele", "老师，四和x中间的乘号去哪儿了？", "Teacher, where did the times sign go?"),
            say("数字和字母相乘，乘号可以省略。", "Between a number and a letter we may leave it out.", Hand("4 × x = 4x", 700, 120, 76, "soft")),
            ask("两边同时除以几？", "Divide both sides by what?"),
            pupil("dami", "同时除以四。", "By four.", Hand("4x ÷ 4 = 48 ÷ 4", 90, 250, 96, "accent")),
            chorus("x等于十二。", "x is 12.", Hand("x = 12", 260, 390, 96)),
            say("等式两边，同加同减，同乘同除，零不能除。", "On both sides: add, subtract, multiply, divide the same; never divide by zero.", Hand("同加同减，同乘同除（0除外）", 90, 530, 68)),
            say("今天就到这里，请完成练习。", "That is all. Please do the exercises."),
        )),
    ),
    SLATE, "chen",
)  # fmt: skip

"""Grade 8 maths: the theorem of Gougu (Pythagoras)."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import rectangle
from ..figures import Area, Line
from ..hand import Hand
from ..look import PAPER
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..values import Film

FILM = Film(
    "g8-pythagoras", 8, "maths", "勾股定理", "The Gougu theorem", "勾股定理", "Right triangles",
    ("直角三角形", "勾股定理", "面积法证明", "勾股数"),
)  # fmt: skip

U = 44.0
P, Q, R = (300.0, 400.0), (300.0 + 4 * U, 400.0), (300.0, 400.0 - 3 * U)

LESSON = Lesson(
    FILM,
    (
        Page("勾三股四弦五", "Three, four, five", (
            say("同学们好。两千多年前，我们的古人就说，勾三股四弦五。", "Hello, class. Over two thousand years ago our ancestors said: gou three, gu four, xian five.",
                Line((P, Q, R, P), "ink", 5), Line(((300, 380), (320, 380), (320, 400)), "ink", 3)),
            say("短的直角边叫勾，长的叫股，斜边叫弦。", "The short leg is gou, the long leg gu, the slanting side xian.", Hand("3", 306, 310, 44), Hand("4", 376, 352, 44), Hand("5", 372, 274, 48, "accent")),
            ask("在每条边上画一个正方形，面积各是多少？", "Draw a square on each side. What are their areas?",
                Area(rectangle(300 - 3 * U, 400 - 3 * U, 3 * U, 3 * U)[:4], "sky", 0.5), Area(rectangle(300, 400, 4 * U, 4 * U)[:4], "green", 0.45),
                Area((R, Q, (Q[0] + 3 * U, Q[1] - 4 * U), (R[0] + 3 * U, R[1] - 4 * U)), "orange", 0.5), wait=3.2),
            pupil("dami", "九，十六，还有二十五。", "Nine, sixteen and twenty-five.", Hand("9", 215, 300, 60), Hand("16", 360, 455, 60), Hand("25", 430, 220, 60)),
            ask("你们发现了什么？", "What do you notice?", wait=3.0),
            pupil("anan", "九加十六正好等于二十五！", "Nine plus sixteen is exactly twenty-five!", Hand("9 + 16 = 25", 760, 200, 84), Hand("3² + 4² = 5²", 760, 320, 84, "accent")),
            chorus("三的平方加四的平方等于五的平方。", "Three squared plus four squared is five squared."),
        )),
        Page("赵爽的证明", "Zhao Shuang's proof", (
            say("一个例子不够，要证明。看赵爽的弦图。", "One example is not enough; we need a proof. Here is Zhao Shuang's figure.", Line(((300, 130), (520, 290), (360, 510), (140, 350), (300, 130)), "ink", 5)),
            say("四个一样的直角三角形，中间一个小正方形。", "Four equal right triangles and a small square in the middle.",
                Area(((300, 130), (520, 290), (300, 290)), "sky", 0.55), Area(((520, 290), (360, 510), (360, 290)), "orange", 0.55),
                Area(((360, 510), (140, 350), (360, 350)), "green", 0.55), Area(((140, 350), (300, 130), (300, 350)), "purple", 0.55)),
            ask("大正方形的面积是多少？", "What is the area of the large square?", Hand("c", 430, 150, 56, "accent"), Hand("a", 312, 190, 44), Hand("b", 400, 240, 44)),
            pupil("lele", "是c的平方。", "c squared.", Hand("S = c²", 680, 130, 84)),
            say("它也等于四个三角形加小正方形。", "It is also four triangles plus the small square.", Hand("S = 4 × ab ÷ 2 + (b−a)²", 620, 250, 56)),
            say("展开来，两个ab消掉了。", "Expand it, and 2ab drops out.", Hand("= 2ab + b² − 2ab + a²", 650, 350, 56)),
            chorus("a的平方加b的平方等于c的平方。", "a squared plus b squared is c squared.", Hand("a² + b² = c²", 660, 470, 96, "accent")),
        )),
        Page("用一用", "Using it", (
            ask("梯子长五米，底端离墙三米，能够到多高？", "A ladder of 5 m stands 3 m from the wall. How high does it reach?",
                Line(((120, 130), (120, 520)), "ink", 6), Line(((120, 520), (420, 520)), "ink", 6), Line(((120, 180), (375, 520)), "#A9714B", 8), Hand("5", 270, 290, 56, "accent"), Hand("3", 230, 530, 56), Hand("h", 70, 330, 56), wait=3.4),
            pupil("xiaoyu", "h的平方等于二十五减九，等于十六。", "h squared is 25 minus 9: 16.", Hand("h² = 5² − 3²", 560, 130, 84), Hand("= 16", 640, 245, 84)),
            ask("所以h是多少？", "So what is h?"),
            chorus("四米！", "Four metres!", Hand("h = 4 (m)", 560, 360, 84, "accent")),
            wonder("dami", "老师，五、十二、十三也行吗？", "Teacher, do 5, 12, 13 work too?"),
            say("你算算看，二十五加一百四十四，正好是一百六十九。", "Try: 25 plus 144 is exactly 169.", Hand("5² + 12² = 13²", 560, 490, 84)),
            say("这样的三个数叫勾股数。下课。", "Such triples are called Gougu numbers. Class is over."),
        )),
    ),
    PAPER, "zhao",
)  # fmt: skip

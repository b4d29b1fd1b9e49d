"""Grade 4 maths: the angles of a triangle."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import sector
from ..figures import Area, Line
from ..hand import Hand
from ..look import PAPER
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..values import Film

FILM = Film(
    "g4-triangle-angles", 4, "maths", "三角形的内角和", "The angles of a triangle", "三角形", "Triangles",
    ("三角形的内角", "内角和是180°", "求未知的角"),
)  # fmt: skip

A, B, C = (270.0, 150.0), (110.0, 430.0), (520.0, 430.0)

LESSON = Lesson(
    FILM,
    (
        Page("三个角", "Three angles", (
            say("同学们好。先画一个三角形。", "Hello, class. First we draw a triangle.", Line((A, B, C, A), "ink", 5, name="△ABC")),
            say("它有三个内角，角A，角B，角C。", "It has three inner angles: A, B and C.",
                Hand("A", 258, 92, 54), Hand("B", 66, 418, 54), Hand("C", 532, 418, 54),
                Area(sector(*A, 52, 240, 312), "orange", 0.75), Area(sector(*B, 52, 0, 60), "sky", 0.75), Area(sector(*C, 58, 132, 180), "green", 0.75)),
            ask("三个角合起来，是多少度？先猜一猜。", "How many degrees do they make together? Guess first.", Hand("∠A + ∠B + ∠C =", 620, 150, 72), wait=3.2),
            pupil("lele", "我猜是一百八十度。", "I guess 180 degrees.", Hand("∠A + ∠B + ∠C =", 620, 150, 72).then("?")),
            say("猜想要验证。我们把三个角剪下来，拼在一起。", "A guess must be checked. We cut the angles off and put them together.",
                Line(((660, 480), (1140, 480)), "soft", 4), Area(sector(900, 478, 110, 0, 60), "sky", 0.75), Area(sector(900, 478, 110, 60, 132), "orange", 0.75), Area(sector(900, 478, 110, 132, 180), "green", 0.75)),
            ask("拼成了什么角？", "What angle do they make?"),
            pupil("xiaoyu", "拼成了一个平角，正好一百八十度。", "A straight angle: exactly 180 degrees.", Hand("180°", 820, 520, 80, "accent")),
        )),
        Page("为什么总是180°", "Why always 180°", (
            say("换一个三角形也一样吗？我们来讲道理。", "Is it the same for any triangle? Let us reason.", Line(((300, 200), (130, 480), (620, 480), (300, 200)), "ink", 5)),
            say("过顶点画一条线，和底边平行。", "Through the top we draw a line parallel to the base.", Line(((90, 200), (680, 200)), "accent", 4, 22)),
            say("左边的角和角B一样大，右边的角和角C一样大。", "The left angle equals B, the right one equals C.",
                Area(sector(130, 480, 56, 0, 59), "sky", 0.75), Area(sector(300, 200, 56, 180, 239), "sky", 0.75),
                Area(sector(620, 480, 64, 139, 180), "green", 0.75), Area(sector(300, 200, 64, 319, 360), "green", 0.75), Area(sector(300, 200, 50, 239, 319), "orange", 0.75)),
            ask("所以三个角拼在一起，是什么？", "So what do the three make together?"),
            chorus("一个平角！", "A straight angle!", Hand("∠A+∠B+∠C=180°", 720, 250, 62)),
            say("任何三角形的内角和都是一百八十度。", "In every triangle the angles add up to 180 degrees.", Hand("三角形的内角和", 740, 380, 62, "accent"), Hand("是180°。", 740, 470, 62, "accent")),
        )),
        Page("求未知的角", "Find the unknown angle", (
            ask("角A是五十度，角B是六十度，角C是多少度？", "A is 50 degrees, B is 60. What is C?", Hand("∠A = 50°   ∠B = 60°", 90, 110, 72), wait=3.2),
            pupil("anan", "一百八十减五十减六十，等于七十度。", "180 minus 50 minus 60 is 70 degrees.", Hand("∠C = 180° − 50° − 60°", 90, 230, 72), Hand("= 70°", 200, 340, 72, "accent")),
            wonder("dami", "老师，一个三角形里能有两个直角吗？", "Teacher, can a triangle have two right angles?"),
            ask("好问题，大家想一想，能不能？", "Good question. Think: can it?", Hand("90° + 90° = 180°", 90, 460, 72), wait=3.0),
            pupil("xiaoyu", "不能，第三个角就变成零度了。", "No, the third would be zero.", Hand("∠C = 0° ×", 760, 460, 72, "accent")),
            say("说得清楚。今天的作业是量一量家里的三角尺。", "Clearly said. Homework: measure the set square at home."),
        )),
    ),
    PAPER, "chen",
)  # fmt: skip

"""Grade 6 maths: the area of a circle."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import circle, sector
from ..figures import Area, Line
from ..hand import Hand
from ..look import PAPER
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..values import Film

FILM = Film(
    "g6-circle-area", 6, "maths", "圆的面积", "The area of a circle", "圆", "Circles",
    ("圆的半径与周长", "转化思想", "圆的面积公式"),
)  # fmt: skip


def fan(count: int, x: float, y: float, radius: float) -> tuple[Area, ...]:
    """A circle cut into `count` slices in two colours."""
    turn = 360 / count
    return tuple(Area(sector(x, y, radius, turn * i, turn * (i + 1)), "orange" if i % 2 else "sky", 0.75, frames=1) for i in range(count))


def zipped(count: int, x: float, y: float, width: float, height: float) -> tuple[Area, ...]:
    """The slices laid head to tail, almost a rectangle."""
    half = width / count
    rows = []
    for i in range(count):
        left = x + half * i
        down = ((left, y), (left + 2 * half, y), (left + half, y + height), (left, y))
        up = ((left, y + height), (left + 2 * half, y + height), (left + half, y), (left, y + height))
        rows.append(Area(up if i % 2 else down, "orange" if i % 2 else "sky", 0.75, frames=2))
    return tuple(rows)


LESSON = Lesson(
    FILM,
    (
        Page("圆有多大", "How large is a circle?", (
            say("同学们好。一个圆形花坛，半径是三米。", "Hello, class. A round flower bed has a radius of three metres.", Line(circle(290, 340, 190), "ink", 5), Line(((290, 340), (480, 340)), "accent", 5), Hand("r", 370, 270, 64, "accent")),
            ask("它的面积怎么求？", "How do we find its area?", Hand("S = ?", 640, 160, 96), wait=2.8),
            pupil("dami", "没有直的边，不好算。", "It has no straight sides. That is hard."),
            ask("以前我们怎样求平行四边形的面积？", "How did we do it for a parallelogram?"),
            pupil("xiaoyu", "剪一剪，拼成长方形。", "We cut it and made a rectangle.", Hand("剪一剪，拼一拼", 640, 310, 72)),
            say("对，把新问题变成会的问题，这叫转化。", "Right. Turning a new problem into a known one is called transformation.", Hand("转化", 640, 430, 110, "accent")),
        )),
        Page("剪开，再拼起来", "Cut and put together", (
            say("把圆平均分成十六份。", "Cut the circle into sixteen equal slices.", Line(circle(230, 330, 150)), *fan(16, 230, 330, 147)),
            say("一个朝上，一个朝下，拼在一起。", "One up, one down, side by side.", *zipped(16, 560, 230, 440, 150)),
            ask("像什么图形？", "What does it look like?"),
            chorus("像长方形！", "A rectangle!", Line(((560, 226), (1030, 226), (1030, 384), (560, 384), (560, 226)), "accent", 4, 20)),
            ask("长方形的长，是圆的哪一部分？", "Its length is which part of the circle?", Hand("长", 780, 400, 56), wait=3.2),
            pupil("anan", "是周长的一半，π乘r。", "Half the circumference: pi times r.", Hand("= πr", 850, 400, 64, "accent")),
            ask("宽呢？", "And its width?", Hand("宽", 1060, 270, 56)),
            pupil("lele", "就是半径r。", "The radius r.", Hand("= r", 1125, 268, 64, "accent")),
            say("份数分得越多，就越接近长方形。", "The more slices, the closer to a rectangle.", Hand("分得越细，越接近长方形。", 120, 540, 68)),
        )),
        Page("面积公式", "The formula", (
            say("长方形的面积等于长乘宽。", "A rectangle's area is length times width.", Hand("S = 长 × 宽", 120, 110, 84)),
            say("所以圆的面积等于π乘r，再乘r。", "So the circle's area is pi times r times r.", Hand("= πr × r", 180, 230, 84)),
            chorus("圆的面积等于π乘r的平方。", "The area is pi r squared.", Hand("S = πr²", 120, 350, 130, "accent")),
            ask("花坛半径三米，面积是多少？", "The bed's radius is 3 m. What is its area?", Hand("r = 3 m", 720, 110, 76), wait=3.2),
            pupil("dami", "三点一四乘九，等于二十八点二六平方米。", "3.14 times 9 is 28.26 square metres", Hand("S ≈ 3.14 × 3²", 720, 220, 68), Hand("= 3.14 × 9", 770, 320, 68), Hand("= 28.26 m²", 770, 420, 68, "accent")),
            wonder("xiaoyu", "老师，半径变成两倍，面积也是两倍吗？", "Teacher, if the radius doubles, does the area double?"),
            ask("把二r代进去，谁来说？", "Put 2r in. Who can tell?", Hand("(2r)² = 4r²", 120, 530, 84), wait=3.0),
            pupil("anan", "是四倍！", "Four times!", Hand("→ 4", 620, 530, 84, "accent")),
            say("非常好。下课。", "Very good. Class is over."),
        )),
    ),
    PAPER, "lin",
)  # fmt: skip

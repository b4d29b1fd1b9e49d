"""Grade 1 maths: putting together, adding up to ten."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import circle
from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..look import GREEN
from ..script import Lesson, Page, ask, chorus, pupil, say, show
from ..sums import NumberLine
from ..values import Film

FILM = Film(
    "g1-add-to-ten", 1, "maths", "10以内的加法", "Adding up to ten", "10以内数的认识和加减法",
    "Numbers to ten", ("加法的意义", "10以内加法", "凑十"),
)  # fmt: skip


def apples(count: int, x: float, y: float, come_from: float = 0.0) -> tuple[Picture, ...]:
    """A row of apples; they roll in from `come_from` pixels away."""
    return tuple(Picture("apple", x + 108 * i, y, 96, (come_from, 0), 0.6) for i in range(count))


LESSON = Lesson(
    FILM,
    (
        Page("合起来", "Put together", (
            say("小朋友们好，今天我们学加法。", "Hello, children. Today we learn to add."),
            say("树上摘下三个苹果。", "Three apples are picked from the tree.", *apples(3, 90, 150)),
            say("又摘下两个苹果。", "Then two more.", *apples(2, 640, 150, 500)),
            ask("合起来，一共有几个？请数一数。", "Put together, how many are there? Count them.", wait=3.0),
            pupil("dami", "一，二，三，四，五。一共五个！", "One, two, three, four, five. Five in all!",
                  *(Hand(str(n + 1), 138 + (108 * n if n < 3 else 226 + 108 * n), 262, 48, "soft", middle=True) for n in range(5))),
            say("三和二合起来是五，用加号来写。", "Three and two make five; we write it with a plus sign.",
                Hand("3 + 2 = 5", 640, 380, 130, middle=True)),
            chorus("三加二等于五。", "Three plus two equals five."),
            say("加号像十字，等号是一样长的两条线。", "Plus looks like a cross; equals is two lines of one length.",
                Line(circle(512, 452, 56), "accent"), Line(circle(764, 452, 56), "accent")),
        )),
        Page("在直线上跳一跳", "Jumps on the number line", (
            say("现在我们在直线上做加法。", "Now we add on a line.", NumberLine(130, 420, 0, 10, 98)),
            say("从四开始，向右跳三格。", "Start at four, jump three to the right.",
                Line(circle(522, 420, 10), "accent", 8),
                *(Line(tuple((522 + 98 * n + 98 * t / 12, 408 - 66 * (1 - (t / 6 - 1) ** 2)) for t in range(13)), "accent", 5) for n in range(3))),
            ask("跳到了几？", "Where do we land?"),
            pupil("xiaoyu", "跳到了七。", "On seven.", Line(circle(816, 447, 30), "blue", 5)),
            say("所以四加三等于七。", "So four plus three is seven.", Hand("4 + 3 = 7", 640, 540, 96, middle=True)),
            pupil("lele", "老师，三加四也等于七！", "Teacher, three plus four is seven too!"),
            say("你发现了一个秘密，两个数换一换，得数不变。", "You found a secret: swap the numbers, the sum stays.",
                Hand("3 + 4 = 7", 640, 160, 96, "accent", middle=True)),
        )),
        Page("找朋友：凑成十", "Friends that make ten", (
            say("谁和谁是好朋友，合起来是十？", "Which two are friends that make ten?", Hand("10", 640, 100, 110, "accent", middle=True)),
            ask("一的好朋友是几？", "Who is the friend of one?", Hand("1 +", 150, 250, 88)),
            pupil("anan", "是九。", "Nine.", Hand("1 +", 150, 250, 88).then("9 = 10", "ink")),
            ask("二的好朋友呢？", "And of two?", Hand("2 +", 150, 370, 88)),
            pupil("lele", "是八。", "Eight.", Hand("2 +", 150, 370, 88).then("8 = 10", "ink")),
            ask("三的好朋友呢？", "And of three?", Hand("3 +", 150, 490, 88)),
            pupil("xiaoyu", "是七。", "Seven.", Hand("3 +", 150, 490, 88).then("7 = 10", "ink")),
            ask("四的好朋友呢？一起说！", "And of four? All together!", Hand("4 +", 720, 250, 88)),
            chorus("是六！", "Six!", Hand("4 +", 720, 250, 88).then("6 = 10", "ink")),
            say("五的好朋友还是五。", "The friend of five is five.", Hand("5 + 5 = 10", 720, 370, 88)),
            show(wait=1.0),
        )),
        Page("试一试", "Your turn", (
            ask("左边两只鸟，右边六只鸟，一共几只？", "Two birds on the left, six on the right: how many?",
                *(Picture("bird", 80 + 120 * i, 140, 110, (-300, 0), 0.5) for i in range(2)),
                *(Picture("bird", 420 + 120 * i, 140, 110, (300, 0), 0.4) for i in range(6)), wait=3.2),
            pupil("dami", "二加六等于八，一共八只。", "Two plus six is eight; eight birds.", Hand("2 + 6 = 8", 640, 340, 130, middle=True)),
            say("真棒！回家用筷子摆一摆，再找一找十的好朋友。", "Great! At home, lay out chopsticks and find the friends of ten again."),
        )),
    ),
    GREEN, "chen",
)  # fmt: skip

"""Grade 2 maths: column addition with a carry."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import rectangle
from ..figures import Line
from ..hand import Hand
from ..look import GREEN
from ..script import Item, Lesson, Page, ask, chorus, pupil, say, wonder
from ..sums import Column
from ..values import Film

FILM = Film(
    "g2-carrying", 2, "maths", "两位数进位加法", "Adding with a carry", "100以内的加法和减法",
    "Adding and subtracting to 100", ("相同数位对齐", "进位加法", "验算"),
)  # fmt: skip


def sticks(tens: int, ones: int, x: float, y: float, colour: str) -> tuple[Item, ...]:
    """Bundles of ten as boxes, ones as single sticks."""
    bundles = tuple(Line(rectangle(x + 52 * i, y, 38, 84), colour, 4, name="10", pace=2) for i in range(tens))
    left = x + 52 * tens + 14
    return bundles + tuple(Line(((left + 20 * i, y), (left + 20 * i, y + 84)), colour, 6, pace=2) for i in range(ones))


LESSON = Lesson(
    FILM,
    (
        Page("二十七加三十五", "27 + 35", (
            say("同学们好。图书角有二十七本故事书，又买来三十五本。", "Hello, class. The book corner has 27 story books and gets 35 more.",
                *sticks(2, 7, 90, 130, "orange"), Hand("27", 420, 130, 84, "orange")),
            say("二十七是两捆加七根，三十五是三捆加五根。", "27 is two bundles and seven; 35 is three bundles and five.",
                *sticks(3, 5, 660, 130, "sky"), Hand("35", 1010, 130, 84, "sky")),
            ask("先算个位，七根加五根，是几根？", "Ones first: seven and five make how many?", Hand("7 + 5 =", 90, 280, 84)),
            pupil("xiaoyu", "十二根。", "Twelve.", Hand("7 + 5 =", 90, 280, 84).then("12", "ink")),
            say("十二根，可以再捆成一捆，还剩两根。", "From twelve we tie one more bundle; two are left.", *sticks(1, 2, 660, 280, "accent")),
            ask("现在一共有几捆？", "How many bundles now?", Hand("2 + 3 + 1 =", 90, 420, 84)),
            pupil("dami", "两捆加三捆再加一捆，六捆。", "Two and three and one: six.", Hand("2 + 3 + 1 =", 90, 420, 84).then("6", "ink")),
            say("六捆又两根，就是六十二。", "Six bundles and two: 62.", Hand("27 + 35 = 62", 90, 545, 96, "accent")),
        )),
        Page("列竖式", "In columns", (
            say("我们用竖式来写。个位对个位，十位对十位。", "We write it in columns: ones under ones, tens under tens.",
                Hand("十位", 196, 96, 34, "soft"), Hand("个位", 296, 96, 34, "soft"), Column(370, 140, 27, 35, size=110)),
            say("从个位加起，满十向十位进一。", "Start with the ones; ten ones carry one ten.",
                Hand("1. 相同数位对齐", 560, 170, 62), Hand("2. 从个位加起", 560, 280, 62)),
            say("这个小小的一，千万不要忘。", "Never forget this little one.", Hand("3. 个位满十，向十位进1", 560, 390, 58, "accent")),
            chorus("相同数位对齐，从个位加起，满十进一。", "Line up the places, start with the ones, ten carries one."),
        )),
        Page("练一练", "Practice", (
            ask("四十八加二十六，谁来算？", "48 plus 26: who will do it?", Hand("48 + 26 =", 90, 110, 84), wait=3.2),
            pupil("anan", "八加六等于十四，写四进一。四加二加一等于七。", "Eight and six is fourteen: write 4, carry 1. Four, two and one is seven.",
                  Column(430, 240, 48, 26, size=100), Hand("48 + 26 =", 90, 110, 84).then("74")),
            wonder("lele", "老师，五十九加四十一，十位也满十了怎么办？", "Teacher, in 59 plus 41 the tens reach ten too. What then?"),
            say("好问题！十位满十，就向百位进一。", "Good question! Ten tens carry one hundred.", Column(1010, 240, 59, 41, size=100)),
            ask("所以等于多少？", "So what is it?"),
            chorus("一百！", "One hundred!", Hand("59 + 41 = 100", 690, 110, 76, "accent")),
            say("做完以后，交换两个数再加一遍，就是验算。下课！", "When done, swap the numbers and add again: that is checking. Class is over!"),
        )),
    ),
    GREEN, "wu",
)  # fmt: skip

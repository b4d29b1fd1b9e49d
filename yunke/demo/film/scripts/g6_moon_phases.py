"""Grade 6 science: phases of the moon."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

import math

from ..curves import circle
from ..drawn import Picture
from ..figures import Area, Line
from ..hand import Hand
from ..look import SLATE
from ..script import Item, Lesson, Page, ask, chorus, pupil, say, wonder
from ..values import Film, Point

FILM = Film(
    "g6-moon-phases", 6, "science", "月相变化", "Phases of the moon", "地球的运动", "Earth in motion",
    ("月相", "月球绕地球转动", "农历与月相"),
)  # fmt: skip

NAMES = ("新月", "上弦月", "满月", "下弦月")
DAYS = ("初一", "初七、初八", "十五、十六", "廿二、廿三")


def lit(x: float, y: float, radius: float, share: float, right: bool) -> tuple[Point, ...]:
    """The bright part of a moon; `share` 0–1 of the disc, on its right or left."""
    side = 1 if right else -1
    turns = [math.pi * i / 24 for i in range(25)]
    rim = [(x + side * radius * math.sin(t), y - radius * math.cos(t)) for t in turns]
    inner = [(x + side * radius * (1 - 2 * share) * math.sin(t), y - radius * math.cos(t)) for t in reversed(turns)]
    return tuple(rim + inner)


def phase(x: float, y: float, share: float, right: bool, name: str, day: str) -> tuple[Item, ...]:
    """One phase with its name and its day in the farmers' calendar."""
    disc = (Line(circle(x, y, 82), "soft", 3),)
    bright = (Area(lit(x, y, 80, share, right), "#F3D98B", 1.0, name),) if share else ()
    return (*disc, *bright, Hand(name, x, y + 100, 56, middle=True), Hand(day, x, y + 176, 42, "soft", middle=True))


LESSON = Lesson(
    FILM,
    (
        Page("月亮为什么会变", "Why does the moon change?", (
            say("同学们好。月亮有时圆，有时弯。", "Hello, class. The moon is sometimes round, sometimes curved.", Picture("full", 120, 130, 170, (-120, 60), 1.2), Picture("moon", 380, 130, 170, (-120, 60), 1.2)),
            ask("月亮自己会发光吗？", "Does the moon shine by itself?", Hand("月亮自己发光吗？", 640, 150, 68), wait=2.8),
            pupil("anan", "不会，它反射太阳的光。", "No, it reflects the sun's light.", Hand("反射太阳光", 640, 260, 76, "accent")),
            say("月球绕着地球转，大约一个月转一圈。", "The moon circles the earth about once a month.", Hand("月球绕地球转一圈", 120, 400, 72), Hand("约 29.5 天", 120, 510, 84, "accent")),
            chorus("大约二十九天半。", "About twenty-nine and a half days."),
        )),
        Page("太阳、地球、月球", "Sun, earth, moon", (
            say("太阳光从右边照过来。中间是地球。", "Sunlight comes from the right. The earth is in the middle.", Picture("sun", 1070, 290, 150, (120, 0), 0.8), Picture("earth", 470, 310, 120), Line(circle(530, 370, 230), "rule", 3, 16),
                *(Line(((1040, 320 + 46 * i), (900, 320 + 46 * i)), "yellow", 4) for i in range(3))),
            ask("月球转到太阳和地球中间，我们看得见它吗？", "When the moon stands between sun and earth, can we see it?", Area(circle(760, 370, 32, 90, -90), "#F3D98B", 1.0), Line(circle(760, 370, 32), "soft", 3), wait=3.0),
            pupil("lele", "看不见，亮的一面背对着我们。", "No, the bright side is turned away.", Hand("新月", 790, 400, 50, "accent")),
            ask("转到左边呢？", "And on the left?", Area(circle(300, 370, 32, 90, -90), "#F3D98B", 1.0), Line(circle(300, 370, 32), "soft", 3)),
            pupil("xiaoyu", "亮的一面全对着我们，是满月。", "The bright side faces us: full moon.", Hand("满月", 120, 342, 56, "accent")),
            say("在上面和下面，我们只看到一半。", "Above and below we see only half.", Area(circle(530, 140, 32, 90, -90), "#F3D98B", 1.0), Line(circle(530, 140, 32), "soft", 3), Hand("上弦月", 590, 104, 56, "accent"),
                Area(circle(530, 600, 32, 90, -90), "#F3D98B", 1.0), Line(circle(530, 600, 32), "soft", 3), Hand("下弦月", 590, 580, 56, "accent")),
        )),
        Page("一个月的月相", "A month of phases", (
            say("农历初一，看不见月亮，叫新月。", "On the first day of the lunar month there is no moon: new moon.", *phase(190, 220, 0.0, True, NAMES[0], DAYS[0])),
            ask("初七初八，右边亮，叫什么？", "On the seventh or eighth the right half shines. Its name?", *phase(490, 220, 0.5, True, NAMES[1], DAYS[1])),
            chorus("上弦月。", "First quarter."),
            say("十五十六，又圆又亮，是满月。", "On the fifteenth or sixteenth it is round and bright: full moon.", *phase(790, 220, 1.0, True, NAMES[2], DAYS[2])),
            say("廿二廿三，左边亮，是下弦月。", "On the 22nd or 23rd the left half shines: last quarter.", *phase(1090, 220, 0.5, False, NAMES[3], DAYS[3])),
            wonder("dami", "老师，中秋节为什么总是满月？", "Teacher, why is Mid-Autumn always a full moon?"),
            ask("中秋节是农历哪一天？", "Which lunar day is Mid-Autumn?"),
            pupil("anan", "八月十五，所以是满月。", "The fifteenth of the eighth month, so it is full.", Hand("八月十五 → 满月", 640, 540, 76, "accent", middle=True)),
            say("从今晚开始，每天画一次月亮，画一个月。", "From tonight, draw the moon every day for a month."),
        )),
    ),
    SLATE, "wu",
)  # fmt: skip

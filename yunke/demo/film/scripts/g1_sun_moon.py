"""Grade 1 Chinese: four characters that began as pictures."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..hand import Cell, Hand, Steps
from ..script import Lesson, Page, ask, chorus, pupil, say
from ..values import Film

FILM = Film(
    "g1-sun-moon", 1, "chinese", "日月水火", "Sun, moon, water, fire", "识字", "First characters",
    ("象形字", "笔顺规则", "田字格书写"),
)  # fmt: skip

SCENES = Page(
    "图画里的字", "Characters inside pictures",
    (
        say("小朋友们好！今天我们来认四个汉字。", "Hello, children! Today we learn four characters.",
            Picture("sun", 110, 150, 190, (-60, 0), 0.8)),
        ask("看，天上圆圆的、亮亮的是什么？", "Look, what is round and bright in the sky?"),
        pupil("xiaoyu", "是太阳！", "It is the sun!", Hand("太阳", 140, 380, 64)),
        ask("对了。晚上天上弯弯的是什么？", "Right. What is curved in the night sky?",
            Picture("moon", 400, 150, 180, (-60, 0), 0.8)),
        pupil("dami", "是月亮。", "It is the moon.", Hand("月亮", 420, 380, 64)),
        say("还有河里的水，炉子里的火。", "And water in the river, fire in the stove.",
            Picture("water", 680, 160, 190, (60, 0), 0.8), Hand("水", 740, 380, 64),
            Picture("fire", 970, 150, 180, (60, 0), 0.8), Hand("火", 1030, 380, 64)),
        say("很久很久以前，人们把看到的样子画下来，慢慢变成了字。",
            "Long, long ago people drew what they saw, and slowly the drawings became characters.",
            Hand("画  →  字", 640, 520, 84, "accent", middle=True)),
        say("这样的字叫象形字。", "Such characters are called pictographs."),
    ),
)  # fmt: skip


def practice(char: str, picture: str, title_en: str, first: str, first_en: str, tip: str, tip_en: str) -> Page:
    """The page on which one character is written: red model, then black."""
    return Page(
        f"写一写：{char}", title_en,
        (
            say(first, first_en, Picture(picture, 1010, 130, 170), Cell(char, 90, 165, 300, "accent", mi=True)),
            say(tip, tip_en, Steps(char, 100, 520)),
            chorus(f"{char}，{char}，{char}。", f"{title_en.split(': ')[1].capitalize()}, three times.",
                   Cell(char, 470, 190, 210), Cell(char, 730, 190, 210, pinyin=False)),
        ),
    )  # fmt: skip


LESSON = Lesson(
    FILM,
    (
        SCENES,
        practice("日", "sun", "Writing: sun", "日字有四笔：竖，横折，横，横。",
                 "Sun has four strokes: down, across and down, across, across.",
                 "先写外面，再写里面，最后关门。", "First the outside, then the inside, then close the door."),
        practice("月", "moon", "Writing: moon", "月字也有四笔，第一笔是撇。",
                 "Moon has four strokes too; the first falls to the left.",
                 "月字瘦瘦的，像弯弯的月亮。", "Moon is slim, like the moon itself."),
        practice("水", "water", "Writing: water", "水字先写中间的竖钩，再写左边，最后写右边。",
                 "Water: first the middle hook, then the left, then the right.",
                 "先中间，后两边。", "The middle first, then both sides."),
        practice("火", "fire", "Writing: fire", "火字先写两点，再写人。",
                 "Fire: first the two dots, then the person.",
                 "两个点像小火苗。", "The two dots are like little flames."),
        Page("读一读，想一想", "Read and think",
             (
                 chorus("日，月，水，火。", "Sun, moon, water, fire.",
                        Cell("日", 120, 190, 200), Cell("月", 400, 190, 200),
                        Cell("水", 680, 190, 200), Cell("火", 960, 190, 200)),
                 ask("想一想，日和月在一起，是什么字？", "Think: sun and moon together, what character is that?", wait=3.4),
                 pupil("anan", "是明，明亮的明！", "It is bright!", Hand("日 + 月 =", 300, 490, 90), Hand("明", 720, 490, 100, "accent")),
                 say("真聪明！今天的课就到这里，回家写给爸爸妈妈看。",
                     "Clever! That is all for today. Show your parents at home how you write."),
             )),
    ),
)  # fmt: skip

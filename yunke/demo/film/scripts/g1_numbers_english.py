"""Grade 1 English: numbers one to nine, read by children."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..script import Lesson, Page, ask, chorus, play, pupil, say
from ..values import Film

FILM = Film(
    "g1-numbers-english", 1, "english", "数字一到九", "Numbers: one to nine", "数字", "Numbers",
    ("数字单词一到九", "听数字", "读电话号码"), "en",
)  # fmt: skip

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS_ZH = "一二三四五六七八九"


def counted(number: int) -> tuple[Hand, Hand]:
    """A digit with its word under it, three to a row."""
    x, y = 230 + 400 * ((number - 1) % 3), 120 + 180 * ((number - 1) // 3)
    word = WORDS[number - 1]
    return Hand(str(number), x, y, 96, "accent", middle=True), Hand(word, x, y + 98, 54, middle=True)


def number_page(clip: str, digits: str, title: str, title_zh: str) -> Page:
    """A child reads a telephone number; the class writes it."""
    words = [WORDS[int(d) - 1] for d in digits]
    spoken, spoken_zh = " ".join(words), "".join(WORDS_ZH[int(d) - 1] for d in digits)
    step = 1080 / (len(digits) + 1)
    spots = [100 + step * (i + 1) for i in range(len(digits))]
    return Page(title_zh, title, (
        say("Listen to the number.", "请听号码。", Picture("telephone", 560, 110, 150, (0, -120), 0.7)),
        play(clip, f"{spoken.capitalize()}.", f"{spoken_zh}。", wait=0.8),
        ask("What number is it?", "是什么号码？", *(Line(((x - 50, 430), (x + 50, 430)), "rule", 5) for x in spots)),
        play(clip, f"{spoken.capitalize()}.", f"{spoken_zh}。", *(Hand(d, x, 310, 130, "accent", middle=True) for d, x in zip(digits, spots, strict=True))),
        say("Now write the words.", "现在写单词。", *(Hand(w, x, 480, 64, middle=True) for w, x in zip(words, spots, strict=True))),
        chorus(f"{', '.join(words)}.", f"{'，'.join(spoken_zh)}。"),
    ))  # fmt: skip


LESSON = Lesson(
    FILM,
    (
        Page("一到九", "One to nine", (
            say("Hello, boys and girls! Today we count from one to nine.", "同学们好！今天我们从一数到九。"),
            *(say(f"{WORDS[n - 1]}.", f"{WORDS_ZH[n - 1]}。", *counted(n)) for n in range(1, 10)),
            chorus("One, two, three, four, five, six, seven, eight, nine.", "一，二，三，四，五，六，七，八，九。"),
        )),
        number_page("000530027", "339", "A short number", "一个短号码"),
        number_page("000540054", "5591", "Five, five, nine, one", "五五九一"),
        number_page("000700037", "3817", "Three, eight, one, seven", "三八一七"),
        number_page("012030043", "6176", "Six, one, seven, six", "六一七六"),
        Page("哪个数没出现", "Which one is missing?", (
            play("000700048", "Two two nine one.", "二二九一。", Hand("2 2 9 1", 640, 110, 110, middle=True)),
            play("012030044", "Six three seven nine.", "六三七九。", Hand("6 3 7 9", 640, 250, 110, middle=True)),
            ask("Which numbers did we not hear? Look at one to nine.", "哪些数字没有听到？看看一到九。",
                Hand("1 2 3 4 5 6 7 8 9", 640, 400, 72, "soft", middle=True), wait=3.5),
            pupil("anan", "Four, five and eight.", "四、五和八。", Hand("four  five  eight", 640, 520, 84, "accent", middle=True)),
            play("000360332", "The first question was an obvious one.", "第一个问题很容易。"),
            say("Very good. Goodbye, everyone!", "很好。大家再见！"),
        )),
    ),
)  # fmt: skip

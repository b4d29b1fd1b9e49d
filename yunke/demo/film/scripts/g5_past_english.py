"""Grade 5 English: what happened yesterday. Sentences are read by children of nine to twelve and by adults."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..script import Beat, Lesson, Page, ask, chorus, play, pupil, say
from ..values import Film

FILM = Film(
    "g5-past-english", 5, "english", "过去的事", "Things that happened", "讲过去的故事", "Telling what happened",
    ("一般过去时", "规则动词加ed", "不规则动词"), "en",
)  # fmt: skip


def told(clip: str, sentence: str, zh: str, row: int, start: str, verb: str) -> tuple[Beat, ...]:
    """A sentence is read and written; the verb is underlined."""
    x, y = 90.0, 110.0 + 132 * row
    left = x + Hand(start, 0, 0, 80).width() + 6
    line = Line(((left, y + 92), (left + Hand(verb, 0, 0, 80).width(), y + 92)), "accent", 6)
    return play(clip, sentence, zh, Hand(sentence, x, y, 80)), say(f"{verb}.", f"动词：{verb}。", line)


LESSON = Lesson(
    FILM,
    (
        Page("昨天和今天", "Yesterday and today", (
            say("Good afternoon! Today we talk about the past.", "下午好！今天我们谈过去的事。", Hand("today", 180, 130, 84, "soft"), Hand("yesterday", 700, 130, 84, "accent")),
            say("Today I turn. Yesterday I turned.", "今天我转。昨天我转了。", Hand("turn", 180, 260, 80), Hand("turned", 700, 260, 80)),
            say("Today I go. Yesterday I went.", "今天我去。昨天我去了。", Hand("go", 180, 380, 80), Hand("went", 700, 380, 80)),
            ask("And do? What is it yesterday?", "do呢？昨天怎么说？", Hand("do", 180, 500, 80)),
            pupil("xiaoyu", "Did.", "did。", Hand("did", 700, 500, 80)),
            chorus("Turn, turned. Go, went. Do, did.", "转，转了。去，去了。做，做了。"),
        )),
        Page("加ed的动词", "Verbs with -ed", (
            *told("030680097", "She turned it over.", "她把它翻了过来。", 0, "She ", "turned"),
            *told("054080065", "And the three turned away.", "三个人转身走开了。", 1, "And the three ", "turned"),
            *told("096240003", "He just turned and left.", "他转身就走了。", 2, "He just ", "turned"),
            ask("Which verb here has no e d?", "哪个动词没有ed？"),
            pupil("dami", "Left.", "left。", Hand("leave → left", 90, 520, 80, "accent")),
        )),
        Page("不规则的动词", "Verbs with their own past", (
            *told("065040077", "So they went into the library.", "于是他们走进了图书馆。", 0, "So they ", "went"),
            *told("061210086", "He did it for me.", "他为我做了这件事。", 1, "He ", "did"),
            *told("069120165", "She made me better last night.", "昨晚她让我好多了。", 2, "She ", "made"),
            *told("096000013", "Then I saw him at once.", "然后我马上看见了他。", 3, "Then I ", "saw"),
            chorus("Went, did, made, saw.", "去了，做了，使得，看见了。"),
        )),
        Page("was：过去的是", "Was", (
            *told("054180063", "His face was cold.", "他的脸是冷的。", 0, "His face ", "was"),
            *told("030020022", "She was not here.", "她不在这里。", 1, "She ", "was"),
            *told("051950051", "Your father was my friend.", "你爸爸是我的朋友。", 2, "Your father ", "was"),
            play("096240009", "You could tell it on his face.", "从他脸上就看得出来。"),
            ask("Where were you yesterday?", "昨天你在哪里？", Hand("I was at home.", 90, 510, 80, "accent"), wait=3.0),
            pupil("anan", "I was at home.", "我在家。", Picture("house", 1000, 470, 170)),
            say("Good. Write three things you did yesterday.", "好。写三件你昨天做过的事。"),
        )),
    ),
)  # fmt: skip

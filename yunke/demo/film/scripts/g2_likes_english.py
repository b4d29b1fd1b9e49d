"""Grade 2 English: he likes, she likes. Sentences are read by children of six and seven."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..script import Lesson, Page, ask, chorus, play, pupil, say
from ..values import Film

FILM = Film(
    "g2-likes-english", 2, "english", "他喜欢什么", "He likes, she likes", "我喜欢的东西", "Things we like",
    ("动词加s", "表达喜好", "单词：水果与食物"), "en",
)  # fmt: skip


def liking(clip: str, who: str, thing: str, picture: str, zh: str, question_zh: str) -> Page:
    """A child reads a sentence; the board shows it; a pupil answers a question about it."""
    sentence = f"{who} likes {thing}."
    start = Hand(f"{who} ", 100, 330, 96).width()
    return Page(zh.rstrip("。"), sentence.rstrip("."), (
        say("Look and listen.", "看一看，听一听。", Picture(picture, 850, 110, 200, (200, 0), 0.8)),
        play(clip, sentence, zh, Hand(sentence, 100, 330, 96)),
        ask(f"What does {who} like?", question_zh),
        pupil("xiaoyu" if who in {"Mike", "John"} else "dami", f"{who} likes {thing}.", zh),
        say("Look at the letter s.", "看字母s。", Line(((100 + start, 440), (96 + start + Hand("likes", 0, 0, 96).width(), 440)), "accent", 6)),
        chorus(sentence, zh, Hand(sentence, 100, 500, 64, "soft"), wait=0.6),
    ))  # fmt: skip


LESSON = Lesson(
    FILM,
    (
        Page("我喜欢，他喜欢", "I like, he likes", (
            say("Good morning! Today we talk about things we like.", "早上好！今天我们说说喜欢的东西。",
                Picture("apple", 140, 120, 130, (0, -100), 0.6), Picture("orange", 330, 120, 130, (0, -100), 0.6), Picture("lemon", 520, 120, 130, (0, -100), 0.6)),
            say("I like apples. He likes oranges. She likes lemons.", "我喜欢苹果。他喜欢橙子。她喜欢柠檬。",
                Hand("I like apples.", 100, 290, 80), Hand("He likes oranges.", 100, 400, 80), Hand("She likes lemons.", 100, 510, 80)),
            ask("What is new after he and she?", "he 和 she 后面有什么不同？"),
            pupil("anan", "The letter s.", "字母s。", Line(((230, 492), (395, 492)), "accent", 6), Line(((265, 602), (430, 602)), "accent", 6)),
        )),
        liking("000700082", "John", "rice", "rice", "约翰喜欢米饭。", "约翰喜欢什么？"),
        liking("001040071", "Mary", "running", "runner", "玛丽喜欢跑步。", "玛丽喜欢什么？"),
        liking("000530003", "Mike", "the orange one", "orange", "迈克喜欢橙色的那个。", "迈克喜欢什么？"),
        liking("000560075", "Jack", "your red cup", "cup", "杰克喜欢你的红杯子。", "杰克喜欢什么？"),
        Page("还有谁要什么", "Who needs what?", (
            play("014190095", "Betty needs new skirt.", "贝蒂需要新裙子。", Picture("skirt", 930, 120, 200, (0, -120), 0.7)),
            say("Betty needs a new skirt.", "贝蒂需要一条新裙子。", Hand("Betty needs a new skirt.", 100, 330, 84)),
            play("030230311", "What do I know about tea?", "关于茶，我知道什么呢？", Picture("tea", 700, 120, 170), question=True, wait=2.4),
            pupil("lele", "My mother likes tea.", "我妈妈喜欢茶。", Hand("My mother likes tea.", 100, 460, 84, "accent")),
            play("008130346", "It was a sufficient answer.", "这个回答足够好了。"),
            say("Well done. See you next time!", "做得好。下次见！"),
        )),
    ),
)  # fmt: skip

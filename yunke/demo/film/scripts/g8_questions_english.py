"""Grade 8 English: asking. Questions are read by children of nine to twelve and by adults."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..figures import Line
from ..hand import Hand
from ..look import SLATE
from ..script import Beat, Lesson, Page, ask, chorus, play, pupil, say
from ..values import Film

FILM = Film(
    "g8-questions-english", 8, "english", "怎样提问", "How to ask", "问与答", "Questions and answers",
    ("特殊疑问句", "一般疑问句", "礼貌请求"), "en",
)  # fmt: skip


def asked(clip: str, question: str, zh: str, row: int, first: str) -> Beat:
    """A recorded question, written and with its first word underlined."""
    y = 110.0 + 124 * row
    line = Line(((90, y + 86), (90 + Hand(first, 0, 0, 74).width(), y + 86)), "accent", 6)
    return play(clip, question, zh, Hand(question, 90, y, 74), line, question=True, wait=1.6)


LESSON = Lesson(
    FILM,
    (
        Page("两种问句", "Two kinds of questions", (
            say("Hello, everyone. Today we learn to ask well.", "大家好。今天我们学习好好提问。"),
            say("Some questions want yes or no.", "有的问题只要回答是或不是。", Hand("Are you ready?", 90, 130, 84), Hand("yes / no", 860, 130, 84, "accent")),
            say("Other questions want an answer in words.", "有的问题要用话来回答。", Hand("What do you see?", 90, 270, 84), Hand("words", 860, 270, 84, "accent")),
            ask("What kind is this: where do you live?", "“你住在哪里”是哪一种？", Hand("Where do you live?", 90, 410, 84)),
            pupil("dami", "It wants words.", "要用话来回答。", Hand("words", 860, 410, 84, "accent")),
        )),
        Page("用疑问词开头", "Beginning with a question word", (
            asked("030830129", "Which do you care to use?", "你想用哪一个？", 0, "Which"),
            pupil("xiaoyu", "The blue one, please.", "请给我蓝色的。"),
            asked("096000009", "What was he even about to say?", "他到底要说什么？", 1, "What"),
            asked("030230311", "What do I know about tea?", "关于茶，我知道什么？", 2, "What"),
            asked("069120061", "How well did I know her?", "我有多了解她？", 3, "How"),
            chorus("Which, what, how.", "哪一个，什么，怎样。"),
        )),
        Page("用动词开头", "Beginning with a verb", (
            asked("011970165", "Are you going in now?", "你现在要进去吗？", 0, "Are"),
            pupil("anan", "Yes, I am.", "是的。"),
            asked("030020047", "Have you something to say?", "你有话要说吗？", 1, "Have"),
            asked("061210148", "And did you hear nothing?", "你什么也没听见吗？", 2, "And"),
            asked("030880172", "Do not I know you?", "我不认识你吗？", 3, "Do"),
            ask("Which word comes first in these questions?", "这些问句里什么词在前面？", wait=2.8),
            pupil("lele", "The verb comes first.", "动词在前面。"),
        )),
        Page("礼貌地请求", "Asking politely", (
            asked("024300063", "Could you put him on the board?", "你能把他写在黑板上吗？", 0, "Could"),
            play("030830001", "Tell me what you want me to do.", "告诉我你要我做什么。", Hand("Tell me what you want me to do.", 90, 240, 70)),
            play("054180111", "I hope you don't mind driving.", "希望你不介意开车。", Hand("I hope you don't mind driving.", 90, 360, 70)),
            ask("Which one is the most polite?", "哪一句最礼貌？", wait=3.0),
            pupil("xiaoyu", "Could you.", "Could you 开头的。", Hand("Could you ... , please?", 90, 500, 84, "accent")),
            play("024300132", "Well, thanks for the consideration.", "谢谢你的考虑。"),
            say("Ask three polite questions at home tonight. Goodbye.", "今晚在家礼貌地问三个问题。再见。"),
        )),
    ),
    SLATE,
)  # fmt: skip

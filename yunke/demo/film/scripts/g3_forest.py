"""Grade 3 Chinese: characters that are put together from others."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Cell, Hand, Steps
from ..look import GREEN
from ..script import Lesson, Page, ask, chorus, pupil, say
from ..values import Film

FILM = Film(
    "g3-forest", 3, "chinese", "木、林、森：会意字", "Tree, grove, forest", "汉字的故事", "Stories of characters",
    ("会意字", "部首", "笔顺规则"),
)  # fmt: skip

LESSON = Lesson(
    FILM,
    (
        Page("一棵树，两棵树，三棵树", "One tree, two trees, three", (
            say("同学们好，今天我们种树，种在黑板上。", "Hello, class. Today we plant trees, on the blackboard.", Picture("tree", 130, 110, 170, (0, 60), 0.7)),
            say("一棵树，是木。", "One tree is mu.", Cell("木", 100, 380, 230)),
            ask("两棵树站在一起，是什么字？", "Two trees side by side: which character?", Picture("tree", 450, 110, 160, (0, 60), 0.7), Picture("tree", 570, 120, 150, (0, 60), 0.7)),
            pupil("dami", "是林，树林的林。", "A grove.", Cell("林", 490, 380, 230)),
            ask("三棵树呢？", "And three trees?", Picture("tree", 880, 120, 150, (0, 60), 0.6), Picture("tree", 1060, 120, 150, (0, 60), 0.6), Picture("tree", 970, 100, 150, (0, 60), 0.6)),
            pupil("xiaoyu", "是森，森林的森！", "A forest!", Cell("森", 920, 380, 230)),
        )),
        Page("人靠着树：休", "A person by a tree: rest", (
            say("一个人走累了，靠在树边。", "A tired walker leans on a tree.", Picture("runner", 130, 150, 180, (-100, 0), 1.2), Picture("tree", 300, 130, 210)),
            ask("人加木，猜猜是什么意思？", "Person plus tree: guess what it means?", Hand("亻 + 木 =", 540, 210, 92), wait=3.2),
            pupil("anan", "是休息的休。", "Rest.", Cell("休", 985, 150, 230, "accent", mi=True)),
            say("两个意思合在一起，变成新的意思，这叫会意字。", "Two meanings joined into a new one: we call it a compound idea.", Hand("会意字：意思加意思，得到新的意思。", 90, 470, 62)),
            chorus("会意字，意思加意思，得到新的意思。", "Meaning and meaning make a new meaning."),
        )),
        Page("猜字游戏", "A guessing game", (
            ask("小土堆成尘，小和大合起来呢？", "Small over big makes what?", Hand("小 + 大 =", 90, 120, 90), wait=3.0),
            pupil("lele", "是尖，铅笔尖的尖。", "Sharp, like a pencil's tip.", Hand("尖", 520, 120, 100, "accent")),
            ask("日和月合起来呢？", "Sun and moon?", Hand("日 + 月 =", 90, 250, 90)),
            chorus("明！", "Bright!", Hand("明", 520, 250, 100, "accent")),
            ask("田地里出力气的人，是什么字？", "Strength in the field: which character?", Hand("田 + 力 =", 90, 380, 90), wait=3.0),
            pupil("dami", "是男。", "Man.", Hand("男", 520, 380, 100, "accent")),
            ask("三个人在一起呢？", "And three persons together?", Hand("人 + 人 + 人 =", 90, 510, 90)),
            pupil("xiaoyu", "是众，众人的众。", "A crowd.", Hand("众", 760, 510, 100, "accent"), Line(((750, 622), (870, 622)), "accent", 6)),
        )),
        Page("写好森字", "Writing forest well", (
            say("森字上面的木要宽，下面两个木要让一让。", "In forest the upper tree is wide, the two below make room.", Cell("森", 120, 160, 300, "accent", mi=True, pace=1.3)),
            chorus("上面宽，下面让。", "Wide above, room below.", Cell("森", 560, 180, 230, pace=1.3), Steps("森", 90, 540, 82)),
            say("写完以后比一比，谁的森林最漂亮。下课。", "Compare afterwards whose forest is the most beautiful. Class is over.", Picture("tree", 900, 200, 180, (0, 60), 0.5), Picture("bird", 1020, 160, 100, (200, -60), 1.0)),
        )),
    ),
    GREEN, "zhao",
)  # fmt: skip

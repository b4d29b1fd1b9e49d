"""Grade 2 Chinese: three old poems."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Cell, Hand
from ..look import PAPER
from ..script import Beat, Item, Lesson, Page, ask, chorus, pupil, say
from ..values import Film

FILM = Film(
    "g2-three-poems", 2, "chinese", "古诗三首", "Three old poems", "古诗诵读", "Reading old poems",
    ("古诗诵读", "想象画面", "田字格书写"),
)  # fmt: skip

LEFT, TOP, ROW, SIZE = 70.0, 190.0, 108.0, 58.0


def verse(row: int, text: str, other: str, *more: Item) -> Beat:
    """The teacher reads a line and writes it with its pinyin."""
    return say(text, other, Hand(text, LEFT, TOP + ROW * row, SIZE, pinyin=True, air=22), *more)


def head(title: str, poet: str) -> tuple[Item, ...]:
    """The poem's name and its poet."""
    return (Hand(title, LEFT + 130, 92, 60, "accent"), Hand(poet, LEFT + 360, 104, 42, "soft"))


LESSON = Lesson(
    FILM,
    (
        Page("静夜思", "Thoughts on a quiet night", (
            say("同学们好，今天我们读三首古诗。第一首是李白的静夜思。", "Hello, class. Today we read three old poems. The first is by Li Bai.",
                *head("静夜思", "唐 李白"), Picture("moon", 960, 120, 170, (120, 60), 1.4)),
            verse(0, "床前明月光，", "Before my bed the moon shines bright,"),
            verse(1, "疑是地上霜。", "I took it for frost on the ground.", Picture("bed", 880, 380, 280)),
            ask("诗人把月光看成了什么？", "What did the poet take the moonlight for?"),
            pupil("xiaoyu", "看成了地上的霜。", "For frost on the ground.", Line(((LEFT, 372), (LEFT + 390, 372)), "accent", 5)),
            verse(2, "举头望明月，", "I lift my head and see the moon,"),
            verse(3, "低头思故乡。", "I bow my head and think of home."),
            chorus("举头望明月，低头思故乡。", "I lift my head and see the moon, I bow my head and think of home."),
        )),
        Page("咏鹅", "Ode to the goose", (
            say("第二首，咏鹅。写诗的骆宾王那时才七岁。", "The second: the goose. Luo Binwang was only seven when he wrote it.", *head("咏鹅", "唐 骆宾王")),
            chorus("鹅，鹅，鹅，", "Goose, goose, goose,", Hand("鹅，鹅，鹅，", LEFT, TOP, SIZE, pinyin=True, air=22)),
            verse(1, "曲项向天歌。", "neck bent, it sings to the sky."),
            verse(2, "白毛浮绿水，", "White feathers float on green water,", Picture("water", 900, 420, 230), Picture("goose", 890, 270, 230, (220, 0), 2.4)),
            verse(3, "红掌拨清波。", "red feet stroke the clear waves."),
            ask("诗里写了哪几种颜色？", "Which colours are in the poem?"),
            pupil("lele", "白色，绿色，还有红色。", "White, green and red.",
                  Line(((LEFT, 480), (LEFT + 60, 480)), "soft", 6), Line(((LEFT + 240, 480), (LEFT + 300, 480)), "green", 6), Line(((LEFT, 588), (LEFT + 60, 588)), "#B3261E", 6)),
        )),
        Page("春晓", "Spring dawn", (
            say("第三首，孟浩然的春晓。晓，就是早晨。", "The third: Spring Dawn by Meng Haoran. Xiao means early morning.",
                *head("春晓", "唐 孟浩然"), Picture("sun", 1010, 110, 140, (0, 120), 1.2)),
            verse(0, "春眠不觉晓，", "In spring I slept and missed the dawn,"),
            verse(1, "处处闻啼鸟。", "everywhere I hear birds sing.", Picture("bird", 820, 260, 120, (-160, -60), 1.0), Picture("bird", 980, 300, 100, (160, -60), 1.0)),
            verse(2, "夜来风雨声，", "Last night came wind and rain,"),
            verse(3, "花落知多少。", "who knows how many flowers fell.", Picture("flower", 850, 450, 150), Picture("flower", 1000, 480, 120)),
            ask("诗人早晨听到了什么？", "What did the poet hear in the morning?"),
            pupil("anan", "听到了小鸟的叫声。", "He heard the birds."),
        )),
        Page("写一写：春", "Writing: spring", (
            say("我们来写春字。三横一撇一捺，下面一个日。", "We write spring: three across, two sweeping down, and a sun below.",
                Cell("春", 120, 180, 320, "accent", mi=True)),
            chorus("春，春天的春。", "Spring, as in springtime.", Cell("春", 540, 200, 230)),
            ask("日字在下面，像什么？", "The sun is below. What is it like?", wait=3.0),
            pupil("dami", "像太阳从草下面升起来！", "Like the sun rising under the grass!", Picture("sun", 900, 210, 200, (0, 160), 1.4)),
            say("说得真好。回家把喜欢的一首背给家人听。", "Well said. Recite the poem you like best at home."),
        )),
    ),
    PAPER, "zhao",
)  # fmt: skip

"""Grade 4 science: where water goes."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import circle
from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..look import PAPER
from ..script import Lesson, Page, ask, chorus, pupil, say, wonder
from ..strokes import bent
from ..values import Film

FILM = Film(
    "g4-water-cycle", 4, "science", "水到哪里去了", "Where does the water go?", "水的变化", "Changes of water",
    ("蒸发", "凝结", "水循环"),
)  # fmt: skip

LESSON = Lesson(
    FILM,
    (
        Page("湿手印不见了", "The wet hand print is gone", (
            say("同学们好。黑板上的湿手印，过一会儿就不见了。", "Hello, class. A wet hand print on the board is soon gone.", Picture("drop", 120, 130, 140), Picture("drop", 270, 150, 110)),
            ask("水到哪里去了？", "Where did the water go?", Hand("水到哪里去了？", 460, 150, 76), wait=3.0),
            pupil("anan", "变成水蒸气，飞到空气里了。", "It became vapour and flew into the air."),
            say("水变成看不见的水蒸气，叫做蒸发。", "Water turning into unseen vapour is called evaporation.", Hand("水 → 水蒸气", 120, 330, 84), Hand("蒸发", 760, 330, 96, "accent")),
            ask("太阳晒，蒸发会变快还是变慢？", "In the sun, is it faster or slower?", Picture("sun", 1040, 120, 150, (120, -60), 0.8)),
            pupil("dami", "变快，晒衣服就是这样。", "Faster, as when we dry clothes.", Hand("越热，蒸发越快。", 120, 490, 76)),
        )),
        Page("锅盖上的水珠", "Drops on the lid", (
            say("烧水的时候，水蒸气碰到冷的锅盖。", "When water boils, the vapour meets the cold lid.", Picture("pot", 120, 280, 240), Line(((120, 190), (360, 190)), "soft", 12)),
            ask("锅盖上出现了什么？", "What appears on the lid?", *(Line(circle(150 + 36 * i, 208, 6), "sky", 6) for i in range(6))),
            pupil("xiaoyu", "小水珠。", "Little drops."),
            say("水蒸气遇冷变成水，叫做凝结。", "Vapour turning to water in the cold is called condensation.", Hand("水蒸气 → 水", 500, 190, 84), Hand("凝结", 560, 320, 96, "accent")),
            chorus("蒸发，凝结。", "Evaporation, condensation."),
            wonder("lele", "老师，眼镜上的白雾也是凝结吗？", "Teacher, is the mist on glasses condensation too?"),
            say("是的，你观察得真仔细。", "Yes. You watch closely.", Hand("眼镜上的白雾也是凝结。", 440, 490, 64)),
        )),
        Page("大自然的水循环", "The water cycle", (
            say("现在把它们连起来。海和河里的水。", "Now we join them. Water in seas and rivers.", Picture("water", 820, 480, 170), Picture("water", 1000, 480, 170), Picture("mountain", 70, 360, 300)),
            say("太阳一晒，水就蒸发，升到天上。", "In the sun it evaporates and rises.", Picture("sun", 1060, 100, 150, (100, -60), 0.8),
                Line(((960, 460), (960, 270)), "sky", 6), Line(((944, 294), (960, 266), (976, 294)), "sky", 6), Hand("蒸发", 990, 330, 60, "accent")),
            ask("高空很冷，水蒸气会怎样？", "It is cold up there. What happens?", Picture("cloud", 640, 90, 260, (200, 0), 1.2)),
            pupil("anan", "凝结成小水滴，变成云。", "It condenses to droplets and makes clouds.", Hand("凝结", 500, 130, 60, "accent")),
            say("云飘到山上，变成雨，落下来。", "Clouds drift to the mountains and fall as rain.", Picture("cloud", 150, 110, 250, (300, 0), 1.4), Picture("rain", 190, 260, 160), Hand("降水", 390, 280, 60, "accent")),
            ask("雨水最后流到哪里？", "Where does the rain go in the end?", Line(tuple(bent([(350, 600), (470, 660), (600, 560), (800, 610)], 20)), "sky", 6)),
            chorus("流回河里和海里！", "Back to the rivers and the sea!", Hand("汇流", 540, 520, 60, "accent")),
            say("水一直在旅行，这就是水循环。请大家节约用水。", "Water always travels: that is the water cycle. Please save water."),
        )),
    ),
    PAPER, "wu",
)  # fmt: skip

"""Grade 3 English: can, see, draw, look at. Sentences are read by children of six to eight."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..drawn import Picture
from ..figures import Line
from ..hand import Hand
from ..look import GREEN
from ..script import Lesson, Page, ask, chorus, play, pupil, say
from ..values import Film

FILM = Film(
    "g3-can-english", 3, "english", "我能做什么", "What can you do?", "我会做的事", "Things I can do",
    ("情态动词can", "看与画的表达", "一般疑问句与回答"), "en",
)  # fmt: skip

LESSON = Lesson(
    FILM,
    (
        Page("can：能，会", "The word can", (
            say("Hello, class! Today's word is can.", "同学们好！今天的单词是can。", Hand("can", 640, 110, 150, "accent", middle=True)),
            say("I can run. You can read. He can draw.", "我会跑。你会读。他会画。", Hand("I can run.", 100, 310, 76), Hand("You can read.", 100, 420, 76), Hand("He can draw.", 100, 530, 76),
                Picture("runner", 760, 300, 140), Picture("book", 960, 400, 150)),
            ask("After he, do we write cans?", "he 后面要写 cans 吗？"),
            pupil("xiaoyu", "No, can never changes.", "不，can 从来不变。", Line(((205, 622), (330, 622)), "accent", 7)),
        )),
        Page("约翰会画马", "John can draw the horse", (
            play("001030013", "John can draw the horse.", "约翰会画那匹马。", Picture("horse", 860, 110, 250, (260, 0), 1.2)),
            say("Let us write it.", "我们来写一写。", Hand("John can draw the horse.", 100, 400, 88)),
            ask("Can John draw the horse?", "约翰会画马吗？"),
            pupil("anan", "Yes, he can.", "是的，他会。", Hand("Yes, he can.", 100, 530, 80, "accent")),
            chorus("John can draw the horse.", "约翰会画那匹马。"),
        )),
        Page("莱拉看得见面包车", "Layla can see the van", (
            play("010920101", "Layla can see the van.", "莱拉看得见那辆面包车。", Picture("van", 860, 130, 230, (300, 0), 1.4)),
            say("Layla can see the van.", "莱拉看得见那辆面包车。", Hand("Layla can see the van.", 100, 400, 88)),
            ask("Can you see the house?", "你看得见房子吗？", Picture("house", 560, 130, 200)),
            play("014180166", "Yes, I see the house.", "是的，我看见房子了。", Hand("Yes, I see the house.", 100, 530, 80, "accent")),
            chorus("Yes, I see the house.", "是的，我看见房子了。"),
        )),
        Page("能还是不能", "Can or cannot", (
            say("Not everyone can do everything.", "不是每个人什么都会。", Hand("can", 200, 120, 110, "accent"), Hand("cannot", 700, 120, 110, "accent")),
            ask("Can a bird fly?", "鸟会飞吗？", Picture("bird", 110, 270, 150, (-100, -120), 1.2)),
            pupil("xiaoyu", "Yes, it can.", "是的，它会。", Hand("It can fly.", 290, 300, 76)),
            ask("Can a horse fly?", "马会飞吗？", Picture("horse", 110, 450, 160, (-160, 0), 1.2)),
            pupil("lele", "No, it cannot.", "不，它不会。", Hand("It cannot fly. It can run.", 290, 490, 76)),
            chorus("A bird can fly. A horse can run.", "鸟会飞。马会跑。"),
        )),
        Page("看一看，画一画", "Look and draw", (
            play("011970092", "Look at Mary's coat.", "看玛丽的外套。", Picture("coat", 950, 100, 190, (0, -120), 0.8), Hand("Look at Mary's coat.", 100, 130, 80)),
            ask("What colour is the coat?", "外套是什么颜色？"),
            pupil("lele", "It is red.", "是红色的。", Hand("It is red.", 100, 240, 76, "accent")),
            play("011970081", "Let's draw Jim's eye.", "我们来画吉姆的眼睛。", Hand("Let's draw Jim's eye.", 100, 380, 80), Picture("eye", 920, 370, 230)),
            play("024300063", "Could you put him on the board?", "你能把他画在黑板上吗？", question=True, wait=2.2),
            pupil("dami", "Yes, I can.", "可以，我会。", Hand("Yes, I can.", 100, 510, 76, "accent")),
            play("001350194", "The good thing is that we can see the game.", "好在我们能看到比赛。"),
            say("Goodbye, class. Tell your family what you can do.", "同学们再见。告诉家人你会做什么。"),
        )),
    ),
    GREEN,
)  # fmt: skip

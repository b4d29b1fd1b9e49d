"""What other rooms hold on to: chapters, knowledge points, recorded voices, the writing of letters.

The lists are long on purpose: a chapter or point that changes its name loses its notes and marks.
"""

from __future__ import annotations

import pytest

from yunke.demo.film.look import GREEN, PAPER, SLATE, Look, rgb
from yunke.demo.film.pens import glyph_lines
from yunke.demo.film.scripts import LESSONS

BY_SLUG = {lesson.film.slug: lesson for lesson in LESSONS}

CHAPTERS = [
    ("g1-sun-moon", 0, "图画里的字", "Characters inside pictures"),
    ("g1-sun-moon", 1, "写一写：日", "Writing: sun"),
    ("g1-sun-moon", 2, "写一写：月", "Writing: moon"),
    ("g1-sun-moon", 3, "写一写：水", "Writing: water"),
    ("g1-sun-moon", 4, "写一写：火", "Writing: fire"),
    ("g1-sun-moon", 5, "读一读，想一想", "Read and think"),
    ("g1-add-to-ten", 0, "合起来", "Put together"),
    ("g1-add-to-ten", 1, "在直线上跳一跳", "Jumps on the number line"),
    ("g1-add-to-ten", 2, "找朋友：凑成十", "Friends that make ten"),
    ("g1-add-to-ten", 3, "试一试", "Your turn"),
    ("g1-numbers-english", 0, "一到九", "One to nine"),
    ("g1-numbers-english", 1, "一个短号码", "A short number"),
    ("g1-numbers-english", 2, "五五九一", "Five, five, nine, one"),
    ("g1-numbers-english", 3, "三八一七", "Three, eight, one, seven"),
    ("g1-numbers-english", 4, "六一七六", "Six, one, seven, six"),
    ("g1-numbers-english", 5, "哪个数没出现", "Which one is missing?"),
    ("g2-three-poems", 0, "静夜思", "Thoughts on a quiet night"),
    ("g2-three-poems", 1, "咏鹅", "Ode to the goose"),
    ("g2-three-poems", 2, "春晓", "Spring dawn"),
    ("g2-three-poems", 3, "写一写：春", "Writing: spring"),
    ("g2-carrying", 0, "二十七加三十五", "27 + 35"),
    ("g2-carrying", 1, "列竖式", "In columns"),
    ("g2-carrying", 2, "练一练", "Practice"),
    ("g2-likes-english", 0, "我喜欢，他喜欢", "I like, he likes"),
    ("g2-likes-english", 1, "约翰喜欢米饭", "John likes rice"),
    ("g2-likes-english", 2, "玛丽喜欢跑步", "Mary likes running"),
    ("g2-likes-english", 3, "迈克喜欢橙色的那个", "Mike likes the orange one"),
    ("g2-likes-english", 4, "杰克喜欢你的红杯子", "Jack likes your red cup"),
    ("g2-likes-english", 5, "还有谁要什么", "Who needs what?"),
    ("g3-forest", 0, "一棵树，两棵树，三棵树", "One tree, two trees, three"),
    ("g3-forest", 1, "人靠着树：休", "A person by a tree: rest"),
    ("g3-forest", 2, "猜字游戏", "A guessing game"),
    ("g3-forest", 3, "写好森字", "Writing forest well"),
    ("g3-fractions", 0, "一半怎么写", "How to write a half"),
    ("g3-fractions", 1, "几分之一", "One part of several"),
    ("g3-fractions", 2, "几分之几", "Several parts"),
    ("g3-fractions", 3, "判断对错", "Right or wrong"),
    ("g3-can-english", 0, "can：能，会", "The word can"),
    ("g3-can-english", 1, "约翰会画马", "John can draw the horse"),
    ("g3-can-english", 2, "莱拉看得见面包车", "Layla can see the van"),
    ("g3-can-english", 3, "能还是不能", "Can or cannot"),
    ("g3-can-english", 4, "看一看，画一画", "Look and draw"),
    ("g4-triangle-angles", 0, "三个角", "Three angles"),
    ("g4-triangle-angles", 1, "为什么总是180°", "Why always 180°"),
    ("g4-triangle-angles", 2, "求未知的角", "Find the unknown angle"),
    ("g4-water-cycle", 0, "湿手印不见了", "The wet hand print is gone"),
    ("g4-water-cycle", 1, "锅盖上的水珠", "Drops on the lid"),
    ("g4-water-cycle", 2, "大自然的水循环", "The water cycle"),
    ("g5-equations", 0, "天平上的等式", "Equality on a balance"),
    ("g5-equations", 1, "解方程", "Solving"),
    ("g5-equations", 2, "乘法的方程", "With multiplication"),
    ("g5-past-english", 0, "昨天和今天", "Yesterday and today"),
    ("g5-past-english", 1, "加ed的动词", "Verbs with -ed"),
    ("g5-past-english", 2, "不规则的动词", "Verbs with their own past"),
    ("g5-past-english", 3, "was：过去的是", "Was"),
    ("g6-circle-area", 0, "圆有多大", "How large is a circle?"),
    ("g6-circle-area", 1, "剪开，再拼起来", "Cut and put together"),
    ("g6-circle-area", 2, "面积公式", "The formula"),
    ("g6-moon-phases", 0, "月亮为什么会变", "Why does the moon change?"),
    ("g6-moon-phases", 1, "太阳、地球、月球", "Sun, earth, moon"),
    ("g6-moon-phases", 2, "一个月的月相", "A month of phases"),
    ("g7-number-line", 0, "零下的数", "Numbers below zero"),
    ("g7-number-line", 1, "画数轴", "Drawing the number line"),
    ("g7-number-line", 2, "相反数和绝对值", "Opposites and absolute value"),
    ("g8-pythagoras", 0, "勾三股四弦五", "Three, four, five"),
    ("g8-pythagoras", 1, "赵爽的证明", "Zhao Shuang's proof"),
    ("g8-pythagoras", 2, "用一用", "Using it"),
    ("g8-questions-english", 0, "两种问句", "Two kinds of questions"),
    ("g8-questions-english", 1, "用疑问词开头", "Beginning with a question word"),
    ("g8-questions-english", 2, "用动词开头", "Beginning with a verb"),
    ("g8-questions-english", 3, "礼貌地请求", "Asking politely"),
    ("g9-parabola", 0, "描点画图", "Plotting points"),
    ("g9-parabola", 1, "开口、对称轴、顶点", "Opening, axis, vertex"),
    ("g9-parabola", 2, "向上平移", "Shifting upwards"),
]

POINTS = [
    ("g1-sun-moon", "象形字"),
    ("g1-sun-moon", "笔顺规则"),
    ("g1-sun-moon", "田字格书写"),
    ("g1-add-to-ten", "加法的意义"),
    ("g1-add-to-ten", "10以内加法"),
    ("g1-add-to-ten", "凑十"),
    ("g1-numbers-english", "数字单词一到九"),
    ("g1-numbers-english", "听数字"),
    ("g1-numbers-english", "读电话号码"),
    ("g2-three-poems", "古诗诵读"),
    ("g2-three-poems", "想象画面"),
    ("g2-three-poems", "田字格书写"),
    ("g2-carrying", "相同数位对齐"),
    ("g2-carrying", "进位加法"),
    ("g2-carrying", "验算"),
    ("g2-likes-english", "动词加s"),
    ("g2-likes-english", "表达喜好"),
    ("g2-likes-english", "单词：水果与食物"),
    ("g3-forest", "会意字"),
    ("g3-forest", "部首"),
    ("g3-forest", "笔顺规则"),
    ("g3-fractions", "平均分"),
    ("g3-fractions", "几分之一"),
    ("g3-fractions", "几分之几"),
    ("g3-fractions", "比较分数大小"),
    ("g3-can-english", "情态动词can"),
    ("g3-can-english", "看与画的表达"),
    ("g3-can-english", "一般疑问句与回答"),
    ("g4-triangle-angles", "三角形的内角"),
    ("g4-triangle-angles", "内角和是180°"),
    ("g4-triangle-angles", "求未知的角"),
    ("g4-water-cycle", "蒸发"),
    ("g4-water-cycle", "凝结"),
    ("g4-water-cycle", "水循环"),
    ("g5-equations", "用字母表示数"),
    ("g5-equations", "等式的性质"),
    ("g5-equations", "解方程"),
    ("g5-equations", "检验"),
    ("g5-past-english", "一般过去时"),
    ("g5-past-english", "规则动词加ed"),
    ("g5-past-english", "不规则动词"),
    ("g6-circle-area", "圆的半径与周长"),
    ("g6-circle-area", "转化思想"),
    ("g6-circle-area", "圆的面积公式"),
    ("g6-moon-phases", "月相"),
    ("g6-moon-phases", "月球绕地球转动"),
    ("g6-moon-phases", "农历与月相"),
    ("g7-number-line", "负数"),
    ("g7-number-line", "数轴三要素"),
    ("g7-number-line", "相反数"),
    ("g7-number-line", "绝对值"),
    ("g8-pythagoras", "直角三角形"),
    ("g8-pythagoras", "勾股定理"),
    ("g8-pythagoras", "面积法证明"),
    ("g8-pythagoras", "勾股数"),
    ("g8-questions-english", "特殊疑问句"),
    ("g8-questions-english", "一般疑问句"),
    ("g8-questions-english", "礼貌请求"),
    ("g9-parabola", "描点法"),
    ("g9-parabola", "抛物线的开口"),
    ("g9-parabola", "顶点与对称轴"),
    ("g9-parabola", "平移"),
]

CLIPS = [
    ("g1-numbers-english", "000530027", "Three three nine."),
    ("g1-numbers-english", "000540054", "Five five nine one."),
    ("g1-numbers-english", "000700037", "Three eight one seven."),
    ("g1-numbers-english", "012030043", "Six one seven six."),
    ("g1-numbers-english", "000700048", "Two two nine one."),
    ("g1-numbers-english", "012030044", "Six three seven nine."),
    ("g1-numbers-english", "000360332", "The first question was an obvious one."),
    ("g2-likes-english", "000700082", "John likes rice."),
    ("g2-likes-english", "001040071", "Mary likes running."),
    ("g2-likes-english", "000530003", "Mike likes the orange one."),
    ("g2-likes-english", "000560075", "Jack likes your red cup."),
    ("g2-likes-english", "014190095", "Betty needs new skirt."),
    ("g2-likes-english", "030230311", "What do I know about tea?"),
    ("g2-likes-english", "008130346", "It was a sufficient answer."),
    ("g3-can-english", "001030013", "John can draw the horse."),
    ("g3-can-english", "010920101", "Layla can see the van."),
    ("g3-can-english", "014180166", "Yes, I see the house."),
    ("g3-can-english", "011970092", "Look at Mary's coat."),
    ("g3-can-english", "011970081", "Let's draw Jim's eye."),
    ("g3-can-english", "024300063", "Could you put him on the board?"),
    ("g3-can-english", "001350194", "The good thing is that we can see the game."),
    ("g5-past-english", "030680097", "She turned it over."),
    ("g5-past-english", "054080065", "And the three turned away."),
    ("g5-past-english", "096240003", "He just turned and left."),
    ("g5-past-english", "065040077", "So they went into the library."),
    ("g5-past-english", "061210086", "He did it for me."),
    ("g5-past-english", "069120165", "She made me better last night."),
    ("g5-past-english", "096000013", "Then I saw him at once."),
    ("g5-past-english", "054180063", "His face was cold."),
    ("g5-past-english", "030020022", "She was not here."),
    ("g5-past-english", "051950051", "Your father was my friend."),
    ("g5-past-english", "096240009", "You could tell it on his face."),
    ("g8-questions-english", "030830129", "Which do you care to use?"),
    ("g8-questions-english", "096000009", "What was he even about to say?"),
    ("g8-questions-english", "030230311", "What do I know about tea?"),
    ("g8-questions-english", "069120061", "How well did I know her?"),
    ("g8-questions-english", "011970165", "Are you going in now?"),
    ("g8-questions-english", "030020047", "Have you something to say?"),
    ("g8-questions-english", "061210148", "And did you hear nothing?"),
    ("g8-questions-english", "030880172", "Do not I know you?"),
    ("g8-questions-english", "024300063", "Could you put him on the board?"),
    ("g8-questions-english", "030830001", "Tell me what you want me to do."),
    ("g8-questions-english", "054180111", "I hope you don't mind driving."),
    ("g8-questions-english", "024300132", "Well, thanks for the consideration."),
]

# How many times the pen touches the paper, as English print letters are taught in Chinese schools.
PEN_LINES = [
    ("a", 2),
    ("b", 2),
    ("c", 1),
    ("d", 2),
    ("e", 1),
    ("f", 2),
    ("g", 2),
    ("h", 2),
    ("i", 2),
    ("j", 2),
    ("k", 3),
    ("l", 1),
    ("m", 3),
    ("n", 2),
    ("o", 1),
    ("p", 2),
    ("q", 2),
    ("r", 2),
    ("s", 1),
    ("t", 2),
    ("u", 2),
    ("v", 1),
    ("w", 1),
    ("x", 2),
    ("y", 2),
    ("z", 1),
    ("A", 3),
    ("B", 3),
    ("C", 1),
    ("D", 2),
    ("E", 3),
    ("F", 3),
    ("G", 1),
    ("H", 3),
    ("I", 3),
    ("J", 1),
    ("K", 3),
    ("L", 1),
    ("M", 2),
    ("N", 2),
    ("O", 1),
    ("P", 2),
    ("Q", 2),
    ("R", 3),
    ("S", 1),
    ("T", 2),
    ("U", 1),
    ("V", 1),
    ("W", 1),
    ("X", 2),
    ("Y", 2),
    ("Z", 1),
    ("0", 1),
    ("1", 1),
    ("2", 1),
    ("3", 1),
    ("4", 2),
    ("5", 2),
    ("6", 1),
    ("7", 1),
    ("8", 1),
    ("9", 1),
]


@pytest.mark.parametrize(("slug", "number", "chinese", "english"), CHAPTERS)
def test_chapters_keep_their_names(slug: str, number: int, chinese: str, english: str) -> None:
    page = BY_SLUG[slug].pages[number]
    assert (page.title_zh, page.title_en) == (chinese, english)


def test_no_chapter_is_unknown() -> None:
    assert len(CHAPTERS) == sum(len(lesson.pages) for lesson in LESSONS)


@pytest.mark.parametrize(("slug", "point"), POINTS)
def test_knowledge_points_keep_their_names(slug: str, point: str) -> None:
    assert point in BY_SLUG[slug].film.points


def test_no_point_is_unknown() -> None:
    assert len(POINTS) == sum(len(lesson.film.points) for lesson in LESSONS)


@pytest.mark.parametrize(("slug", "clip", "text"), CLIPS)
def test_recorded_voices_are_heard_where_they_belong(slug: str, clip: str, text: str) -> None:
    beats = [beat for page in BY_SLUG[slug].pages for beat in page.beats if beat.clip == clip]
    assert text in {beat.text for beat in beats}


@pytest.mark.parametrize(("letter", "lines"), PEN_LINES)
def test_letters_are_written_as_taught(letter: str, lines: int) -> None:
    assert len(glyph_lines(letter)) == lines


def brightness(colour: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: Look, name: str) -> float:
    one, two = brightness(look.colour("ground")), brightness(look.colour(name))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


@pytest.mark.parametrize("look", [PAPER, GREEN, SLATE], ids=lambda look: look.name)
def test_ink_can_be_read_by_everybody(look: Look) -> None:
    assert contrast(look, "ink") >= 7
    assert contrast(look, "soft") >= 4.5
    assert contrast(look, "accent") >= 4.5


@pytest.mark.parametrize("look", [PAPER, GREEN, SLATE], ids=lambda look: look.name)
def test_guide_lines_stay_behind_the_ink(look: Look) -> None:
    assert 1.05 < contrast(look, "rule") < contrast(look, "soft")


def test_the_paper_is_the_houses_paper() -> None:
    assert PAPER.ground == "#FBF8F3"
    assert PAPER.accent == "#C8451F"
    assert rgb("#C8451F") == (200, 69, 31)

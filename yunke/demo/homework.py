"""Homework of the demo city in every state: to do, handed in, marked with pen and word, returned.

Told through homework's door, as teachers, pupils and guardians would do it. The pages that pupils
"photographed" are drawn by code.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from PIL import Image, ImageDraw

from yunke.base.clock import at, now, today
from yunke.craft.marking.items import (
    Choice,
    ChoiceKey,
    Item,
    Key,
    NumberKey,
    ShortTextKey,
    item_to_json,
)
from yunke.demo.city import City, ClassPlan
from yunke.demo.film.printed import face
from yunke.school.attempts.door import (
    Of,
    Sent,
    attempt_opened,
    attempt_submit,
    attempts_mark,
    marks_of,
    pages_of,
    photo_add,
)
from yunke.school.homework.door import (
    AskedFor,
    MarkIn,
    Reveal,
    Setting,
    Task,
    desk_save,
    homework_begin,
    homework_return,
    homework_set,
    homework_sign,
    lines_of_classes,
    phrase_add,
    states_of_homework,
    tasks_write,
)
from yunke.school.library.door import QuestionDraft, questions_add

# Stem in Chinese and English, key, points.
Asked = tuple[tuple[str, str, Key, int], ...]
SUMS: Asked = (
    ("0.8 × 5 = ?", "0.8 × 5 = ?", NumberKey("4"), 2),
    ("1.25 × 8 = ?", "1.25 × 8 = ?", NumberKey("10"), 2),
    ("下面哪一个等于 3.6 × 0.1？", "Which one equals 3.6 × 0.1?",
     ChoiceKey((Choice("A", "36"), Choice("B", "0.36"), Choice("C", "3.6")), "B"), 2),
    ("为什么一个数乘比 1 小的数，积会变小？", "Why does a factor below 1 make a product smaller?",
     ShortTextKey(("因为只取了这个数的一部分",)), 4),
)  # fmt: skip
SMALL: Asked = (
    ("5 + 4 = ?", "5 + 4 = ?", NumberKey("9"), 1),
    ("10 − 3 = ?", "10 − 3 = ?", NumberKey("7"), 1),
    ("皮球是什么形状？", "What shape is a ball?",
     ChoiceKey((Choice("A", "球"), Choice("B", "圆柱"), Choice("C", "长方体")), "A"), 1),
)  # fmt: skip
JUNIOR: Asked = (
    ("直角边长 6 和 8，斜边长是多少？", "Legs of 6 and 8: how long is the hypotenuse?",
     NumberKey("10"), 3),
    ("边长 5、12、13 的三角形是直角三角形吗？", "Is a triangle with sides 5, 12, 13 a right one?",
     ChoiceKey((Choice("A", "是"), Choice("B", "不是")), "A"), 2),
    ("勾股定理为什么成立？用面积说一说。", "Why does Pythagoras hold? Tell it with areas.",
     ShortTextKey(("大正方形的面积等于四个三角形加小正方形",)), 5),
)  # fmt: skip
WHYS = ("因为只取了它的一部分", "因为小数点往左移", "不知道", "因为乘的数不到一整份，所以变小")
PHRASES = ("字写得端正", "步骤清楚", "计算再仔细一点", "注意单位", "有进步，继续加油")
GRADE = 5


@dataclass(frozen=True)
class Said:
    """What a pupil answers, and when: days before now."""

    values: tuple[Any, ...]
    photos: int = 0


def homework_write(city: City) -> int:
    """Write the stories once; gives how many homeworks there are."""
    if lines_of_classes([city.class_of("yinxing", GRADE).id]):
        return 0
    with transaction.atomic():
        return _all(city)


def _all(city: City) -> int:
    small, big = city.class_of("yinxing", 1), city.class_of("yinxing", GRADE)
    numbers = [
        _sums(big), _copied(city, big), _before_class(big), _coming(big),
        _read_aloud(small), _counted(city, small), _junior(city.class_of("qingyuzx", 8)),
    ]  # fmt: skip
    for text in PHRASES:
        phrase_add(teacher_id=big.teachers["chinese"], text=text)
        phrase_add(teacher_id=big.teachers["maths"], text=text)
    return len(numbers)


def _setting(
    plan: ClassPlan, subject: str, title: str, asked: Sequence[AskedFor], **more: Any
) -> Setting:
    evening = at(today(), time(20))
    values: dict[str, Any] = {
        "class_id": plan.id, "title": title, "words": "", "subject": subject, "minutes": 15,
        "written": True, "opens_at": now() - timedelta(hours=2),
        "due_at": evening + timedelta(days=1), "reveal": Reveal.HANDED_IN, "asked": tuple(asked),
        "pupils": tuple(plan.pupils),
    }  # fmt: skip
    return Setting(**{**values, **more})


def _asked(plan: ClassPlan, subject: str, sums: Asked) -> tuple[AskedFor, ...]:
    drafts = [
        QuestionDraft(
            item=item_to_json(Item("item", stem, key, Fraction(points))), subject=subject,
            grade=plan.grade, stem_en=stem_en, origin="demo",
            code=f"demo.homework.{plan.grade}.{n}",
        )
        for n, (stem, stem_en, key, points) in enumerate(sums)
    ]  # fmt: skip
    ids = questions_add(plan.teachers[subject], plan.school_id, drafts)
    return tuple(
        AskedFor(ids[draft.code], Fraction(points))
        for draft, (_zh, _en, _key, points) in zip(drafts, sums, strict=True)
    )


def _tasks(plan: ClassPlan, subject: str, *tasks: tuple[Task, str]) -> tuple[AskedFor, ...]:
    return tasks_write(
        tasks, who_id=plan.teachers[subject], school_id=plan.school_id, subject=subject,
        grade=plan.grade,
    )  # fmt: skip


def _sums(plan: ClassPlan) -> int:
    """Handed in by most: rules marked what they could, the "why" waits for the teacher."""
    number = homework_set(
        who_id=plan.teachers["maths"],
        setting=_setting(plan, "maths", "小数乘法练习", _asked(plan, "maths", SUMS), minutes=20),
    )
    for n, pupil in enumerate(plan.pupils[:14]):
        right = n % 3 != 0
        values = ("4" if right else "40", "10", "B" if n % 4 else "A", WHYS[n % len(WHYS)])
        _hand_in(number, pupil, Said(values))
    return number


def _copied(city: City, plan: ClassPlan) -> int:
    """Pages of an exercise book: some marked with pen and word and given back, some waiting."""
    teacher = plan.teachers["chinese"]
    asked = _tasks(plan, "chinese", (Task.PAPER, "把《山居秋暝》抄一遍，写清楚每一笔。"))
    number = homework_set(
        who_id=teacher, setting=_setting(plan, "chinese", "抄写《山居秋暝》", asked, minutes=15)
    )
    first = [city.cast["brother"], *(p for p in plan.pupils if p != city.cast["brother"])][:2]
    for pupil in first:
        _hand_in(number, pupil, Said((), photos=1))
    for state in states_of_homework(number):
        if state.pupil_id in first[:1] and state.attempt_id:
            _marked(teacher, state.copy_id, state.attempt_id)
    homework_return(by_id=teacher, homework_id=number, pupils=first[:1], correct=False)
    homework_sign(
        guardian_id=city.cast["mother"], name=city.names[city.cast["mother"]],
        child_id=city.cast["brother"], homework_id=number, word="昨晚写得很认真。",
    )  # fmt: skip
    return number


def _marked(teacher: int, copy_id: int, attempt_id: int) -> None:
    reply = marks_of([attempt_id])[0]
    ink = {
        str(page.id): [
            {"kind": "stamp", "stamp": "star", "at": [0.88, 0.07]},
            {"kind": "line", "colour": "red", "points": [[0.16, 0.424], [0.62, 0.428]]},
            {"kind": "text", "text": "这一句最好", "at": [0.8, 0.43]},
        ]
        for page in pages_of([attempt_id])
    }  # fmt: skip
    desk_save(
        by_id=teacher, copy_id=copy_id, attempt_id=attempt_id, seq=1, ink=ink,
        marks=(MarkIn(reply.reply_id, reply.out_of - 1),),
        word="字写得端正，“渔舟”的“渔”再看一看。",
    )  # fmt: skip


def _before_class(plan: ClassPlan) -> int:
    """A task before a lesson: a quarter of the class has prepared."""
    asked = _tasks(plan, "chinese", (Task.READING, "空山新雨后，天气晚来秋。"))
    day = today() + timedelta(days=1)
    number = homework_set(
        who_id=plan.teachers["chinese"],
        setting=_setting(
            plan, "chinese", "预习：读一读《山居秋暝》", asked, minutes=5, written=False,
            slot_day=day, slot_period=1, due_at=now() + timedelta(hours=20),
        ),
    )  # fmt: skip
    for pupil in plan.pupils[::4]:
        _hand_in(number, pupil, Said(()))
    return number


def _read_aloud(plan: ClassPlan) -> int:
    """First-graders read aloud: no written work."""
    asked = _tasks(
        plan, "chinese", (Task.READING, "床前明月光，疑是地上霜。举头望明月，低头思故乡。"),
        (Task.SIGNED, "孩子给家人读了一遍。"),
    )  # fmt: skip
    return homework_set(
        who_id=plan.teachers["chinese"],
        setting=_setting(plan, "chinese", "读《静夜思》给家人听", asked, minutes=5, written=False),
    )


def _counted(city: City, plan: ClassPlan) -> int:
    """First-graders' sums in class, marked by rule and back at once; one has a word besides."""
    teacher, child = plan.teachers["maths"], city.cast["child"]
    number = homework_set(
        who_id=teacher,
        setting=_setting(
            plan, "maths", "算一算，认一认", _asked(plan, "maths", SMALL), minutes=5, written=False
        ),
    )
    for n, pupil in enumerate(plan.pupils[:6]):
        _hand_in(number, pupil, Said(("9", "7" if n % 3 != 1 else "8", "A")))
    for state in states_of_homework(number):
        if state.pupil_id == child and state.attempt_id:
            desk_save(
                by_id=teacher, copy_id=state.copy_id, attempt_id=state.attempt_id, seq=1, ink={},
                marks=(), word="算得又对又快，真棒！",
            )  # fmt: skip
    return number


def _junior(plan: ClassPlan) -> int:
    """To do for the named eighth-grader; some of the class have handed in."""
    number = homework_set(
        who_id=plan.teachers["maths"],
        setting=_setting(plan, "maths", "勾股定理", _asked(plan, "maths", JUNIOR), minutes=25),
    )
    for n, pupil in enumerate(plan.pupils[1:6]):
        _hand_in(number, pupil, Said(("10" if n else "14", "A", WHYS[2] if n == 3 else "")))
    return number


def _coming(plan: ClassPlan) -> int:
    """To measure at home until the evening after tomorrow."""
    asked = _tasks(plan, "maths", (Task.PRACTICAL, "量一量家里的一张桌子，拍下来，写上长和宽。"))
    evening = at(today() + timedelta(days=2), time(20))
    return homework_set(
        who_id=plan.teachers["maths"],
        setting=_setting(
            plan, "maths", "量一张桌子", asked, minutes=10, written=False, due_at=evening
        ),
    )


def _hand_in(number: int, pupil: int, said: Said) -> None:
    homework_begin(pupil_id=pupil, homework_id=number)
    opened = attempt_opened(pupil, Of.HOMEWORK, number)
    if opened is None:
        return
    for page in range(said.photos):
        file = io.BytesIO(page_drawn(pupil + page))
        photo_add(who_id=pupil, attempt_id=opened.id, question_id=opened.order[0], file=file)
    answers = [Sent(one, value, 1) for one, value in zip(opened.order, said.values, strict=False)]
    attempt_submit(
        who_id=pupil, attempt_id=opened.id, answers=answers, key=f"demo-homework-{opened.id}"
    )
    attempts_mark([opened.id])


POEM = (
    "山居秋暝",
    "空山新雨后",
    "天气晚来秋",
    "明月松间照",
    "清泉石上流",
    "竹喧归浣女",
    "莲动下渔舟",
)


def page_drawn(seed: int) -> bytes:
    """A page of a squared exercise book with the poem, a little askew, as a phone sees it."""
    page = Image.new("RGB", (720, 960), "#fbf7ec")
    pen = ImageDraw.Draw(page)
    font = face(52, 400)
    for row, line in enumerate(POEM):
        for column, sign in enumerate(line):
            x, y = 110 + column * 84 + (42 if row == 0 else 0), 90 + row * 112
            pen.rectangle([x, y, x + 76, y + 76], outline="#9fb8a4")
            off = (seed * 7 + row * 3 + column * 5) % 7 - 3
            pen.text((x + 11 + off, y + 5 - off), sign, fill="#26313f", font=font)
    turned = page.rotate((seed % 5 - 2) * 0.6, fillcolor="#d9cfbd")
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=80)
    return out.getvalue()

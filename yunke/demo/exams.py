"""Exams of the demo city: one released with its analysis and an appeal, one to come, one at home.

Told through the exams' door, as their teacher would do it.
"""

import random
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction

from yunke.base.clock import at, now, today
from yunke.demo.city import City, ClassPlan
from yunke.demo.reviews import teacher_of
from yunke.ground.people.door import Who
from yunke.school.exams.door import (
    Mode,
    PaperBody,
    PaperLine,
    Section,
    Sort,
    Wish,
    analysis_json,
    analysis_keep,
    analysis_made,
    appeal_ask,
    exam_bring,
    exam_plan,
    exam_release,
    exam_view,
    exams_of_classes,
    item_written,
    mark_give,
    paper_begin,
    results_of,
    stamp_of,
)
from yunke.school.library.door import PointNew, points_write

GRADE = 5
POINTS = (
    ("demo.maths.times", "小数乘法", "Multiplying decimals"),
    ("demo.maths.divide", "小数除法", "Dividing decimals"),
    ("demo.maths.area", "多边形的面积", "Areas of polygons"),
)
FORGOT = "40 平方厘米"  # whoever forgot to halve, asks for another look
# kind, question, options, key, reasoning, point, points, of ten who get it, their wrong answers
ASKED: tuple[tuple[str, str, str, str, str, int, int, int, tuple[str, ...]], ...] = (
    ("choice", "2.4 × 0.5 = ?", "A. 12\nB. 1.2\nC. 0.12\nD. 2.9", "B",
     "2.4 的一半是 1.2。", 0, 2, 9, ("A", "C")),
    ("choice", "下面哪个积小于 3.6？", "A. 3.6 × 1\nB. 3.6 × 1.01\nC. 3.6 × 0.99\nD. 3.6 × 10", "C",
     "乘一个比 1 小的数，积就变小。", 0, 2, 8, ("A", "B", "B")),
    ("number", "1.25 × 0.8 = ?", "", "1", "1.25 × 8 = 10，再缩小到十分之一，是 1。",
     0, 3, 6, ("10", "0.1", "100")),
    ("number", "7.2 ÷ 0.9 = ?", "", "8", "被除数和除数同时乘 10：72 ÷ 9 = 8。",
     1, 3, 7, ("0.8", "80")),
    ("choice", "5.1 ÷ 0.3 的商是几？", "A. 1.7\nB. 17\nC. 170\nD. 0.17", "B",
     "51 ÷ 3 = 17。", 1, 2, 6, ("A", "A", "C")),
    ("true-false", "一个数除以小于 1 的数（0 除外），商比原来大。", "", "对",
     "比如 2 ÷ 0.5 = 4。", 1, 2, 5, ("false",)),
    ("number", "平行四边形底 6 厘米、高 4 厘米，面积是多少？", "", "24 平方厘米",
     "平行四边形的面积 = 底 × 高。", 2, 3, 8, ("20 平方厘米", "12 平方厘米")),
    ("number", "三角形底 8 厘米、高 5 厘米，面积是多少？", "", "20 平方厘米",
     "三角形的面积 = 底 × 高 ÷ 2，别忘了除以 2。", 2, 3, 4, (FORGOT, FORGOT, "13")),
)  # fmt: skip


def exams_write(city: City) -> int:
    """Write the stories once; gives how many exams there are."""
    plan = city.class_of("yinxing", GRADE)
    if exams_of_classes([plan.id]):
        return 0
    who = teacher_of(city, plan, "maths")
    with transaction.atomic():
        points_write([PointNew(code, "maths", zh, en) for code, zh, en in POINTS])
        _released(who, plan)
        _coming(who, plan)
        _at_home(who, plan)
    return 3


def _paper(who: Who, plan: ClassPlan, title: str, title_en: str, parts: slice) -> int:
    lines = [
        PaperLine(
            0 if kind in ("choice", "true-false") else 1, Fraction(worth),
            item=item_written(kind, stem=stem, options=options, key=key, reasoning=why,
                              knowledge=(POINTS[point][0],)),
        )
        for kind, stem, options, key, why, point, worth, _easy, _wrong in ASKED[parts]
    ]  # fmt: skip
    sections = (Section("选一选，判一判", "Choose"), Section("算一算", "Reckon"))
    lines.sort(key=lambda line: line.section)
    return paper_begin(
        who=who, subject="maths", grade=plan.grade, school_id=plan.school_id,
        body=PaperBody(title, title_en, "认真读题，不会的先放一放。", sections, tuple(lines)),
    )  # fmt: skip


def _released(who: Who, plan: ClassPlan) -> None:
    day = today() - timedelta(days=4)
    paper = _paper(who, plan, "小数乘除与面积", "Decimals and areas", slice(None))
    starts = at(day, now().time().replace(hour=9, minute=0, second=0, microsecond=0))
    wish = Wish(
        paper, (plan.id,), Sort.QUIZ, Mode.SCREEN, starts, starts + timedelta(minutes=40), 40,
        appeal_days=7,
    )  # fmt: skip
    chance = random.Random(5)
    sat = {pupil: (plan.id, _answers(chance, n)) for n, pupil in enumerate(plan.pupils[:-1])}
    number = exam_bring(who=who, wish=wish, sat=sat)
    exam = exam_view(number)
    assert exam is not None  # noqa: S101 - just written
    for result in results_of(exam).values():
        for line in result.lines:
            if line.score is None:
                mark_give(who=who, exam_id=number, reply_id=line.reply_id, score=Fraction(0))
    exam_release(exam_id=number, who=who)
    found = results_of(exam)
    analysis_keep(number, stamp_of(found.values()), analysis_json(analysis_made(exam)))
    released = exam_view(number)
    wrong = [person for person, result in found.items() if result.lines[-1].verdict == "wrong"]
    pupil = next((p for p in wrong if found[p].lines[-1].value == FORGOT), wrong[0])
    if released is not None:
        appeal_ask(
            by_id=pupil, exam=released, person_id=pupil,
            reason="算式我会列，只是忘了除以 2，能给过程分吗？",
            question_id=found[pupil].lines[-1].question_id,
        )  # fmt: skip


def _answers(chance: random.Random, n: int) -> list[Any]:
    """One pupil's answers: some know more, and each question has its own pitfalls. The first, whom
    a visitor may be, knows most and has something left to look at."""
    level = chance.gauss(0, 2) if n else 2.5
    rows = sorted(ASKED, key=lambda one: one[0] not in ("choice", "true-false"))
    return [_answer(chance, row, level) for row in rows]


def _answer(chance: random.Random, row: tuple[Any, ...], level: float) -> Any:
    kind, key, easy, wrong = row[0], row[3], row[7], row[8]
    right = chance.uniform(0, 10) < easy + level
    given = key if right else chance.choice(wrong)
    return given in ("对", "true") if kind == "true-false" else given


def _coming(who: Who, plan: ClassPlan) -> None:
    paper = _paper(who, plan, "期末：小数与图形", "Final: decimals and figures", slice(0, 7))
    starts = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2, hours=1)
    exam_plan(
        who=who,
        wish=Wish(
            paper, (plan.id,), Sort.FINAL, Mode.SCREEN, starts, starts + timedelta(minutes=60), 60,
            late_minutes=15, shuffle=True, release_at=starts + timedelta(days=1),
        ),
    )  # fmt: skip


def _at_home(who: Who, plan: ClassPlan) -> None:
    """Open for the whole evening, so that a visitor may try it at any time."""
    paper = _paper(who, plan, "在家小测：小数乘法", "At home: multiplying decimals", slice(0, 4))
    starts = now() + timedelta(seconds=20)
    exam_plan(
        who=who,
        wish=Wish(
            paper, (plan.id,), Sort.QUIZ, Mode.HOME, starts, starts + timedelta(days=3), 20,
            late_full=True,
        ),
    )  # fmt: skip

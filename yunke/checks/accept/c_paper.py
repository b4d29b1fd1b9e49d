"""C-01: forty pupils, one exam on paper, from the printer to the released result.

Sheets are printed by the house, filled by code, photographed at an angle with shadow, curl, blur
and noise, read, matched; what is doubtful is decided as a teacher would who sees the paper; the
written answers are marked blindly by two teachers and arbitrated by a third; the results go out.
Every stored answer and every sum is held against what was filled in.
"""

import random
import time
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from typing import Any

import cv2

from yunke.base.clock import now
from yunke.checks.accept.table import Options
from yunke.ground.people.models import Person
from yunke.school.attempts.door import Of, attempt_opened, marks_of
from yunke.school.exams.actions.desk_mark import mark_give, packet_take
from yunke.school.exams.actions.doubts import mark_decide, page_aside, page_use
from yunke.school.exams.actions.results import exam_release
from yunke.school.exams.models import DeskItem, DeskPiece, Doubt, Exam, MarkGiven, ScanPage, Sheet
from yunke.school.exams.reads.desk import desk_left
from yunke.school.exams.rules.layout import answer_of
from yunke.school.exams.tests.paper_makers import (
    RIGHT,
    WORTH,
    Room,
    marker,
    photographed,
    printed,
    sent,
)
from yunke.school.exams.tests.pens import cat_photo
from yunke.school.exams.values.paper import DoubtKind, Post

PUPILS = 40
Truth = dict[int, dict[str, str | None]]


def c_01(options: Options) -> dict[str, Any]:
    """All clean marks right, none wrong, no doubtful one guessed, all sums exact, released."""
    cv2.setNumThreads(1)
    return journey(PUPILS)


def journey(pupils: int) -> dict[str, Any]:
    """The whole way with so many pupils; figures, and whether everything held."""
    rng, began = random.Random(11), time.perf_counter()
    room = printed(pupils=pupils)
    truth: Truth = {pupil.id: filled_by(rng) for pupil in room.pupils}
    pictures = [
        picture
        for place, pupil in enumerate(room.pupils)
        for picture in photographed(room, pupil, truth[pupil.id], seed=80_000 + 7 * place)
    ]
    drawn, at = time.perf_counter() - began, time.perf_counter()
    sent(room, *pictures, cat_photo())
    reading = time.perf_counter() - at
    asked = Counter(Doubt.objects.values_list("kind", flat=True))
    wrong = guessed(room, truth)
    decide(room, truth)
    desk = marked(room, rng, truth)
    told = compared(room, truth, desk)
    Exam.objects.filter(id=room.exam.id).update(ends_at=now() - timedelta(minutes=1))
    exam_release(exam_id=room.exam.id, who=room.teacher)
    released = Exam.objects.get(id=room.exam.id).released_at is not None
    figures = {
        "pupils": pupils, "pages": len(pictures), "drawn_s": round(drawn, 1),
        "read_s": round(reading, 1), "pages_a_second": round(len(pictures) / reading, 2),
        "asked": dict(asked), "silently_wrong": wrong, **told,
        "pieces": DeskPiece.objects.count(), "arbitrated": desk["arbitrated"],
        "marks_given": desk["given"], "left_at_the_desk": desk_left(room.exam.id),
        "released": released,
    }  # fmt: skip
    good = (
        wrong == 0 and told["answers_wrong"] == 0 and told["sums_wrong"] == 0
        and told["entered"] == pupils and desk_left(room.exam.id) == 0 and released
    )  # fmt: skip
    return {"pass": good, "figures": figures}


def filled_by(rng: random.Random) -> dict[str, str | None]:
    """What one pupil fills in: mostly right, sometimes wrong, now and then nothing or two."""
    told = dict(RIGHT)
    for item in ("1", "2"):
        told[item] = rng.choice(["A", "B", "C", "D", RIGHT[item], RIGHT[item]])
    told["3"] = rng.choice(["BD", "BD", "B", "ABD", "C"])
    told["4"] = rng.choice(["√", "√", "×", None])
    told["5"] = rng.choice(["12.5", "12.5", "125", "1.25", "-3/4"])
    told["6"] = rng.choice(["x = 7", "x + 2 = 9\nx = 7", "x = 5", None])
    if rng.random() < 0.05:
        told["1"] = "AC"
    return told


def guessed(room: Room, truth: Truth) -> int:
    """Marks that the reading was sure of and that are not what was filled in."""
    wrong = 0
    for page in ScanPage.objects.filter(scan__exam=room.exam, sheet__isnull=False):
        sheet = page.sheet
        if sheet is None or sheet.person_id is None:
            continue
        told = truth[sheet.person_id]
        wrong += sum(mark != told[item] for item, mark in page.marks.items())
    return wrong


def decide(room: Room, truth: Truth) -> None:
    """A teacher with the paper in hand: the page that is none is dropped, marks are told."""
    for page in ScanPage.objects.filter(scan__exam=room.exam, sheet__isnull=True):
        page_aside(who=room.teacher, led=room.led, page_id=page.id)
    for doubt in Doubt.objects.filter(kind=DoubtKind.PAGE.value, decided_at__isnull=True):
        page_use(who=room.teacher, led=room.led, page_id=doubt.page_id)
    for doubt in Doubt.objects.filter(kind=DoubtKind.MARK.value, decided_at__isnull=True):
        person = doubt.page.sheet.person_id if doubt.page.sheet else None
        if person is None:
            continue
        mark = truth[person][doubt.item] or ""
        single = not doubt.page.layout.places[doubt.item].get("multiple", False)
        value = mark[:1] if single and doubt.item in ("1", "2") else mark
        truth[person][doubt.item] = value or None
        mark_decide(who=room.teacher, led=room.led, doubt_id=doubt.id, value=value)


def marked(room: Room, rng: random.Random, truth: Truth) -> dict[str, Any]:
    """Two mark every piece blindly, each with an own scale; a third where they are apart."""
    items = list(DeskItem.objects.filter(exam=room.exam).order_by("position"))
    one, two = marker(room, *items, name="甲"), marker(room, *items, name="乙")
    third = marker(room, *items, post=Post.ARBITER, name="丙")
    given = {"given": 0, "arbitrated": 0}
    for by, slack in ((one, 0), (two, 1), (third, 0)):
        for item in items:
            while rows := packet_take(who=by, item_id=item.id):
                for row in rows:
                    points = deserved(row, item, truth)
                    if slack and rng.random() < 0.2:
                        points = max(Fraction(0), points - 2)
                    mark_give(who=by, given_id=row.id, score=str(points), seconds=9)
                    given["given"] += 1
                    given["arbitrated"] += by is third
    return given


def deserved(row: MarkGiven, item: DeskItem, truth: Truth) -> Fraction:
    """What a fair marker sees in the crop."""
    told = truth[row.piece.person_id][str(item.position)]
    if told is None:
        return Fraction(0)
    out_of = Fraction(item.out_of)
    return out_of if told.endswith(RIGHT[str(item.position)] or "") else Fraction(out_of // 2)


def compared(room: Room, truth: Truth, desk: dict[str, Any]) -> dict[str, Any]:
    """Stored answers against what was filled in, sums against the marks behind them."""
    wrong = sums = entered = 0
    for pupil in room.pupils:
        opened = attempt_opened(pupil.id, Of.EXAM, room.exam.id)
        if opened is None:
            continue
        entered += 1
        places = room.layout.places
        for place, question in enumerate(opened.order[:5], start=1):
            due = answer_of(places[str(place)], truth[pupil.id][str(place)])
            wrong += opened.answers.get(question) != due
        sums += total_wrong(pupil, opened.id, truth[pupil.id])
    entered_sheets = Sheet.objects.filter(layout__exam=room.exam, entered_at__isnull=False)
    return {
        "entered": min(entered, entered_sheets.count()), "answers_wrong": wrong,
        "sums_wrong": sums,
    }  # fmt: skip


def total_wrong(pupil: Person, attempt_id: int, told: dict[str, str | None]) -> int:
    """1 where the sum by rule is not what the key gives, or the desk's is not what it counts."""
    marks = marks_of([attempt_id])
    by_rule = sum((mark.score or Fraction(0) for mark in marks if not mark.by), Fraction(0))
    half = {"B": Fraction(2), "D": Fraction(2), "BD": Fraction(4)}
    due = Fraction(0)
    for item, points in zip("1245", (WORTH[0], WORTH[1], WORTH[3], WORTH[4]), strict=True):
        due += points if told[item] == RIGHT[item] else 0
    due += half.get(told["3"] or "", Fraction(0))
    pieces = DeskPiece.objects.filter(person=pupil)
    by_desk = sum((mark.score or Fraction(0) for mark in marks if mark.by), Fraction(0))
    counted = sum((Fraction(piece.score) for piece in pieces), Fraction(0))
    return int(by_rule != due or by_desk != counted)

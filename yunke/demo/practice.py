"""Practice in the demo city: three weeks of one class's answers, errors, a drill, an explanation.

Made up, and told as what it is. Who practises gets better in it, slowly and unevenly, as pupils do.
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import imageio_ffmpeg
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import at, now, today
from yunke.base.limited import Limits, run_limited
from yunke.craft.marking.items import Choice, ChoiceKey, Item, NumberKey, item_to_json
from yunke.demo.city import City, ClassPlan
from yunke.demo.plan import rng
from yunke.school.library.door import PointNew, QuestionDraft, points_write, questions_add
from yunke.school.practice.door import (
    Source,
    Told,
    answered_keep,
    cards_number,
    drills_make,
    explanation_send,
    people_derive,
    points_lines,
)

SEATS = (("yinxing", 1, 1), ("yinxing", 5, 1))
DAYS = 18
# Code, Chinese, English.
POINTS = (
    ("demo.borrow", "退位减法", "Subtraction with borrowing"),
    ("demo.carry", "进位加法", "Addition with carrying"),
    ("demo.times", "乘法口诀", "Times tables"),
    ("demo.compare", "比大小", "Comparing numbers"),
)
# Stem, key, wrong answers with the cause each betrays, expression, point.
SUMS = (
    ("42 − 17 = ?", "25", (("35", "smaller-from-larger"), ("24", ""), ("15", "")), 0),
    ("63 − 28 = ?", "35", (("45", "smaller-from-larger"), ("36", ""), ("25", "")), 0),
    ("50 − 26 = ?", "24", (("36", "smaller-from-larger"), ("34", ""), ("26", "")), 0),
    ("71 − 45 = ?", "26", (("34", "smaller-from-larger"), ("36", ""), ("25", "")), 0),
    ("38 + 25 = ?", "63", (("53", "own:忘了进位"), ("513", "own:没有进位"), ("64", "")), 1),
    ("47 + 36 = ?", "83", (("73", "own:忘了进位"), ("713", "own:没有进位"), ("82", "")), 1),
    ("29 + 54 = ?", "83", (("73", "own:忘了进位"), ("84", ""), ("713", "own:没有进位")), 1),
    ("7 × 8 = ?", "56", (("54", "own:口诀记混了"), ("15", "own:算成了加法"), ("48", "")), 2),
    ("6 × 9 = ?", "54", (("56", "own:口诀记混了"), ("15", "own:算成了加法"), ("45", "")), 2),
    (
        "哪个数大：305 还是 350？",
        "350",
        (("305", "own:没有看十位"), ("一样大", ""), ("503", "")),
        3,
    ),
)
FILM = """#set page(width: 320mm, height: 180mm, margin: 20mm, fill: rgb("#fbf8f3"))
#set text(font: "Noto Sans CJK SC", size: 40pt)
#align(center + horizon)[42 − 17 #v(12mm) #text(26pt)[个位 2 减 7 不够：向十位借一，12 − 7 = 5；\\
十位只剩 3，3 − 1 = 2] #v(12mm) #text(fill: rgb("#1b7f5c"))[= 25]]
"""


def practice_write(city: City) -> int:
    """Write the stories once; gives how many answers there are."""
    points_write([PointNew(code, "maths", zh, en) for code, zh, en in POINTS])
    plans = [city.class_of(*seat) for seat in SEATS]
    if points_lines(plans[0].pupils[0]):
        return 0
    questions = _questions(plans[0])
    told = 0
    for plan in plans:
        answers = list(_answers(plan, questions))
        answered_keep(answers)
        people_derive(plan.pupils)
        told += len(answers)
        drills_make(plan.pupils, today())
        cards_number(plan.id, plan.pupils)
        if plan is plans[0]:
            wrong = {one.person_id for one in answers if _erred(one, questions[0])}
            _explained(plan, questions[0], sorted(wrong))
    return told


def _questions(plan: ClassPlan) -> list[int]:
    drafts = [_draft(number, *told) for number, told in enumerate(SUMS)]
    ids = questions_add(plan.teachers["maths"], 0, drafts, named=False)
    return [ids[draft.code] for draft in drafts]


def _draft(
    number: int, stem: str, key: str, wrong: tuple[tuple[str, str], ...], point: int
) -> QuestionDraft:
    """Choices, and two of them as numbers to write, so that the library of bugs has its say."""
    code = f"demo.practice.{number}"
    if number in (1, 3):
        expression = stem.removesuffix(" = ?").replace("−", "-").replace(" ", "")
        told: ChoiceKey | NumberKey = NumberKey(key, expression=expression)
    else:
        texts = sorted([(key, ""), *wrong], key=lambda one: (len(one[0]), one[0]))
        letters = dict(zip("ABCD", texts, strict=False))
        options = tuple(Choice(one, text, cause) for one, (text, cause) in letters.items())
        told = ChoiceKey(options, next(one for one in options if one.text == key).id)
    reason = "先看个位够不够，再看十位。" if point < 2 else "慢慢想，再对一遍。"
    item = Item("item", stem, told, Fraction(1), reasoning=reason)
    return QuestionDraft(
        item=item_to_json(item), subject="maths", grade=2, origin="demo", code=code,
        points=(POINTS[point][0],),
    )  # fmt: skip


def _answers(plan: ClassPlan, questions: list[int]) -> Iterator[Told]:
    """Some ten days of a few answers each; the share of errors falls with every try."""
    for place, pupil in enumerate(plan.pupils):
        dice = rng("practice", pupil)
        weak = dice.randrange(len(POINTS))
        tries = [0] * len(POINTS)
        days = sorted(dice.sample(range(1, DAYS), 9), reverse=True)
        for day in days:
            for number in dice.sample(range(len(SUMS)), 3):
                moment = _when(day, dice)
                yield _told(plan, pupil, number, questions, moment, (weak, tries), dice, place)


def _when(days: int, dice: Random) -> datetime:
    moment = at(today() - timedelta(days=days), datetime.min.time())
    return min(moment + timedelta(hours=15, minutes=dice.randrange(240)), now())


def _told(
    plan: ClassPlan, pupil: int, number: int, questions: list[int], moment: datetime,
    known: tuple[int, list[int]], dice: Random, place: int,
) -> Told:  # fmt: skip
    weak, tries = known
    _stem, key, wrong, point = SUMS[number]
    tries[point] += 1
    chance = (0.78 if point == weak else 0.42) * tries[point] ** -0.55
    right = dice.random() > chance
    answer, cause = (key, "") if right else wrong[0 if dice.random() < 0.7 else 1]
    if number not in (1, 3):
        texts = sorted([key, *(text for text, _cause in wrong)], key=lambda one: (len(one), one))
        answer = "ABCD"[texts.index(answer)]
    # Below zero, so that no answer of a room below has the same number.
    ref = -(pupil * 1000 + sum(tries) * 10 + place % 10)
    return Told(
        source=Source.DRILL, ref=ref, of_id=0, attempt_id=0, person_id=pupil,
        question_id=questions[number], class_id=plan.id, school_id=plan.school_id, at=moment,
        right=right, value=answer, causes=(cause,) if cause else (), released=True,
    )  # fmt: skip


def _erred(one: Told, question: int) -> bool:
    return one.question_id == question and not one.right


def _explained(plan: ClassPlan, question: int, erred: list[int]) -> None:
    """A drawn explanation of the first question for those who erred."""
    picture = typst.compile(FILM.encode(), format="png", ppi=72)
    film = SimpleUploadedFile("explanation.mp4", film_of(bytes(picture)), "video/mp4")
    explanation_send(
        who_id=plan.teachers["maths"], class_id=plan.id, school_id=plan.school_id,
        question_id=question, pupil_ids=erred, file=film, title="退位减法",
    )  # fmt: skip


def film_of(picture: bytes) -> bytes:
    """Eight still seconds of a picture as MP4."""
    with tempfile.TemporaryDirectory(prefix="yunke-demo-") as folder:
        source, target = Path(folder) / "board.png", Path(folder) / "film.mp4"
        source.write_bytes(picture)
        run_limited(
            [
                imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y", "-loop", "1",
                "-framerate", "2", "-t", "8", "-i", str(source), "-c:v", "libx264", "-preset",
                "ultrafast", "-vf", "scale=1280:720,format=yuv420p", "-f", "mp4", str(target),
            ],
            limits=Limits(cpu=60, nice=5), timeout=60,
        )  # fmt: skip
        return target.read_bytes()

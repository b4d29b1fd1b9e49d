"""Practice in the demo city: three weeks of three classes' answers, errors, drills, explanations.

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
from yunke.demo.drills import CLASSES, Drills, Sum, expression_of
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

DAYS = 18
FILM = """#set page(width: 320mm, height: 180mm, margin: 20mm, fill: rgb("#fbf8f3"))
#set text(font: "Noto Sans CJK SC", size: 40pt)
#align(center + horizon)[{} #v(12mm) #text(26pt)[{} \\ {}] #v(12mm) #text(fill: rgb("#1b7f5c"))[{}]]
"""


def practice_write(city: City) -> int:
    """Write the stories once; gives how many answers there are."""
    if points_lines(city.class_of(*CLASSES[0].seat).pupils[0]):
        return 0
    return sum(_class(city.class_of(*drills.seat), drills) for drills in CLASSES)


def _class(plan: ClassPlan, drills: Drills) -> int:
    points_write([PointNew(point.code, "maths", point.zh, point.en) for point in drills.points])
    questions = _questions(plan, drills)
    answers = list(_answers(plan, drills, questions))
    answered_keep(answers)
    people_derive(plan.pupils)
    drills_make(plan.pupils, today())
    cards_number(plan.id, plan.pupils)
    if drills.film:
        wrong = {one.person_id for one in answers if _erred(one, questions[0])}
        _explained(plan, drills, questions[0], sorted(wrong))
    return len(answers)


def _questions(plan: ClassPlan, drills: Drills) -> list[int]:
    drafts = [_draft(drills, number) for number in range(len(drills.sums))]
    ids = questions_add(plan.teachers["maths"], 0, drafts, named=False)
    return [ids[draft.code] for draft in drafts]


def _draft(drills: Drills, number: int) -> QuestionDraft:
    """Choices, and two of them as numbers to write, so that the library of bugs has its say."""
    told = drills.sums[number]
    key: ChoiceKey | NumberKey
    if number in drills.typed:
        key = NumberKey(told.key, expression=expression_of(told.stem))
    else:
        causes = {told.key: "", **dict(told.wrong)}
        options = tuple(
            Choice(letter, text, causes[text])
            for letter, text in zip("ABCD", _texts(told), strict=True)
        )
        key = ChoiceKey(options, next(one.id for one in options if one.text == told.key))
    point = drills.points[told.point]
    item = Item("item", told.stem, key, Fraction(1), reasoning=point.reason)
    return QuestionDraft(
        item=item_to_json(item), subject="maths", grade=drills.grade, origin="demo",
        code=f"demo.practice.{drills.grade}.{number}", points=(point.code,),
    )  # fmt: skip


def _texts(told: Sum) -> list[str]:
    """What is chosen from, the shortest first."""
    texts = [told.key, *(text for text, _cause in told.wrong)]
    return sorted(texts, key=lambda one: (len(one), one))


def _answers(plan: ClassPlan, drills: Drills, questions: list[int]) -> Iterator[Told]:
    """Some nine days of a few answers each; the share of errors falls with every try."""
    for place, pupil in enumerate(plan.pupils):
        dice = rng("practice", pupil)
        weak = dice.randrange(len(drills.points))
        tries = [0] * len(drills.points)
        for day in sorted(dice.sample(range(1, DAYS), 9), reverse=True):
            for number in dice.sample(range(len(drills.sums)), 3):
                tries[drills.sums[number].point] += 1
                value, right, cause = _given(drills, number, weak, tries, dice)
                # Below zero, so that no answer of a room below has the same number.
                ref = -(pupil * 1000 + sum(tries) * 10 + place % 10)
                yield Told(
                    source=Source.DRILL, ref=ref, of_id=0, attempt_id=0, person_id=pupil,
                    question_id=questions[number], class_id=plan.id, school_id=plan.school_id,
                    at=_when(day, dice), right=right, value=value,
                    causes=(cause,) if cause else (), released=True,
                )  # fmt: skip


def _when(days: int, dice: Random) -> datetime:
    moment = at(today() - timedelta(days=days), datetime.min.time())
    return min(moment + timedelta(hours=15, minutes=dice.randrange(240)), now())


def _given(
    drills: Drills, number: int, weak: int, tries: list[int], dice: Random
) -> tuple[str, bool, str]:
    """The answer, whether it is right, and the cause where it is not."""
    told = drills.sums[number]
    chance = (0.78 if told.point == weak else 0.42) * tries[told.point] ** -0.55
    right = dice.random() > chance
    text, cause = (told.key, "") if right else told.wrong[0 if dice.random() < 0.7 else 1]
    value = text if number in drills.typed else "ABCD"[_texts(told).index(text)]
    return value, right, cause


def _erred(one: Told, question: int) -> bool:
    return one.question_id == question and not one.right


def _explained(plan: ClassPlan, drills: Drills, question: int, erred: list[int]) -> None:
    """A drawn explanation of the first question for those who erred."""
    picture = typst.compile(FILM.format(*drills.film).encode(), format="png", ppi=72)
    film = SimpleUploadedFile("explanation.mp4", film_of(bytes(picture)), "video/mp4")
    explanation_send(
        who_id=plan.teachers["maths"], class_id=plan.id, school_id=plan.school_id,
        question_id=question, pupil_ids=erred, file=film, title=drills.points[0].zh,
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

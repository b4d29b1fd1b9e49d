"""What stands behind a name in practice's addresses: an error, a drill, a film, a live question."""

from datetime import timedelta

import cv2
import numpy as np

from yunke.base.clock import monday, now, today
from yunke.checks.access.forms import FORMS
from yunke.checks.access.things import once
from yunke.checks.access.world import PARAMS, Spot, laid
from yunke.ground.people.tests import makers as people
from yunke.school.practice.actions import explaining, papers, printing
from yunke.school.practice.actions.filming import FILM
from yunke.school.practice.models import (
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    LiveQuestion,
    Mastery,
    Paper,
    Printing,
)
from yunke.school.practice.reads.classes import BAND
from yunke.school.practice.tests import makers

WHITE = np.full((600, 400), 255, np.uint8)
PICTURE = cv2.imencode(".jpg", WHITE)[1].tobytes()


@once("entry_id")
def entry(spot: Spot) -> int:
    """A question that the pupil got wrong yesterday, with its estimate."""
    question = makers.choice(makers.point())
    makers.handed_in(spot.pupil, {question: "B"}, at=now() - timedelta(days=1))
    makers.followed()
    return int(ErrorEntry.objects.get(person=spot.pupil, question=question).id)


def page(spot: Spot) -> ErrorEntry:
    return ErrorEntry.objects.get(id=PARAMS["entry_id"](spot, ""))


@once("erred_id")
def erred(spot: Spot) -> int:
    return int(page(spot).question_id)


@once("point_id")
def point(spot: Spot) -> int:
    """No other place has it; as many of the class have tried it as its curve needs."""
    found = int(page(spot).points[0])
    for _ in range(BAND - 1):
        Mastery.objects.create(
            person=people.pupil(spot.school_class), point_id=found, class_id=spot.school_class.id,
            answers=2, line="01",
        )  # fmt: skip
    return found


@once("drill_id")
def drill(spot: Spot) -> int:
    row = makers.drill(spot.pupil, makers.choice())
    Drill.objects.filter(id=row.id).update(week=monday(today()))
    return int(row.id)


@once("explanation_id")
def explanation(spot: Spot) -> int:
    row = Explanation.objects.create(
        teacher=spot.teacher, question_id=page(spot).question_id, class_id=spot.school_class.id,
        school_id=spot.town.school.id, state="ready", open_until=now() + timedelta(days=1),
    )  # fmt: skip
    ExplanationFor.objects.create(explanation=row, person=spot.pupil)
    laid(explaining.folder_of(row.id) / FILM, b"\0\0\0\x18ftypmp42")
    return int(row.id)


@once("doubt_id")
def doubt(spot: Spot) -> int:
    row = Doubt.objects.create(
        person=spot.pupil, by=spot.pupil, class_id=spot.school_class.id, text="不对"
    )
    return int(row.id)


@once("sheets_id")
def printed(spot: Spot) -> int:
    row = Printing.objects.create(
        class_id=spot.school_class.id, by=spot.teacher, file=printing.NAME, ready_at=now()
    )
    laid(printing.folder_of(row.id) / printing.NAME, b"%PDF-1.7\n")
    return int(row.id)


@once("brought_id")
def brought(spot: Spot) -> int:
    row = Paper.objects.create(
        by=spot.teacher, class_id=spot.school_class.id, state="unclear",
        file=f"{spot.teacher.id}.jpg", drill_id=PARAMS["drill_id"](spot, ""),
    )  # fmt: skip
    return int(row.id)


def pictured(spot: Spot, _of: str) -> int:
    """With its picture, which a decision takes away and no rollback brings back."""
    laid(papers.folder() / f"{spot.teacher.id}.jpg", PICTURE)
    return int(_brought(spot, ""))


_brought = PARAMS["brought_id"]
PARAMS["brought_id"] = pictured


@once("live_id")
def live(spot: Spot) -> int:
    row, _made = LiveQuestion.objects.get_or_create(
        class_id=spot.school_class.id, ended_at=None,
        defaults={"teacher": spot.teacher, "question": makers.choice(makers.point())},
    )  # fmt: skip
    return int(row.id)


FORMS |= {
    "/practice/error/<int:entry_id>/word": lambda spot: {"word": "misread"},
    "/practice/class/<int:class_id>/doubts/<int:doubt_id>": lambda spot: {"answer": "好"},
    "/practice/class/<int:class_id>/question/<int:erred_id>/cause": lambda spot: {
        "value": "B", "cause": "忘了退位",
    },
}  # fmt: skip

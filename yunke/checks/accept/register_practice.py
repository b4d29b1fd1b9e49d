"""The register goes on: causes corrected, drills and explanations sent, sheets decided."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import now
from yunke.ground.audit.door import Act
from yunke.ground.people.tests.makers import Cast
from yunke.school.practice.actions.drilling import class_drills, exercise_send
from yunke.school.practice.actions.explaining import explanation_send, explanation_withdraw
from yunke.school.practice.actions.papers import paper_decide
from yunke.school.practice.actions.printing import printing_ask
from yunke.school.practice.actions.saying import (
    cause_correct,
    doubt_answer,
    doubt_say,
)
from yunke.school.practice.models import Paper
from yunke.school.practice.tests import makers

Ready = Callable[[], Any]
# The head of a WebM: what it holds is looked at by the job.
WEBM = b"\x1aE\xdf\xa3" + b"\0" * 2000


def at(cast: Cast) -> dict[str, Any]:
    return {"who_id": cast.teacher.id, "class_id": cast.one.id, "school_id": cast.school.id}


def erred(cast: Cast) -> int:
    """A question that the first pupil got wrong yesterday."""
    question = makers.choice(makers.point())
    makers.handed_in(cast.pupil, {question: "B"}, at=now() - timedelta(days=1))
    makers.followed()
    return int(question.id)


def corrected(cast: Cast) -> Ready:
    question = erred(cast)
    return lambda: cause_correct(
        **at(cast), question_id=question, value="B", cause="忘了退位", pupil_ids=(cast.pupil.id,)
    )


def drilled(cast: Cast) -> Ready:
    erred(cast)
    return lambda: class_drills(**at(cast), pupil_ids=[cast.pupil.id])


def exercised(cast: Cast) -> Ready:
    question = erred(cast)
    return lambda: exercise_send(
        **at(cast), pupil_ids=[cast.pupil.id], question_ids=[question], title="练"
    )


def printed(cast: Cast) -> Ready:
    row = makers.drill(cast.pupil, makers.choice())
    return lambda: printing_ask(**at(cast), drill_ids=[row.id], language="zh")


def explain(cast: Cast, question: int) -> int:
    film = SimpleUploadedFile("f.webm", WEBM, "video/webm")
    return explanation_send(**at(cast), question_id=question, pupil_ids=[cast.pupil.id], file=film)


def explained(cast: Cast) -> Ready:
    question = erred(cast)
    return lambda: explain(cast, question)


def taken_back(cast: Cast) -> Ready:
    number = explain(cast, erred(cast))
    return lambda: explanation_withdraw(who_id=cast.teacher.id, explanation_id=number)


def answered(cast: Cast) -> Ready:
    place = {"class_id": cast.one.id, "school_id": cast.school.id}
    number = doubt_say(who_id=cast.pupil.id, person_id=cast.pupil.id, text="不对", **place)
    return lambda: doubt_answer(**at(cast), doubt_id=number, answer="好")


def looked_at(cast: Cast) -> Ready:
    row = makers.drill(cast.pupil, makers.choice())
    paper = Paper.objects.create(
        by=cast.teacher, class_id=cast.one.id, school_id=cast.school.id, drill=row,
        state="unclear", unclear=["1"], file="none",
    )  # fmt: skip
    return lambda: paper_decide(
        who_id=cast.teacher.id, class_id=cast.one.id, paper_id=paper.id, answers={"1": "A"}
    )


PRACTICE_ACTIONS: dict[str, tuple[Act, Callable[[Cast], Ready]]] = {
    "an error's cause is corrected": (Act.CAUSE_CORRECTED, corrected),
    "drills are made for a class": (Act.DRILL_SENT, drilled),
    "an exercise is sent": (Act.DRILL_SENT, exercised),
    "drills are printed": (Act.DRILL_SENT, printed),
    "an explanation is sent": (Act.EXPLANATION_SENT, explained),
    "an explanation is taken back": (Act.EXPLANATION_WITHDRAWN, taken_back),
    "a doubt is answered": (Act.DOUBT_ANSWERED, answered),
    "what a sheet of a drill says is decided": (Act.SHEET_DECIDED, looked_at),
}

"""A class, a year, a school that sits at the same questions: for storms and for browsers."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from yunke.base.clock import now
from yunke.checks.living import knocks
from yunke.checks.living.school import School, cookie, key, school
from yunke.school.attempts.models import Attempt
from yunke.school.attempts.tests import makers

QUESTIONS = 20

Answers = list[dict[str, Any]]


@dataclass
class Sitting:
    """``attempts``: the number of each pupil's attempt, in the order of ``of.pupils``."""

    of: School
    questions: list[Any]
    attempts: list[int] = field(default_factory=list)

    def answers(self, seq: int, *, some: slice = slice(None), value: str = "B") -> Answers:
        return [{"question": q.id, "value": value, "seq": seq} for q in self.questions[some]]

    def save(self, number: int, seq: int, answers: Answers) -> bytes:
        return self._write("save", number, answers, f"device{number}", key())

    def submit(self, number: int, seq: int, mark: str) -> bytes:
        return self._write("submit", number, self.answers(seq), f"device{number}", mark)

    def _write(self, what: str, number: int, answers: Answers, device: str, mark: str) -> bytes:
        value = {"attempt": self.attempts[number], "answers": answers, "device": device}
        return knocks.write(
            f"/front/attempts/{what}", value, cookie=cookie(self.of.tokens[number]), key=mark
        )


@transaction.atomic
def sitting(pupils: int, *, questions: int = QUESTIONS, minutes: int = 60) -> Sitting:
    """Every pupil has an open attempt at the same choice questions."""
    of = school(pupils=pupils)
    asked = makers.choices(questions)
    ends = now() + timedelta(minutes=minutes)
    order = [q.id for q in asked]
    rows = [
        Attempt(
            person=child, of="exam", of_id=1, class_id=0, school_id=of.school.id, order=order,
            ends_at=ends, title="期末考试",
        )
        for child in of.pupils
    ]  # fmt: skip
    Attempt.objects.bulk_create(rows)
    ids = dict(Attempt.objects.filter(of="exam").values_list("person_id", "id"))
    return Sitting(of, asked, [ids[child.id] for child in of.pupils])

"""A random walk through an exam's life, and what must hold after every step of it."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.school.attempts.door import (
    Sent,
    attempt_save,
    attempt_submit,
    attempts_close,
    attempts_mark,
    marks_history,
)
from yunke.school.attempts.models import Attempt, Mark, Reply
from yunke.school.exams.actions.results import (
    appeal_ask,
    appeal_decide,
    appeal_take_back,
    exam_release,
    mark_give,
)
from yunke.school.exams.actions.sitting import (
    exam_pause,
    exam_resume,
    sitting_readmit,
    sitting_withdraw,
    sittings_extend,
)
from yunke.school.exams.models import Appeal, Exam, PaperItem, Pause, Sitting
from yunke.school.exams.reads.exams import seats_of
from yunke.school.exams.reads.results import results_of
from yunke.school.exams.tests.makers import Hall, begin, end, start

STEPS = 12


@dataclass
class Told:
    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


class Walk:
    """One exam of three pupils; every act may be refused, none may break what holds."""

    def __init__(self, seed: int, of: Hall) -> None:
        self.chance = random.Random(seed)
        self.hall = begin(of)
        self.seqs: Counter[int] = Counter()
        self.released: Any = None
        self.marks: dict[int, tuple[Any, ...]] = {}
        self.highest: Counter[int] = Counter()

    @property
    def pupil(self) -> Any:
        return self.chance.choice(self.hall.people.pupils)

    def attempt(self, pupil: Any) -> Attempt | None:
        seat = Sitting.objects.filter(person=pupil).first()
        return Attempt.objects.get(id=seat.attempt_id) if seat else None

    def start(self) -> None:
        start(self.hall, self.pupil)

    def save(self) -> None:
        pupil = self.pupil
        attempt = self.attempt(pupil)
        if attempt is not None:
            attempt_save(who_id=pupil.id, attempt_id=attempt.id, answers=self._sent(attempt))

    def submit(self) -> None:
        pupil = self.pupil
        attempt = self.attempt(pupil)
        if attempt is not None:
            key = f"walk-{attempt.id}-{self.chance.randrange(3)}"
            attempt_submit(
                who_id=pupil.id, attempt_id=attempt.id, answers=self._sent(attempt), key=key
            )

    def _sent(self, attempt: Attempt) -> list[Sent]:
        self.seqs[attempt.id] += self.chance.choice((0, 1, 1, 2))
        question = self.chance.choice(attempt.order)
        value = self.chance.choice(("A", "B", "5", "因为", None))
        return [Sent(question, value, max(self.seqs[attempt.id], 1))]

    def pause(self) -> None:
        ids = self.chance.choice((None, [self.pupil.id]))
        exam_pause(who=self.hall.teacher, exam_id=self.hall.exam.id, reason="", person_ids=ids)

    def resume(self) -> None:
        ids = self.chance.choice((None, [self.pupil.id]))
        exam_resume(who=self.hall.teacher, exam_id=self.hall.exam.id, person_ids=ids)

    def extend(self) -> None:
        sittings_extend(
            who=self.hall.teacher, exam_id=self.hall.exam.id, person_ids=[self.pupil.id],
            minutes=self.chance.randint(1, 20),
        )  # fmt: skip

    def reopen(self) -> None:
        sitting_readmit(
            who=self.hall.teacher, exam_id=self.hall.exam.id, person_id=self.pupil.id,
            minutes=5, reason="",
        )  # fmt: skip

    def void(self) -> None:
        if self.chance.random() < 0.3:
            sitting_withdraw(
                who=self.hall.teacher, exam_id=self.hall.exam.id, person_id=self.pupil.id,
                reason="",
            )  # fmt: skip

    def over(self) -> None:
        """Time passes: the window is over, the server closes, rules mark."""
        Pause.objects.filter(ended_at__isnull=True).update(ended_at=now())
        end(self.hall)
        Sitting.objects.update(started_at=self.hall.exam.starts_at + timedelta(minutes=1))
        rows = Attempt.objects.filter(submitted_at__isnull=True)
        rows.update(ends_at=self.hall.exam.ends_at)
        attempts_close(now(), grace=timedelta(0))
        self.mark()

    def mark(self) -> None:
        rows = Attempt.objects.filter(submitted_at__isnull=False, marked_at__isnull=True)
        attempts_mark([row.id for row in rows])

    def remark(self) -> None:
        mark = Mark.objects.filter(current=True).order_by("?").first()
        if mark is not None:
            score = Fraction(self.chance.randint(0, 6))
            mark_give(
                who=self.hall.teacher, exam_id=self.hall.exam.id, reply_id=mark.reply_id,
                score=score, note="看过",
            )  # fmt: skip

    def finish(self) -> None:
        """Everything that waits for a person gets its mark."""
        for mark in Mark.objects.filter(current=True, score=""):
            mark_give(
                who=self.hall.teacher, exam_id=self.hall.exam.id, reply_id=mark.reply_id,
                score=Fraction(0),
            )  # fmt: skip

    def release(self) -> None:
        exam_release(exam_id=self.hall.exam.id, who=self.hall.teacher)

    def appeal(self) -> None:
        item = PaperItem.objects.order_by("?").first()
        pupil = self.pupil
        if item is not None:
            appeal_ask(
                by_id=pupil.id, exam=self.hall.view, person_id=pupil.id, reason="请看",
                question_id=item.question_id,
            )  # fmt: skip

    def take_back(self) -> None:
        row = Appeal.objects.order_by("?").first()
        if row is not None:
            appeal_take_back(by_id=self.pupil.id, exam_id=self.hall.exam.id, appeal_id=row.id)

    def decide(self) -> None:
        row = Appeal.objects.order_by("?").first()
        if row is not None:
            appeal_decide(
                who=self.hall.teacher, exam_id=self.hall.exam.id, appeal_id=row.id, answer="看过了",
                score=self.chance.choice((None, Fraction(0), Fraction(1), Fraction(2))),
            )  # fmt: skip

    # -- what holds -------------------------------------------------------------------------

    def broken(self) -> list[str]:
        return [*self._once(), *self._sums(), *self._history(), *self._time(), *self._out()]

    def _once(self) -> list[str]:
        """One sitting and one attempt a pupil; a key hands in at most one of them."""
        found = []
        people = list(Sitting.objects.values_list("person_id", flat=True))
        if len(people) != len(set(people)):
            found.append("somebody sits twice")
        for row in Attempt.objects.all():
            if row.submitted_at is not None and not row.key:
                found.append("handed in without a key")
            if row.number != 1:
                found.append("a second attempt")
        twice = Mark.objects.filter(current=True).values_list("reply_id", flat=True)
        if len(twice) != len(set(twice)):
            found.append("two marks count for one answer")
        return found

    def _sums(self) -> list[str]:
        """A result is the sum of the marks that count, and there is none while one is missing."""
        found = []
        for result in results_of(self.hall.view).values():
            marks = Mark.objects.filter(reply__attempt_id=result.attempt_id, current=True)
            told = [m for m in marks if m.score]
            scores = [Fraction(m.score) for m in told]
            whole = len(scores) == PaperItem.objects.count()
            if result.score != (sum(scores, Fraction(0)) if whole else None):
                found.append(f"the sum of {result.person_id} is {result.score}")
            if any(not 0 <= Fraction(m.score) <= Fraction(m.out_of) for m in told):
                found.append("a mark outside of its bounds")
        return found

    def _history(self) -> list[str]:
        """Marks follow each other; none is changed or lost."""
        found = []
        now_told = {
            row.id: (row.reply_id, row.score, row.by_id, row.rule, row.note)
            for row in Mark.objects.all()
        }  # fmt: skip
        for number, told in self.marks.items():
            if now_told.get(number) != told:
                found.append(f"mark {number} was changed or lost")
        self.marks = now_told
        for reply in Reply.objects.all():
            history = marks_history(reply.id)
            if [m.id for m in history] != sorted(m.id for m in history):
                found.append("a history out of order")
        return found

    def _time(self) -> list[str]:
        """An open attempt ends when the formula says; a sequence number never goes back."""
        found = []
        runs = self.hall.exam.ends_at > now()
        for seat in seats_of(self.hall.view).values():
            row = Attempt.objects.get(id=seat.attempt_id)
            still = row.submitted_at is None and row.withdrawn_at is None
            if runs and still and row.ends_at != seat.ends_at:
                found.append(f"ends at {row.ends_at}, the formula says {seat.ends_at}")
            if row.seq < self.highest[row.id]:
                found.append("a sequence number went back")
            self.highest[row.id] = row.seq
        return found

    def _out(self) -> list[str]:
        """What is released stays so; nothing is appealed before, every answer has its line."""
        found = []
        exam = Exam.objects.get()
        if self.released is not None and exam.released_at != self.released:
            found.append("the release went back")
        self.released = exam.released_at
        if exam.released_at is None and Appeal.objects.exists():
            found.append("an appeal before the release")
        for row in Appeal.objects.exclude(state="open"):
            if row.decided_at is None:
                found.append("an appeal was answered at no time")
        by_hand = Mark.objects.filter(by__isnull=False).count()
        lines = Entry.objects.filter(act="mark.changed").count()
        if by_hand > lines:
            found.append("a mark by hand without its line")
        return found


ACTS = ("start", "start", "save", "save", "submit", "pause", "resume", "extend", "reopen", "void",
        "mark", "remark")  # fmt: skip
AFTER = ("over", "mark", "finish", "release", "release", "appeal", "appeal", "decide", "take_back",
         "remark", "reopen", "save", "submit")  # fmt: skip


def walk(seed: int, of: Hall) -> Told:
    """One walk through this exam; what it wrote is rolled back. Looked at after every third act."""
    with transaction.atomic():
        made, told = Walk(seed, of), Told()
        plan = [made.chance.choice(ACTS) for _n in range(STEPS)]
        plan += ["over", *(made.chance.choice(AFTER) for _n in range(STEPS))]
        for number, name in enumerate(plan, 1):
            told.steps += 1
            told.done[name] += _done(made, name)
            if number % 3 == 0 or number == len(plan):
                told.broken += [f"after {name}: {text}" for text in made.broken()]
        transaction.set_rollback(True)
    of.exam.refresh_from_db()
    return told


def _done(made: Walk, name: str) -> int:
    try:
        with transaction.atomic():
            getattr(made, name)()
    except Refused:
        return 0
    return 1

"""The only source of test rows of exams."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from yunke.base.clock import now, today
from yunke.ground.people.door import places_of
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests.makers import Cast, cast, member, who
from yunke.ground.people.values import Role
from yunke.school.attempts.door import (
    Of,
    Sent,
    attempt_opened,
    attempt_save,
    attempt_submit,
    attempts_mark,
)
from yunke.school.attempts.models import Stray
from yunke.school.exams.actions.papers import paper_begin
from yunke.school.exams.actions.planning import Wish, exam_plan
from yunke.school.exams.actions.results import exam_release
from yunke.school.exams.actions.sitting import sitting_start
from yunke.school.exams.models import Exam, Paper
from yunke.school.exams.reads.exams import exam_view
from yunke.school.exams.rules.writing import item_written
from yunke.school.exams.values.exams import ExamView, Mode, Seat, Sort
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section
from yunke.school.library.models import Point

TITLE = "小数与分数"


@dataclass
class Hall:
    """A cast whose teacher teaches maths, a sealed paper of three questions, a planned exam."""

    people: Cast
    paper: Paper
    exam: Exam

    @property
    def view(self) -> ExamView:
        found = exam_view(self.exam.id)
        assert found is not None
        return found

    @property
    def teacher(self) -> Any:
        return who(self.people.teacher)


def point(code: str = "m.add", name: str = "加法") -> Point:
    return Point.objects.get_or_create(
        code=code, defaults={"subject": "maths", "name": name, "name_en": "Adding"}
    )[0]


def lines(
    *, mark: str = "", key: str = "B", reasoning: str = "", answer: str = "因为"
) -> tuple[PaperLine, ...]:
    """Choice for 2, number for 3, short text for 5. ``mark``: a canary in every stem."""
    point()
    made = [
        item_written(
            "choice", stem=f"{mark}1 + 1 = ?", options="A. 1\nB. 2\nC. 3", key=key,
            reasoning=reasoning, knowledge=("m.add",),
        ),
        item_written("number", stem=f"{mark}2 + 3 = ?", key="5", reasoning=reasoning),
        item_written("short-text", stem=f"{mark}为什么？", key=answer, reasoning=reasoning),
    ]  # fmt: skip
    return tuple(
        PaperLine(n // 2, Fraction(worth), item=item)
        for n, (item, worth) in enumerate(zip(made, (2, 3, 5), strict=True))
    )


def paper(by: Person, *, title: str = TITLE, open_text: bool = True, **more: Any) -> Paper:
    """A sealed paper; without ``open_text`` only what marks itself."""
    asked = lines(**more) if open_text else lines(**more)[:2]
    body = PaperBody(
        title, "Decimals", "", (Section("选一选"), Section("写一写")), asked
    )  # fmt: skip
    own = who(by).grants[0]
    number = paper_begin(
        who=who(by), subject=own.subject or "maths", grade=own.place.grade,
        school_id=own.place.school, body=body,
    )  # fmt: skip
    return Paper.objects.get(id=number)


def people(*, pupils: int = 3, grade: int = 4, subject: str = "maths") -> Cast:
    """A class of grade 4 whose teacher teaches maths."""
    made = cast(pupils_in_class=pupils, grade=grade)
    Membership.objects.filter(person=made.teacher).update(subject=subject)
    return made


def wish(of: Paper, *class_ids: int, starts_in: float = 60, **more: Any) -> Wish:
    start = now() + timedelta(minutes=starts_in)
    values = {
        "paper_id": of.id, "class_ids": class_ids, "sort": Sort.QUIZ, "mode": Mode.SCREEN,
        "starts_at": start, "ends_at": start + timedelta(minutes=60), "minutes": 40,
    }  # fmt: skip
    return Wish(**{**values, **more})


def hall(
    *, pupils: int = 3, open_text: bool = True, grade: int = 4, mark: str = "", key: str = "B",
    reasoning: str = "", title: str = TITLE, **more: Any,
) -> Hall:  # fmt: skip
    made = people(pupils=pupils, grade=grade)
    asked = paper(
        made.teacher, open_text=open_text, mark=mark, key=key, reasoning=reasoning, title=title
    )
    number = exam_plan(who=who(made.teacher), wish=wish(asked, made.one.id, **more))
    return Hall(made, asked, Exam.objects.get(id=number))


def hall_of(
    teacher: Any, class_id: int, *, subject: str = "chinese", title: str = TITLE, mark: str = "",
    key: str = "B", reasoning: str = "", answer: str = "", **more: Any,
) -> Exam:  # fmt: skip
    """A sealed paper and a planned exam of any teacher for any class. ``answer``: with the third
    question, which a person marks."""
    place = next(g.place for g in who(teacher).grants if g.place.class_id == class_id)
    body = PaperBody(
        title, "", "", (Section("选一选"), Section("写一写")),
        lines(mark=mark, key=key, reasoning=reasoning, answer=answer or "因为")[
            : 3 if answer else 2
        ],
    )  # fmt: skip
    number = paper_begin(
        who=who(teacher), subject=subject, grade=place.grade, school_id=place.school, body=body
    )
    planned = wish(Paper.objects.get(id=number), class_id, **{"mode": Mode.HOME, **more})
    return Exam.objects.get(id=exam_plan(who=who(teacher), wish=planned))


def sat_by(exam: Exam, pupil: Any, *answers: Any, minutes_ago: float = 1) -> Seat:
    """The pupil sat it and handed in."""
    length = exam.ends_at - exam.starts_at
    exam.starts_at = now() - timedelta(minutes=minutes_ago)
    exam.ends_at = exam.starts_at + length
    exam.save(update_fields=["starts_at", "ends_at"])
    view = exam_view(exam.id)
    assert view is not None
    seat = sitting_start(who_id=pupil.id, class_id=view.class_ids[0], exam=view)
    if answers:
        sent = [Sent(q, v, 1) for q, v in zip(_order(pupil, exam), answers, strict=False)]
        attempt_submit(
            who_id=pupil.id,
            attempt_id=seat.attempt_id,
            answers=sent,
            key=f"by-{seat.attempt_id:012}",
        )
        attempts_mark([seat.attempt_id])
    return seat


def _order(pupil: Any, exam: Exam) -> tuple[int, ...]:
    opened = attempt_opened(pupil.id, Of.EXAM, exam.id)
    assert opened is not None
    return opened.order


def begin(of: Hall, minutes_ago: float = 1) -> Hall:
    """The exam's start lies so long ago; its window keeps its length."""
    length = of.exam.ends_at - of.exam.starts_at
    of.exam.starts_at = now() - timedelta(minutes=minutes_ago)
    of.exam.ends_at = of.exam.starts_at + length
    of.exam.save(update_fields=["starts_at", "ends_at"])
    return of


def end(of: Hall) -> Hall:
    """Everybody's time is over."""
    return begin(of, 600)


def start(of: Hall, pupil: Person) -> Seat:
    class_id = places_of([pupil.id])[pupil.id].class_id
    return sitting_start(who_id=pupil.id, class_id=class_id, exam=of.view)


def hand_in(of: Hall, pupil: Person, *answers: Any) -> Seat:
    """Starts when need be, answers in the order of the questions, hands in, is marked by rule."""
    seat = start(of, pupil)
    opened = attempt_opened(pupil.id, Of.EXAM, of.exam.id)
    assert opened is not None
    sent = [
        Sent(number, value, n + 1)
        for n, (number, value) in enumerate(zip(opened.order, answers, strict=False))
        if value is not None
    ]
    attempt_submit(
        who_id=pupil.id, attempt_id=seat.attempt_id, answers=sent,
        key=f"k-{seat.attempt_id}-{now().timestamp()}",
    )  # fmt: skip
    attempts_mark([seat.attempt_id])
    return seat


def released(of: Hall) -> Hall:
    """Everybody handed in what they had; over; released."""
    end(of)
    exam_release(exam_id=of.exam.id)
    of.exam.refresh_from_db()
    return of


def sat(*, pupils: int = 3, **more: Any) -> Hall:
    """An exam that marks itself, sat by all: the first right, the second half, the others not."""
    made = begin(hall(pupils=pupils, open_text=False, **more))
    for n, pupil in enumerate(made.people.pupils):
        answers = (("B", "5"), ("B", "4"), ("A", None))[min(n, 2)]
        hand_in(made, pupil, *answers)
    return made


def two_classes(**more: Any) -> Hall:
    """One exam of two classes: its author teaches both, the other class's teacher only that one."""
    made = people()
    Membership.objects.filter(person=made.other_teacher).update(subject="maths")
    member(made.teacher, made.other, Role.TEACHER, subject="maths")
    asked = paper(made.teacher, open_text=False)
    planned = wish(asked, made.one.id, made.other.id, **more)
    number = exam_plan(who=who(made.teacher), wish=planned)
    return Hall(made, asked, Exam.objects.get(id=number))


def left(somebody: Person) -> None:
    """The person's last day at every class was yesterday."""
    Membership.objects.filter(person=somebody).update(until=today())


def late_answer(of: Hall, pupil: Person, value: Any = "C") -> Stray:
    """An answer that came after the hand-in."""
    opened = attempt_opened(pupil.id, Of.EXAM, of.exam.id)
    assert opened is not None
    attempt_save(who_id=pupil.id, attempt_id=opened.id, answers=[Sent(opened.order[0], value, 99)])
    return Stray.objects.get(attempt_id=opened.id)

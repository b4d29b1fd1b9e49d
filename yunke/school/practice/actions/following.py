"""Marks and answers from the rooms below into the log ``Answered``, in batches.

Cost of a batch of a thousand, whatever the city's size: 8 queries for marks, 7 for answers to
tasks. What was taken before is taken again without effect.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.people.door import places_of
from yunke.school.attempts.door import Handed, Marked, Of, handed_of, mark_last, marks_since
from yunke.school.lessons.door import TaskAnswer, answer_last, answers_since
from yunke.school.library.door import points_of
from yunke.school.practice.models import Answered, Cursor, Drill, Hardness
from yunke.school.practice.rules.answers import short
from yunke.school.practice.rules.folding import hardness_of
from yunke.school.practice.values import Source, Told

MARKS, TASKS = "marks", "tasks"
BATCH = 1000


def follow_upto() -> tuple[int, int]:
    """The newest mark and answer below. 2 queries by index."""
    return mark_last(), answer_last()


def follow_waits(upto: tuple[int, int]) -> bool:
    """Is any of it not taken yet? 1 query."""
    taken = dict(Cursor.objects.values_list("name", "upto"))
    return upto[0] > taken.get(MARKS, 0) or upto[1] > taken.get(TASKS, 0)


@transaction.atomic
def marks_follow(most: int = BATCH) -> int:
    """Take the next marks; gives how many were read."""
    cursor = _cursor(MARKS)
    marks = marks_since(cursor.upto, most=most)
    if marks:
        handed = handed_of({mark.attempt_id for mark in marks})
        answered_keep(
            _of_mark(mark, handed[mark.attempt_id])
            for mark in marks
            if mark.attempt_id in handed and not _unseen(mark, handed[mark.attempt_id])
        )
        drills = {one.of_id for one in handed.values() if one.of is Of.DRILL}
        Drill.objects.filter(id__in=drills, done_at__isnull=True).update(done_at=now())
        _move(cursor, marks[-1].id)
    return len(marks)


@transaction.atomic
def tasks_follow(most: int = BATCH) -> int:
    """Take the next answers to tasks of films; gives how many were read."""
    cursor = _cursor(TASKS)
    answers = answers_since(cursor.upto, most=most)
    if answers:
        seats = places_of(sorted({answer.person_id for answer in answers}))
        answered_keep(_of_task(answer, seats[answer.person_id].school) for answer in answers)
        _move(cursor, answers[-1].id)
    return len(answers)


def answered_keep(told: Iterable[Told]) -> None:
    """Write answers into the log. Told twice it is one row; told otherwise the row changes, is
    closed until it is released anew, and counts anew. 5 queries."""
    newest = {(one.source, one.ref): one for one in told}
    by_source: dict[Source, list[int]] = {}
    for source, ref in newest:
        by_source.setdefault(source, []).append(ref)
    there = {
        (Source(row.source), row.ref): row
        for source, refs in by_source.items()
        for row in Answered.objects.filter(source=source.value, ref__in=refs)
    }
    _change([(there[key], one) for key, one in newest.items() if key in there])
    _add([one for key, one in newest.items() if key not in there and one.right is not None])


def _add(told: list[Told]) -> None:
    questions = {one.question_id for one in told}
    points = points_of(questions)
    known = {row.question_id: row for row in Hardness.objects.filter(question__in=questions)}
    rows = [
        Answered(
            person_id=one.person_id, question_id=one.question_id, source=one.source.value,
            ref=one.ref, of_id=one.of_id, attempt_id=one.attempt_id, class_id=one.class_id,
            school_id=one.school_id, at=one.at, right=bool(one.right), value=one.value,
            points=list(points.get(one.question_id, ())), causes=list(one.causes),
            hardness=_hardness(known.get(one.question_id)),
            released_at=one.at if one.released else None,
        )
        for one in told
    ]  # fmt: skip
    Answered.objects.bulk_create(rows, ignore_conflicts=True)
    _count(known, told)


def _hardness(row: Hardness | None) -> float:
    return hardness_of(row.answers, row.wrong) if row else 0.0


def _count(known: dict[int, Hardness], told: list[Told]) -> None:
    answers = Counter(one.question_id for one in told)
    wrong = Counter(one.question_id for one in told if not one.right)
    fresh = [
        Hardness(question_id=question, answers=count, wrong=wrong[question])
        for question, count in answers.items()
        if question not in known
    ]
    for question, row in known.items():
        row.answers += answers[question]
        row.wrong += wrong[question]
    Hardness.objects.bulk_create(fresh, ignore_conflicts=True)
    Hardness.objects.bulk_update(known.values(), ["answers", "wrong"], batch_size=500)


def _change(pairs: list[tuple[Answered, Told]]) -> None:
    """A second mark of the same answer. One that a person has to look at again takes it back."""
    changed = []
    for row, one in pairs:
        if one.right is None:
            told = row.right, row.value, list(row.causes), False
        else:
            told = one.right, one.value, list(one.causes), one.released
        if told[3] and told[:3] == (row.right, row.value, list(row.causes)):
            continue
        row.right, row.value, row.causes, released = told
        row.anew = row.anew or row.counted
        row.released_at, row.counted = (one.at if released else None), False
        changed.append(row)
    fields = ["right", "value", "causes", "released_at", "counted", "anew"]
    Answered.objects.bulk_update(changed, fields, batch_size=500)


def _of_mark(mark: Marked, handed: Handed) -> Told:
    source = Source(handed.of.value)
    right = None if mark.score is None else mark.out_of > 0 and mark.score == mark.out_of
    return Told(
        source=source, ref=mark.reply_id, of_id=handed.of_id, attempt_id=handed.attempt_id,
        person_id=mark.person_id, question_id=mark.question_id, class_id=handed.class_id,
        school_id=handed.school_id, at=handed.submitted_at, right=right,
        value=short(mark.value), causes=mark.causes, released=source is Source.DRILL,
    )  # fmt: skip


def _unseen(mark: Marked, handed: Handed) -> bool:
    """Nothing was written and nobody handed it in: that says nothing about anybody."""
    return handed.by_server and mark.reason == "blank"


def _of_task(answer: TaskAnswer, school_id: int) -> Told:
    return Told(
        source=Source.LESSON, ref=answer.id, of_id=answer.lesson_id, attempt_id=0,
        person_id=answer.person_id, question_id=answer.question_id, class_id=answer.class_id,
        school_id=school_id, at=answer.at, right=answer.right, value=short(answer.value),
        released=True,
    )  # fmt: skip


def _cursor(name: str) -> Cursor:
    Cursor.objects.get_or_create(name=name)
    return Cursor.objects.select_for_update().get(name=name)


def _move(cursor: Cursor, upto: int) -> None:
    cursor.upto = upto
    cursor.save(update_fields=["upto"])

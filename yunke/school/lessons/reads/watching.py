"""One person in one lesson: progress, notes, tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection

from yunke.school.lessons.models import Answer, Note, Task, Watch
from yunke.school.lessons.rules.seen import from_bytes, stretches_of
from yunke.school.lessons.values import NoteLine, Progress, TaskCard
from yunke.school.library.door import lesson_reaches
from yunke.school.preparing.door import TaskMark
from yunke.school.timetable.door import Left, Watched

# Plain SQL: it is asked at every opening of a pupil's day.
PLAN_WATCHED = """
SELECT lesson_id, position, seconds, of_seconds, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END
FROM lessons_watch WHERE person_id = %s AND (lesson_id IN ({}) OR id = (
    SELECT id FROM lessons_watch WHERE person_id = %s AND finished_at IS NULL AND seconds > 0
    ORDER BY changed_at DESC LIMIT 1))
ORDER BY changed_at DESC
"""


def may_learn(person_id: int, lesson_id: int, school_id: int) -> bool:
    """May somebody of this school write down what they do in the lesson?

    When it reaches the school, or when it did and they had begun: what is written while a lesson
    is taken back is not lost. One query, two for who may not.
    """
    if lesson_reaches(lesson_id, school_id):
        return True
    return Watch.objects.filter(person_id=person_id, lesson_id=lesson_id).exists()


def _progress(watch: Watch) -> Progress:
    share = watch.seconds / watch.of_seconds if watch.of_seconds else 0.0
    return Progress(
        watch.lesson_id,
        watch.position,
        watch.seconds,
        min(1.0, share),
        watch.finished_at is not None,
    )


def progress_of(person_id: int, lesson_ids: Iterable[int]) -> dict[int, Progress]:
    """A person's progress by lesson; lessons never opened are left out. One query."""
    rows = Watch.objects.filter(person_id=person_id, lesson_id__in=list(lesson_ids))
    return {row.lesson_id: _progress(row) for row in rows.defer("seen", "again")}


def shares_of(person_id: int, lesson_ids: Sequence[int]) -> dict[int, float]:
    """The shares alone, from 0 to 1. One query."""
    return {number: p.share for number, p in progress_of(person_id, lesson_ids).items()}


def watched_for_plan(person_id: int, lesson_ids: Sequence[int]) -> Watched:
    """The shares of the lessons of a day, and what was left unfinished last. One query."""
    marks = ", ".join(["%s"] * len(lesson_ids)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(PLAN_WATCHED.format(marks), (person_id, *lesson_ids, person_id))
        rows = cursor.fetchall()
    shares = {lesson: min(1.0, seen / of) if of else 0.0 for lesson, _at, seen, of, _end in rows}
    left = next(((lesson, at) for lesson, at, seen, _of, end in rows if seen and not end), None)
    return Watched(shares, Left(left[0], left[1], shares[left[0]]) if left else None)


def seen_of(person_id: int, lesson_id: int) -> tuple[Progress | None, tuple[tuple[int, int], ...]]:
    """Progress with the stretches that were seen, to shade the seek bar. One query."""
    watch = Watch.objects.filter(person_id=person_id, lesson_id=lesson_id).first()
    if watch is None:
        return None, ()
    return _progress(watch), stretches_of(from_bytes(watch.seen), gap=3)


def recent_of(person_id: int, limit: int = 12) -> tuple[Progress, ...]:
    """What somebody watched last, newest first. One query."""
    rows = Watch.objects.filter(person_id=person_id).order_by("-changed_at")
    return tuple(_progress(row) for row in rows.defer("seen", "again")[:limit])


def notes_of(person_id: int, lesson_id: int) -> tuple[NoteLine, ...]:
    """A person's own notes in the order of the video. One query."""
    rows = Note.objects.filter(person_id=person_id, lesson_id=lesson_id)
    return tuple(
        NoteLine(n.id, n.lesson_id, n.at_second, n.text) for n in rows.order_by("at_second", "id")
    )


def tasks_of(lesson_id: int, person_id: int = 0) -> tuple[TaskCard, ...]:
    """The tasks of a lesson in the order of the video, with this person's last answers.

    What is right stays out until the person has answered. Two queries.
    """
    tasks = list(
        Task.objects.filter(lesson_id=lesson_id, shown=True)
        .select_related("question")
        .order_by("at_second", "id")
    )
    answers: dict[int, Answer] = {}
    if tasks and person_id:
        given = Answer.objects.filter(person_id=person_id, task__in=tasks).order_by("id")
        answers = {answer.task_id: answer for answer in given}
    return tuple(task_card(task, answers.get(task.id)) for task in tasks)


def tasks_marked(lesson_id: int) -> tuple[TaskMark, ...]:
    """The tasks of the work, for its versions. One query."""
    rows = Task.objects.filter(lesson_id=lesson_id, removed_at__isnull=True)
    marks = [
        TaskMark(task, at if moved is None else moved, question)
        for task, at, moved, question in rows.values_list(
            "id", "at_second", "work_at", "question_id"
        )
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.at, mark.id)))


def tasks_asked(lesson_id: int) -> tuple[TaskMark, ...]:
    """The tasks that pupils are asked, for the version that they get. One query."""
    rows = Task.objects.filter(lesson_id=lesson_id, shown=True).order_by("at_second", "id")
    return tuple(TaskMark(*row) for row in rows.values_list("id", "at_second", "question_id"))


def work_tasks(lesson_id: int) -> tuple[TaskCard, ...]:
    """The tasks of the work as cards, in the order of the film. One query."""
    rows = Task.objects.filter(lesson_id=lesson_id, removed_at__isnull=True)
    cards = [
        replace(task_card(task), at=task.at_second if task.work_at is None else task.work_at)
        for task in rows.select_related("question")
    ]
    return tuple(sorted(cards, key=lambda card: (card.at, card.id)))


def task_card(task: Task, answer: Answer | None = None) -> TaskCard:
    question = task.question
    return TaskCard(
        id=task.id,
        at=task.at_second,
        kind=question.kind,
        stem=question.stem,
        stem_en=question.stem_en,
        options=tuple(question.options),
        value=answer.value if answer else "",
        right=answer.right if answer else None,
        reasoning=question.reasoning if answer else "",
        reasoning_en=question.reasoning_en if answer else "",
    )

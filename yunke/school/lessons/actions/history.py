"""Many rows at once: an import, the demo city. Each is safe to run twice."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from yunke.school.lessons.models import Note, Presence, Task, Watch
from yunke.school.lessons.rules.seen import DONE_SHARE, Seen, to_bytes
from yunke.school.lessons.values import NoteRow, PresenceRow, TaskRow, WatchRow

BATCH = 500


@transaction.atomic
def tasks_write(rows: Iterable[TaskRow]) -> list[int]:
    """Put questions at moments; a question already at that moment stays as it is. Gives ids."""
    wanted = list(rows)
    there = {
        (t.lesson_id, t.at_second, t.question_id): t.id
        for t in Task.objects.filter(lesson_id__in={row.lesson_id for row in wanted})
    }
    new = [
        Task(lesson_id=row.lesson_id, at_second=row.at, question_id=row.question_id)
        for row in wanted
        if (row.lesson_id, row.at, row.question_id) not in there
    ]
    Task.objects.bulk_create(new, batch_size=BATCH)
    there |= {(t.lesson_id, t.at_second, t.question_id): t.id for t in new}
    return [there[row.lesson_id, row.at, row.question_id] for row in wanted]


@transaction.atomic
def watches_write(rows: Iterable[WatchRow]) -> int:
    """Histories of watching; a person's own progress in a lesson is never replaced. Gives count."""
    made = Watch.objects.bulk_create(
        [_watch(row) for row in rows], batch_size=BATCH, ignore_conflicts=True
    )
    return len(made)


def _watch(row: WatchRow) -> Watch:
    seen = Seen().plus(row.stretches, row.of_seconds)
    seconds = seen.once.bit_count()
    done = seconds >= DONE_SHARE * row.of_seconds
    return Watch(
        person_id=row.person_id,
        lesson_id=row.lesson_id,
        position=row.position,
        seen=to_bytes(seen.once),
        again=to_bytes(seen.again),
        seconds=seconds,
        of_seconds=row.of_seconds,
        finished_at=row.changed_at if done else None,
        changed_at=row.changed_at,
        made_at=row.changed_at,
    )


@transaction.atomic
def notes_write(rows: Iterable[NoteRow]) -> int:
    """Notes; the same text of the same person at the same second is there already. Gives count."""
    wanted: Sequence[NoteRow] = list(rows)
    there = set(
        Note.objects.filter(lesson_id__in={row.lesson_id for row in wanted}).values_list(
            "person_id", "lesson_id", "at_second", "text"
        )
    )
    new = [
        Note(
            person_id=row.person_id,
            lesson_id=row.lesson_id,
            at_second=row.at,
            text=row.text,
            changed_at=row.changed_at,
            made_at=row.changed_at,
        )
        for row in wanted
        if (row.person_id, row.lesson_id, row.at, row.text) not in there
    ]
    return len(Note.objects.bulk_create(new, batch_size=BATCH))


@transaction.atomic
def presences_write(rows: Iterable[PresenceRow]) -> int:
    """Days on which people were there; a day that is kept already stays. Gives count."""
    made = Presence.objects.bulk_create(
        [
            Presence(
                person_id=row.person_id,
                day=row.day,
                first_at=row.first_at,
                last_at=row.last_at,
                ticks=row.ticks,
                made_at=row.first_at,
            )
            for row in rows
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return len(made)

"""Taking the outbox to the lake: each event once, whatever dies when.

The files come first, under names that say their content; then one transaction lists them, moves
the mark and adds to the roll-up. Before its commit nothing has happened: files that no row lists
are read by nobody and are written again, equal. After it everything has.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from yunke.base.clock import now
from yunke.ground.lake.actions.horizon import horizon
from yunke.ground.lake.actions.parquet import events_to_parquet, lake_path
from yunke.ground.lake.actions.tidy import tidy_due
from yunke.ground.lake.models import Event, Flush, LakeFile, PersonDay
from yunke.ground.lake.values import LESSONS, WATCHING

LIMIT = 20_000
MANY = 5_000
OLD = timedelta(seconds=60)


def flush_due() -> int:
    """What the worker calls every few seconds: flush when it pays, tidy once an hour.

    Gives the number of events taken. Readers see the tail anyway, so waiting a minute costs
    nobody anything and spares files.
    """
    waiting = Event.objects.filter(id__gt=last_flushed(), id__lte=horizon()).order_by("id")
    oldest = waiting.first()
    taken = 0
    if oldest and (oldest.made_at < now() - OLD or waiting[:MANY].count() == MANY):
        taken = lake_flush()
    tidy_due()
    return taken


def lake_flush(*, limit: int = LIMIT, step: Callable[[str], None] = lambda name: None) -> int:
    """Take everything that waits to the lake, ``limit`` events at a time; gives how many."""
    taken = 0
    while part := _flush_part(limit, step):
        taken += part
        if part < limit:
            break
    return taken


def last_flushed() -> int:
    return Flush.objects.aggregate(last=Max("last_id"))["last"] or 0


def _flush_part(limit: int, step: Callable[[str], None]) -> int:
    after = last_flushed()
    sure = horizon()  # asked first: what is read after it is whole up to there
    events = list(Event.objects.filter(id__gt=after, id__lte=sure).order_by("id")[:limit])
    if not events:
        return 0
    step("read")
    files = [_file(day, of_day) for day, of_day in _by_day(events).items()]
    step("written")
    with transaction.atomic():
        if last_flushed() != after:
            return 0  # another worker was faster; our files stay unlisted
        LakeFile.objects.bulk_create(files)
        step("listed")
        Flush.objects.create(last_id=events[-1].id, events=len(events))
        step("marked")
        _roll_up(events)
        step("rolled")
    step("committed")
    return len(events)


def _by_day(events: Iterable[Event]) -> dict[date, list[Event]]:
    days: dict[date, list[Event]] = {}
    for event in events:
        days.setdefault(event.day, []).append(event)
    return days


def _file(day: date, events: list[Event]) -> LakeFile:
    first, last = events[0].id, events[-1].id
    path = lake_path(day, first, last)
    size = events_to_parquet(events, path)
    return LakeFile(
        path=path, day=day, first_id=first, last_id=last, events=len(events), bytes=size
    )


def _roll_up(events: list[Event]) -> None:
    """Add the events to their persons' days."""
    sums: dict[tuple[int, date], PersonDay] = {}
    for event in events:
        key = (event.actor_id, event.day)
        row = sums.setdefault(key, PersonDay(person_id=key[0], day=key[1], lesson_ids=[]))
        _add(row, event)
    keep_sums(sums)


def keep_sums(sums: dict[tuple[int, date], PersonDay]) -> None:
    """Add these to the days that are kept. One read and one write per 1,000 person-days."""
    people = sorted({person for person, _day in sums})
    for start in range(0, len(people), 1000):
        kept = PersonDay.objects.filter(
            person_id__in=people[start : start + 1000], day__in={day for _p, day in sums}
        )
        for old in kept:
            if (old.person_id, old.day) in sums:
                _merge(sums[old.person_id, old.day], old)
    PersonDay.objects.bulk_create(
        sums.values(),
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["person_id", "day"],
        update_fields=["school_id", "class_id", "seconds", "lesson_ids", "acts"],
    )


def _add(row: PersonDay, event: Event) -> None:
    row.acts += 1
    row.school_id = event.school_id or row.school_id
    row.class_id = event.class_id or row.class_id
    if event.verb in WATCHING:
        row.seconds += event.seconds
    if event.verb in LESSONS and event.lesson_id and event.lesson_id not in row.lesson_ids:
        row.lesson_ids.append(event.lesson_id)


def _merge(row: PersonDay, old: PersonDay) -> None:
    row.acts += old.acts
    row.seconds += old.seconds
    row.school_id = row.school_id or old.school_id
    row.class_id = row.class_id or old.class_id
    row.lesson_ids = old.lesson_ids + [i for i in row.lesson_ids if i not in old.lesson_ids]

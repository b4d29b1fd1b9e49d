"""Counts of many people's acts, never of few, and how the lake itself is."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Max, Sum
from django.utils import timezone

from yunke.base.clock import at, now, today
from yunke.ground.lake.models import Event, Flush, LakeFile
from yunke.ground.lake.reads.parquet import lake_rows
from yunke.ground.lake.reads.titles import titles_of
from yunke.ground.lake.rules import Group, joined
from yunke.ground.lake.values import Acts, K, LakeState, LessonUse

WEEK = 7
SHOWN = 10
CACHED = 600

_GROUPS = """
    SELECT {key} AS key, count(*), count(DISTINCT actor_id),
           CASE WHEN count(DISTINCT actor_id) < ? THEN list(DISTINCT actor_id) END
    FROM events WHERE made_at >= ? AND made_at < ? {schools} GROUP BY key
"""
_LESSONS = """
    SELECT lesson_id, max(title), count(DISTINCT actor_id) AS people
    FROM events
    WHERE made_at >= ? AND made_at < ? AND verb = 'lesson.opened' AND lesson_id > 0 {schools}
    GROUP BY lesson_id HAVING people >= ? ORDER BY people DESC, lesson_id LIMIT ?
"""


def acts_of(school_ids: Collection[int] | None) -> Acts:
    """Today's acts by whole hours, yesterday's by verb, the week's lessons; None: every school.

    Kept for ten minutes. Cost otherwise: three queries and three scans of eight days of the lake.
    """
    until = finished_hour()
    scope = "all" if school_ids is None else ",".join(map(str, sorted(school_ids)))
    key = f"acts:{until.isoformat()}:{hash(scope)}"
    found: Acts | None = cache.get(key)
    if found is None:
        found = _acts(school_ids, until)
        cache.set(key, found, CACHED)
    titles = titles_of(use.lesson_id for use in found.lessons)
    named = (replace(u, title=titles.get(u.lesson_id, u.title)) for u in found.lessons)
    return replace(found, lessons=tuple(named))


def finished_hour() -> datetime:
    """The last whole hour that lies in the lake completely."""
    flushed = Flush.objects.aggregate(last=Max("last_id"))["last"] or 0
    waiting = Event.objects.filter(id__gt=flushed).order_by("made_at").first()
    moment = min(now(), waiting.made_at) if waiting else now()
    return timezone.localtime(moment).replace(minute=0, second=0, microsecond=0)


def lake_state() -> LakeState:
    """How big the lake is and how old its newest flush. Three queries."""
    sums = LakeFile.objects.aggregate(events=Sum("events"), bytes=Sum("bytes"))
    days = LakeFile.objects.values_list("day", flat=True)
    last = Flush.objects.order_by("-last_id").first()
    return LakeState(
        events=sums["events"] or 0,
        bytes=sums["bytes"] or 0,
        files=len(days),
        days=len(set(days)),
        waiting=Event.objects.filter(id__gt=last.last_id if last else 0).count(),
        flushed_at=last.made_at if last else None,
    )


def _acts(school_ids: Collection[int] | None, until: datetime) -> Acts:
    day, finished = today(), today() - timedelta(days=1)
    midnight = utc_of(at(day, time(0)))
    hours = _groups(
        "hour(made_at + to_minutes(?))", midnight, utc_of(until), school_ids, _zone(until)
    )
    verbs = _groups("verb", midnight - timedelta(days=1), midnight, school_ids)
    return Acts(
        today=day,
        until=until,
        finished=finished,
        hours=joined(hours),
        verbs=joined(verbs),
        lessons=_lessons(midnight - timedelta(days=WEEK), midnight, school_ids),
    )


def _groups(
    key: str, since: datetime, until: datetime, school_ids: Collection[int] | None, *zone: int
) -> list[Group]:
    query = _GROUPS.format(key=key, schools=_of_schools(school_ids))
    rows = lake_rows(query, paths_of(since, until), [*zone, K, since, until, *_values(school_ids)])
    return [Group(f"{r[0]}", r[1], r[2], frozenset(r[3] or ())) for r in rows]


def _lessons(
    since: datetime, until: datetime, school_ids: Collection[int] | None
) -> tuple[LessonUse, ...]:
    rows = lake_rows(
        _LESSONS.format(schools=_of_schools(school_ids)),
        paths_of(since, until),
        [since, until, *_values(school_ids), K, SHOWN],
    )
    return tuple(LessonUse(*row) for row in rows)


def _of_schools(school_ids: Collection[int] | None) -> str:
    return "" if school_ids is None else "AND list_contains(?, school_id)"


def _values(school_ids: Collection[int] | None) -> list[list[int]]:
    return [] if school_ids is None else [sorted(school_ids)]


def paths_of(since: datetime, until: datetime) -> list[str]:
    """The files of the days that the span touches, a day wider because zones are apart."""
    days = (since.date(), until.date() + timedelta(days=1))
    return list(LakeFile.objects.filter(day__range=days).values_list("path", flat=True))


def utc_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _zone(moment: datetime) -> int:
    """Minutes that the school's clock is ahead of UTC."""
    offset = timezone.localtime(moment).utcoffset()
    return int((offset or timedelta(0)).total_seconds() // 60)

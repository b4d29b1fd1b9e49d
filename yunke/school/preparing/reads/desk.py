"""A teacher's desk: what is being made, and what waits for one's eyes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from yunke.base.clock import now
from yunke.ground.people.door import Who
from yunke.school.library.door import LessonCard, colleagues_of, lessons_worked
from yunke.school.preparing.models import Here, Mention, Read, Suggestion, Thread, Version
from yunke.school.preparing.rules import HERE
from yunke.school.preparing.values import Waiting

PAGE = 24


@dataclass(frozen=True)
class DeskLine:
    """A lesson on the desk. ``changed``: when somebody saved it last, and who."""

    card: LessonCard
    help: str
    waiting: Waiting
    colleagues: tuple[str, ...]
    title: str
    title_en: str
    changed_by: str
    changed_at: datetime | None
    # Pupils of the published lesson still get an older version.
    pending: bool


def desk_of(who: Who, *, number: int, size: int = PAGE) -> tuple[list[DeskLine], bool]:
    """A page of somebody's lessons, own and invited, and whether more follow. Seven queries."""
    found = lessons_worked(who, number=number, size=size)
    ids = [card.id for card, _help in found[:size]]
    waiting, people, last = waiting_in(who, ids), colleagues_of(ids), _newest(ids)
    lines = [
        _line(card, helps, waiting.get(card.id, Waiting()), people.get(card.id, ()), last)
        for card, helps in found[:size]
    ]
    return lines, len(found) > size


def _line(
    card: LessonCard, helps: str, waiting: Waiting, people: tuple[tuple[int, str, str], ...],
    last: dict[int, dict[str, Any]],
) -> DeskLine:  # fmt: skip
    version = last.get(card.id)
    names = [name for _id, name, _role in people]
    if helps != "author":
        names.insert(0, card.author)
    return DeskLine(
        card=card, help=helps, waiting=waiting, colleagues=tuple(names),
        title=version["content"]["title"] if version else card.title,
        title_en=version["content"].get("title_en", "") if version else card.title_en,
        changed_by=(version["made_by__name"] or "") if version else "",
        changed_at=version["changed_at"] if version else None,
        pending=card.state == "published" and bool(version) and not _shown(version),
    )  # fmt: skip


def _shown(version: dict[str, Any] | None) -> bool:
    return bool(version and version["published_at"])


def _newest(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The newest version of each lesson. One query."""
    newest = Version.objects.filter(lesson_id=OuterRef("lesson_id")).order_by("-number")
    rows = Version.objects.filter(
        lesson_id__in=ids, number=Subquery(newest.values("number")[:1])
    ).values("lesson_id", "content", "made_by__name", "changed_at", "published_at")
    return {row["lesson_id"]: dict(row) for row in rows}


def waiting_in(who: Who, ids: Collection[int]) -> dict[int, Waiting]:
    """What waits for somebody in these lessons. Four queries."""
    unread = _unread(who, ids)
    open_ones = Suggestion.objects.filter(lesson_id__in=ids, state=Suggestion.State.OPEN)
    suggestions = dict(open_ones.values_list("lesson_id").annotate(count=Count("id")).order_by())
    called = Mention.objects.filter(
        person_id=who.id, seen_at__isnull=True, comment__thread__lesson_id__in=ids
    )
    mentions = dict(
        called.values_list("comment__thread__lesson_id").annotate(count=Count("id")).order_by()
    )
    here: dict[int, list[str]] = {}
    at = Here.objects.filter(lesson_id__in=ids, at__gte=now() - HERE).exclude(person_id=who.id)
    for lesson, name in at.order_by("person__name").values_list("lesson_id", "person__name"):
        here.setdefault(lesson, []).append(name)
    return {
        lesson: Waiting(
            unread.get(lesson, 0), suggestions.get(lesson, 0), mentions.get(lesson, 0),
            tuple(here.get(lesson, ())),
        )
        for lesson in ids
    }  # fmt: skip


def _unread(who: Who, ids: Collection[int]) -> dict[int, int]:
    """Comments that one has not seen yet, by lesson, in open threads. One query."""
    seen = Read.objects.filter(thread_id=OuterRef("id"), person_id=who.id).values("count")[:1]
    threads = (
        Thread.objects.filter(lesson_id__in=ids, resolved_at__isnull=True)
        .annotate(total=Count("comments"), seen=Coalesce(Subquery(seen), 0))
        .filter(total__gt=F("seen"))
        .values_list("lesson_id", "total", "seen")
    )
    found: dict[int, int] = {}
    for lesson, total, read in threads:
        found[lesson] = found.get(lesson, 0) + total - read
    return found

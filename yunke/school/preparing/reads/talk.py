"""Threads and suggestions of a lesson, as one of its makers reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet

from yunke.base.clock import now
from yunke.craft.texts.difference import difference
from yunke.school.library.door import FileLine
from yunke.school.preparing.models import Comment, Here, Read, Suggestion, Thread
from yunke.school.preparing.rules import HERE, suggested
from yunke.school.preparing.values import (
    CommentLine,
    Content,
    Place,
    PlaceKind,
    SuggestionLine,
    ThreadLine,
)

PAGE = 30


@dataclass(frozen=True)
class Around:
    """What a thread's place is looked up in: the content and the files of the work."""

    content: Content
    files: tuple[FileLine, ...]

    def picture(self, place: Place) -> str:
        """The page's picture, or the film's poster."""
        if place.kind == PlaceKind.PAGE:
            asset, page = place.asset
            pictures = next((f.pictures for f in self.files if f.id == asset), ())
            return pictures[page - 1] if 0 < page <= len(pictures) else ""
        if place.kind == PlaceKind.SECOND:
            return next((f.poster for f in self.files if f.kind == "video"), "")
        return ""

    def lost(self, place: Place) -> bool:
        """Has the place gone since: the goal rewritten, the file taken out, the task removed?"""
        match place.kind:
            case PlaceKind.GOAL:
                return place.ref not in self.content.goals
            case PlaceKind.PAGE:
                return place.asset[0] not in self.content.files
            case PlaceKind.TASK:
                return place.ref not in {str(task.id) for task in self.content.tasks}
        return False


def threads_of(
    lesson_id: int, who_id: int, around: Around, *, resolved: bool = False,
    place: Place | None = None, page: int = 1,
) -> tuple[list[ThreadLine], bool]:  # fmt: skip
    """A page of the threads, the newest first, and whether more follow.

    Five queries, however many threads and comments.
    """
    rows = Thread.objects.filter(lesson_id=lesson_id, resolved_at__isnull=not resolved)
    if place is not None:
        rows = rows.filter(place=place.kind, ref=place.ref)
    start = (max(1, page) - 1) * PAGE
    order = "-resolved_at" if resolved else "-id"
    found = list(_spoken(rows, who_id).order_by(order, "-id")[start : start + PAGE + 1])
    return [_thread(thread, who_id, around) for thread in found[:PAGE]], len(found) > PAGE


def _spoken(rows: "QuerySet[Thread]", who_id: int) -> "QuerySet[Thread]":
    comments = (
        Comment.objects.select_related("person").prefetch_related("mentions__person").order_by("id")
    )
    mine = Read.objects.filter(person_id=who_id)
    return rows.select_related("resolved_by").prefetch_related(
        Prefetch("comments", comments), Prefetch("reads", mine)
    )


def _thread(thread: Thread, who_id: int, around: Around) -> ThreadLine:
    place = Place(thread.place, thread.ref, thread.second)
    comments = [_comment(comment) for comment in thread.comments.all()]
    seen = next((read.count for read in thread.reads.all()), 0)
    return ThreadLine(
        id=thread.id, place=place, quote=thread.quote, comments=tuple(comments),
        resolved=thread.resolved_at is not None,
        resolved_by=thread.resolved_by.name if thread.resolved_by else "",
        unread=max(0, len(comments) - seen), picture=around.picture(place),
        lost=around.lost(place),
    )  # fmt: skip


def _comment(comment: Comment) -> CommentLine:
    person = comment.person
    return CommentLine(
        comment.id, person.id if person else 0, person.name if person else "", comment.text,
        comment.made_at, tuple(m.person.name for m in comment.mentions.all()),
    )  # fmt: skip


def counts_by_place(lesson_id: int) -> dict[tuple[str, str], int]:
    """Open threads by kind and ref of their place. One query."""
    rows = Thread.objects.filter(lesson_id=lesson_id, resolved_at__isnull=True)
    found = rows.values_list("place", "ref").annotate(count=Count("id")).order_by()
    return {(place, ref): count for place, ref, count in found}


def resolved_count(lesson_id: int) -> int:
    return Thread.objects.filter(lesson_id=lesson_id, resolved_at__isnull=False).count()


def suggestions_of(
    lesson_id: int, content: Content, *, decided: bool = False
) -> list[SuggestionLine]:
    """The open suggestions, oldest first, or the last thirty that were decided. One query."""
    rows = Suggestion.objects.filter(lesson_id=lesson_id).select_related("person", "decided_by")
    if decided:
        rows = rows.exclude(state=Suggestion.State.OPEN).order_by("-decided_at", "-id")[:PAGE]
    else:
        rows = rows.filter(state=Suggestion.State.OPEN).order_by("id")
    return [_suggestion(row, content) for row in rows]


def _suggestion(row: Suggestion, content: Content) -> SuggestionLine:
    waits = row.state == Suggestion.State.OPEN
    return SuggestionLine(
        id=row.id, field=row.field, was=row.was, now=row.now, why=row.why,
        person_id=row.person_id or 0, name=row.person.name if row.person else "", at=row.made_at,
        state=row.state, decided_by=row.decided_by.name if row.decided_by else "",
        reason=row.reason, pieces=difference(row.was, row.now),
        stale=waits and suggested(content, row.field, row.was, row.now) is None,
    )  # fmt: skip


def here_now(lesson_id: int, *, moment: datetime | None = None) -> list[tuple[int, str, str]]:
    """``(person, name, place)`` of everybody at the lesson in the last seconds. One query."""
    since = (moment or now()) - HERE
    rows = Here.objects.filter(lesson_id=lesson_id, at__gte=since).order_by("person__name", "id")
    return list(rows.values_list("person_id", "person__name", "place"))


def talk_counts(lesson_id: int) -> tuple[int, int]:
    """How many comments were made and how many suggestions are open. Two queries."""
    comments = Comment.objects.filter(thread__lesson_id=lesson_id).count()
    waiting = Suggestion.objects.filter(lesson_id=lesson_id, state=Suggestion.State.OPEN).count()
    return comments, waiting

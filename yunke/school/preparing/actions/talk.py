"""What a lesson's makers say to each other, pinned to a place of the lesson."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.library.door import NotYours, WorkRow, colleagues_of, lesson_work
from yunke.school.preparing.models import Comment, Mention, Read, Thread
from yunke.school.preparing.rules import MOST_COMMENTS, MOST_THREADS, mentioned
from yunke.school.preparing.values import Place


@transaction.atomic
def thread_begin(*, who: Who, lesson_id: int, place: Place, quote: str, text: str) -> int:
    """Say something about a place; gives the thread. Raises NotYours, Refused."""
    row = readable(lesson_id, who)
    if Thread.objects.filter(lesson_id=lesson_id).count() >= MOST_THREADS:
        raise Refused(_("这节课的讨论太多了，请先在已有的讨论里接着说。"), status=422)
    thread = Thread.objects.create(
        lesson_id=lesson_id, place=place.kind, ref=place.ref[:300], second=place.second,
        quote=quote[:300],
    )  # fmt: skip
    _comment(who, row, thread, text)
    return thread.id


@transaction.atomic
def thread_answer(*, who: Who, lesson_id: int, thread_id: int, text: str) -> None:
    """Answer in a thread; a resolved one is open again. Raises NotYours, Refused."""
    row = readable(lesson_id, who)
    thread = _thread(lesson_id, thread_id)
    if thread.comments.count() >= MOST_COMMENTS:
        raise Refused(_("这个讨论太长了，请另开一个。写的内容还在。"), status=422)
    if thread.resolved_at is not None:
        _set_resolved(thread, None)
    _comment(who, row, thread, text)


@transaction.atomic
def thread_resolve(*, who: Who, lesson_id: int, thread_id: int, resolved: bool) -> None:
    """Put a thread away, or open it again. Raises NotYours."""
    readable(lesson_id, who)
    _set_resolved(_thread(lesson_id, thread_id), who.id if resolved else None)


@transaction.atomic
def threads_seen(*, who: Who, lesson_id: int, counts: dict[int, int]) -> None:
    """These threads lay before somebody's eyes, each with so many comments. Four queries."""
    readable(lesson_id, who)
    mine = Thread.objects.filter(lesson_id=lesson_id, id__in=counts).values_list("id", flat=True)
    known = dict(
        Read.objects.filter(person_id=who.id, thread_id__in=counts).values_list(
            "thread_id", "count"
        )
    )
    rows = [
        Read(thread_id=thread, person_id=who.id, count=min(counts[thread], MOST_COMMENTS))
        for thread in mine
        if counts[thread] > known.get(thread, 0)
    ]
    Read.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["count"], unique_fields=["thread", "person"]
    )
    Mention.objects.filter(
        person_id=who.id, seen_at__isnull=True, comment__thread_id__in=list(mine)
    ).update(seen_at=now())


def readable(lesson_id: int, who: Who) -> WorkRow:
    """The lesson for everybody who makes it. Raises NotYours."""
    row = lesson_work(lesson_id, who)
    if row is None:
        raise NotYours
    return row


def _thread(lesson_id: int, thread_id: int) -> Thread:
    thread = Thread.objects.filter(id=thread_id, lesson_id=lesson_id).first()
    if thread is None:
        raise NotYours
    return thread


def _set_resolved(thread: Thread, by: int | None) -> None:
    Thread.objects.filter(id=thread.id).update(resolved_at=now() if by else None, resolved_by_id=by)


def _comment(who: Who, row: WorkRow, thread: Thread, text: str) -> None:
    comment = Comment.objects.create(thread=thread, person_id=who.id, text=text[:1000])
    people = [(person, name) for person, name, _role in colleagues_of([row.id]).get(row.id, ())]
    people.append((row.author_id, row.author_name))
    called = [person for person in mentioned(text, people) if person and person != who.id]
    Mention.objects.bulk_create(Mention(comment=comment, person_id=person) for person in called)
    Read.objects.update_or_create(
        thread=thread, person_id=who.id, defaults={"count": thread.comments.count()}
    )
    event_record(
        actor_id=who.id, verb=Verb.LESSON_DISCUSSED, object_kind="thread", object_id=thread.id,
        title=row.draft.title, lesson_id=row.id, school_id=row.school_id,
    )  # fmt: skip

"""Who looked at whose record: lines of the chain about one person, or one school."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from yunke.base.clock import now
from yunke.base.paging import Page, page_of
from yunke.ground.audit.models import Entry, Look
from yunke.ground.audit.values import SEALED, Act, Line

MONTHS = timedelta(days=400)


def lines_about(person_id: int, *, page: int = 1, size: int = 60) -> Page[Line]:
    """What was done about this person by others, newest first. One query.

    Sealed work is left out here, in the query, so that not even a gap in the numbers of a page
    tells of it; the numbers of lines are not handed out.
    """
    looked = Look.objects.filter(pupil_id=person_id).values("seq")
    rows = (
        Entry.objects.filter(Q(subject_id=person_id) | Q(seq__in=looked), at__gt=now() - MONTHS)
        .exclude(act__in=SEALED)
        .order_by("-seq")
    )
    return _lines(page_of(rows, page, size=size))


def lines_by(actor_id: int, *, page: int = 1, size: int = 60) -> Page[Line]:
    """What this person did that left a line, newest first. One query."""
    rows = Entry.objects.filter(actor_id=actor_id, at__gt=now() - MONTHS).order_by("-seq")
    return _lines(page_of(rows, page, size=size))


def lines_of_schools(
    school_ids: frozenset[int] | None, *, page: int = 1, size: int = 60
) -> Page[Line]:
    """What was done at these schools (None: everywhere), newest first. One query."""
    rows = Entry.objects.exclude(act__in=SEALED).order_by("-seq")
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    return _lines(page_of(rows, page, size=size))


def alerts_of(school_ids: frozenset[int] | None, *, days: int = 7) -> list[Line]:
    """Readers who were stopped lately. One query."""
    rows = Entry.objects.filter(act=Act.BULK_STOPPED, at__gt=now() - timedelta(days=days))
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    return [line_of(row) for row in rows.order_by("-seq")[:20]]


def acts_since(moment: datetime, school_ids: frozenset[int] | None) -> dict[str, int]:
    """How often each act was done, for those who may see counts only. One query."""
    rows = Entry.objects.exclude(act__in=SEALED).filter(at__gt=moment)
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    counts = rows.values("act").annotate(times=Count("seq")).order_by("-times", "act")
    return {row["act"]: row["times"] for row in counts}


def line_of(row: Entry) -> Line:
    return Line(
        at=row.at, actor_id=row.actor_id, role=row.role, act=row.act, subject_id=row.subject_id,
        object_kind=row.object_kind, object_id=row.object_id, school_id=row.school_id,
        reason=row.reason, detail=row.detail,
    )  # fmt: skip


def _lines(found: Page[Entry]) -> Page[Line]:
    return Page([line_of(row) for row in found.rows], found.number, found.more)

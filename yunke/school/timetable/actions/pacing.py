"""Laying units on the calendar, moving one, losing a week and finding it again."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.calendar import Block, laid
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place
from yunke.school.library.door import units_of
from yunke.school.timetable.models import LostWeek, Pace

MOST_WEEKS = 30


@transaction.atomic
def pace_lay(
    *, actor_id: int, term_id: int, org_id: int, blocks: Sequence[Block], title: str
) -> int:
    """Lay units that lie nowhere yet; units that this place laid already stay. Gives how many."""
    rows = [
        Pace(term_id=term_id, org_id=org_id, unit_id=b.key, first=b.first, weeks=b.weeks)
        for b in blocks
    ]
    before = Pace.objects.filter(term_id=term_id, org_id=org_id, class_id=0).count()
    Pace.objects.bulk_create(rows, ignore_conflicts=True)
    count = Pace.objects.filter(term_id=term_id, org_id=org_id, class_id=0).count() - before
    _told(actor_id, org_id, 0, term_id, title, {"laid": count})
    return count


def pace_seed(*, city_id: int, term_id: int, grade: int, weeks: int) -> int:
    """All units of a grade over the city's term, subject by subject; nobody did it, so no event."""
    cards, rows = units_of(grade), list[Pace]()
    for subject in dict.fromkeys(card.subject for card in cards):
        own = [card.id for card in cards if card.subject == subject]
        rows += [
            Pace(term_id=term_id, org_id=city_id, unit_id=b.key, first=b.first, weeks=b.weeks)
            for b in laid(own, [1] * len(own), weeks)
        ]
    Pace.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def pace_move(
    *, actor_id: int, term_id: int, org_id: int, unit_id: int, first: int, weeks: int, most: int,
    class_id: int = 0, title: str = "",
) -> None:  # fmt: skip
    """A unit of this place: from which teaching week, for how many. ``most``: teaching weeks of
    the term. Raises Refused outside of it.
    """
    inside = 1 <= first <= most and 1 <= weeks <= MOST_WEEKS and first + weeks - 1 <= most
    if not inside:
        raise Refused(_("这样会排到学期外面；什么都没有改动。"), status=422)
    Pace.objects.update_or_create(
        term_id=term_id, org_id=org_id, class_id=class_id, unit_id=unit_id,
        defaults={"first": first, "weeks": weeks},
    )  # fmt: skip
    _told(actor_id, org_id, class_id, unit_id, title, {"first": first, "weeks": weeks})


@transaction.atomic
def pace_drop(
    *, actor_id: int, term_id: int, org_id: int, unit_id: int, class_id: int = 0, title: str = ""
) -> bool:
    """This place's own row goes: the plan above rules again."""
    rows = Pace.objects.filter(term_id=term_id, org_id=org_id, class_id=class_id, unit_id=unit_id)
    if not rows.delete()[0]:
        return False
    _told(actor_id, org_id, class_id, unit_id, title, {"dropped": True})
    return True


def _told(
    actor_id: int, org_id: int, class_id: int, number: int, title: str, result: dict[str, object]
) -> None:
    event_record(
        actor_id=actor_id, verb=Verb.PACE_SET, object_kind="unit", object_id=number, title=title,
        school_id=org_id, class_id=class_id, result=result,
    )  # fmt: skip


def week_lose(
    *, actor_id: int, term_id: int, place: Place, org_id: int, week: int, reason: str,
    counts: dict[str, int], class_id: int = 0, grade: int = 0,
) -> int:  # fmt: skip
    """A week was lost, by one grade or (0) by all: everything after it comes a week later.
    ``counts``: what the preview said. Raises Refused without a reason, and for a week that is
    lost already.
    """
    if not reason.strip():
        raise Refused(_("请写下这一周为什么没有上课；什么都没有改动。"), status=422)
    try:
        with transaction.atomic():
            row = LostWeek.objects.create(
                term_id=term_id, org_id=org_id, class_id=class_id, grade=grade, week=week,
                reason=reason.strip()[:40], made_by=actor_id,
            )  # fmt: skip
            _shifted(row, actor_id, place, {"week": week, **counts})
    except IntegrityError:
        raise Refused(_("这一周已经记为没有上课；什么都没有改动。"), status=422) from None
    return row.id


@transaction.atomic
def week_found(*, actor_id: int, lost_id: int, org_id: int, class_id: int, place: Place) -> bool:
    """Take a lost week back: everything stands as before, exactly."""
    rows = LostWeek.objects.select_for_update().filter(
        id=lost_id, org_id=org_id, class_id=class_id, undone_at__isnull=True
    )
    row = rows.first()
    if row is None:
        return False
    row.undone_at, row.undone_by = now(), actor_id
    row.save(update_fields=["undone_at", "undone_by"])
    _shifted(row, actor_id, place, {"week": row.week, "undone": 1})
    return True


def _shifted(row: LostWeek, actor_id: int, place: Place, detail: dict[str, int]) -> None:
    audit_record(
        actor_id=actor_id, act=Act.CALENDAR_SHIFTED, object_kind="lost_week", object_id=row.id,
        school_id=row.org_id, reason=row.reason, detail=detail,
    )  # fmt: skip
    event_record(
        actor_id=actor_id, verb=Verb.WEEK_LOST, object_kind="term", object_id=row.term_id,
        title=row.reason, school_id=place.school, class_id=row.class_id, result=dict(detail),
    )  # fmt: skip

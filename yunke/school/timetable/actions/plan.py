"""Arranging a pupil's day. Each verb is one transaction with its event.

``who`` is the pupil or a guardian; anybody else gets NotYours, which a page answers like a page
that is not there.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed, pupils_read
from yunke.school.timetable.models import Broadcast, PlanItem
from yunke.school.timetable.reads.air import broadcasts_by_id
from yunke.school.timetable.reads.plan import broadcasts_at, place_of
from yunke.school.timetable.rules import MINUTES, ordered
from yunke.school.timetable.values import ItemKind, OnAir

OWN_LIMIT = 12


class NotYours(Exception):
    """The day belongs to somebody else, or there is no such stop in it."""


@transaction.atomic
def plan_arrange(who: Who, pupil_id: int, day: date, order: Sequence[str]) -> None:
    """Put the stops in the order of their keys; one that is not named stays at the end."""
    place = _place(who, pupil_id)
    rows = {_key(r): r for r in _rows(place, pupil_id, day) if r.dropped_at is None}
    for position, key in enumerate(ordered(list(rows), order)):
        rows[key].position = position
    PlanItem.objects.bulk_update(rows.values(), ["position"])
    _record(who, place, Verb.PLAN_ARRANGED, pupil_id, day, {"order": list(order)[:40]})


@transaction.atomic
def plan_tick(who: Who, pupil_id: int, day: date, key: str, *, done: bool) -> None:
    """Tick a stop off, or take the tick back. Ticking twice keeps the first time."""
    place = _place(who, pupil_id)
    row = _row(place, pupil_id, day, key)
    if (row.done_at is not None) == done:
        return
    row.done_at = now() if done else None
    row.save(update_fields=["done_at"])
    _record(who, place, Verb.PLAN_TICKED, pupil_id, day, {"key": key, "done": done}, row)


@transaction.atomic
def plan_add(
    who: Who, pupil_id: int, day: date, *, kind: ItemKind, title: str, minutes: int
) -> int:
    """Add a stop of one's own or a break at the end; its row's id."""
    place = _place(who, pupil_id)
    title = title.strip()
    if kind == ItemKind.OWN and not title:
        raise Refused(_("写上要做什么，再点添加。计划没有改动。"), status=422)
    if minutes not in MINUTES:
        raise Refused(_("时间要在 5 到 120 分钟之间。计划没有改动。"), status=422)
    rows = _rows(place, pupil_id, day)
    if sum(not r.broadcast_id for r in rows if r.dropped_at is None) >= OWN_LIMIT:
        raise Refused(_("一天最多加 12 项。先拿掉一项，再添加。"), status=422)
    row = PlanItem.objects.create(
        pupil_id=pupil_id,
        day=day,
        kind=kind.value,
        title=title[:80],
        minutes=minutes,
        position=_after(rows),
    )
    _record(who, place, Verb.PLAN_ARRANGED, pupil_id, day, {"added": kind.value}, row)
    return row.id


@transaction.atomic
def plan_remove(who: Who, pupil_id: int, day: date, key: str, *, back: bool = False) -> None:
    """Take a stop off the plan, or (``back``) put it on again. Nothing is deleted."""
    place = _place(who, pupil_id)
    row = _row(place, pupil_id, day, key)
    if (row.dropped_at is None) == back:
        return
    row.dropped_at = None if back else now()
    row.save(update_fields=["dropped_at"])
    result = {"key": key, "removed": not back}
    _record(who, place, Verb.PLAN_ARRANGED, pupil_id, day, result, row)


@transaction.atomic
def plan_remind(who: Who, pupil_id: int, broadcast_id: int) -> date:
    """Put a broadcast into the plan of its day, whatever its grade; the day. Twice is once."""
    place = _place(who, pupil_id)
    if not Broadcast.objects.filter(id=broadcast_id, city_id=place.city).exists():
        raise NotYours
    found = broadcasts_by_id([broadcast_id], county_id=place.county, school_id=place.school)
    on_air = next(iter(found), None)
    if on_air is None:
        raise NotYours
    rows = _rows(place, pupil_id, on_air.day)
    row = next((r for r in rows if r.broadcast_id == broadcast_id), None)
    if row is None:
        row = PlanItem.objects.create(**_from_air(pupil_id, on_air, _after(rows)))
    elif row.dropped_at is not None:
        row.dropped_at = None
        row.save(update_fields=["dropped_at"])
    _record(who, place, Verb.PLAN_ARRANGED, pupil_id, on_air.day, {"reminded": broadcast_id}, row)
    return on_air.day


@transaction.atomic
def day_looked(who: Who, pupil_id: int) -> None:
    """A guardian looked at the child's day; the child's record says so. One INSERT."""
    place = _place(who, pupil_id)
    event_record(
        actor_id=who.id,
        subject_id=pupil_id,
        verb=Verb.GUARDIAN_LOOKED,
        object_kind="child",
        object_id=pupil_id,
        school_id=place.school,
        class_id=place.class_id,
        purpose="guardian",
    )
    pupils_read(who, [pupil_id], part="child", part_id=pupil_id, school_id=place.school)


def _place(who: Who, pupil_id: int) -> Place:
    place = place_of(who, pupil_id)
    if place is None or not allowed(who, "plan.write", Place(person=pupil_id)):
        raise NotYours
    return place


def _rows(place: Place, pupil_id: int, day: date) -> list[PlanItem]:
    """The plan's rows; broadcasts that have none yet get theirs, after the others."""
    rows = list(PlanItem.objects.filter(pupil_id=pupil_id, day=day).order_by("position", "id"))
    known = {r.broadcast_id for r in rows}
    on_air = broadcasts_at(place, day)
    start = _after(rows)
    new = [
        PlanItem(**_from_air(pupil_id, b, start + n))
        for n, b in enumerate(b for b in on_air if b.id not in known)
    ]
    return rows + PlanItem.objects.bulk_create(new)


def _from_air(pupil_id: int, b: OnAir, position: int) -> dict[str, object]:
    return {
        "pupil_id": pupil_id,
        "day": b.day,
        "position": position,
        "kind": ItemKind.LESSON.value,
        "broadcast_id": b.id,
        "lesson_id": b.lesson_id,
        "title": b.title[:80],
        "minutes": b.minutes,
    }


def _after(rows: Sequence[PlanItem]) -> int:
    return max((r.position for r in rows), default=-1) + 1


def _key(row: PlanItem) -> str:
    return f"b{row.broadcast_id}" if row.broadcast_id else f"i{row.id}"


def _row(place: Place, pupil_id: int, day: date, key: str) -> PlanItem:
    found = next((r for r in _rows(place, pupil_id, day) if _key(r) == key), None)
    if found is None:
        raise NotYours
    return found


def _record(
    who: Who,
    place: Place,
    verb: Verb,
    pupil_id: int,
    day: date,
    result: dict[str, object],
    row: PlanItem | None = None,
) -> None:
    event_record(
        actor_id=who.id,
        verb=verb,
        object_kind="plan",
        object_id=row.id if row else 0,
        title=row.title if row else "",
        subject_id=0 if who.id == pupil_id else pupil_id,
        school_id=place.school,
        class_id=place.class_id,
        lesson_id=(row.lesson_id or 0) if row else 0,
        result={"day": day.isoformat(), **result},
    )

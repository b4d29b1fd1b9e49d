"""How a day is put together: bells over broadcasts, a plan over the day's broadcasts, now and next.

Plain values in and out; nothing here asks the clock or the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from yunke.school.timetable.values import ItemKind, OnAir, PlanRow, Stop, Times

Bells = Mapping[int, Times]
MINUTES = range(5, 121)
LONGEST_TERM = 300  # days


def makes_term(first: date, last: date) -> bool:
    """Could these days be a term at all?"""
    return first < last and (last - first).days <= LONGEST_TERM


def with_bells(broadcasts: Iterable[OnAir], bells: Bells) -> tuple[OnAir, ...]:
    """The day at the times of one's own county or school, where these ring their own bells."""
    moved = [_at_bell(b, bells[b.period]) if b.period in bells else b for b in broadcasts]
    return tuple(sorted(moved, key=lambda b: (b.starts_at, b.id)))


def _at_bell(broadcast: OnAir, bell: tuple[time, time]) -> OnAir:
    zone = broadcast.starts_at.tzinfo
    starts, ends = (datetime.combine(broadcast.day, clock, tzinfo=zone) for clock in bell)
    return replace(broadcast, starts_at=starts, ends_at=ends)


def bells_laid(parts: Iterable[tuple[time, int]], minutes: int, gap: int) -> dict[int, Times]:
    """So many equal periods from each clock; nothing when they would meet or pass midnight."""
    found: list[tuple[int, int]] = []
    for clock, count in parts:
        first = clock.hour * 60 + clock.minute
        steps = (first + n * (minutes + gap) for n in range(count))
        found += [(begins, begins + minutes) for begins in steps]
    moments = [moment for pair in found for moment in pair]
    if moments != sorted(moments) or any(moment >= 24 * 60 for moment in moments):
        return {}
    clocks = [(time(*divmod(a, 60)), time(*divmod(b, 60))) for a, b in found]
    return dict(enumerate(clocks, 1))


def bells_meeting(bells: Bells) -> list[int]:
    """The periods that begin before the one before them has ended."""
    return [later for one, later in pairwise(sorted(bells)) if bells[later][0] < bells[one][1]]


def now_and_next(
    broadcasts: Sequence[OnAir], moment: datetime
) -> tuple[OnAir | None, OnAir | None]:
    """What is on the air at the moment, and what comes after; None where there is nothing."""
    running = next((b for b in broadcasts if b.starts_at <= moment < b.ends_at), None)
    coming = next((b for b in broadcasts if b.starts_at > moment), None)
    return running, coming


def air_state(broadcast: OnAir, moment: datetime) -> str:
    """``later``, ``now`` or ``past``."""
    if moment < broadcast.starts_at:
        return "later"
    return "now" if moment < broadcast.ends_at else "past"


def share_gone(starts: datetime, ends: datetime, moment: datetime) -> int:
    """How much of a broadcast is over at the moment, in whole per cent from 0 to 100."""
    whole = (ends - starts).total_seconds()
    gone = (moment - starts).total_seconds()
    return max(0, min(100, round(100 * gone / whole))) if whole > 0 else 0


def stops_of_day(
    broadcasts: Sequence[OnAir], rows: Sequence[PlanRow], others: Iterable[OnAir] = ()
) -> tuple[Stop, ...]:
    """The pupil's day: the kept plan, then what has come on air since it was arranged.

    Without rows the day is its broadcasts. What the pupil took off the plan stays off. ``others``
    are broadcasts outside the grade's day that the plan names.
    """
    known = {r.broadcast_id for r in rows if r.broadcast_id}
    planned = _kept_stops(broadcasts, [r for r in rows if not r.dropped], others)
    return (*planned, *(_new_stop(b) for b in broadcasts if b.id not in known))


def stops_taken_off(
    broadcasts: Sequence[OnAir], rows: Sequence[PlanRow], others: Iterable[OnAir] = ()
) -> tuple[Stop, ...]:
    """What the pupil took off the plan and may put back."""
    return _kept_stops(broadcasts, [r for r in rows if r.dropped], others)


def outside(broadcasts: Sequence[OnAir], rows: Sequence[PlanRow]) -> tuple[int, ...]:
    """Broadcasts that the plan names and the grade's day does not have (reminders)."""
    known = {b.id for b in broadcasts}
    return tuple(r.broadcast_id for r in rows if r.broadcast_id and r.broadcast_id not in known)


def _kept_stops(
    broadcasts: Sequence[OnAir], rows: Sequence[PlanRow], others: Iterable[OnAir]
) -> tuple[Stop, ...]:
    by_id = {b.id: b for b in (*broadcasts, *others)}
    inorder = sorted(rows, key=lambda r: (r.position, r.id))
    return tuple(_kept_stop(r, by_id.get(r.broadcast_id)) for r in inorder)


def _new_stop(b: OnAir) -> Stop:
    return Stop(
        id=0,
        kind=ItemKind.LESSON.value,
        title=b.title,
        title_en=b.title_en,
        subject=b.subject,
        lesson_id=b.lesson_id,
        broadcast_id=b.id,
        starts_at=b.starts_at,
        minutes=b.minutes,
        done=False,
        poster=b.poster,
        has_video=b.has_video,
    )


def _kept_stop(row: PlanRow, broadcast: OnAir | None) -> Stop:
    if broadcast is not None:
        return replace(_new_stop(broadcast), id=row.id, done=row.done)
    return Stop(
        id=row.id,
        kind=row.kind,
        title=row.title,
        title_en="",
        subject="",
        lesson_id=row.lesson_id,
        broadcast_id=row.broadcast_id,
        starts_at=None,
        minutes=row.minutes,
        done=row.done,
    )


def next_stop(stops: Sequence[Stop], moment: datetime) -> Stop | None:
    """What now? The lesson that is on the air, else the first stop that is not done."""
    open_stops = [s for s in stops if not s.done]
    on_air = next((s for s in open_stops if is_live(s, moment)), None)
    return on_air or (open_stops[0] if open_stops else None)


def is_live(stop: Stop, moment: datetime) -> bool:
    """Is the stop's broadcast on the air at the moment?"""
    if stop.starts_at is None:
        return False
    return stop.starts_at <= moment < stop.starts_at + timedelta(minutes=stop.minutes)


def moved(keys: Sequence[str], key: str, step: int) -> list[str]:
    """The order after one key went one place up (-1) or down (+1); unchanged at the ends."""
    order = list(keys)
    if key not in order:
        return order
    here = order.index(key)
    there = max(0, min(len(order) - 1, here + step))
    order.insert(there, order.pop(here))
    return order


def ordered(keys: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """``keys`` in the wanted order; one that was not named keeps its place at the end."""
    first = [k for k in dict.fromkeys(wanted) if k in keys]
    return first + [k for k in keys if k not in first]

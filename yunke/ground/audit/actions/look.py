"""Looking at pupils' records: each look leaves its line, and many looks in an hour are stopped.

A teacher sees the own class, a guardian the own child: that is not counted. Whoever reads other
people's records (a school's administrator) reads at most ``LIMIT`` pupils an hour alone.
"""

import logging
from datetime import timedelta

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.audit.actions.record import audit_record, head_held
from yunke.ground.audit.models import Entry, Look, Second
from yunke.ground.audit.values import Act

LIMIT = 200
# The most that a second person can agree to, for an hour.
MOST = 2000
PAGES_A_MINUTE = 30
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
KIND = "pupils.read"

log = logging.getLogger(__name__)


class TooMany(Exception):
    """More pupils than one person reads in an hour alone; ``limit`` is the person's limit now."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} pupils an hour")
        self.limit = limit


class TooFast(Exception):
    """More pages of records in a minute than a person reads."""


def look_record(
    *,
    reader_id: int,
    role: str,
    pupil_ids: list[int],
    part: str,
    part_id: int = 0,
    school_id: int = 0,
    reason: str = "",
    counted: bool = False,
    act: Act = Act.RECORD_VIEWED,
) -> int:
    """Write down who looked at whose record, before it is shown; gives the number of the line.

    ``part``: what was opened ("class", "person", "child"). Five statements and a row a pupil.
    Raises TooMany and TooFast for counted looks; the refusal has its own line by then.
    """
    trouble: Exception | None = None
    with transaction.atomic():
        head_held()  # two pages at once must not both be the last that is allowed
        if counted:
            trouble = _held_back(reader_id, role, set(pupil_ids), school_id)
        if trouble is None:
            only = pupil_ids[0] if len(pupil_ids) == 1 else 0
            seq = audit_record(
                actor_id=reader_id, role=role, act=act, subject_id=only, object_kind=part,
                object_id=part_id, school_id=school_id, reason=reason,
                detail={"pupils": len(pupil_ids)},
            )  # fmt: skip
            Look.objects.bulk_create(
                Look(seq=seq, pupil_id=pupil, reader_id=reader_id, counted=counted)
                for pupil in dict.fromkeys(pupil_ids)
            )
            return seq
    raise trouble


def _held_back(reader_id: int, role: str, pupils: set[int], school_id: int) -> Exception | None:
    moment = now()
    seen = Look.objects.filter(reader_id=reader_id, counted=True, made_at__gt=moment - HOUR)
    recent = seen.filter(made_at__gt=moment - MINUTE)
    if recent.values("seq").distinct().count() >= PAGES_A_MINUTE:
        return TooFast()
    limit = limit_of(reader_id)
    if len(pupils | set(seen.values_list("pupil_id", flat=True))) <= limit:
        return None
    _tell(reader_id, role, school_id, limit)
    return TooMany(limit)


def limit_of(reader_id: int) -> int:
    """200, or what a second person agreed to within the hour. One query."""
    given = Second.objects.filter(
        kind=KIND, asked_by=reader_id, decision=Second.Decision.GIVEN, decided_at__gt=now() - HOUR
    )
    asked = [int(about.get("pupils", 0)) for about in given.values_list("about", flat=True)]
    return max([LIMIT, *(min(number, MOST) for number in asked)])


def _tell(reader_id: int, role: str, school_id: int, limit: int) -> None:
    """One alert an hour and reader, at the very moment: a line that those in charge see."""
    told = Entry.objects.filter(
        actor_id=reader_id, act=Act.BULK_STOPPED, at__gt=now() - HOUR, object_id=limit
    )
    if told.exists():
        return
    audit_record(
        actor_id=reader_id, role=role, act=Act.BULK_STOPPED, object_kind="pupils",
        object_id=limit, school_id=school_id, detail={"limit": limit},
    )  # fmt: skip
    log.warning("person %s was stopped at %s pupils' records an hour", reader_id, limit)

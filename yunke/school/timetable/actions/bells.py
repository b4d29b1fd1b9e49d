"""A city, a county or a school rings its own bells, each over those above it."""

from collections.abc import Collection, Mapping

from django.db import transaction

from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed
from yunke.school.timetable.actions.plan import NotYours
from yunke.school.timetable.actions.terms import org_of
from yunke.school.timetable.models import Bell
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.reads.bells import bells_at
from yunke.school.timetable.values import Times


@transaction.atomic
def bells_set(
    who: Who, place: Place, own: Mapping[int, Times | None], kept: Collection[int] = ()
) -> list[int]:
    """Set the place's times by period, None takes those above; the periods that changed.

    ``kept``: periods whose newer time above was read, and one's own stays. Raises NotYours for
    the staff of another place.
    """
    if not allowed(who, "term.write", place):
        raise NotYours
    org, (rows, above) = org_of(place), bells_at(place)
    touched = [
        period
        for period, times in own.items()
        if _set(org, period, times, rows.get(period), above.get(period), period in kept)
    ]
    if touched:
        _tell(who, org, touched)
    return touched


def _set(
    org: int, period: int, times: Times | None, row: Bell | None, above: Bell | None, kept: bool
) -> bool:
    """True when something changed."""
    if times is None or (above is not None and times == (above.starts, above.ends)):
        if row is not None:
            row.delete()
        return row is not None
    if row is not None and (row.starts, row.ends) == times and not kept:
        return False
    Bell.objects.update_or_create(
        org_id=org, period=period,
        defaults={
            "starts": times[0], "ends": times[1],
            "city_starts": above.starts if above else None,
            "city_ends": above.ends if above else None,
        },
    )  # fmt: skip
    return True


def _tell(who: Who, org: int, periods: list[int]) -> None:
    detail = {"bells": sorted(periods)}
    event_record(
        actor_id=who.id, verb=Verb.WEEK_SET, object_kind="bell", object_id=org, title="作息时间",
        school_id=org, result=dict(detail),
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.CALENDAR_SHIFTED, object_kind="bell", object_id=org,
        school_id=org, detail=detail,
    )  # fmt: skip
    transaction.on_commit(forget)

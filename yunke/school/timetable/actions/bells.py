"""A county rings its own bells over the city's."""

from collections.abc import Collection, Mapping
from datetime import time

from django.db import transaction

from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed, city_id
from yunke.school.timetable.actions.plan import NotYours
from yunke.school.timetable.models import Bell
from yunke.school.timetable.reads.air import forget

Times = tuple[time, time]


@transaction.atomic
def county_bells_set(
    who: Who, county_id: int, own: Mapping[int, Times | None], kept: Collection[int] = ()
) -> None:
    """Set the county's times by period; None takes the city's. ``kept``: periods whose newer time
    of the city was read, and the county's stays. Raises NotYours for another county's staff.

    Saving the same again changes nothing.
    """
    city = city_id()
    if not allowed(who, "page.override", Place(city=city, county=county_id)):
        raise NotYours
    beneath = {b.period: b for b in Bell.objects.filter(org_id=city)}
    rows = {b.period: b for b in Bell.objects.select_for_update().filter(org_id=county_id)}
    touched = [
        period
        for period, times in own.items()
        if _set(county_id, period, times, rows.get(period), beneath.get(period), period in kept)
    ]
    if touched:
        _tell(who, county_id, touched)


def _set(
    county: int, period: int, times: Times | None, row: Bell | None, city: Bell | None, kept: bool
) -> bool:
    """True when something changed."""
    if times is None or (city is not None and times == (city.starts, city.ends)):
        if row is not None:
            row.delete()
        return row is not None
    if row is not None and (row.starts, row.ends) == times and not kept:
        return False
    Bell.objects.update_or_create(
        org_id=county, period=period,
        defaults={
            "starts": times[0], "ends": times[1],
            "city_starts": city.starts if city else None, "city_ends": city.ends if city else None,
        },
    )  # fmt: skip
    return True


def _tell(who: Who, county_id: int, periods: list[int]) -> None:
    detail = {"bells": sorted(periods), "county": county_id}
    event_record(
        actor_id=who.id, verb=Verb.PAGE_OVERRIDDEN, object_kind="bell", object_id=county_id,
        result=detail,
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.PAGE_OVERRIDDEN, object_kind="bell", object_id=county_id,
        detail=detail,
    )  # fmt: skip
    transaction.on_commit(forget)

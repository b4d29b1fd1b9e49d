"""Offices and schools by their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from yunke.ground.people.models import Org


@dataclass(frozen=True)
class OrgName:
    id: int
    level: str
    parent_id: int
    name: str
    name_en: str


def org_names(ids: Iterable[int]) -> dict[int, OrgName]:
    """Offices and schools by id; unknown ones are left out. One query, none for no number."""
    wanted = {number for number in ids if number}
    if not wanted:
        return {}
    rows = Org.objects.filter(id__in=wanted)
    return {o.id: OrgName(o.id, o.level, o.parent_id or 0, o.name, o.name_en) for o in rows}


def counties_of(city_id: int) -> tuple[int, ...]:
    """The counties' offices of a city. One query."""
    rows = Org.objects.filter(level=Org.Level.COUNTY, parent_id=city_id).order_by("id")
    return tuple(rows.values_list("id", flat=True))


def county_of(school_id: int) -> int:
    """The county of a school, 0 for what is none. One query, none for 0."""
    found = org_names([school_id]).get(school_id)
    return found.parent_id if found and found.level == Org.Level.SCHOOL else 0


def org_tree() -> list[OrgName]:
    """Every city, county and school, in the order of their numbers. One query."""
    rows = Org.objects.order_by("id")
    return [OrgName(o.id, o.level, o.parent_id or 0, o.name, o.name_en) for o in rows]

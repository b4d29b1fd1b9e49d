"""Which units somebody may look at, and what they are called."""

from dataclasses import dataclass

from yunke.ground.people.door import OrgName, Place, Role, Who, allowed, org_names, org_tree
from yunke.insight.screen.values import Level, UnitOf

RIGHT = "participation.read"


@dataclass(frozen=True)
class Named:
    """A unit with its names; a grade has the school's."""

    unit: UnitOf
    name: str
    name_en: str


def home_of(who: Who) -> UnitOf | None:
    """The widest unit that the person may look at: where the page opens. No query."""
    widest = ((Role.CITY_STAFF, Level.CITY), (Role.COUNTY_STAFF, Level.COUNTY))
    for role, level in (*widest, (Role.SCHOOL_ADMIN, Level.SCHOOL)):
        for grant in who.grants:
            found = getattr(grant.place, level.value)
            if grant.role == role and found:
                return UnitOf(level, found)
    return None


def line_of(who: Who, unit: UnitOf) -> list[Named]:
    """The unit and the units above it that the person may look at, widest first.

    Empty when the unit is not there or not the person's to see. At most three queries.
    """
    line = _line(unit.org_id)
    if not line or line[0].level != (Level.SCHOOL if unit.grade else unit.level):
        return []
    places = {line[n].id: _place(line[n:]) for n in range(len(line))}
    if not allowed(who, RIGHT, places[unit.org_id]):
        return []
    seen = [
        Named(UnitOf(Level(org.level), org.id), org.name, org.name_en)
        for org in reversed(line)
        if allowed(who, RIGHT, places[org.id])
    ]
    last = line[0]
    return [*seen, Named(unit, last.name, last.name_en)] if unit.grade else seen


def names_below(org_ids: list[int]) -> dict[int, OrgName]:
    """Names of schools and offices by id. One query."""
    return org_names(org_ids)


def offices() -> dict[int, OrgName]:
    """Every office and school. One query."""
    return {org.id: org for org in org_tree()}


def _line(org_id: int) -> list[OrgName]:
    """The org and those above it, itself first. A query a level, three at most."""
    found: list[OrgName] = []
    wanted = org_id
    while wanted and len(found) < 3:
        known = org_names([wanted]).get(wanted)
        if known is None:
            return []
        found.append(known)
        wanted = known.parent_id
    return found


def _place(line: list[OrgName]) -> Place:
    by_level = {org.level: org.id for org in line}
    return Place(
        city=by_level.get("city", 0), county=by_level.get("county", 0),
        school=by_level.get("school", 0),
    )  # fmt: skip

"""The bells of a place beside those that ring there without them."""

from collections import defaultdict

from yunke.ground.people.door import Place
from yunke.school.timetable.models import Bell
from yunke.school.timetable.values import BellLine

Rows = dict[int, Bell]


def bells_at(place: Place) -> tuple[Rows, Rows]:
    """The place's own bells by period, and those of the offices above it. One query."""
    orgs = [org for org in (place.city, place.county, place.school) if org]
    rows: dict[int, Rows] = defaultdict(dict)
    for bell in Bell.objects.filter(org_id__in=orgs):
        rows[bell.org_id][bell.period] = bell
    above: Rows = {}
    for org in orgs[:-1]:
        above |= rows[org]
    return rows[orgs[-1]], above


def bell_lines(place: Place) -> tuple[BellLine, ...]:
    """Every period of the place or above it, in order. One query."""
    own, above = bells_at(place)
    return tuple(_line(p, above.get(p), own.get(p)) for p in sorted({*above, *own}))


def _line(period: int, above: Bell | None, own: Bell | None) -> BellLine:
    read = own and own.city_starts and own.city_ends and (own.city_starts, own.city_ends)
    return BellLine(
        period=period, above=(above.starts, above.ends) if above else None,
        own=(own.starts, own.ends) if own else None, beneath=read or None,
    )  # fmt: skip

"""The city's bells and a county's own beside them."""

from yunke.ground.people.door import city_id
from yunke.school.timetable.models import Bell
from yunke.school.timetable.values import BellLine


def bell_lines(county_id: int) -> tuple[BellLine, ...]:
    """Every period of the city or the county, in order. Two queries."""
    city = {b.period: b for b in Bell.objects.filter(org_id=city_id())}
    own = {b.period: b for b in Bell.objects.filter(org_id=county_id)}
    return tuple(_line(p, city.get(p), own.get(p)) for p in sorted({*city, *own}))


def _line(period: int, city: Bell | None, own: Bell | None) -> BellLine:
    times = (city.starts, city.ends) if city else None
    return BellLine(
        period=period, city=times, own=(own.starts, own.ends) if own else None,
        beneath=(own.city_starts, own.city_ends) if own and own.city_starts and own.city_ends
        else None,
    )  # fmt: skip

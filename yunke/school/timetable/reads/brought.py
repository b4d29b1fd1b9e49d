"""Which terms of a roster the city's calendar has not yet."""

from collections.abc import Iterable, Sequence
from datetime import date

from yunke.school.timetable.models import Term

# (line, title, first day, last day), days as ISO dates: as it comes out of an import's JSON.
Told = Sequence[int | str]
Days = tuple[date, date]
LONGEST = 300


def terms_new(city_id: int, told: Iterable[Told]) -> list[tuple[int, str, str, str]]:
    """Those whose days meet no term of the city and none of those before them. One query.

    A term that the city has with other dates stays as the city has it.
    """
    taken: list[Days] = list(
        Term.objects.filter(city_id=city_id, base=None).values_list("first_day", "last_day")
    )
    fresh = []
    for line, title, start, end in told:
        days = date.fromisoformat(str(start)), date.fromisoformat(str(end))
        if (days[1] - days[0]).days > LONGEST or any(_meet(days, one) for one in taken):
            continue
        taken.append(days)
        fresh.append((int(line), str(title), str(start), str(end)))
    return fresh


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]

"""Which term rules at a place, which days have school, and what a county or school says over it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yunke.base.kept import Kept
from yunke.craft.calendar import Span, Week, weekday_taught, weeks_of
from yunke.craft.calendar import Term as Bounds
from yunke.ground.people.door import Place
from yunke.school.timetable.models import DayOff, LostWeek, Term
from yunke.school.timetable.rules import makes_term

# A roster's term: (title, first day, last day), days as ISO dates, as an import's JSON holds it.
Told = Sequence[str]
Days = tuple[date, date]
SECONDS = 20.0
_calendars: Kept["Calendar"] = Kept(seconds=SECONDS, limit=2000)


@dataclass(frozen=True)
class TermLine:
    """A term as it rules at a place: the city's ``id``, the dates of who is nearest.

    ``own``: the row of the place itself, 0 when it takes what is above.
    """

    id: int
    name: str
    name_en: str
    first: date
    last: date
    own: int = 0
    city_first: date | None = None
    city_last: date | None = None

    @property
    def moved(self) -> bool:
        return (self.first, self.last) != (self.city_first, self.city_last)


@dataclass(frozen=True)
class Calendar:
    """The terms and days without school of one place."""

    terms: tuple[TermLine, ...]
    spans: tuple[Span, ...]

    def weekday(self, day: date) -> int | None:
        """The weekday whose timetable the day follows, None without school."""
        return weekday_taught(day, [Bounds(t.first, t.last) for t in self.terms], self.spans)

    def taught(self, day: date) -> bool:
        return self.weekday(day) is not None

    def term(self, day: date) -> TermLine | None:
        return next((t for t in self.terms if t.first <= day <= t.last), None)

    def name_of(self, day: date) -> str:
        """What the day is instead of school: a holiday's name."""
        return next((s.name for s in reversed(self.spans) if s.holds(day)), "")


def forget_calendars() -> None:
    _calendars.forget()


def calendar_of(city_id: int, county_id: int = 0, school_id: int = 0) -> Calendar:
    """The calendar that rules at a school (or its county, or the city). Two queries, then kept."""
    key = (city_id, county_id, school_id)
    return _calendars.get(key, lambda: _read(city_id, county_id, school_id))


def calendar_at(place: Place) -> Calendar:
    return calendar_of(place.city, place.county, place.school)


def _read(city_id: int, county_id: int, school_id: int) -> Calendar:
    rows = list(Term.objects.filter(city_id=city_id).order_by("first_day", "id"))
    ranks = {city_id: 0, county_id: 1, school_id: 2}
    spans = [
        Span(off.first_day, off.last_day, off.name, off.taught_as, ranks[off.org_id])
        for off in DayOff.objects.filter(org_id__in=[o for o in ranks if o]).order_by("first_day")
    ]
    terms = [_line(row, rows, county_id, school_id) for row in rows if row.base_id is None]
    return Calendar(tuple(terms), tuple(sorted(spans, key=lambda s: s.rank)))


def _line(row: Term, rows: Sequence[Term], county_id: int, school_id: int) -> TermLine:
    over = {r.org_id: r for r in rows if r.base_id == row.id}
    nearest = (school_id and over.get(school_id)) or (county_id and over.get(county_id)) or row
    place = school_id or county_id
    own = over[place].id if place in over else 0 if place else row.id
    return TermLine(
        row.id, row.name, row.name_en, nearest.first_day, nearest.last_day, own, row.first_day,
        row.last_day,
    )  # fmt: skip


def days_off_of(org_id: int) -> list[DayOff]:
    """What an office or school says of single days, itself. One query."""
    return list(DayOff.objects.filter(org_id=org_id).order_by("first_day"))


def lost_of(term_id: int, orgs: Sequence[int], grade: int, class_id: int = 0) -> list[LostWeek]:
    """The weeks that a grade lost at these places (and in the class). One query."""
    rows = LostWeek.objects.filter(
        term_id=term_id, org_id__in=orgs, grade__in=(0, grade), undone_at__isnull=True
    )
    return [row for row in rows.order_by("week", "id") if row.class_id in {0, class_id}]


def weeks_at(
    calendar: Calendar, term: TermLine, lost: Sequence[LostWeek], extra: int = 0, why: str = ""
) -> tuple[Week, ...]:
    """The weeks of the term at a place; ``extra``: as if this one were lost as well."""
    told = {row.week: row.reason for row in lost}
    if extra:
        told.setdefault(extra, why)
    return weeks_of(Bounds(term.first, term.last), calendar.spans, told)


def term_now(calendar: Calendar, day: date) -> TermLine | None:
    """The term of the day, else the next one, else the last one."""
    later = [t for t in calendar.terms if t.last >= day]
    coming = later or list(calendar.terms)[-1:]
    return calendar.term(day) or (coming[0] if coming else None)


def week_number(weeks: Sequence[Week], day: date) -> int:
    """The number of the day's week, 0 outside the term."""
    return next((w.number for w in weeks if w.monday <= day < w.monday + timedelta(7)), 0)


def terms_new(city_id: int, told: Iterable[Told]) -> list[tuple[str, str, str]]:
    """Those whose days meet no term of the city and none of those before them. One query.

    A term that the city has with other dates stays as the city has it.
    """
    taken: list[Days] = list(
        Term.objects.filter(city_id=city_id, base=None).values_list("first_day", "last_day")
    )
    fresh = []
    for title, start, end in told:
        days = date.fromisoformat(start), date.fromisoformat(end)
        if not makes_term(*days) or any(_meet(days, one) for one in taken):
            continue
        taken.append(days)
        fresh.append((title, start, end))
    return fresh


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]

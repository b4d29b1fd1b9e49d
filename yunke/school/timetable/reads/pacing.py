"""Units on a calendar: the city's plan, a county's own rows over it, a class's over both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yunke.craft.calendar import Block, Placed, Week, behind, place
from yunke.ground.people.door import Place
from yunke.ground.people.door import city_id as site_city
from yunke.school.library.door import UnitCard, units_of
from yunke.school.timetable.models import Pace
from yunke.school.timetable.reads.terms import Calendar, TermLine, lost_of, weeks_at


@dataclass(frozen=True)
class Bar:
    """A unit as it is drawn. ``own``: this place says so itself; ``parts``: runs of weeks that
    follow each other, as (first week, how many).
    """

    unit: int
    title: str
    title_en: str
    subject: str
    first: int
    weeks: int
    own: bool
    parts: tuple[tuple[int, int], ...]
    cut: int = 0


@dataclass(frozen=True)
class Row:
    """A week as a phone shows it: the units that are taught in it."""

    week: Week
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Lane:
    """A subject's row of the calendar. ``waiting``: units that lie nowhere yet."""

    subject: str
    bars: tuple[Bar, ...]
    waiting: tuple[UnitCard, ...]


def unit_cards(city_id: int, grade: int, subject: str = "") -> list[UnitCard]:
    """The units of a grade in their order; none for another tenant. Two queries."""
    return list(units_of(grade, subject)) if city_id == site_city() else []


def rows_over(term_id: int, place_: Place, class_id: int, units: Sequence[int]) -> dict[int, Pace]:
    """The row that rules for each unit: the class's, the county's, the city's. One query."""
    orgs = [org for org in (place_.city, place_.county) if org]
    rows = Pace.objects.filter(term_id=term_id, unit_id__in=units)
    found: dict[int, Pace] = {}
    for row in rows:
        if row.class_id and row.class_id != class_id:
            continue
        if not row.class_id and row.org_id not in orgs:
            continue
        held = found.get(row.unit_id)
        if held is None or _rank(row, place_) > _rank(held, place_):
            found[row.unit_id] = row
    return found


def _rank(row: Pace, place_: Place) -> int:
    if row.class_id:
        return 2
    return int(row.org_id == place_.county)


def blocks_of(rows: dict[int, Pace]) -> list[Block]:
    return [Block(unit, row.first, row.weeks) for unit, row in rows.items() if row.weeks]


def weeks_of_place(
    calendar: Calendar, term: TermLine, place_: Place, grade: int, class_id: int = 0, **extra: Any
) -> tuple[Week, ...]:
    """The weeks of a grade as they are at the place, the lost ones of everybody above it
    included.
    """
    orgs = [org for org in (place_.city, place_.county, place_.school) if org]
    return weeks_at(calendar, term, lost_of(term.id, orgs, grade, class_id), **extra)


def lanes_of(
    cards: Sequence[UnitCard], rows: dict[int, Pace], weeks: Sequence[Week], place_: Place,
    class_id: int = 0,
) -> list[Lane]:  # fmt: skip
    """The subjects' rows, in the order of their first units. No query."""
    placed = {p.key: p for p in place(blocks_of(rows), weeks)}
    lanes = []
    for subject in dict.fromkeys(card.subject for card in cards):
        own = [card for card in cards if card.subject == subject]
        bars = [
            _bar(card, rows[card.id], placed[card.id], place_, class_id)
            for card in own
            if card.id in placed
        ]
        bars.sort(key=lambda bar: (bar.first, bar.unit))
        waiting = tuple(card for card in own if card.id not in placed)
        lanes.append(Lane(subject, tuple(bars), waiting))
    return lanes


def _bar(card: UnitCard, row: Pace, at: Placed, place_: Place, class_id: int) -> Bar:
    own = row.class_id == class_id if class_id else row.org_id == (place_.county or place_.city)
    return Bar(
        unit=card.id, title=card.title, title_en=card.title_en, subject=card.subject,
        first=row.first, weeks=row.weeks, own=own,
        parts=_runs(at.weeks), cut=at.cut,
    )  # fmt: skip


def _runs(weeks: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Weeks in a row as (first, how many): a lost week cuts a unit in two."""
    runs: list[list[int]] = []
    for week in weeks:
        if runs and week == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([week, 1])
    return tuple((first, count) for first, count in runs)


def rows_of(weeks: Sequence[Week], lanes: Sequence[Lane]) -> list[Row]:
    """Week by week, what is taught. No query."""
    bars = [bar for lane in lanes for bar in lane.bars]
    return [Row(w, tuple(b for b in bars if _lies_in(b, w.number))) for w in weeks]


def _lies_in(bar: Bar, week: int) -> bool:
    return any(first <= week < first + count for first, count in bar.parts)


def behind_of(
    own: dict[int, Pace], plan: dict[int, Pace], own_weeks: Sequence[Week],
    plan_weeks: Sequence[Week], week: int,
) -> int | None:  # fmt: skip
    """By how many weeks a class is behind its plan this week; negative: ahead."""
    return behind(place(blocks_of(own), own_weeks), place(blocks_of(plan), plan_weeks), week)

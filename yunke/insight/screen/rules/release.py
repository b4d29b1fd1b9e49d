"""From the exact sums of a day to the figures that may be shown. Decided here and nowhere else."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from yunke.craft.crowd import SCREEN, Band, Counted, Tree, Unit, banded, hidden, rounded
from yunke.ground.lake.values import SchoolSum
from yunke.insight.screen.values import MORNING, DayFigure, Level, Pair, UnitOf

VISITS, MINUTES = 10, 60  # what sums are rounded to
AT_SCHOOL = 0.5


class Office(Protocol):
    """An office or school, as people give it."""

    @property
    def id(self) -> int: ...

    @property
    def level(self) -> str: ...

    @property
    def parent_id(self) -> int: ...


@dataclass
class _Added:
    """Sums of a unit while they are being added up."""

    enrolled: int = 0
    took: int = 0
    city: int = 0
    visits: int = 0
    seconds: int = 0
    hours: tuple[int, ...] = (0,) * len(MORNING)

    def add(self, one: SchoolSum) -> None:
        self.enrolled += one.enrolled
        self.took += one.took_part
        self.city += one.on_platform
        self.visits += one.visits
        self.seconds += one.seconds
        there = (one.hours[hour] for hour in MORNING)
        self.hours = tuple(a + b for a, b in zip(self.hours, there, strict=True))


def figures_of(day: date, sums: Iterable[SchoolSum], offices: Iterable[Office]) -> list[DayFigure]:
    """All figures of the day, cities first. Grades of schools that are no office's are left out.

    Cost: a second for a city of 600 schools.
    """
    known = {office.id: office for office in offices}
    added, above, units = _added(sums, known)
    tree = Tree(Unit(key, above[key], added[key].enrolled) for key in sorted(added, key=_depth))
    gone = hidden(tree, {key: unit.size for key, unit in tree.units.items()}, SCREEN.k)
    bands = banded(tree, _counts(added), gone, SCREEN)
    # Sums over the few who took part are hidden like small groups, and so are those beside them.
    took = {key: bands["took"][key].low if key in bands["took"] else 0 for key in tree.order}
    quiet = hidden(tree, took, SCREEN.k)
    return [_figure(day, units[key], added[key], key, bands, gone, quiet) for key in tree.order]


def above_of(unit: UnitOf, offices: Mapping[int, Office]) -> int:
    """The unit that a drill-down comes from; 0 at the top."""
    if unit.level == Level.GRADE:
        return unit.org_id
    return offices[unit.org_id].parent_id if unit.org_id in offices else 0


def at_school(figures: Iterable[DayFigure]) -> bool:
    """Is it a day at school? At least half of a whole city took part."""
    cities = [f for f in figures if f.unit.level == Level.CITY and f.took and f.enrolled]
    return any((f.took or (0, 0))[1] >= AT_SCHOOL * (f.enrolled or 0) for f in cities)


def digest_of(figures: Iterable[DayFigure]) -> str:
    """SHA-256 over the figures in their order."""
    rows = [[f.unit.level, f.unit.org_id, f.unit.grade, *_shown(f)] for f in figures]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _shown(figure: DayFigure) -> list[object]:
    return [
        figure.enrolled, figure.took, figure.city, figure.visits, figure.minutes, figure.hours,
        figure.hidden,
    ]  # fmt: skip


def _added(
    sums: Iterable[SchoolSum], known: Mapping[int, Office]
) -> tuple[dict[str, _Added], dict[str, str], dict[str, UnitOf]]:
    """key → sums, key → the key above, key → unit; for every grade and all above it."""
    added: dict[str, _Added] = {}
    above: dict[str, str] = {}
    units: dict[str, UnitOf] = {}
    for one in sums:
        line = _line(one.school_id, known)
        if not line:
            continue
        chain = [UnitOf(Level.GRADE, one.school_id, one.grade), *line]
        keys = [_key(unit) for unit in chain]
        for key, up, unit in zip(keys, [*keys[1:], ""], chain, strict=True):
            added.setdefault(key, _Added()).add(one)
            above[key], units[key] = up, unit
    return added, above, units


def _line(school: int, known: Mapping[int, Office]) -> list[UnitOf]:
    """The school and the offices above it; empty for a school that is no longer there."""
    found = []
    at = school
    while at in known:
        found.append(UnitOf(Level(known[at].level), at))
        at = known[at].parent_id
    return found


def _key(unit: UnitOf) -> str:
    return f"{unit.org_id}/{unit.grade}"


def _depth(key: str) -> tuple[int, str]:
    return (key.endswith("/0") is False, key)


def _counts(added: Mapping[str, _Added]) -> dict[str, Counted]:
    found = {
        "took": Counted({key: one.took for key, one in added.items()}),
        "city": Counted({key: one.city for key, one in added.items()}, "took"),
    }
    orgs = {key: one for key, one in added.items() if key.endswith("/0")}
    for index, hour in enumerate(MORNING):
        found[f"h{hour}"] = Counted({key: one.hours[index] for key, one in orgs.items()}, "took")
    return found


def _figure(
    day: date, unit: UnitOf, added: _Added, key: str, bands: Mapping[str, Mapping[str, Band]],
    gone: Mapping[str, object], quiet: Mapping[str, object],
) -> DayFigure:  # fmt: skip
    if key in gone:
        return DayFigure(day, unit, None, None, None, None, None, None, f"{gone[key]}")
    return DayFigure(
        day, unit, added.enrolled, _pair(bands["took"][key]), _pair(bands["city"][key]),
        visits=None if key in quiet else rounded(added.visits, VISITS),
        minutes=None if key in quiet else rounded(added.seconds / 60, MINUTES),
        hours=_hours(key, bands),
    )  # fmt: skip


def _hours(key: str, bands: Mapping[str, Mapping[str, Band]]) -> tuple[Pair, ...] | None:
    if key not in bands[f"h{MORNING[0]}"]:
        return None
    return tuple(_pair(bands[f"h{hour}"][key]) for hour in MORNING)


def _pair(band: Band) -> Pair:
    return (band.low, band.high)

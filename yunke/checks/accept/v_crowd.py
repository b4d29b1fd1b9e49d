"""V-09 and V-10: what the pages and exports of who took part give away to somebody who calculates.

V-09: schools of one to twelve pupils a grade, sub-groups and two-way tables: every page and export
of every role is read, and a linear program looks for what it leaves open. V-10: one pupil joins,
leaves, moves, is erased; every date, filter and role is asked before and after, the answers are
put together, and the pupil's minutes are guessed.
"""

import json
import random
import re
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from scipy.optimize import linprog

from yunke.checks.accept.table import Options
from yunke.ground.lake.actions import cohorts_forget
from yunke.ground.lake.door import Verb, events_write
from yunke.ground.lake.models import SchoolDay
from yunke.ground.lake.reads.lessons import city_lessons_from
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests import makers as people
from yunke.insight.screen.actions.release import days_release
from yunke.insight.screen.tests import makers
from yunke.insight.screen.tests.makers import Town

K, FEWEST = 10, 5
MONDAY = date(2026, 11, 2)
COUNTS = ("took", "city", *(f"h{hour:02d}" for hour in range(6, 13)))


@contextmanager
def lake() -> Iterator[None]:
    """A lake of the case's own."""
    before = settings.LAKE_ROOT
    city_lessons_from(lambda: frozenset({1}))
    with tempfile.TemporaryDirectory() as place:
        settings.LAKE_ROOT = Path(place)
        try:
            yield
        finally:
            settings.LAKE_ROOT = before


def at(day: date) -> Any:
    """Ten in the morning of that day, UTC two o'clock."""
    return time_machine.travel(datetime.combine(day, time(2), tzinfo=UTC), tick=False)


# V-09


def v_09(options: Options) -> dict[str, Any]:
    """Cities whose grades have 1 to 12 pupils beside larger ones; three shares of taking part."""
    found: dict[str, Any] = {"cells": 0, "reports": 0, "narrowed": [], "small": [], "attacks": 0}
    for number, share in enumerate((0.98, 0.6, 1.0)):
        with lake(), at(MONDAY + timedelta(days=3)), rolled_back():
            town = small_town(number)
            lived(town, MONDAY, share, random.Random(number))
            days_release()
            read = figures_read(town, MONDAY)
            found["reports"] += read.reports
            check_small(town, read, found)
            attack(town, read, found)
    figures = {**found, "narrowed": found["narrowed"][:5], "small": found["small"][:5]}
    figures |= {"k": K, "fewest_values": FEWEST, "narrowed_count": len(found["narrowed"])}
    enough = found["cells"] > 150 and found["attacks"] > 300
    return {"pass": enough and not found["narrowed"] and not found["small"], "figures": figures}


def small_town(number: int) -> Town:
    """Every size from 1 to 12 stands beside large and small neighbours, alone and in pairs."""
    dice = random.Random(number)
    counties: list[list[dict[int, int]]] = [[], []]
    for size in range(1, 13):
        beside = {2: dice.choice([3, 9, 11, 40]), 3: dice.choice([1, 8, 12, 55])}
        counties[size % 2].append({1: size, **(beside if size % 3 else {2: 30})})
    counties[0].append({1: 7})
    counties.append([{1: 4}, {1: 5}])
    return makers.town(counties)


@dataclass
class Read:
    """What all roles' exports said: (org, grade) → the row of a day. Said twice, it agrees."""

    rows: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    reports: int = 0


def addresses(town: Town) -> Iterator[tuple[Any, str]]:
    """(who, path) of every unit's page for everybody who may see it."""
    city, county, school = (town.staff[name] for name in ("city", "county", "school"))
    yield city, f"/participation/city/{town.city.id}"
    for office in town.counties:
        yield city, f"/participation/county/{office.id}"
    yield county, f"/participation/county/{town.counties[0].id}"
    for one in town.schools:
        yield city, f"/participation/school/{one.id}"
        for grade in sorted(g for s, g in town.pupils if s == one.id):
            yield city, f"/participation/school/{one.id}/grade/{grade}"
    yield school, f"/participation/school/{town.schools[0].id}"


def figures_read(town: Town, day: date) -> Read:
    """Every page and every export of the day, by every role."""
    read, span = Read(), f"day-{day}"
    clients: dict[int, Client] = {}
    for who, path in addresses(town):
        client = clients.setdefault(who.id, people.signed_in(who))
        answer = client.get(f"{path}/export?format=json&span={span}")
        assert answer.status_code == 200, (path, answer.status_code)
        for row in json.loads(answer.content)["figures"]:
            known = read.rows.setdefault((row["unit"], row["grade"]), row)
            assert {**known, "own": 0} == {**row, "own": 0}, "two roles are told two things"
        text = client.get(f"{path}?span={span}")
        read.texts.append((path, unescape(re.sub(r"<[^>]+>", " ", text.content.decode()))))
        read.reports += 2
    return read


def check_small(town: Town, read: Read, found: dict[str, Any]) -> None:
    """Nothing of a group below k, on no page and in no export."""
    for (org, grade), row in read.rows.items():
        found["cells"] += 1
        size = size_of(town, org, grade)
        told = {
            name: value for name, value in row.items() if name not in KNOWN and value is not None
        }
        if size < K and told:
            found["small"].append(f"{org}/{grade}: {size} people, {told}")
        for name in COUNTS:
            low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
            if low is not None and high - low + 1 < FEWEST:
                found["small"].append(f"{org}/{grade} {name}: {low}-{high}")
    for path, text in read.texts:
        org, grade = path_unit(path)
        if size_of(town, org, grade) < K and re.search(r"\d\s?%", text):
            found["small"].append(f"{path}: a share of {size_of(town, org, grade)}")


KNOWN = {"day", "at_school", "own", "level", "unit", "name", "name_en", "grade", "hidden"}


def path_unit(path: str) -> tuple[int, int]:
    numbers = [int(number) for number in re.findall(r"/(\d+)", path)]
    return numbers[0], numbers[1] if len(numbers) > 1 else 0


def size_of(town: Town, org: int, grade: int) -> int:
    if grade:
        return len(town.pupils[org, grade])
    schools = {s.id for s in town.schools if org in {s.id, s.parent_id, town.city.id}}
    return sum(len(pupils) for (s, _g), pupils in town.pupils.items() if s in schools)


def attack(town: Town, read: Read, found: dict[str, Any]) -> None:
    """A linear program over all that was said: the least and most of every count of every unit."""
    units = units_of(town)
    columns = [
        (name, unit) for name in COUNTS for unit in units if not (name.startswith("h") and unit[1])
    ]
    index = {column: n for n, column in enumerate(columns)}
    bounds = [bound_of(town, read, name, unit) for name, unit in columns]
    equal, part = equations(units, columns, index)
    zero = {"A_eq": equal, "b_eq": np.zeros(len(equal)), "A_ub": part, "b_ub": np.zeros(len(part))}
    for name, unit in columns:
        if name not in {"took", "city", "h08"}:
            continue
        aim = np.zeros(len(columns))
        aim[index[name, unit]] = 1
        ends = [
            sign * linprog(sign * aim, bounds=bounds, method="highs", **zero).fun
            for sign in (1, -1)
        ]
        found["attacks"] += 1
        size = size_of(town, *unit)
        if round(ends[1] - ends[0]) + 1 < min(FEWEST, size + 1):
            found["narrowed"].append(f"{unit} {name}: {ends} of {size}")


def units_of(town: Town) -> dict[tuple[int, int], tuple[int, int]]:
    """Unit → the unit above it."""
    found = {(town.city.id, 0): (0, 0)}
    found |= {(office.id, 0): (town.city.id, 0) for office in town.counties}
    found |= {(school.id, 0): (school.parent_id or 0, 0) for school in town.schools}
    return found | {(school, grade): (school, 0) for school, grade in town.pupils}


def bound_of(town: Town, read: Read, name: str, unit: tuple[int, int]) -> tuple[int, int]:
    row = read.rows.get(unit, {})
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    return (0, size_of(town, *unit)) if low is None or high is None else (int(low), int(high))


def equations(units: Any, columns: list[Any], index: dict[Any, int]) -> tuple[Any, Any]:
    """Parts add up to their whole; who used the platform or came at an hour took part."""
    equal, part = [], []
    for name, unit in columns:
        below = [u for u, above in units.items() if above == unit and (name, u) in index]
        if below:
            line = np.zeros(len(columns))
            line[index[name, unit]] = 1
            for one in below:
                line[index[name, one]] = -1
            equal.append(line)
        if name != "took":
            line = np.zeros(len(columns))
            line[index[name, unit]], line[index["took", unit]] = 1, -1
            part.append(line)
    return np.array(equal), np.array(part)


# V-10

TRIALS = 40
CHANGES = ("leave", "join", "move", "erase")


def v_10(options: Options) -> dict[str, Any]:
    """Forty pupils, four changes; the attacker asks before and after and takes away."""
    truths: list[float] = []
    estimates: list[float] = []
    same = 0
    for trial in range(TRIALS // len(CHANGES)):
        with lake(), rolled_back():
            for told in Trial(trial).run():
                truths.append(told.truth)
                estimates.append(told.estimate)
                same += told.same
    mean = statistics.mean(truths)
    errors = [abs(a - b) for a, b in zip(estimates, truths, strict=True)]
    guesses = [abs(mean - truth) for truth in truths]
    exact = sum(error < 1 for error in errors) / TRIALS
    figures = {
        "trials": TRIALS, "mean_error": round(statistics.mean(errors), 1),
        "guess_the_mean_error": round(statistics.mean(guesses), 1),
        "ratio": round(statistics.mean(errors) / statistics.mean(guesses), 2),
        "exact_share": exact, "finished_days_unchanged": same,
    }  # fmt: skip
    good = figures["ratio"] >= 0.9 and exact <= 0.03 and same == TRIALS
    return {"pass": good, "figures": figures}


@dataclass
class Told:
    """The pupil's minutes on Wednesday, what the attacker makes of all answers, whether finished
    days said the same before and after.
    """

    truth: float
    estimate: float
    same: bool


class Trial:
    """One town, four pupils of four grades, a change for each on Wednesday of the second week."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(1000 + seed)
        self.town = makers.town((({1: 12, 2: 14, 3: 13, 4: 15}, {1: 14}), ({1: 31},)))
        self.school, self.other = self.town.schools[0].id, self.town.schools[1].id
        self.targets = {
            change: self.dice.choice(self.town.pupils[self.school, grade])
            for grade, change in enumerate(CHANGES, 1)
        }
        self.minutes: dict[tuple[int, date], int] = {}

    def run(self) -> list[Told]:
        first, second = MONDAY, MONDAY + timedelta(days=7)
        wednesday = second + timedelta(days=2)
        Membership.objects.filter(person_id=self.targets["join"]).update(since=wednesday)
        with at(wednesday):
            for day in [*weekdays(first), *weekdays(second)[:2]]:
                self.day(day)
            days_release()
            before = self.answers(second + timedelta(days=1))
            for change in CHANGES:
                self.happens(change, wednesday)
            again = self.answers(second + timedelta(days=1))
        with at(second + timedelta(days=14)):
            for day in [*weekdays(second)[2:], *weekdays(second + timedelta(days=7))]:
                self.day(day)
            days_release()
            after = self.answers(second + timedelta(days=11))
        known = {key: value for key, value in after.items() if key in before}
        same = before == again == known
        return [
            Told(self.truth(pupil), self.guess(after, change, grade), same)
            for grade, (change, pupil) in enumerate(self.targets.items(), 1)
        ]

    def day(self, day: date) -> None:
        """Everybody on the roster watches some minutes; who is gone does not."""
        gone = {pupil for pupil in self.targets.values() if not here(pupil, day)}
        acts = []
        for pupils in self.town.pupils.values():
            for person in pupils:
                if person not in gone and self.dice.random() < 0.95:
                    minutes = self.dice.randint(5, 80)
                    self.minutes[person, day] = minutes
                    acts.append(makers.act(person, day, Verb.OPENED))
                    acts.append(makers.act(person, day, seconds=60 * minutes))
        events_write(acts)

    def happens(self, change: str, today: date) -> None:
        pupil = self.targets[change]
        mine = Membership.objects.filter(person_id=pupil)
        if change != "join":
            mine.update(until=today)
        if change == "move":
            other = self.town.classes[self.other, 1]
            Membership.objects.create(
                person_id=pupil, school_class=other, role="pupil", since=today
            )
        if change in {"leave", "erase"}:
            Person.objects.filter(id=pupil).update(left_on=today)
        if change == "erase":
            cohorts_forget(pupil)

    def truth(self, pupil: int) -> float:
        """The pupil's mean minutes over the days of taking part."""
        mine = [minutes for (person, _day), minutes in self.minutes.items() if person == pupil]
        return statistics.mean(mine) if mine else 0.0

    def answers(self, last: date) -> dict[tuple[str, str], str]:
        """All figures that any role is given, by address and day: every finished day and week."""
        found: dict[tuple[str, str], str] = {}
        city = people.signed_in(self.town.staff["city"])
        school = people.signed_in(self.town.staff["school"])
        weeks = [MONDAY + timedelta(days=7 * n) for n in range(3)]
        spans = [f"week-{week}" for week in weeks if week + timedelta(days=6) <= last]
        days = (MONDAY + timedelta(days=7 + n) for n in range(12))
        spans += [f"day-{day}" for day in days if day <= last and day.weekday() < 5]
        for client, path in self._paths(city, school):
            for span in spans:
                answer = client.get(f"{path}/export?format=json&span={span}")
                assert answer.status_code == 200, (path, span)
                rows = json.loads(answer.content)["figures"]
                found[path + ("" if client is city else "*"), span] = json.dumps(rows)
        return found

    def _paths(self, city: Client, school: Client) -> Iterable[tuple[Client, str]]:
        yield city, f"/participation/city/{self.town.city.id}"
        yield city, f"/participation/school/{self.school}"
        yield city, f"/participation/school/{self.town.schools[1].id}"
        yield school, f"/participation/school/{self.school}"

    def guess(self, answers: dict[tuple[str, str], str], change: str, grade: int) -> float:
        """The mean of all differences that contain the pupil: the days with minus the days
        without, in the grade that lost or got the pupil, and in the one where the pupil went.
        """
        daily = self._sums(answers)
        split = MONDAY + timedelta(days=14)
        old = {d: m for (org, g, d), m in daily.items() if (org, g) == (self.school, grade)}
        found = [self._step(old, split, sign=1 if change == "join" else -1)]
        if change == "move":
            new = {d: m for (org, g, d), m in daily.items() if (org, g) == (self.other, 1)}
            found.append(self._step(new, split, sign=1))
        return statistics.mean(found)

    def _sums(self, answers: dict[tuple[str, str], str]) -> dict[tuple[int, int, date], int]:
        return {
            (row["unit"], row["grade"], date.fromisoformat(row["day"])): row["minutes"]
            for text in answers.values()
            for row in json.loads(text)
            if row["minutes"] is not None
        }

    def _step(self, days: dict[date, int], split: date, *, sign: int) -> float:
        """How much the mean day moved when the rosters changed hands."""
        early = [m for day, m in days.items() if day < split and m]
        late = [m for day, m in days.items() if day >= split and m]
        if not early or not late:
            return 0.0
        return sign * (statistics.mean(late) - statistics.mean(early))


def weekdays(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(5)]


def here(pupil: int, day: date) -> bool:
    """Is the pupil on any roster that day?"""
    mine = Membership.objects.filter(person_id=pupil, since__lte=day)
    return mine.exclude(until__lte=day).exists()


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside leaves no rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lived(town: Town, day: date, share: float, dice: random.Random) -> None:
    """Everybody comes with this chance; two in three use the city's lessons."""
    acts = []
    for pupils in town.pupils.values():
        for person in pupils:
            if dice.random() < share:
                lesson = 1 if dice.random() < 0.67 else 99
                hour = dice.choice([8, 8, 9, 10])
                acts.append(makers.act(person, day, Verb.OPENED, hour=hour, lesson=lesson))
                acts.append(makers.act(person, day, hour=hour, lesson=lesson, seconds=900))
    events_write(acts)
    assert not SchoolDay.objects.filter(day=day).exists()

"""Three weeks of the whole demo city, told thinly: who was there, which lesson was opened.

Enough for the pages of who took part; the classes that are shown in full have ``history``. What
the pages say comes from these acts and the roster, so it is what the city happened to do.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from yunke.demo.anchor import Calendar
from yunke.demo.city import City, ClassPlan
from yunke.demo.history import SHOWN
from yunke.demo.plan import rng
from yunke.ground.lake.door import PastAct, Verb, acts_keep
from yunke.school.timetable.door import OnAir, day_of_grade

WEEKS = 3


def weeks_write(city: City, calendar: Calendar) -> int:
    """Write the finished days of three weeks; a day that is there stays. Gives the new acts."""
    first = max(calendar.first_day, calendar.today - timedelta(days=7 * WEEKS))
    days = [first + timedelta(days=n) for n in range((calendar.today - first).days)]
    return sum(acts_keep(_day(city, day), key=f"demo-weeks:{city.id}:{day}") for day in days)


def _day(city: City, day: date) -> Iterator[PastAct]:
    shown = {city.class_of(*seat).id for seat in SHOWN}
    air: dict[int, tuple[OnAir, ...]] = {}
    for plan in city.classes:
        if plan.id not in shown:
            if plan.grade not in air:
                air[plan.grade] = day_of_grade(city.id, plan.grade, day)
            yield from _class_day(plan, day, air[plan.grade])


def _class_day(plan: ClassPlan, day: date, air: tuple[OnAir, ...]) -> Iterator[PastAct]:
    """On weekends few come. How much of the day is the city's lessons, each class decides."""
    if not air:
        return
    dice = rng("thin", plan.id, day)
    share = rng("own lessons", plan.id).uniform(0.55, 0.92)
    for pupil in plan.pupils:
        steady = rng("thin habit", pupil).uniform(0.965, 1.0)
        if dice.random() < steady * (0.3 if day.weekday() >= 5 else 1):
            yield from _pupil_day(plan, day, pupil, air, dice, platform=dice.random() < share)


def _pupil_day(
    plan: ClassPlan, day: date, pupil: int, air: tuple[OnAir, ...], dice: Random, *, platform: bool
) -> Iterator[PastAct]:
    """Coming in, being there, then one or two lessons, or work of the own class."""

    def act(verb: Verb, late: float, on_air: OnAir | None = None, seconds: int = 0) -> PastAct:
        lesson = on_air.lesson_id if on_air else 0
        begun = (on_air or air[0]).starts_at + timedelta(minutes=late)
        return PastAct(
            UUID(int=dice.getrandbits(128), version=4), begun, day, pupil, verb,
            "lesson" if lesson else "day", object_id=lesson, school_id=plan.school_id,
            class_id=plan.id, lesson_id=lesson, seconds=seconds,
        )  # fmt: skip

    early = dice.uniform(-12, 8)
    yield act(Verb.SIGNED_IN, early)
    if not platform:
        yield act(Verb.PRESENT, early + 1)
        yield act(Verb.PLAN_TICKED, dice.uniform(20, 200))
        return
    for on_air in dice.sample(air, min(len(air), dice.randint(1, 2))):
        late = dice.uniform(0, 5)
        yield act(Verb.OPENED, late, on_air)
        yield act(Verb.PROGRESSED, late + 12, on_air, seconds=dice.randint(300, 1100))

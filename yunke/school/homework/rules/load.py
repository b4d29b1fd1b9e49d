"""How many minutes of homework a child has on a day, and how many it may have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yunke.school.homework.values import ChildLoad, DayLoad, Load


@dataclass(frozen=True)
class Limit:
    """Written minutes a day that a rule allows these grades."""

    grades: range
    minutes: int
    source: str


# Written homework by profile: 教育部办公厅《关于加强义务教育学校作业管理的通知》
# (教基厅函〔2021〕13号) 第三条, repeated by the 双减 opinions of 24 July 2021, 第5条. It counts
# written homework only: reading aloud, doing and signing are free.
SOURCE = "教基厅函〔2021〕13号 第三条"
LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "cn": (
        Limit(range(1, 3), 0, SOURCE),
        Limit(range(3, 7), 60, SOURCE),
        Limit(range(7, 10), 90, SOURCE),
    )
}
LEAST_TOP = 60


def limit_of(grade: int, profile: str) -> Limit | None:
    """None where no rule says one."""
    return next((one for one in LIMITS.get(profile, ()) if grade in one.grades), None)


@dataclass(frozen=True)
class Stretch:
    """Minutes of one homework of one child over the days on which it can be done."""

    pupil_id: int
    subject: str
    minutes: int
    written: bool
    days: tuple[date, ...]

    @property
    def a_day(self) -> int:
        """Spread evenly, rounded up: ten minutes over three days are four a day."""
        return -(-self.minutes // len(self.days))


def load_of(
    pupils: Iterable[tuple[int, str, str]],
    held: Iterable[Stretch],
    new: Stretch,
    *,
    grade: int,
    profile: str,
) -> Load:
    """Each child's fullest day with the new homework. ``pupils``: (id, name, animal)."""
    limit = limit_of(grade, profile)
    by_child: dict[int, list[Stretch]] = {}
    for one in held:
        by_child.setdefault(one.pupil_id, []).append(one)
    children = tuple(
        _child(who, by_child.get(who[0], []), new, limit.minutes if limit else None)
        for who in pupils
    )
    top = max([LEAST_TOP, *((limit.minutes,) if limit else ()), *(c.fullest.all for c in children)])
    return Load(grade, limit.minutes if limit else None, children, -(-top // 10) * 10, new.days)


def _child(
    who: tuple[int, str, str], held: list[Stretch], new: Stretch, limit: int | None
) -> ChildLoad:
    days = [_day(day, held, new) for day in new.days]
    fullest = max(days, key=lambda day: (day.all_written, day.all))
    subjects: dict[str, int] = {}
    for one in held:
        if fullest.day in one.days:
            subjects[one.subject] = subjects.get(one.subject, 0) + one.a_day
    over = new.written and limit is not None and fullest.all_written > limit
    return ChildLoad(*who, fullest, over, tuple(sorted(subjects.items())))


def _day(day: date, held: list[Stretch], new: Stretch) -> DayLoad:
    there = [one for one in held if day in one.days]
    written = sum(one.a_day for one in there if one.written)
    other = sum(one.a_day for one in there if not one.written)
    mine = new.a_day
    return DayLoad(day, written, other, mine if new.written else 0, 0 if new.written else mine)

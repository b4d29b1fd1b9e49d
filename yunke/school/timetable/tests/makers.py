"""The only source of the timetable's test rows: broadcasts, bells, terms, plans."""

from datetime import date, datetime, time, timedelta
from typing import Any

from yunke.base.clock import at, monday, today
from yunke.ground.people.tests.makers import Cast, cast
from yunke.school.library.models import Asset
from yunke.school.library.tests.makers import lesson, unit
from yunke.school.timetable.models import Bell, Broadcast, PlanItem, Slot, Term
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.values import ItemKind

CLOCKS = (time(8, 30), time(9, 20), time(10, 20), time(14, 0), time(14, 50), time(15, 40))
SUBJECTS = ("chinese", "maths", "english", "science", "music", "art", "sport", "morality")


def at_clock(clock: time, day: date | None = None) -> datetime:
    return at(day or today(), clock)


def a_lesson(*, subject: str = "chinese", grade: int = 1, **more: Any) -> Any:
    return lesson(unit=unit(grade=grade, subject=subject), **more)


def filmed(*, grade: int = 3, seconds: int = 120) -> Any:
    """A lesson with a film, a courseware of four pages and captions, without their bytes."""
    row = a_lesson(grade=grade)
    ready = {"lesson": row, "state": Asset.State.READY}
    row.video = Asset.objects.create(**ready, kind="video", title=row.title, seconds=seconds)
    row.save(update_fields=["video"])
    Asset.objects.create(**ready, kind="courseware", title="课件", pages=4)
    Asset.objects.create(**ready, kind="captions", title="字幕", language="zh")
    return row


def broadcast(
    city: Any,
    *,
    grade: int = 1,
    day: date | None = None,
    period: int = 1,
    starts: time | None = None,
    minutes: int = 20,
    of: Any = None,
    subject: str = "",
) -> Broadcast:
    """A lesson on air for a grade; by default at the bell of its period, today."""
    day = day or today()
    begins = at(day, starts or CLOCKS[(period - 1) % len(CLOCKS)])
    row = Broadcast.objects.create(
        city_id=city.id,
        grade=grade,
        day=day,
        period=period,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=minutes),
        lesson=of or a_lesson(subject=subject or SUBJECTS[(period - 1) % 8], grade=grade),
    )
    forget()
    return row


def a_day(city: Any, *, grade: int = 1, day: date | None = None, count: int = 4) -> list[Broadcast]:
    """The first periods of a day, one subject after the other."""
    return [broadcast(city, grade=grade, day=day, period=n) for n in range(1, count + 1)]


def a_week(city: Any, *, grade: int = 1, count: int = 3) -> list[Broadcast]:
    """Monday to Friday of this week."""
    first = monday(today())
    days = [first + timedelta(days=n) for n in range(5)]
    return [b for day in days for b in a_day(city, grade=grade, day=day, count=count)]


def bell(org: Any, period: int, starts: time, ends: time) -> Bell:
    row = Bell.objects.create(org_id=org.id, period=period, starts=starts, ends=ends)
    forget()
    return row


def term(city: Any, *, first: date | None = None, last: date | None = None) -> Term:
    row = Term.objects.create(
        city_id=city.id,
        name="第一学期",
        name_en="Autumn term",
        first_day=first or today() - timedelta(days=80),
        last_day=last or today() + timedelta(days=60),
    )
    forget()
    return row


def slot(of: Term, class_id: int, *, weekday: int, period: int, subject: str = "sport") -> Slot:
    row = Slot.objects.create(
        term=of, class_id=class_id, weekday=weekday, period=period, subject=subject,
        teacher_name="李老师",
    )  # fmt: skip
    forget()
    return row


def item(of: Any, *, title: str = "跳绳", day: date | None = None, **more: Any) -> PlanItem:
    """A kept stop of a pupil's day."""
    values = {"position": 0, "kind": ItemKind.OWN.value, "minutes": 15, **more}
    return PlanItem.objects.create(pupil=of, day=day or today(), title=title, **values)


def day_cast(*, grade: int = 1, count: int = 4, pupils_in_class: int = 2) -> Cast:
    """The cast of people with a day of broadcasts for its grade, in ``more["day"]``."""
    people = cast(pupils_in_class=pupils_in_class, grade=grade)
    people.more["day"] = a_day(people.city, grade=grade, count=count)
    return people

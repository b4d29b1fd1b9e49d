"""The only source of the reviews' test rows: two counties, their reviewers, a lesson to hand in."""

import itertools
from dataclasses import dataclass
from typing import Any

from django.test import Client

from yunke.ground.people.models import Duty, Org, Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role, Who
from yunke.school.library.models import Asset, Lesson
from yunke.school.library.tests import makers as library
from yunke.school.review.actions.checklist import checklist_begin
from yunke.school.review.actions.decide import submission_claim, submission_decide
from yunke.school.review.actions.submit import lesson_submit
from yunke.school.review.models import Item, Submission
from yunke.school.review.values import Level, TickIn

_numbers = itertools.count(1)
who = people.who
signed_in = people.signed_in
once = people.once


@dataclass
class House:
    """A city of two counties with a school each. ``river`` is the author's county."""

    city: Org
    river: Org
    hill: Org
    school: Org
    near_school: Org
    far_school: Org
    author: Person
    colleague: Person
    pupil: Person
    near_pupil: Person
    far_pupil: Person
    reviewer: Person
    second_reviewer: Person
    maths_reviewer: Person
    far_reviewer: Person
    city_reviewer: Person
    county_staff: Person
    far_staff: Person
    city_staff: Person


def house() -> House:
    city = people.org("city", "云州市")
    river, hill = people.org("county", "河东县", city), people.org("county", "山前县", city)
    school, near_school = (
        people.org("school", "河东一小", river),
        people.org("school", "河东二小", river),
    )
    far_school = people.org("school", "山前一小", hill)
    own, near, far = (people.school_class(s, grade=3) for s in (school, near_school, far_school))
    checklist_begin(city.id)
    return House(
        city=city, river=river, hill=hill, school=school, near_school=near_school,
        far_school=far_school,
        author=people.teacher(own, "周老师"), colleague=people.teacher(own, "何老师"),
        pupil=people.pupil(own, "本校学生"), near_pupil=people.pupil(near, "邻校学生"),
        far_pupil=people.pupil(far, "外县学生"),
        reviewer=people.staff(river, Role.REVIEWER, "县审员", subject="chinese"),
        second_reviewer=people.staff(river, Role.REVIEWER, "县审员乙"),
        maths_reviewer=people.staff(river, Role.REVIEWER, "数学审员", subject="maths"),
        far_reviewer=people.staff(hill, Role.REVIEWER, "外县审员", subject="chinese"),
        city_reviewer=people.staff(city, Role.REVIEWER, "市审员", subject="chinese"),
        county_staff=people.staff(river, Role.COUNTY_STAFF, "县教研室"),
        far_staff=people.staff(hill, Role.COUNTY_STAFF, "外县教研室"),
        city_staff=people.staff(city, Role.CITY_STAFF, "市教研室"),
    )  # fmt: skip


def lesson(at: House, *, author: Person | None = None, film: bool = True, **more: Any) -> Lesson:
    """A draft of the author with a film and courseware, in the city's grade 3 Chinese."""
    by = author or at.author
    place = people.who(by).grants[0].place
    values = {
        "published": False, "author": by, "title": f"课{next(_numbers)}", "school_id": place.school,
        "county_id": place.county,
    }  # fmt: skip
    row = library.lesson(**{**values, **more})
    if film:
        asset = Asset.objects.create(
            lesson=row, kind="video", title="film.mp4", state="ready", seconds=300, poster=True,
            file=f"download/lesson-{row.id}.mp4",
        )  # fmt: skip
        Asset.objects.create(lesson=row, kind="courseware", title="c.pdf", state="ready", pages=4)
        Lesson.objects.filter(id=row.id).update(video=asset)
        row.refresh_from_db()
    return row


def submitted(
    at: House, row: Lesson | None = None, *, aim: Level = Level.CITY, **more: Any
) -> Submission:
    row = row or lesson(at, **more)
    assert row.author is not None
    number = lesson_submit(who=who(row.author), lesson_id=row.id, aim=aim, message="请审")
    return Submission.objects.get(id=number)


def ticked(at: House, *, good: bool | None = True) -> tuple[TickIn, ...]:
    items = Item.objects.filter(city_id=at.city.id, retired_at__isnull=True).order_by("position")
    return tuple(TickIn(item.id, good) for item in items)


def claimed(by: Person, sub: Submission) -> Submission:
    submission_claim(who=who(by), submission_id=sub.id)
    sub.refresh_from_db()
    return sub


def decided(
    at: House, by: Person, sub: Submission, *, passed: bool = True, reason: str = "第二页有错字"
) -> Submission:
    """Claimed and decided by this reviewer."""
    claimed(by, sub)
    submission_decide(
        who=who(by), submission_id=sub.id, turn=sub.turn, passed=passed,
        reason="" if passed else reason, ticks=ticked(at),
    )  # fmt: skip
    sub.refresh_from_db()
    return sub


def published(at: House, row: Lesson | None = None) -> Submission:
    sub = decided(at, at.reviewer, submitted(at, row))
    return decided(at, at.city_reviewer, sub)


def duty_over(somebody: Person) -> None:
    """Their duty ended today."""
    from yunke.base.clock import today  # noqa: PLC0415

    Duty.objects.filter(person=somebody).update(until=today())


def form(
    sub: Submission, what: str, at: House, *, reason: str = "", good: str = "yes"
) -> dict[str, Any]:
    """The decision's form as the page sends it."""
    ticks = {f"tick-{t.item_id}": good for t in ticked(at)}
    return {**once(), "turn": sub.turn, "what": what, "reason": reason, **ticks}


def stranger() -> Client:
    return Client()


def fresh(somebody: Person) -> Who:
    return who(somebody)

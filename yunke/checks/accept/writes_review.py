"""The writing addresses of reviews, of a county's own pages and of invitations to record."""

from datetime import timedelta
from typing import Any

from yunke.base.clock import today
from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.ground.people.door import Role
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Asset
from yunke.school.review.actions.checklist import checklist_begin
from yunke.school.review.actions.decide import submission_claim, submission_decide
from yunke.school.review.actions.submit import lesson_submit
from yunke.school.review.actions.wish import wish_ask
from yunke.school.review.models import Item, Submission
from yunke.school.review.values import Level, TickIn


def who(somebody: Any) -> Any:
    return people.who(somebody)


def reviewer(room: Room, level: str = "county") -> Any:
    """A reviewer of the room's own: one of the county's office or of the city's."""
    org: Any = room.of.school.parent if level == "county" else room.of.city
    return people.staff(org, Role.REVIEWER, subject="")


def county_staff(room: Room) -> Any:
    county: Any = room.of.school.parent
    return people.staff(county, Role.COUNTY_STAFF)


def made(room: Room) -> Any:
    """A draft with something to read."""
    lesson = room.draft()
    place = who(room.teacher).grants[0].place
    lesson.school_id, lesson.county_id = place.school, place.county
    lesson.save(update_fields=["school_id", "county_id"])
    Asset.objects.create(lesson=lesson, kind="courseware", title="c.pdf", state="ready", pages=2)
    checklist_begin(room.of.city.id)
    return lesson


def handed_in(room: Room, aim: Level = Level.CITY) -> Submission:
    number = lesson_submit(who=who(room.teacher), lesson_id=made(room).id, aim=aim)
    return Submission.objects.get(id=number)


def decided(room: Room, sub: Submission, *, passed: bool, level: str = "county") -> Submission:
    by = who(reviewer(room, level))
    submission_claim(who=by, submission_id=sub.id)
    sub.refresh_from_db()
    ticks = [TickIn(item.id, True) for item in Item.objects.filter(retired_at__isnull=True)]
    submission_decide(
        who=by, submission_id=sub.id, turn=sub.turn, passed=passed, reason="改一改", ticks=ticks
    )
    sub.refresh_from_db()
    return sub


def _sent(room: Room, sender: Any, path: str, **values: Any) -> Sent:
    room.__dict__["sender"] = sender
    return posts("sender", path, **values)(room)


def claim(room: Room) -> Sent:
    sub = handed_in(room)
    return _sent(room, reviewer(room), f"/review/{sub.id}/claim")


def _claimed(room: Room) -> tuple[Any, Submission]:
    sub, by = handed_in(room), reviewer(room)
    submission_claim(who=who(by), submission_id=sub.id)
    sub.refresh_from_db()
    return by, sub


def release(room: Room) -> Sent:
    by, sub = _claimed(room)
    return _sent(room, by, f"/review/{sub.id}/release", turn=sub.turn)


def decide(room: Room) -> Sent:
    by, sub = _claimed(room)
    return _sent(
        room, by, f"/review/{sub.id}/decide", turn=sub.turn, what="return", reason="目标不清楚"
    )


def remark(room: Room) -> Sent:
    by, sub = _claimed(room)
    return _sent(room, by, f"/review/{sub.id}/remark", text="请看第二页")


def taken_back(room: Room) -> Sent:
    sub = decided(room, handed_in(room), passed=True)
    sub = decided(room, sub, passed=True, level="city")
    lead = people.staff(room.of.city, Role.CITY_STAFF)
    return _sent(room, lead, f"/review/{sub.id}/take-back", turn=sub.turn, message="音乐没有授权")


def checklist(room: Room) -> Sent:
    checklist_begin(room.of.city.id)
    lead = people.staff(room.of.city, Role.CITY_STAFF)
    return _sent(room, lead, "/review/checklist", lines=f"第 {room.number} 条 | Line")


def submit(room: Room) -> Sent:
    return posts("teacher", f"/make/{made(room).id}/review/submit", aim="city", message="请审")(
        room
    )


def resubmit(room: Room) -> Sent:
    sub = decided(room, handed_in(room), passed=False)
    path = f"/make/{sub.lesson_id}/review/resubmit"
    return posts("teacher", path, turn=sub.turn, message="改好了")(room)


def send_on(room: Room) -> Sent:
    sub = decided(room, handed_in(room, Level.COUNTY), passed=True)
    return posts("teacher", f"/make/{sub.lesson_id}/review/on", turn=sub.turn)(room)


def withdraw(room: Room) -> Sent:
    sub = handed_in(room)
    path = f"/make/{sub.lesson_id}/review/withdraw"
    return posts("teacher", path, turn=sub.turn, message="想再改")(room)


def _asked(room: Room) -> tuple[Any, int]:
    lead = county_staff(room)
    number = wish_ask(
        who=who(lead), unit_id=room.lesson.unit_id, teacher_id=room.teacher.id, wish="请录一节",
        due=today() + timedelta(days=9),
    )  # fmt: skip
    return lead, number


def invite(room: Room) -> Sent:
    due = (today() + timedelta(days=9)).isoformat()
    return _sent(
        room, county_staff(room), "/invitations", unit=room.lesson.unit_id,
        teacher=room.teacher.id, wish="请录一节", due=due,
    )  # fmt: skip


def answer(room: Room) -> Sent:
    _lead, number = _asked(room)
    return posts("teacher", f"/invitations/{number}/answer", what="yes", answer="好的")(room)


def invite_back(room: Room) -> Sent:
    lead, number = _asked(room)
    return _sent(room, lead, f"/invitations/{number}/take-back")


def county_lesson(room: Room) -> Sent:
    return _sent(room, county_staff(room), f"/county/lesson/{room.lesson.id}", title="本县课题")


def county_unit(room: Room) -> Sent:
    path = f"/county/unit/{room.lesson.unit_id}"
    return _sent(room, county_staff(room), path, title="本县单元")


REVIEW: dict[str, Row] = {
    "review/checklist": checklist,
    "review/<int:submission_id>/claim": claim,
    "review/<int:submission_id>/release": release,
    "review/<int:submission_id>/decide": decide,
    "review/<int:submission_id>/remark": remark,
    "review/<int:submission_id>/take-back": taken_back,
    "make/<int:lesson_id>/review/submit": submit,
    "make/<int:lesson_id>/review/resubmit": resubmit,
    "make/<int:lesson_id>/review/on": send_on,
    "make/<int:lesson_id>/review/withdraw": withdraw,
    "invitations": invite,
    "invitations/<int:wish_id>/answer": answer,
    "invitations/<int:wish_id>/take-back": invite_back,
    "county/lesson/<int:lesson_id>": county_lesson,
    "county/unit/<int:unit_id>": county_unit,
}

"""The register goes on: lessons prepared and reviewed, county pages, rosters back and out."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from yunke.base.clock import today
from yunke.gate.exchange.actions.export import export_ask, export_take
from yunke.gate.exchange.actions.undo import undo
from yunke.gate.exchange.actions.upload import import_write_ask
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.tests import makers as rosters
from yunke.ground.audit.door import Act, second_decide
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast, who
from yunke.ground.people.values import Role
from yunke.school.library.actions.county import PageChange, county_page_set
from yunke.school.library.door import Help
from yunke.school.library.models import Lesson
from yunke.school.library.tests import makers as library
from yunke.school.preparing.actions.people import colleague_invite, colleague_remove
from yunke.school.preparing.tests import makers as preparing
from yunke.school.review.actions.checklist import checklist_begin
from yunke.school.review.actions.decide import submission_claim, submission_decide
from yunke.school.review.actions.submit import (
    lesson_resubmit,
    lesson_submit,
    submission_withdraw,
)
from yunke.school.review.models import Item, Submission
from yunke.school.review.tests import makers as review
from yunke.school.review.values import Level, TickIn

Ready = Callable[[], Any]


def draft(cast: Cast) -> Lesson:
    """A teacher's lesson with a film and courseware, that can be handed in."""
    checklist_begin(cast.city.id)
    return review.lesson(cast, author=cast.teacher)  # type: ignore[arg-type]


def handed_in(cast: Cast) -> Submission:
    row = draft(cast)
    number = lesson_submit(who=who(cast.teacher), lesson_id=row.id, aim=Level.CITY, message="请审")
    return Submission.objects.get(id=number)


def reviewer(cast: Cast, sub: Submission) -> Person:
    """A county's reviewer who took the submission upon herself."""
    somebody = people.staff(cast.county, Role.REVIEWER, "县审员")
    submission_claim(who=who(somebody), submission_id=sub.id)
    sub.refresh_from_db()
    return somebody


def submitted(cast: Cast) -> Ready:
    row, by = draft(cast), who(cast.teacher)
    return lambda: lesson_submit(who=by, lesson_id=row.id, aim=Level.CITY, message="请审")


def deciding(cast: Cast, sub: Submission, *, passed: bool) -> Ready:
    by = who(reviewer(cast, sub))
    items = Item.objects.filter(city_id=cast.city.id, retired_at__isnull=True)
    ticks = tuple(TickIn(item.id, True) for item in items.order_by("position"))
    return lambda: submission_decide(
        who=by, submission_id=sub.id, turn=sub.turn, passed=passed,
        reason="" if passed else "第二页有错字", ticks=ticks,
    )  # fmt: skip


def decided(passed: bool) -> Callable[[Cast], Ready]:
    return lambda cast: deciding(cast, handed_in(cast), passed=passed)


def resubmitted(cast: Cast) -> Ready:
    sub = handed_in(cast)
    deciding(cast, sub, passed=False)()
    sub.refresh_from_db()
    by = who(cast.teacher)
    return lambda: lesson_resubmit(who=by, submission_id=sub.id, turn=sub.turn, message="改好了")


def taken_back(cast: Cast) -> Ready:
    sub, by = handed_in(cast), who(cast.teacher)
    return lambda: submission_withdraw(who=by, submission_id=sub.id, turn=sub.turn, reason="重录")


def colleague(cast: Cast) -> Ready:
    row, by = preparing.lesson(cast.teacher), who(cast.teacher)
    return lambda: colleague_invite(
        who=by, lesson_id=row.id, person_id=cast.other_teacher.id, role=Help.EDITOR
    )


def colleague_out(cast: Cast) -> Ready:
    row = preparing.lesson(cast.teacher)
    preparing.invite(row, cast.other_teacher)
    by, other = who(cast.teacher), cast.other_teacher.id
    return lambda: colleague_remove(who=by, lesson_id=row.id, person_id=other)


def county_page(cast: Cast) -> Ready:
    by = who(people.staff(cast.county, Role.COUNTY_STAFF))
    row = library.lesson()
    return lambda: county_page_set(
        who=by, county_id=cast.county.id, kind="lesson", object_id=row.id,
        change=PageChange({"title": f"本县 {today()}"}),
    )  # fmt: skip


def brought_in(cast: Cast) -> Import:
    """A roster of a school of its own, written."""
    school = people.org("school", "新学校", cast.county)
    admin = people.staff(school, Role.SCHOOL_ADMIN)
    row = rosters.staged(admin, school, rosters.csv_bytes([rosters.pupil_row(school.id)]), "a.csv")
    import_write_ask(import_id=row.id, who_id=admin.id)
    rosters.work()
    row.refresh_from_db()
    return row


def roster_undone(cast: Cast) -> Ready:
    row = brought_in(cast)
    row.undone_by = row.made_by
    return lambda: transaction.atomic(undo)(row)


def roster_out(cast: Cast) -> Ready:
    number = export_ask(who_id=cast.admin.id, school_id=cast.school.id, kind="csv", reason="核对")
    second_decide(id=number, who_id=cast.city_staff.id, given=True)
    return lambda: export_take(who_id=cast.admin.id, second_id=number)


LESSON_ACTIONS: dict[str, tuple[Act, Callable[[Cast], Ready]]] = {
    "a lesson is handed in": (Act.LESSON_SUBMITTED, submitted),
    "a lesson passes a review": (Act.LESSON_DECIDED, decided(True)),
    "a lesson is sent back": (Act.LESSON_DECIDED, decided(False)),
    "a lesson is handed in again": (Act.LESSON_SUBMITTED, resubmitted),
    "a submission is taken back": (Act.LESSON_WITHDRAWN, taken_back),
    "a colleague is invited": (Act.ROLE_CHANGED, colleague),
    "a colleague is let go": (Act.ROLE_CHANGED, colleague_out),
    "a county lays its words over a page": (Act.PAGE_OVERRIDDEN, county_page),
    "a roster is taken back": (Act.ROSTER_UNDONE, roster_undone),
    "a roster leaves the system": (Act.DATA_EXPORTED, roster_out),
}

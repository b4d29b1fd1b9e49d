"""Things that must be in a certain state before anybody may touch them.

The object column of a line says the state: a submission that is "claimed", a lesson that the
county "returned". Without it the address would answer "not found" to everybody.
"""

from datetime import timedelta
from typing import Any

from yunke.base.clock import today
from yunke.checks.access.things import once, who
from yunke.checks.access.world import LAST, PARAMS, Spot, laid
from yunke.ground.audit.door import second_decide
from yunke.ground.lake.door import lake_flush
from yunke.ground.people.door import Role
from yunke.ground.people.models import Duty, Move, Org, Person
from yunke.ground.people.tests import makers as people
from yunke.ground.privacy.actions.copies import copies_folder
from yunke.ground.privacy.actions.wishes import bulk_ask
from yunke.ground.privacy.models import Wish as DataWish
from yunke.ground.privacy.values import WishKind, WishState
from yunke.insight.screen.actions.release import days_release
from yunke.insight.screen.tests.makers import came
from yunke.school.review.actions.checklist import checklist_begin
from yunke.school.review.actions.decide import submission_claim, submission_decide
from yunke.school.review.actions.submit import lesson_submit
from yunke.school.review.models import Item, Submission
from yunke.school.review.values import Level, TickIn
from yunke.school.timetable.models import Term


def officer(org: Org, role: Role) -> Person:
    """Who holds the office there today: the actor of the own place; a stranger made elsewhere."""
    duty = Duty.objects.filter(org=org, role=role).select_related("person").order_by("id").last()
    return duty.person if duty else people.staff(org, role, subject="chinese")


def handed_in(spot: Spot, aim: Level) -> Submission:
    """A draft of its own, handed in to the county of its place."""
    checklist_begin(spot.town.city.id)
    row = spot.made(published=False)
    number = lesson_submit(who=who(spot.teacher), lesson_id=row.id, aim=aim)
    return Submission.objects.get(id=number)


def taken(by: Person, row: Submission) -> Submission:
    submission_claim(who=who(by), submission_id=row.id)
    row.refresh_from_db()
    return row


def said(by: Person, row: Submission, *, passed: bool) -> Submission:
    """Claimed and decided."""
    taken(by, row)
    items = Item.objects.filter(city_id=row.city_id, retired_at__isnull=True)
    ticks = [TickIn(item.id, True) for item in items]
    submission_decide(
        who=who(by), submission_id=row.id, turn=row.turn, passed=passed, reason="第二页有错字",
        ticks=ticks,
    )  # fmt: skip
    row.refresh_from_db()
    return row


@once("claimed")
def claimed(spot: Spot) -> int:
    return taken(officer(spot.town.county, Role.REVIEWER), handed_in(spot, Level.COUNTY)).id


@once("returned")
def returned(spot: Spot) -> int:
    by = officer(spot.town.county, Role.REVIEWER)
    return said(by, handed_in(spot, Level.COUNTY), passed=False).id


@once("passed")
def passed(spot: Spot) -> int:
    """The county passed it; it aims no further as yet."""
    by = officer(spot.town.county, Role.REVIEWER)
    return said(by, handed_in(spot, Level.COUNTY), passed=True).id


@once("shown")
def shown(spot: Spot) -> int:
    """County and city passed it: the whole city sees it."""
    row = said(officer(spot.town.county, Role.REVIEWER), handed_in(spot, Level.CITY), passed=True)
    return said(officer(spot.town.city, Role.REVIEWER), row, passed=True).id


@once("own_term")
def own_term(spot: Spot) -> int:
    """The school's own dates for its city's term."""
    base = Term.objects.get(id=PARAMS["term"](spot, ""))
    return Term.objects.create(
        city_id=base.city_id, org_id=spot.town.school.id, base=base, name=base.name,
        first_day=base.first_day, last_day=base.last_day - timedelta(days=7),
    ).id  # fmt: skip


@once("asking")
def asking(spot: Spot) -> int:
    """The school asks another one of its county for a pupil."""
    other = people.school_class(people.org("school", "旧学校", spot.town.county), grade=3)
    return Move.objects.create(
        pupil=people.pupil(other), from_school=other.school, to_class=spot.school_class,
        to_school=spot.town.school, day=today(), asked_by=spot.admin.id,
    ).id  # fmt: skip


@once("copy")
def copy(spot: Spot) -> int:
    """A copy of the child's data that the guardian asked for, ready to be taken."""
    row = DataWish.objects.create(
        kind=WishKind.COPY, state=WishState.READY, person_id=spot.pupil.id,
        asked_by=spot.guardian.id,
    )  # fmt: skip
    return _ready(row)


@once("taken_out")
def taken_out(spot: Spot) -> int:
    """All pupils of a school, asked for by its administrator, agreed to, ready to be taken."""
    row = DataWish.objects.create(
        kind=WishKind.BULK, state=WishState.READY, school_id=spot.town.school.id,
        asked_by=officer(spot.town.school, Role.SCHOOL_ADMIN).id,
    )  # fmt: skip
    return _ready(row)


def _ready(row: DataWish) -> int:
    row.file = f"{row.id}.zip"
    laid(copies_folder() / row.file, b"PK\x05\x06" + bytes(18))
    row.save(update_fields=["file"])
    return int(row.id)


@once("bulk")
def bulk(spot: Spot) -> int:
    """The administrator asked for all pupils of the school; somebody of the city agreed."""
    asker = officer(spot.town.school, Role.SCHOOL_ADMIN)
    number = bulk_ask(who_id=asker.id, school_id=spot.town.school.id, reason="交接", pupils=1)
    second = DataWish.objects.get(id=number).second_id
    second_decide(id=second, who_id=officer(spot.town.city, Role.CITY_STAFF).id, given=True)
    return number


def released(spots: dict[str, Spot]) -> None:
    """A day of the world is over and its figures are out."""
    for spot in spots.values():
        day, school = today() - timedelta(days=2), spot.town.school.id
        came([spot.pupil.id], day, school=school, lesson=spot.lesson.id)
    lake_flush()
    days_release()


def turn(spot: Spot, state: str) -> int:
    """How often that submission has moved: what its form must name."""
    return Submission.objects.get(id=PARAMS[state](spot, "")).turn


LAST.append(released)
# The object column's words and what they make of a name in the address.
SUBMISSIONS = ("claimed", "returned", "passed", "shown")
WISHES = {"invitation": "invitation", "copy": "copy", "taken_out": "taken_out", "bulk": "bulk"}
_first: dict[str, Any] = {name: PARAMS[name] for name in ("lesson_id", "person_id", "submission_id",
                                                         "term_id", "move_id")}  # fmt: skip


def _lesson(spot: Spot, of: str) -> int:
    if of in SUBMISSIONS:
        return Submission.objects.get(id=PARAMS[of](spot, "")).lesson_id
    return int(_first["lesson_id"](spot, of))


def _either(name: str, *states: str) -> Any:
    """The thing in one of these states when the object column says so."""
    return lambda spot, of: (PARAMS[of] if of in states else _first[name])(spot, of)


PARAMS["lesson_id"] = _lesson
PARAMS["submission_id"] = _either("submission_id", *SUBMISSIONS)
PARAMS["term_id"] = _either("term_id", "own_term")
PARAMS["move_id"] = _either("move_id", "asking")
PARAMS["wish_id"] = lambda spot, of: PARAMS[WISHES.get(of, "data_wish")](spot, of)
PARAMS["person_id"] = lambda spot, of: (
    spot.admin.id if of == "clerk" else _first["person_id"](spot, of)
)

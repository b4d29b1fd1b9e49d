"""The one table of rights: noun.verb × role → how far it reaches. What is not here is denied.

``docs/reference/rights.md`` is written from it. A page names its right; a check refuses a page
without one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from yunke.ground.people.values import Grant, Place, Role, Scope, Who

R, S = Role, Scope
_EVERY_TEACHER: dict[Role, Scope] = {R.TEACHER: S.CLASS, R.HEAD_TEACHER: S.CLASS}
_EVERYONE: dict[Role, Scope] = {role: S.OWN for role in Role}

_TABLE: dict[str, dict[Role, Scope]] = {
    # What everybody may do with what is their own
    "account.read": _EVERYONE,
    "account.write": _EVERYONE,
    "log.read": {**_EVERYONE, R.GUARDIAN: S.CHILD},
    "device.pair": _EVERYONE,
    # A pupil's day
    "day.read": {R.PUPIL: S.OWN, R.GUARDIAN: S.CHILD, **_EVERY_TEACHER},
    "plan.write": {R.PUPIL: S.OWN, R.GUARDIAN: S.CHILD},
    "lesson.watch": {
        R.PUPIL: S.CITY,
        R.GUARDIAN: S.CITY,
        R.TEACHER: S.CITY,
        R.HEAD_TEACHER: S.CITY,
        R.REVIEWER: S.CITY,
        R.SCHOOL_ADMIN: S.CITY,
        R.COUNTY_STAFF: S.CITY,
        R.CITY_STAFF: S.CITY,
    },
    "progress.write": {R.PUPIL: S.OWN, R.TEACHER: S.OWN, R.HEAD_TEACHER: S.OWN},
    "note.write": {R.PUPIL: S.OWN, R.TEACHER: S.OWN, R.HEAD_TEACHER: S.OWN},
    "task.answer": {R.PUPIL: S.OWN},
    # One's own answers to homework, an exam, a drill; whoever is signed in may carry the sealed
    # answers of somebody else that lie on the same device
    "attempt.write": {R.PUPIL: S.OWN},
    "attempt.carry": _EVERYONE,
    "pack.read": {R.PUPIL: S.CLASS, R.GUARDIAN: S.CHILD, **_EVERY_TEACHER},
    # A guardian's child
    "child.read": {R.GUARDIAN: S.CHILD},
    "child.bind": {R.GUARDIAN: S.OWN},
    # What one got wrong and practises; a guardian says whether anything is estimated from it
    "practice.do": {R.PUPIL: S.OWN},
    "practice.teach": _EVERY_TEACHER,
    # A teacher's class
    "class.read": {**_EVERY_TEACHER, R.SCHOOL_ADMIN: S.SCHOOL},
    "card.issue": {R.HEAD_TEACHER: S.CLASS, R.SCHOOL_ADMIN: S.SCHOOL},
    "guardian.invite": {R.HEAD_TEACHER: S.CLASS, R.SCHOOL_ADMIN: S.SCHOOL},
    "along.run": _EVERY_TEACHER,
    "along.join": {R.PUPIL: S.CLASS, **_EVERY_TEACHER},
    "pack.send": _EVERY_TEACHER,
    # Homework: its own teacher and those of its class and subject mark it
    "homework.read": {
        R.PUPIL: S.OWN,
        R.GUARDIAN: S.CHILD,
        **_EVERY_TEACHER,
        R.SCHOOL_ADMIN: S.SCHOOL,
    },
    "homework.write": _EVERY_TEACHER,
    "homework.mark": _EVERY_TEACHER,
    "homework.answer": {R.PUPIL: S.OWN},
    "homework.sign": {R.GUARDIAN: S.CHILD},
    # Lessons being made
    "lesson.write": {
        R.TEACHER: S.OWN,
        R.HEAD_TEACHER: S.OWN,
        R.CITY_STAFF: S.CITY,
        R.COUNTY_STAFF: S.COUNTY,
    },
    # Questions: teachers read their school's and everybody's, write their own and their school's
    "question.read": {
        R.TEACHER: S.SCHOOL,
        R.HEAD_TEACHER: S.SCHOOL,
        R.REVIEWER: S.CITY,
        R.COUNTY_STAFF: S.COUNTY,
        R.CITY_STAFF: S.CITY,
    },
    "question.write": {
        R.TEACHER: S.SCHOOL,
        R.HEAD_TEACHER: S.SCHOOL,
        R.COUNTY_STAFF: S.COUNTY,
        R.CITY_STAFF: S.CITY,
    },
    "week.write": {R.CITY_STAFF: S.CITY},
    # Terms, holidays and bells; the slots of a school's classes
    "term.write": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY, R.SCHOOL_ADMIN: S.SCHOOL},
    "slot.write": {R.SCHOOL_ADMIN: S.SCHOOL},
    # Units on a calendar: the plan of a city or county, a class beside it
    "pace.read": {
        R.CITY_STAFF: S.CITY,
        R.COUNTY_STAFF: S.COUNTY,
        R.SCHOOL_ADMIN: S.SCHOOL,
        R.REVIEWER: S.CITY,
        **_EVERY_TEACHER,
    },
    "pace.write": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY},
    "pace.lose": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY, R.SCHOOL_ADMIN: S.SCHOOL},
    "pace.own": _EVERY_TEACHER,
    # Schools of a city or county, and their clerks; the first day's guide
    "school.write": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY},
    "firstday.read": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY, R.SCHOOL_ADMIN: S.SCHOOL},
    # Lessons on their way: only the author hands in; a reviewer's own office and subject narrow it
    "lesson.submit": {
        R.TEACHER: S.OWN,
        R.HEAD_TEACHER: S.OWN,
        R.CITY_STAFF: S.OWN,
        R.COUNTY_STAFF: S.OWN,
    },
    "review.read": {R.REVIEWER: S.CITY, R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY},
    "review.do": {R.REVIEWER: S.CITY},
    "review.lead": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY},
    "checklist.write": {R.CITY_STAFF: S.CITY},
    "page.override": {R.COUNTY_STAFF: S.COUNTY},
    "recording.invite": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY},
    "recording.answer": {R.TEACHER: S.OWN, R.HEAD_TEACHER: S.OWN},
    "use.read": {
        R.TEACHER: S.CITY,
        R.HEAD_TEACHER: S.CITY,
        R.REVIEWER: S.CITY,
        R.SCHOOL_ADMIN: S.CITY,
        R.COUNTY_STAFF: S.CITY,
        R.CITY_STAFF: S.CITY,
    },
    # Exams: a paper belongs to its makers; the class's teachers plan, watch, release; a pupil sits
    "exam.read": {
        R.PUPIL: S.OWN,
        R.GUARDIAN: S.CHILD,
        **_EVERY_TEACHER,
        R.SCHOOL_ADMIN: S.SCHOOL,
    },
    "paper.write": {R.TEACHER: S.OWN, R.HEAD_TEACHER: S.OWN},
    "exam.plan": _EVERY_TEACHER,
    "exam.watch": _EVERY_TEACHER,
    "exam.release": _EVERY_TEACHER,
    "exam.sit": {R.PUPIL: S.OWN},
    # Sheets of paper and the desk: its subject's teachers run them; who is assigned marks
    "sheet.run": _EVERY_TEACHER,
    "desk.lead": _EVERY_TEACHER,
    "desk.mark": {R.TEACHER: S.OWN, R.HEAD_TEACHER: S.OWN, R.REVIEWER: S.OWN},
    "exam.guard": {R.GUARDIAN: S.CHILD},
    "exam.result": {R.PUPIL: S.OWN, R.GUARDIAN: S.CHILD},
    "exam.appeal": {R.PUPIL: S.OWN, R.GUARDIAN: S.CHILD},
    # Administration
    "people.read": {R.SCHOOL_ADMIN: S.SCHOOL},
    "people.write": {R.SCHOOL_ADMIN: S.SCHOOL},
    # A roster comes in for what one administers; a list of names goes out from a school only.
    "roster.import": {
        R.SCHOOL_ADMIN: S.SCHOOL,
        R.COUNTY_STAFF: S.COUNTY,
        R.CITY_STAFF: S.CITY,
    },
    "roster.export": {R.SCHOOL_ADMIN: S.SCHOOL},
    # Who looked and who did what: a school reads its own, county and city count
    "audit.read": {R.SCHOOL_ADMIN: S.SCHOOL},
    "audit.count": {R.SCHOOL_ADMIN: S.SCHOOL, R.COUNTY_STAFF: S.COUNTY, R.CITY_STAFF: S.CITY},
    # Copies and erasures that a school answers for, its bulk export, what is kept how long
    "data.keep": {R.SCHOOL_ADMIN: S.SCHOOL, R.CITY_STAFF: S.CITY},
    # A second person agrees before something large happens
    "second.decide": {
        R.SCHOOL_ADMIN: S.SCHOOL,
        R.COUNTY_STAFF: S.COUNTY,
        R.CITY_STAFF: S.CITY,
    },
    # Consent: a guardian for the child, everybody about themselves; a school sees numbers
    "consent.read": {**_EVERYONE, R.GUARDIAN: S.CHILD},
    "consent.write": {**_EVERYONE, R.GUARDIAN: S.CHILD},
    "consent.paper": {R.HEAD_TEACHER: S.CLASS, R.SCHOOL_ADMIN: S.SCHOOL},
    "consent.count": {R.SCHOOL_ADMIN: S.SCHOOL},
    "profile.choose": {R.CITY_STAFF: S.CITY},
    # One's own wristband, a guardian for the child; nobody else at all
    "pulse.read": {**_EVERYONE, R.GUARDIAN: S.CHILD},
    "pulse.write": {**_EVERYONE, R.GUARDIAN: S.CHILD},
    # Who took part: figures that are released once, from schools upwards
    "participation.read": {
        R.CITY_STAFF: S.CITY,
        R.COUNTY_STAFF: S.COUNTY,
        R.SCHOOL_ADMIN: S.SCHOOL,
    },
    "capacity.read": {R.CITY_STAFF: S.CITY},
    "capacity.measure": {R.CITY_STAFF: S.CITY},
    # One's own acts, sent together by a device that was offline
    "events.write": {R.PUPIL: S.OWN, R.TEACHER: S.OWN, R.HEAD_TEACHER: S.OWN},
    "events.read": {R.CITY_STAFF: S.CITY, R.COUNTY_STAFF: S.COUNTY, R.SCHOOL_ADMIN: S.SCHOOL},
}
RIGHTS: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {right: MappingProxyType(row) for right, row in _TABLE.items()}
)


def covers(scope: Scope, grant: Grant, place: Place, who_id: int) -> bool:
    """Does a grant that reaches this far include the place?"""
    held = grant.place
    match scope:
        case Scope.OWN:
            return place.person == who_id
        case Scope.CHILD:
            return bool(held.person) and place.person == held.person
        case Scope.CLASS:
            return bool(held.class_id) and place.class_id == held.class_id
        case Scope.GRADE:
            return bool(held.school) and (place.school, place.grade) == (held.school, held.grade)
        case Scope.SCHOOL:
            return bool(held.school) and place.school == held.school
        case Scope.COUNTY:
            return bool(held.county) and place.county == held.county
        case Scope.CITY:
            return bool(held.city) and place.city == held.city


def holds(who: Who, right: str) -> bool:
    """Does the person hold the right at all, somewhere? (The page's own gate.)"""
    row = RIGHTS[right]
    return any(grant.role in row for grant in who.grants)


def allowed(who: Who, right: str, place: Place) -> bool:
    """May the person use the right on a thing that belongs there? Default: no."""
    row = RIGHTS[right]
    return any(
        grant.role in row and covers(row[grant.role], grant, place, who.id) for grant in who.grants
    )

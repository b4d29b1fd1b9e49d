"""The writing addresses of a school's life cases: each row makes a target of its own."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.core import signing

from yunke.base.clock import today
from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_open import Open
from yunke.ground.audit.door import second_decide
from yunke.ground.people.actions.court import guardian_until
from yunke.ground.people.actions.freeze import person_freeze, unfreeze_ask
from yunke.ground.people.actions.life import class_move
from yunke.ground.people.actions.moves import move_ask
from yunke.ground.people.actions.orgs import STEPS
from yunke.ground.people.door import Place, Role
from yunke.ground.people.models import Duty, Move
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.tests import makers as lessons
from yunke.school.library.tests import makers as library
from yunke.school.timetable.actions.pacing import week_lose
from yunke.school.timetable.actions.terms import day_off_set
from yunke.school.timetable.models import Bell, Term
from yunke.school.timetable.tests import makers as timetable
from yunke.school.timetable.views.sheet import SALT


def change_undone(room: Room) -> Sent:
    to = people.school_class(room.of.school, grade=3)
    kept = class_move(actor_id=room.admin.id, person=room.pupil, to=to, day=today())
    return posts("admin", f"/people/changes/{kept.id}/undo")(room)


def _move(room: Room) -> Move:
    """Another school asks for the room's pupil."""
    there = people.org("school", f"第{room.number}小学", room.of.school.parent)
    room.there = people.staff(there, Role.SCHOOL_ADMIN)  # type: ignore[attr-defined]
    to = people.school_class(there, grade=3)
    return move_ask(
        actor_id=room.admin.id, number=room.pupil.login, name=room.pupil.name, to=to, day=today()
    )


def move_answered(room: Room) -> Sent:
    move = _move(room)
    school = lambda room: room.of.school.id  # noqa: E731
    return posts("admin", f"/people/moves/{move.id}/answer", answer="yes", school=school)(room)


def move_taken_back(room: Room) -> Sent:
    return posts("there", f"/people/moves/{_move(room).id}/back")(room)


def password_asked(room: Room) -> Sent:
    """The teacher has a duty in another school as well."""
    there = people.org("school", f"第{room.number}中学", room.of.school.parent)
    Duty.objects.create(person=room.teacher, org=there, role=Role.COUNSELLOR, since=today())
    path = "/people/person/{teacher.id}/password/ask"
    return posts("admin", path, reason="忘了密码")(room)


def second_class_ended(room: Room) -> Sent:
    to = people.school_class(room.of.school, grade=3)
    tie = people.member(room.pupil, to, Role.PUPIL)
    return posts("admin", f"/people/person/{room.pupil.id}/ties/{tie.id}/end")(room)


def duty_handed(room: Room) -> Sent:
    counsellor = people.staff(room.of.school, Role.COUNSELLOR)
    duty = counsellor.duties.get()
    path = f"/people/person/{counsellor.id}/duty"
    return posts("admin", path, duty=duty.id, to=lambda room: room.teacher.id)(room)


def unfreeze_asked(room: Room) -> Sent:
    _freeze(room)
    return posts("admin", "/people/person/{teacher.id}/unfreeze/ask", reason="查清了")(room)


def unfrozen(room: Room) -> Sent:
    _freeze(room)
    asked = unfreeze_ask(
        actor_id=room.admin.id, person=room.teacher, school_id=room.of.school.id, reason="查清了"
    )
    second_decide(id=asked, who_id=room.head.id, given=True)
    return posts("admin", "/people/person/{teacher.id}/unfreeze", second=asked)(room)


def _freeze(room: Room) -> None:
    person_freeze(
        actor_id=room.admin.id, person=room.teacher, school_id=room.of.school.id, reason="举报"
    )


def guardian_barred(room: Room) -> Sent:
    return posts("admin", f"{_tie(room)}/court", reason="判决")(room)


def guardian_dated(room: Room) -> Sent:
    day = (today() + timedelta(days=90)).isoformat()
    return posts("admin", f"{_tie(room)}/until", day=day)(room)


def _tie(room: Room) -> str:
    return f"/people/person/{room.pupil.id}/guardians/{room.guardian.wards.get().id}"


def guardian_agreed(room: Room) -> Sent:
    room.pupil.born_on = today().replace(year=today().year - 20, day=1)
    room.pupil.save()
    tie = room.guardian.wards.get()
    guardian_until(actor_id=room.admin.id, tie=tie, school_id=room.of.school.id, day=None)
    return posts("pupil", f"/account/guardians/{tie.id}", agreed="yes")(room)


LIFE: dict[str, Row] = {
    "people/class/<int:class_id>/head": posts(
        "admin", "/people/class/{own.id}/head", to=lambda room: room.teacher.id
    ),
    "people/class/<int:class_id>/devices": posts("admin", "/people/class/{own.id}/devices"),
    "people/changes/<int:change_id>/undo": change_undone,
    "people/moves/<int:move_id>/answer": move_answered,
    "people/moves/<int:move_id>/back": move_taken_back,
    "people/person/<int:person_id>/password/ask": password_asked,
    "people/person/<int:person_id>/class": posts(
        "admin", "/people/person/{pupil.id}/class",
        **{"class": lambda room: people.school_class(room.of.school, grade=3).id},
    ),
    "people/person/<int:person_id>/ties/<int:tie_id>/end": second_class_ended,
    "people/person/<int:person_id>/substitute": posts(
        "admin", "/people/person/{teacher.id}/substitute", to=lambda room: room.head.id
    ),
    "people/person/<int:person_id>/duty": duty_handed,
    "people/person/<int:person_id>/freeze": posts(
        "admin", "/people/person/{teacher.id}/freeze", reason="有人举报"
    ),
    "people/person/<int:person_id>/unfreeze/ask": unfreeze_asked,
    "people/person/<int:person_id>/unfreeze": unfrozen,
    "people/person/<int:person_id>/born": posts(
        "admin", "/people/person/{pupil.id}/born",
        born=lambda room: f"{today().year - 9}-09",
    ),
    "people/person/<int:person_id>/guardians/<int:tie_id>/court": guardian_barred,
    "people/person/<int:person_id>/guardians/<int:tie_id>/until": guardian_dated,
    "account/guardians/<int:tie_id>": guardian_agreed,
}  # fmt: skip


def pupil_asked_for(room: Room) -> Sent:
    """Eight requests for one pupil are one."""
    there = people.org("school", f"第{room.number}学校", room.of.school.parent)
    room.there = people.staff(there, Role.SCHOOL_ADMIN)  # type: ignore[attr-defined]
    to = people.school_class(there, grade=3)
    told = {"number": room.pupil.login, "name": room.pupil.name, "class": to.id}
    return posts("there", "/people/moves", **told)(room)


LIFE_OPEN: dict[str, Open] = {"people/moves": Open(pupil_asked_for, {"people_move": 1})}


def bureau(path: str, **values: Any) -> Row:
    """A form of the city's staff, each room with a colleague of its own."""

    def make(room: Room) -> Sent:
        room.bureau = people.staff(room.of.city, Role.CITY_STAFF)
        return posts("bureau", path, **values)(room)

    return make


def term_day(month: int, day: int) -> Callable[[Room], str]:
    """Each room a year of its own: terms do not meet."""
    return lambda room: f"{2030 + room.number}-{month:02}-{day:02}"


def own_term_dropped(room: Room) -> Sent:
    """The school had its own dates for a term of the city."""
    year = 3000 + room.number
    first, last = date(year, 9, 1), date(year, 12, 20)
    base = timetable.term(room.of.city, first=first, last=last)
    own = timetable.term(room.of.city, first=first, last=last)
    school = room.of.school.id
    type(own).objects.filter(id=own.id).update(base=base, org_id=school)
    return posts("admin", f"/terms/{own.id}/drop", org=school)(room)


def off_dropped(room: Room) -> Sent:
    place = Place(
        city=room.of.city.id, county=room.of.school.parent_id or 0, school=room.of.school.id
    )
    day = date(4000 + room.number, 10, 1)
    number = day_off_set(
        actor_id=room.admin.id, place=place, first=day, last=day, name="放假", taught_as=None
    )
    return posts("admin", f"/terms/off/{number}/drop")(room)


def paced(room: Room) -> Any:
    """A unit of the room's own grade in a term of now."""
    timetable.term(room.of.city)
    grade = room.number % 9 + 1
    return grade, library.unit(grade=grade, title=f"单元{room.number}")


def units_laid(room: Room) -> Sent:
    grade, _unit = paced(room)
    return bureau("/pacing/lay", grade=grade)(room)


def unit_moved(room: Room) -> Sent:
    grade, made = paced(room)
    return bureau("/pacing/move", grade=grade, unit=made.id, to="2:3")(room)


def week_of_a_class(room: Room) -> Sent:
    paced(room)
    told = {"class": room.own.id, "week": 14, "reason": "台风"}
    return posts("teacher", "/pacing/lose", **told)(room)


def week_found_again(room: Room) -> Sent:
    timetable.term(room.of.city)
    term = Term.objects.filter(city_id=room.of.city.id).order_by("first_day", "id")[0]
    number = week_lose(
        actor_id=room.teacher.id, term_id=term.id, place=Place(), org_id=room.of.school.id,
        week=3, reason="流感", counts={}, class_id=room.own.id,
    )  # fmt: skip
    return posts("teacher", f"/pacing/lost/{number}/back", **{"class": room.own.id})(room)


LIFE |= {
    "terms/save": bureau(
        "/terms/save", name=lambda room: f"学期{room.number}", first=term_day(9, 1),
        last=term_day(12, 20),
    ),
    "terms/<int:term_id>/drop": own_term_dropped,
    "terms/off": bureau("/terms/off", name="放假", first=term_day(10, 1)),
    "terms/off/<int:off_id>/drop": off_dropped,
    "pacing/lay": units_laid,
    "pacing/move": unit_moved,
    "pacing/lose": week_of_a_class,
    "pacing/lost/<int:lost_id>/back": week_found_again,
}  # fmt: skip


def one_sheet(room: Room) -> str:
    """A timetable of the room's class, as the first form hands it to the second."""
    rows = [[room.own.id, 0, 1, "chinese", room.teacher.id, room.teacher.name]]
    return signing.dumps(rows, salt=SALT, compress=True)


def week_written(room: Room) -> Sent:
    timetable.term(room.of.city)
    return posts("admin", "/timetable/write", kept=one_sheet)(room)


def bells_of_a_school(room: Room) -> Sent:
    """Each room rings in a school of its own."""
    there = people.org("school", f"铃声小学{room.number}", room.of.school.parent)
    room.ringer = people.staff(there, Role.SCHOOL_ADMIN)  # type: ignore[attr-defined]
    return posts("ringer", "/bells", **{"starts-1": "08:20", "ends-1": "09:00"})(room)


def on_air_put(room: Room) -> Sent:
    """A lesson of the room's own grade and period."""
    Bell.objects.get_or_create(
        org_id=room.of.city.id, period=9, defaults={"starts": time(17), "ends": time(17, 40)}
    )
    grade = room.number % 9 + 1
    lesson = lessons.taught(room.teacher, grade=grade)
    return bureau("/onair/plan", grade=grade, lesson=lesson.id, day=today(), period=9)(room)


def errand_handed(room: Room) -> Sent:
    school = room.of.school.id
    return bureau(f"/schools/{school}/errand", step=STEPS[room.number % 8], to=room.admin.id)(room)


def school_let_go(room: Room) -> Sent:
    there = people.org("school", f"离开小学{room.number}", room.of.school.parent)
    return bureau(f"/schools/{there.id}/leave", reason="并入邻市")(room)


LIFE |= {
    "schools/county": bureau("/schools/county", name=lambda room: f"第{room.number}县"),
    "schools/new": bureau(
        "/schools/new", name=lambda room: f"新小学{room.number}",
        county=lambda room: room.of.school.parent_id,
    ),
    "schools/<int:school_id>/errand": errand_handed,
    "schools/<int:school_id>/leave": school_let_go,
    "bells": bells_of_a_school,
    "timetable/write": week_written,
    "onair/plan": on_air_put,
}  # fmt: skip
LIFE_OPEN |= {
    "schools/<int:school_id>/clerk": Open(
        bureau("/schools/{of.school.id}/clerk", name="新人", login=lambda r: f"clerk{r.number}"),
        {"people_person": 1, "people_duty": 1},
    ),
    "timetable/import": Open(
        posts("admin", "/timetable/import", cells="班级\t星期\t节次\t学科"),
        {"timetable_slot": 0},
    ),
    # There is a city already: the door of the empty server is shut for everybody.
    "first-day": Open(posts("", "/first-day", code="AAAAAAAAAA"), {"people_org": 0}, good=False),
}  # fmt: skip

"""A writer's room and the request to every writing address: the table that B-08 walks.

Each row makes a target of its own, so that a first room can be written once and a second one eight
times at once, and the two effects can be held against each other.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from yunke.checks.living.knocks import form
from yunke.checks.living.knocks import write as to_front
from yunke.checks.living.school import cookie, key, signed_in
from yunke.ground.people.actions.guardians import guardians_invite
from yunke.ground.people.door import Role, cards_issue
from yunke.ground.people.models import Session
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.door import PackParts, along_start, pack_send
from yunke.school.lessons.tests import makers as lessons
from yunke.school.timetable.tests import makers as timetable

_numbers = itertools.count(1)
Sent = bytes
Row = Callable[["Room"], Sent]


@dataclass
class City:
    """What all rooms share: the bureau, a school and a day on air for grade 3."""

    city: Any = field(default_factory=lambda: people.org("city", "云州市"))

    def __post_init__(self) -> None:
        county = people.org("county", "河东县", self.city)
        self.school = people.org("school", "河东小学", county)
        self.air = timetable.a_day(self.city, grade=3, count=3)


class Room:
    """A class with its people and a lesson of its teacher; nothing in it is anybody else's."""

    def __init__(self, of: City) -> None:
        self.of, self.number = of, next(_numbers)
        self.own = people.school_class(of.school, grade=3)
        self.head, self.teacher = people.head_teacher(self.own), people.teacher(self.own)
        self.pupils = people.pupils(self.own, 3)
        self.pupil = self.pupils[0]
        self.guardian = people.guardian(self.pupil)
        self.admin = people.staff(of.school, Role.SCHOOL_ADMIN)
        self.bureau = people.staff(of.city, Role.CITY_STAFF)
        self.lesson = lessons.taught(self.teacher, grade=3)
        self.task = lessons.task(self.lesson)

    def stop(self) -> str:
        return f"b{self.of.air[0].id}"

    def on_air(self) -> int:
        return int(self.of.air[1].id)

    def names(self) -> dict[int, str]:
        return {self.pupil.id: self.pupil.name}

    def shown(self) -> tuple[int, ...]:
        return tuple(child.id for child in self.pupils)

    def pack(self) -> int:
        return pack_send(
            who_id=self.teacher.id, class_id=self.own.id, school_id=self.of.school.id,
            lesson_id=self.lesson.id, message="", parts=PackParts(), shown=self.shown(),
        )  # fmt: skip

    def along(self) -> int:
        return along_start(
            who_id=self.teacher.id, class_id=self.own.id, school_id=self.of.school.id,
            lesson_id=self.lesson.id,
        )  # fmt: skip

    def draft(self) -> Any:
        return lessons.taught(self.teacher, grade=3, published=False)


def posts(who: str, path: str, *, cookies: Any = None, **values: Any) -> Row:
    """A form of a page, sent by that person of the room ("" for a stranger).

    A value may be made from the room.
    """

    def make(room: Room) -> Sent:
        sender = getattr(room, who) if who else None
        told = {name: value(room) if callable(value) else value for name, value in values.items()}
        kept = [f"{name}={value}" for name, value in (cookies or {}).items()]
        named = "; ".join([cookie(signed_in(sender)), *kept] if sender else kept)
        return form(_path(path, room), told, cookie=named, key=key())

    return make


def tells(who: str, path: str, **values: Any) -> Row:
    """JSON to the front, sent by that person of the room ("" for a stranger)."""

    def make(room: Room) -> Sent:
        told = {name: value(room) if callable(value) else value for name, value in values.items()}
        named = cookie(signed_in(getattr(room, who))) if who else ""
        return to_front(_path(path, room), told, cookie=named, key=key())

    return make


def _path(path: str, room: Room) -> str:
    """``{a.b}`` in an address is an attribute of the room, ``{a()}`` what it makes."""
    while "{" in path:
        before, _, rest = path.partition("{")
        name, _, after = rest.partition("}")
        found: Any = room
        for part in name.removesuffix("()").split("."):
            found = getattr(found, part)
        path = f"{before}{found() if name.endswith('()') else found}{after}"
    return path


def other_session(room: Room) -> Sent:
    """A second device of a pupil is signed out from the first."""
    signed_in(room.pupil)
    second = Session.objects.filter(person=room.pupil).latest("id")
    return posts("pupil", f"/account/devices/{second.id}/end")(room)


def other_sessions(room: Room) -> Sent:
    signed_in(room.pupil)
    return posts("pupil", "/account/devices/end")(room)


def card_ended(room: Room) -> Sent:
    cards_issue(actor_id=room.head.id, persons=room.names(), class_id=room.own.id)
    return posts("head", "/class/{own.id}/cards/{pupil.id}/end")(room)


def invitation_ended(room: Room) -> Sent:
    guardians_invite(actor_id=room.head.id, children=room.names(), class_id=room.own.id)
    return posts("head", "/class/{own.id}/guardians/{pupil.id}/end")(room)


def tie_ended(room: Room) -> Sent:
    tie = room.guardian.wards.get().id
    return posts("head", f"/class/{room.own.id}/ties/{tie}/end")(room)


def file_removed(room: Room) -> Sent:
    courseware = room.lesson.assets.get(kind="courseware").id
    return posts("teacher", f"/make/{room.lesson.id}/files/{courseware}/remove")(room)


def draft_published(room: Room) -> Sent:
    return posts("teacher", f"/make/{room.draft().id}/publish")(room)


def task_back(room: Room) -> Sent:
    room.task.removed_at = room.task.made_at
    room.task.save()
    return posts("teacher", "/make/{lesson.id}/tasks/{task.id}/restore")(room)


def one_answer(room: Room) -> list[dict[str, Any]]:
    return [{"task": room.task.id, "value": "B"}]


LESSON: dict[str, Any] = {"lesson": lambda room: room.lesson.id}
CLASS: dict[str, Any] = {"class": lambda room: room.own.id}
PLANNED: dict[str, Any] = {"key": Room.stop}

# Addresses that answer a second arrival from its receipt, by their pattern in the URL conf.
REPLAYED: dict[str, Row] = {
    "capacity/measure": posts("bureau", "/capacity/measure"),
    "account/devices/end": other_sessions,
    "account/devices/<int:session_id>/end": other_session,
    "class/<int:class_id>/cards/<int:person_id>/end": card_ended,
    "class/<int:class_id>/code": posts("head", "/class/{own.id}/code"),
    "class/<int:class_id>/guardians/<int:person_id>/end": invitation_ended,
    "class/<int:class_id>/ties/<int:tie_id>/end": tie_ended,
    "people/person/<int:person_id>/leave": posts("admin", "/people/person/{pupil.id}/leave"),
    "people/person/<int:person_id>/second": posts("admin", "/people/person/{teacher.id}/second"),
    "make/new": posts(
        "teacher", "/make/new", title="写一写", grade=3, subject="chinese",
        new_unit=lambda room: f"单元{room.number}",
    ),
    "make/<int:lesson_id>/publish": draft_published,
    "make/<int:lesson_id>/withdraw": posts("teacher", "/make/{lesson.id}/withdraw"),
    "make/<int:lesson_id>/files/<int:asset_id>/remove": file_removed,
    "onair/remind/<int:broadcast_id>": posts("pupil", "/onair/remind/{on_air()}"),
    "today/order": posts("pupil", "/today/order", order=Room.stop),
    "today/tick": posts("pupil", "/today/tick", done="yes", **PLANNED),
    "today/add": posts("pupil", "/today/add", kind="own", title="跳绳", minutes=15),
    "today/remove": posts("pupil", "/today/remove", **PLANNED),
    "child/<int:pupil_id>/plan/order": posts(
        "guardian", "/child/{pupil.id}/plan/order", order=Room.stop
    ),
    "child/<int:pupil_id>/plan/tick": posts(
        "guardian", "/child/{pupil.id}/plan/tick", done="yes", **PLANNED
    ),
    "child/<int:pupil_id>/plan/add": posts(
        "guardian", "/child/{pupil.id}/plan/add", kind="own", title="阅读", minutes=15
    ),
    "child/<int:pupil_id>/plan/remove": posts(
        "guardian", "/child/{pupil.id}/plan/remove", **PLANNED
    ),
    "lesson/<int:lesson_id>/along": posts(
        "teacher", "/lesson/{lesson.id}/along", **CLASS
    ),
    "make/<int:lesson_id>/tasks": posts(
        "teacher", "/make/{lesson.id}/tasks", at="1:05", kind="number", stem="几个？", answer="3"
    ),
    "make/<int:lesson_id>/tasks/<int:task_id>/move": posts(
        "teacher", "/make/{lesson.id}/tasks/{task.id}/move", at="0:40"
    ),
    "make/<int:lesson_id>/tasks/<int:task_id>/remove": posts(
        "teacher", "/make/{lesson.id}/tasks/{task.id}/remove"
    ),
    "make/<int:lesson_id>/tasks/<int:task_id>/restore": task_back,
    "packs/<int:pack_id>/open": posts("pupil", "/packs/{pack()}/open"),
    "class/<int:class_id>/packs/new": posts(
        "teacher", "/class/{own.id}/packs/new", video="on",
        shown=lambda room: ",".join(map(str, room.shown())), **LESSON,
    ),
}  # fmt: skip
# What phones send all day, by the front's own addresses.
FRONT: dict[str, Row] = {
    "/front/presence": tells("pupil", "/front/presence"),
    "/front/progress": tells(
        "pupil", "/front/progress", position=30, ranges=[[0, 30]], of=120, **LESSON
    ),
    "/front/notes": tells("pupil", "/front/notes", at=12.5, text="重点", **LESSON),
    "/front/answers": tells("pupil", "/front/answers", answers=one_answer, **LESSON),
    r"/front/along/(\d{1,18})": tells(
        "teacher", "/front/along/{along()}", position=30, playing=True
    ),
}

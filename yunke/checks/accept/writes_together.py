"""The writing addresses of lessons that are prepared together."""

import json
from typing import Any

from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_open import Open
from yunke.ground.people.tests import makers as people
from yunke.school.library.door import Help
from yunke.school.preparing.actions.people import colleague_invite
from yunke.school.preparing.door import (
    Place,
    lesson_save,
    suggestion_make,
    thread_begin,
    work_content,
)


def was(room: Room) -> str:
    return json.dumps(work_content(room.lesson.id).as_json())


def saved(room: Room) -> None:
    """A version beside the first."""
    lesson, before = room.lesson.id, work_content(room.lesson.id)
    mine = type(before)(
        unit=before.unit, title="改过的课题", files=before.files, tasks=before.tasks
    )
    lesson_save(who=people.who(room.teacher), lesson_id=lesson, was=before, mine=mine)


def invited(room: Room) -> Any:
    colleague_invite(
        who=people.who(room.teacher), lesson_id=room.lesson.id, person_id=room.head.id,
        role=Help.EDITOR,
    )  # fmt: skip
    return room.head


def invite(room: Room) -> Sent:
    return posts("teacher", "/make/{lesson.id}/people/invite", person=room.head.id, role="editor")(
        room
    )


def remove(room: Room) -> Sent:
    return posts("teacher", f"/make/{room.lesson.id}/people/{invited(room).id}/remove")(room)


def thread(room: Room) -> int:
    return thread_begin(
        who=people.who(room.teacher), lesson_id=room.lesson.id, place=Place(), quote="", text="好"
    )


def answer(room: Room) -> Sent:
    return posts("teacher", f"/make/{room.lesson.id}/talk/{thread(room)}/answer", text="是")(room)


def resolve(room: Room) -> Sent:
    path = f"/make/{room.lesson.id}/talk/{thread(room)}/resolve"
    return posts("teacher", path, resolved="yes")(room)


def seen(room: Room) -> Sent:
    helper, number = invited(room), thread(room)
    assert helper
    return posts("head", f"/make/{room.lesson.id}/talk/seen", seen=f"{number}:1")(room)


def decide(room: Room) -> Sent:
    number = suggestion_make(
        who=people.who(room.teacher), lesson_id=room.lesson.id, field="summary", was="",
        text="一句话", why="",
    )  # fmt: skip
    path = f"/make/{room.lesson.id}/suggestions/{number}"
    return posts("teacher", path, answer="accept")(room)


def restore(room: Room) -> Sent:
    saved(room)
    return posts("teacher", "/make/{lesson.id}/versions/1/restore")(room)


def label(room: Room) -> Sent:
    saved(room)
    return posts("teacher", "/make/{lesson.id}/versions/2/label", label="试讲前")(room)


TOGETHER: dict[str, Row] = {
    "make/<int:lesson_id>": posts(
        "teacher", "/make/{lesson.id}", was=was, title="新课题", minutes=20,
        unit=lambda room: room.lesson.unit_id,
    ),
    "make/<int:lesson_id>/people/invite": invite,
    "make/<int:lesson_id>/people/<int:person_id>/remove": remove,
    "make/<int:lesson_id>/talk": posts(
        "teacher", "/make/{lesson.id}/talk", place="lesson", text="大家看看"
    ),
    "make/<int:lesson_id>/talk/seen": seen,
    "make/<int:lesson_id>/talk/<int:thread_id>/answer": answer,
    "make/<int:lesson_id>/talk/<int:thread_id>/resolve": resolve,
    "make/<int:lesson_id>/suggest": posts(
        "teacher", "/make/{lesson.id}/suggest", field="summary", was="", text="一句话"
    ),
    "make/<int:lesson_id>/suggestions/<int:suggestion_id>": decide,
    "make/<int:lesson_id>/versions/<int:number>/restore": restore,
    "make/<int:lesson_id>/versions/<int:number>/label": label,
}  # fmt: skip
TOGETHER_OPEN: dict[str, Open] = {
    # Says every four seconds that somebody is here: one row, however often.
    "make/<int:lesson_id>/pulse": Open(
        posts("teacher", "/make/{lesson.id}/pulse", place="title"), {"preparing_here": 1}
    ),
}

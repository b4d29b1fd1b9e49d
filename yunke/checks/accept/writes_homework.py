"""The writing addresses of homework."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.living.knocks import CSRF, upload
from yunke.checks.living.load import request
from yunke.checks.living.school import cookie, key, signed_in
from yunke.ground.people.tests.makers import Cast
from yunke.school.attempts.door import marks_of
from yunke.school.attempts.tests import makers as attempts
from yunke.school.homework.actions.own import phrase_add
from yunke.school.homework.actions.voices import voice_keep
from yunke.school.homework.models import Homework
from yunke.school.homework.tests import makers


def of_room(room: Room) -> Cast:
    some: dict[str, object] = dict.fromkeys(Cast.__dataclass_fields__)
    some |= {"one": room.own, "pupils": room.pupils, "teacher": room.teacher}
    return Cast(**some)  # type: ignore[arg-type]


def work(room: Room) -> Homework:
    """Handed in by the pupil: a choice that was wrong, and a text that waits."""
    held: Any = getattr(room, "work", None)
    if held is None:
        held = makers.homework(of_room(room), [attempts.question(), makers.written()], minutes=1)
        room.paper = makers.handed_in(held, room.pupil, "A", "一段话")  # type: ignore[attr-defined]
        room.work = held  # type: ignore[attr-defined]
    return held  # type: ignore[no-any-return]


def paper(room: Room) -> int:
    work(room)
    return int(room.paper)  # type: ignore[attr-defined]


def at(who: str, ending: str, **values: Any) -> Row:
    def make(room: Room) -> Sent:
        return posts(who, f"/homework/{work(room).id}/{ending}", **values)(room)

    return make


def new(room: Room) -> Sent:
    form = makers.form(of_room(room), [attempts.question()])
    form.pop("once")
    form |= {"classes": room.own.id, "questions": form["questions"][0]}
    return posts("teacher", "/homework/new", **form)(room)


def group(room: Room) -> Sent:
    chosen = ",".join(str(one.id) for one in room.pupils[:2])
    return posts("teacher", "/homework/groups", class_id=room.own.id, name="朗读组", pupils=chosen)(
        room
    )


def phrase_gone(room: Room) -> Sent:
    number = phrase_add(teacher_id=room.teacher.id, text="步骤清楚")
    return posts("teacher", f"/homework/phrases/{number}/remove")(room)


def again(room: Room) -> Sent:
    makers.marked(paper(room), room.teacher)
    makers.returned(work(room), room.teacher)
    return at("pupil", "again")(room)


def given_back(room: Room) -> Sent:
    makers.marked(paper(room), room.teacher)
    return at("teacher", "return")(room)


def signed(room: Room) -> Sent:
    return posts("guardian", f"/child/{room.pupil.id}/homework/{work(room).id}/sign", word="好")(
        room
    )


def saved(room: Room) -> Sent:
    """A save of the desk, as its script sends it."""
    waits = next(one for one in marks_of([paper(room)]) if one.score is None)
    told = {"seq": 9, "word": "很好", "marks": [{"reply": waits.reply_id, "score": "7"}]}
    headers = {
        "Cookie": f"{cookie(signed_in(room.teacher))}; csrftoken={CSRF}", "X-CSRFToken": CSRF,
        "Origin": "http://localhost", "Content-Type": "application/json", "Idempotency-Key": key(),
    }  # fmt: skip
    path = f"/homework/{work(room).id}/mark/{paper(room)}/save"
    return request("POST", path, headers=headers, body=json.dumps(told).encode())


def recorded(who: str, path: str, room: Room) -> Sent:
    sound = SimpleUploadedFile("s", makers.WEBM, "video/webm")
    signed = cookie(signed_in(getattr(room, who)))
    return upload(path, "file", sound, cookie=signed, once=key())


def note(room: Room) -> Sent:
    return recorded("teacher", f"/homework/{work(room).id}/mark/{paper(room)}/voice", room)


def answer(room: Room) -> Sent:
    asked = makers.spoken()
    row = makers.homework(of_room(room), [asked], minutes=1, written=False)
    makers.begun(row, room.pupil)
    return recorded("pupil", f"/homework/{row.id}/record/{asked.id}", room)


def voice_gone(room: Room) -> Sent:
    number = voice_keep(
        by_id=room.teacher.id, copy=makers.copy_of(work(room), room.pupil),
        attempt_id=paper(room), file=makers.recording(), seconds=1,
    )  # fmt: skip
    return posts("teacher", f"/homework/voice/{number}/remove")(room)


HOMEWORK: dict[str, Row] = {
    "homework/new": new,
    "homework/groups": group,
    "homework/phrases": posts("teacher", "/homework/phrases", text="字写得端正"),
    "homework/phrases/<int:phrase_id>/remove": phrase_gone,
    "homework/voice/<int:voice_id>/remove": voice_gone,
    "homework/<int:homework_id>/again": again,
    "homework/<int:homework_id>/record/<int:asked_id>": answer,
    "homework/<int:homework_id>/due": at("teacher", "due", due="2030-01-02T20:00"),
    "homework/<int:homework_id>/extend": at(
        "teacher", "extend", days=7, pupils=lambda room: room.pupil.id
    ),
    "homework/<int:homework_id>/withdraw": at("teacher", "withdraw"),
    "homework/<int:homework_id>/return": given_back,
    "homework/<int:homework_id>/mark/<int:work_id>/save": saved,
    "homework/<int:homework_id>/mark/<int:work_id>/voice": note,
    "child/<int:child_id>/homework/<int:homework_id>/sign": signed,
}

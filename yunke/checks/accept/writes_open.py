"""Addresses that are idempotent by themselves, without a receipt: why, and what may be made once.

Sign-ins, papers with secrets (no receipt may keep them) and resumable uploads. Eight deliveries at
once must break nothing, and what can be spent once is spent once.
"""

import base64
import uuid
from dataclasses import dataclass, field

from django.core import signing

from yunke.base.clock import now
from yunke.checks.accept.writes import Room, Row, Sent, posts, tells
from yunke.checks.living.knocks import CSRF
from yunke.checks.living.load import request
from yunke.checks.living.school import cookie, signed_in
from yunke.ground.people.actions.guardians import guardians_invite
from yunke.ground.people.actions.pairing import pairing_confirm, pairing_find, pairing_open
from yunke.ground.people.door import cards_issue
from yunke.ground.people.tests.makers import PASSWORD, PICTURES, who
from yunke.ground.people.views.pairing import COOKIE as TV
from yunke.school.library.actions.uploads import upload_begin
from yunke.school.library.rules import Chosen


@dataclass(frozen=True)
class Open:
    """``most``: rows that eight deliveries may add, by table; ``good``: at least one succeeds."""

    row: Row
    most: dict[str, int] = field(default_factory=dict)
    good: bool = True


def invited(room: Room) -> str:
    codes = guardians_invite(actor_id=room.head.id, children=room.names(), class_id=room.own.id)
    return codes[room.pupil.id]


def carded(room: Room) -> str:
    tokens = cards_issue(actor_id=room.head.id, persons=room.names(), class_id=room.own.id)
    return tokens[room.pupil.id]


def tv_asks(room: Room) -> Sent:
    """A TV whose phone has said yes asks eight times at once for its one session."""
    code, secret = pairing_open()
    found = pairing_find(code=code, asker=room.pupil.id)
    assert found is not None
    pairing_confirm(who_id=room.pupil.id, pairing_id=found.id, person_id=room.pupil.id)
    return posts("", "/tv/pair/poll", cookies={TV: signing.dumps((code, secret), salt=TV)})(room)


def phone_confirms(room: Room) -> Sent:
    code, _secret = pairing_open()
    return posts("pupil", "/pair", code=code, person=room.pupil.id)(room)


def upload_begins(room: Room) -> Sent:
    return tus(room, "POST", "/uploads", {"Upload-Length": "9", "Upload-Metadata": metadata(room)})


def metadata(room: Room) -> str:
    told = {"lesson": str(room.lesson.id), "kind": "captions", "filename": "a.vtt"}
    told |= {"language": "zh", "modified": "1"}
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in told.items())


def upload_grows(room: Room) -> Sent:
    """The same chunk eight times at once: one writes it, the others hear where it ends."""
    chosen = Chosen(kind="captions", name="a.vtt", size=9, language="zh")
    begun = upload_begin(
        who=who(room.teacher), lesson_id=room.lesson.id, chosen=chosen, modified="1"
    )
    return tus(room, "PATCH", f"/uploads/{begun.id}", {"Upload-Offset": "0"}, b"WEBVTT\n\n")


def acted(room: Room) -> list[dict[str, object]]:
    """What a device kept while it was offline."""
    return [
        {"id": str(uuid.uuid4()), "verb": "lesson.opened", "at": now().isoformat(),
         "lesson": room.lesson.id}
    ]  # fmt: skip


def tus(room: Room, method: str, path: str, told: dict[str, str], body: bytes = b"") -> Sent:
    headers = {
        "Cookie": f"{cookie(signed_in(room.teacher))}; csrftoken={CSRF}", "X-CSRFToken": CSRF,
        "Origin": "http://localhost", "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream", **told,
    }  # fmt: skip
    return request(method, path, headers=headers, body=body)


def papers(path: str) -> Open:
    return Open(posts("head", path, which="all"))


BY_THEMSELVES: dict[str, Open] = {
    "language": Open(posts("", "/language", language="en", next="/")),
    "sign-in": Open(
        posts("", "/sign-in", login=lambda room: room.teacher.login, password=PASSWORD)
    ),
    "sign-in/class": Open(posts("", "/sign-in/class", code=lambda room: room.own.code)),
    "sign-in/class/<int:person_id>": Open(
        posts("", "/sign-in/class/{pupil.id}", chosen=" ".join(PICTURES)), good=False
    ),
    "sign-in/second": Open(posts("teacher", "/sign-in/second", code="000000"), good=False),
    "sign-out": Open(posts("pupil", "/sign-out")),
    "card": Open(posts("", "/card", token=carded)),
    # In the inbox once by its mark, in the tables when the worker takes it.
    "/front/events": Open(tells("pupil", "/front/events", acts=acted)),
    "/front/card": Open(tells("", "/front/card", token=carded)),
    "account/password": Open(
        posts("teacher", "/account/password", now=PASSWORD, new="lake-sun-77", again="lake-sun-77"),
        good=False,
    ),
    "account/second": Open(posts("teacher", "/account/second", code="000000"), good=False),
    "account/second/remove": Open(
        posts("teacher", "/account/second/remove", code="000000"), good=False
    ),
    "class/<int:class_id>/cards/print": papers("/class/{own.id}/cards/print"),
    "class/<int:class_id>/pictures/print": papers("/class/{own.id}/pictures/print"),
    "class/<int:class_id>/guardians/print": papers("/class/{own.id}/guardians/print"),
    "bind": Open(
        posts(
            "teacher", "/bind", code=invited, child=lambda room: room.pupil.name, relation="姑姑"
        ),
        {"people_guardianship": 1},
    ),
    "tv/pair/poll": Open(tv_asks, {"people_session": 1}),
    "pair": Open(phone_confirms),
    "people/person/<int:person_id>/password": Open(
        posts("admin", "/people/person/{teacher.id}/password")
    ),
    "uploads": Open(upload_begins, {"library_upload": 1}),
    "uploads/<int:upload_id>": Open(upload_grows, {"library_upload": 0}),
}

"""Attempts: saved, handed in, carried for somebody else, photographed."""

import base64
import json
import secrets
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import now
from yunke.checks.accept.writes import Room, Row, Sent, posts, tells
from yunke.checks.accept.writes_open import Open
from yunke.checks.living.knocks import upload
from yunke.checks.living.school import cookie, signed_in
from yunke.school.attempts.reads.keys import permit, server_box
from yunke.school.attempts.rules.boxes import box_close, box_public
from yunke.school.attempts.tests import makers
from yunke.school.attempts.tests.pictures import jpeg


def opened(room: Room) -> Any:
    """An attempt of the room's pupil; the same one for every value of a row."""
    row: Any = getattr(room, "attempt", None)
    if row is None:
        row = makers.attempt(by=room.pupil, own=room.own)
        room.attempt = row  # type: ignore[attr-defined]
    return row


def answers(room: Room) -> list[dict[str, Any]]:
    seq = round(now().timestamp() * 1_000_000)
    return [{"question": one, "value": "B", "seq": seq} for one in opened(room).order]


def boxes(room: Room) -> dict[str, str]:
    """A box of the room's pupil that her classmate's session carries."""
    row = opened(room)
    content = {"permit": permit(row.person_id, row.id), "answers": answers(room), "device": "pad"}
    raw = json.dumps(content).encode()
    box = box_close(box_public(server_box()), raw, secrets.token_bytes(12))
    return {secrets.token_hex(8): base64.b64encode(box).decode()}


def form(name: str) -> Row:
    def make(room: Room) -> Sent:
        row = opened(room)
        told = {**{f"q{one}": "B" for one in row.order}, "do": "submit", "back": "/today"}
        return posts("pupil", f"/attempts/{row.id}/{name}", **told)(room)

    return make


def photo(room: Room) -> Sent:
    """The same picture, sent as a page of the script does."""
    picture = SimpleUploadedFile("p.jpg", jpeg(), "image/jpeg")
    path = f"/attempts/{opened(room).id}/photos"
    return upload(path, "photo", picture, cookie=cookie(signed_in(room.pupil)))


def dropped(room: Room) -> Sent:
    row = opened(room)
    kept = makers.photo(row)
    return posts("pupil", f"/attempts/{row.id}/photos/{kept.id}/drop")(room)


def attempt_id(room: Room) -> int:
    return int(opened(room).id)


ATTEMPTS: dict[str, Row] = {"attempts/<int:attempt_id>/hand-in": form("hand-in")}
ATTEMPTS_FRONT: dict[str, Row] = {
    "/front/attempts/save": tells(
        "pupil", "/front/attempts/save", attempt=attempt_id, answers=answers, device="phone"
    ),
    "/front/attempts/submit": tells(
        "pupil", "/front/attempts/submit", attempt=attempt_id, answers=answers, device="phone"
    ),
    "/front/attempts/sealed": tells("teacher", "/front/attempts/sealed", boxes=boxes),
}
# The same picture is the same photograph; what is gone is gone.
ATTEMPTS_OPEN = {
    "attempts/<int:attempt_id>/photos": Open(photo, {"attempts_photo": 1}, good=True),
    "attempts/<int:attempt_id>/photos/<int:photo_id>/drop": Open(
        dropped, {"attempts_photo": 0}, good=True
    ),
}

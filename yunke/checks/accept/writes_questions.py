"""Questions: written, changed, retired, brought in; seen and tried without writing."""

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_open import Open
from yunke.checks.living.knocks import upload
from yunke.checks.living.school import cookie, signed_in
from yunke.school.library.actions.questionfiles import folder_of
from yunke.school.library.models import Question, QuestionFile
from yunke.school.library.tests import makers

FIELDS: dict[str, Any] = {
    "kind": "true-false", "prompt": "地球绕着太阳转。", "right": "true", "subject": "science",
    "grade": "3", "points_worth": "1",
}  # fmt: skip


def written(room: Room) -> Any:
    """A question of the room's teacher; the same one for every value of a row."""
    row: Any = getattr(room, "question", None)
    if row is None:
        school = room.own.school_id
        row = makers.written(room.teacher, school_id=school)
        room.question = row  # type: ignore[attr-defined]
    return row


def on(place: str, **values: Any) -> Row:
    def make(room: Room) -> Sent:
        return posts("teacher", f"/questions/{written(room).id}{place}", **values)(room)

    return make


def sent_file(path: str, field: str, name: str, body: bytes, **fields: str) -> Row:
    """A form with a file; the key travels in the form, as a page's own does."""

    def make(room: Room) -> Sent:
        once = f"questions-file-{room.number:08d}-{field}"
        signed = cookie(signed_in(room.teacher))
        return upload(
            path, field, SimpleUploadedFile(name, body), cookie=signed, once=once, **fields
        )

    return make


def png() -> bytes:
    """One white point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        told = kind + data
        return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def package() -> bytes:
    out = io.BytesIO()
    makers.package(out)
    return out.getvalue()


def read_file(room: Room) -> Sent:
    row = QuestionFile.objects.create(
        person_id=room.teacher.id, school_id=room.own.school_id, name="a.zip", state="read"
    )
    found = folder_of(row.id) / "found.json"
    found.parent.mkdir(parents=True)
    found.write_text('{"brought": [], "missing": []}')
    return posts("teacher", f"/questions/import/{row.id}/write")(room)


QUESTIONS: dict[str, Row] = {
    "questions/new": posts("teacher", "/questions/new", **FIELDS),
    "questions/<int:question_id>": on("", **FIELDS),
    "questions/<int:question_id>/retire": on("/retire"),
    "questions/picture": sent_file("/questions/picture", "picture", "a.png", png()),
    "questions/import": sent_file(
        "/questions/import", "file", "a.zip", package(), subject="maths", grade="3"
    ),
    "questions/import/<int:file_id>/write": read_file,
}
NOTHING = {Question._meta.db_table: 0}
QUESTIONS_OPEN = {
    "questions/preview": Open(posts("teacher", "/questions/preview", **FIELDS), NOTHING),
    "questions/try": Open(
        posts("teacher", "/questions/try", **FIELDS, q0="true"), NOTHING, good=True
    ),
}

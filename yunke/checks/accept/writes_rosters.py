"""The writing addresses of rosters: each row makes a school and a clerk of its own."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import now
from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_open import Open
from yunke.checks.living.knocks import CSRF, upload
from yunke.checks.living.school import cookie, key, signed_in
from yunke.gate.exchange.actions.export import export_ask
from yunke.gate.exchange.actions.upload import import_second_ask
from yunke.gate.exchange.models import Import
from yunke.ground.audit.door import second_decide
from yunke.ground.people.door import Role
from yunke.ground.people.tests import makers as people

LEAVERS = {"code": "leavers", "second": True, "about": {"count": 9, "there": 9}}


def _clerk(room: Room) -> Any:
    """A school of the row's own, its clerk, and a colleague who may decide."""
    there = people.org("school", f"名册{room.number}小学", room.of.school.parent)
    room.clerk = people.staff(there, Role.SCHOOL_ADMIN)  # type: ignore[attr-defined]
    room.second = people.staff(there, Role.SCHOOL_ADMIN)  # type: ignore[attr-defined]
    return there


def _read(room: Room, **more: Any) -> Import:
    """A preview that waits. Its comparison is put away, so the worker can write nothing."""
    there = _clerk(room)
    told = {"state": "read", "reading": 1, "counts": {"all": {"wrong": 0}}, **more}
    clerk = room.clerk  # type: ignore[attr-defined]
    return Import.objects.create(org_id=there.id, made_by=clerk.id, name="名册.csv", **told)


def uploaded(room: Room) -> Sent:
    _clerk(room)
    clerk = room.clerk  # type: ignore[attr-defined]
    table = SimpleUploadedFile("a.csv", b"name,id\r\n", "text/csv")
    return upload(
        "/roster", "file", table, cookie=cookie(signed_in(clerk)), csrfmiddlewaretoken=CSRF,
        once=key(),
    )  # fmt: skip


def _preview(path: str, who: str = "clerk", **values: Any) -> Row:
    def make(room: Room) -> Sent:
        row = _read(room)
        return posts(who, f"/roster/{row.id}/{path}", **values)(room)

    return make


def columns_corrected(room: Room) -> Sent:
    row = _read(room, told={"columns": [["姓名", "name"]]})
    told: dict[str, Any] = {"column-0": "id"}
    return posts("clerk", f"/roster/{row.id}/columns", **told)(room)


def second_asked(room: Room) -> Sent:
    row = _read(room, findings=[LEAVERS])
    return posts("clerk", f"/roster/{row.id}/second", reason="毕业")(room)


def second_decided(room: Room) -> Sent:
    row = _read(room, findings=[LEAVERS])
    clerk = room.clerk  # type: ignore[attr-defined]
    import_second_ask(import_id=row.id, who_id=clerk.id, reason="毕业")
    return posts("second", f"/roster/{row.id}/decide", answer="yes")(room)


def undone(room: Room) -> Sent:
    """Without its numbers, so that the worker's part comes to nothing and counts stay still."""
    row = _read(room, state="done", done_at=now())
    return posts("clerk", f"/roster/{row.id}/undo")(room)


def _asked(room: Room) -> int:
    there = _clerk(room)
    clerk = room.clerk  # type: ignore[attr-defined]
    return export_ask(who_id=clerk.id, school_id=there.id, kind="csv", reason="核对")


def export_asked(room: Room) -> Sent:
    there = _clerk(room)
    return posts("clerk", "/roster/export", school=there.id, kind="csv", reason="核对")(room)


def export_decided(room: Room) -> Sent:
    return posts("second", f"/roster/export/{_asked(room)}/decide", answer="yes")(room)


def export_taken(room: Room) -> Sent:
    number = _asked(room)
    second = room.second  # type: ignore[attr-defined]
    second_decide(id=number, who_id=second.id, given=True)
    return posts("clerk", f"/roster/export/{number}/file")(room)


ROSTERS: dict[str, Row] = {
    "roster": uploaded,
    "roster/<int:import_id>/columns": columns_corrected,
    "roster/<int:import_id>/second": second_asked,
    "roster/<int:import_id>/decide": second_decided,
    "roster/<int:import_id>/write": _preview("write"),
    "roster/<int:import_id>/drop": _preview("drop"),
    "roster/<int:import_id>/undo": undone,
    "roster/export": export_asked,
    "roster/export/<int:second_id>/decide": export_decided,
}
# A consent to hand a roster out is used once, and leaves one line.
ROSTERS_OPEN: dict[str, Open] = {
    "roster/export/<int:second_id>/file": Open(export_taken, {"audit_entry": 1}),
}

"""The writing addresses of people's data and of the second person."""

from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.ground.audit.door import second_ask, second_decide
from yunke.ground.people.door import Role
from yunke.ground.people.tests import makers as people
from yunke.ground.privacy.actions.wishes import bulk_ask, erase_ask
from yunke.ground.privacy.models import Wish


def _colleague(room: Room) -> object:
    """Another administrator of the room's school; nobody decides about the own request."""
    if not hasattr(room, "chief"):
        room.chief = people.staff(room.of.school, Role.SCHOOL_ADMIN)  # type: ignore[attr-defined]
    return room.chief  # type: ignore[attr-defined]


def second_decided(room: Room) -> Sent:
    _colleague(room)
    asked = second_ask(
        who_id=room.admin.id, kind="pupils.read", page="/people", reason="核对",
        about={"pupils": 400}, org_id=room.of.school.id,
    )  # fmt: skip
    return posts("chief", f"/second/{asked}/decide", decision="given")(room)


def erase_taken_back(room: Room) -> Sent:
    wish = erase_ask(who_id=room.guardian.id, person_id=room.pupil.id)
    return posts("guardian", f"/my-data/erase/{wish}/back")(room)


def erase_decided(room: Room) -> Sent:
    wish = erase_ask(who_id=room.guardian.id, person_id=room.pupil.id)
    return posts("admin", f"/data/wish/{wish}/decide", decision="refused", reason="还在读")(room)


def bulk_started(room: Room) -> Sent:
    _colleague(room)
    wish = bulk_ask(who_id=room.admin.id, school_id=room.of.school.id, reason="体检", pupils=3)
    second = Wish.objects.get(id=wish).second_id
    second_decide(id=second, who_id=room.chief.id, given=True)  # type: ignore[attr-defined]
    return posts("admin", f"/data/bulk/{wish}/start")(room)


PUPIL = {"person": lambda room: room.pupil.id}
DATA: dict[str, Row] = {
    "second/pupils": posts("admin", "/second/pupils", pupils="400", reason="核对"),
    "second/<int:second_id>/decide": second_decided,
    "my-data/copy": posts("guardian", "/my-data/copy", **PUPIL),
    "my-data/erase": posts("guardian", "/my-data/erase", **PUPIL),
    "my-data/erase/<int:wish_id>/back": erase_taken_back,
    "data/copy": posts("admin", "/data/copy", reason="转学", **PUPIL),
    "data/bulk": posts("admin", "/data/bulk", reason="体检", school=lambda room: room.of.school.id),
    "data/bulk/<int:wish_id>/start": bulk_started,
    "data/wish/<int:wish_id>/decide": erase_decided,
}

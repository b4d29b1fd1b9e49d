"""The writing addresses of consent, of the legal profile and of wristbands."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import today
from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_open import Open
from yunke.checks.living.knocks import CSRF, upload
from yunke.checks.living.school import cookie, key, signed_in
from yunke.ground.consent.actions.sheets import sheet_enter
from yunke.ground.consent.models import Sheet
from yunke.ground.consent.tests.makers import WRISTBAND, both_say_yes, subject
from yunke.ground.people.door import Role
from yunke.ground.people.tests import makers as people
from yunke.insight.sensing.models import Pulse
from yunke.insight.sensing.tests.makers import data

PAPER: dict[str, Any] = {"relation": "妈妈", "paper_on": lambda room: today().isoformat()}
PAPER[WRISTBAND] = "given"


def sheet_decided(room: Room) -> Sent:
    sheet_enter(
        who_id=room.head.id, subject=subject(room.pupil), class_id=room.own.id,
        school_id=room.of.school.id, relation="妈妈", paper_on=today(),
        answers={WRISTBAND: "given"}, language="zh",
    )  # fmt: skip
    sheet = Sheet.objects.latest("id")
    return posts("admin", f"/consent/sheet/{sheet.id}/decide", decision="given")(room)


def pulse_brought(room: Room) -> Sent:
    """A file, sent as a browser sends it."""
    both_say_yes(room.guardian, room.pupil)
    return upload(
        f"/pulse/{room.pupil.id}/bring", "file", SimpleUploadedFile("a.fit", data()),
        cookie=cookie(signed_in(room.guardian)), csrfmiddlewaretoken=CSRF, once=key(),
    )  # fmt: skip


def a_pulse(room: Room) -> int:
    both_say_yes(room.guardian, room.pupil)
    row = Pulse(person_id=room.pupil.id, brought_by=room.guardian.id, sha256="0", state="ready")
    row.save()
    return row.id


def pulse_deleted(room: Room) -> Sent:
    return posts("guardian", f"/pulse/{room.pupil.id}/{a_pulse(room)}/delete")(room)


def pulses_deleted(room: Room) -> Sent:
    a_pulse(room)
    return posts("guardian", f"/pulse/{room.pupil.id}/delete")(room)


def profile_signed(room: Room) -> Sent:
    room.signer = people.staff(room.of.city, Role.CITY_STAFF)  # type: ignore[attr-defined]
    return posts("signer", "/about-this-site/profile/sign")(room)


def profile_wished(room: Room) -> Sent:
    room.signer = people.staff(room.of.city, Role.CITY_STAFF)  # type: ignore[attr-defined]
    return posts("signer", "/about-this-site/profile/loosen", profile="cn", reason="搬家")(room)


CONSENT: dict[str, Row] = {
    "consent/<int:person_id>/<slug:key>/answer": posts(
        "guardian", f"/consent/{{pupil.id}}/{WRISTBAND}/answer", answer="given", version=1
    ),
    "consent/sheet/<int:sheet_id>/decide": sheet_decided,
    "class/<int:class_id>/consent/<int:person_id>": posts(
        "head", "/class/{own.id}/consent/{pupil.id}", **PAPER
    ),
    "pulse/<int:person_id>/bring": pulse_brought,
    "pulse/<int:person_id>/delete": pulses_deleted,
    "pulse/<int:person_id>/<int:pulse_id>/delete": pulse_deleted,
    "about-this-site/profile/sign": profile_signed,
}
# Nothing is looser than the profile of the demo, so both are refused there.
CONSENT_OPEN: dict[str, Open] = {
    "class/<int:class_id>/consent/print": Open(
        posts("head", "/class/{own.id}/consent/print", pupil=lambda room: room.pupil.id)
    ),
    "about-this-site/profile/loosen": Open(profile_wished, {"audit_second": 0}, good=False),
    "about-this-site/profile/decide": Open(
        posts("teacher", "/about-this-site/profile/decide", decision="given"), good=False
    ),
}

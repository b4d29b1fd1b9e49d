"""A-04: whatever else a write names, only what its form has is written.

Every writing address gets its usual request twice, the second time with the columns of the house
put beside it (role, school, score, released, consent, …). What changes in the database must be the
same. Pages are asked inside a transaction that is rolled back; the front with two equal rooms.
"""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client

from yunke.base.kept import forget_all
from yunke.checks.accept.table import Options
from yunke.checks.accept.writes import FRONT, REPLAYED, City, Room
from yunke.checks.accept.writes_open import BY_THEMSELVES
from yunke.checks.access.front import open_front
from yunke.gate.front.tests import makers as front
from yunke.ground.people.models import Person

EXTRAS: dict[str, str] = {
    "role": "city_staff", "roles": "city_staff", "kind_of": "staff", "is_admin": "1",
    "school": "1", "school_id": "1", "county_id": "1", "city_id": "1", "org_id": "1",
    "class_id": "1", "score": "100", "right": "true", "released": "true", "consent": "given",
    "given": "true", "state": "published", "reach": "city", "author": "1", "author_id": "1",
    "person_id": "1", "pupil_id": "1", "actor_id": "1", "owner": "1", "id": "1", "pk": "1",
    "made_at": "2001-01-01", "left_on": "2001-01-01", "until": "2099-01-01", "since": "2001-01-01",
    "approved": "yes", "decided_by": "1", "download_allowed_by": "1", "verified": "true",
}  # fmt: skip
# Made new by chance or by the clock at every write.
CHANCE = (
    "hash", "token", "salt", "sealed", "before", "uid", "code", "key", "_at", "seen", "password",
    "pictures", "window_ends",
)  # fmt: skip
# An act's own moment, and the seal that covers it.
MOMENT = frozenset({"at", "seal"})
JSON = "application/json"


def a_04(_options: Options) -> dict[str, Any]:
    city = City()
    faults, asked = list[str](), 0
    for pattern, row in [*REPLAYED.items(), *((p, o.row) for p, o in BY_THEMSELVES.items())]:
        if pattern.startswith("/front/"):
            continue
        asked += 1
        sent = _parsed(row(Room(city)))
        if sent["type"] != JSON and (more := _changed(sent, EXTRAS)) != _changed(sent, {}):
            faults.append(f"{pattern}: {sorted(set(more) ^ set(_changed(sent, {})))[:6]}")
    fronted, front_faults = _front(city)
    figures = {"addresses": asked + fronted, "extras": len(EXTRAS),
               "faults": [*faults, *front_faults][:20]}  # fmt: skip
    return {"pass": not faults and not front_faults and asked >= 40, "figures": figures}


def _parsed(sent: bytes) -> dict[str, Any]:
    """The bytes that a browser would send, as their parts."""
    head, _, body = sent.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    method, path, _version = first.split(" ")
    headers = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in rest)}
    pairs = [part.strip().partition("=") for part in headers.get("cookie", "").split(";")]
    return {
        "method": method, "path": path, "body": body, "headers": headers,
        "cookies": {name: value for name, _, value in pairs if name},
        "type": headers.get("content-type", "application/x-www-form-urlencoded"),
    }  # fmt: skip


def _changed(sent: dict[str, Any], extras: dict[str, str]) -> list[tuple[str, ...]]:
    """Every cell that the request changes, as text; then nothing has happened."""
    client = Client(raise_request_exception=False)
    for name, value in sent["cookies"].items():
        client.cookies[name] = value
    body = sent["body"]
    if "form" in sent["type"]:
        told = parse_qsl(body.decode(), keep_blank_values=True)
        names = {name for name, _value in told}
        body = urlencode(told + [(n, v) for n, v in extras.items() if n not in names]).encode()
    named = {k: v for k, v in sent["headers"].items() if k not in {"cookie", "content-length"}}
    with transaction.atomic():
        before = _cells()
        client.generic(sent["method"], sent["path"], body, sent["type"], headers=named)
        after = _cells()
        transaction.set_rollback(True)
    forget_all()
    return sorted(after - before) + sorted(("-", *cell) for cell in before - after)


def _cells() -> set[tuple[str, ...]]:
    """(table, row, column, value) of the whole database, without what chance makes."""
    found: set[tuple[str, ...]] = set()
    for model in apps.get_models():
        names = [f.attname for f in model._meta.concrete_fields if _is_steady(f)]
        for row in model._base_manager.values_list("pk", *names):
            found |= {
                (model._meta.label, str(row[0]), name, str(value))
                for name, value in zip(names, row[1:], strict=True)
            }
    return found


def _is_steady(field: Any) -> bool:
    if isinstance(field, models.BinaryField):
        return False
    return field.name not in MOMENT and not any(part in field.name for part in CHANCE)


def _front(city: City) -> tuple[int, list[str]]:
    """The front keeps what it writes: the extras must not touch people, nor change its answer."""
    faults, asked = list[str](), 0
    with open_front():
        for pattern, row in FRONT.items():
            asked += 1
            plain, more = _parsed(row(Room(city))), _parsed(row(Room(city)))
            people = list(Person.objects.order_by("id").values_list("id", "kind", "left_on"))
            first, second = _told(plain, {}), _told(more, EXTRAS)
            if first.status != second.status:
                faults.append(f"{pattern}: {first.status} and {second.status}")
            if people != list(Person.objects.order_by("id").values_list("id", "kind", "left_on")):
                faults.append(f"{pattern}: people changed")
    return asked, faults


def _told(sent: dict[str, Any], extras: dict[str, str]) -> front.Heard:
    value = json.loads(sent["body"] or b"{}")
    # A note's own number is a field of its form.
    told = {**{n: v for n, v in extras.items() if n != "id"}, **value}
    return front.send(
        sent["path"], told, token=sent["cookies"].get(settings.SESSION_COOKIE_NAME, "")
    )

"""The demo's accounts, shown on the sign-in page of a demo and nowhere else."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class DemoAccount:
    """A fictional person to try; ``way`` is child or password. Written by the demo's maker."""

    who_zh: str = ""
    who_en: str = ""
    way: str = "password"
    login: str = ""
    password: str = ""
    code: str = ""
    animal: str = ""
    pictures: tuple[str, ...] = ()
    totp: str = ""
    person_id: int = 0


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts of ``demo.json`` beside the database; none outside a demo.

    The file is a list of objects with DemoAccount's names; others are passed over.
    """
    path = settings.DATA / "demo.json"
    if not settings.DEMO or not path.is_file():
        return ()
    return tuple(_account(row) for row in json.loads(path.read_text()))


def _account(row: dict[str, Any]) -> DemoAccount:
    known = {name: row[name] for name in DemoAccount.__dataclass_fields__ if row.get(name)}
    return DemoAccount(**{**known, "pictures": tuple(known.get("pictures", ()))})

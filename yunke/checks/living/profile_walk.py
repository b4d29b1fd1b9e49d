"""Inside a process of one legal profile: every page for everybody, and what exists of a wristband.

``python -m yunke.site.part yunke.checks.living.profile_walk`` prints one JSON line; with
``agree NAME`` two persons of the city agree to a looser profile.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from yunke.base.capability import CAPABILITIES
from yunke.checks.house.pages import views
from yunke.ground.audit.door import seconds_waiting
from yunke.ground.consent.door import profile_loosen_ask, profile_loosen_decide
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import signed_in
from yunke.ground.people.values import Role
from yunke.site.existing import existing_all

# Whatever could look at a face or a voice; none may be loaded under a strict profile.
INFERENCE = ("onnxruntime", "torch", "tensorflow", "mediapipe", "cv2", "fitdecode")
WHO = ("pupil", "guardian", "teacher", "head", "admin", "city_staff")


def main(words: list[str]) -> int:
    settings.ALLOWED_HOSTS = ["*"]
    opened: list[str] = []
    models = str(Path(settings.DATA) / "models")

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).startswith(models):
            opened.append(Path(str(arguments[0])).name)

    sys.addaudithook(watch)
    told = agree(words[1]) if words[:1] == ["agree"] else walk()
    told["models_opened"] = sorted(set(opened) - {"registry.json"})
    print(json.dumps(told))
    return 0


def walk() -> dict[str, Any]:
    """Open every page without a number in its address as everybody; rows are taken back."""
    with transaction.atomic():
        cast = makers.cast(grade=3)
        wrong, pages = [], 0
        for name in ("", *WHO):
            client = signed_in(getattr(cast, name)) if name else Client()
            client.raise_request_exception = False
            for address, _view in views():
                if "<" in address:
                    continue
                status = client.get(address).status_code
                pages += status == 200
                if status >= 500:
                    wrong.append(f"{name or 'stranger'} {address} {status}")
        pulse = signed_in(cast.guardian).get("/pulse").status_code
        transaction.set_rollback(True)
    found = existing_all(CAPABILITIES)["wristband"]
    return {
        "profile": settings.PROFILE, "wrong": wrong, "pages": pages, "pulse_page": pulse,
        "wristband": asdict(found), "loaded": [name for name in INFERENCE if name in sys.modules],
    }  # fmt: skip


@transaction.atomic
def agree(profile: str) -> dict[str, Any]:
    for _ in range(1000):  # other names than those of the walk that comes after
        next(makers._numbers)
    city = makers.org("city", "云州市")
    first, second = (makers.staff(city, Role.CITY_STAFF, name) for name in ("甲", "乙"))
    profile_loosen_ask(who_id=first.id, city_id=city.id, profile=profile, reason="搬家")
    (asked,) = seconds_waiting()
    profile_loosen_decide(
        asked=asked, who_id=second.id, name=second.name, given=True, reason="", asker=first.name
    )
    return {"agreed": profile}

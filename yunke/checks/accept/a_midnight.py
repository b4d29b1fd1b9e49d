"""A-20: at midnight after somebody's last day every door is closed: page, front, file and TV.

It stands in one process, so that its clock can pass midnight.
"""

import os
import time
from datetime import timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import at, now, today
from yunke.checks.accept.a_life import put
from yunke.checks.accept.a_life_cases import leave
from yunke.checks.accept.table import Options
from yunke.checks.living.school import key
from yunke.gate.front.tests.makers import ask as knock
from yunke.gate.front.tests.makers import token as front_token
from yunke.ground.people.actions.unused import unused_report
from yunke.ground.people.models import Person, Unused
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast
from yunke.school.lessons.tests import makers as lessons


def a_20(options: Options) -> dict[str, Any]:
    """Midnight of somebody's last day, signed in on a page, at the front, on a TV."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    c = people.cast(pupils_in_class=1)
    day = today() + timedelta(days=1)
    lesson = lessons.taught(c.teacher, grade=1)
    hour, file = lessons.along(c, lesson).id, put(lesson.id)
    tokens = {way: front_token(c.teacher) for way in ("page", "front", "tv")}
    leave(c, c.teacher, day)
    midnight = at(day, now().min.time())
    with time_machine.travel(midnight - timedelta(seconds=2), tick=False):
        alive = doors(c, tokens, hour, file)
    time.sleep(1.0)  # what was believed a moment ago is asked anew
    with time_machine.travel(midnight, tick=False):
        dead = doors(c, tokens, hour, file)
    people_old = Person.objects.filter(id=c.other_teacher.id)
    people_old.update(made_at=now() - timedelta(days=100))
    unused_report(c.school.id, today())
    named = Unused.objects.filter(person_id=c.other_teacher.id).exists()
    figures = {
        "open_before": sum(alive.values()), "doors": len(alive),
        "open_at_the_instant": [name for name, is_open in dead.items() if is_open],
        "closed_before": [name for name, is_open in alive.items() if not is_open],
        "unused_reported": named,
        "bearer_tokens_of_people": "none: feeds are open and hold no person's data",
    }  # fmt: skip
    return {"pass": all(alive.values()) and not any(dead.values()) and named, "figures": figures}


def doors(c: Cast, tokens: dict[str, str], hour: int, file: str) -> dict[str, bool]:
    """Which doors open for the leaver now."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = tokens["page"]
    pages = {
        page: client.get(page).status_code == 200
        for page in (f"/class/{c.one.id}", "/make", "/account", "/account/log")
    }
    password = {"login": c.teacher.login, "password": people.PASSWORD}
    drive = knock(
        "POST", f"/front/along/{hour}", token=tokens["front"], body=b"{}",
        origin="http://localhost", host="localhost", content_type="application/json",
        idempotency_key=key(),
    )  # fmt: skip
    return {
        **pages,
        "sign in": Client().post("/sign-in", password).status_code == 303,
        "file": knock("GET", "/front/media-check", token=tokens["front"], x_forwarded_uri=file)
        .status == 204,
        # Whoever may drive is let through to the writer, which does not run in this process.
        "drive the hour": drive.status not in {401, 403, 404},
        "tv": _tv(tokens["tv"]),
    }  # fmt: skip


def _tv(token: str) -> bool:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = token
    return client.get("/account").status_code == 200

"""The front's addresses in the same table: asked at the ASGI application itself.

What they write stays, so they are asked last. Addresses are the patterns of the front's own
table; whatever method is not theirs is not found.
"""

import asyncio
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from yunke.base.clock import now
from yunke.checks.access.world import PARAMS, Spot
from yunke.gate.front.app import NUMBERED, PLAIN
from yunke.gate.front.events import box
from yunke.gate.front.table import table
from yunke.gate.front.tests import makers as front
from yunke.school.attempts.models import Attempt

ALONG = r"/front/along/(\d{1,18})"
STANDING = r"/front/attempts/(\d{1,18})"
SEGMENT = "/media/lessons/{0.id}/{0.asset.id}/720/00001.m4s"


def routes() -> list[str]:
    # A card ends the session that the browser had before: asked last.
    found = {route.path for route in (*PLAIN, *NUMBERED)}
    return sorted(found, key=lambda path: (path == "/front/card", path))


@contextmanager
def open_front() -> Iterator[None]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    table.hold()
    box.start()
    try:
        with front.writing():
            yield
    finally:
        box.stop()


def ask(route: str, method: str, spot: Spot, of: str, token: str) -> str:
    """The letter of the front's answer."""
    front.forget()
    status = ASKS.get((route, method), _plain)(spot, of, token, route, method)
    if status >= 500:
        return "E"
    return "N" if status in {401, 403, 404, 405} else "Y"


def _plain(_spot: Spot, _of: str, token: str, route: str, method: str) -> int:
    path = route.replace(r"(\d{1,18})", "1")
    sent = {name: text for name, text in front.OWN.items() if name != "host"}
    headers = {name.replace("-", "_"): text for name, text in sent.items()}
    return front.ask(method, path, token=token, **headers).status


def _told(value: Callable[[Spot], Any]) -> Any:
    def asked(spot: Spot, _of: str, token: str, route: str, _method: str) -> int:
        return front.send(route, value(spot), token=token).status

    return asked


def _media(spot: Spot, of: str, token: str, route: str, _method: str) -> int:
    lesson = spot.draft if of == "draft" else spot.lesson
    path = SEGMENT.format(lesson)
    return front.ask("GET", route, token=token, x_forwarded_uri=path).status


def _drive(spot: Spot, _of: str, token: str, _route: str, _method: str) -> int:
    return front.send(f"/front/along/{spot.along}", {"position": 3, "playing": True},
                      token=token).status  # fmt: skip


def _events(spot: Spot, _of: str, token: str, _route: str, _method: str) -> int:
    async def first() -> int:
        async with front.listening(f"/front/along/{spot.along}/events", token=token) as line:
            for _n in range(100):
                if line.status:
                    break
                await asyncio.sleep(0.02)
            return line.status

    return asyncio.run(first())


def _answer(spot: Spot) -> dict[str, Any]:
    return {"lesson": spot.lesson.id, "answers": [{"task": spot.lesson.task.id, "value": "B"}]}


def _given(spot: Spot) -> dict[str, Any]:
    number = PARAMS["attempt_id"](spot, "")
    order = Attempt.objects.get(id=number).order
    return {"attempt": number, "answers": [{"question": order[0], "value": "B", "seq": 5}]}


def _standing(spot: Spot, _of: str, token: str, _route: str, _method: str) -> int:
    return front.ask(
        "GET", f"/front/attempts/{PARAMS['attempt_id'](spot, '')}", token=token
    ).status  # fmt: skip


def _acts(_spot: Spot) -> dict[str, Any]:
    """A phone tells what was watched; whoever sends it, it is the sender's own."""
    act = {"id": str(uuid.uuid4()), "verb": "video.progressed", "at": now().isoformat()}
    return {"acts": [{**act, "lesson": 1, "seconds": 60}]}


ASKS: dict[tuple[str, str], Any] = {
    ("/front/media-check", "GET"): _media,
    ("/front/presence", "POST"): _told(lambda spot: {}),
    ("/front/progress", "POST"): _told(
        lambda spot: {"lesson": spot.lesson.id, "position": 3, "ranges": [[0, 3]], "of": 120}
    ),
    ("/front/notes", "POST"): _told(
        lambda spot: {"lesson": spot.lesson.id, "at": 3, "text": "重点"}
    ),
    ("/front/answers", "POST"): _told(_answer),
    ("/front/attempts/save", "POST"): _told(_given),
    ("/front/attempts/submit", "POST"): _told(_given),
    ("/front/attempts/sealed", "POST"): _told(lambda spot: {"boxes": {"a": "AAAA"}}),
    (STANDING, "GET"): _standing,
    ("/front/card", "POST"): _told(lambda spot: {"token": spot.card}),
    ("/front/events", "POST"): _told(_acts),
    (ALONG, "POST"): _drive,
    (f"{ALONG}/events", "GET"): _events,
}
# Addresses whose answer depends on what they name.
ALONE = {"/front/presence", "/front/events", "/front/attempts/sealed"}
PLACED = {route for route, _method in ASKS} - ALONE

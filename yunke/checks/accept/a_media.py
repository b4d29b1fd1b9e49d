"""A-08: a lesson's files for those who may have them, for as long as they may; else nothing.

Everything goes through the one address: Caddy asks the front about every request and range.
"""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from yunke.base.clock import now, today
from yunke.checks.accept.table import Options
from yunke.checks.living.school import School, cookie, school, signed_in
from yunke.checks.living.serving import House, ask, serving
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.tests import makers as lessons

SECOND = 1.1  # what was allowed a second ago may be refused by now
FILES = {
    "hls/720/index.m3u8": b"#EXTM3U\n",
    "hls/720/00001.m4s": b"s" * 5000,
    "hls/720/00002.m4s": b"t" * 5000,
    "poster.jpg": b"\xff\xd8\xff",
    "zh.vtt": b"WEBVTT\n",
    "slides/1.png": b"\x89PNG",
    "download/film.mp4": b"m" * 5000,
}
SEGMENT = "hls/720/00001.m4s"


class Shelf:
    """The files of lessons, and who asks for them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.failures: dict[str, int] = {}
        self.checks = 0

    def put(self, lesson: Any) -> str:
        """Files of a lesson as publishing leaves them; gives the address of its folder."""
        folder = Path(os.environ["YUNKE_DATA"]) / "media" / "lessons" / str(lesson.id) / "1"
        for name, data in FILES.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return f"/media/lessons/{lesson.id}/1/"

    def expect(
        self, name: str, path: str, token: str, wanted: set[int], **headers: str
    ) -> tuple[int, dict[str, str]]:
        status, found, _body = ask(
            self.house.port, path, cookie=cookie(token) if token else "", headers=headers
        )
        self.checks += 1
        if status not in wanted:
            self.failures[name] = status
        return status, found


YES, NO = {200, 206}, {401, 403, 404}


def a_08(options: Options) -> dict[str, Any]:
    made = school(pupils=2)
    open_lesson = lessons.taught(made.teacher, grade=3)
    draft = lessons.taught(made.teacher, grade=3, published=False)
    with serving() as house:
        shelf = Shelf(house)
        at, hidden = shelf.put(open_lesson), shelf.put(draft)
        allowed(shelf, made, at, hidden)
        strangers(shelf, made, at, hidden)
        odd_paths(shelf, made, at)
        no_longer(shelf, made, at, open_lesson)
    figures = {"checks": shelf.checks, "failures": shelf.failures}
    return {"pass": not shelf.failures and shelf.checks >= 40, "figures": figures}


def allowed(shelf: Shelf, made: School, at: str, hidden: str) -> None:
    """What must work, or a refusal would prove nothing."""
    child = made.tokens[0]
    for name in ("hls/720/index.m3u8", SEGMENT, "poster.jpg", "zh.vtt", "slides/1.png"):
        shelf.expect(f"allowed {name}", at + name, child, YES)
    status, found = shelf.expect("range", at + SEGMENT, child, {206}, Range="bytes=10-19")
    if status == 206 and found.get("content-range") != "bytes 10-19/5000":
        shelf.failures["range header"] = status
    for name, wanted in (("x-content-type-options", "nosniff"), ("cache-control", "private")):
        if wanted not in found.get(name, ""):
            shelf.failures[name] = status
    shelf.expect("the author's own draft", hidden + SEGMENT, signed_in(made.teacher), YES)


def strangers(shelf: Shelf, made: School, at: str, hidden: str) -> None:
    """Nobody, somebody with a made-up token, a guess of the next segment, what is not published."""
    child = made.tokens[0]
    for name in ("hls/720/index.m3u8", SEGMENT, "hls/720/00002.m4s", "zh.vtt", "slides/1.png"):
        shelf.expect(f"nobody {name}", at + name, "", NO)
        shelf.expect(f"made-up token {name}", at + name, "x" * 43, NO)
    shelf.expect("other range", at + SEGMENT, "", NO, Range="bytes=100-200")
    shelf.expect("last byte", at + SEGMENT, "", NO, Range="bytes=-1")
    for name in FILES:
        shelf.expect(f"not published {name}", hidden + name, child, NO)
        shelf.expect(f"not published, nobody, {name}", hidden + name, "", NO)
    shelf.expect("download not allowed", at + "download/film.mp4", child, NO)
    shelf.expect("part of a download", at + "download/film.mp4", child, NO, Range="bytes=0-9")
    shelf.expect("another asset's number", at.replace("/1/", "/2/") + SEGMENT, child, NO)


def odd_paths(shelf: Shelf, made: School, at: str) -> None:
    """The key, the database and the folders are not media."""
    child = made.tokens[0]
    for path in (
        "/media/../secret.key", "/media/%2e%2e/secret.key", "/media/..%2fsecret.key",
        at + "../../../../secret.key", at + "..%2f..%2f..%2f..%2fyunke.sqlite3", "/media/",
        "/media/lessons/", at, at + "hls/", "/static/../secret.key", "/static/%2e%2e/secret.key",
        "/media/uploads/1.part", "/media//" + at[7:] + SEGMENT, at + "hls/720/%2e%2e/720/00001.m4s",
    ):  # fmt: skip
        shelf.expect(f"odd {path}", path, child, {*NO, 301, 302, 308})


def no_longer(shelf: Shelf, made: School, at: str, lesson: Any) -> None:
    """After the session ran out, was revoked, its pupil left, the lesson was withdrawn."""
    first, second = made.pupils
    ended = now() - timedelta(seconds=1)
    for name, change in (("after expiry", {"expires_at": ended}), ("after revocation", {})):
        token = signed_in(first)
        shelf.expect(f"before {name}", at + SEGMENT, token, YES)
        _sessions(first, **change)
        time.sleep(SECOND)
        shelf.expect(name, at + SEGMENT, token, NO)
        shelf.expect(f"{name}, a range", at + SEGMENT, token, NO, Range="bytes=0-1")
    token = made.tokens[1]
    shelf.expect("before leaving", at + SEGMENT, token, YES)
    first.__class__.objects.filter(id=second.id).update(left_on=today())
    time.sleep(SECOND)
    shelf.expect("after leaving", at + SEGMENT, token, NO)
    token = signed_in(people.pupil(made.classes[0]))
    shelf.expect("before withdrawal", at + SEGMENT, token, YES)
    lesson.__class__.objects.filter(id=lesson.id).update(state="withdrawn")
    time.sleep(SECOND)
    for name in FILES:
        shelf.expect(f"after withdrawal {name}", at + name, token, NO)


def _sessions(somebody: Any, **change: Any) -> None:
    """Change the person's sessions, or end them."""
    rows = somebody.sessions.all()
    if change:
        rows.update(**change)
    else:
        rows.delete()
    connection.close()

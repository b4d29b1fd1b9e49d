"""``./run bench publish``: seconds from the last byte of a lesson to its first playable segment.

A ten-minute 720p H.264/AAC lesson is made once and kept, sent in chunks of 8 MB through the real
address (Caddy, pages, worker), and asked for as a player would: the master playlist, the rung, its
init segment, the first segment. Then the ladder's speed on two cores, and what a teacher would
have waited had we transcoded first.
"""

import base64
import http.client
import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from yunke.base.models import Job
from yunke.checks.living.serving import House, serving
from yunke.craft.formats import ffmpeg
from yunke.craft.formats.hls import segments_of
from yunke.ground.people.door import session_open
from yunke.ground.people.tests import makers as people
from yunke.school.library.actions import files
from yunke.school.library.tests import makers

SECONDS = 600
SAMPLE = 60  # seconds of film that are transcoded for the ratio
CHUNK = 8 << 20
PATIENCE = 420.0
MARK_WATCHABLE, MARK_LADDER = 3.0, 2.0


@dataclass(frozen=True)
class Teacher:
    """A signed-in teacher on the wire."""

    port: int
    cookie: str

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> "tuple[int, dict[str, str], bytes]":
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            told = {
                "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}; csrftoken={TOKEN}",
                "X-CSRFToken": TOKEN,
                "Tus-Resumable": "1.0.0",
            }
            line.request(method, path, body=body, headers=told | (headers or {}))
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            line.close()


TOKEN = "publishbench0" * 2 + "abcdef"  # 32 characters, as Django's own


def run(options: dict[str, Any]) -> dict[str, Any]:
    film = lesson_film(SECONDS)
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher)
    token = session_open(person=cast.teacher, device="bench", registered=True, way="password")
    with serving() as house:
        teacher = Teacher(house.port, token)
        sent = upload(teacher, lesson.id, film)
        figures = {**sent, **ladder(house, teacher, lesson.id)}
    figures |= {"film_mb": round(film.stat().st_size / 2**20, 1), "film_s": SECONDS}
    copied, encoded = copy_seconds(film), encode_seconds()
    figures |= {"copy_s": copied, "encode_first_s": encoded}
    marks = {
        "watchable_within_3_s": sent["watchable_s"] <= MARK_WATCHABLE,
        "ladder_twice_real_time": figures["ladder_x_real_time"] >= MARK_LADDER,
    }
    ratios = {"copy_to_transcode": round(encoded / copied, 1)}
    return {"figures": figures, "ratios": ratios, "marks": marks, "pass": all(marks.values())}


def lesson_film(seconds: int) -> Path:
    """The film, made once a machine: a board that changes slowly, a voice-like sound."""
    kept = Path(tempfile.gettempdir()) / "yunke-bench"
    kept.mkdir(exist_ok=True)
    film = kept / f"lesson-{seconds}-720p.mp4"
    if not film.exists():
        made = film.with_suffix(".part.mp4")
        subprocess.run(
            [
                files.ffmpeg_program(), "-hide_banner", "-loglevel", "error", "-y",
                "-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=25:duration={seconds}",
                "-f", "lavfi", "-i", f"anoisesrc=color=pink:amplitude=0.1:duration={seconds}",
                "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "1500k", "-g", "50",
                "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-shortest", str(made),
            ],
            check=True,
        )  # fmt: skip
        made.rename(film)
    return film


def upload(teacher: Teacher, lesson: int, film: Path) -> dict[str, Any]:
    """Send the film and wait until a player could start."""
    size = film.stat().st_size
    began = time.monotonic()
    address = begin(teacher, lesson, film, size)
    with film.open("rb") as file:
        offset = 0
        while chunk := file.read(CHUNK):
            headers = {
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            }
            status, told, _body = teacher.ask("PATCH", address, headers, chunk)
            assert status == 204, (status, _body[:200])
            offset = int(told["Upload-Offset"])
    ended = time.monotonic()
    playable(teacher, address, lesson)
    watchable = time.monotonic() - ended
    return {
        "upload_mb_s": round(size / 2**20 / (ended - began), 1),
        "watchable_s": round(watchable, 2),
    }


def begin(teacher: Teacher, lesson: int, film: Path, size: int) -> str:
    told = {"lesson": str(lesson), "kind": "video", "filename": film.name, "modified": "1"}
    pairs = [f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items()]
    status, headers, body = teacher.ask(
        "POST", "/uploads", {"Upload-Length": str(size), "Upload-Metadata": ",".join(pairs)}
    )
    assert status == 201, (status, body[:300])
    return headers["Location"]


def playable(teacher: Teacher, address: str, lesson: int) -> None:
    """Ask as a player does, until the first segment of the first rung is there."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        status, _headers, body = teacher.ask("GET", address)
        told = json.loads(body)
        assert status == 200, told
        if told["state"] == "ready":
            return first_segment(teacher, f"/media/lessons/{lesson}/{told['asset']}/")
        time.sleep(0.05)
    raise TimeoutError("not watchable within two minutes")


def first_segment(teacher: Teacher, folder: str) -> None:
    master = got(teacher, folder + "master.m3u8").decode()
    rung = next(line for line in master.splitlines() if line and not line.startswith("#"))
    playlist = got(teacher, folder + rung).decode()
    base = folder + rung.rpartition("/")[0] + "/"
    assert b"moov" in got(teacher, base + "init.mp4")
    assert b"moof" in got(teacher, base + segments_of(playlist)[0][0])


def got(teacher: Teacher, path: str) -> bytes:
    status, _headers, body = teacher.ask("GET", path)
    assert status == 200, (path, status)
    return body


def ladder(house: House, teacher: Teacher, lesson: int) -> dict[str, Any]:
    """Wait for both smaller sizes; how fast they came, as seconds of film a second."""
    deadline = time.monotonic() + PATIENCE
    began = 0.0
    while time.monotonic() < deadline:
        job = Job.objects.filter(name="library.rungs").first()
        if job and job.state == Job.State.RUNNING and not began:
            began = time.monotonic()
        if job and job.state == Job.State.DONE:
            spent = time.monotonic() - began
            return {"ladder_s": round(spent, 1), "ladder_x_real_time": round(SECONDS / spent, 2)}
        if job and began and time.monotonic() - began > PATIENCE - 60:
            return {
                "ladder_s": -1.0,
                "ladder_x_real_time": round(job.share * SECONDS / PATIENCE, 2),
            }
        time.sleep(0.2)
    return {"ladder_s": -1.0, "ladder_x_real_time": 0.0}


def copy_seconds(film: Path) -> float:
    """The remux alone, on this machine, in this run."""
    found, streams = files.look(film)
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        files.hls_copy(film, found, streams, Path(folder))
        return round(time.monotonic() - began, 2)


def encode_seconds() -> float:
    """Had the lesson been transcoded first: a minute of it at full size, times ten."""
    sample = lesson_film(SAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        sizes = [(ffmpeg.Size(720, 2_500_000), Path(folder))]
        began = time.monotonic()
        command = ffmpeg.encode(sample, sizes, audio="aac")
        subprocess.run([files.ffmpeg_program(), *command], check=True, capture_output=True)
        return round((time.monotonic() - began) * SECONDS / SAMPLE, 1)

"""From the last byte to something to watch: a copy at once, smaller sizes by jobs, once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client

from yunke.base.clock import now
from yunke.base.jobs import JobLost, run_one, take
from yunke.base.models import Job
from yunke.craft.formats.hls import segments_of, whole
from yunke.craft.formats.tests import corpus
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library import jobs
from yunke.school.library.actions import files
from yunke.school.library.actions.publish import upload_publish
from yunke.school.library.actions.uploads import uploads_folder
from yunke.school.library.models import Asset, Lesson, Rung
from yunke.school.library.reads.full import lesson_full
from yunke.school.library.tests import makers, tus

pytestmark = pytest.mark.django_db
assert jobs.publish


@pytest.fixture
def cast() -> Any:
    return people.cast()


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(author=cast.teacher, download_allowed=True, published=False)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


def sent(client: Client, lesson: Lesson, path: Path, name: str = "") -> str:
    answer = tus.send(client, lesson.id, name or path.name, path.read_bytes())
    assert answer.status_code == 204
    return str(answer.address)


def master(media: Path, lesson: Lesson) -> str:
    asset = Asset.objects.get(kind="video")
    return (media / f"lessons/{lesson.id}/{asset.id}/master.m3u8").read_text()


def test_an_h264_film_is_watchable_after_one_quick_job(
    client: Any, lesson: Any, media: Any
) -> None:
    address = sent(client, lesson, makers.video())
    assert run_one(slow=False)
    assert client.get(address).json()["state"] == "ready"
    Lesson.objects.update(state=Lesson.State.PUBLISHED, reach="city")
    full = lesson_full(lesson.id, None)
    assert full is not None
    folder = (media / full.playlist.removeprefix("/media/")).parent
    playlist = (folder / "top/index.m3u8").read_text()
    assert whole(playlist)
    assert sum(seconds for _name, seconds in segments_of(playlist)) == pytest.approx(10, abs=0.3)
    assert all((folder / "top" / name).stat().st_size for name, _s in segments_of(playlist))
    assert "RESOLUTION=852x480" in master(media, lesson)
    assert 'CODECS="avc1.' in master(media, lesson)
    assert (folder / "poster.jpg").is_file()
    assert (
        media / full.download.removeprefix("/media/")
    ).read_bytes() == makers.video().read_bytes()
    assert list(uploads_folder().iterdir()) == []


def test_the_upload_is_an_event_of_its_teacher(client: Any, lesson: Any, cast: Any) -> None:
    sent(client, lesson, makers.video())
    run_one(slow=False)
    event = Event.objects.get(verb="lesson.uploaded")
    assert (event.actor_id, event.lesson_id) == (cast.teacher.id, lesson.id)
    assert event.result["kind"] == "video"


def test_smaller_sizes_follow_in_the_slow_lane(client: Any, lesson: Any, media: Any) -> None:
    sent(client, lesson, makers.video(height=720, seconds=12))
    run_one(slow=False)
    assert not run_one(slow=False)
    assert run_one(slow=True)
    assert Job.objects.get(name="library.rungs").state == Job.State.DONE
    heights = [
        line.split("x")[1].split(",")[0]
        for line in master(media, lesson).splitlines()
        if "RESOLUTION" in line
    ]
    assert heights == ["720", "480", "360"]
    Lesson.objects.update(state=Lesson.State.PUBLISHED, reach="city")
    full = lesson_full(lesson.id, None)
    assert full is not None
    assert full.heights == (720, 480, 360)
    phone = media / full.download_phone.removeprefix("/media/")
    assert phone.stat().st_size == Rung.objects.get(height=360).file_bytes > 0
    streams = files.look(phone)[1]
    assert (streams.height, streams.video, streams.audio) == (360, "h264", "aac")
    asset = Asset.objects.get()
    assert len(asset.sha256) == 64


def test_the_rungs_begin_at_the_same_seconds(client: Any, lesson: Any, media: Any) -> None:
    """A player that changes the size goes on where it was."""
    sent(client, lesson, makers.video(height=720, seconds=12))
    run_one(slow=False)
    run_one(slow=True)
    folder = media / f"lessons/{lesson.id}/{Asset.objects.get().id}"
    starts = [
        [seconds for _n, seconds in segments_of((folder / size / "index.m3u8").read_text())]
        for size in ("480", "360")
    ]
    assert starts[0] == pytest.approx(starts[1], abs=0.05)


def test_a_film_that_browsers_cannot_play_waits_for_its_conversion(
    client: Any, lesson: Any, media: Any
) -> None:
    address = sent(client, lesson, makers.video(codec="libvpx", suffix=".webm", seconds=4))
    run_one(slow=False)
    assert client.get(address).json()["state"] == "preparing"
    assert lesson_full(lesson.id, people.who(lesson.author)).playlist == ""
    assert run_one(slow=True)
    assert client.get(address).json()["state"] == "ready"
    assert 'CODECS="avc1.' in master(media, lesson)
    asset = Asset.objects.get()
    assert asset.codecs == "vp8 opus"
    assert (media / f"lessons/{lesson.id}/{asset.id}" / asset.file).suffix == ".webm"


def test_a_conversion_that_cannot_be_done_says_why(
    client: Any, lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(client, lesson, makers.video(codec="libvpx", suffix=".webm", seconds=4))
    run_one(slow=False)
    asset = Asset.objects.get()
    source = files.asset_folder(lesson.id, asset.id) / asset.file
    source.write_bytes(b"\x1aE\xdf\xa3 a disk went bad")
    run_one(slow=True)
    asset.refresh_from_db()
    assert (asset.state, asset.reason) == (Asset.State.REFUSED, "not-convertible")
    assert Job.objects.get(name="library.convert").state == Job.State.FAILED


def test_a_newer_film_takes_the_place_and_the_older_one_stays(client: Any, lesson: Any) -> None:
    sent(client, lesson, makers.video())
    run_one(slow=False)
    first = Asset.objects.get()
    sent(client, lesson, makers.video(seconds=4), "新.mp4")
    run_one(slow=False)
    lesson.refresh_from_db()
    assert lesson.video_id != first.id
    assert Asset.objects.filter(state=Asset.State.READY).count() == 2


def test_slides_become_pages_to_look_at_and_a_file_to_take(
    client: Any, lesson: Any, media: Any
) -> None:
    answer = tus.send(client, lesson.id, "板书.pdf", corpus.pdf(3), kind="courseware")
    run_one(slow=False)
    assert client.get(answer.address).json()["state"] == "ready"
    Lesson.objects.update(state=Lesson.State.PUBLISHED, reach="city")
    full = lesson_full(lesson.id, None)
    assert full is not None
    [slides] = full.courseware
    assert (slides.title, slides.pages, len(slides.pictures)) == ("板书", 3, 3)
    for url in (*slides.pictures, slides.url):
        assert (media / url.removeprefix("/media/")).is_file()


def test_captions_are_cleaned_and_the_newest_of_a_language_is_shown(
    client: Any, lesson: Any, media: Any
) -> None:
    for text in (corpus.CAPTIONS, corpus.CAPTIONS.replace("春眠不觉晓", "新的一句")):
        tus.send(
            client, lesson.id, f"{len(text)}.vtt", text.encode(), kind="captions", language="zh"
        )
        run_one(slow=False)
    Lesson.objects.update(state=Lesson.State.PUBLISHED, reach="city")
    full = lesson_full(lesson.id, None)
    assert full is not None
    [track] = full.tracks
    assert "新的一句" in (media / track.url.removeprefix("/media/")).read_text()


def test_overlapping_captions_name_their_lines_and_change_nothing(
    client: Any, lesson: Any, media: Any
) -> None:
    answer = tus.send(
        client, lesson.id, "字幕.vtt", corpus.OVERLAP.encode(), kind="captions", language="zh"
    )
    run_one(slow=False)
    told = client.get(answer.address)
    assert told.status_code == 422
    assert told.json()["code"] == "overlap:6:3"
    assert "第 6 行" in told.json()["reason"]
    assert "第 3 行" in told.json()["reason"]
    assert Asset.objects.count() == 0


def test_a_new_film_of_a_published_lesson_waits_for_its_publication(
    client: Any, lesson: Any
) -> None:
    first = sent(client, lesson, makers.video())
    run_one(slow=False)
    Lesson.objects.update(state=Lesson.State.PUBLISHED, reach="city")
    sent(client, lesson, makers.video(seconds=4))
    run_one(slow=False)
    lesson.refresh_from_db()
    old, new = Asset.objects.filter(kind="video").order_by("id")
    assert first
    assert lesson.video_id == old.id
    assert (old.work, old.shown, new.work, new.shown) == (False, True, True, False)


def test_publishing_twice_makes_one_asset(client: Any, lesson: Any) -> None:
    sent(client, lesson, makers.video())
    held, payload = take(slow=False)
    upload_publish(held, payload["upload"])
    upload_publish(held, payload["upload"])
    assert Asset.objects.count() == Rung.objects.count() == 1
    assert Event.objects.filter(verb="lesson.uploaded").count() == 1


def test_a_stale_worker_writes_nothing(client: Any, lesson: Any, media: Any) -> None:
    """The fencing number: a worker that slept too long is refused, the other one finishes."""
    sent(client, lesson, makers.video())
    stale, payload = take(slow=False)
    Job.objects.update(lease_until=now() - timedelta(seconds=1))
    fresh, _same = take(slow=False)
    assert fresh.fence == stale.fence + 1
    with pytest.raises(JobLost):
        upload_publish(stale, payload["upload"])
    assert Asset.objects.count() == 0
    upload_publish(fresh, payload["upload"])
    assert Asset.objects.get().state == Asset.State.READY


def test_what_a_dead_worker_left_is_done_again_and_seen_once(
    client: Any, lesson: Any, media: Any
) -> None:
    sent(client, lesson, makers.video(height=720, seconds=12))
    run_one(slow=False)
    asset = Asset.objects.get()
    # As if the worker died after its folders had taken their place, before its rows were kept.
    half = files.asset_folder(lesson.id, asset.id) / "480"
    half.mkdir()
    (half / "index.m3u8").write_text("#EXTM3U\n")
    files.staging(lesson.id, asset.id, "1").joinpath("480").mkdir()
    assert "480/index" not in master(media, lesson)
    run_one(slow=True)
    assert whole((half / "index.m3u8").read_text())
    assert [p for p in files.lesson_folder(lesson.id).iterdir() if p.name.startswith(".")] == []
    assert Rung.objects.count() == 3


def test_a_film_taken_away_meanwhile_ends_the_work_quietly(client: Any, lesson: Any) -> None:
    sent(client, lesson, makers.video())
    run_one(slow=False)
    Asset.objects.all().delete()
    assert run_one(slow=True)
    assert Job.objects.get(name="library.rungs").state == Job.State.DONE


def test_no_smaller_sizes_for_a_small_film(client: Any, lesson: Any, media: Any) -> None:
    sent(client, lesson, makers.video(height=240, seconds=4))
    run_one(slow=False)
    run_one(slow=True)
    assert master(media, lesson).count("RESOLUTION") == 1


WORKER = """
import django; django.setup()
from yunke.school.library import jobs
from yunke.base.jobs import run_one
import time
for _ in range(400):
    if run_one(slow=True): break
    time.sleep(0.05)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.serving
def test_a_worker_killed_in_the_middle_of_a_transcode_leaves_nothing_half(media: Any) -> None:
    """kill -9, three folders of work lost; the next worker finishes, exactly once."""
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher)
    client = people.signed_in(cast.teacher)
    sent(client, lesson, makers.video(height=720, seconds=90))
    run_one(slow=False)
    asset = Asset.objects.get()
    before = master(media, lesson)
    worker = started(media)
    deadline = time.monotonic() + 60
    while (
        time.monotonic() < deadline
        and not Job.objects.filter(name="library.rungs", share__gt=0.05).exists()
    ):
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    time.sleep(0.3)
    assert master(media, lesson) == before
    assert Rung.objects.count() == 1
    assert not transcoders(asset)
    Job.objects.filter(name="library.rungs").update(lease_until=now() - timedelta(seconds=1))
    assert run_one(slow=True)
    assert Job.objects.get(name="library.rungs").tries == 2
    assert sorted(Rung.objects.values_list("height", flat=True)) == [360, 480, 720]
    assert master(media, lesson).count("RESOLUTION") == 3


def started(media: Path) -> "subprocess.Popen[bytes]":
    """A worker process on this test's own database."""
    wanted = str(connection.settings_dict["NAME"])
    script = (
        "from django.conf import settings\n"
        f"settings.DATABASES['default']['NAME'] = {wanted!r}\n"
        f"settings.MEDIA_ROOT = {str(media)!r}\n" + WORKER
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "yunke.site.settings"}
    return subprocess.Popen([sys.executable, "-c", script], cwd=project.ROOT, env=env)


def transcoders(asset: Asset) -> list[str]:
    """ffmpeg processes that still work for this asset."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if "ffmpeg" in line and f".{asset.id}-" in line and str(asset.lesson_id) in line:
                found.append(line)
    return found

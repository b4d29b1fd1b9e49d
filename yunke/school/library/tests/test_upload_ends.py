"""Uploads that end oddly: lost, given up, stopped; work that meets a removal or a newer film."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yunke.base.clock import now
from yunke.base.jobs import Held, run_one, take
from yunke.base.models import Job
from yunke.craft.formats.tests import corpus
from yunke.ground.people.tests import makers as people
from yunke.school.library import jobs
from yunke.school.library.actions import files
from yunke.school.library.actions.film import film_adopt
from yunke.school.library.actions.publish import upload_publish
from yunke.school.library.actions.rungs import film_convert, rungs_make
from yunke.school.library.actions.uploads import (
    UploadRefused,
    bytes_kept,
    part_file,
    upload_append,
    uploads_folder,
)
from yunke.school.library.actions.work import file_settled
from yunke.school.library.models import Asset, Chapter, Lesson, Rung, Upload
from yunke.school.library.reads.making import uploads_of
from yunke.school.library.tests import makers, tus

pytestmark = pytest.mark.django_db
assert jobs.publish
FILM = b"\0\0\0\x18ftypisom" + b"x" * 4000
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def cast() -> Any:
    return people.cast()


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(author=cast.teacher, published=False)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


def begun(client: Client, lesson: Lesson, sent: int = 1500) -> str:
    address = str(tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"])
    if sent:
        assert tus.patch(client, address, 0, FILM[:sent]).status_code == 204
    return address


# Lost and found


def test_a_growing_file_that_is_gone_is_sent_again_from_the_start(client: Any, lesson: Any) -> None:
    """As after a restored backup: the row says 1500, the disk says nothing."""
    address = begun(client, lesson)
    part_file(Upload.objects.get().id).unlink()
    assert tus.head(client, address)["Upload-Offset"] == "0"
    assert tus.patch(client, address, 1500, FILM[1500:]).status_code == 409
    assert tus.patch(client, address, 0, FILM)["Upload-Offset"] == str(len(FILM))
    assert part_file(Upload.objects.get().id).read_bytes() == FILM


def test_a_file_shorter_than_its_row_goes_on_where_the_disk_is(client: Any, lesson: Any) -> None:
    address = begun(client, lesson)
    with part_file(Upload.objects.get().id).open("r+b") as file:
        file.truncate(1200)
    assert tus.head(client, address)["Upload-Offset"] == "1200"
    assert tus.patch(client, address, 1200, FILM[1200:]).status_code == 204
    assert part_file(Upload.objects.get().id).read_bytes() == FILM


def test_an_upload_given_up_while_a_chunk_arrives_stays_given_up(
    cast: Any, client: Any, lesson: Any
) -> None:
    address = begun(client, lesson, 0)
    pieces = iter([FILM[:2000], FILM[2000:], b""])

    def read(_size: int) -> bytes:
        client.delete(address, headers=TUS)
        return next(pieces)

    upload = Upload.objects.get()
    with pytest.raises(UploadRefused) as refused:
        upload_append(who=people.who(cast.teacher), upload_id=upload.id, offset=0, read=read)
    assert refused.value.status == 410
    assert Upload.objects.count() == Job.objects.count() == 0
    assert list(uploads_folder().iterdir()) == []


def test_the_last_chunk_twice_asks_for_one_examination(client: Any, lesson: Any) -> None:
    address = begun(client, lesson)
    assert tus.patch(client, address, 1500, FILM[1500:]).status_code == 204
    again = tus.patch(client, address, 1500, FILM[1500:])
    assert (again.status_code, again["Upload-Reason"]) == (409, "not-growing")
    assert tus.head(client, address)["Upload-Offset"] == str(len(FILM))
    assert Job.objects.filter(name="library.publish").count() == 1


def test_an_empty_chunk_changes_nothing(cast: Any, client: Any, lesson: Any) -> None:
    begun(client, lesson)
    upload, who = Upload.objects.get(), people.who(cast.teacher)
    read = io.BytesIO(b"").read
    assert upload_append(who=who, upload_id=upload.id, offset=1500, read=read) == 1500
    assert Upload.objects.get().state == Upload.State.GROWING


def test_a_small_first_chunk_is_judged_with_the_second(client: Any, lesson: Any) -> None:
    text = "这是教案。".encode() * 300
    address = tus.begin(client, lesson.id, "课.mp4", len(text))["Location"]
    assert tus.patch(client, address, 0, text[:100]).status_code == 204
    assert tus.patch(client, address, 100, text[100:])["Upload-Reason"] == "not-video"
    assert list(uploads_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Offset": "0"}, 412),
        (TUS | {"Upload-Offset": "x"}, 400),
        (TUS | {"Upload-Offset": "-1"}, 400),
        (TUS | {"Upload-Offset": "9" * 30}, 400),
        (TUS, 400),
        (TUS | {"Upload-Offset": "7"}, 409),
    ],
)
def test_a_chunk_with_odd_headers_adds_nothing(
    headers: dict[str, str], status: int, client: Any, lesson: Any
) -> None:
    address = begun(client, lesson, 0)
    answer = client.patch(address, data=FILM, content_type=tus.CHUNK, headers=headers)
    assert answer.status_code == status
    assert tus.head(client, address)["Upload-Offset"] == "0"


@pytest.mark.parametrize("method", ["put", "post"])
def test_other_verbs_are_not_spoken(method: str, client: Any, lesson: Any) -> None:
    address = begun(client, lesson, 0)
    assert getattr(client, method)(address, headers=TUS).status_code == 405


def test_an_upload_that_never_was_is_not_found(client: Any) -> None:
    for address in ("/uploads/404", f"/uploads/{10**25}"):
        assert tus.head(client, address).status_code == 404
        assert tus.patch(client, address, 0, FILM).status_code == 404
        assert client.delete(address, headers=TUS).status_code == 404
        assert client.get(address).status_code == 404


def test_a_lesson_number_that_is_none_begins_nothing(client: Any, lesson: Any) -> None:
    assert tus.begin(client, 404, "课.mp4", 100).status_code == 404
    assert tus.begin(client, lesson.id, "课.mp4", 100, lesson="abc").status_code == 400
    assert Upload.objects.count() == 0


# Quota and forgetting


def test_the_last_byte_of_the_quota_may_be_used(client: Any, lesson: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA = 5000
    assert tus.begin(client, lesson.id, "一.mp4", 5000).status_code == 201
    assert tus.begin(client, lesson.id, "二.mp4", 1).status_code == 413


def test_one_teachers_files_do_not_fill_anothers_room(
    cast: Any, client: Any, lesson: Any, settings: Any
) -> None:
    settings.UPLOAD_QUOTA = 5000
    tus.begin(client, lesson.id, "一.mp4", 5000)
    theirs = makers.lesson(author=cast.other_teacher)
    other = people.signed_in(cast.other_teacher)
    assert tus.begin(other, theirs.id, "一.mp4", 5000).status_code == 201


def test_forgotten_uploads_go_also_when_their_teacher_never_returns(
    cast: Any, client: Any, lesson: Any
) -> None:
    begun(client, lesson)
    old = Upload.objects.get()
    Upload.objects.update(changed_at=now() - timedelta(days=8))
    theirs = makers.lesson(author=cast.other_teacher)
    tus.begin(people.signed_in(cast.other_teacher), theirs.id, "新.mp4", 4000)
    assert not Upload.objects.filter(id=old.id).exists()
    assert not part_file(old.id).exists()


def test_a_refused_file_no_longer_counts(cast: Any, client: Any, lesson: Any) -> None:
    tus.send(client, lesson.id, "课.mp4", FILM)
    assert bytes_kept(cast.teacher.id) == len(FILM)
    run_one(slow=False)
    assert bytes_kept(cast.teacher.id) == 0


# An examination that stopped for good


def stopped(client: Client, lesson: Lesson) -> str:
    answer = tus.send(client, lesson.id, "课.mp4", FILM)
    Job.objects.update(state=Job.State.FAILED, reason="the worker stopped three times")
    return str(answer.address)


def test_a_stopped_examination_is_said_on_the_page_and_not_waited_for(
    cast: Any, client: Any, lesson: Any
) -> None:
    stopped(client, lesson)
    [line] = uploads_of(lesson, cast.teacher.id, "video")
    assert (line.state, line.reason) == ("refused", "stopped")
    shown = client.get(f"/make/{lesson.id}/files/video").content.decode()
    assert "检查中断了三次" in shown
    assert "every 1500ms" not in shown


def test_a_stopped_upload_is_put_away_and_gives_its_room_back(
    cast: Any, client: Any, lesson: Any
) -> None:
    address = stopped(client, lesson)
    Upload.objects.update(
        asset=Asset.objects.create(lesson=lesson, kind="video", title="课", state="examining")
    )
    assert client.delete(address, headers=TUS).status_code == 204
    assert Upload.objects.count() == Asset.objects.count() == bytes_kept(cast.teacher.id) == 0
    assert list(uploads_folder().iterdir()) == []


def test_an_upload_under_examination_cannot_be_given_up(client: Any, lesson: Any) -> None:
    address = tus.send(client, lesson.id, "课.mp4", FILM).address
    assert client.delete(address, headers=TUS).status_code == 409
    assert Upload.objects.count() == 1


def test_what_is_being_examined_is_no_file_to_take_away(client: Any, lesson: Any) -> None:
    asset = Asset.objects.create(lesson=lesson, kind="video", title="课", state="examining")
    once = people.once()
    answer = client.post(f"/make/{lesson.id}/files/{asset.id}/remove", once)
    assert answer.status_code == 404
    assert Asset.objects.filter(id=asset.id).exists()


def test_a_worker_that_died_before_tidying_leaves_no_bytes(client: Any, lesson: Any) -> None:
    tus.send(client, lesson.id, "板书.pdf", corpus.pdf(1), kind="courseware")
    held, payload = take(slow=False)
    upload_publish(held, payload["upload"])
    part = part_file(payload["upload"])
    part.write_bytes(b"left behind")
    upload_publish(held, payload["upload"])
    assert not part.exists()
    upload_publish(held, 404)


# Films that meet


def film(lesson: Lesson, state: str = "ready", **more: Any) -> Asset:
    return Asset.objects.create(
        lesson=lesson, kind="video", title="片", state=state, seconds=120, **more
    )


def test_a_conversion_that_ends_late_does_not_replace_a_newer_film(lesson: Any) -> None:
    older, newer = film(lesson), film(lesson)
    for asset in (older, newer, older):
        file_settled(asset)
    lesson.refresh_from_db()
    assert lesson.video_id == newer.id


class Removing(Held):
    """A job during which the teacher takes the film away."""

    def progress(self, stage: str, share: float) -> None:
        Asset.objects.all().delete()
        super().progress(stage, share)


@pytest.mark.parametrize(
    ("state", "suffix", "codec", "work"),
    [
        ("ready", ".mp4", "libx264", rungs_make),
        ("preparing", ".webm", "libvpx", film_convert),
    ],
)
def test_a_film_removed_during_the_work_leaves_nothing_on_the_disk(
    state: str, suffix: str, codec: str, work: Any, lesson: Any
) -> None:
    source = makers.video(codec=codec, suffix=suffix, seconds=4)
    asset = film(lesson, state, width=852, height=480, codecs="h264 aac", file="film" + suffix,
                 sha256="x")  # fmt: skip
    files.take_in(source, files.asset_folder(lesson.id, asset.id) / asset.file)
    job = Job.objects.create(name="x", key="x", payload={}, state=Job.State.RUNNING, fence=1,
                             due_at=now())  # fmt: skip
    work(Removing(job.id, "x", 1), asset.id)
    assert Asset.objects.count() == Rung.objects.count() == 0
    assert [p for p in files.lesson_folder(lesson.id).iterdir() if p.name.startswith(".")] == []


# Film folders


def folder(where: Path) -> Path:
    made = where / "film"
    made.mkdir()
    (made / "video.mp4").write_bytes(makers.video(seconds=4).read_bytes())
    (made / "captions.vtt").write_text(corpus.CAPTIONS)
    (made / "chapters.json").write_text('[{"at": 0, "title_zh": "读"}]')
    (made / "board.pdf").write_bytes(corpus.pdf(2))
    return made


def kinds(lesson: Lesson) -> list[str]:
    return sorted(Asset.objects.filter(lesson=lesson).values_list("kind", flat=True))


def test_a_folder_taken_in_twice_is_taken_in_once(lesson: Any, tmp_path: Path) -> None:
    made = folder(tmp_path)
    assert film_adopt(lesson.id, made) == film_adopt(lesson.id, made)
    assert kinds(lesson) == ["captions", "courseware", "video"]
    assert (Chapter.objects.count(), Rung.objects.count(), Job.objects.count()) == (1, 1, 1)


def test_a_folder_that_was_taken_in_halfway_is_completed(lesson: Any, tmp_path: Path) -> None:
    made = folder(tmp_path)
    first = film_adopt(lesson.id, made)
    Asset.objects.exclude(kind="video").delete()
    assert film_adopt(lesson.id, made) == first
    assert kinds(lesson) == ["captions", "courseware", "video"]


def test_a_teachers_newer_film_and_captions_outlive_the_seeding(
    lesson: Any, tmp_path: Path
) -> None:
    made = folder(tmp_path)
    first = film_adopt(lesson.id, made)
    newer = film(lesson)
    file_settled(newer)
    own = Asset.objects.filter(kind="captions")
    own.update(sha256="the teacher's own")
    assert film_adopt(lesson.id, made) == first
    lesson.refresh_from_db()
    assert lesson.video_id == newer.id
    assert own.get().sha256 == "the teacher's own"


def test_a_folder_without_a_film_is_refused_and_leaves_no_asset(
    lesson: Any, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        film_adopt(lesson.id, tmp_path)
    assert Asset.objects.count() == 0


def test_what_was_sent_while_the_right_was_there_is_kept(
    cast: Any, client: Any, lesson: Any
) -> None:
    begun(client, lesson)
    upload = Upload.objects.get()
    Lesson.objects.update(author=cast.other_teacher)
    with pytest.raises(UploadRefused) as refused:
        upload_append(who=people.who(cast.teacher), upload_id=upload.id, offset=1500,
                      read=io.BytesIO(FILM[1500:]).read)  # fmt: skip
    assert refused.value.code == "no-lesson"
    assert part_file(upload.id).read_bytes() == FILM[:1500]

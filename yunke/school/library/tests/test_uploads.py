"""Uploads resume where they were cut, keep to their bounds, and leave nothing of a bad file."""

import fcntl
import io
from datetime import timedelta
from typing import Any

import pytest
from django.http.request import UnreadablePostError
from django.test import Client

from yunke.base.clock import now
from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.ground.people.tests import makers as people
from yunke.school.library import jobs
from yunke.school.library.actions.uploads import (
    UploadRefused,
    bytes_kept,
    part_file,
    upload_append,
    uploads_folder,
)
from yunke.school.library.models import Asset, Upload
from yunke.school.library.tests import makers, tus

pytestmark = pytest.mark.django_db
assert jobs.publish


@pytest.fixture
def cast() -> Any:
    return people.cast()


@pytest.fixture
def lesson(cast: Any) -> Any:
    return makers.lesson(author=cast.teacher, published=False)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


FILM = b"\0\0\0\x18ftypisom" + b"x" * 4000


def test_the_door_says_what_it_speaks(client: Any) -> None:
    answer = client.options("/uploads", headers={"Tus-Resumable": "1.0.0"})
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination"
    assert int(answer["Tus-Max-Size"]) == 2048 * 2**20


def test_another_version_of_the_protocol_is_refused(client: Any, lesson: Any) -> None:
    answer = client.post("/uploads", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "5"})
    assert answer.status_code == 412
    assert answer["Tus-Version"] == "1.0.0"


def test_an_upload_grows_chunk_by_chunk(client: Any, lesson: Any) -> None:
    begun = tus.begin(client, lesson.id, "课.mp4", len(FILM))
    assert begun.status_code == 201
    address = begun["Location"]
    first = tus.patch(client, address, 0, FILM[:1500])
    assert (first.status_code, first["Upload-Offset"]) == (204, "1500")
    seen = tus.head(client, address)
    assert (seen["Upload-Offset"], seen["Upload-Length"]) == ("1500", str(len(FILM)))
    assert "no-store" in seen["Cache-Control"]
    assert tus.patch(client, address, 1500, FILM[1500:])["Upload-Offset"] == str(len(FILM))
    upload = Upload.objects.get()
    assert upload.state == Upload.State.WHOLE
    assert part_file(upload.id).read_bytes() == FILM
    assert Job.objects.get().name == "library.publish"


def test_a_chunk_at_another_offset_is_refused_and_changes_nothing(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    tus.patch(client, address, 0, FILM[:1500])
    assert tus.patch(client, address, 0, FILM[:1500]).status_code == 409
    assert tus.patch(client, address, 2000, FILM[2000:]).status_code == 409
    assert tus.head(client, address)["Upload-Offset"] == "1500"


def test_choosing_the_same_file_again_goes_on_at_sixty_per_cent(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    cut = len(FILM) * 6 // 10
    tus.patch(client, address, 0, FILM[:cut])
    again = tus.begin(client, lesson.id, "课.mp4", len(FILM))
    assert (again.status_code, again["Location"]) == (200, address)
    assert again["Upload-Offset"] == str(cut)
    assert tus.patch(client, address, cut, FILM[cut:])["Upload-Offset"] == str(len(FILM))
    assert Upload.objects.count() == 1


def test_a_file_of_the_same_name_but_another_time_is_another_upload(
    client: Any, lesson: Any
) -> None:
    first = tus.begin(client, lesson.id, "课.mp4", len(FILM), modified="1")
    second = tus.begin(client, lesson.id, "课.mp4", len(FILM), modified="2")
    assert first["Location"] != second["Location"]


def test_a_torn_tail_is_cut_back_to_what_was_acknowledged(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    tus.patch(client, address, 0, FILM[:1500])
    upload = Upload.objects.get()
    with part_file(upload.id).open("ab") as file:
        file.write(b"torn by a power cut")
    assert tus.head(client, address)["Upload-Offset"] == "1500"
    tus.patch(client, address, 1500, FILM[1500:])
    assert part_file(upload.id).read_bytes() == FILM


def test_what_arrived_before_the_line_was_cut_is_kept(cast: Any, client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    upload = Upload.objects.get()
    pieces = iter([FILM[:1200]])

    def read(_size: int) -> bytes:
        try:
            return next(pieces)
        except StopIteration:
            raise UnreadablePostError("cut") from None

    who = people.who(cast.teacher)
    assert upload_append(who=who, upload_id=upload.id, offset=0, read=read) == 1200
    assert tus.head(client, address)["Upload-Offset"] == "1200"


def test_two_chunks_at_once_do_not_mix(cast: Any, client: Any, lesson: Any) -> None:
    tus.begin(client, lesson.id, "课.mp4", len(FILM))
    upload = Upload.objects.get()
    with part_file(upload.id).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UploadRefused) as refused:
            upload_append(
                who=people.who(cast.teacher), upload_id=upload.id, offset=0,
                read=io.BytesIO(FILM).read,
            )  # fmt: skip
    assert refused.value.status == 423


def test_more_bytes_than_announced_are_not_taken(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", 2000)["Location"]
    assert tus.patch(client, address, 0, FILM).status_code == 413
    assert int(tus.head(client, address)["Upload-Offset"]) <= 2000


def test_a_full_disk_is_said_and_what_was_acknowledged_stays(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    tus.patch(client, address, 0, FILM[:1500])
    part = part_file(Upload.objects.get().id)
    kept = part.rename(part.with_suffix(".kept"))
    part.symlink_to("/dev/full")
    Upload.objects.update(offset=0)
    answer = tus.patch(client, address, 0, FILM)
    assert (answer.status_code, answer["Upload-Reason"]) == (507, "no-space")
    part.unlink()
    kept.rename(part)
    Upload.objects.update(offset=1500)
    assert tus.patch(client, address, 1500, FILM[1500:]).status_code == 204


def test_a_chunk_must_call_itself_one(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    answer = client.patch(
        address, data=FILM, content_type="text/plain",
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
    )  # fmt: skip
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("name", "size", "kind", "status", "code"),
    [
        ("课.mp4", 0, "video", 422, "empty"),
        ("教案.docx", 100, "video", 422, "not-video"),
        ("课.mp4", 2049 * 2**20, "video", 413, "too-large"),
        ("课件.pdf", 301 * 2**20, "courseware", 413, "too-large"),
        ("课件.exe", 100, "courseware", 422, "not-courseware"),
        ("x" * 252 + ".mp4", 100, "video", 422, "bad-name"),
        ("a\nb.mp4", 100, "video", 422, "bad-name"),
        ("字幕.vtt", 100, "captions", 422, "no-language"),
        ("课.mp4", 100, "poem", 422, "unknown-kind"),
    ],
)
def test_what_can_be_refused_is_refused_at_choosing(
    name: str, size: Any, kind: str, status: Any, code: Any, client: Any, lesson: Any
) -> None:
    answer = tus.begin(client, lesson.id, name, size, kind=kind)
    assert (answer.status_code, answer["Upload-Reason"]) == (status, code)
    assert answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_teachers_quota_counts_what_is_kept_and_what_is_coming(
    client: Any, lesson: Any, settings: Any, cast: Any
) -> None:
    settings.UPLOAD_QUOTA = 10_000
    assert tus.begin(client, lesson.id, "一.mp4", 6000).status_code == 201
    refused = tus.begin(client, lesson.id, "二.mp4", 6000)
    assert (refused.status_code, refused["Upload-Reason"]) == (413, "over-quota")
    assert bytes_kept(cast.teacher.id) == 6000
    client.delete("/uploads/" + str(Upload.objects.get().id), headers={"Tus-Resumable": "1.0.0"})
    assert tus.begin(client, lesson.id, "二.mp4", 6000).status_code == 201


def test_a_renamed_text_is_refused_at_its_first_bytes(client: Any, lesson: Any) -> None:
    answer = tus.send(client, lesson.id, "课.mp4", "这是教案。".encode() * 300)
    assert (answer.status_code, answer["Upload-Reason"]) == (422, "not-video")
    assert list(uploads_folder().iterdir()) == []
    assert tus.head(client, answer.address).status_code == 410
    told = client.get(answer.address)
    assert told.status_code == 422
    assert told.json()["state"] == "refused"


def test_the_refusal_is_said_in_english_too(client: Any, lesson: Any) -> None:
    client.cookies["yunke_language"] = "en"
    answer = tus.begin(client, lesson.id, "课.mp4", 0)
    assert "empty" in answer.content.decode().lower()


def test_a_file_that_fails_the_examination_leaves_nothing(
    client: Any, lesson: Any, media: Any
) -> None:
    answer = tus.send(client, lesson.id, "课.mp4", FILM)
    assert answer.status_code == 204
    assert client.get(answer.address).json()["state"] == "examining"
    assert run_one()
    told = client.get(answer.address)
    assert (told.status_code, told.json()["code"]) == (422, "truncated")
    assert Asset.objects.count() == 0
    assert [p for p in media.rglob("*") if p.is_file()] == []
    assert list(uploads_folder().iterdir()) == []


def test_an_examination_that_died_three_times_says_so(client: Any, lesson: Any) -> None:
    answer = tus.send(client, lesson.id, "课.mp4", FILM)
    Job.objects.update(state=Job.State.FAILED, reason="died")
    told = client.get(answer.address)
    assert (told.status_code, told.json()["code"]) == (422, "stopped")


def test_uploads_nobody_came_back_to_are_forgotten(client: Any, lesson: Any) -> None:
    tus.begin(client, lesson.id, "旧.mp4", 4000)
    old = Upload.objects.get()
    Upload.objects.update(changed_at=now() - timedelta(days=8))
    tus.begin(client, lesson.id, "新.mp4", 4000)
    assert Upload.objects.get().name == "新.mp4"
    assert not part_file(old.id).exists()


def test_giving_up_frees_the_bytes(client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    tus.patch(client, address, 0, FILM[:1500])
    assert client.delete(address, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
    assert list(uploads_folder().iterdir()) == []
    assert tus.head(client, address).status_code == 404


def test_nobody_else_sees_or_feeds_an_upload(cast: Any, client: Any, lesson: Any) -> None:
    address = tus.begin(client, lesson.id, "课.mp4", len(FILM))["Location"]
    for other in (cast.other_teacher, cast.far_teacher, cast.head):
        stranger = people.signed_in(other)
        assert tus.head(stranger, address).status_code == 404
        assert tus.patch(stranger, address, 0, FILM).status_code == 404
        assert stranger.get(address).status_code == 404
        assert tus.begin(stranger, lesson.id, "课.mp4", len(FILM)).status_code == 404
    for other in (cast.pupil, cast.guardian):
        assert tus.begin(people.signed_in(other), lesson.id, "课.mp4", 100).status_code == 404
    assert tus.begin(Client(), lesson.id, "课.mp4", 100).status_code == 302
    assert tus.head(client, address)["Upload-Offset"] == "0"


def test_words_that_are_no_metadata_are_refused(client: Any, lesson: Any) -> None:
    for headers in (
        {"Upload-Length": "abc"},
        {"Upload-Length": "-5"},
        {"Upload-Length": "5", "Upload-Metadata": "filename ???"},
        {"Upload-Length": "5", "Upload-Metadata": "filename é"},
        {"Upload-Length": "9" * 40},
    ):
        answer = client.post("/uploads", headers={"Tus-Resumable": "1.0.0", **headers})
        assert answer.status_code == 400
    assert client.get("/uploads").status_code == 405

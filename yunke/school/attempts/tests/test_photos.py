"""Photographs of pages: every kind a phone makes, the right way up, with nothing hidden in them."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from PIL import Image

from yunke.base.clock import now
from yunke.craft.formats.photo import photo_of, reason_of
from yunke.craft.marking.sheets.trouble import BadPicture
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import who
from yunke.school.attempts.actions.persons import photo_files, photos_forget
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.attempts.reads import photos
from yunke.school.attempts.reads.photos import pages_of, photo_may
from yunke.school.attempts.tests import makers, pictures
from yunke.school.attempts.values import Of

pytestmark = pytest.mark.django_db
KINDS = {
    "jpeg": lambda: pictures.rotated(1), "png": pictures.png, "webp": pictures.webp,
    "avif": pictures.avif, "cmyk": pictures.cmyk, "heic": pictures.heic,
    "heif sequence": pictures.heif_sequence, "12 MP": pictures.twelve_megapixels,
}  # fmt: skip


def sent(client: Client, row: Attempt, data: bytes, *, question: int = 0) -> object:
    file = SimpleUploadedFile("p", data, content_type="application/octet-stream")
    return client.post(f"/attempts/{row.id}/photos", {"photo": file, "question": question})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_phone_comes_out_upright(kind: str) -> None:
    found = photo_of(KINDS[kind]())
    assert pictures.upright(found.data)
    assert found.data[:3] == b"\xff\xd8\xff"
    assert max(found.width, found.height) <= 3000


@pytest.mark.parametrize("orientation", pictures.ROTATIONS)
def test_what_was_turned_by_the_phone_is_turned_back(orientation: int) -> None:
    assert pictures.upright(photo_of(pictures.rotated(orientation)).data)
    assert pictures.upright(photo_of(pictures.heic(orientation)).data)


@pytest.mark.parametrize("kind", [pictures.rotated(6), pictures.heic(6), pictures.jpeg_html()])
def test_nothing_hidden_survives(kind: bytes) -> None:
    plain = photo_of(kind).data
    image = Image.open(io.BytesIO(plain))
    assert not image.getexif()
    assert b"SECRET-MAKER" not in plain
    assert b"<script" not in plain
    assert plain.endswith(b"\xff\xd9")


@pytest.mark.parametrize("name", ["svg", "html", "gif head, html", "pdf with script"])
def test_what_is_no_picture_is_refused(name: str) -> None:
    with pytest.raises(BadPicture) as no:
        photo_of(pictures.PRETENDERS[name]())
    assert reason_of(no.value) == "unreadable"


def test_more_pixels_than_allowed_are_called_too_large() -> None:
    with pytest.raises(BadPicture) as no:
        photo_of(pictures.saved(Image.new("1", (9000, 9000)), "PNG"))
    assert reason_of(no.value) == "large"


def test_a_photograph_comes_in_once_however_often_it_is_sent(media: Path) -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    answers = [sent(client, row, pictures.heic(), question=row.order[0]) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    kept = Photo.objects.get()
    assert answers[0].json()["url"] == f"/media/{kept.file}"
    assert pictures.upright((media / kept.file).read_bytes())
    assert kept.question_id == row.order[0]


def test_what_cannot_be_read_is_told_at_once_in_both_languages() -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    told = sent(client, row, pictures.svg())
    assert told.status_code == 422
    assert "读不了" in told.content.decode()
    with translation.override("en"):
        client.cookies["yunke_language"] = "en"
        assert "cannot be read" in sent(client, row, pictures.svg()).content.decode()
    assert not Photo.objects.exists()


def test_a_machine_that_is_too_slow_says_busy_and_never_unreadable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    monkeypatch.setattr("yunke.school.attempts.actions.photos.PATIENCE", 0.001)
    assert sent(client, row, pictures.png()).status_code == 503
    assert not Photo.objects.exists()
    monkeypatch.undo()
    assert sent(client, row, pictures.png()).status_code == 200


def test_a_request_without_a_file_says_so() -> None:
    row = makers.attempt()
    answer = people.signed_in(row.person).post(f"/attempts/{row.id}/photos", {})
    assert answer.status_code == 422


def test_a_photograph_is_thrown_away_with_its_file_and_only_once(
    media: Path, django_capture_on_commit_callbacks
) -> None:
    row = makers.attempt()
    kept = makers.photo(row)
    client = people.signed_in(row.person)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            answer = client.post(f"/attempts/{row.id}/photos/{kept.id}/drop")
            assert answer.status_code == 204
    assert not (media / kept.file).exists()
    assert pages_of([row.id]) == []


def test_after_handing_in_no_photograph_comes_or_goes() -> None:
    row = makers.attempt()
    kept = makers.photo(row)
    makers.submitted(row)
    client = people.signed_in(row.person)
    assert sent(client, row, pictures.png()).status_code == 409
    assert client.post(f"/attempts/{row.id}/photos/{kept.id}/drop").status_code == 409


def test_others_find_no_attempt_to_send_to() -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    classmate = people.signed_in(cast.pupils[1])
    assert sent(classmate, row, pictures.png()).status_code == 404
    assert people.signed_in(cast.teacher).post(f"/attempts/{row.id}/photos").status_code == 404
    stranger = Client().post(f"/attempts/{row.id}/photos")
    assert (stranger.status_code, stranger["Location"][:8]) == (302, "/sign-in")


def test_a_picture_is_ones_own_and_whom_the_room_above_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    path = f"/media/{makers.photo(row).file}"
    monkeypatch.setattr(photos, "_LOOKERS", {})
    teacher, own = who(cast.teacher), who(cast.pupils[0])
    assert photo_may(path, own)
    assert not photo_may(path, None)
    assert not photo_may(path, teacher)
    assert not photo_may(path, who(cast.pupils[1]))
    photos.lookers_from(Of.HOMEWORK, lambda whose, by: by.id == cast.teacher.id)
    assert photo_may(path, teacher)
    assert not photo_may(path, who(cast.other_teacher))
    Photo.objects.update(gone_at=now())
    assert not photo_may(path, own)


@pytest.mark.parametrize(
    "path", ["/media/attempts/1/x.jpg", "/media/attempts/1/../1.jpg", "", "/media/lessons/1/2/a"]
)
def test_odd_paths_lead_nowhere(path: str) -> None:
    row = makers.attempt()
    assert not photo_may(path, who(row.person))


def test_an_erasure_takes_the_files_of_that_person_only(media: Path) -> None:
    mine, others = makers.attempt(), makers.attempt()
    gone, kept = makers.photo(mine), makers.photo(others)
    assert list(photo_files(mine.person_id)) == [media / gone.file]
    assert photos_forget(mine.person_id) == 1
    assert photos_forget(mine.person_id) == 0
    assert not (media / gone.file).exists()
    assert (media / kept.file).exists()


def test_the_child_that_reads_a_photograph_loads_nothing_that_measures_or_reckons() -> None:
    """Each photograph starts it anew: what it loads, every pupil waits for."""
    code = (
        "import sys, yunke.craft.formats.photo; "
        "print([m for m in sys.modules if m.startswith(('yunke.craft.marking', 'django',"
        " 'cv2', 'numpy', 'pypdfium2', 'segno', 'typst'))])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert ended.stdout.strip() == "[]"

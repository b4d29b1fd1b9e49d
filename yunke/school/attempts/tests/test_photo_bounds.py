"""A photograph's limits: what is read, what is kept of it, how many, whose, and until when."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.formats import photo as child
from yunke.craft.formats.photo import LONG, photo_of, reason_of
from yunke.craft.picture.pixels import gray_of, smaller
from yunke.craft.picture.plain import PACKED, BadPicture, fitted, head_of
from yunke.school.attempts.actions import photos
from yunke.school.attempts.actions.opening import attempt_withdraw
from yunke.school.attempts.actions.photos import photo_add, photo_drop
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.attempts.reads.photos import pages_of
from yunke.school.attempts.tests import makers, pictures

db = pytest.mark.django_db
JPEG_WORDS = b"SECRET-NOTE"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


# What is read


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((30, 20), (30, 20)), ((3000, 10), (3000, 10)), ((3001, 10), (3000, 10)),
        ((10, 6000), (5, 3000)), ((1, 9000), (1, 3000)), ((9000, 1), (3000, 1)),
    ],
)  # fmt: skip
def test_a_picture_keeps_its_shape_and_never_less_than_a_pixel(
    size: tuple[int, int], found: tuple[int, int]
) -> None:
    assert fitted(size, LONG) == found
    line = np.zeros((size[1], size[0]), np.uint8)
    assert smaller(line, LONG).shape == (found[1], found[0])
    told = photo_of(pictures.saved(Image.new("RGB", size, "red"), "PNG", compress_level=0))
    assert (told.width, told.height) == found == opened(told.data).size


@pytest.mark.parametrize("side", [3_200, 6_400])
def test_a_large_photograph_is_as_sharp_as_is_any_use_and_its_colours_stay(side: int) -> None:
    image = Image.new("RGB", (side, side // 4), (200, 40, 40))
    image.paste((20, 40, 200), (side // 2, 0, side, side // 4))
    told = photo_of(pictures.saved(image, "JPEG", quality=80))
    assert (told.width, told.height) == (LONG, LONG // 4)
    small = opened(told.data)
    for place, colour in ((0.25, (200, 40, 40)), (0.75, (20, 40, 200))):
        seen = small.getpixel((int(LONG * place), LONG // 8))
        assert seen == pytest.approx(colour, abs=6)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_way_of_storing_brightness_becomes_the_same_page(mode: str) -> None:
    if mode == "I;16":
        levels = np.asarray(pictures.page_picture(480, 320).convert("L")).astype(np.uint16) * 257
        image = Image.fromarray(levels)
    else:
        image = pictures.page_picture(480, 320).convert(mode)
    told = photo_of(pictures.saved(image, "PNG"))
    assert pictures.upright(told.data)
    assert opened(told.data).mode == "RGB"


def test_what_is_transparent_is_paper_and_sixteen_bits_are_divided() -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    assert opened(photo_of(pictures.saved(clear, "PNG")).data).getextrema() == ((255, 255),) * 3
    gray = Image.fromarray(np.full((40, 60), 128 * 257, np.uint16))
    [(low, high)] = set(opened(photo_of(pictures.saved(gray, "TIFF")).data).getextrema())
    assert 127 <= low <= high <= 129


def test_words_beside_the_picture_do_not_survive() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", JPEG_WORDS.decode())
    page = pictures.page_picture(480, 320)
    for data in (
        pictures.saved(page, "PNG", pnginfo=told),
        pictures.saved(page, "JPEG", comment=JPEG_WORDS, icc_profile=JPEG_WORDS * 9),
        pictures.saved(page, "WEBP", xmp=JPEG_WORDS),
        pictures.saved(page, "GIF", comment=JPEG_WORDS),
    ):
        assert JPEG_WORDS in data
        plain = photo_of(data).data
        assert JPEG_WORDS not in plain
        assert not {"comment", "icc_profile", "xmp", "exif"} & set(opened(plain).info)


@pytest.mark.parametrize("kind", ["heic", "jpeg", "png", "webp"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_a_picture_that_cannot_be_read(kind: str, share: float) -> None:
    rough = np.random.default_rng(3).integers(0, 255, (64, 96, 3), np.uint8)
    made = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
    data = pictures.heic() if kind == "heic" else pictures.saved(
        Image.fromarray(rough), made[kind]
    )  # fmt: skip
    cut = data[: int(len(data) * share)]
    for read in (photo_of, gray_of):
        with pytest.raises(BadPicture) as no:
            read(cut)
        assert reason_of(no.value) == "unreadable"


def test_a_head_that_promises_more_than_its_bytes_can_hold_is_not_decoded() -> None:
    flat = pictures.saved(Image.new("1", (8_000, 7_999)), "PNG")
    assert PACKED * len(flat) < 8_000 * 7_999
    with pytest.raises(BadPicture, match="cannot hold"):
        head_of(flat)
    with pytest.raises(BadPicture, match="allowed") as no:
        photo_of(pictures.saved(Image.new("1", (8_001, 8_000)), "TIFF"))
    assert reason_of(no.value) == "large"


def test_the_program_says_one_word_and_leaves_nothing_of_what_it_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in", tmp_path / "out.jpg"
    wide = pictures.saved(Image.new("1", (8_001, 8_000)), "PNG")
    for data, word in ((b"", "unreadable"), (pictures.html(), "unreadable"), (wide, "large")):
        source.write_bytes(data)
        assert child.main([str(source), str(out)]) == 2
        assert capsys.readouterr().out == f"{word}\n"
        assert not out.exists()
    source.write_bytes(pictures.rotated(6))
    assert child.main([str(source), str(out)]) == 0
    assert capsys.readouterr().out == '{"width": 480, "height": 320}\n'


# What is kept


def add(row: Attempt, data: bytes, **more: Any) -> Any:
    whole = {"who_id": row.person_id, "attempt_id": row.id, "question_id": 0, **more}
    return photo_add(file=io.BytesIO(data), **whole)


def refused(row: Attempt, data: bytes = b"x", **more: Any) -> int:
    with pytest.raises(Refused) as no:
        add(row, data, **more)
    return no.value.status


@db
def test_nothing_is_read_of_a_file_that_has_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these ends before any process is started."""

    def never(*_: Any) -> Any:
        raise AssertionError("a picture was read")

    monkeypatch.setattr(photos, "_plain", never)
    row, other = makers.attempt(), makers.attempt()
    assert refused(row, who_id=other.person_id) == 404
    assert refused(row, question_id=other.order[0]) == 404
    assert refused(row, attempt_id=10**9) == 404
    monkeypatch.setattr(photos, "LARGEST", 10)
    assert refused(row, b"x" * 11) == 422
    for _ in range(photos.MOST):
        makers.photo(row)
    assert refused(row) == 422
    gone = Photo.objects.filter(attempt=row).first()
    assert gone is not None
    photo_drop(who_id=row.person_id, attempt_id=row.id, photo_id=gone.id)
    with pytest.raises(AssertionError, match="was read"):
        add(row, b"x")
    ended = makers.attempt(ends_at=now() - timedelta(seconds=1))
    assert refused(ended) == 409
    with pytest.raises(AssertionError, match="was read"):
        add(ended, b"x", after=True)
    attempt_withdraw(ended.id)
    assert refused(ended, after=True) == 404


@db
def test_a_page_comes_after_the_hand_in_only_where_the_room_lets_it_and_again_after_going(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = makers.attempt()
    makers.submitted(row)
    data = pictures.png()
    assert refused(row, data) == 409
    first = add(row, data, after=True)
    assert add(row, data, after=True) == first, "the same picture is the one that is there"
    Attempt.objects.filter(id=row.id).update(submitted_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        photo_drop(who_id=row.person_id, attempt_id=row.id, photo_id=first.id)
    assert not list(media.rglob("*.jpg"))
    again = add(row, data, question_id=row.order[0])
    assert again.id != first.id
    assert [(one.id, one.question_id) for one in pages_of([row.id])] == [(again.id, row.order[0])]
    [file] = list(media.rglob("*"))[-1:]
    assert file.is_file()
    assert not list(media.rglob("*.part"))
    assert Photo.objects.get(id=again.id).size == file.stat().st_size


@db
def test_only_ones_own_photograph_of_this_attempt_is_thrown_away() -> None:
    row, other = makers.attempt(), makers.attempt()
    mine, theirs = makers.photo(row), makers.photo(other)
    for who, attempt, picture in (
        (row.person_id, row.id, theirs.id), (row.person_id, other.id, theirs.id),
        (other.person_id, row.id, mine.id), (row.person_id, row.id, 10**9),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            photo_drop(who_id=who, attempt_id=attempt, photo_id=picture)
        assert no.value.status == 404
    assert Photo.objects.filter(gone_at__isnull=True).count() == 2

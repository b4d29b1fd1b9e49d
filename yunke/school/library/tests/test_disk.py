"""Files on the disk: made beside, shown by one step, gone with who brought them."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.ground.people.tests import makers as people
from yunke.school.library.actions import files
from yunke.school.library.actions.persons import author_forget, upload_files, uploads_forget
from yunke.school.library.actions.publish import _title, examine
from yunke.school.library.actions.rungs import film_failed, rungs_of, width_for
from yunke.school.library.actions.uploads import part_file, upload_key, uploads_folder
from yunke.school.library.models import Asset, Lesson, Rung, Upload
from yunke.school.library.reads.cards import lesson_search
from yunke.school.library.rules import Chosen
from yunke.school.library.tests import makers

SEGMENTS = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2.0,\ns1.m4s\n#EXT-X-ENDLIST\n'


def written(folder: Path, name: str, text: str = "x") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder


# Folders


def test_a_fresh_folder_removes_what_an_earlier_worker_of_the_same_asset_left(media: Path) -> None:
    left = written(files.staging(1, 7, "1"), "half.m4s")
    other = files.staging(1, 70, "1")
    fresh = files.staging(1, 7, "2")
    assert not left.exists()
    assert other.exists(), "asset 70 is not asset 7"
    assert list(fresh.iterdir()) == []
    assert fresh.parent == media / "lessons" / "1"
    assert fresh.name.startswith("."), "nobody may fetch it, see reads.media"


def test_a_finished_folder_takes_the_place_of_an_older_one_in_one_step(media: Path) -> None:
    written(files.asset_folder(1, 7), "old")
    made = written(files.staging(1, 7, "2"), "new")
    place = files.settle(made, 1, 7)
    assert place == media / "lessons" / "1" / "7"
    assert [p.name for p in place.iterdir()] == ["new"]
    assert not made.exists()


def test_removing_twice_is_removing_once(media: Path) -> None:
    written(files.asset_folder(1, 7), "film")
    files.remove_asset_files(1, 7)
    files.remove_asset_files(1, 7)
    files.remove_folder(media / "nowhere")
    assert not files.asset_folder(1, 7).exists()


def test_taking_a_file_in_costs_no_second_copy_where_the_disk_allows(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"film")
    files.take_in(source, tmp_path / "deep" / "b")
    assert (tmp_path / "deep" / "b").samefile(source)


def test_taking_a_file_in_copies_it_where_links_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_paths: Any) -> None:
        raise OSError("another disk")

    monkeypatch.setattr(os, "link", refused)
    source = tmp_path / "a"
    source.write_bytes(b"film")
    files.take_in(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"film"
    assert not (tmp_path / "b").samefile(source)


# Playlists


def test_a_rung_is_measured_by_its_heaviest_second(tmp_path: Path) -> None:
    rung = written(tmp_path / "360", "index.m3u8", SEGMENTS)
    (rung / "s1.m4s").write_bytes(b"0" * 1000)
    (rung / "init.mp4").write_bytes(b"....avcC\x01\x64\x00\x1f....")
    made = files.rung_made(rung, 640, 360, sound=True)
    assert (made.name, made.width, made.height, made.bits) == ("360", 640, 360, 4000)
    assert made.codecs == "avc1.64001f,mp4a.40.2"
    assert files.rung_made(rung, 640, 360, sound=False).codecs == "avc1.64001f"


def test_the_list_of_sizes_is_replaced_whole(tmp_path: Path) -> None:
    rungs = [
        files.RungMade("top", 1280, 720, 2_000_000, "avc1.64001f"),
        files.RungMade("360", 640, 360, 600_000, "avc1.64001e"),
    ]
    for shown in (rungs[:1], rungs):
        files.master_write(tmp_path, shown)
        text = (tmp_path / "master.m3u8").read_text()
        assert [f"{r.name}/index.m3u8" in text for r in rungs] == [r in shown for r in rungs]
    assert [p.name for p in tmp_path.iterdir()] == ["master.m3u8"]


@pytest.mark.django_db
def test_only_sizes_that_are_ready_are_listed() -> None:
    asset = Asset.objects.create(lesson=makers.lesson(), kind="video", title="片")
    ready = {"width": 640, "bits": 9, "codecs": "avc1", "ready_at": "2026-11-22T00:00:00Z"}
    Rung.objects.create(asset=asset, height=720, top=True, **ready)
    Rung.objects.create(asset=asset, height=360, **ready)
    Rung.objects.create(asset=asset, height=240)
    assert sorted(rung.name for rung in rungs_of(asset)) == ["360", "top"]


@given(
    st.integers(min_value=16, max_value=8000),
    st.integers(min_value=16, max_value=8000),
    st.sampled_from([240, 360, 480, 720, 1080]),
)
def test_a_smaller_size_keeps_the_pictures_shape_in_even_widths(
    width: int, height: int, wanted: int
) -> None:
    found = width_for(Asset(width=width, height=height), wanted)
    assert found % 2 == 0
    assert found >= 2
    assert abs(found - max(2, width * wanted / height)) <= 1


def test_a_picture_without_a_height_does_not_break_the_sizes() -> None:
    assert width_for(Asset(width=0, height=0), 360) == 2


# Names and verdicts


@pytest.mark.parametrize(
    ("name", "title"),
    [("观潮.mp4", "观潮"), ("a.b.pdf", "a.b"), (".mp4", ".mp4"), ("观潮.MP4", "观潮.MP4"),
     ("长" * 200 + ".mp4", "长" * 120)],
)  # fmt: skip
def test_a_file_is_called_by_its_name_without_the_ending(name: str, title: str) -> None:
    assert _title(name) == title


def test_a_file_that_breaks_the_examination_is_refused_not_raised(tmp_path: Path) -> None:
    assert examine("video", tmp_path / "nothing", tmp_path).reason != ""
    assert examine("no-kind", tmp_path / "nothing", tmp_path).reason == "too-much"


def test_the_same_file_is_the_same_upload_and_any_other_thing_is_not() -> None:
    chosen = Chosen("video", "课.mp4", 100)
    base = upload_key(1, 2, chosen, "9")
    assert upload_key(1, 2, Chosen("video", "课.mp4", 100), "9") == base
    others = {
        upload_key(2, 2, chosen, "9"),
        upload_key(1, 3, chosen, "9"),
        upload_key(1, 2, chosen, "10"),
        upload_key(1, 2, Chosen("courseware", "课.mp4", 100), "9"),
        upload_key(1, 2, Chosen("video", "课2.mp4", 100), "9"),
        upload_key(1, 2, Chosen("video", "课.mp4", 101), "9"),
        upload_key(12, 2, Chosen("video", "课.mp4", 100), "9"),
    }
    assert base not in others
    assert len(others) == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "after"), [("preparing", "refused"), ("ready", "ready"), ("refused", "refused")]
)
def test_only_a_film_that_waits_for_its_conversion_can_fail_it(state: str, after: str) -> None:
    asset = Asset.objects.create(lesson=makers.lesson(), kind="video", title="片", state=state)
    film_failed(asset.id, "x" * 400)
    asset.refresh_from_db()
    assert asset.state == after
    assert len(asset.reason) == (300 if state == "preparing" else 0)


# People who leave


def upload(lesson: Lesson, person: Any, key: str, *, there: bool = True) -> Upload:
    row = Upload.objects.create(
        lesson=lesson, person=person, kind="video", name="课.mp4", size=9, key=key
    )
    if there:
        uploads_folder().mkdir(parents=True, exist_ok=True)
        part_file(row.id).write_bytes(b"half")
    return row


@pytest.mark.django_db
def test_the_half_uploads_of_a_person_are_told_and_forgotten_and_nobody_elses() -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher)
    mine = [upload(lesson, cast.teacher, "a"), upload(lesson, cast.teacher, "b", there=False)]
    theirs = upload(lesson, cast.head, "c")
    assert list(upload_files(cast.teacher.id)) == [part_file(row.id) for row in mine]
    assert uploads_forget(cast.teacher.id) == 1
    assert uploads_forget(cast.teacher.id) == 0
    assert not part_file(mine[0].id).exists()
    assert part_file(theirs.id).exists()


@pytest.mark.django_db
def test_an_author_who_leaves_is_found_no_more_and_the_lessons_stay() -> None:
    cast = people.cast()
    mine = makers.lesson(title="观潮", author=cast.teacher)
    theirs = makers.lesson(title="观海", author=cast.head)
    assert [card.id for card in lesson_search(cast.teacher.name)] == [mine.id]
    assert author_forget(cast.teacher.id) == 1
    assert author_forget(cast.teacher.id) == 0
    mine.refresh_from_db()
    assert (mine.author_id, mine.author_name, mine.title) == (None, "", "观潮")
    assert lesson_search(cast.teacher.name) == ()
    assert [card.id for card in lesson_search("观潮")] == [mine.id]
    assert [card.id for card in lesson_search(cast.head.name)] == [theirs.id]

"""A stranger's file is looked at by a child on a leash; every lie is caught with its reason."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from yunke.craft.formats.examine.verdict import Verdict, verdict_of
from yunke.craft.formats.tests import corpus

# (door, file, the reason that people are told)
REASONS = [
    ("video", corpus.DAMAGED["one byte"], "not-video"),
    ("video", corpus.DAMAGED["nuls"], "not-video"),
    ("video", corpus.DAMAGED["noise"], "not-video"),
    ("video", corpus.DAMAGED["renamed text"], "not-video"),
    ("video", corpus.DAMAGED["truncated mp4"], "truncated"),
    ("video", corpus.DAMAGED["truncated webm"], "truncated"),
    ("video", corpus.mp4_2_gb, "truncated"),
    ("video", corpus.mp4_2_64, "lying"),
    ("video", corpus.wav_2_31, "not-video"),
    ("video", corpus.png_60000, "not-video"),
    ("video", corpus.gif_10000, "not-video"),
    ("courseware", corpus.pdf_xref_loop, "broken"),
    ("courseware", lambda: corpus.pdf()[:60], "broken"),
    ("courseware", lambda: corpus.pptx()[:-40], "broken"),
    ("courseware", corpus.bomb, "bomb"),
    ("courseware", lambda: corpus.pptx(extra={"../../evil.xml": b"x"}), "unsafe-names"),
    ("courseware", lambda: corpus.pptx(extra={"ppt/vbaProject.bin": b"x"}), "macros"),
    ("courseware", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-slides"),
    ("courseware", corpus.film, "not-courseware"),
    ("captions", lambda: corpus.OVERLAP.encode(), "overlap"),
    ("captions", corpus.film, "not-captions"),
    ("captions", lambda: b"\0" * 100, "not-captions"),
    ("captions", lambda: b"WEBVTT\n\nnothing", "not-captions"),
]


def examined(kind: str, content: bytes, folder: Path, *, out: bool = True) -> Verdict:
    file = folder / "upload.part"
    file.write_bytes(content)
    made = folder / "out"
    made.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "yunke.craft.formats.examine", kind, str(file)]
    done = subprocess.run(
        [*command, *([str(made)] if out else [])], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 0, done.stderr
    return verdict_of(done.stdout)


@pytest.mark.parametrize(("kind", "content", "reason"), REASONS)
def test_a_bad_file_is_refused_with_its_reason(
    kind: str, content: Any, reason: str, tmp_path: Path
) -> None:
    started = time.monotonic()
    assert examined(kind, content(), tmp_path).reason == reason
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("kind", ["video", "courseware", "captions"])
def test_nothing_at_all_is_called_empty(kind: str, tmp_path: Path) -> None:
    assert examined(kind, b"", tmp_path).reason == "empty"


def test_a_good_film_tells_its_size_length_and_codecs(tmp_path: Path) -> None:
    verdict = examined("video", corpus.camera_film(), tmp_path)
    assert verdict.reason == ""
    assert (verdict.width, verdict.height) == (320, 240)
    assert (verdict.video, verdict.audio, verdict.pixels) == ("h264", "aac", "yuv420p")
    assert verdict.seconds == pytest.approx(6, abs=0.5)
    assert verdict.poster
    assert (tmp_path / "out/poster.jpg").stat().st_size > 1000


def test_a_film_cut_at_sixty_per_cent_is_called_cut(tmp_path: Path) -> None:
    whole = corpus.camera_film()
    assert examined("video", whole[: len(whole) * 6 // 10], tmp_path).reason in {
        "truncated",
        "no-index",
    }


def test_a_webm_is_a_film_too(tmp_path: Path) -> None:
    verdict = examined("video", corpus.film(6, "webm", "libvpx"), tmp_path)
    assert (verdict.reason, verdict.video) == ("", "vp8")


def test_without_a_folder_for_pictures_nothing_is_written(tmp_path: Path) -> None:
    verdict = examined("video", corpus.film(), tmp_path, out=False)
    assert not verdict.poster
    assert os.listdir(tmp_path / "out") == []


def test_a_pdf_becomes_pictures_of_its_pages(tmp_path: Path) -> None:
    verdict = examined("courseware", corpus.pdf(3), tmp_path)
    assert (verdict.reason, verdict.pages, verdict.pictures) == ("", 3, 3)
    assert sorted(os.listdir(tmp_path / "out")) == [
        "page-001.jpg", "page-002.jpg", "page-003.jpg", "poster.jpg",
    ]  # fmt: skip


def test_a_page_of_two_kilometres_is_drawn_at_our_size(tmp_path: Path) -> None:
    verdict = examined("courseware", corpus.pdf(1, side=5_000_000), tmp_path)
    assert verdict.reason in {"", "broken"}
    pictures = list((tmp_path / "out").glob("page-*.jpg"))
    assert all(picture.stat().st_size < 1_000_000 for picture in pictures)


def test_slides_are_counted_without_unpacking(tmp_path: Path) -> None:
    verdict = examined("courseware", corpus.pptx(4), tmp_path)
    assert (verdict.reason, verdict.found, verdict.pages) == ("", "pptx", 4)


def test_the_overlap_names_both_lines(tmp_path: Path) -> None:
    verdict = examined("captions", corpus.OVERLAP.encode(), tmp_path)
    assert (verdict.line, verdict.other) == (6, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_captions_in_any_encoding_become_clean_webvtt(encoding: Any, tmp_path: Path) -> None:
    verdict = examined("captions", corpus.CAPTIONS.encode(encoding), tmp_path)
    assert verdict.reason == ""
    clean = (tmp_path / "out/captions.vtt").read_text(encoding="utf-8")
    assert clean.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n春眠不觉晓")


def test_a_verdict_survives_the_pipe() -> None:
    verdict = Verdict("overlap", "vtt", line=6, other=3)
    assert verdict_of(verdict.as_line()) == verdict

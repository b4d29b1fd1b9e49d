"""A file as an answer: whole where nobody asks for less, else exactly the stretch that is asked."""

import os
from pathlib import Path

import pytest
from django.http import FileResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as some

from yunke.base.ranged import PIECE, ranged

asks = RequestFactory()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ranged") / "film.mp4"
    path.write_bytes(os.urandom(2 * PIECE + 12_345))
    return path


def test_without_a_range_the_whole_film_comes_as_a_stream(large: Path) -> None:
    answer = ranged(asks.get("/film"), large, "video/mp4")
    assert isinstance(answer, FileResponse)
    assert (answer.status_code, answer["Content-Type"]) == (200, "video/mp4")
    assert int(answer["Content-Length"]) == large.stat().st_size
    assert "Content-Range" not in answer
    assert b"".join(answer) == large.read_bytes()


def test_head_says_the_same_and_sends_nothing(large: Path) -> None:
    got, head = (ranged(ask("/film"), large, "video/mp4") for ask in (asks.get, asks.head))
    assert dict(head.items()) == {k: v for k, v in got.items() if k != "Content-Disposition"}
    assert not head.streaming
    assert head.content == b""  # type: ignore[attr-defined]
    b"".join(got)


def test_a_player_walks_through_the_film_a_piece_at_a_time(large: Path) -> None:
    found, answers = b"", 0
    while len(found) < large.stat().st_size:
        answer = ranged(asks.get("/", headers={"Range": f"bytes={len(found)}-"}), large, "a/b")
        assert answer.status_code == 206
        assert len(answer.content) <= PIECE  # type: ignore[attr-defined]
        found, answers = found + answer.content, answers + 1  # type: ignore[attr-defined]
    assert (found, answers) == (large.read_bytes(), 3)


@given(first=some.integers(0, 130), last=some.integers(0, 130))
@settings(max_examples=60)
def test_a_stretch_is_the_same_bytes_as_a_slice(
    tmp_path_factory: pytest.TempPathFactory, first: int, last: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "short"
    data = bytes(range(100))
    path.write_bytes(data)
    answer = ranged(asks.get("/", headers={"Range": f"bytes={first}-{last}"}), path, "a/b")
    if first >= 100 or last < first:
        assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100")
    else:
        assert answer.content == data[first : last + 1]  # type: ignore[attr-defined]
        assert answer["Content-Range"] == f"bytes {first}-{min(last, 99)}/100"


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [("bytes=-4", 206, b"6789"), ("bytes=-40", 206, b"0123456789"), ("bytes=-0", 416, b""),
     ("bytes=8-", 206, b"89"), ("bytes=0-1,3-4", 200, b"0123456789"),
     ("bytes=-", 200, b"0123456789"),
     ("bytes=１-２", 200, b"0123456789"), ("bytes=" + "9" * 400 + "-", 200, b"0123456789")],
)  # fmt: skip
def test_the_end_of_a_file_and_what_is_no_range(
    tmp_path: Path, asked: str, status: int, told: bytes
) -> None:
    (tmp_path / "f").write_bytes(b"0123456789")
    answer = ranged(asks.get("/", HTTP_RANGE=asked), tmp_path / "f", "a/b")
    body = b"".join(answer)
    assert (answer.status_code, body) == (status, told)


def test_nothing_of_it_stays_in_a_cache_and_nothing_guesses_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"<script>")
    for asked in ({}, {"Range": "bytes=0-3"}, {"Range": "bytes=99-"}):
        answer = ranged(asks.get("/", headers=asked), tmp_path / "f", "audio/mpeg")
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == "audio/mpeg"
        b"".join(answer)


def test_an_empty_file_is_whole_and_has_no_stretch(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"")
    assert ranged(asks.get("/"), tmp_path / "f", "a/b").getvalue() == b""
    assert (
        ranged(asks.get("/", headers={"Range": "bytes=0-"}), tmp_path / "f", "a/b").status_code
        == 416
    )

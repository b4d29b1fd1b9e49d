"""The encoder: its command line, and what happens when it fails."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from yunke.demo.film.encode import KEY_SECONDS, encode, order, push, widen
from yunke.demo.film.sound import save_wave
from yunke.demo.film.tests.makers import key_times, probed, video_frames
from yunke.demo.film.values import FPS, RATE

SIZE = (64, 48)


def grey_frames(count: int) -> list[np.ndarray]:
    size = SIZE[0] * SIZE[1]
    planes = [np.full(size * 3 // 2, 128, np.uint8) for _ in range(count)]
    for number, one in enumerate(planes):
        one[:size] = 40 + 4 * (number % 40)
    return planes


@pytest.fixture
def wave(tmp_path: Path) -> Path:
    path = tmp_path / "sound.wav"
    save_wave(np.zeros(5 * RATE, np.float32), path)
    return path


@pytest.fixture
def video(tmp_path: Path, wave: Path) -> Path:
    out = tmp_path / "video.mp4"
    encode(grey_frames(5 * FPS), wave, SIZE, out)
    return out


def test_frames_come_out_in_order(video: Path) -> None:
    shown = video_frames(video, SIZE)
    assert len(shown) == 5 * FPS
    for number, picture in enumerate(shown):
        full = (40 + 4 * (number % 40) - 16) * 255 / 219
        assert abs(float(picture.mean()) - full) < 4


def test_key_frames_are_two_seconds_apart(video: Path) -> None:
    assert key_times(video) == [0.0, 2.0, 4.0]


def test_colours_are_said_to_be_bt709(video: Path) -> None:
    assert "bt709" in probed(video)
    assert "(tv" in probed(video)


def test_two_runs_give_the_same_bytes(tmp_path: Path, wave: Path, video: Path) -> None:
    encode(grey_frames(5 * FPS), wave, SIZE, tmp_path / "again.mp4")
    assert (tmp_path / "again.mp4").read_bytes() == video.read_bytes()


def test_the_head_comes_first(video: Path) -> None:
    data = video.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_missing_sound_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"video\.mp4"):
        encode(grey_frames(3), tmp_path / "nothing.wav", SIZE, tmp_path / "video.mp4")


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path, wave: Path) -> None:
    with pytest.raises(RuntimeError):
        encode(grey_frames(3), wave, SIZE, tmp_path / "nowhere" / "video.mp4")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("-g", str(KEY_SECONDS * FPS)),
        ("-keyint_min", str(KEY_SECONDS * FPS)),
        ("-threads", "1"),
        ("-c:v", "libx264"),
        ("-c:a", "aac"),
        ("-movflags", "+faststart"),
        ("-map_metadata", "-1"),
        ("-s", "64x48"),
    ],
)
def test_the_command_line(name: str, value: str) -> None:
    words = order(Path("a.wav"), SIZE, Path("b.mp4"))
    assert words[words.index(name) + 1] == value


def test_push_writes_everything() -> None:
    end, start = os.pipe()
    widen(start)
    push(start, memoryview(b"abc" * 1000))
    os.close(start)
    with os.fdopen(end, "rb") as reader:
        assert reader.read() == b"abc" * 1000


def test_widen_leaves_other_files_alone(tmp_path: Path) -> None:
    with (tmp_path / "plain").open("wb") as plain:
        widen(plain.fileno())

"""Frames and sound to an MP4 that can be cut into HLS by copy: a key frame every two seconds.

ffmpeg runs as a separate program; x264 gets one thread, so that equal frames give equal bytes.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import imageio_ffmpeg

from .marks import Pixels
from .values import FPS

if sys.platform == "linux":
    import fcntl

KEY_SECONDS = 2
# x264 rate factors; chalk grain costs bytes and hides the loss.
PAPER_RATE, CHALK_RATE = 27, 29
PIPE_BYTES = 1 << 20
SET_PIPE_SIZE = 1031
# Superfast without adaptive quantisation and with whole-pixel motion: half the time, and a board
# stays sharp.
CHEAP = "aq-mode=0:subme=0:scenecut=0:rc-lookahead=0:mbtree=0:bframes=0:weightp=0:me=dia:ref=1"
# Said to x264 and not to ffmpeg, which would otherwise convert the colours a second time.
COLOURS = "colormatrix=bt709:colorprim=bt709:transfer=bt709:range=tv"


def order(wave: Path, size: tuple[int, int], out: Path, rate: int = PAPER_RATE) -> list[str]:
    """The ffmpeg command line; frames come on its standard input."""
    key = KEY_SECONDS * FPS
    frames = f"-f rawvideo -pix_fmt yuv420p -s {size[0]}x{size[1]} -r {FPS} -i -"
    video = f"-c:v libx264 -preset superfast -tune stillimage -crf {rate} -threads 1"
    video += f" -g {key} -keyint_min {key} -x264-params {CHEAP}:{COLOURS}"
    audio = "-c:a aac -aac_coder fast -b:a 48k -ac 1"
    still = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
    return [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"),
        *(*frames.split(), "-i", str(wave), "-map", "0:v", "-map", "1:a"),
        *(*video.split(), *audio.split(), *still.split()),
        *("-movflags", "+faststart", str(out)),
    ]


def encode(
    frames: Iterable[Pixels],
    wave: Path,
    size: tuple[int, int],
    out: Path,
    rate: int = PAPER_RATE,
) -> None:
    """Feed all frames to ffmpeg and wait for the file."""
    with subprocess.Popen(
        order(wave, size, out, rate), stdin=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as child:
        if child.stdin is None or child.stderr is None:
            raise RuntimeError("ffmpeg started without pipes")
        widen(child.stdin.fileno())
        # A broken pipe means that ffmpeg gave up; what it says comes below.
        with contextlib.suppress(BrokenPipeError):
            for planes in frames:
                push(child.stdin.fileno(), planes.data)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        said = child.stderr.read().decode(errors="replace")
    if child.returncode:
        raise RuntimeError(f"ffmpeg could not write {out.name}: {said.strip()}")


def push(pipe: int, data: memoryview) -> None:
    """Write all bytes to a pipe."""
    while data:
        data = data[os.write(pipe, data) :]


def widen(pipe: int) -> None:
    """A pipe as large as a frame halves the number of switches between us and the encoder."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, SET_PIPE_SIZE, PIPE_BYTES)

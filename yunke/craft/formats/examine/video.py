"""Is it a film that can be shown: its container, its first seconds, all of it there?"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg

from yunke.craft.formats import ffmpeg
from yunke.craft.formats.examine.verdict import Verdict
from yunke.craft.formats.mp4 import shape
from yunke.craft.formats.sniff import HEAD, VIDEOS, Found, sniff

LONGEST_SECONDS = 6 * 3600
DECODED_SECONDS = 2.0
# Of a film whose container names its length, this share must really be there.
WHOLE_SHARE = 0.95


def examine_video(path: Path, out: Path | None) -> Verdict:
    """Look at ``path``; write ``poster.jpg`` into ``out``."""
    found = _sniffed(path)
    if found not in VIDEOS:
        return Verdict("empty" if found == Found.EMPTY else "not-video", found)
    if found == Found.MP4 and (fault := _mp4_fault(path)):
        return Verdict(fault, found)
    streams = ffmpeg.streams_of(_ffmpeg(ffmpeg.reading(path, found)).stderr.splitlines())
    reason = _refused(streams) or _broken(path, found)
    if reason:
        return Verdict(reason, found)
    there = _there(path, found, streams)
    if there < streams.seconds * WHOLE_SHARE - 1:
        return Verdict("truncated", found)
    return Verdict(
        found=found,
        seconds=streams.seconds or there,
        width=streams.width,
        height=streams.height,
        video=streams.video,
        pixels=streams.pixels,
        audio=streams.audio,
        poster=_poster(path, found, streams.seconds, out),
    )


def _sniffed(path: Path) -> Found:
    with path.open("rb") as file:
        return sniff(file.read(HEAD))


def _mp4_fault(path: Path) -> str:
    with path.open("rb") as file:
        return shape(file, path.stat().st_size).fault


def _refused(streams: ffmpeg.Streams) -> str:
    if not streams.video or not streams.width:
        return "no-picture"
    if max(streams.width, streams.height) > ffmpeg.LARGEST_SIDE:
        return "huge-picture"
    if streams.seconds > LONGEST_SECONDS:
        return "too-long"
    return ""


def _broken(path: Path, found: Found) -> str:
    decoding = _ffmpeg(ffmpeg.first_seconds(path, found, DECODED_SECONDS))
    frames = [line for line in decoding.stdout.splitlines() if line.startswith("frame=")]
    return "" if frames and int(frames[-1][6:]) > 0 else "broken"


def _there(path: Path, found: Found, streams: ffmpeg.Streams) -> float:
    """Seconds of film that are in the file. MP4 was weighed box by box; any other container is
    read to its end without decoding."""
    if found == Found.MP4:
        return streams.seconds
    lines = _ffmpeg(ffmpeg.to_the_end(path, found)).stdout.splitlines()
    done = [seconds for line in lines if (seconds := ffmpeg.progress_seconds(line)) is not None]
    return max(done, default=0.0)


def _poster(path: Path, found: Found, seconds: float, out: Path | None) -> bool:
    if out is None:
        return False
    target = out / "poster.jpg"
    # Late enough that the title has faded in, early enough for any film.
    for at in (min(20.0, seconds * 0.15), 0.0):
        _ffmpeg(ffmpeg.picture(path, found, at, target))
        if target.is_file() and target.stat().st_size:
            return True
    return False


def _ffmpeg(arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    program = str(imageio_ffmpeg.get_ffmpeg_exe())
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, errors="replace", check=False
    )

"""The files of a lesson on the disk: made in a folder of their own, shown by one rename.

A person never sees half a file: everything is made in ``lessons/<lesson>/.<asset>-<tag>`` and
takes its place in one step.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
from django.conf import settings

from yunke.base.limited import Ended, Limits, run_limited
from yunke.craft.formats import ffmpeg, hls
from yunke.craft.formats.sniff import HEAD, Found, sniff

# A remux writes as much as it reads; the largest upload bounds it.
REMUX = Limits(cpu=600, memory=2 << 30)
TOP = "top"


@dataclass(frozen=True)
class RungMade:
    """One size on the disk: its folder's name, its picture, its peak bits a second."""

    name: str
    width: int
    height: int
    bits: int
    codecs: str


class NotMade(Exception):
    """ffmpeg could not do it; the text is its last words."""


def ffmpeg_program() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def lesson_folder(lesson_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "lessons" / str(lesson_id)


def asset_folder(lesson_id: int, asset_id: int) -> Path:
    return lesson_folder(lesson_id) / str(asset_id)


def staging(lesson_id: int, asset_id: int, tag: str) -> Path:
    """A fresh folder to work in; what an earlier worker of this asset left is removed."""
    for left in lesson_folder(lesson_id).glob(f".{asset_id}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = lesson_folder(lesson_id) / f".{asset_id}-{tag}"
    folder.mkdir(parents=True)
    return folder


def settle(made: Path, lesson_id: int, asset_id: int) -> Path:
    """Show a finished folder at its address; one left by a worker that died is replaced."""
    place = asset_folder(lesson_id, asset_id)
    replace_folder(made, place)
    return place


def take_in(source: Path, target: Path) -> None:
    """The same bytes under another name: a link where the disk allows it, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def found_of(path: Path) -> Found:
    return sniff(head_of(path))


def replace_folder(made: Path, place: Path) -> None:
    """A finished folder takes the place of one that an earlier worker left."""
    if place.exists():
        shutil.rmtree(place)
    made.rename(place)


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def look(source: Path) -> tuple[Found, ffmpeg.Streams]:
    """What a video is and holds; ffmpeg reads its head only."""
    found = found_of(source)
    ended = run_ffmpeg(ffmpeg.reading(source, found))
    return found, ffmpeg.streams_of(ended.errors.splitlines())


def run_ffmpeg(arguments: Sequence[str], *, timeout: float = 600) -> Ended:
    return run_limited([ffmpeg_program(), *arguments], limits=REMUX, timeout=timeout)


def hls_copy(source: Path, found: Found, streams: ffmpeg.Streams, folder: Path) -> RungMade:
    """Remux an H.264 film into ``folder/top``: seconds for an hour. Raises NotMade."""
    rung = folder / TOP
    rung.mkdir(parents=True)
    ended = run_ffmpeg(ffmpeg.remux(source, found, rung, audio=streams.audio))
    if ended.status or not _whole(rung):
        raise NotMade(ended.errors[-300:])
    return rung_made(rung, streams.width, streams.height, sound=bool(streams.audio))


def _whole(rung: Path) -> bool:
    playlist = rung / "index.m3u8"
    if not playlist.is_file():
        return False
    text = playlist.read_text()
    return hls.whole(text) and bool(hls.segments_of(text))


def rung_made(rung: Path, width: int, height: int, *, sound: bool) -> RungMade:
    """Measure a rung on the disk: its peak bits a second, its codec from the init segment."""
    segments = hls.segments_of((rung / "index.m3u8").read_text())
    peak = max((rung / name).stat().st_size * 8 / max(seconds, 0.5) for name, seconds in segments)
    video = hls.avc_codec((rung / "init.mp4").read_bytes()[:65536])
    codecs = f"{video},mp4a.40.2" if video and sound else video
    return RungMade(rung.name, width, height, int(peak), codecs)


def master_write(folder: Path, rungs: Sequence[RungMade]) -> None:
    """List the rungs in the master playlist; readers see the old list or the new one."""
    text = hls.master_playlist(
        hls.Rendition(f"{r.name}/index.m3u8", r.width, r.height, r.bits, r.codecs) for r in rungs
    )
    beside = folder / ".master.m3u8"
    beside.write_text(text)
    beside.replace(folder / "master.m3u8")


def remove_asset_files(lesson_id: int, asset_id: int) -> None:
    shutil.rmtree(asset_folder(lesson_id, asset_id), ignore_errors=True)

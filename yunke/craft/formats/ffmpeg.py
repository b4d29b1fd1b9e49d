"""How ffmpeg is asked, and what it says: argument lists and its lines as values.

ffmpeg reads only local files (``-protocol_whitelist file``) in the container that the first bytes
named, so that a playlist or a script in disguise opens nothing else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yunke.craft.formats.sniff import Found

DEMUXERS = {
    Found.MP4: "mov",
    Found.MATROSKA: "matroska",
    Found.AVI: "avi",
    Found.MPEG_TS: "mpegts",
    Found.MPEG_PS: "mpeg",
    Found.FLV: "flv",
    Found.ASF: "asf",
}
SEGMENT_SECONDS = 4
# Widest and highest picture that is taken: 8K; more is a lie or no lesson.
LARGEST_SIDE = 7680


@dataclass(frozen=True)
class Streams:
    """What ffmpeg says about a file; ``seconds`` 0 when it does not know."""

    seconds: float = 0
    video: str = ""
    profile: str = ""
    pixels: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0
    audio: str = ""

    @property
    def copies(self) -> bool:
        """Every browser plays it as it is: 8-bit 4:2:0 H.264."""
        return self.video == "h264" and self.pixels in {"yuv420p", "yuvj420p"}


# From the start of the line: a film's own title may say "Stream #0:0: Video: h264".
_DURATION = re.compile(r"\s*Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_VIDEO = re.compile(r"\s*Stream #0:\d+.*?: Video: (\w+)(?: \(([^)]*)\))?")
_SIZE = re.compile(r", (\d{1,6})x(\d{1,6})[ ,\[]")
_PIXELS = re.compile(r", (yuvj?\d\w*|gbrp\w*|rgb\w*|bgr\w*|gray\w*|nv12|pal8)\b")
_FPS = re.compile(r", (\d+(?:\.\d+)?) fps")
_AUDIO = re.compile(r"\s*Stream #0:\d+.*?: Audio: (\w+)")


def streams_of(lines: Iterable[str]) -> Streams:
    """Read what ``ffmpeg -i`` prints. Cover pictures are no video."""
    seconds, video, audio, size, fps, pixels, profile = 0.0, "", "", (0, 0), 0.0, "", ""
    for line in lines:
        if found := _DURATION.match(line):
            seconds = int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
        if (found := _AUDIO.match(line)) and not audio:
            audio = found[1]
        if (found := _VIDEO.match(line)) and not video and "attached pic" not in line:
            video, profile = found[1], found[2] or ""
            size = _numbers(_SIZE.search(line))
            pixels = p[1] if (p := _PIXELS.search(line)) else ""
            fps = float(f[1]) if (f := _FPS.search(line)) else 0.0
    return Streams(seconds, video, profile, pixels, size[0], size[1], fps, audio)


def _numbers(found: "re.Match[str] | None") -> tuple[int, int]:
    return (int(found[1]), int(found[2])) if found else (0, 0)


def reading(source: Path, found: Found | None = None) -> list[str]:
    """The arguments that open one local file and nothing else."""
    shape = ["-f", DEMUXERS[found]] if found else []
    return [
        "-hide_banner",
        "-nostdin",
        "-protocol_whitelist",
        "file,pipe",
        *shape,
        "-i",
        str(source),
    ]


def remux(source: Path, found: Found, folder: Path, *, audio: str) -> list[str]:
    """H.264 as it is into HLS: nothing is encoded but a sound that browsers do not play."""
    sound = ["-c:a", "copy"] if audio == "aac" else ["-c:a", "aac", "-b:a", "128k", "-ac", "2"]
    return [
        *reading(source, found), "-map", "0:v:0", "-map", "0:a:0?", "-c:v", "copy", *sound,
        "-map_metadata", "-1", "-sn", "-dn", *into_hls(folder),
    ]  # fmt: skip


def into_hls(folder: Path) -> list[str]:
    """The output of one rung: fMP4 segments of some four seconds and their list."""
    return [
        "-f", "hls", "-hls_time", str(SEGMENT_SECONDS), "-hls_playlist_type", "vod",
        "-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4",
        "-hls_flags", "independent_segments",
        "-hls_segment_filename", str(folder / "seg-%04d.m4s"), str(folder / "index.m3u8"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Size:
    """One smaller size: height in lines, bits of the picture a second."""

    height: int
    bits: int
    names: tuple[str, ...] = field(default=())


LADDER = (Size(480, 900_000), Size(360, 500_000))


def ladder_for(height: int) -> tuple[Size, ...]:
    """The sizes below a source of ``height`` lines; a small source still gets no larger one."""
    return tuple(size for size in LADDER if size.height < height)


def encode(
    source: Path, sizes: Sequence[tuple[Size, Path]], *, audio: str, found: Found | None = None
) -> list[str]:
    """Decode once, encode every size: H.264 with a key frame at each segment's start."""
    split = "".join(f"[in{n}]" for n in range(len(sizes)))
    scales = "".join(
        f";[in{n}]scale=-2:{size.height}:flags=bicubic,format=yuv420p[out{n}]"
        for n, (size, _) in enumerate(sizes)
    )
    args = [
        *reading(source, found), "-progress", "pipe:1", "-nostats",
        "-filter_complex", f"[0:v:0]split={len(sizes)}{split}{scales}",
    ]  # fmt: skip
    for number, (size, folder) in enumerate(sizes):
        sound = ["-c:a", "copy"] if audio == "aac" else ["-c:a", "aac", "-b:a", "96k", "-ac", "2"]
        args += [
            "-map", f"[out{number}]", "-map", "0:a:0?", "-c:v", "libx264", "-preset", "veryfast",
            "-crf", "24", "-maxrate", str(size.bits), "-bufsize", str(size.bits * 2),
            "-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT_SECONDS})", "-sc_threshold", "0",
            *sound, "-map_metadata", "-1", "-sn", "-dn", *into_hls(folder),
        ]  # fmt: skip
    return args


def as_one_file(playlist: Path, target: Path) -> list[str]:
    """A rung as one MP4 that plays while it is still arriving."""
    return [
        "-hide_banner", "-nostdin", "-y", "-protocol_whitelist", "file", "-i", str(playlist),
        "-c", "copy", "-movflags", "+faststart", "-f", "mp4", str(target),
    ]  # fmt: skip


def picture(source: Path, found: Found, at: float, target: Path) -> list[str]:
    """One frame as a JPEG of 640 pixels' width."""
    return [
        *_seeking(at), *reading(source, found), "-y", "-map", "0:v:0", "-frames:v", "1",
        "-vf", "scale=640:-2", "-q:v", "4", "-f", "image2", "-update", "1", str(target),
    ]  # fmt: skip


def _seeking(at: float) -> list[str]:
    return ["-ss", f"{at:.3f}"] if at > 0 else []


def first_seconds(source: Path, found: Found, seconds: float) -> list[str]:
    """Decode the beginning and throw it away; the errors are what matters."""
    return [
        *reading(source, found), "-progress", "pipe:1", "-nostats", "-t", f"{seconds:.1f}",
        "-map", "0:v:0", "-map", "0:a:0?", "-f", "null", "-",
    ]  # fmt: skip


def to_the_end(source: Path, found: Found) -> list[str]:
    """Read every packet without decoding; the last ``time=`` says how much film is there."""
    return [
        *reading(source, found), "-progress", "pipe:1", "-nostats", "-map", "0:v:0", "-c", "copy",
        "-f", "null", "-",
    ]  # fmt: skip


_OUT_TIME = re.compile(r"out_time_us=(\d+)")


def progress_seconds(line: str) -> float | None:
    """Seconds of output done, from a line of ``-progress``; None for other lines."""
    found = _OUT_TIME.match(line)
    return int(found[1]) / 1_000_000 if found else None

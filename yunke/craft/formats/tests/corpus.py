"""Hostile files, made by code: what a hurried teacher, a bad disk or somebody worse sends.

Each maker writes one file and gives nothing else; none is larger than a few megabytes, whatever
it claims to be.
"""

import io
import random
import struct
import subprocess
import tempfile
import wave
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg

FFMPEG = str(imageio_ffmpeg.get_ffmpeg_exe())


@lru_cache(maxsize=8)
def film(seconds: int = 6, suffix: str = "mp4", codec: str = "libx264") -> bytes:
    """A good small film of 320 × 240 with sound; an MP4 has its index first."""
    sound = "libopus" if suffix == "webm" else "aac"
    first = ["-movflags", "+faststart"] if suffix == "mp4" else []
    return _made(seconds, suffix, ["-c:v", codec, "-c:a", sound, *first])


@lru_cache(maxsize=2)
def camera_film(seconds: int = 6) -> bytes:
    """The same with its index at the end, as cameras write it."""
    return _made(seconds, "mp4", ["-c:v", "libx264", "-c:a", "aac"])


def _made(seconds: int, suffix: str, codecs: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"film.{suffix}"
        subprocess.run(
            [
                FFMPEG, "-hide_banner", "-loglevel", "error",
                "-f", "lavfi", "-i", f"testsrc2=size=320x240:rate=10:duration={seconds}",
                "-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}",
                "-pix_fmt", "yuv420p", "-g", "20", *codecs, str(target),
            ],
            check=True,
        )  # fmt: skip
        return target.read_bytes()


def pdf(pages: int = 2, *, side: int = 400) -> bytes:
    """A good PDF with a word on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for number in range(pages):
        text = f"BT /F1 24 Tf 40 200 Td (Page {number + 1}) Tj ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {side} {side}] /Contents "
            f"{len(objects) + 2} 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 "
            "/BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    return _pdf_file(objects)


def _pdf_file(objects: list[str]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return (
        body
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
        + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )


def pptx(slides: int = 3, extra: dict[str, bytes] | None = None) -> bytes:
    """The bones of a PPTX."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p/>")
        for number in range(slides):
            archive.writestr(f"ppt/slides/slide{number + 1}.xml", "<s/>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return into.getvalue()


def png_60000() -> bytes:
    """A PNG of some hundred bytes that says it is 60,000 pixels wide and high."""

    def chunk(name: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 60_001 * 20, 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif_10000() -> bytes:
    """A GIF of 10,000 frames."""
    frame = b"\x21\xf9\x04\0\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 10_000 + b";"


def wav_2_31() -> bytes:
    """A WAV of some hundred bytes that says it holds 2^31 - 1 frames."""
    into = io.BytesIO()
    with wave.open(into, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 50)
    data = bytearray(into.getvalue())
    struct.pack_into("<I", data, 40, 2**31 - 1)
    return bytes(data)


def pdf_xref_loop() -> bytes:
    """A PDF whose cross-reference tables name each other for ever, with no page."""
    body = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n"
    at = len(body)
    second = at + 100
    for here, other in ((at, second), (second, at)):
        body = body.ljust(here, b" ")
        body += b"xref\n0 1\n0000000000 65535 f \n"
        body += f"trailer << /Size 2 /Root 1 0 R /Prev {other} >>\n".encode()
    return body + f"startxref\n{at}\n%%EOF".encode()


def mp4_2_64() -> bytes:
    """An MP4 whose film box says it is 2^64 - 1 bytes long."""
    ftyp = struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomavc1"
    return ftyp + struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 2**64 - 1) + b"\0" * 4096


def mp4_2_gb() -> bytes:
    """An MP4 of 4 kB whose film box says 2 GB."""
    ftyp = struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomavc1"
    return ftyp + struct.pack(">I", 2**31 - 16) + b"mdat" + b"\0" * 4096


def bomb() -> bytes:
    """A PPTX with 200 MB of zeros inside."""
    return pptx(extra={"ppt/media/image1.bmp": b"\0" * (200 << 20)})


NOISE = random.Random(1).randbytes(200_000)
OVERLAP = "WEBVTT\n\n00:01.000 --> 00:04.000\n春眠不觉晓\n\n00:03.500 --> 00:06.000\n处处闻啼鸟\n"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\n春眠不觉晓\n\n00:04.000 --> 00:06.000\n处处闻啼鸟\n"

# U-01: what arrives damaged.
DAMAGED: dict[str, Callable[[], bytes]] = {
    "one byte": lambda: b"\0",
    "nuls": lambda: b"\0" * 100_000,
    "noise": lambda: NOISE,
    "renamed text": lambda: ("这是一篇教案。" * 500).encode(),
    "truncated mp4": lambda: film()[: len(film()) * 6 // 10],
    "truncated camera mp4": lambda: camera_film()[: len(camera_film()) * 6 // 10],
    "truncated webm": lambda: film(6, "webm", "libvpx")[: len(film(6, "webm", "libvpx")) // 2],
    "mp4 of 2 GB by its word": mp4_2_gb,
    "truncated pdf": lambda: pdf()[:60],
    "truncated pptx": lambda: pptx()[:-40],
}
# U-03: what lies about its size.
LYING: dict[str, Callable[[], bytes]] = {
    "wav 2^31 frames": wav_2_31,
    "mp4 box 2^64": mp4_2_64,
    "pdf xref loop": pdf_xref_loop,
    "fit garbage": lambda: b"\x0e\x10\xd9\x07\xff\xff\xff\x7f.FIT" + NOISE[:500],
    "png 60000 x 60000": png_60000,
    "gif 10000 frames": gif_10000,
    "zip bomb in pptx": bomb,
    "zip slip in pptx": lambda: pptx(extra={"../../evil.xml": b"x"}),
}

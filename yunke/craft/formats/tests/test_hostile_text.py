"""Whatever the bytes, reading them ends soon and raises nothing: strangers send them."""

import io
import re
import struct
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trying
from hypothesis import strategies as some

from yunke.craft.formats import ffmpeg, hls
from yunke.craft.formats.mp4 import shape
from yunke.craft.formats.sniff import HEAD, VIDEOS, Found, sniff
from yunke.craft.formats.webvtt import Cue, as_webvtt, captions_of, decoded

often = trying(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

STAMPS = ("00:01.000", "00:02,500", "01:00:00.000", "1:2:3", "99:99.999", "००:०१.०००", "")
LINES = some.one_of(
    some.sampled_from(
        [
            "WEBVTT",
            "NOTE x",
            "",
            "1",
            "-->",
            "--<x>>",
            "<b>重</b>",
            "<scr<b>ipt>",
            "\u3000",
            "a --> b",
        ]
    ),
    some.builds(
        lambda a, b, rest: f"{a} --> {b}{rest}",
        some.sampled_from(STAMPS),
        some.sampled_from(STAMPS),
        some.sampled_from(["", " align:start", "x", " "]),
    ),
    some.text(max_size=12),
)


# Captions


@often
@given(some.one_of(some.text(max_size=300), some.lists(LINES, max_size=25).map("\n".join)))
def test_any_text_gives_cues_or_faults_and_never_neither(text: str) -> None:
    cues, faults = captions_of(text)
    assert cues or faults
    lines = text.count("\n") + text.count("\r") + 1
    assert all(0 <= fault.line <= lines and 0 <= fault.other <= lines for fault in faults)


@often
@given(some.lists(LINES, max_size=25).map("\n".join))
@example("WEBVTT\n\n00:01.000 --> 00:02.000\n--<x>>\n\n00:03.000 --> 00:04.000\nb\n")
@example("WEBVTT\n\n00:01.000 --> 00:02.000\na\n<x>\nb\n")
def test_what_is_written_is_read_back_as_it_was(text: str) -> None:
    """A cue whose words would end it, or begin another, loses what comes behind."""
    cues, _faults = captions_of(text)
    again, _none = captions_of(as_webvtt(cues))
    assert [(c.start, c.end, c.text) for c in again] == [(c.start, c.end, c.text) for c in cues]


@often
@given(some.lists(LINES, max_size=25).map("\n".join))
def test_no_cue_ends_before_it_starts_and_every_clash_is_told(text: str) -> None:
    cues, faults = captions_of(text)
    assert all(cue.start < cue.end for cue in cues)
    clashes = [b for a, b in pairwise(cues) if b.start < a.end]
    told = {fault.line for fault in faults}
    assert all(cue.line in told for cue in clashes)


@often
@given(some.text(alphabet="<>/biscrptx \n\"='", max_size=80))
@example("<i<x>mg src=x onerror=alert(1)>")
@example("<<x>script>")
def test_no_tag_but_emphasis_is_left_in_the_words(words: str) -> None:
    cues, _faults = captions_of("WEBVTT\n\n00:01.000 --> 00:02.000\n" + words)
    for tag in re.findall(r"<[^>]*>", cues[0].text):
        assert re.fullmatch(r"</?(?:b|i|u|v|c|ruby|rt|lang)\b[^<>]*>", tag)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("<b>重</b>", "<b>重</b>"),
        ("<v 老师>同学们好", "<v 老师>同学们好"),
        ("<script>x</script>", "x"),
        ("<ruby>诗<rt>shī</rt></ruby>", "<ruby>诗<rt>shī</rt></ruby>"),
        ("3 < 5", "3 < 5"),
        ("a --", "a --"),
        ("<x>\n第二行", "第二行"),
        ("--<i2>>", "→"),
    ],
)
def test_the_words_of_a_caption_stay_and_foreign_tags_go(words: str, kept: str) -> None:
    cues, faults = captions_of(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n")
    assert (cues[0].text, faults) == (kept, [])


@often
@given(some.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    text = decoded(data)
    assert text is None or isinstance(text, str)


@often
@given(
    some.text(alphabet="春眠不觉晓处处闻啼鸟abc 123\n", min_size=1, max_size=60),
    some.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_text_of_the_usual_encodings_comes_back(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("seconds", [0.0, 0.001, 59.9996, 3599.9999, 359_999.0])
def test_a_stamp_never_says_sixty_seconds(seconds: float) -> None:
    text = as_webvtt([Cue(seconds, seconds + 1, "x", 0)])
    assert ":60." not in text
    assert captions_of(text)[0][0].start == pytest.approx(seconds, abs=0.001)


# Slow on purpose

SLOW: dict[str, Callable[[], Any]] = {
    "opened tags": lambda: captions_of("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 400_000),
    "tags and one end": lambda: captions_of(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 400_000 + ">"
    ),
    "emphasis without end": lambda: captions_of(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<b" * 200_000 + ">"
    ),
    "spaces before a time": lambda: captions_of(" " * 400_000 + "-->"),
    "spaces in a time": lambda: captions_of("00:01.000" + " " * 400_000 + "-->"),
    "arrows": lambda: captions_of("-->\n" * 100_000),
    "digits": lambda: captions_of("0" * 400_000 + " --> 1"),
    "extinf": lambda: hls.segments_of("#EXTINF:" + "9" * 400_000 + "\nx\n"),
    "streams": lambda: ffmpeg.streams_of(["Stream #0:0" + ": x" * 100_000]),
    "many streams in a line": lambda: ffmpeg.streams_of(["Stream #0:1" * 40_000]),
    "boxes": lambda: shape(io.BytesIO(struct.pack(">I4s", 8, b"free") * 50_000), 400_000),
    "one character": lambda: sniff(b"\xff\xfe" + b"\0\xd8" * 512),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_text_made_to_be_slow_is_read_soon(name: str) -> None:
    """Each took minutes, or the square of its length, where the reader looks back and forth."""
    started = time.process_time()
    SLOW[name]()
    assert time.process_time() - started < 3


# First bytes


@often
@given(some.binary(max_size=HEAD))
def test_every_head_has_a_name(head: bytes) -> None:
    assert isinstance(sniff(head), Found)
    assert (sniff(head) == Found.EMPTY) == (head == b"")


@often
@given(some.text(alphabet="春眠不觉晓，处处闻啼鸟。\n 0123456789:.->", min_size=1, max_size=200))
def test_chinese_text_is_never_taken_for_a_film(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert sniff(text.encode(encoding)) not in VIDEOS


@pytest.mark.parametrize(
    "head",
    [
        b"MZ" + b"\0" * 200,
        b"\x7fELF" + b"\0" * 200,
        b"#!/usr/bin/env python\n",
        b"<html><script>",
        b"<?xml version='1.0'?><svg onload='x'>",
        "<script>".encode("utf-16"),
    ],
)
def test_programs_and_pages_are_neither_film_nor_slides_nor_captions(head: bytes) -> None:
    assert sniff(head) in {Found.PROGRAM, Found.HTML}


# MP4


@often
@given(some.binary(max_size=400))
def test_any_bytes_have_a_shape_and_only_a_film_has_no_fault(content: bytes) -> None:
    found = shape(io.BytesIO(content), len(content))
    assert found.fault in {"", "lying", "truncated", "no-index", "no-film"}
    assert found.fault or {"moov", "mdat"} <= set(found.boxes)


@often
@given(
    some.lists(
        some.tuples(
            some.sampled_from([b"ftyp", b"moov", b"mdat", b"free", b"\0\0\0\0"]),
            some.integers(0, 2**32 - 1) | some.integers(0, 40),
        ),
        max_size=12,
    )
)
def test_no_box_is_believed_beyond_the_file(boxes: list[tuple[bytes, int]]) -> None:
    content = b"".join(struct.pack(">I", length) + name for name, length in boxes)
    found = shape(io.BytesIO(content), len(content))
    assert len(found.boxes) <= len(content)


class Counting(io.BytesIO):
    """Counts the bytes that were read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def test_the_film_itself_is_not_read() -> None:
    """A film of two gigabytes costs sixteen bytes a box."""
    file = Counting(
        struct.pack(">I4s", 8, b"moov") + struct.pack(">I4s", 1_000_008, b"mdat") + b"x" * 1_000_000
    )
    assert shape(file, 1_000_016).fault == ""
    assert file.taken <= 32


# Playlists


@often
@given(some.lists(some.one_of(
    some.sampled_from(["#EXTM3U", "#EXTINF:4.0,", "#EXTINF:", "#EXTINF:nan,", "#EXTINF:-3,x",
                       "#EXTINF:1e999,", "seg-1.m4s", ""]),
    some.text(max_size=20),
), max_size=20).map("\n".join))  # fmt: skip
def test_any_playlist_is_read_and_every_length_is_a_length(text: str) -> None:
    for name, seconds in hls.segments_of(text):
        assert name
        assert 0 <= seconds < float("inf")


@often
@given(some.binary(max_size=100))
def test_any_init_segment_gives_a_codec_or_none(init: bytes) -> None:
    codec = hls.avc_codec(init)
    assert codec == "" or (codec.startswith("avc1.") and len(codec) == 11)


@often
@given(some.permutations([240, 360, 480, 720, 1080]))
def test_the_best_size_is_first_however_they_come(heights: list[int]) -> None:
    text = hls.master_playlist(
        hls.Rendition(f"{h}/index.m3u8", h * 2, h, h * 1000) for h in heights
    )
    listed = [int(line.split("/")[0]) for line in text.splitlines() if line.endswith(".m3u8")]
    assert listed == sorted(heights, reverse=True)


# What ffmpeg prints


@often
@given(some.lists(some.text(max_size=60), max_size=8))
def test_any_lines_are_read_as_streams(lines: list[str]) -> None:
    assert ffmpeg.streams_of(lines).seconds >= 0
    assert all(ffmpeg.progress_seconds(line) is None or line for line in lines)


@pytest.mark.parametrize(
    "title",
    [
        "    title           : Stream #0:0: Video: h264 (High), yuv420p, 640x480, 25 fps",
        "    comment         : Duration: 00:00:01.00, start: 0.0",
        "                    : Stream #0:9: Audio: aac (LC)",
    ],
)
def test_a_films_title_does_not_speak_for_its_streams(title: str) -> None:
    real = [
        "  Duration: 00:10:00.00, start: 0.000000",
        "  Stream #0:0: Video: hevc (Main), yuv420p, 1920x1080, 25 fps",
    ]
    for lines in ([title, *real], [*real, title]):
        streams = ffmpeg.streams_of(lines)
        assert (streams.video, streams.seconds, streams.height) == ("hevc", 600, 1080)
        assert (streams.audio, streams.copies) == ("", False)

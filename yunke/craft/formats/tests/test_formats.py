"""Bytes to values: what a file is, whether an MP4's boxes fit, what ffmpeg says, playlists."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest

from yunke.craft.formats import ffmpeg, hls
from yunke.craft.formats.mp4 import shape
from yunke.craft.formats.sniff import Found, sniff
from yunke.craft.formats.tests import corpus
from yunke.craft.formats.webvtt import Cue, Fault, as_webvtt, captions_of, decoded

# What a file is


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"", Found.EMPTY),
        (b"\0\0\0\x18ftypisom", Found.MP4),
        (b"\0\0\0\x08wide\0\0\0\0mdat", Found.MP4),
        (b"\x1aE\xdf\xa3\x01", Found.MATROSKA),
        (b"RIFF\0\0\0\0AVI LIST", Found.AVI),
        (b"RIFF\0\0\0\0WAVEfmt ", Found.WAV),
        (b"RIFF\0\0\0\0WEBPVP8 ", Found.IMAGE),
        (b"RIFF\0\0\0\0odd.", Found.UNKNOWN),
        ((b"G" + b"\xff" * 187) * 3, Found.MPEG_TS),
        ((b"time" + b"G" + b"\xff" * 187) * 3, Found.MPEG_TS),
        (b"Gruss aus der Schule, ein Text, der mit G beginnt.", Found.TEXT),
        (b"\x00\x00\x01\xba\x44", Found.MPEG_PS),
        (b"%PDF-1.7", Found.PDF),
        (b"PK\x03\x04", Found.ZIP),
        (b"\xff\xd8\xff\xe0", Found.JPEG),
        (b"GIF89a", Found.GIF),
        (b"\x7fELF", Found.PROGRAM),
        (b"#!/bin/sh", Found.PROGRAM),
        (b"<!DOCTYPE html><script>", Found.HTML),
        (b"  <svg xmlns=", Found.HTML),
        (b"\xef\xbb\xbfWEBVTT\n\n", Found.VTT),
        ("WEBVTT\n\n".encode("utf-16"), Found.VTT),
        ("这是一篇教案。".encode(), Found.TEXT),
        ("这是一篇教案。".encode("gb18030"), Found.TEXT),
        (bytes(range(1, 32)) * 30, Found.UNKNOWN),
        (b"\0" * 1000, Found.UNKNOWN),
    ],
)
def test_the_first_bytes_name_a_file(head: str, found: Any) -> None:
    assert sniff(head) == found


# MP4


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def fault(content: bytes) -> str:
    return shape(io.BytesIO(content), len(content)).fault


def test_a_whole_film_has_no_fault() -> None:
    assert fault(corpus.film()) == fault(corpus.camera_film()) == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (box(b"ftyp") + box(b"mdat", b"x" * 50), "no-index"),
        (box(b"ftyp") + box(b"moov", b"x" * 50), "no-film"),
        (box(b"ftyp") + box(b"moov") + box(b"mdat", b"x" * 50)[:-20], "truncated"),
        (corpus.mp4_2_64(), "lying"),
        (corpus.mp4_2_gb(), "truncated"),
        (box(b"ftyp") + b"\0\0\0\x03moov", "lying"),
        (box(b"ftyp") + struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 3), "lying"),
        (box(b"ftyp") + b"\0\0\0\x01mdat\0\0", "truncated"),
        (b"short", "lying"),
    ],
)
def test_boxes_that_do_not_fit_are_named(content: Any, reason: str) -> None:
    assert fault(content) == reason


def test_a_last_box_may_reach_to_the_end_without_a_length() -> None:
    assert fault(box(b"ftyp") + box(b"moov") + b"\0\0\0\0mdat" + b"x" * 99) == ""


def test_rubbish_behind_a_whole_film_is_left_alone() -> None:
    assert fault(box(b"moov") + box(b"mdat") + b"\x01\x02") == ""


def test_the_walk_over_boxes_ends() -> None:
    many = box(b"free") * 200_000
    assert len(shape(io.BytesIO(many), len(many)).boxes) == 100_000


# What ffmpeg says

SAID = """
  Duration: 01:02:03.50, start: 0.000000, bitrate: 1626 kb/s
  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(progressive), 1280x720 [SAR 1:1 DAR 16:9], 1500 kb/s, 25 fps, 25 tbr
  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono
  Stream #0:2: Video: mjpeg, yuvj420p, 600x600, 90k tbr (attached pic)
"""  # noqa: E501 - the line as ffmpeg prints it


def test_the_streams_are_read_from_what_ffmpeg_prints() -> None:
    streams = ffmpeg.streams_of(SAID.splitlines())
    assert streams == ffmpeg.Streams(3723.5, "h264", "High", "yuv420p", 1280, 720, 25.0, "aac")
    assert streams.copies


@pytest.mark.parametrize(
    "line",
    [
        "Stream #0:0: Video: hevc (Main), yuv420p, 1280x720, 25 fps",
        "Stream #0:0: Video: h264 (High 10), yuv420p10le, 1280x720, 25 fps",
        "Stream #0:0: Video: vp9, yuv420p, 1280x720, 25 fps",
        "Stream #0:0: Audio: aac, 44100 Hz",
    ],
)
def test_what_browsers_do_not_play_is_not_copied(line: Any) -> None:
    assert not ffmpeg.streams_of([line]).copies


def test_a_cover_picture_is_no_film() -> None:
    line = "  Stream #0:0: Video: mjpeg, yuvj420p, 600x600, 90k tbr (attached pic)"
    assert ffmpeg.streams_of([line]).video == ""


def test_ffmpeg_opens_one_local_file_in_its_own_container() -> None:
    arguments = ffmpeg.reading(Path("/x/film"), Found.MATROSKA)
    assert arguments[arguments.index("-protocol_whitelist") + 1] == "file,pipe"
    assert arguments[arguments.index("-f") + 1] == "matroska"


def test_sound_that_browsers_play_is_copied_and_other_sound_encoded() -> None:
    folder = Path("/x")
    assert "copy" in _sound(ffmpeg.remux(folder, Found.MP4, folder, audio="aac"))
    assert "aac" in _sound(ffmpeg.remux(folder, Found.MP4, folder, audio="mp3"))


def _sound(arguments: list[str]) -> str:
    return arguments[arguments.index("-c:a") + 1]


@pytest.mark.parametrize(
    ("height", "sizes"), [(1080, [480, 360]), (480, [360]), (400, [360]), (360, []), (240, [])]
)
def test_only_smaller_sizes_are_made(height: Any, sizes: Any) -> None:
    assert [size.height for size in ffmpeg.ladder_for(height)] == sizes


def test_all_sizes_come_from_one_decoding() -> None:
    sizes = [(size, Path(f"/x/{size.height}")) for size in ffmpeg.LADDER]
    arguments = ffmpeg.encode(Path("/x/film"), sizes, audio="aac")
    assert arguments.count("-i") == 1
    assert "split=2[in0][in1]" in arguments[arguments.index("-filter_complex") + 1]


def test_progress_is_read_from_microseconds() -> None:
    assert ffmpeg.progress_seconds("out_time_us=2500000") == 2.5
    assert ffmpeg.progress_seconds("out_time_us=N/A") is None
    assert ffmpeg.progress_seconds("frame=10") is None


# Playlists


def test_the_master_playlist_begins_with_the_best_size() -> None:
    text = hls.master_playlist(
        [
            hls.Rendition("360/index.m3u8", 640, 360, 500_000),
            hls.Rendition("top/index.m3u8", 1280, 720, 2_000_000, "avc1.64001f,mp4a.40.2"),
        ]
    )
    lines = text.splitlines()
    assert lines[0] == "#EXTM3U"
    assert lines[3] == (
        '#EXT-X-STREAM-INF:BANDWIDTH=2000000,RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2"'
    )
    assert lines[4:] == [
        "top/index.m3u8", "#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=640x360", "360/index.m3u8",
    ]  # fmt: skip


def test_a_playlist_is_whole_when_it_says_its_end() -> None:
    text = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:4.0,\nseg-0.m4s\n#EXTINF:1.5,\nseg-1.m4s\n'
    assert not hls.whole(text)
    assert hls.whole(text + "#EXT-X-ENDLIST\n")
    assert hls.segments_of(text) == [("seg-0.m4s", 4.0), ("seg-1.m4s", 1.5)]


def test_the_codec_is_read_from_the_init_segment() -> None:
    assert hls.avc_codec(b"....avcC\x01\x64\x00\x1f\xff") == "avc1.64001f"
    assert hls.avc_codec(b"no such box") == hls.avc_codec(b"avcC\x01") == ""


# Captions


def test_webvtt_and_subrip_give_the_same_cues() -> None:
    subrip = (
        "1\r\n00:00:01,000 --> 00:00:04,000\r\n春眠不觉晓\r\n\r\n"
        "2\r\n00:00:04,000 --> 00:00:06,000\r\n处处闻啼鸟\r\n"
    )
    one, other = captions_of(corpus.CAPTIONS), captions_of(subrip)
    assert as_webvtt(one[0]) == as_webvtt(other[0])
    assert one[1] == other[1] == []


def test_names_settings_notes_and_two_lines_are_read() -> None:
    text = "WEBVTT - a title\n\nNOTE hello\n\nintro\n00:01.000 --> 00:02.000 align:start\na\nb\n"
    assert captions_of(text) == ([Cue(1.0, 2.0, "a\nb", 6)], [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (corpus.OVERLAP, Fault("overlap", 6, 3)),
        ("WEBVTT\n\n00:05.000 --> 00:02.000\na\n", Fault("backwards", 3)),
        ("WEBVTT\n\n5 sec --> 00:02.000\na\n", Fault("times", 3)),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb\n",
            Fault("order", 6, 3),
        ),
        ("WEBVTT\n", Fault("empty")),
        ("", Fault("empty")),
    ],
)  # fmt: skip
def test_every_fault_names_its_line(text: str, fault: Any) -> None:
    assert captions_of(text)[1][0] == fault


def test_a_cue_that_touches_the_next_one_does_not_overlap() -> None:
    assert captions_of(corpus.CAPTIONS)[1] == []


def test_scripts_in_captions_are_left_out_and_emphasis_stays() -> None:
    cues, _faults = captions_of(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<b>重</b><script>alert(1)</script><img src=x>\n"
    )
    assert cues[0].text == "<b>重</b>alert(1)"


def test_hours_of_captions_are_written_as_read() -> None:
    text = as_webvtt([Cue(3661.5, 3662.0, "一小时后", 0)])
    assert "01:01:01.500 --> 01:01:02.000\n一小时后" in text
    assert captions_of(text)[0][0].start == 3661.5


def test_too_many_cues_end_the_reading() -> None:
    block = "00:01.000 --> 00:02.000\na\n\n" * 20_001
    assert captions_of("WEBVTT\n\n" + block)[1][0].code == "many"


def test_a_file_is_decoded_in_one_encoding_or_not_at_all() -> None:
    assert decoded("字幕".encode()) == decoded("字幕".encode("gb18030")) == "字幕"
    assert decoded("字幕".encode("utf-16")) == "字幕"
    assert decoded(b"\xff\xff\xff") is None

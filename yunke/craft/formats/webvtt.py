"""Captions: WebVTT and SubRip into cues, with the line of everything that is wrong."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TIME = r"(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMES = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s+.*)?$")
# A caption's own tag is kept (the group), anything else between < and > goes in one pass, so that
# no foreign tag is put together from what is left.
_TAG = re.compile(r"(</?(?:b|i|u|v|c|ruby|rt|lang)\b[^<>]*>)|<[^>]*>")
MOST_CUES = 20_000


@dataclass(frozen=True)
class Cue:
    """One caption: seconds from ``start`` until ``end``, its text, the line of its times."""

    start: float
    end: float
    text: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which line (from 1); ``other`` is the line that it clashes with.

    code: "times" (not a time), "backwards" (ends before it starts), "overlap", "order" (starts
    before the one above), "empty" (no cue at all), "many".
    """

    code: str
    line: int = 0
    other: int = 0


def captions_of(text: str) -> tuple[list[Cue], list[Fault]]:
    """Read WebVTT or SubRip. Faults are in the order of the file; cues are what could be read."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues: list[Cue] = []
    faults: list[Fault] = []
    number = 0
    while number < len(lines):
        if "-->" not in lines[number]:
            number += 1
            continue
        start = number
        number = _payload_end(lines, start + 1)
        cue = _cue(lines[start], lines[start + 1 : number], start + 1)
        if isinstance(cue, Fault):
            faults.append(cue)
        else:
            cues.append(cue)
        if len(cues) > MOST_CUES:
            return cues, [Fault("many", start + 1)]
    if not cues and not faults:
        return [], [Fault("empty")]
    return cues, sorted([*faults, *_clashes(cues)], key=lambda fault: fault.line)


def _payload_end(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
        at += 1
    return at


def _cue(times: str, payload: Iterable[str], line: int) -> Cue | Fault:
    found = _TIMES.match(times)
    if found is None:
        return Fault("times", line)
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end <= start:
        return Fault("backwards", line)
    return Cue(start, end, _plain("\n".join(payload)), line)


def _plain(text: str) -> str:
    """The words without tags that captions do not have; never a line that would end the cue.

    Only up to the last ">": behind it no tag can end, and looking for its end from every "<"
    would cost the square of the length.
    """
    tagged, mark, rest = text.rpartition(">")
    words = _TAG.sub(r"\1", tagged + mark) + rest
    lines = (line.strip() for line in words.replace("-->", "→").split("\n"))
    return "\n".join(line for line in lines if line)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _clashes(cues: Sequence[Cue]) -> Iterable[Fault]:
    for before, cue in pairwise(cues):
        if cue.start < before.start:
            yield Fault("order", cue.line, before.line)
        elif cue.start < before.end:
            yield Fault("overlap", cue.line, before.line)


def as_webvtt(cues: Iterable[Cue]) -> str:
    """The cues as a clean WebVTT file."""
    blocks = [f"{_stamp(c.start)} --> {_stamp(c.end)}\n{c.text}" for c in cues]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{thousandths:03}"


def decoded(data: bytes) -> str | None:
    """The whole file in one encoding: UTF-8, UTF-16 with its mark, else GB 18030; None if none."""
    for encoding in (
        "utf-8-sig",
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030",
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None

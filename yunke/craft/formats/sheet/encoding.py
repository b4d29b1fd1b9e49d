"""Which encoding a text file has: decided over the whole file, never cell by cell.

682 of the 3,755 common hanzi are valid UTF-8 when written in GBK (隆 reads as ¡), so no single
cell can tell. UTF-8 first, then GB18030 (which holds GBK), each over every byte; what could be
read both ways, or is one here and the other there, is refused with the line and both readings.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 1 << 20
SAMPLE = 60
LONGEST = 1 << 20  # bytes of one line: no roster has such, and searching it would take for ever
# A cell made only of bytes that are two-byte UTF-8 and common hanzi of GB2312 at once.
_BOTH = re.compile(rb'(?:^|[,;\t"])((?:[\xc2-\xd7][\xa1-\xbf])+)(?=$|[,;\t"\r\n])')
_TWO = re.compile(rb"[\xc2-\xd7][\xa1-\xbf]")
_HAN_UTF8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xf0[\xa0-\xb3][\x80-\xbf]{2})")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(eq=False)
class Unreadable(Exception):
    """``code``: mixed, ambiguous, big5, unknown, nul, empty, long; ``line`` from 1; the line as
    it reads, and as it reads otherwise.
    """

    code: str
    line: int = 0
    sample: str = ""
    other: str = ""

    def __str__(self) -> str:
        return f"{self.code} line {self.line}: {self.sample} / {self.other}"


def encoding_of(path: Path) -> str:
    """The Python name of the file's encoding, proven over every byte. Raises Unreadable.

    Two passes at most, a megabyte at a time.
    """
    with path.open("rb") as file:
        begins = file.read(4096)
    if not begins:
        raise Unreadable("empty")
    for mark, name in _BOMS:
        if begins.startswith(mark):
            _strict(path, name)
            return name
    wide = _wide(begins)
    if wide:
        _strict(path, wide)
        return wide
    if b"\x00" in begins:
        raise Unreadable("nul", 1)
    return _narrow(path)


def _narrow(path: Path) -> str:
    """UTF-8 or GB18030, by every line of the file."""
    try:
        _decode(path, "utf-8")
    except UnicodeDecodeError:
        return _chinese(path)
    for number, line in _lines(path):
        _refuse_nul(line, number)
        if _TWO.search(line) and (found := _BOTH.search(line)):
            raise Unreadable("ambiguous", number, found[1].decode(), _as(found[1], "gb18030"))
    return "utf-8"


def _chinese(path: Path) -> str:
    """No UTF-8: GB18030 as a whole, or a reason."""
    broken = 0
    for number, line in _lines(path):
        _refuse_nul(line, number)
        if not broken and not _reads(line, "utf-8"):
            broken = number
    first = _line(path, broken)
    mixed = next((at for at, line in _lines(path) if _is_utf8_han(line)), 0)
    if mixed:
        raise Unreadable("mixed", broken, _as(first, "gb18030"), _as(_line(path, mixed), "utf-8"))
    if _is_big5(path):
        raise Unreadable("big5", broken, _as(first, "big5hkscs"), _as(first, "gb18030"))
    try:
        _decode(path, "gb18030")
    except UnicodeDecodeError:
        wrong = next((at for at, line in _lines(path) if not _reads(line, "gb18030")), broken)
        sample = _as(_line(path, wrong), "gb18030")
        raise Unreadable("unknown", wrong, sample) from None
    return "gb18030"


def _is_utf8_han(line: bytes) -> bool:
    """Hanzi in UTF-8, which GB18030 would read as other hanzi."""
    if line.isascii() or not _reads(line, "utf-8"):
        return False
    rest = _HAN_UTF8.sub(b"", line)
    return rest.isascii() and len(_HAN_UTF8.findall(line)) >= 2


def _is_big5(path: Path) -> bool:
    """Big5 read as GBK has four in ten second bytes where common hanzi of GBK have none."""
    low = many = 0
    for _number, line in _lines(path):
        pairs = _PAIR.findall(line)
        many += len(pairs)
        low += sum(pair[1] < 0xA1 for pair in pairs)
    if many < 2 or low / many < 0.2:
        return False
    try:
        _decode(path, "big5hkscs")
    except UnicodeDecodeError:
        return False
    return True


def _wide(begins: bytes) -> str:
    """UTF-16 without its mark, by where the NULs of its ASCII lie."""
    half = len(begins) // 2
    if half < 4:
        return ""
    odd, even = begins[1::2].count(0), begins[0::2].count(0)
    if odd > half * 0.2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.2 and not odd else ""


def _strict(path: Path, name: str) -> None:
    line = 1
    try:
        for text in _decoded(path, name):
            if "\x00" in text:
                raise Unreadable("nul", line + text[: text.index("\x00")].count("\n"))
            line += text.count("\n")
    except UnicodeDecodeError as trouble:
        sample = trouble.object[max(0, trouble.start - 20) : trouble.start + 20]
        raise Unreadable("unknown", line, sample.decode(name, errors="replace")) from None


def _decode(path: Path, name: str) -> None:
    for _text in _decoded(path, name):
        pass


def _decoded(path: Path, name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(name)("strict")
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Physical lines and their numbers, whichever of CR, LF and CRLF ends them.

    Neither byte is ever the second of a GBK or Big5 pair, so lines may be cut before decoding.
    """
    number, rest = 0, b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            lines = (rest + piece).splitlines(keepends=True)
            rest = lines.pop() if lines else b""
            if len(rest) > LONGEST:
                raise Unreadable("long", number + 1, _as(rest[:200], "utf-8"))
            for line in lines:
                number += 1
                yield number, line
    for line in rest.splitlines(keepends=True):
        number += 1
        yield number, line


def _line(path: Path, wanted: int) -> bytes:
    return next((line for number, line in _lines(path) if number == wanted), b"")


def _refuse_nul(line: bytes, number: int) -> None:
    if b"\x00" in line:
        raise Unreadable("nul", number, _as(line.replace(b"\x00", b""), "utf-8"))


def _reads(line: bytes, name: str) -> bool:
    try:
        line.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _as(line: bytes, name: str) -> str:
    return line.strip().decode(name, errors="replace")[:SAMPLE]

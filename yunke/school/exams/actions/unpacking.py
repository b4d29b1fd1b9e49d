"""What was sent, taken apart: a ZIP into files, files into pages, each page read."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import pypdfium2

from yunke.craft.marking.sheets import BadPicture, Problem, SheetReading, read_pages
from yunke.craft.marking.sheets.paged import is_pdf
from yunke.school.exams.models import Layout
from yunke.school.exams.reads.sheets import template_of
from yunke.school.exams.rules.pixels import jpeg_of, picture_of

MOST_MEMBERS = 600
MOST_MEMBER = 80_000_000  # bytes of one file in a ZIP
MOST_UNPACKED = 1_500_000_000
AT_ONCE = 1 << 20  # bytes, while a member is only looked through
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".pdf")

BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError,
    EOFError, OSError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """A page as it was read, and what it was read with. ``shown``: JPEG for a person's eyes."""

    name: str
    layout: Layout
    reading: SheetReading
    shown: bytes


@dataclass(frozen=True)
class Part:
    """A file that was sent, or one of a ZIP. ``before``, ``share``: where it stands in the whole,
    0 to 1."""

    name: str
    data: bytes
    before: float = 0.0
    share: float = 1.0


def files_in(name: str, source: IO[bytes]) -> Iterator[Part]:
    """The file itself, or what is in a ZIP: pictures and PDFs, by name, one in memory at a time.

    Every member was read through once before the first is given: a folder that is damaged anywhere
    is refused as a whole. Raises BadPicture.
    """
    if not zipfile.is_zipfile(source):
        source.seek(0)
        yield Part(name, source.read())
        return
    try:
        with zipfile.ZipFile(source) as archive:
            members = _members(archive)
            for place, one in enumerate(members):
                data = archive.read(one)
                share = 1 / len(members)
                yield Part(PurePosixPath(one.filename).name, data, place * share, share)
    except BROKEN as wrong:
        raise BadPicture(f"the ZIP cannot be read: {wrong}") from wrong


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Sizes are those that the ZIP declares; reading past them raises, so they hold."""
    members = [member for member in archive.infolist() if _is_picture(member)]
    if len(members) > MOST_MEMBERS:
        raise BadPicture(f"{len(members)} pictures, {MOST_MEMBERS} are allowed")
    sizes = [member.file_size for member in members]
    if sum(sizes) > MOST_UNPACKED or max(sizes, default=0) > MOST_MEMBER:
        raise BadPicture("what is in the ZIP is too large")
    if not members:
        raise BadPicture("there is no picture and no PDF in the ZIP")
    for member in members:
        with archive.open(member) as whole:
            while whole.read(AT_ONCE):
                pass
    return sorted(members, key=lambda one: one.filename)


def _is_picture(member: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(member.filename).name
    if member.is_dir() or name.startswith("._"):
        return False
    return name.lower().endswith(PICTURES)


def pages_in(data: bytes) -> int:
    """How many pages a file has, for the progress; 1 where that is not known."""
    if not is_pdf(data):
        return 1
    try:
        with pypdfium2.PdfDocument(data) as document:
            return max(1, len(document))
    except pypdfium2.PdfiumError:
        return 1


def pages_read(name: str, data: bytes, layouts: Sequence[Layout]) -> Iterator[Read]:
    """Every page of a file, one by one, read by the layout that it was printed with.

    What cannot be decoded is one page that nobody can read, never the end of the others.
    """
    place, one = 0, pages_in(data) == 1
    try:
        for reading in read_pages(data, template_of(layouts[0]), pictures=True):
            label = name if one else f"{name} · {place + 1}"
            yield _read(label[:120], data, place, layouts, reading)
            place += 1
    except BadPicture:
        nothing = SheetReading(None, None, {}, (), refused=Problem.NO_SHEET)
        yield Read(name[:120], layouts[0], nothing, b"")


def _read(
    name: str, data: bytes, place: int, layouts: Sequence[Layout], reading: SheetReading
) -> Read:
    layout = layouts[0]
    if reading.refused in (Problem.OTHER_EXAM, Problem.NO_SHEET):
        layout, reading = _by_older(data, place, layouts, reading)
    shown = jpeg_of(reading.straight) if reading.straight else picture_of(data, place)
    return Read(name, layout, reading, shown)


def _by_older(
    data: bytes, place: int, layouts: Sequence[Layout], reading: SheetReading
) -> tuple[Layout, SheetReading]:
    """Sheets that were printed before the layout changed are read by theirs."""
    for layout in layouts[1:]:
        for number, again in enumerate(read_pages(data, template_of(layout), pictures=True)):
            if number == place and again.refused is None:
                return layout, again
    return layouts[0], reading

"""Writing tables that a spreadsheet opens without running anything.

A cell that begins like a formula gets an apostrophe in front, in CSV and in XLSX (which people
save as CSV); our own reader takes it off again, so that what went out comes back the same.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Cell = str | int | float | None
# The wide ones too: a Chinese Excel takes ＝ for =.
STARTERS = "=+-@\t\r\n＝＋－＠"
_BEGINS = re.compile(f"'*[{re.escape(STARTERS)}]")
_GUARDED = re.compile(f"'+[{re.escape(STARTERS)}]")
# XLSX writes what XML cannot hold as _xHHHH_, and so also a text that looks like it.
_UNTELLABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_TOLD = re.compile(r"_x([0-9A-Fa-f]{4})_")
CHUNK = 500  # lines of CSV in one piece
LONGEST = 32_767  # characters of one cell, in Excel


class SheetTooLong(Exception):
    """A cell is longer than a spreadsheet takes; the text is its beginning."""


def neutral(text: str) -> str:
    """The text as no spreadsheet would run it; ``plain`` is its inverse."""
    if text[:1].isalnum():  # nearly all of them
        return text
    return f"'{text}" if _BEGINS.match(text) else text


def plain(text: str) -> str:
    """What ``neutral`` was given; any other text as it is."""
    return text[1:] if _GUARDED.match(text) else text


def sheet_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with a BOM (Excel takes it for GBK without) and CRLF, in pieces of 500 lines."""
    yield b"\xef\xbb\xbf"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([neutral(cell) for cell in header])
    for number, row in enumerate(rows, 1):
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
        if number % CHUNK == 0:
            yield _taken(text)
    yield _taken(text)


def sheet_xlsx(
    file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str = ""
) -> int:
    """One sheet, a bold first line that stays; gives the rows written.

    Texts are cells of text, so leading zeros stay; numbers are numbers. Needs little memory at any
    length. Raises SheetTooLong for a cell of more than 32,767 characters.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    for index, name in enumerate(header):
        sheet.column_dimensions[_letters(index)].width = max(12, min(36, 2 * len(name) + 4))
    written = 0
    try:
        sheet.append([_cell(sheet, name, bold) for name in header])
        for row in rows:
            sheet.append([_cell(sheet, one) if isinstance(one, str) else one for one in row])
            written += 1
    except BaseException:
        sheet.close()  # else its half file is written to when it is collected
        raise
    book.save(file)
    return written


def told(text: str) -> str:
    """An XLSX cell's text with its _xHHHH_ read; used by the reader."""
    return _TOLD.sub(lambda found: chr(int(found[1], 16)), text)


def sheet_kind(file: IO[bytes]) -> str:
    """ "xlsx", "zip" (another archive) or "csv", by content and never by the name."""
    begins = file.read(4)
    file.seek(0)
    if begins[:2] != b"PK":
        return "csv"
    try:
        with zipfile.ZipFile(file) as archive:
            found = "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return "zip"
    finally:
        file.seek(0)
    return "xlsx" if found else "zip"


def _cell(sheet: object, text: str, font: Font | None = None) -> WriteOnlyCell:
    if len(text) > LONGEST - 1:
        raise SheetTooLong(text[:60])
    safe = _UNTELLABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", neutral(text))
    cell = WriteOnlyCell(sheet, safe)
    cell.number_format = "@"
    if font is not None:
        cell.font = font
    return cell


def _letters(index: int) -> str:
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name, index = chr(65 + rest) + name, index - 1
    return name


def _taken(text: io.StringIO) -> bytes:
    found = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return found

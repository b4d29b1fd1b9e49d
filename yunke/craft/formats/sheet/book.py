"""An XLSX, row by row, read in a child process on a short leash (``python -m ... book FILE``).

The archive is looked at as any zip, its XML is read through defusedxml (openpyxl takes it when it
is installed), only visible sheets count, and a formula is told as such: its value would be what
some other machine last computed.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from yunke.craft.formats.sheet.write import plain, told
from yunke.craft.formats.zips import ZipLimits, ZipRefused, zip_open

LIMITS = ZipLimits(entries=400, each=512 << 20, whole=1 << 30)
ROWS = 200_000
EXACT = 10**15  # beyond, a spreadsheet has rounded a number
# What _xHHHH_ can name and no database takes: NUL, and one half of a letter.
_UNTOLD = re.compile("[\x00\ud800-\udfff]")
FORMULA, ROUNDED = "\x01formula", "\x01rounded"  # cells that hold no text but a reason


class BookRefused(Exception):
    """``code``: a zip's reason, no-book, no-sheet, many-sheets, many-rows."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


def book_lines(path: Path) -> Iterator[dict[str, Any]]:
    """First ``{"sheet", "hidden"}``, then ``{"n", "c"}`` a row with its number. Raises BookRefused.

    Several visible sheets with rows are refused: nobody can know which one is the roster.
    """
    if not openpyxl.DEFUSEDXML:
        raise BookRefused("no-defusedxml")
    # As a stream: openpyxl judges a path by its ending, and an upload has none.
    with path.open("rb") as file:
        try:
            zip_open(file, LIMITS)
        except ZipRefused as trouble:
            raise BookRefused(trouble.code, trouble.name) from None
        file.seek(0)
        try:
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception as trouble:  # not well formed, or an entity that defusedxml refuses
            raise BookRefused("no-book") from trouble
        yield from _sheet_lines(book)


def _sheet_lines(book: Any) -> Iterator[dict[str, Any]]:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    filled = [sheet for sheet in shown if _has_rows(sheet)]
    if not filled:
        raise BookRefused("no-sheet")
    if len(filled) > 1:
        raise BookRefused("many-sheets", "、".join(sheet.title for sheet in filled)[:80])
    sheet = filled[0]
    yield {"sheet": sheet.title, "hidden": hidden}
    sheet.reset_dimensions()  # the size that a file tells is not believed
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > ROWS:
            raise BookRefused("many-rows")
        cells = [_text(cell) for cell in row[:200]]
        if any(cells):
            yield {"n": number, "c": cells}


def _has_rows(sheet: Any) -> bool:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=50)
    return any(cell.value not in (None, "") for row in rows for cell in row)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return _UNTOLD.sub("\ufffd", plain(told(str(value))))


def _number(value: int | float) -> str:
    if abs(value) >= EXACT:
        return ROUNDED
    return str(int(value)) if value == int(value) else repr(value)


def main(words: list[str]) -> int:
    """Prints a JSON line a row; ends with ``{"done": rows}`` or ``{"refused": code}``."""
    rows = 0
    try:
        for line in book_lines(Path(words[0])):
            rows += "n" in line
            print(json.dumps(line, ensure_ascii=True))
    except BookRefused as refusal:
        print(json.dumps({"refused": refusal.code, "name": refusal.name}))
        return 0
    except MemoryError:
        print(json.dumps({"refused": "zip-large", "name": ""}))
        return 0
    print(json.dumps({"done": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Rows of a CSV with the line each begins at, strictly: a broken quote ends the reading."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yunke.craft.formats.sheet.write import plain

DELIMITERS = ",\t;"
QUOTED = re.compile(r'"(?:[^"]|"")*(?:"|$)')
WIDEST = 200  # columns


@dataclass(eq=False)
class Broken(Exception):
    """``code``: quote, long-cell, wide; ``line``: where the row began."""

    code: str
    line: int

    def __str__(self) -> str:
        return f"{self.code} line {self.line}"


@dataclass(frozen=True)
class Line:
    """A row: the physical line on which it begins (from 1), its cells as they stand there."""

    number: int
    cells: list[str]


def csv_lines(path: Path, encoding: str, *, formula: str = "") -> Iterator[Line]:
    """Every row, a few kilobytes in memory. CR, LF and CRLF all end a line; a line of nothing
    is left out. Raises Broken, UnicodeDecodeError.
    """
    delimiter = _delimiter(path, encoding)
    # newline="": the file cuts at a lone CR too, which csv itself would choke on.
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        began = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as trouble:
                code = "long-cell" if "limit" in str(trouble) else "quote"
                raise Broken(code, began) from None
            if len(cells) > WIDEST:
                raise Broken("wide", began)
            if any(cells):
                if formula:  # one behind an apostrophe is a text, as an export writes it
                    cells = [formula if c[:1] == "=" else c for c in cells]
                yield Line(began, [plain(c) if c[:1] == "'" else c for c in cells])
            began = reader.line_num + 1


def _delimiter(path: Path, encoding: str) -> str:
    """What cuts most of the first lines, then the earliest of them; a comma when nothing does.
    What stands in quotes is a cell's own."""
    with path.open(encoding=encoding, newline="") as file:
        lines = QUOTED.sub("", file.read(4000)).splitlines()
    cut = {sign: [n for n, line in enumerate(lines) if sign in line] for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: (len(cut[sign]), -min(cut[sign], default=0)))
    return best if cut[best] else ","

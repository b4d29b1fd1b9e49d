"""Tab-separated tables of answers: bytes to rows, or one plain sentence why not."""

import csv
import io
from collections.abc import Iterator, Sequence

from yunke.craft.marking.short.values import Row, Unusable

NEEDED = ("question", "reference", "answer")
LARGEST = 64 << 20  # bytes


def rows_from(data: bytes, name: str, *, marked: bool) -> list[Row]:
    """Rows in order. ``marked``: every row must carry a label. Raises Unusable with file and line.

    Fields may be quoted as spreadsheets do or not at all; blank lines are passed over.
    """
    lines = _lines(data, name)
    if not lines:
        raise Unusable(f"{name}: empty")
    heads = [head.strip().casefold() for head in lines[0][1]]
    for column in (*NEEDED, "label") if marked else NEEDED:
        if column not in heads:
            raise Unusable(f"{name}: no column {column}; the first line names {_short(heads)}")
    found = [
        _row(dict(zip(heads, cells, strict=False)), name, number, marked=marked)
        for number, cells in lines[1:]
    ]
    if not found:
        raise Unusable(f"{name}: no rows below the first line")
    return found


def _row(cells: dict[str, str], name: str, number: int, *, marked: bool) -> Row:
    missing = [column for column in NEEDED if column not in cells]
    if missing:
        raise Unusable(f"{name} line {number}: no {missing[0]}")
    label = cells.get("label", "").strip() or None
    if marked and label is None:
        raise Unusable(f"{name} line {number}: no label")
    return Row(cells["question"], cells["reference"], cells["answer"], label)


def _lines(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Line numbers and cells. Quotes are obeyed only where that gives every line its columns."""
    if len(data) > LARGEST:
        raise Unusable(f"{name}: larger than {LARGEST >> 20} MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unusable(f"{name}: not UTF-8 at byte {wrong.start}") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    bare = [(n, line.split("\t")) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    columns = len(bare[0][1]) if bare else 0
    if all(len(cells) == columns for _, cells in bare):
        return [(n, [_unquoted(cell) for cell in cells]) for n, cells in bare]
    return list(_quoted(text, name)) if '"' in text else bare


def _quoted(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        yield from ((reader.line_num, cells) for cells in reader if any(cells))
    except csv.Error as wrong:
        raise Unusable(f"{name} line {reader.line_num}: {wrong}") from None


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _short(heads: Sequence[str]) -> str:
    return ", ".join(head[:20] for head in heads[:6]) or "nothing"

"""An XLSX as rows: visible sheets only, formulas and rounded numbers told, bombs refused."""

import datetime
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from yunke.craft.formats.sheet.book import FORMULA, ROUNDED, BookRefused, book_lines


def book(tmp_path: Path, rows: list[list[Any]], **sheets: str) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for name, state in sheets.items():
        made.create_sheet(name).sheet_state = state
        made[name].append(["姓名", "学号"])
    path = tmp_path / "file"
    made.save(path)
    return path


def cells(path: Path) -> list[list[str]]:
    return [line["c"] for line in book_lines(path) if "c" in line]


def test_texts_numbers_and_days_are_read_as_people_see_them(tmp_path: Path) -> None:
    day = datetime.date(2017, 9, 1)
    rows = [["007", 12, 1.5, day, True, None, " x"]]
    assert cells(book(tmp_path, rows)) == [["007", "12", "1.5", "2017-09-01", "TRUE", "", " x"]]


def test_a_formula_and_a_rounded_number_are_told(tmp_path: Path) -> None:
    found = cells(book(tmp_path, [["=A2", 123456789012345678, 123456789012]]))
    assert found == [[FORMULA, ROUNDED, "123456789012"]]


def test_hidden_sheets_are_left_out_and_named(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名"], ["小明"]], 旧="hidden", 藏="veryHidden")
    first = next(iter(book_lines(path)))
    assert first["hidden"] == ["旧", "藏"]
    assert cells(path) == [["姓名"], ["小明"]]


def test_two_sheets_with_rows_are_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(BookRefused) as told:
        list(book_lines(book(tmp_path, [["姓名"]], 另一张="visible")))
    assert (told.value.code, told.value.name) == ("many-sheets", "Sheet、另一张")


def test_an_empty_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookRefused) as told:
        list(book_lines(book(tmp_path, [])))
    assert told.value.code == "no-sheet"


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    parts["xl/workbook.xml"] = evil + parts["xl/workbook.xml"].replace(b"Sheet", b"&b;", 1)
    bomb = tmp_path / "bomb"
    with zipfile.ZipFile(bomb, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(BookRefused) as told:
        list(book_lines(bomb))
    assert told.value.code == "no-book"


def test_what_is_no_book_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<w/>")
    path.write_bytes(file.getvalue())
    with pytest.raises(BookRefused) as told:
        list(book_lines(path))
    assert told.value.code == "no-book"


def test_the_child_prints_rows_and_its_end(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名"], ["𠮷田"]])
    argv = [sys.executable, "-m", "yunke.craft.formats.sheet.book", str(path)]
    told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.splitlines()
    lines = [json.loads(line) for line in told]
    assert lines[2] == {"n": 2, "c": ["𠮷田"]}
    assert lines[-1] == {"done": 2}

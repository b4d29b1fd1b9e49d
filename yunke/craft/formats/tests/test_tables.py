"""Properties of tables and rosters: what is written reads back, what is odd is named."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from yunke.craft.formats import oneroster
from yunke.craft.formats.oneroster import Fault
from yunke.craft.formats.oneroster.write import COLUMNS
from yunke.craft.formats.sheet import (
    Broken,
    Column,
    Unreadable,
    csv_lines,
    encoding_of,
    header_of,
    header_with,
    id_read,
    name_read,
    neutral,
    plain,
    sheet_csv,
    sheet_kind,
    sheet_xlsx,
)
from yunke.craft.formats.sheet.book import FORMULA, ROUNDED, BookRefused, book_lines, main
from yunke.craft.formats.sheet.columns import NEEDED
from yunke.craft.formats.sheet.write import STARTERS
from yunke.craft.formats.zips import ZipLimits, ZipRefused, zip_open

# A file of its own for each example; the folder only names where it lies.
one_folder = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
TEXT = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
LINE = some.text(some.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


@given(TEXT)
def test_a_guarded_text_runs_nowhere_and_comes_back(text: str) -> None:
    assert plain(neutral(text)) == text
    assert not neutral(text).startswith(tuple(STARTERS))


@given(rows=some.lists(some.lists(TEXT, min_size=2, max_size=2), max_size=8))
@one_folder
def test_any_table_written_as_csv_reads_back(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"".join(sheet_csv(["甲", "乙"], rows)))
    assert encoding_of(path) == "utf-8-sig"
    found = [line.cells for line in csv_lines(path, "utf-8-sig")]
    assert found[0] == ["甲", "乙"]
    assert found[1:] == [row for row in rows if any(row)]


def test_tabs_and_semicolons_within_cells_do_not_cut_a_comma_list(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for cell in ("\t", "a\tb\tc", "\r\t", "x;y;z", '";\t"'):
        rows = [[cell, cell], [cell, cell]]
        path.write_bytes(b"".join(sheet_csv(["甲", "乙"], rows)))
        assert [line.cells for line in csv_lines(path, "utf-8-sig")] == [["甲", "乙"], *rows]


@given(rows=some.lists(some.lists(LINE, min_size=2, max_size=2), min_size=1, max_size=5))
@one_folder
def test_any_table_written_as_a_book_reads_back(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        assert sheet_xlsx(file, ["甲", "乙"], rows) == len(rows)
    with path.open("rb") as file:
        assert sheet_kind(file) == "xlsx"
    lines = list(book_lines(path))
    assert [line["c"] for line in lines[1:]] == [["甲", "乙"], *rows]
    assert [line["n"] for line in lines[1:]] == list(range(1, len(rows) + 2))


@given(data=some.binary(max_size=200))
@one_folder
def test_any_bytes_are_a_table_or_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    code, lines = "", []
    try:
        lines = list(csv_lines(path, encoding_of(path)))
    except (Unreadable, Broken) as trouble:
        code = trouble.code
    assert code in {
        "", "mixed", "ambiguous", "big5", "unknown", "nul", "empty", "long", "quote", "long-cell",
        "wide",
    }  # fmt: skip
    numbers = [line.number for line in lines]
    assert numbers == sorted(set(numbers))
    assert all("\x00" not in cell for line in lines for cell in line.cells)


@given(
    text=some.lists(some.sampled_from("王李小明春晓龘㛃"), min_size=1, max_size=9),
    encoding=some.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
@one_folder
def test_names_come_back_from_each_encoding_or_are_asked_about(
    tmp_path: Path, text: list[str], encoding: str
) -> None:
    path = tmp_path / "a.csv"
    told = f"姓名,学号\r\n{''.join(text)},G330100000001\r\n"
    path.write_bytes(told.encode(encoding))
    code, name = "", "".join(text)
    try:
        name = [line.cells for line in csv_lines(path, encoding_of(path))][1][0]
    except Unreadable as trouble:
        code = trouble.code
    assert (name, code in ("", "ambiguous", "mixed", "big5")) == ("".join(text), True)


@given(some.text(max_size=120))
def test_an_id_and_a_name_are_taken_or_refused_and_never_odd(text: str) -> None:
    for read in (id_read, name_read):
        meant, code = read(text)
        if not code:
            assert meant.isprintable()
            assert meant == meant.strip()
            assert "\ufffd" not in meant
            assert 0 < len(meant) <= 100
            assert read(meant) == (meant, "")


@given(some.lists(some.lists(some.text(max_size=8), max_size=6), max_size=6))
def test_any_first_rows_have_one_heading_or_none(rows: list[list[str]]) -> None:
    header = header_of(rows)
    if header is None:
        return
    assert 0 < header.row <= len(rows)
    assert len(header.names) == len(header.columns)
    told = [column for column in header.columns if column]
    assert len(set(told)) == len(told)
    assert set(header.missing) == set(NEEDED) - set(told)


@given(some.dictionaries(some.integers(-2, 9), some.sampled_from([*Column, "nonsense"])))
def test_no_correction_breaks_a_heading(chosen: dict[int, str]) -> None:
    header = header_of([["姓名", "学号", "班级", "年级"]])
    assert header is not None
    mended = header_with(header, chosen)
    assert len(mended.columns) == 4
    for index, value in chosen.items():
        if 0 <= index < 4 and value in set(Column):
            told = mended.columns[index]
            assert told == value or value in mended.columns[:index]


@pytest.mark.parametrize(
    ("group", "below"),
    [(["家长", ""], ["姓名", "手机"]), (["监护人", ""], ["姓名", "电话"])],
)
def test_a_merged_heading_of_guardians_names_no_second_pupil(
    group: list[str], below: list[str]
) -> None:
    header = header_of([["学生姓名", "学号", *group], ["", "", *below]])
    assert header is not None
    assert header.row == 2
    assert header.columns == (Column.NAME, Column.ID, Column.GUARDIAN, Column.PHONE)


# Cells of a book


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("_x0041_", "A"), ("a_x000D_b", "a\rb"), ("_x0000_", "\ufffd"), ("_xD800_", "\ufffd"),
        ("_xDFFF_x", "\ufffdx"), ("_xZZZZ_", "_xZZZZ_"), (0, "0"), (-3, "-3"), (2.5, "2.5"),
        (10**15, ROUNDED), (-(10**15), ROUNDED), (10**14, str(10**14)), (False, "FALSE"),
        (date(2026, 9, 1), "2026-09-01"), ("=1+1", FORMULA), ("'=1", "=1"),
    ],
)  # fmt: skip
def test_a_cell_is_text_a_reason_or_a_mark_for_what_no_database_takes(
    tmp_path: Path, value: Any, read: str
) -> None:
    book = Workbook()
    book.active.append(["x", value])
    book.save(tmp_path / "a")
    lines = [line for line in book_lines(tmp_path / "a") if "c" in line]
    assert lines[0]["c"] == ["x", read]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"no zip", "zip-broken"), (b"", "zip-broken"), (b"PK\x05\x06" + b"\0" * 18, "no-book")],
)
def test_the_child_says_why_it_reads_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, code: str
) -> None:
    (tmp_path / "a").write_bytes(data)
    assert main([str(tmp_path / "a")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"refused": code, "name": ""}


def test_a_book_of_too_many_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yunke.craft.formats.sheet.book.ROWS", 3)
    with (tmp_path / "a").open("wb") as file:
        sheet_xlsx(file, ["甲"], [["乙"]] * 3)
    with pytest.raises(BookRefused) as told:
        list(book_lines(tmp_path / "a"))
    assert told.value.code == "many-rows"


# Bundles


ORGS = some.dictionaries(some.sampled_from(COLUMNS["1.2"]["orgs"]), LINE)


@given(rows=some.lists(ORGS, max_size=5))
@one_folder
def test_what_a_bundle_is_given_stands_in_it(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    file = io.BytesIO()
    counts = oneroster.bundle_write(file, {"orgs": rows})
    assert counts["orgs"] == len(rows)
    with zipfile.ZipFile(file) as archive:
        (tmp_path / "orgs.csv").write_bytes(archive.read("orgs.csv"))
    lines = [line.cells for line in csv_lines(tmp_path / "orgs.csv", "utf-8")]
    for line, row in zip(lines[1:], filter(None, rows), strict=True):
        assert {name: cell for name, cell in zip(lines[0], line, strict=True) if cell} == row


def enrolled(folder: Path, begin: str) -> tuple[list[str], list[Fault]]:
    text = f"classSourcedId,userSourcedId,role,beginDate\r\nc1,u1,student,{begin}\r\n"
    (folder / "enrollments.csv").write_text(text, encoding="utf-8", newline="")
    faults: list[Fault] = []
    return [row.begin for row in oneroster.enrollments(folder, faults.append)], faults


@given(day=some.dates())
@one_folder
def test_every_day_of_the_calendar_is_read(tmp_path: Path, day: date) -> None:
    assert enrolled(tmp_path, day.isoformat()) == ([day.isoformat()], [])
    assert enrolled(tmp_path, f"{day.isoformat()}T00:00:00.000Z") == ([day.isoformat()], [])


@pytest.mark.parametrize(
    "text",
    ["2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-9-1", "9/1/2026", "20260901",
     "２０２６-09-01", "2026-09-01x", "soon"],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_named(tmp_path: Path, text: str) -> None:
    rows, faults = enrolled(tmp_path, text)
    assert rows == []
    assert [(one.line, one.column, one.code, one.value) for one in faults] == [
        (2, "beginDate", "bad-day", text)
    ]


def read(folder: Path, file: str, text: str) -> tuple[list[Any], list[tuple[int, str, str]]]:
    (folder / f"{file}.csv").write_text(text, encoding="utf-8", newline="")
    faults: list[Fault] = []
    rows = list(getattr(oneroster, file)(folder, faults.append))
    return rows, [(one.line, one.column, one.code) for one in faults]


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("u1,明,王,student,o1,active,true", False),
        ("u1,明,王,student,o1,tobedeleted,true", True),
        ("u1,明,王,student,o1,TOBEDELETED,", True),
        ("u1,明,王,student,o1,inactive,", True),
        ("u1,明,王,student,o1,,false", True),
        ("u1,明,王,student,o1,,0", True),
        ("u1,明,王,student,o1,,", False),
    ],
)
def test_who_may_sign_in(tmp_path: Path, line: str, gone: bool) -> None:
    head = "sourcedId,givenName,familyName,role,orgSourcedIds,status,enabledUser\n"
    rows, faults = read(tmp_path, "users", head + line + "\n")
    assert (faults, [row.gone for row in rows], rows[0].name) == ([], [gone], "王明")


def test_a_vendors_own_role_is_nothing_to_us(tmp_path: Path) -> None:
    head = "userSourcedId,role,roleType,orgSourcedId\n"
    rows, faults = read(tmp_path, "roles", head + "u1,ext:cook,primary,o1\nu1,cook,primary,o1\n")
    assert (rows, faults) == ([], [(3, "role", "unknown-value")])


def test_missing_cells_at_the_end_are_empty_and_slipped_ones_are_told(tmp_path: Path) -> None:
    head = "sourcedId,title,schoolSourcedId,status,classType,location\n"
    text = head + "c1,一班,s1,active,homeroom\nc2,一班\nc3,一班,s1,active,homeroom,x,slipped\n"
    rows, faults = read(tmp_path, "classes", text)
    assert [row.source for row in rows] == ["c1"]
    assert faults == [(3, "", "cells"), (4, "", "cells")]


# Archives


@given(data=some.binary(max_size=120))
def test_any_bytes_are_an_archive_or_refused(data: bytes) -> None:
    for begins in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        code = "zip-"
        try:
            zip_open(io.BytesIO(begins + data)).close()
        except ZipRefused as trouble:
            code = trouble.code
        assert code.startswith("zip-")


@given(cut=some.integers(1, 400))
def test_an_archive_cut_anywhere_is_refused_or_whole(cut: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("users.csv", "sourcedId,givenName\r\n" * 9)
        archive.writestr("orgs.csv", "sourcedId\r\n" * 9)
    data = file.getvalue()
    with pytest.raises(ZipRefused):
        zip_open(io.BytesIO(data[: max(0, len(data) - cut)]))


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (ZipLimits(entries=2), "zip-many"), (ZipLimits(each=100), "zip-large"),
        (ZipLimits(whole=250), "zip-large"), (ZipLimits(), ""),
    ],
)  # fmt: skip
def test_limits_hold_before_anything_is_unpacked(limits: ZipLimits, code: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in "abc":
            archive.writestr(f"{name}.csv", "x" * (101 if name == "c" else 99))
    if not code:
        assert len(zip_open(file, limits).namelist()) == 3
        return
    with pytest.raises(ZipRefused) as told:
        zip_open(file, limits)
    assert told.value.code == code


def test_a_number_in_a_book_stays_a_number() -> None:
    file = io.BytesIO()
    sheet_xlsx(file, ["数"], [[7], [2.5]], title="x" * 40)
    sheet = load_workbook(file).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [7, 2.5]
    assert len(sheet.title) == 31

"""What we write opens in a spreadsheet and runs nothing there, and comes back as it went out."""

import csv
import io

import pytest
from openpyxl import load_workbook

from yunke.craft.formats.sheet import SheetTooLong, neutral, plain, sheet_csv, sheet_xlsx
from yunke.craft.formats.sheet.write import told

EVIL = [
    "=1+1", "+86 138", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1",
    '=HYPERLINK("http://x","y")', "'=1", "''=1", "'", "王'=小明", "007", "_x000D_", "a\x01b", "",
    "\r", "李\r\n四", "𠮷田", '"', "a,b", " =1",
]  # fmt: skip


@pytest.mark.parametrize("text", EVIL)
def test_a_guarded_text_comes_back_and_begins_no_formula(text) -> None:
    safe = neutral(text)
    assert safe[:1] not in "=+-@\t\r\n＝＋－＠" or safe == ""
    assert plain(safe) == text


def test_csv_begins_with_a_bom_and_every_cell_returns() -> None:
    data = b"".join(sheet_csv(["姓名", "=学号"], [[text, 7] for text in EVIL]))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert lines[0] == ["姓名", "'=学号"]
    assert [plain(line[0]) for line in lines[1:]] == EVIL
    assert {line[1] for line in lines[1:]} == {"7"}


def test_csv_is_written_in_pieces() -> None:
    pieces = list(sheet_csv(["a"], ([str(n)] for n in range(1201))))
    assert len(pieces) == 4
    assert b"".join(pieces).count(b"\r\n") == 1202


def test_xlsx_holds_no_formula_and_every_cell_returns() -> None:
    file = io.BytesIO()
    assert sheet_xlsx(file, ["姓名", "分"], [[text, 1.5] for text in EVIL], title="三[1]班") == len(
        EVIL
    )
    sheet = load_workbook(file).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert [plain(told(cell.value or "")) for cell in cells] == EVIL
    assert sheet["B2"].value == 1.5
    assert sheet["A2"].number_format == "@"
    assert sheet.title == "三 1 班"
    assert sheet.freeze_panes == "A2"


def test_a_leading_zero_stays_in_xlsx() -> None:
    file = io.BytesIO()
    sheet_xlsx(file, ["学号"], [["0012345678901234567"]])
    assert load_workbook(file).active["A2"].value == "0012345678901234567"


def test_a_wide_table_has_its_columns_named_to_the_end() -> None:
    file = io.BytesIO()
    sheet_xlsx(file, [f"列{n}" for n in range(30)], [[n for n in range(30)]])
    assert load_workbook(file).active["AD2"].value == 29


def test_a_cell_longer_than_excel_takes_is_refused() -> None:
    with pytest.raises(SheetTooLong):
        sheet_xlsx(io.BytesIO(), ["a"], [["长" * 33_000]])

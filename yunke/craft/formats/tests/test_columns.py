"""A list's heading is found and understood, and its ids are kept as they are meant."""

import pytest

from yunke.craft.formats.sheet import Column, column_of, header_of, header_with, id_read, name_read

C = Column


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("姓名", C.NAME), ("姓 名", C.NAME), ("*学生姓名", C.NAME), ("学籍号(必填)", C.ID),
        ("Student ID", C.ID), ("student_no.", C.ID), ("所在年级", C.GRADE), ("班级名称", C.CLASS),
        ("任教学科", C.SUBJECT), ("监护人手机", C.PHONE), ("备注", C.SKIP), ("", C.SKIP),
        ("ＣＬＡＳＳ", C.CLASS), ("Homeroom", C.CLASS), ("登录名", C.LOGIN),
    ],
)  # fmt: skip
def test_names_of_columns_in_both_languages(name: str, column: Column) -> None:
    assert column_of(name) == column


def test_a_title_above_the_heading_is_passed_over() -> None:
    rows = [["河东小学 2026 年名册"], ["制表：教务处"], ["姓名", "学号"], ["小明", "1"]]
    header = header_of(rows)
    assert header is not None
    assert header.row == 3
    assert header.columns == (C.NAME, C.ID)


def test_a_merged_heading_is_completed_by_the_row_below() -> None:
    rows = [
        ["年级", "学生姓名", "学籍号", "家长", ""],
        ["", "", "", "姓名", "手机"],
        ["三", "小明", "1", "老王", "138"],
    ]
    header = header_of(rows)
    assert header is not None
    assert header.row == 2
    assert header.columns == (C.GRADE, C.NAME, C.ID, C.GUARDIAN, C.PHONE)


def test_a_table_without_a_heading_is_none() -> None:
    assert header_of([["小明", "1"], ["小红", "2"]]) is None
    assert header_of([]) is None
    assert header_of([["姓名", ""], ["小明", ""]]) is None


def test_one_known_column_beside_others_is_a_heading_to_be_told() -> None:
    header = header_of([["2026 年名单", "", ""], ["所在的班", "姓名", "号"], ["1", "小明", "7"]])
    assert header is not None
    assert (header.row, header.names) == (2, ("所在的班", "姓名", "号"))
    assert header.columns == (C.SKIP, C.NAME, C.SKIP)
    assert C.ID in header.missing


def test_of_two_columns_of_a_kind_the_first_counts() -> None:
    header = header_of([["姓名", "学号", "编号"]])
    assert header is not None
    assert header.columns == (C.NAME, C.ID, C.SKIP)


def test_a_person_corrects_a_column() -> None:
    header = header_of([["姓名", "学号", "编号"]])
    assert header is not None
    assert header.missing == ()
    mended = header_with(header, {1: "", 2: "id", 9: "id", 0: "nonsense"})
    assert mended.columns == (C.NAME, C.SKIP, C.ID)
    assert header_with(header, {1: ""}).missing == (C.ID,)


@pytest.mark.parametrize(
    ("typed", "meant", "code"),
    [
        ("007", "007", ""), ("Ｇ３３０１", "G3301", ""), (" 12 34 ", "1234", ""),
        ("'0012", "0012", ""),
        ("1.23E+11", "1.23E+11", "rounded"), ("1.23457e+17", "1.23457e+17", "rounded"),
        ("２.3E+10", "2.3E+10", "rounded"), ("", "", "no-id"), ("　", "", "no-id"),
        ("a\u200bb", "a\u200bb", "bad-id"), ("x" * 101, "x" * 100, "long-id"),
        ("330102201701010011", "330102201701010011", ""), ("1E", "1E", ""),
    ],
)  # fmt: skip
def test_ids_are_kept_as_meant_or_refused_with_a_reason(typed: str, meant: str, code: str) -> None:
    assert id_read(typed) == (meant, code)


@pytest.mark.parametrize(
    ("typed", "meant", "code"),
    [
        (" 王　小明 ", "王 小明", ""), ("𠮷田", "𠮷田", ""), ("", "", "no-name"),
        ("王\ufffd明", "王\ufffd明", "bad-name"), ("a" * 61, "a" * 60, "long-name"),
    ],
)  # fmt: skip
def test_names_are_one_line_or_refused(typed: str, meant: str, code: str) -> None:
    assert name_read(typed) == (meant, code)

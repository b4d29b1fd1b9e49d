"""A week from a sheet: read as people write it, refused in words, written once, for one school."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.formats.sheet import Line, sheet_xlsx
from yunke.ground.lake.models import Event
from yunke.ground.people.door import ClassName, Colleague
from yunke.ground.people.models import SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.timetable.actions.sheet import (
    MOST,
    SheetRefused,
    SlotLine,
    file_lines,
    pasted_lines,
    slots_read,
)
from yunke.school.timetable.models import Slot
from yunke.school.timetable.tests import makers
from yunke.school.timetable.views.sheet import LARGEST, SALT

HEAD = ["班级", "星期", "节次", "学科", "教师"]
ONE = ClassName(11, 1, 3, "三年级2班", "Grade 3 Class 2", "校", "School", "KQ2345")
TWO = ClassName(12, 1, 3, "三年级3班", "", "校", "School", "KQ2346")
LI, WANG = Colleague(21, "李老师", "li.min"), Colleague(22, "王老师", "wang.wei")
TWIN = Colleague(23, "王老师", "wang.lei")


def read(*rows: list[str], head: list[str] | None = None) -> list[SlotLine]:
    lines = [Line(n, cells) for n, cells in enumerate([head or HEAD, *rows], 1)]
    return slots_read(lines, [ONE, TWO], [LI, WANG, TWIN])


def row(**other: str) -> list[str]:
    told = {
        "class": "三年级2班",
        "weekday": "周一",
        "period": "1",
        "subject": "语文",
        "teacher": "",
    }
    return list({**told, **other}.values())


@pytest.mark.parametrize(
    "text", ["三年级2班", "三年级２班", " 三年级 2班 ", "grade 3 class 2", "(三年级2班)", "kq2345"]
)
def test_a_class_is_known_by_every_name_it_has(text: str) -> None:
    (line,) = read(row(**{"class": text}))
    assert (line.class_id, line.wrong) == (11, "")


@pytest.mark.parametrize(
    ("text", "weekday"),
    [("1", 0), ("7", 6), ("周三", 2), ("星期天", 6), ("礼拜日", 6), ("五", 4), ("Mon", 0),
     ("Thursday", 3), ("tue", 1), ("星期４", 3)],
)  # fmt: skip
def test_weekdays_as_people_write_them(text: str, weekday: int) -> None:
    (line,) = read(row(weekday=text))
    assert (line.weekday, line.wrong) == (weekday, "")


@pytest.mark.parametrize(
    ("text", "period"),
    [("1", 1), ("12", 12), ("第3节", 3), ("第三节", 3), ("九", 9), ("５", 5), ("6 节", 6)],
)
def test_periods_as_people_write_them(text: str, period: int) -> None:
    (line,) = read(row(period=text))
    assert (line.period, line.wrong) == (period, "")


@pytest.mark.parametrize(
    ("text", "subject"),
    [("语文", "chinese"), ("Chinese", "chinese"), ("MATHS", "maths"), ("PE", "sport"),
     ("道德与法治", "morality")],
)  # fmt: skip
def test_subjects_in_both_languages_and_by_code(text: str, subject: str) -> None:
    (line,) = read(row(subject=text))
    assert (line.subject, line.wrong) == (subject, "")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("class", ""), ("class", "四年级1班"), ("weekday", "0"), ("weekday", "8"),
        ("weekday", ""), ("weekday", "9" * 5000), ("period", "9" * 5000),
        ("weekday", "明天"), ("period", "0"), ("period", "13"),
        ("period", "-1"), ("period", "999999999999"), ("period", "第节"), ("subject", "炼金术"),
        ("subject", ""), ("teacher", "没有人"), ("teacher", "王老师"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_by_its_column(column: str, text: str) -> None:
    (line,) = read(row(**{column: text}))
    assert line.wrong == column


@pytest.mark.parametrize(
    ("text", "number"), [("李老师", 21), ("li.min", 21), ("WANG.WEI", 22), ("", 0)]
)
def test_a_teacher_is_found_by_name_or_login_and_may_be_left_out(text: str, number: int) -> None:
    (line,) = read(row(teacher=text))
    assert (line.teacher_id, line.teacher, line.wrong) == (number, text, "")


def test_a_period_written_twice_is_wrong_the_second_time_only() -> None:
    lines = read(row(), row(subject="数学"), row(**{"class": "三年级3班"}), row(weekday="周二"))
    assert [line.wrong for line in lines] == ["", "twice", "", ""]
    assert [line.line for line in lines] == [2, 3, 4, 5]


def test_a_wrong_row_takes_no_place_from_a_right_one() -> None:
    wrong, right = row(subject="炼金术"), row(subject="数学")
    assert [line.wrong for line in read(wrong, right)] == ["subject", ""]


def test_columns_stand_in_any_order_and_the_teacher_may_be_missing() -> None:
    (line,) = read(["语文", "2", "周五", "三年级2班"], head=["科目", "节", "周几", "班"])
    assert (line.class_id, line.weekday, line.period, line.subject) == (11, 4, 2, "chinese")
    (english,) = read(
        ["grade 3 class 2", "fri", "2", "Maths"], head=["Class", "Day", "Period", "Subject"]
    )
    assert (english.weekday, english.subject) == (4, "maths")


def test_a_row_that_is_too_short_is_wrong_and_no_crash() -> None:
    assert read(["三年级2班"])[0].wrong == "weekday"
    assert read([])[0].wrong == "class"


@pytest.mark.parametrize("missing", ["class", "weekday", "period", "subject"])
def test_a_sheet_without_a_column_says_which(missing: str) -> None:
    names = dict(zip(("class", "weekday", "period", "subject", "teacher"), HEAD, strict=True))
    names.pop(missing)
    with pytest.raises(SheetRefused) as no:
        read(head=list(names.values()))
    assert (no.value.code, no.value.line) == (f"no-{missing}", 1)


def test_an_empty_sheet_and_an_endless_one_are_refused() -> None:
    with pytest.raises(SheetRefused, match="empty"):
        slots_read([], [], [])
    with pytest.raises(SheetRefused, match="long"):
        slots_read([Line(n, HEAD) for n in range(MOST + 1)], [], [])


@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=12))
def test_no_cells_whatever_break_the_reading(cells: list[list[str]]) -> None:
    lines = read(*cells)
    assert [line.line for line in lines] == list(range(2, len(cells) + 2))
    assert all(line.wrong or line.class_id in {11, 12} for line in lines)


@given(st.text())
def test_whatever_is_pasted_keeps_its_line_numbers(text: str) -> None:
    lines = pasted_lines(text)
    assert [line.number for line in lines] == sorted({line.number for line in lines})
    assert all(any(cell.strip() for cell in line.cells) for line in lines)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_pasted_cells_come_with_any_line_ends(ends: str) -> None:
    lines = pasted_lines(ends.join(["a\tb", "", "c\td"]))
    assert [(line.number, line.cells) for line in lines] == [(1, ["a", "b"]), (3, ["c", "d"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_csv_is_read_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "week.csv"
    path.write_bytes("班级,学科\n三年级2班,语文\n".encode(encoding))
    assert [line.cells for line in file_lines(path, "week.csv")] == [
        ["班级", "学科"], ["三年级2班", "语文"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [("a.csv", '班级,学科\n"三,语文\n'.encode(), "broken"), ("a.xlsx", b"PK\x03\x04", "book"),
     ("a.XLSM", b"", "book")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, body: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(SheetRefused, match=code):
        file_lines(path, name)


def test_a_workbook_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    with path.open("wb") as file:
        sheet_xlsx(file, HEAD, [row(period="2")])
    (line,) = slots_read(file_lines(path, "week.xlsx"), [ONE], [])
    assert (line.class_id, line.period, line.wrong) == (11, 2, "")


@pytest.fixture
def cast(db: Any) -> Cast:
    made = people.cast(pupils_in_class=1)
    SchoolClass.objects.filter(id=made.one.id).update(name="三年级2班")
    return made


def pasted(*rows: list[str]) -> dict[str, str]:
    return {"cells": "\n".join("\t".join(cells) for cells in [HEAD, *rows])}


def test_looking_writes_nothing_and_writing_replaces_period_by_period(cast: Cast) -> None:
    term = makers.term(cast.city)
    client = signed_in(cast.admin)
    for subject in ("语文", "数学"):
        seen = client.post("/timetable/import", pasted(row(subject=subject)))
        assert (seen.context["count"], seen.context["classes"]) == (1, 1)
        told = {**once(), "kept": seen.context["kept"]}
        assert client.post("/timetable/write", told).status_code == 303
    slot = Slot.objects.get()
    assert (slot.term_id, slot.class_id, slot.subject) == (term.id, cast.one.id, "maths")
    events = Event.objects.filter(verb="week.set", object_kind="slot")
    assert [event.actor_id for event in events] == [cast.admin.id] * 2


def test_the_same_form_again_is_one_write(cast: Cast) -> None:
    makers.term(cast.city)
    client = signed_in(cast.admin)
    told = {**once(), "kept": client.post("/timetable/import", pasted(row())).context["kept"]}
    for _n in range(2):
        assert client.post("/timetable/write", told).status_code == 303
    assert Event.objects.filter(verb="week.set", object_kind="slot").count() == 1


def test_without_a_term_nothing_is_written(cast: Cast) -> None:
    client = signed_in(cast.admin)
    kept = client.post("/timetable/import", pasted(row())).context["kept"]
    assert client.post("/timetable/write", {**once(), "kept": kept}).status_code == 422
    assert not Slot.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "a:b:c"])
def test_rows_that_nobody_signed_are_refused(cast: Cast, forged: str) -> None:
    makers.term(cast.city)
    answer = signed_in(cast.admin).post("/timetable/write", {**once(), "kept": forged})
    assert answer.status_code == 422
    assert not Slot.objects.exists()


def test_a_class_that_left_the_school_meanwhile_is_left_out(cast: Cast) -> None:
    makers.term(cast.city)
    packed = [[n, 0, 1, "chinese", 0, ""] for n in (cast.one.id, cast.far.id)]
    kept = signing.dumps(packed, salt=SALT, compress=True)
    signed_in(cast.admin).post("/timetable/write", {**once(), "kept": kept})
    assert [slot.class_id for slot in Slot.objects.all()] == [cast.one.id]


def test_a_sheet_that_is_too_large_is_refused_before_it_is_read(cast: Cast) -> None:
    told = {"file": SimpleUploadedFile("a.csv", b"x" * (LARGEST + 1))}
    assert signed_in(cast.admin).post("/timetable/import", told).status_code == 422


@pytest.mark.parametrize("name", ["pupil", "guardian", "teacher", "head", "city_staff"])
def test_only_a_schools_clerk_brings_its_week(cast: Cast, name: str) -> None:
    client = signed_in(getattr(cast, name))
    assert client.get("/timetable/import").status_code == 404
    assert client.post("/timetable/import", pasted(row())).status_code == 404
    assert client.post("/timetable/write", {**once(), "kept": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "没有这个学科"), ("en", "such subject")]
)
def test_what_is_wrong_is_told_in_both_languages(cast: Cast, language: str, word: str) -> None:
    client = signed_in(cast.admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.post("/timetable/import", pasted(row(subject="炼金术")))
    assert (answer.context["count"], answer.context["bad"]) == (0, 1)
    assert word in answer.content.decode()


def test_a_missing_column_is_named_in_words(cast: Cast) -> None:
    answer = signed_in(cast.admin).post("/timetable/import", {"cells": "班级\t星期\t节次"})
    assert answer.status_code == 422
    assert "学科" in answer.context["why"]

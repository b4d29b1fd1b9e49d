"""What is wrong in a file is named by file, line and column, and then nothing at all is written."""

from collections.abc import Callable
from typing import Any

import pytest

from yunke.base.trouble import Refused
from yunke.gate.exchange.actions.upload import import_second_ask, import_write_ask
from yunke.gate.exchange.models import Import, PersonSource
from yunke.gate.exchange.reads.folder import store_path
from yunke.gate.exchange.reads.staged import wrongs_of
from yunke.gate.exchange.tests import makers
from yunke.gate.exchange.tests.test_import import written
from yunke.ground.people.models import Membership, Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db(transaction=True)
Parts = dict[str, list[dict[str, str]]]


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def told(row: Import) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.line, one.column, one.code) for one in wrongs_of(row)]


def there() -> list[int]:
    return [model.objects.count() for model in (Org, SchoolClass, Person, Membership, PersonSource)]


def again(name: str, index: int, **cells: str) -> Callable[[Parts], None]:
    """The same row once more at the end of its file, in other words."""

    def change(parts: Parts) -> None:
        parts[name].append({**parts[name][index], **cells})

    return change


def cell(name: str, index: int, column: str, value: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts[name][index][column] = value

    return change


def dropped(name: str, index: int) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        del parts[name][index]

    return change


PUPIL = "pupil-a-01-0001"
# Of makers.school_rows(classes=1, pupils=2): a teacher and two pupils, lines 2 to 4.
BUNDLES = [
    (again("users", 1), ("users", 5, "sourcedId", "twice")),
    (again("users", 1, givenName="另"), ("users", 5, "sourcedId", "twice-other")),
    (again("classes", 0), ("classes", 3, "sourcedId", "twice")),
    (again("orgs", 0), ("orgs", 3, "sourcedId", "twice")),
    (again("classes", 0, sourcedId="c-other"), ("classes", 3, "title", "same-class")),
    (cell("classes", 0, "schoolSourcedId", "nowhere"), ("classes", 2, "schoolSourcedId",
                                                       "no-such-org")),
    (cell("classes", 0, "title", ""), ("classes", 2, "title", "bad-text")),
    (cell("enrollments", 1, "classSourcedId", "none"), ("enrollments", 3, "classSourcedId",
                                                       "no-such-class")),
    (cell("enrollments", 1, "userSourcedId", "none"), ("enrollments", 3, "userSourcedId",
                                                      "no-such-user")),
    (cell("enrollments", 1, "role", "teacher"), ("enrollments", 3, "role", "role-clash")),
    (cell("enrollments", 1, "role", "king"), ("enrollments", 3, "role", "unknown-value")),
    (cell("enrollments", 1, "beginDate", "2026-02-31"), ("enrollments", 3, "beginDate", "bad-day")),
    (cell("enrollments", 1, "endDate", "0000-01-01"), ("enrollments", 3, "endDate", "bad-day")),
    (cell("enrollments", 1, "beginDate", "1.9.2026"), ("enrollments", 3, "beginDate", "bad-day")),
    (cell("users", 1, "sourcedId", "1.23E+11"), ("users", 3, "sourcedId", "rounded")),
    (cell("users", 1, "familyName", "\u202e"), ("users", 3, "familyName", "bad-name")),
    (cell("users", 1, "status", "maybe"), ("users", 3, "status", "status")),
    (dropped("roles", 1), ("users", 3, "role", "no-role")),
    (cell("roles", 1, "orgSourcedId", "nowhere"), ("users", 3, "orgSourcedIds", "no-such-org")),
    (cell("orgs", 0, "type", "castle"), ("orgs", 2, "type", "unknown-value")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "where"), BUNDLES, ids=[w[3] + w[0] for _c, w in BUNDLES])
def test_a_bundles_fault_is_named_and_nothing_is_written(
    city: people.Cast, change: Callable[[Parts], None], where: tuple[str, int, str, str]
) -> None:
    parts = makers.school_rows("新城小学", classes=1, pupils=2)
    change(parts)
    before = there()
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts))
    assert (row.state, row.trouble) == ("read", {})
    assert where in told(row)
    assert row.counts["all"]["wrong"] == len(told(row))
    with pytest.raises(Refused):
        import_write_ask(import_id=row.id, who_id=city.city_staff.id)
    makers.work()
    assert there() == before


def line(**cells: str) -> list[str]:
    told = dict(
        zip(makers.HEADER, ("三年级", "1班", "新生", "G33010000001", "学生", "", ""), strict=True)
    )
    return list({**told, **cells}.values())


LISTS = [
    (line(学号=""), ("id", "no-id")),
    (line(学号="1.2E+10"), ("id", "rounded")),
    (line(学号="9" * 101), ("id", "long-id")),
    (line(姓名=" "), ("name", "no-name")),
    (line(姓名="长" * 61), ("name", "long-name")),
    (line(姓名="坏\ufffd"), ("name", "bad-name")),
    (line(班级="操场"), ("class", "no-class")),
    (line(年级="操场"), ("grade", "no-grade")),
    (line(年级="年级", 班级="1"), ("grade", "no-grade")),
    (line(年级="", 班级="2"), ("grade", "no-grade")),
    (line(姓名="=A2"), ("name", "formula")),
    (line(角色="国王"), ("role", "unknown-value")),
]


@pytest.mark.parametrize(
    ("row", "where"), LISTS, ids=[f"{code} {row[:3]}" for row, (_c, code) in LISTS]
)
def test_a_lists_fault_is_named_and_nothing_is_written(
    city: people.Cast, row: list[str], where: tuple[str, str]
) -> None:
    before = there()
    rows = [line(学号="G33010000009"), row]
    found = makers.staged(city.admin, city.school, makers.csv_bytes(rows), "名册.csv")
    assert told(found) == [("list", 3, *where)]
    with pytest.raises(Refused):
        import_second_ask(import_id=found.id, who_id=city.admin.id, reason="还是要")
    assert there() == before


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ([["三年级", "1班", "新生", "=A2", "学生", "", ""]], ("id", "formula")),
        ([["三年级", "1班", "新生", 123456789012345678, "学生", "", ""]], ("id", "rounded")),
        ([["三年级", "1班", "新_x0000_生", "G3301001", "学生", "", ""]], ("name", "bad-name")),
        ([["三年级", "1班", "半_xD800_个", "G3301001", "学生", "", ""]], ("name", "bad-name")),
        ([["三年级", "1班", "新生", "G33_xDC00_1", "学生", "", ""]], ("id", "bad-id")),
    ],
)
def test_a_books_cells_that_hold_no_text_are_named(
    city: people.Cast, cells: list[list[Any]], where: tuple[str, str]
) -> None:
    data = makers.xlsx_bytes([makers.HEADER, *cells])
    found = makers.staged(city.admin, city.school, data, "名册.xlsx")
    assert (found.state, found.trouble) == ("read", {})
    assert told(found) == [("list", 2, *where)]


def test_a_citys_list_needs_a_school_in_each_row(city: people.Cast) -> None:
    header = ("学校", *makers.HEADER)
    rows = [
        ["", *line()], ["长" * 81, *line(学号="G2222222222222")],
        ["山前\u200b小学", *line(学号="G3333333333333")],
    ]  # fmt: skip
    data = makers.csv_bytes(rows, header=header)
    found = makers.staged(city.city_staff, city.city, data, "全市.csv")
    assert told(found) == [
        ("list", 2, "school", "no-school"),
        ("list", 3, "school", "bad-text"),
        ("list", 4, "school", "bad-text"),
    ]


def test_a_list_of_another_school_is_wrong_in_every_row_that_names_it(city: people.Cast) -> None:
    rows = [["远方的小学", *line()], [city.school.name, *line(学号="G2222222222222")]]
    data = makers.csv_bytes(rows, header=("学校", *makers.HEADER))
    found = makers.staged(city.admin, city.school, data, "名册.csv")
    assert told(found) == [("list", 2, "name", "other-school")]
    page = people.signed_in(city.admin).get(f"/roster/{found.id}").content.decode()
    assert "学校 · <code>远方的小学</code>" in page


@pytest.mark.parametrize(
    ("role", "subject", "kind"),
    [
        ("学生", "", "pupil"), ("", "", "pupil"), ("Student", "", "pupil"),
        ("教师", "语文", "staff"), ("Head Teacher", "", "staff"), ("", "数学", "staff"),
    ],
)  # fmt: skip
def test_a_row_without_a_role_is_a_pupil_but_with_a_subject_a_teacher(
    city: people.Cast, role: str, subject: str, kind: str
) -> None:
    data = makers.csv_bytes([line(角色=role, 学科=subject)])
    found = makers.staged(city.admin, city.school, data, "名册.csv")
    assert told(found) == []
    assert found.counts[kind]["new"] == 1


def test_guardians_of_a_list_are_counted_and_none_is_kept(city: people.Cast) -> None:
    header = (*makers.HEADER, "家长", "家长手机")
    rows = [
        [*line(), "王妈妈", "13800000000"],
        [*line(学号="G33010000002", 角色="家长"), "", ""],
    ]
    found = makers.staged(
        city.admin, city.school, makers.csv_bytes(rows, header=header), "名册.csv"
    )
    assert (found.told["guardians"], found.told["users"]) == (2, 1)
    assert found.counts["pupil"]["new"] == 1
    assert b"13800000000" not in store_path(found.id, found.reading).read_bytes()


def test_a_teachers_several_rows_are_one_person_with_several_classes(city: people.Cast) -> None:
    parts = [("1班", "语文", "是"), ("2班", "语文", ""), ("2班", "数学", "")]
    rows = [
        line(班级=of, 姓名="周老师", 学号="T0000000000001", 角色="教师", 学科=subject, 班主任=head)
        for of, subject, head in parts
    ]
    before = makers.staged(city.admin, city.school, makers.csv_bytes(rows), "名册.csv")
    assert told(before) == []
    done = written(before, city.admin)
    ties = Membership.objects.filter(person__name="周老师")
    shown = sorted(ties.values_list("school_class__number", "role", "subject"))
    assert shown == [
        (1, "head_teacher", ""), (1, "teacher", "chinese"), (2, "teacher", "chinese"),
        (2, "teacher", "maths"),
    ]  # fmt: skip
    assert done.written["persons"] == 1


def test_a_broken_book_is_told_of_as_a_book(city: people.Cast) -> None:
    row = makers.staged(city.admin, city.school, b"PK\x03\x04 cut short", "名册.XLSX")
    assert (row.state, row.trouble["code"]) == ("refused", "no-book")


def test_why_a_file_was_refused_stays_readable_beside_a_newer_one(city: people.Cast) -> None:
    refused = makers.staged(city.admin, city.school, b"nothing that is a heading", "一.csv")
    previewed = makers.staged(city.admin, city.school, makers.csv_bytes([line()]), "二.csv")
    makers.staged(city.admin, city.school, makers.csv_bytes([line()]), "三.csv")
    refused.refresh_from_db()
    previewed.refresh_from_db()
    assert (refused.state, previewed.state) == ("refused", "dropped")
    page = people.signed_in(city.admin).get(f"/roster/{refused.id}").content.decode()
    assert "没有找到表头" in page


def test_a_preview_with_errors_says_that_it_is_to_be_mended(city: people.Cast) -> None:
    wrong = makers.staged(city.admin, city.school, makers.csv_bytes([line(角色="国王")]), "一.csv")
    page = people.signed_in(city.admin).get(f"/roster/{wrong.id}").content.decode()
    assert "要先改好" in page
    assert "不认识“国王”。请对照样例改正这一格。" in page
    assert "等您确认" not in page


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut short", "zip-broken"),
        (makers.zipped({"../users.csv": b"x"}), "zip-path"),
        (makers.zipped({"readme.txt": b"x"}), "no-files"),
        (makers.zipped({"a/users.csv": b"x", "b/users.csv": b"x"}), "zip-twice"),
        (makers.zipped({"users.csv": b"sourcedId\r\n"}), "no-column"),
        (makers.zipped({"users.csv": b""}), "empty"),
        (b"\x00\x01\x02\x03", "nul"),
        (b"nothing that is a heading", "no-header"),
        (makers.csv_bytes([["三", '"', "x", "y"]]) + b'"open', "quote"),
        (makers.xlsx_bytes([[]]), "no-sheet"),
    ],
)
def test_what_cannot_be_read_as_a_whole_leaves_its_reason(
    city: people.Cast, data: bytes, code: str
) -> None:
    row = makers.staged(city.city_staff, city.city, data)
    assert (row.state, row.trouble["code"]) == ("refused", code)
    page = people.signed_in(city.city_staff).get(f"/roster/{row.id}").content.decode()
    assert "这个文件读不懂" not in page
    assert "换一个文件" in page

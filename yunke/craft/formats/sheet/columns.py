"""What the columns of a plain list are: by their names in Chinese and English, and typed values."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

HEADER_WITHIN = 10  # lines: a title and remarks may stand above the names of the columns


class Column(StrEnum):
    SCHOOL = "school"
    SCHOOL_CODE = "school_code"
    GRADE = "grade"
    CLASS = "class"
    NAME = "name"
    ID = "id"
    ROLE = "role"
    SUBJECT = "subject"
    LOGIN = "login"
    HEAD = "head"
    GUARDIAN = "guardian"
    PHONE = "phone"
    SKIP = ""


_NAMES: dict[Column, str] = {
    Column.SCHOOL: "学校 学校名称 所在学校 校名 单位 school schoolname",
    Column.SCHOOL_CODE: "学校代码 学校编码 学校标识码 学校标识 schoolcode schoolid",
    Column.GRADE: "年级 所在年级 年级名称 grade gradelevel year",
    Column.CLASS: "班级 所在班级 班级名称 班 班号 行政班 任教班级 class classname homeroom section",
    Column.NAME: "姓名 学生姓名 教师姓名 名字 名称 name fullname studentname teachername",
    Column.ID: (
        "学号 学籍号 全国学籍号 学生编号 学籍辅号 工号 教工号 职工号 教师编号 编号 证号 身份证号 "
        "id studentid studentno studentnumber teacherid staffid staffno number sourcedid"
    ),
    Column.ROLE: "角色 身份 类别 人员类别 人员类型 role type usertype",
    Column.SUBJECT: "学科 科目 任教学科 任教科目 subject",
    Column.LOGIN: "登录名 用户名 账号 帐号 login username account",
    Column.HEAD: "班主任 是否班主任 headteacher homeroomteacher",
    Column.GUARDIAN: (
        "家长 家长姓名 监护人 监护人姓名 父亲姓名 母亲姓名 guardian guardianname parent parentname"
    ),
    Column.PHONE: (
        "监护人手机 监护人手机号 监护人电话 家长手机 家长手机号 家长电话 手机 手机号 手机号码 电话 "
        "联系电话 phone mobile guardianphone parentphone sms"
    ),
}  # fmt: skip
_KNOWN = {name: column for column, names in _NAMES.items() for name in names.split()}
_GROUPS = ("家长", "监护人", "父亲", "母亲", "guardian", "parent")
_BESIDE = re.compile(r"[\s*＊_\-/.:：]|[(（\[【].*?[)）\]】]")
NEEDED = (Column.NAME, Column.ID)


@dataclass(frozen=True)
class Header:
    """``row``: how many rows to pass over; ``columns``: what each column is."""

    row: int
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        return tuple(column for column in NEEDED if column not in self.columns)


def column_of(name: str) -> Column:
    """The column that a heading names, SKIP for an unknown one."""
    squeezed = _BESIDE.sub("", unicodedata.normalize("NFKC", name)).lower()
    return _KNOWN.get(squeezed, Column.SKIP)


def header_of(rows: Sequence[Sequence[str]]) -> Header | None:
    """The heading among a list's first rows: the one that names most columns.

    One that names a single column is taken where it has others: a person tells which they are.

    Under a merged heading ("家长" over "姓名 手机") the second row completes the first.
    """
    first = rows[:HEADER_WITHIN]
    known = [sum(column_of(cell) != Column.SKIP for cell in row) for row in first]
    if not any(known):
        return None
    at = known.index(max(known))
    if known[at] < 2 and sum(bool(cell.strip()) for cell in first[at]) < 2:
        return None  # a title above the list
    names = [cell.strip() for cell in first[at]]
    if at and _is_group(first[at - 1], names):
        names = _joined(_filled(first[at - 1], len(names)), names)
    elif at + 1 < len(first) and known[at + 1] and _is_group(first[at], first[at + 1]):
        names = _joined(_filled(first[at], len(first[at + 1])), list(first[at + 1]))
        at += 1
    return Header(at + 1, tuple(names), _once([column_of(name) for name in names]))


def header_with(header: Header, chosen: Mapping[int, str]) -> Header:
    """The heading as a person corrected it: column index → what it is."""
    columns = list(header.columns)
    for index, value in chosen.items():
        if 0 <= index < len(columns) and value in set(Column):
            columns[index] = Column(value)
    return Header(header.row, header.names, _once(columns))


def _once(columns: list[Column]) -> tuple[Column, ...]:
    """Each column once: of two names of the same kind the first counts."""
    seen: set[Column] = set()
    kept = []
    for column in columns:
        kept.append(Column.SKIP if column in seen else column)
        seen.add(column)
    return tuple(kept)


def _is_group(above: Sequence[str], below: Sequence[str]) -> bool:
    """A merged heading stands over cells that are named below and empty beside it."""
    named = [
        index for index, cell in enumerate(above)
        if any(cell.strip().lower().startswith(group) for group in _GROUPS)
    ]  # fmt: skip
    return any(
        index + 1 < len(below) and below[index].strip() and not _at(above, index + 1).strip()
        for index in named
    )


def _filled(above: Sequence[str], length: int) -> list[str]:
    """A merged cell's text for each column that it covers; the others keep their own."""
    filled, last = [], ""
    for index in range(length):
        text = _at(above, index).strip()
        last = text or last
        filled.append(text or (last if any(last.startswith(g) for g in _GROUPS) else ""))
    return filled


def _joined(above: list[str], below: list[str]) -> list[str]:
    joined = []
    for over, name in zip(above, below, strict=True):
        name = name.strip()
        guardian = any(over.lower().startswith(group) for group in _GROUPS)
        joined.append(f"{over}{name}" if guardian and name else name or over)
    return joined


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


_NUMBERED = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")


def id_read(text: str) -> tuple[str, str]:
    """An id as it is meant, and why it cannot be taken ("" when it can).

    Full-width digits and letters become narrow ones, spaces go, leading zeros stay; what Excel
    made of a long number ("1.23E+11") has lost its end and cannot be mended here.
    """
    meant = unicodedata.normalize("NFKC", text).replace(" ", "").strip().strip("'`‘’")
    meant = unicodedata.normalize("NFKC", meant)  # an accent that stood apart has come nearer
    if _NUMBERED.fullmatch(meant):
        return meant, "rounded"
    if not meant:
        return "", "no-id"
    if len(meant) > 100:
        return meant[:100], "long-id"
    return meant, "" if meant.isprintable() and "\ufffd" not in meant else "bad-id"


def name_read(text: str) -> tuple[str, str]:
    """A person's name in one line, and why it cannot be taken."""
    meant = " ".join(text.replace("\u3000", " ").split())
    if not meant:
        return "", "no-name"
    if len(meant) > 60:
        return meant[:60], "long-name"
    if not meant.isprintable() or "\ufffd" in meant:
        return meant, "bad-name"
    return meant, ""

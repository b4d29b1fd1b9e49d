"""A plain list (CSV, XLSX) into the comparison: one row a pupil, or a teacher and a class."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from yunke.base.limited import ChildFailed, Limits, following
from yunke.craft.formats.oneroster import BundleRefused
from yunke.craft.formats.sheet import (
    Broken,
    Column,
    Header,
    Line,
    Unreadable,
    csv_lines,
    encoding_of,
    header_of,
    header_with,
    id_read,
    name_read,
)
from yunke.craft.formats.sheet.book import FORMULA, ROUNDED
from yunke.gate.exchange.actions.bundle import Loaded
from yunke.gate.exchange.actions.store import Store
from yunke.gate.exchange.rules.titles import class_number, grade_of, number_of, subject_of
from yunke.gate.exchange.values import OrgWant, Wrong

FILE = "list"
BOOK = Limits(cpu=120, memory=1 << 30, file=1 << 20, nice=5)
STAFF = ("教师", "老师", "教职工", "职工", "班主任", "teacher", "staff", "headteacher", "tutor")
PUPIL = ("", "学生", "student", "pupil")
GUARDIAN = ("家长", "监护人", "parent", "guardian")
YES = ("是", "y", "yes", "true", "1", "√", "✓")
NO_PLACE = "-"
SAMPLES = 3
SCHOOL = 80  # letters of a school's name


@dataclass(frozen=True)
class Own:
    """The school that rows without one belong to; name "" when every row must name one."""

    name: str = ""
    code: str = ""


def list_lines(file: Path, kind: str) -> Iterator[Line]:
    """Rows of a CSV or an XLSX (in a child process). Raises BundleRefused."""
    try:
        if kind == "csv":
            yield from csv_lines(file, encoding_of(file), formula=FORMULA)
        else:
            yield from _book(file)
    except Unreadable as trouble:
        value = " / ".join(filter(None, (trouble.sample, trouble.other)))
        raise BundleRefused(trouble.code, FILE, trouble.line, value) from None
    except Broken as trouble:
        raise BundleRefused(trouble.code, FILE, trouble.line) from None


def _book(file: Path) -> Iterator[Line]:
    argv = [sys.executable, "-m", "yunke.craft.formats.sheet.book", str(file)]
    try:
        with following(argv, limits=BOOK) as lines:
            done = False
            for text in lines:
                told = json.loads(text)
                if "refused" in told:
                    raise BundleRefused(told["refused"], FILE, 0, told["name"])
                done = "done" in told
                if "n" in told:
                    yield Line(told["n"], told["c"])
            if not done:
                raise BundleRefused("zip-large", FILE)
    except (ChildFailed, ValueError):
        raise BundleRefused("no-book", FILE) from None


def list_header(lines: Iterator[Line], chosen: dict[int, str]) -> tuple[Header, Iterator[Line]]:
    """The heading, and the rows after it. Raises BundleRefused when there is none."""
    first = list(islice(lines, 12))
    header = header_of([line.cells for line in first])
    if header is None:
        raise BundleRefused("empty" if not first else "no-header", FILE, 1, _sample(first))
    header = header_with(header, chosen)
    return header, chain(first[header.row :], lines)


def _sample(lines: list[Line]) -> str:
    return "、".join(lines[0].cells)[:80] if lines else ""


def list_load(store: Store, file: Path, kind: str, *, own: Own, chosen: dict[int, str]) -> Loaded:
    """Every row into the comparison; a row that cannot be taken is named and left out."""
    loaded = Loaded(named=True, has_classes=False, kinds=set(), tie_roles=set())
    loaded.files = dict.fromkeys(("org", "class", "user", "tie"), FILE)
    header, lines = list_header(list_lines(file, kind), chosen)
    loaded.told = {
        "columns": [[n, c.value] for n, c in zip(header.names, header.columns, strict=True)],
        "sample": [],
        "encoding": encoding_of(file) if kind == "csv" else "xlsx",
    }
    if header.missing:
        loaded.told["missing"] = [column.value for column in header.missing]
        loaded.told["sample"] = [_shown(line) for line in islice(lines, SAMPLES)]
        return loaded
    reading = _Reading(store, loaded, header, own)
    for line in lines:
        reading.row(line)
    loaded.told |= {"users": reading.rows, "enrollments": reading.ties, "guardians": reading.kin}
    loaded.told |= {"orgs": len(reading.orgs), "classes": len(reading.classes)}
    return loaded


def _shown(line: Line) -> list[str]:
    return ["" if cell in (FORMULA, ROUNDED) else cell[:40] for cell in line.cells[:40]]


class _Reading:
    """One pass over a list: places are gathered, persons and ties go to the comparison."""

    def __init__(self, store: Store, loaded: Loaded, header: Header, own: Own) -> None:
        self.store, self.loaded, self.own = store, loaded, own
        self.at = {column: index for index, column in enumerate(header.columns) if column}
        self.orgs: set[str] = set()
        self.classes: set[str] = set()
        self.rows = self.ties = self.kin = 0

    def row(self, line: Line) -> None:
        if len(self.loaded.told["sample"]) < SAMPLES:
            self.loaded.told["sample"].append(_shown(line))
        cells = {c: line.cells[i].strip() for c, i in self.at.items() if i < len(line.cells)}
        faults = list(self._faults(cells))
        role = cells.get(Column.ROLE, "").lower().replace(" ", "")
        if role in GUARDIAN:
            self.kin += 1
            return
        staff = role in STAFF or (not role and bool(cells.get(Column.SUBJECT)))
        if not staff and role not in PUPIL:
            faults.append((Column.ROLE, "unknown-value", cells[Column.ROLE]))
        self.kin += bool(cells.get(Column.GUARDIAN) or cells.get(Column.PHONE))
        place = self._place(cells, line, faults, staff)
        for column, code, value in faults:
            self.store.wrong(Wrong(FILE, line.number, column.value, code, value[:120]))
        if not faults:
            self._keep(line, cells, staff, place, role)

    def _faults(self, cells: dict[Column, str]) -> Iterator[tuple[Column, str, str]]:
        told = set()
        for column, value in cells.items():
            if value in (FORMULA, ROUNDED):
                code = "formula" if value == FORMULA else "rounded"
                yield column, code, ""
                told.add(column)
        for column, read in ((Column.ID, id_read), (Column.NAME, name_read)):
            if column in told:
                continue
            text, code = read(cells.get(column, ""))
            if code:
                yield column, code, cells.get(column, "")
            cells[column] = text

    def _place(
        self, cells: dict[Column, str], line: Line, faults: list[Any], staff: bool
    ) -> tuple[str, str]:
        """(school's source, class's source); a pupil needs a class, a teacher may have none."""
        name = cells.get(Column.SCHOOL, "") or self.own.name
        code = cells.get(Column.SCHOOL_CODE, "")
        if not name and not code:
            faults.append((Column.SCHOOL, "no-school", ""))
            return "", ""
        if len(name) > SCHOOL or not name.isprintable():
            faults.append((Column.SCHOOL, "bad-text", name))
            return "", ""
        org = f"{NO_PLACE}{code or name}"
        if org not in self.orgs:
            self.orgs.add(org)
            self.loaded.orgs.append(OrgWant(line.number, org, name or code, "school", code, ""))
        text = cells.get(Column.CLASS, "")
        said = cells.get(Column.GRADE, "")
        # A bare number is a class, never at the same time its grade.
        grade = grade_of(said or ("" if number_of(text) else text))
        number = class_number(text)
        if staff and not text:
            return org, ""
        if not grade or not number:
            column = Column.CLASS if grade or Column.GRADE not in self.at else Column.GRADE
            shown = " ".join(filter(None, (said, text)))
            faults.append((column, "no-class" if grade else "no-grade", shown))
            return org, ""
        of = f"{org}/{grade}/{number}"
        if of not in self.classes:
            self.classes.add(of)
            self.loaded.classes.append((line.number, of, "", str(grade), str(number), org))
        return org, of

    def _keep(
        self, line: Line, cells: dict[Column, str], staff: bool, place: tuple[str, str], role: str
    ) -> None:
        org, of = place
        self.rows += 1
        kind = "teacher" if staff else "student"
        self.loaded.kinds.add("staff" if staff else "pupil")
        source, name = cells[Column.ID], cells[Column.NAME]
        self.store.db.execute(
            "INSERT INTO raw_user VALUES (?,?,0,?,?,?,?,'')",
            (line.number, source, cells.get(Column.LOGIN, ""), name, kind, org),
        )
        if not of:
            return
        roles = {"teacher", "head_teacher"} if staff else {"pupil"}
        self.loaded.tie_roles |= roles
        head = staff and (
            role in ("班主任", "headteacher") or cells.get(Column.HEAD, "").lower() in YES
        )
        subject = subject_of(cells.get(Column.SUBJECT, ""))
        self.ties += 1
        self.store.db.execute(
            "INSERT INTO raw_tie VALUES (?,0,?,?,?,?,'','',?)",
            (line.number, of, source, kind, head, subject),
        )

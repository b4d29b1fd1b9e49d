"""A bundle's files as rows, streaming: a few kilobytes in memory for a city of any size.

What is wrong with one row goes to ``faults`` and the reading goes on; what makes a file unreadable
as a whole raises BundleRefused.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from yunke.craft.formats.oneroster.values import (
    ABSENT,
    BULK,
    DELTA,
    FILES,
    LEFT,
    ORG_TYPES,
    ROLES,
    SUBJECT_COLUMN,
    VERSIONS,
    BundleRefused,
    ClassRow,
    EnrollmentRow,
    Fault,
    Manifest,
    OrgRow,
    RoleRow,
    TermRow,
    UserRow,
)
from yunke.craft.formats.sheet.columns import id_read, name_read
from yunke.craft.formats.sheet.encoding import Unreadable, encoding_of
from yunke.craft.formats.sheet.table import Broken, csv_lines

Faults = Callable[[Fault], None]
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII)
_PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,99}")
_STATUS = {"": False, "active": False, "tobedeleted": True, "inactive": True}
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def file_of(name: str) -> str:
    """The bundle's file that an archive's entry is ("bundle/Users.csv" → "users"); "" for none."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].lower()
    known = {f"{file}.csv".lower(): file for file in ("manifest", *FILES, *LEFT)}
    return known.get(last, "")


def manifest_of(folder: Path) -> Manifest:
    """The manifest, or what the files themselves say when there is none. Raises BundleRefused."""
    present = {file: BULK for file in FILES if (folder / f"{file}.csv").exists()}
    path = folder / "manifest.csv"
    told: dict[str, str] = {}
    if path.exists():
        for _line, (name, value) in _records(path, "manifest", ("propertyName", "value"), _ignore):
            told[name.strip()] = value.strip()
    modes = {file: _mode(file, told, present) for file in FILES}
    if set(modes.values()) == {ABSENT}:
        raise BundleRefused("no-files")
    version = told.get("oneroster.version", "")
    if version and version not in VERSIONS:
        raise BundleRefused("version", "manifest", 0, version)
    version = version or ("1.2" if "roles" in present else "1.1")
    return Manifest(version, modes, told.get("source.systemName", ""))


def _mode(file: str, told: Mapping[str, str], present: Mapping[str, str]) -> str:
    mode = told.get(f"file.{file}", present.get(file, ABSENT)).lower()
    if mode not in (BULK, DELTA, ABSENT):
        raise BundleRefused("bad-mode", "manifest", 0, f"file.{file} = {mode}")
    if mode != ABSENT and file not in present:
        raise BundleRefused("no-file", file)
    return mode


def orgs(folder: Path, faults: Faults) -> Iterator[OrgRow]:
    columns = ("sourcedId", "status", "name", "type", "identifier", "parentSourcedId")
    for line, row in _rows(folder, "orgs", columns, 4, faults):
        source, status, name, kind, identifier, parent = row
        check = _Check("orgs", line, faults)
        source, gone = check.source(source), check.gone(status)
        check.one_of("type", kind, ORG_TYPES)
        name = check.text("name", name, 80)
        if check.good:
            yield OrgRow(line, source, gone, name, kind, identifier.strip(), parent.strip())


def terms(folder: Path, faults: Faults) -> Iterator[TermRow]:
    columns = ("sourcedId", "status", "title", "type", "startDate", "endDate")
    for line, row in _rows(folder, "academicSessions", columns, 0, faults):
        source, status, title, kind, start, end = row
        check = _Check("academicSessions", line, faults)
        source, gone = check.source(source), check.gone(status)
        start, end = check.day("startDate", start), check.day("endDate", end)
        if check.good:
            yield TermRow(line, source, gone, title.strip(), kind.strip(), start, end)


def classes(folder: Path, faults: Faults) -> Iterator[ClassRow]:
    columns = (
        "sourcedId", "status", "title", "schoolSourcedId",
        "classType", "grades", "grade", "classCode",
    )  # fmt: skip
    for line, row in _rows(folder, "classes", columns, 4, faults):
        source, status, title, school, kind, grades, grade, code = row
        check = _Check("classes", line, faults)
        source, gone = check.source(source), check.gone(status)
        title, school = check.text("title", title, 80), check.named("schoolSourcedId", school)
        if check.good:
            yield ClassRow(
                line, source, gone, title, grades or grade, code.strip(), kind.strip().lower(),
                school,
            )  # fmt: skip


def users(folder: Path, faults: Faults, *, version: str = "1.1") -> Iterator[UserRow]:
    needed = 5 if version == "1.1" else 3
    columns = (
        "sourcedId", "givenName", "familyName", "role", "orgSourcedIds",
        "status", "enabledUser", "username", "grades", "primaryOrgSourcedId",
    )  # fmt: skip
    for line, row in _rows(folder, "users", columns, needed, faults):
        source, given, family, role, places, status, enabled, login, grades, home = row
        check = _Check("users", line, faults)
        source, gone = check.source(source), check.gone(status)
        name = check.person(given, family)
        if version == "1.1":
            check.one_of("role", role, ROLES)
        gone = gone or enabled.strip().lower() in ("false", "0")
        if check.good:
            yield UserRow(
                line, source, gone, login.strip(), name, role.strip(),
                (places or home).strip(), grades.strip(),
            )  # fmt: skip


def roles(folder: Path, faults: Faults) -> Iterator[RoleRow]:
    columns = ("userSourcedId", "role", "roleType", "orgSourcedId", "status")
    for line, row in _rows(folder, "roles", columns, 4, faults):
        user, role, kind, org, status = row
        check = _Check("roles", line, faults)
        user, gone = check.named("userSourcedId", user), check.gone(status)
        if not role.startswith("ext:"):  # a vendor's own: allowed, and nothing to us
            check.one_of("role", role, ROLES)
            if check.good:
                yield RoleRow(
                    line, user, gone, role, kind.strip().lower() == "primary", org.strip()
                )


def enrollments(folder: Path, faults: Faults) -> Iterator[EnrollmentRow]:
    columns = (
        "classSourcedId", "userSourcedId", "role",
        "status", "primary", "beginDate", "endDate", SUBJECT_COLUMN,
    )  # fmt: skip
    for line, row in _rows(folder, "enrollments", columns, 3, faults):
        klass, user, role, status, primary, begin, end, subject = row
        check = _Check("enrollments", line, faults)
        klass, user = check.named("classSourcedId", klass), check.named("userSourcedId", user)
        gone = check.gone(status)
        check.one_of("role", role, ROLES)
        begin, end = check.day("beginDate", begin), check.day("endDate", end)
        if check.good:
            yield EnrollmentRow(
                line, gone, klass, user, role.strip(), primary.strip().lower() in ("true", "1"),
                begin, end, subject.strip(),
            )  # fmt: skip


class _Check:
    """One row under examination; ``good`` until the first fault."""

    def __init__(self, file: str, line: int, faults: Faults) -> None:
        self.file, self.line, self._faults, self.good = file, line, faults, True

    def fault(self, column: str, code: str, value: str = "") -> None:
        self.good = False
        self._faults(Fault(self.file, self.line, column, code, value[:120]))

    def source(self, text: str) -> str:
        return self._id("sourcedId", text)

    def named(self, column: str, text: str) -> str:
        """An id of another row, which must be there."""
        return self._id(column, text)

    def _id(self, column: str, text: str) -> str:
        if _PLAIN_ID.fullmatch(text):  # nearly all of them, without the longer look
            return text
        meant, code = id_read(text)
        if code:
            self.fault(column, code, text)
        return meant

    def gone(self, status: str) -> bool:
        found = _STATUS.get(status.strip().lower())
        if found is None:
            self.fault("status", "status", status)
        return bool(found)

    def one_of(self, column: str, text: str, known: frozenset[str]) -> None:
        if text.strip() not in known:
            self.fault(column, "unknown-value", text)

    def text(self, column: str, text: str, longest: int) -> str:
        meant = " ".join(text.split())
        if not meant or len(meant) > longest or not meant.isprintable():
            self.fault(column, "bad-text", text)
        return meant

    def person(self, given: str, family: str) -> str:
        """A name as its people say it: 王小明, Mary Jones."""
        han = _HAN.search(given + family)
        joined = f"{family.strip()}{given.strip()}" if han else f"{given} {family}"
        meant, code = name_read(joined)
        if code:
            self.fault("familyName", code, joined)
        return meant

    def day(self, column: str, text: str) -> str:
        if not text:
            return ""
        found = _DAY.fullmatch(text.strip())
        try:
            return date.fromisoformat(found[1]).isoformat() if found else self._no_day(column, text)
        except ValueError:
            return self._no_day(column, text)

    def _no_day(self, column: str, text: str) -> str:
        self.fault(column, "bad-day", text)
        return ""


def _rows(
    folder: Path, file: str, columns: Sequence[str], needed: int, faults: Faults
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a file that is there; the first ``needed`` columns (1 at least) must be."""
    path = folder / f"{file}.csv"
    if path.exists():
        yield from _records(path, file, columns, faults, needed=max(needed, 1))


def _records(
    path: Path, file: str, columns: Sequence[str], faults: Faults, *, needed: int = 1
) -> Iterator[tuple[int, list[str]]]:
    try:
        lines = csv_lines(path, encoding_of(path))
        header = next(lines, None)
        if header is None:
            raise BundleRefused("empty", file)
        places = _places(file, header.cells, columns, needed)
        width = len(header.cells)
        for line in lines:
            cells = line.cells
            # Empty cells at the end may be missing or too many; anything else has slipped.
            if any(cells[width:]) or max(places) >= len(cells):
                faults(Fault(file, line.number, "", "cells", f"{len(cells)} / {width}"))
                continue
            yield line.number, [cells[place] if place >= 0 else "" for place in places]
    except Unreadable as trouble:
        value = " / ".join(filter(None, (trouble.sample, trouble.other)))
        raise BundleRefused(trouble.code, file, trouble.line, value) from None
    except Broken as trouble:
        raise BundleRefused(trouble.code, file, trouble.line) from None


def _places(file: str, header: list[str], columns: Sequence[str], needed: int) -> list[int]:
    names = [name.strip().lower() for name in header]
    places = [names.index(c.lower()) if c.lower() in names else -1 for c in columns]
    for column, place in zip(columns[:needed], places, strict=False):
        if place < 0:
            raise BundleRefused("no-column", file, 1, column)
    return places


def _ignore(_fault: Fault) -> None:
    """The manifest's odd lines say nothing that is asked."""

"""Rosters as schools send them, and an import brought as far as a test needs it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from yunke.base.jobs import WORKS, run_one
from yunke.craft.formats.oneroster import bundle_write
from yunke.gate.exchange import jobs
from yunke.gate.exchange.actions.upload import import_begin
from yunke.gate.exchange.models import Import
from yunke.ground.people.models import Org, Person

HEADER = ("年级", "班级", "姓名", "学号", "角色", "学科", "班主任")


def school_rows(
    name: str, *, classes: int = 2, pupils: int = 5, grade: int = 3, mark: str = "a",
    skip: Iterable[str] = (), renamed: dict[str, str] | None = None,
) -> dict[str, list[dict[str, str]]]:  # fmt: skip
    """A school's bundle as parts: ``classes`` classes of ``pupils`` pupils, a teacher each.

    Ids are long, as a bureau's: ``mark`` tells schools apart. ``skip``: persons left out.
    """
    school = f"org-school-{mark}-0001"
    parts: dict[str, list[dict[str, str]]] = {
        "orgs": [{"sourcedId": school, "name": name, "type": "school", "identifier": f"k{mark}"}],
        "classes": [], "users": [], "roles": [], "enrollments": [],
    }  # fmt: skip
    for number in range(1, classes + 1):
        of = f"class-{mark}-{grade:02}-{number:02}"
        parts["classes"].append(
            {
                "sourcedId": of, "title": f"{grade}年级{number}班", "grades": f"{grade:02}",
                "classType": "homeroom", "schoolSourcedId": school,
            }
        )  # fmt: skip
        teacher = f"teacher-{mark}-{number:04}"
        if teacher not in skip:
            _user(parts, teacher, f"师{mark}{number}", "teacher", school)
            _tie(parts, of, school, teacher, "teacher", primary=True)
        for index in range(1, pupils + 1):
            pupil = f"pupil-{mark}-{number:02}-{index:04}"
            if pupil not in skip:
                told = (renamed or {}).get(pupil, f"生{mark}{number}{index}")
                _user(parts, pupil, told, "student", school)
                _tie(parts, of, school, pupil, "student")
    return parts


def _user(parts: Any, source: str, name: str, role: str, school: str) -> None:
    parts["users"].append(
        {"sourcedId": source, "enabledUser": "true", "givenName": name[1:], "familyName": name[0],
         "username": ""}
    )  # fmt: skip
    parts["roles"].append(
        {"sourcedId": f"r-{source}", "userSourcedId": source, "roleType": "primary", "role": role,
         "orgSourcedId": school}
    )  # fmt: skip


def _tie(parts: Any, of: str, school: str, user: str, role: str, *, primary: bool = False) -> None:
    parts["enrollments"].append(
        {"sourcedId": f"e-{of}-{user}", "classSourcedId": of, "schoolSourcedId": school,
         "userSourcedId": user, "role": role, "primary": "true" if primary else "false"}
    )  # fmt: skip


def joined(*many: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    whole: dict[str, list[dict[str, str]]] = {}
    for parts in many:
        for name, rows in parts.items():
            whole.setdefault(name, []).extend(rows)
    return whole


def bundle(parts: dict[str, list[dict[str, str]]], **more: Any) -> bytes:
    file = io.BytesIO()
    bundle_write(file, parts, **more)
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pupil_row(number: int, *, grade: str = "三年级", of: str = "1班", name: str = "") -> list[str]:
    return [grade, of, name or f"新生{number}", f"2024{number:08}", "学生", "", ""]


def csv_bytes(
    rows: Sequence[Sequence[str]], *, header: Sequence[str] = HEADER, encoding: str = "utf-8-sig",
    ending: str = "\r\n",
) -> bytes:  # fmt: skip
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: Sequence[Sequence[Any]], *, hidden: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if hidden:
        book.create_sheet(hidden).sheet_state = "hidden"
        book[hidden].append(["姓名", "学号"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def begun(who: Person, org: Org, data: bytes, name: str = "名册.zip") -> Import:
    """Uploaded, not read yet."""
    number = import_begin(who_id=who.id, org_id=org.id, name=name, chunks=[data])
    return Import.objects.get(id=number)


def staged(who: Person, org: Org, data: bytes, name: str = "名册.zip") -> Import:
    """Uploaded and compared."""
    row = begun(who, org, data, name)
    work()
    row.refresh_from_db()
    return row


def work() -> None:
    """Every job that is due, as the worker does."""
    assert "roster.read" in WORKS, jobs
    while run_one():
        pass


def sessions(*rows: tuple[str, str, str, str]) -> list[dict[str, str]]:
    """Rows of academicSessions from (title, type, first day, last day)."""
    return [
        {
            "sourcedId": f"session-{number}", "title": title, "type": kind, "startDate": start,
            "endDate": end, "schoolYear": start[:4],
        }
        for number, (title, kind, start, end) in enumerate(rows, 1)
    ]  # fmt: skip

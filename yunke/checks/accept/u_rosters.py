"""U-02, U-10 to U-14: rosters as they really come, brought in and handed out by the real room.

Pass lines of trust.md §6.
"""

import csv
import io
import struct
import time
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook

from yunke.base.trouble import Refused
from yunke.checks.accept.table import Options
from yunke.craft.formats.sheet.write import STARTERS
from yunke.gate.exchange.actions.export import export_ask, export_take
from yunke.gate.exchange.actions.undo import undo_ask
from yunke.gate.exchange.actions.upload import (
    import_second_ask,
    import_second_decide,
    import_write_ask,
)
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.folder import folder_of
from yunke.gate.exchange.reads.staged import lines_of, wrongs_of
from yunke.gate.exchange.tests import makers
from yunke.ground.audit.door import second_decide
from yunke.ground.people.door import Role
from yunke.ground.people.models import Membership, Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people

RARE = ("𠮷田", "㛃雨", "欧阳昇", "隆中对")
MORE_RSS, SECONDS = 200 << 20, 2.0


def counts() -> dict[str, int]:
    return {
        "orgs": Org.objects.count(), "classes": SchoolClass.objects.count(),
        "persons": Person.objects.count(),
        "ties": Membership.objects.filter(until__isnull=True).count(),
        "left": Person.objects.filter(left_on__isnull=False).count(),
    }  # fmt: skip


def brought(city: people.Cast, row: Import, *, by: Person | None = None) -> Import:
    """Imported, with a second person where one is needed."""
    clerk = by or Person.objects.get(id=row.made_by)
    if any(one["second"] for one in row.findings):
        import_second_ask(import_id=row.id, who_id=clerk.id, reason="核对过")
        row.refresh_from_db()
        import_second_decide(row=row, who_id=decider(city).id, given=True, reason="")
    import_write_ask(import_id=row.id, who_id=clerk.id)
    makers.work()
    row.refresh_from_db()
    return row


def decider(city: people.Cast) -> Person:
    """Somebody of the bureau who is not the clerk; the same each time."""
    found = Person.objects.filter(name="第二人").first()
    return found or people.staff(city.city, Role.CITY_STAFF, "第二人")


def codes(row: Import) -> list[tuple[int, str]]:
    return [(wrong.line, wrong.code) for wrong in wrongs_of(row)]


def u_02(_options: Options) -> dict[str, Any]:
    """Archives that would hurt are refused before a byte is unpacked."""
    city = people.cast()
    before, told = counts(), []
    # Once without harm, so that what is loaded on first use is not charged to the bombs.
    makers.staged(city.admin, city.school, makers.bundle(makers.school_rows("河东小学")))
    for label, data, code in hostile_archives():
        base, began = memory(), time.monotonic()
        row = makers.staged(city.admin, city.school, data, f"{label}.zip")
        told.append(
            {
                "file": label, "code": row.trouble.get("code"), "wanted": code,
                "s": round(time.monotonic() - began, 2), "mb": round((peak() - base) / 2**20),
                "unpacked": (folder_of(row.id) / "unpacked").exists(),
            }
        )  # fmt: skip
    good = all(
        one["code"] == one["wanted"] and one["s"] <= SECONDS and not one["unpacked"]
        and one["mb"] << 20 <= MORE_RSS
        for one in told
    )  # fmt: skip
    return {"pass": good and counts() == before, "figures": {"files": told}}


def memory() -> int:
    """Bytes held now; the peak counts from here on."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    return status("VmRSS")


def peak() -> int:
    return status("VmHWM")


def status(name: str) -> int:
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(name + ":"))
    return int(line.split()[1]) * 1024


def hostile_archives() -> list[tuple[str, bytes, str]]:
    zeros = b"0" * (200 << 20)
    book = makers.zipped({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": zeros})
    bomb = makers.zipped({"users.csv": zeros})
    del zeros
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(65_535):
            archive.writestr(f"{number}.csv", b"")
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("users.csv", b"a")
        archive.writestr("Users.csv", b"b")
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        entry = zipfile.ZipInfo("users.csv")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    inner = makers.zipped({"users.csv": b"sourcedId\r\n"})
    overlap = bytearray(makers.zipped({"users.csv": b"a" * 400, "orgs.csv": b"b" * 400}))
    place = overlap.rfind(b"PK\x01\x02")
    overlap[place + 42 : place + 46] = struct.pack("<I", 0)
    return [
        ("bomb 1,028:1", bomb, "zip-bomb"),
        ("bomb in a workbook", book, "zip-bomb"),
        ("65,535 entries", many.getvalue(), "zip-many"),
        ("nested", makers.zipped({"inner.zip": inner}), "zip-nested"),
        ("nested by another name", makers.zipped({"users.csv": inner}), "zip-nested"),
        ("../", makers.zipped({"../../users.csv": b"x"}), "zip-path"),
        ("absolute", makers.zipped({"/etc/users.csv": b"x"}), "zip-path"),
        ("symlink", link.getvalue(), "zip-link"),
        ("same name twice", twice.getvalue(), "zip-twice"),
        ("overlapping", bytes(overlap), "zip-bomb"),
        ("cut short", inner[: len(inner) - 8], "zip-broken"),
    ]


def u_10(_options: Options) -> dict[str, Any]:
    """Encodings: the right names, or the whole file refused with line and sample."""
    city, told = people.cast(), []
    for label, data, wanted in encodings():
        row = makers.staged(city.admin, city.school, data, f"{label}.csv")
        if isinstance(wanted, str):
            said = row.trouble
            good = said.get("code") == wanted and said["line"] > 0 and bool(said["value"])
            told.append({"file": label, "refused": said.get("code"), "good": good})
            continue
        names = shown_names(row)
        told.append({"file": label, "names": names[:4], "good": set(wanted) <= set(names)})
    return {"pass": all(one["good"] for one in told), "figures": {"files": told}}


def shown_names(row: Import) -> list[str]:
    return [line.name for line in lines_of(row, act="new", thing="pupil").rows]


def encodings() -> list[tuple[str, bytes, "tuple[str, ...] | str"]]:
    rows = [makers.pupil_row(number, name=name) for number, name in enumerate(RARE)]
    plain = ("王隆", "隆", "李明")
    common = [makers.pupil_row(number, name=name) for number, name in enumerate(plain)]
    latin = ("grade", "class", "name", "id")
    gbk_only = [["3", "1", "隆陆", "G330100000001"], ["3", "1", "娄", "G330100000002"]]
    traditional = [["三年級", "1班", "陳雅婷", "G330100000001"]] * 3
    theirs = ("年級", "班級", "姓名", "學號")
    first = [["3", "1", "王小明明", "G1000000000001"]]
    mixed = makers.csv_bytes(first, header=latin, encoding="gbk")
    mixed += "3,2,李四光,G1000000000002\r\n".encode()
    return [
        ("utf-8", makers.csv_bytes(rows, encoding="utf-8"), RARE),
        ("utf-8 bom", makers.csv_bytes(rows), RARE),
        ("gb18030", makers.csv_bytes(rows, encoding="gb18030"), RARE),
        ("gbk", makers.csv_bytes(common, encoding="gbk"), ("王隆", "隆", "李明")),
        ("utf-16", makers.csv_bytes(rows, encoding="utf-16"), RARE),
        ("utf-16 le", makers.csv_bytes(rows, encoding="utf-16-le"), RARE),
        ("big5", makers.csv_bytes(traditional, header=theirs, encoding="big5"), "big5"),
        ("gbk names that are valid utf-8",
         makers.csv_bytes(gbk_only, header=latin, encoding="gbk"), "ambiguous"),
        ("gbk, then utf-8", mixed, "mixed"),
        ("utf-8, then gbk", makers.csv_bytes(rows, encoding="utf-8")
         + makers.csv_bytes(common, encoding="gbk"), "mixed"),
    ]  # fmt: skip


def u_11(_options: Options) -> dict[str, Any]:
    """Odd rows: named by line first; then one transaction; again changes nothing."""
    city = people.cast()
    figures: dict[str, Any] = {}
    before = counts()
    rows = [makers.pupil_row(number) for number in range(1, 9)]
    rows[1][3] = rows[0][3]
    rows[2][3] = rows[0][3]
    rows[1][2] = rows[0][2]
    rows[3][3] = "1.23E+11"
    rows[4][3] = ""
    rows[5][1] = "不知道"
    wrong = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    figures["wrong"] = codes(wrong)
    named = figures["wrong"] == [
        (3, "twice"), (4, "twice-other"), (5, "rounded"), (6, "no-id"), (7, "no-class"),
    ]  # fmt: skip
    stays = counts() == before
    checks = {
        "leading zeros": kept_id(city, "000000012345678", "000000012345678"),
        "full width": kept_id(city, "Ｇ３３０１０２２０１７０１", "G330102201701"),
        "CR only": brings(city, makers.csv_bytes(plain_book()[1:], ending="\r")),
        "merged header": brings(city, makers.xlsx_bytes(merged())),
        "hidden sheet": brings(city, makers.xlsx_bytes(plain_book(), hidden="旧名册")),
        "formula": codes(makers.staged(city.admin, city.school, makers.xlsx_bytes(formula())))
        == [(2, "formula")],
        "mixed lines": brings(city, odd_lines()),
    }
    figures |= checks | large(city)
    return {
        "pass": named and stays and all(checks.values()) and figures["rows_50000"],
        "figures": figures,
    }


def kept_id(city: people.Cast, typed: str, meant: str) -> bool:
    rows = [makers.pupil_row(1)]
    rows[0][3] = typed
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    return [line.source for line in lines_of(row, act="new", thing="pupil").rows] == [meant]


def brings(city: people.Cast, data: bytes) -> bool:
    row = makers.staged(city.admin, city.school, data)
    return row.counts.get("pupil", {}).get("new") == 2 and not row.counts["all"]["wrong"]


def plain_book() -> list[list[Any]]:
    return [list(makers.HEADER), *[makers.pupil_row(number) for number in (1, 2)]]


def merged() -> list[list[Any]]:
    return [
        ["河东小学 2026 年名册", *[None] * 5],
        ["年级", "班级", "学生姓名", "学籍号", "家长", None],
        [None, None, None, None, "姓名", "手机"],
        ["三年级", "1班", "小明", "G330102201701", "老王", "13800000000"],
        ["三年级", "1班", "小红", "G330102201702", "老李", "13900000000"],
    ]


def formula() -> list[list[Any]]:
    rows = plain_book()
    rows[1][3] = "=CONCAT(A1,B1)"
    return rows


def odd_lines() -> bytes:
    """A quoted line break, CRLF, LF and an empty line in one file."""
    first, second = (makers.pupil_row(number) for number in (1, 2))
    first[2] = "小明"
    text = ",".join(makers.HEADER) + "\r\n" + ",".join(first) + "\n\n" + ",".join(second[:5])
    return (text + ',"语\r\n文",\r\n').encode("utf-8-sig")


def large(city: people.Cast) -> dict[str, Any]:
    """50,000 rows: one transaction, true counts, and nothing to do the second time."""
    decider(city)  # asked when the small school's own pupils leave; counted before
    rows = [makers.pupil_row(n, grade=str(n % 6 + 1), of=f"{n % 40 + 1}班") for n in range(50_000)]
    data, before, began = makers.csv_bytes(rows), counts(), time.monotonic()
    row = brought(city, makers.staged(city.admin, city.school, data))
    spent, after = time.monotonic() - began, counts()
    again = makers.staged(city.admin, city.school, data)
    return {
        "rows_50000": row.state == "done" and after["persons"] - before["persons"] == 50_000
        and again.counts["pupil"] == {"same": 50_000},
        "rows_50000_s": round(spent, 1),
    }  # fmt: skip


def u_12(_options: Options) -> dict[str, Any]:
    """The wrong file: last year's, another school's, half a roster; and thirty days to undo."""
    city = people.cast()
    decider(city)
    this, that = "河东小学", "山前小学"
    now = makers.school_rows(this, pupils=10, grade=4)
    far = makers.school_rows(that, pupils=10, grade=4, mark="b")
    whole = makers.joined(now, far)
    brought(city, makers.staged(city.city_staff, city.city, makers.bundle(whole)))
    tried: dict[str, tuple[Person, Org, dict[str, Any], str]] = {
        "last year's": (city.city_staff, city.city, makers.school_rows(this, pupils=10, grade=3),
                        "last-year"),
        "another school's": (city.admin, city.school, far, "other-school"),
        "another's, named as ours": (
            city.admin, city.school, makers.school_rows(this, pupils=10, grade=4, mark="b"),
            "crossing"),
        "half": (city.admin, city.school, makers.school_rows(this, classes=1, pupils=10, grade=4),
                 "leavers"),
    }  # fmt: skip
    said: dict[str, list[str]] = {}
    held: dict[str, bool] = {}
    for label, (clerk, org, parts, code) in tried.items():
        row = makers.staged(clerk, org, makers.bundle(parts))
        said[label] = [one["code"] for one in row.findings] + [c for _line, c in codes(row)]
        held[label] = code in said[label] and refused_alone(row, clerk)
    before = counts()
    half = makers.staged(*tried["half"][:2], makers.bundle(tried["half"][2]))
    done = brought(city, half)
    gone = counts()
    undo_ask(import_id=done.id, who_id=city.admin.id)
    makers.work()
    done.refresh_from_db()
    back = done.state == "undone" and counts() == before and gone != before
    figures = {"said": said, "held": held, "undo": back}
    return {"pass": all(held.values()) and back, "figures": figures}


def refused_alone(row: Import, clerk: Person) -> bool:
    """Nobody imports it alone."""
    try:
        import_write_ask(import_id=row.id, who_id=clerk.id)
    except Refused:
        return True
    return False


def u_13(_options: Options) -> dict[str, Any]:
    """The receipt's counts are the difference that the database shows, each time."""
    city = people.cast()
    decider(city)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("first", makers.school_rows("新城小学", classes=3, pupils=30)),
        ("renamed, two left, one new", makers.joined(
            makers.school_rows("新城小学", classes=3, pupils=30,
                               skip=("pupil-a-01-0001", "pupil-a-02-0002"),
                               renamed={"pupil-a-01-0003": "改名"}))),
        ("back", makers.school_rows("新城小学", classes=3, pupils=31)),
        ("again", makers.school_rows("新城小学", classes=3, pupils=31)),
    ]  # fmt: skip
    told, good = [], True
    for label, parts in steps:
        before = counts()
        row = brought(city, makers.staged(city.city_staff, city.city, makers.bundle(parts)))
        difference = {name: many - before[name] for name, many in counts().items()}
        said = {
            "orgs": row.written.get("orgs", 0), "classes": row.written.get("classes", 0),
            "persons": row.written.get("persons", 0),
            "ties": row.written.get("ties", 0) - row.written.get("ties_ended", 0),
            "left": row.written.get("persons_left", 0) - row.written.get("persons_back", 0),
        }  # fmt: skip
        good = good and row.state == "done" and all(difference[n] == m for n, m in said.items())
        told.append({"step": label, "receipt": row.written, "difference": difference})
    good = good and told[-1]["receipt"] == {}
    return {"pass": good, "figures": {"steps": told}}


EVIL = (
    "=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "＝1+1", "'=1",
)  # fmt: skip


def u_14(_options: Options) -> dict[str, Any]:
    """Every export: no cell begins a formula, and what came out goes in again unchanged."""
    city = people.cast()
    for name in EVIL:
        people.pupil(city.one, name)
    found: dict[str, Any] = {}
    for kind in ("csv", "xlsx", "bundle"):
        data = exported(city, kind)
        cells = CELLS[kind](data)
        begins = [cell for cell in cells if cell and cell[0] in STARTERS]
        row = makers.staged(city.admin, city.school, data, f"out.{kind}")
        same = all(name in shown_names_all(row) for name in EVIL)
        changed = {act: many for act, many in row.counts.get("pupil", {}).items()}
        found[kind] = {
            "cells": len(cells), "formulas": len(begins), "names_return": same,
            "nobody_new": "new" not in changed and "gone" not in changed,
        }  # fmt: skip
    good = all(
        not one["formulas"] and one["names_return"] and one["nobody_new"] for one in found.values()
    )
    return {"pass": good, "figures": found}


def shown_names_all(row: Import) -> set[str]:
    lines = lines_of(row, thing="pupil").rows + lines_of(row, act="same", thing="pupil").rows
    return {line.name for line in lines}


def exported(city: people.Cast, kind: str) -> bytes:
    asked = export_ask(who_id=city.admin.id, school_id=city.school.id, kind=kind, reason="核对学籍")
    second_decide(id=asked, who_id=city.city_staff.id, given=True)
    return b"".join(export_take(who_id=city.admin.id, second_id=asked).pieces)


def csv_cells(data: bytes) -> list[str]:
    return [c for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for c in row]


def xlsx_cells(data: bytes) -> list[str]:
    rows = load_workbook(io.BytesIO(data)).active.iter_rows()
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return [str(cell.value) for cell in cells]


def bundle_cells(data: bytes) -> list[str]:
    return [cell for part in makers.unzipped(data).values() for cell in csv_cells(part)]


CELLS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": csv_cells, "xlsx": xlsx_cells, "bundle": bundle_cells,
}  # fmt: skip

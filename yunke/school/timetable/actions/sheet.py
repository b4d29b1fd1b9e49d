"""A week's timetable from a sheet: read strictly, matched to the school, written in one go."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yunke.base.limited import Limits, run_limited
from yunke.craft.formats.sheet import Broken, Line, Unreadable, csv_lines, encoding_of
from yunke.ground.people.door import ClassName, Colleague
from yunke.school.library.door import SUBJECT_NAMES

COLUMNS = {
    "class": ("班级", "班", "class"),
    "weekday": ("星期", "周", "周几", "weekday", "day"),
    "period": ("节次", "节", "第几节", "period"),
    "subject": ("学科", "科目", "课程", "subject"),
    "teacher": ("教师", "老师", "任课教师", "teacher"),
}
WEEKDAYS = {
    "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
MOST = 5000  # rows of one sheet
LEASH = Limits(cpu=15, memory=1 << 30)


class SheetRefused(Exception):
    """The whole sheet cannot be read; ``code`` names why, ``line`` where."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(frozen=True)
class SlotLine:
    """A row of the sheet as it was understood; ``wrong`` names the column that was not."""

    line: int
    cells: tuple[str, ...]
    class_id: int = 0
    weekday: int = 0
    period: int = 0
    subject: str = ""
    teacher_id: int = 0
    teacher: str = ""
    wrong: str = ""


def file_lines(path: Path, name: str) -> list[Line]:
    """The rows of a CSV (UTF-8, GBK, GB18030 …) or an XLSX. Raises SheetRefused."""
    if name.lower().endswith((".xlsx", ".xlsm")):
        return list(_book(path))
    try:
        return list(csv_lines(path, encoding_of(path)))
    except Unreadable as trouble:
        raise SheetRefused("encoding") from trouble
    except (Broken, UnicodeDecodeError) as trouble:
        raise SheetRefused("broken", getattr(trouble, "line", 0)) from trouble


def _book(path: Path) -> Iterator[Line]:
    """An XLSX in a child process on a short leash."""
    argv = [sys.executable, "-m", "yunke.craft.formats.sheet.book", str(path)]
    ended = run_limited(argv, limits=LEASH, timeout=30)
    rows = [json.loads(text) for text in ended.output.splitlines() if text.startswith("{")]
    if ended.status or not rows or "done" not in rows[-1]:
        raise SheetRefused("book")
    for row in rows:
        if "n" in row:
            yield Line(row["n"], row["c"])


def pasted_lines(text: str) -> list[Line]:
    """Cells copied out of a spreadsheet: tabs between them, one row a line."""
    rows = [row.split("\t") for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return [Line(n, cells) for n, cells in enumerate(rows, 1) if any(c.strip() for c in cells)]


def slots_read(
    lines: Sequence[Line], classes: Iterable[ClassName], colleagues: Iterable[Colleague]
) -> list[SlotLine]:
    """Every row after the header, understood or with what was not. Raises SheetRefused."""
    if not lines:
        raise SheetRefused("empty")
    if len(lines) > MOST:
        raise SheetRefused("long")
    at = _columns(lines[0].cells)
    by_class = _classes(classes)
    by_name: dict[str, list[int]] = {}
    for one in colleagues:
        by_name.setdefault(_plain(one.name), []).append(one.id)
        by_name.setdefault(_plain(one.login), []).append(one.id)
    found = [_slot(line, at, by_class, by_name) for line in lines[1:]]
    return _twice(found)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    heads = [_plain(cell) for cell in cells]
    at = {}
    for column, names in COLUMNS.items():
        index = next((heads.index(_plain(n)) for n in names if _plain(n) in heads), -1)
        if index < 0 and column != "teacher":
            raise SheetRefused(f"no-{column}", 1)
        at[column] = index
    return at


def _classes(classes: Iterable[ClassName]) -> dict[str, int]:
    """Each class by the ways people write it: its name, its code, 3.2, 3年2班, 三年级2班."""
    known: dict[str, int] = {}
    for of in classes:
        for text in (of.name, of.name_en, of.code):
            known[_plain(text)] = of.id
    return {key: number for key, number in known.items() if key}


def _plain(text: str) -> str:
    wide = str.maketrans({full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)})
    return "".join(text.translate(wide).split()).casefold().replace("(", "").replace(")", "")


def _slot(
    line: Line, at: dict[str, int], classes: dict[str, int], names: dict[str, list[int]]
) -> SlotLine:
    told = {c: (line.cells[i] if 0 <= i < len(line.cells) else "").strip() for c, i in at.items()}
    cells = tuple(told.values())
    class_id = classes.get(_plain(told["class"]), 0)
    weekday, period = _weekday(told["weekday"]), _period(told["period"])
    subject, people = _subject(told["subject"]), names.get(_plain(told["teacher"]), [])
    checks = (
        ("class", bool(class_id)), ("weekday", weekday >= 0), ("period", period > 0),
        ("subject", bool(subject)), ("teacher", not told["teacher"] or len(people) == 1),
    )  # fmt: skip
    wrong = next((name for name, good in checks if not good), "")
    return SlotLine(
        line.number, cells, class_id, weekday, period, subject,
        people[0] if len(people) == 1 else 0, told["teacher"][:60], wrong,
    )  # fmt: skip


def _weekday(text: str) -> int:
    plain = _plain(text).removeprefix("星期").removeprefix("周").removeprefix("礼拜")
    if plain.isdecimal() and len(plain) == 1 and 1 <= int(plain) <= 7:
        return int(plain) - 1
    return WEEKDAYS.get(plain, WEEKDAYS.get(plain[:3], -1))


def _period(text: str) -> int:
    plain = _plain(text).removeprefix("第").removesuffix("节")
    if plain.isdecimal() and len(plain) <= 2:
        return int(plain) if 1 <= int(plain) <= 12 else 0
    return NUMERALS.get(plain, 0)


def _subject(text: str) -> str:
    plain = _plain(text)
    for code, names in SUBJECT_NAMES.items():
        if plain in {_plain(code), *(_plain(name) for name in names)}:
            return code
    return ""


def _twice(lines: list[SlotLine]) -> list[SlotLine]:
    """A class has one lesson in a period: the second good row that says so is wrong."""
    seen: set[tuple[int, int, int]] = set()
    found = []
    for line in lines:
        key = (line.class_id, line.weekday, line.period)
        if line.wrong:
            found.append(line)
            continue
        found.append(replace(line, wrong="twice") if key in seen else line)
        seen.add(key)
    return found

"""Sheets and their scans as pages show them, and as the reading needs them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from yunke.base.models import Job
from yunke.craft.marking.sheets import Template, template_from
from yunke.ground.people.door import class_pupils, names_of
from yunke.school.exams.models import Doubt, Layout, Printing, Scan, ScanPage, Sheet
from yunke.school.exams.values.paper import DoubtKind, PageState


def sheets_folder() -> Path:
    """Beside the media: nothing in it is ever sent without this room's own look at who asks."""
    return Path(settings.MEDIA_ROOT).parent / "sheets"


def file_of(name: str) -> Path | None:
    """A stored file, or None where it is gone."""
    path = sheets_folder() / name
    return path if name and path.is_file() else None


@lru_cache(maxsize=32)
def _template(text: str) -> Template:
    return template_from(text)


def template_of(layout: Layout) -> Template:
    """The layout as drawing and reading take it."""
    return _template(json.dumps(layout.template, sort_keys=True))


def newest_layout(exam_id: int) -> Layout | None:
    return Layout.objects.filter(exam_id=exam_id).order_by("-number").first()


def layout_of(exam_id: int) -> Layout:
    """The layout that is printed now. Raises Layout.DoesNotExist before there is one. 1 query."""
    return Layout.objects.filter(exam_id=exam_id).order_by("-number")[0:1].get()


def layouts_of(exam_id: int) -> list[Layout]:
    """Every layout that sheets were printed with, the newest first. 1 query."""
    return list(Layout.objects.filter(exam_id=exam_id).order_by("-number"))


@dataclass(frozen=True)
class PrintLine:
    """A PDF that was asked for. ``share`` 0 to 1; ``reason``: why there is none."""

    id: int
    class_id: int
    spares: int
    sheets: int
    ready: bool
    share: float
    reason: str


def printings_of(exam_id: int) -> list[PrintLine]:
    """The newest first, with how far the job is. 2 queries."""
    rows = list(Printing.objects.filter(layout__exam_id=exam_id).order_by("-id")[:30])
    jobs = jobs_by("exams.print", [row.id for row in rows])
    return [_print_line(row, jobs.get(row.id)) for row in rows]


def _print_line(row: Printing, job: Job | None) -> PrintLine:
    failed = job is not None and job.state == Job.State.FAILED
    return PrintLine(
        row.id, row.class_id, row.spares, row.sheets, row.ready_at is not None,
        1.0 if row.ready_at else (job.share if job else 0.0),
        job.reason if failed and job else "",
    )  # fmt: skip


def jobs_by(name: str, ids: Iterable[int]) -> dict[int, Job]:
    """The jobs of rows, by the row's id. 1 query."""
    keys = {f"{name}:{number}": number for number in ids}
    return {keys[job.key]: job for job in Job.objects.filter(key__in=keys)}


@dataclass(frozen=True)
class ScanLine:
    """A file that was sent: how far its reading is, and what it gave."""

    id: int
    name: str
    state: str
    reason: str
    pages: int
    share: float
    asks: int


def scans_of(exam_id: int) -> list[ScanLine]:
    """The newest first. 2 queries."""
    rows = list(
        Scan.objects.filter(exam_id=exam_id).order_by("-id")
        .annotate(asks=Count("read", filter=Q(read__state=PageState.ASKS.value)))[:60]
    )  # fmt: skip
    jobs = jobs_by("exams.scan", [row.id for row in rows])
    lines = []
    for row in rows:
        job = jobs.get(row.id)
        lines.append(
            ScanLine(
                row.id, row.name, row.state, row.reason, row.pages,
                job.share if job else 0.0, row.asks,
            )
        )  # fmt: skip
    return lines


@dataclass(frozen=True)
class SheetLine:
    """How far one pupil's sheets are. ``pages``: page number → its state, "" for not there."""

    person_id: int
    name: str
    sheet_id: int
    pages: tuple[tuple[int, str], ...]
    entered: bool


def sheet_lines(exam_id: int, class_id: int) -> list[SheetLine]:
    """A class, pupil by pupil. 4 queries however many pupils."""
    layout = newest_layout(exam_id)
    if layout is None:
        return []
    pupils = class_pupils(class_id)
    sheets = {
        sheet.person_id: sheet
        for sheet in Sheet.objects.filter(
            layout__exam_id=exam_id, person_id__in=[pupil.id for pupil in pupils]
        ).select_related("layout").order_by("layout__number")
    }  # fmt: skip
    states = page_states(sheet.id for sheet in sheets.values())
    return [_sheet_line(pupil, sheets.get(pupil.id), states) for pupil in pupils]


def _sheet_line(pupil: Any, sheet: Sheet | None, states: dict[tuple[int, int], str]) -> SheetLine:
    if sheet is None:
        return SheetLine(pupil.id, pupil.name, 0, (), False)
    pages = tuple(
        (page, states.get((sheet.id, page)) or ("lacking" if page in sheet.lacking else ""))
        for page in range(1, sheet.layout.pages + 1)
    )
    return SheetLine(pupil.id, pupil.name, sheet.id, pages, sheet.entered_at is not None)


def page_states(sheet_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """(sheet, page) → the best state of its pictures: clear before asks. 1 query."""
    rows = ScanPage.objects.filter(
        sheet__in=list(sheet_ids), state__in=(PageState.CLEAR.value, PageState.ASKS.value)
    ).values_list("sheet_id", "number", "state")
    found: dict[tuple[int, int], str] = {}
    for sheet, number, state in rows:
        if found.get((sheet, number)) != PageState.CLEAR.value:
            found[sheet, number] = state
    return found


def pages_asking(exam_id: int, class_ids: Iterable[int]) -> "QuerySet[ScanPage]":
    """Pages that wait for a person: those of these classes and those of nobody yet."""
    mine = Q(sheet__isnull=True) | Q(sheet__class_id__in=[0, *class_ids])
    rows = ScanPage.objects.filter(mine, scan__exam_id=exam_id, state=PageState.ASKS.value)
    return rows.select_related("sheet", "layout", "scan").order_by("id")


def doubts_of(page_id: int) -> list[Doubt]:
    """Open doubts of a page: first whether it counts, then whose, then its marks. 1 query."""
    order = {DoubtKind.PAGE: 0, DoubtKind.WHOSE: 1, DoubtKind.TWICE: 2, DoubtKind.MARK: 3}
    rows = Doubt.objects.filter(page_id=page_id, decided_at__isnull=True)
    return sorted(rows, key=lambda one: (order[DoubtKind(one.kind)], one.item.zfill(6)))


def sheet_name(sheet: Sheet | None) -> str:
    if sheet is None or sheet.person_id is None:
        return ""
    found = names_of([sheet.person_id]).get(sheet.person_id)
    return found.name if found else ""

"""A school's roster goes out: asked with a reason, agreed by a second person, handed out once."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile

from django.db import transaction

from yunke.craft.formats.oneroster import bundle_write
from yunke.craft.formats.sheet import sheet_csv, sheet_xlsx
from yunke.gate.exchange.reads.roster import LIST_HEADER, bundle_parts, list_rows, school_roster
from yunke.gate.exchange.rules.titles import subject_names
from yunke.ground.audit.door import Act, audit_record, second_ask, second_use

KINDS = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "bundle": ("application/zip", "zip"),
}
SECOND = "roster.export"
PIECE = 1 << 16


@dataclass(frozen=True)
class HandedOut:
    content_type: str
    ending: str
    pieces: Iterator[bytes]


def export_ask(*, who_id: int, school_id: int, kind: str, reason: str) -> int:
    """Ask for a second person. Raises Refused without a reason, KeyError for another kind."""
    return second_ask(
        who_id=who_id, kind=SECOND, page=f"/roster/export?school={school_id}", reason=reason,
        about={"school": school_id, "kind": kind}, org_id=school_id,
    )  # fmt: skip


@transaction.atomic
def export_take(*, who_id: int, second_id: int) -> HandedOut:
    """The file, once for each consent, with its audit line. Raises Refused."""
    view = second_use(second_id, SECOND, who_id=who_id)
    school_id, kind = int(view.about["school"]), str(view.about["kind"])
    roster = school_roster(school_id)
    content_type, ending = KINDS[kind]
    if kind == "csv":
        pieces: Iterator[bytes] = iter(
            list(sheet_csv(LIST_HEADER, list_rows(roster, subject_names())))
        )
    else:
        file = TemporaryFile()  # noqa: SIM115 - closed when its last piece went out
        if kind == "xlsx":
            sheet_xlsx(file, LIST_HEADER, list_rows(roster, subject_names()), title=roster.name)
        else:
            bundle_write(file, bundle_parts(roster))
        pieces = _pieces(file)
    audit_record(
        actor_id=who_id, act=Act.DATA_EXPORTED, object_kind="roster", object_id=school_id,
        school_id=school_id, reason=view.reason,
        detail={"kind": kind, "persons": len(roster.persons), "second": second_id},
    )  # fmt: skip
    return HandedOut(content_type, ending, pieces)


def _pieces(file: io.IOBase) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece

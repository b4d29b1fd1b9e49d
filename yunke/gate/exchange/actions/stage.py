"""Reading a file into a preview: the job's work, outside any transaction, in stages that tell."""

import shutil
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import today
from yunke.base.jobs import Held, ask
from yunke.base.trouble import Refused
from yunke.craft.formats.oneroster import BundleRefused
from yunke.craft.formats.sheet import sheet_kind
from yunke.craft.formats.zips import ZipRefused
from yunke.gate.exchange.actions.bundle import Loaded, bundle_load, unpack
from yunke.gate.exchange.actions.compare import Compared, compare
from yunke.gate.exchange.actions.plainlist import Own, list_load
from yunke.gate.exchange.actions.show import findings_write, shown_write
from yunke.gate.exchange.actions.store import Store, store_new
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.folder import file_of_import, folder_of, store_path
from yunke.gate.exchange.rules.places import Reach
from yunke.gate.exchange.values import State
from yunke.ground.people.door import org_names, roster_orgs
from yunke.school.timetable.door import terms_new

_TIDY = (
    "raw_user", "raw_role", "raw_tie", "has_person", "has_source", "has_tie", "has_class",
    "covered", "org_alias", "class_alias",
)  # fmt: skip


def roster_stage(held: Held, import_id: int, reading: int) -> None:
    """Read, compare, keep the preview. A file that cannot be read leaves its reason."""
    row = Import.objects.filter(id=import_id, reading=reading).first()
    if row is None or row.state not in (State.WAITING, State.READING):
        return
    with held.write():
        Import.objects.filter(id=import_id).update(state=State.READING)
    try:
        found = stage(row, tell=held.progress)
    except BundleRefused as trouble:
        found = {"trouble": _told(trouble)}
    except ZipRefused as trouble:
        # A book is an archive inside; its owner knows it as an Excel file.
        book = row.name.lower().endswith(".xlsx") and trouble.code == "zip-broken"
        code = "no-book" if book else trouble.code
        found = {"trouble": {"code": code, "file": trouble.name, "line": 0, "value": ""}}
    with held.write():
        state = State.REFUSED if found.get("trouble") else State.READ
        Import.objects.filter(id=import_id, reading=reading, state=State.READING).update(
            state=state, **found
        )


def _told(trouble: BundleRefused) -> dict[str, Any]:
    return {
        "code": trouble.code, "file": trouble.file, "line": trouble.line,
        "value": trouble.value[:200],
    }  # fmt: skip


def stage(row: Import, *, tell: Any, day: date | None = None) -> dict[str, Any]:
    """The columns of the row that the reading fills. Raises BundleRefused, ZipRefused."""
    day = day or today()
    file, reach = file_of_import(row.id), reach_of(row.org_id)
    local = f"o{row.org_id}:" if reach.level == "school" else ""
    with store_new(store_path(row.id, row.reading)) as store:
        loaded, kind = _load(store, row, file, day, tell)
        if loaded.told.get("missing"):
            return {"kind": kind, "told": loaded.told, "counts": {}, "findings": []}
        compared = compare(store, loaded, reach, local=local, day=day, tell=tell)
        tell("preview", 0.9)
        counts = shown_write(store, loaded, compared)
        findings = [asdict(one) for one in findings_write(store, loaded, compared)]
        _slim(store, compared)
    loaded.told["local"] = local
    # A city's calendar is the city's: the bundle of a county or a school adds no term to it.
    if reach.level == "city" and (new := terms_new(row.org_id, loaded.terms)):
        loaded.told["terms_new"] = new
    return {"kind": kind, "told": loaded.told, "counts": counts, "findings": findings}


def _load(store: Store, row: Import, file: Path, day: date, tell: Any) -> tuple[Loaded, str]:
    with file.open("rb") as raw:
        kind = sheet_kind(raw)
    if kind == "zip":
        folder = folder_of(row.id) / "unpacked"
        try:
            tell("unpack", 0.02)
            left = unpack(file, folder)
            return bundle_load(store, folder, left, day, tell), Import.Kind.BUNDLE
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    tell("users", 0.1)
    org = org_names([row.org_id])[row.org_id]
    own = Own(org.name) if org.level == "school" else Own()
    chosen = {int(index): value for index, value in row.columns.items()}
    return list_load(store, file, kind, own=own, chosen=chosen), Import.Kind.LIST


def reach_of(org_id: int) -> Reach:
    """Everything below the office on whose behalf the file is brought in. One query."""
    rows = {number: (level, parent) for number, level, parent, _code, _name in roster_orgs()}
    level = rows[org_id][0]
    if level == "city":
        return Reach(org_id, level, None)
    schools = (
        {org_id}
        if level == "school"
        else {
            number for number, (of, parent) in rows.items() if of == "school" and parent == org_id
        }
    )
    return Reach(org_id, level, frozenset(schools))


def _slim(store: Store, compared: Compared) -> None:
    """What the preview and the writing need stays; copies of the database do not."""
    for table in _TIDY:
        store.run(f"DROP TABLE {table}")
    store.run("DELETE FROM tie WHERE act = 'same'")


@transaction.atomic
def roster_read_again(
    import_id: int, columns: dict[str, str] | None = None, *, trouble: dict[str, Any] | None = None
) -> int:
    """Read the same file again, with corrected columns or because the database went on since;
    the number of the new reading. What a second person agreed to was the old one.

    Raises Refused when it goes on already. ``trouble``: why its writing came to nothing.
    """
    row = Import.objects.select_for_update().get(id=import_id)
    if row.state != (State.WRITING if trouble else State.READ):
        raise Refused(_("这份名册现在不能改列名。"), status=422)
    row.reading += 1
    row.columns = row.columns if columns is None else columns
    row.state, row.second_id, row.trouble = State.WAITING, 0, trouble or {}
    row.save(update_fields=["reading", "columns", "state", "second_id", "trouble"])
    payload = {"import": row.id, "reading": row.reading}
    ask("roster.read", key=f"{row.id}-{row.reading}", payload=payload)
    return row.reading

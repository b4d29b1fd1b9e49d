"""V-06, V-07, V-08: nothing outlives its limit, a copy has everything, an erasure leaves nothing.

Canaries lie in every personal column of every table; the same rows are looked for afterwards in
the database, the files, the lake's Parquet and the audit.
"""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from yunke.base.clock import now
from yunke.base.held import DAYS, Erase
from yunke.base.jobs import run_one
from yunke.checks.accept.table import Options
from yunke.ground.audit.door import Act, audit_record, is_ours, second_place, verify
from yunke.ground.lake.door import Verb, event_record, lake_flush
from yunke.ground.lake.models import Event, LakeFile
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.privacy import jobs as _jobs  # noqa: F401 - names the jobs
from yunke.ground.privacy.actions.copies import copy_file
from yunke.ground.privacy.actions.retention import OWN, dry_run, due, purge
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads.map import columns, exported, personal, rows_of, tables
from yunke.ground.privacy.tests.makers import Nest

MONTHS_13 = timedelta(days=13 * 31)


def v_06(options: Options) -> dict[str, Any]:
    """Every table says how long; 13 months later what is past its limit is gone, the rest stays."""
    cast = makers.cast(pupils_in_class=2)
    Nest(cast.pupil, cast.pupils[1]).lay()
    limited = [(model, held) for model, held in tables() if held.keep in DAYS]
    without = [m._meta.label for m in apps.get_models() if "held" not in m.__dict__]
    held_before = {model._meta.label: model._base_manager.count() for model, _held in limited}
    counted_before = sum(line.rows for line in dry_run())
    with time_machine.travel(now() + MONTHS_13, tick=True):
        counted = {line.table: line.rows for line in dry_run()}
        gone = purge()
        left = {
            model._meta.label: rows.count()
            for model, held in limited
            if model._meta.label not in OWN and (rows := due(model, held)) is not None
        }
    stayed = Person.objects.filter(id=cast.pupil.id).exclude(name="").exists()
    kept = {
        model._meta.label: model._base_manager.count()
        for model, held in limited
        if DAYS[held.keep] > MONTHS_13.days
    }
    page = Client().get("/privacy/kept").content.decode()
    past = sum(left.values())
    longer = all(kept[label] >= held_before[label] for label in kept)
    told = page.count("<tr><td>")
    figures = {
        "tables_without_a_limit": without, "tables_with_a_limit_in_days": len(limited),
        "due_before": counted_before, "dry_run_after_13_months": sum(counted.values()),
        "purged": sum(gone.values()), "left_past_the_limit": past,
        "longer_limits_untouched": longer, "tables_in_the_public_schedule": told,
    }  # fmt: skip
    passed = not without and not past and longer and stayed and sum(gone.values()) > 10
    return {"pass": passed and told == len(list(personal())), "figures": figures}


def v_07(options: Options) -> dict[str, Any]:
    """A guardian takes a child's copy: every exportable column is in it, nobody else is."""
    cast = makers.cast(pupils_in_class=2)
    child, other = cast.pupil, cast.pupils[1]
    _in_parquet(child.id, "canary-parquet-mine")
    _in_parquet(other.id, "canary-parquet-other")
    others = Nest(other, cast.far_pupil).lay()
    nest = Nest(child, other).lay()
    client = signed_in(cast.guardian)
    client.post("/my-data/copy", {"person": child.id, **once()})
    while run_one(None):
        pass
    wish = Wish.objects.get(asked_by=cast.guardian.id)
    path = copy_file(wish)
    if path is None:
        return {"pass": False, "figures": {"state": wish.state}}
    taken = client.get(f"/my-data/file/{wish.id}")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content)))  # type: ignore[attr-defined]
    missing, checked = _missing(archive, nest)
    everything = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
    strangers = [
        f"{label}.{name}"
        for label, laid in others.laid.items()
        for name, value in laid.items()
        if isinstance(value, str) and value.startswith("canary") and len(value) > 9
        if value in everything and value not in str(nest.laid)
    ]
    secrets = _secrets(nest, everything)
    figures = {
        "columns_checked": checked, "missing": missing[:5], "of_somebody_else": strangers[:5],
        "secrets_shown": secrets[:5], "parquet_in_it": "canary-parquet-mine" in everything,
        "somebody_elses_parquet": "canary-parquet-other" in everything,
        "readable": {"index.html", "index.en.html"} <= set(archive.namelist()),
    }  # fmt: skip
    passed = not missing and not strangers and not secrets and checked > 100
    passed = passed and bool(figures["parquet_in_it"]) and not figures["somebody_elses_parquet"]
    return {"pass": passed, "figures": figures}


def _missing(archive: zipfile.ZipFile, nest: Nest) -> tuple[list[str], int]:
    missing, checked = [], 0
    for model, held in personal():
        label = model._meta.label
        if label not in nest.laid:
            continue
        rows = json.loads(archive.read(f"tables/{label}.json"))
        for one in exported(model, held):
            laid = nest.laid[label].get(one.attname)
            checked += 1
            shown = [row[one.attname] for row in rows if one.attname in row]
            there = laid in shown if isinstance(laid, str) else bool(shown)
            if not there:
                missing.append(f"{label}.{one.attname}")
    return missing, checked


def _secrets(nest: Nest, everything: str) -> list[str]:
    return [
        f"{model._meta.label}.{name}"
        for model, held in personal()
        for name in held.secret
        if isinstance(laid := nest.laid.get(model._meta.label, {}).get(name), str)
        and laid.startswith("canary")
        and len(laid) > 9
        and laid in everything
    ]


def _in_parquet(person: int, title: str) -> None:
    """An act of the person that only the lake's files know any more."""
    with transaction.atomic():
        event_record(actor_id=person, verb=Verb.NOTE_SAVED, object_kind="note", title=title)
    lake_flush()
    Event.objects.all().delete()


def v_08(options: Options) -> dict[str, Any]:
    """A guardian asks, the school confirms, the job runs: no canary is left but what is told."""
    cast = makers.cast(pupils_in_class=2)
    child = cast.pupil
    # She asks while the child is at her school: the nest puts rows of nowhere beside it.
    signed_in(cast.guardian).post("/my-data/erase", {"person": child.id, **once()})
    wish = Wish.objects.get(person_id=child.id, kind="erase", asked_by=cast.guardian.id)
    _in_parquet(child.id, "canary-parquet-mine")
    nest = Nest(child, cast.pupils[1]).lay()
    with transaction.atomic():
        audit_record(
            actor_id=cast.admin.id, act=Act.PASSWORD_RESET, subject_id=child.id,
            reason="canary-reason", detail={"x": "canary-detail"},
        )  # fmt: skip
    Person.objects.filter(id=child.id).update(name="canary-name", login="canary-login")
    _decided(cast, wish)
    wish.refresh_from_db()
    kept = {model._meta.label for model, held in personal() if held.erase == Erase.KEEP}
    left = _left(nest, kept)
    parquet = _parquet_names(child.id)
    files = _file_hits(b"canary-parquet-mine")
    audit = _cells_with("canary-reason") + _cells_with("canary-detail") + _cells_with("canary-name")
    whys = [row for row in wish.receipt.get("tables", {}).values() if row[0] == "keep"]
    figures = {
        "state": wish.state, "canaries": sum(len(laid) for laid in nest.laid.values()),
        "left": left[:5], "parquet_rows": parquet, "files_with_a_canary": files,
        "audit_and_names": audit, "kept_with_a_reason": len(whys),
        "chain_good": verify(second_place=second_place(), ours=is_ours).good,
    }  # fmt: skip
    clean = not left and not parquet and not files and not audit
    return {
        "pass": clean and wish.state == "done" and all(row[2] for row in whys)
        and bool(figures["chain_good"]),
        "figures": figures,
    }  # fmt: skip


def _decided(cast: Cast, wish: Wish) -> None:
    signed_in(cast.city_staff).post(f"/data/wish/{wish.id}/decide", {"decision": "given", **once()})
    while run_one(None):
        pass


def _left(nest: Nest, kept: set[str]) -> list[str]:
    """Canaries that a table still holds, but in what is kept with a reason or stays by design."""
    found = []
    for model, held in personal():
        label = model._meta.label
        if label in kept or label not in nest.laid:
            continue
        rows = rows_of(model, held, nest.person.id)
        if held.erase == Erase.ROW and rows.exists():
            found.append(f"{label}: {rows.count()} rows")
        texts = [
            name
            for name, value in nest.laid[label].items()
            if isinstance(value, str) and value.startswith("canary") and len(value) > 9
            if held.erase == Erase.ROW or name in held.blank
        ]
        found += [f"{label}.{name}" for name in texts if _cells_with(nest.laid[label][name])]
    return found


def _cells_with(text: str) -> int:
    """How many cells of the whole database hold the text, the kept tables' own aside."""
    hits = 0
    for model in apps.get_models():
        names = [str(one.column) for one in columns(model)]
        table = connection.ops.quote_name(model._meta.db_table)
        where = " OR ".join(f"CAST({connection.ops.quote_name(n)} AS TEXT) LIKE %s" for n in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT COUNT(*) FROM {table} WHERE {where}", [f"%{text}%"] * len(names)
            )
            hits += cursor.fetchone()[0]
    return hits


def _parquet_names(person: int) -> int:
    found = 0
    for file in LakeFile.objects.all():
        path = Path(settings.LAKE_ROOT) / file.path
        query = f"SELECT COUNT(*) FROM '{path}' WHERE actor_id = {person} OR subject_id = {person}"
        found += duckdb.execute(query).fetchall()[0][0]
    return found


def _file_hits(text: bytes) -> int:
    """Files below the data folder that hold the text; the database's own are asked by cell."""
    root = Path(settings.MEDIA_ROOT).parent
    return sum(
        1
        for path in root.rglob("*")
        if path.is_file() and ".sqlite3" not in path.name and text in path.read_bytes()
    )

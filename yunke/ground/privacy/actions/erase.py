"""Taking a person out of the house: every table, file, index and Parquet row. May be run again.

The fact that somebody was here stays under a number without a name: rows that the law or others'
rights need keep pointing at it. A crash in the middle is gone on with behind the last table.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Field, Model

from yunke.base.clock import now
from yunke.base.held import Erase, Held
from yunke.base.kept import forget_all
from yunke.base.models import Receipt
from yunke.ground.audit.door import Act, audit_record, entries_empty
from yunke.ground.lake.door import lake_forget
from yunke.ground.people.door import person_marks
from yunke.ground.privacy.actions.copies import copies_forget
from yunke.ground.privacy.models import Erased, Wish
from yunke.ground.privacy.reads.map import PERSON, columns, personal, rows_of
from yunke.ground.privacy.reads.parts import parts

CHUNK = 500
Told = Callable[[str, float], None]


def erase_run(wish: Wish, told: Told = lambda _stage, _share: None) -> dict[str, Any]:
    """Erase the wish's person; gives the receipt: {table: [what, rows, why]}."""
    person = wish.person_id
    marks = person_marks(person)
    if marks is None:
        return dict(wish.receipt)
    receipt: dict[str, Any] = dict(wish.receipt.get("tables", {}))
    begin(wish, marks.made_at)
    steps = [*_steps(person, marks.texts)]
    for number, (name, work) in enumerate(steps):
        if name in wish.through:
            continue
        told(name, number / (len(steps) + 1))
        done = work()
        with transaction.atomic():
            wish.through = [*wish.through, name]
            if done is not None:
                receipt[name] = done
            wish.receipt = {"tables": receipt}
            wish.save(update_fields=["through", "receipt"])
    _finish(wish)
    return receipt


def begin(wish: Wish, born: Any) -> None:
    """The line of the audit and the log come first: nothing is erased that they do not know."""
    person = wish.person_id
    with transaction.atomic():
        _row, new = Erased.objects.get_or_create(
            person_id=person, defaults={"born": born, "wish_id": wish.id}
        )
        if new:
            audit_record(
                actor_id=wish.decided_by or wish.asked_by, act=Act.DATA_ERASED,
                subject_id=person, object_kind="wish", object_id=wish.id,
                school_id=wish.school_id,
            )  # fmt: skip
    log_write(person, born, wish.id)


def _steps(person: int, texts: list[str]) -> list[tuple[str, Callable[[], Any]]]:
    """What only code knows first, while the columns still say what to look for."""
    found: list[tuple[str, Callable[[], Any]]] = [
        (f"part:{part.name}", lambda part=part: ["row", part.forget(person), ""])  # type: ignore[misc]
        for part in parts()
    ]
    found += [
        ("copies", lambda: ["row", copies_forget(person), ""]),
        ("receipts", lambda: ["blank", _receipts_empty(texts), ""]),
        ("lake", lambda: ["row", lake_forget(person), ""]),
    ]
    for model, held in personal():
        if model._meta.label not in (PERSON, "privacy.Wish"):
            found.append((model._meta.label, lambda m=model, h=held: _table(m, h, person)))  # type: ignore[misc]
    # Events that were taken to the lake while the tables were emptied.
    found.append(("lake again", lambda: ["row", lake_forget(person), ""]))
    return found


def _finish(wish: Wish) -> None:
    """The person's own row, the audit's texts and the log: all at once."""
    person = wish.person_id
    with transaction.atomic():
        for model, held in personal():
            if model._meta.label in (PERSON, "privacy.Wish"):
                wish.receipt["tables"][model._meta.label] = _table(model, held, person)
        receipt = wish.receipt
        Wish.objects.filter(id=wish.id).update(receipt=receipt, through=wish.through)
        Erased.objects.filter(person_id=person).update(finished_at=now())
        entries_empty(person)
    forget_all()


def _table(model: type[Model], held: Held, person: int) -> list[Any]:
    rows = rows_of(model, held, person)
    match held.erase:
        case Erase.KEEP:
            return ["keep", rows.count(), held.why]
        case Erase.BLANK:
            return ["blank", _blank(model, held, person), ""]
    gone = 0
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return ["row", gone, ""]


def _blank(model: type[Model], held: Held, person: int) -> int:
    """Empty the named columns of the person's rows; gives how many rows."""
    fields = [field for field in columns(model) if field.attname in held.blank]
    plain = {field.attname: empty_of(field) for field in fields if not field.unique}
    rows = rows_of(model, held, person)
    keys = list(rows.values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, len(keys), CHUNK):
            model._base_manager.filter(pk__in=keys[start : start + CHUNK]).update(**plain)
        for field in (one for one in fields if one.unique):
            for key in keys:
                model._base_manager.filter(pk=key).update(**{field.attname: f"erased-{key}"})
        if model._meta.label == PERSON:
            _closed(model, person)
    return len(keys)


def _closed(model: type[Model], person: int) -> None:
    """Who is erased has left, if not before, and nothing opens."""
    model._base_manager.filter(pk=person, left_on=None).update(left_on=now().date())


def empty_of(field: "Field[Any, Any]") -> Any:
    """What an emptied column holds."""
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    kind = field.get_internal_type()
    if kind in ("CharField", "TextField"):
        return ""
    return b"" if kind == "BinaryField" else {} if kind == "JSONField" else 0


def _receipts_empty(texts: list[str]) -> int:
    """Answers to others' writes that show the person's name are emptied; the write stays once."""
    wanted = [text.encode() for text in texts if len(text) > 1]
    found = [
        key
        for key, body in Receipt.objects.exclude(body=b"").values_list("pk", "body").iterator()
        if any(text in bytes(body) for text in wanted)
    ]
    return Receipt.objects.filter(pk__in=found).update(body=b"")


def log_path() -> Path:
    """Beside the checkpoints: it must outlive the database that a backup is put over."""
    return Path(settings.CHECKPOINTS) / "erasures.jsonl"


def log_write(person: int, born: Any, wish_id: int) -> None:
    """Note the erasure outside the database, synced, once."""
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"person": person, "born": born.isoformat(), "wish": wish_id}
    if any((told["person"], told["born"]) == (person, line["born"]) for told in log_read()):
        return
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def log_read() -> list[dict[str, Any]]:
    """Every erasure that was begun, as the log outside the database says."""
    path = log_path()
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:  # cut short by the power; it was written before anything was erased
            continue
    return found


def erasures_replay() -> int:
    """After a backup was put back: erase again whom it brought back; gives how many people.

    To be called before the first page is served. A number that stands for somebody else by now
    (another time of making) is left alone.
    """
    done = 0
    for line in log_read():
        person = int(line["person"])
        marks = person_marks(person)
        if marks is None or marks.made_at.isoformat() != line["born"] or marks.erased:
            continue
        wish = Wish.objects.create(
            kind="erase", state="going", person_id=person, asked_by=0,
            school_id=marks.school_id,
        )  # fmt: skip
        erase_run(wish)
        Wish.objects.filter(id=wish.id).update(state="done", done_at=now())
        done += 1
    return done

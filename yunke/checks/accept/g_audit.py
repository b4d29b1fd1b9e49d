"""G-01, G-02, G-03: the chain of acts cannot be touched unseen, is complete, and does not fork.

Over the real migrations, so with the database's own triggers; an intruder takes them away first.
"""

import io
import json
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import time_machine
from django.conf import settings
from django.db import Error, connection, transaction

from yunke.base.again import again
from yunke.base.clock import now
from yunke.checks.accept.register import ACTIONS, Scene
from yunke.checks.accept.table import Options
from yunke.ground.audit.door import (
    Act,
    FaultKind,
    audit_record,
    checkpoint_make,
    code_check,
    code_of,
    is_ours,
    second_place,
    verify,
)
from yunke.ground.audit.models import Entry, Head
from yunke.ground.audit.reads.checkpoints import seal_of
from yunke.ground.audit.reads.verify import COLUMNS
from yunke.ground.audit.rules import hash_of, sealed_of
from yunke.ground.audit.tests.makers import chain, guarded, line, sql, unguarded
from yunke.ground.people.door import RosterClash
from yunke.ground.people.tests import makers

K = FaultKind
LINES, LIMIT = 1_000_000, 60.0
WRITERS, EACH = 64, 5


def g_01(options: Options) -> dict[str, Any]:
    """Each way to tamper is located; a million lines are verified within a minute."""
    tampered = {name: _tampered(touch, kind) for name, (touch, kind) in TOUCHES.items()}
    refused = _refused()
    codes = _guardians_code()
    timed = _million(LINES if options.load else LINES // 20)
    cheap = timed["seconds_a_million"] <= LIMIT
    figures = {"located": tampered, "triggers_refuse": refused, "guardian_code": codes, **timed}
    return {
        "pass": all(tampered.values()) and refused == len(FORBIDDEN) and codes and cheap,
        "figures": figures,
    }


def _fresh() -> None:
    """An empty chain and an empty second place."""
    with unguarded():
        for table in ("audit_entry", "audit_head", "audit_checkpoint", "audit_anchor"):
            sql(f"DELETE FROM {table}")
    guarded()
    shutil.rmtree(settings.CHECKPOINTS, ignore_errors=True)


def _tampered(touch: Callable[[], None], kind: FaultKind) -> bool:
    """A good chain of 60 lines with three checkpoints, then the touch: is it told, as what?"""
    _fresh()
    for _ in range(3):
        chain(20)
        checkpoint_make()
    if not _verdict().good:
        return False
    with unguarded():
        touch()
    found = {fault.kind for fault in _verdict().faults}
    guarded()
    return kind in found


def _verdict() -> Any:
    return verify(second_place=second_place(), ours=is_ours)


def _edit() -> None:
    sql("UPDATE audit_entry SET subject_id=1 WHERE seq=30")


def _edit_text() -> None:
    sql("UPDATE audit_entry SET reason='x' WHERE seq=30")


def _delete() -> None:
    sql("DELETE FROM audit_entry WHERE seq=30")


def _insert() -> None:
    for seq in range(60, 29, -1):
        sql("UPDATE audit_entry SET seq=%s WHERE seq=%s", seq + 1, seq)
    before = Entry.objects.get(seq=29)
    sealed = sealed_of("s", "", {})
    fact = (30, before.at.isoformat(timespec="microseconds"), 1, "x", "", 1, "", 0, 0)
    Entry(
        seq=30, at=before.at, actor_id=1, act="x", subject_id=1, salt="s", sealed=sealed,
        before=before.hash, hash=hash_of(before.hash, fact, sealed),
    ).save()  # fmt: skip


def _reorder() -> None:
    for old, new in ((30, 999), (40, 30), (999, 40)):
        sql("UPDATE audit_entry SET seq=%s WHERE seq=%s", new, old)


def _cut() -> None:
    """The tail goes, and the head is set back with the server's own key."""
    last = Entry.objects.get(seq=50)
    sql("DELETE FROM audit_entry WHERE seq > 50")
    sql("UPDATE audit_head SET seq=50, hash=%s, seal=%s", last.hash, seal_of(50, last.hash))


def _replace() -> None:
    """Everything is written anew, hashes and head included."""
    before = "0" * 64
    for entry in Entry.objects.order_by("seq"):
        sealed = sealed_of(entry.salt, entry.reason, entry.detail)
        at = entry.at.isoformat(timespec="microseconds")
        fact = (
            entry.seq, at, 66, entry.act, entry.role, entry.subject_id, entry.object_kind,
            entry.object_id, entry.school_id,
        )  # fmt: skip
        hashed = hash_of(before, fact, sealed)
        sql(
            "UPDATE audit_entry SET actor_id=66, before=%s, hash=%s WHERE seq=%s",
            before, hashed, entry.seq,
        )  # fmt: skip
        before = hashed
    sql("UPDATE audit_head SET hash=%s, seal=%s", before, seal_of(60, before))


def _clock() -> None:
    with time_machine.travel(now() - timedelta(hours=3)):
        line()


def _empty() -> None:
    sql("UPDATE audit_entry SET reason='', salt='', detail='{}' WHERE seq=30")


def _second_place() -> None:
    for path in Path(settings.CHECKPOINTS).glob("[0-9]*.jsonl"):
        path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))


TOUCHES: dict[str, tuple[Callable[[], None], FaultKind]] = {
    "edit": (_edit, K.CHANGED),
    "edit_text": (_edit_text, K.CHANGED),
    "delete": (_delete, K.MISSING),
    "insert": (_insert, K.INSERTED),
    "reorder": (_reorder, K.MOVED),
    "tail_cut": (_cut, K.CUT),
    "replaced": (_replace, K.REPLACED),
    "clock": (_clock, K.CLOCK),
    "emptied": (_empty, K.EMPTIED),
    "checkpoint_removed": (_second_place, K.CHECKPOINT),
}
FORBIDDEN = (
    "UPDATE audit_entry SET actor_id=1",
    "UPDATE audit_entry SET reason='x' WHERE seq=2",
    "DELETE FROM audit_entry WHERE seq=2",
    "UPDATE audit_head SET seq=0",
    "DELETE FROM audit_head",
    "DELETE FROM audit_checkpoint",
)


def _refused() -> int:
    """Statements that the database itself refuses."""
    _fresh()
    chain(3)
    checkpoint_make()
    refused = 0
    for statement in FORBIDDEN:
        try:
            with transaction.atomic():
                sql(statement)
        except Error:
            refused += 1
    return refused


def _guardians_code() -> bool:
    """A code on a guardian's paper finds the tail that was cut."""
    _fresh()
    chain(5)
    made = checkpoint_make()
    if made is None:
        return False
    before = code_check(code_of(made.hash))
    with unguarded():
        sql("DELETE FROM audit_entry WHERE seq > 3")
    guarded()
    after = code_check(code_of(made.hash))
    return before is not None and before.held and after is not None and not after.held


def _million(count: int) -> dict[str, Any]:
    """Lines written as the room would have written them, then verified."""
    _fresh()
    start = perf_counter()
    columns = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    with transaction.atomic(), connection.cursor() as cursor:
        rows = _lines(count)
        while chunk := list(islice(rows, 10_000)):
            cursor.executemany(f"INSERT INTO audit_entry ({columns}) VALUES ({marks})", chunk)
            last = chunk[-1][-1]
        Head.objects.update_or_create(
            id=1, defaults={"seq": count, "hash": last, "seal": seal_of(count, last)}
        )
    written = perf_counter() - start
    busy = process_time()
    verdict = _verdict()
    busy = process_time() - busy
    return {
        "lines": verdict.lines, "good": verdict.good, "verify_seconds": round(verdict.seconds, 1),
        # Of the processor: on a machine that does other work the clock on the wall says more.
        "seconds_a_million": round(busy * 1_000_000 / count, 1),
        "write_seconds": round(written, 1),
    }  # fmt: skip


def _lines(count: int) -> Iterator[tuple[Any, ...]]:
    before, moment = "0" * 64, now()
    for seq in range(1, count + 1):
        salt, detail = secrets.token_hex(16), {"n": seq}
        sealed = sealed_of(salt, "理由", detail)
        at = moment + timedelta(microseconds=seq)
        who, subject, of = seq % 500, seq % 9000, seq % 60
        fact = (
            seq, at.isoformat(timespec="microseconds"), who, "record.viewed", "teacher", subject,
            "class", of, 3,
        )  # fmt: skip
        hashed = hash_of(before, fact, sealed)
        kept = connection.ops.adapt_datetimefield_value(at)
        yield (
            seq, str(kept), *fact[2:], "理由", json.dumps(detail), salt, sealed, before, hashed,
        )  # fmt: skip
        before = hashed


def g_02(options: Options) -> dict[str, Any]:
    """Every consequential action leaves exactly one line, and none is done without its line."""
    scene = Scene(makers.cast(pupils_in_class=3))
    wrong: dict[str, Any] = {}
    for name, (act, action) in ACTIONS.items():
        ready = action(scene)
        before = _acts(act)
        ready()
        if _acts(act) != before + 1:
            wrong[name] = _acts(act) - before
        again = action(scene)
        if not _rolled_back(again):
            wrong[f"{name} without its line"] = "was done"
    covered = {act for act, _action in ACTIONS.values()}
    return {
        "pass": not wrong,
        "figures": {"actions": len(ACTIONS), "acts": len(covered), "wrong": wrong},
    }


def _acts(act: Act) -> int:
    return Entry.objects.filter(act=act).count()


def _rolled_back(action: Callable[[], object]) -> bool:
    """With a chain that cannot be written, the action changes nothing."""
    before = _cells()
    with _no_line():
        try:
            with redirect_stdout(io.StringIO()):
                action()
        except (Error, RosterClash):
            return _cells() == before
    return False


@contextmanager
def _no_line() -> Any:
    """The database takes no more lines."""
    postgres = connection.vendor == "postgresql"
    if postgres:
        sql("ALTER TABLE audit_entry RENAME TO audit_entry_away")
    else:
        sql(
            "CREATE TRIGGER no_line BEFORE INSERT ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'no line'); END"
        )
    try:
        yield
    finally:
        sql("ALTER TABLE audit_entry_away RENAME TO audit_entry" if postgres
            else "DROP TRIGGER no_line")  # fmt: skip


def _cells() -> str:
    """What the whole database holds, but sessions that a sign-in touches."""
    found = []
    skip = ("audit_entry_away", "sqlite_sequence", "people_session")
    for table in sorted(connection.introspection.table_names()):
        if table in skip or "search" in table:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            found.append((table, cursor.fetchone()[0]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, login, password, totp, left_on FROM people_person")
        found.append(("people", sorted(cursor.fetchall())))
    return json.dumps(found, default=str)


@transaction.atomic
def _line(number: int, turn: int) -> int:
    return audit_record(actor_id=number, act=Act.ROLE_CHANGED, subject_id=turn, reason="同时")


def g_03(options: Options) -> dict[str, Any]:
    """64 writers at once, each as a page writes: one chain, no gap, no fork."""
    _fresh()
    troubles: list[str] = []
    together = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        together.wait()
        try:
            for turn in range(EACH):
                again(partial(_line, number, turn))
        except Exception as trouble:
            troubles.append(repr(trouble))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(1, WRITERS + 1)]
    start = perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    spent = perf_counter() - start
    verdict = _verdict()
    forks = Entry.objects.count() - Entry.objects.values("before").distinct().count()
    passed = verdict.good and verdict.lines == WRITERS * EACH and not forks and not troubles
    figures = {
        "writers": WRITERS, "lines": verdict.lines, "forks": forks, "troubles": troubles[:3],
        "seconds": round(spent, 2), "faults": len(verdict.faults),
    }  # fmt: skip
    return {"pass": passed, "figures": figures}

"""Whatever is done to the chain behind its back is found, and where."""

import importlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from yunke.base.clock import now
from yunke.ground.audit.door import (
    Act,
    FaultKind,
    Verdict,
    chain_cut,
    chain_restored,
    checkpoint_due,
    checkpoint_make,
    code_check,
    code_of,
    entries_empty,
    is_ours,
    second_place,
    verify,
)
from yunke.ground.audit.models import Anchor, Checkpoint, Entry, Head, Look, OnlyGrows
from yunke.ground.audit.reads.checkpoints import seal_of
from yunke.ground.audit.rules import hash_of, sealed_of
from yunke.ground.audit.tests.makers import chain, line, sql, unguarded

pytestmark = pytest.mark.django_db
K = FaultKind
ENTRY = "audit_entry"


@pytest.fixture
def second(settings: LazySettings) -> Path:
    return Path(settings.CHECKPOINTS)


def check() -> Verdict:
    return verify(second_place=second_place(), ours=is_ours)


def found() -> list[tuple[FaultKind, int, int]]:
    return [(fault.kind, fault.seq, fault.until) for fault in check().faults]


def rewrite(first: int) -> None:
    """An intruder who knows the code computes every hash anew from a line on."""
    before = Entry.objects.get(seq=first - 1).hash if first > 1 else "0" * 64
    for entry in Entry.objects.filter(seq__gte=first).order_by("seq"):
        sealed = sealed_of(entry.salt, entry.reason, entry.detail)
        fact = (
            entry.seq, entry.at.isoformat(timespec="microseconds"), entry.actor_id, entry.act,
            entry.role, entry.subject_id, entry.object_kind, entry.object_id, entry.school_id,
        )  # fmt: skip
        hashed = hash_of(before, fact, sealed)
        sql(
            f"UPDATE {ENTRY} SET sealed=%s, before=%s, hash=%s WHERE seq=%s",
            sealed, before, hashed, entry.seq,
        )  # fmt: skip
        before = hashed
    sql("UPDATE audit_head SET hash=%s", before)


def test_a_whole_chain_is_good() -> None:
    chain(12)
    checkpoint_make()
    chain(3)
    verdict = check()
    assert verdict.good
    assert (verdict.lines, verdict.first, verdict.last, verdict.checkpoints) == (15, 1, 15, 1)


def test_an_empty_chain_is_good() -> None:
    assert check().good
    assert checkpoint_make() is None


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    walker = importlib.import_module("yunke.ground.audit.reads.verify")
    monkeypatch.setattr(walker, "STEP", 5)
    chain(11)
    told: list[tuple[int, int]] = []
    verify(second_place=[], ours=is_ours, told=lambda done, of: told.append((done, of)))
    assert told == [(5, 11), (10, 11)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor_id", 66), ("act", "x"), ("subject_id", 1), ("object_id", 7), ("school_id", 8),
     ("role", "teacher"), ("object_kind", "x"), ("at", "2020-01-01 00:00:00"),
     ("hash", "f" * 64), ("sealed", "f" * 64)],
)  # fmt: skip
def test_a_changed_fact_is_found_at_its_line(column: str, value: object) -> None:
    chain(8)
    with unguarded():
        sql(f"UPDATE {ENTRY} SET {column}=%s WHERE seq=5", value)
    assert (K.CHANGED, 5, 0) in found()
    assert {seq for _kind, seq, _until in found()} <= {5, 6}


@pytest.mark.parametrize(("column", "value"), [("reason", "别的"), ("detail", '{"n": 99}')])
def test_a_changed_text_is_found_at_its_line(column: str, value: str) -> None:
    chain(8)
    with unguarded():
        sql(f"UPDATE {ENTRY} SET {column}=%s WHERE seq=5", value)
    assert found() == [(K.CHANGED, 5, 0)]


def test_a_line_that_was_changed_and_hashed_anew_is_found() -> None:
    chain(8)
    entry = Entry.objects.get(seq=5)
    fact = (5, entry.at.isoformat(timespec="microseconds"), 66, *(
        entry.act, entry.role, entry.subject_id, entry.object_kind, entry.object_id,
        entry.school_id))  # fmt: skip
    hashed = hash_of(entry.before, fact, entry.sealed)
    with unguarded():
        sql(f"UPDATE {ENTRY} SET actor_id=66, hash=%s WHERE seq=5", hashed)
    assert found() == [(K.CHANGED, 5, 0)]


def test_deleted_lines_are_found() -> None:
    chain(9)
    with unguarded():
        sql(f"DELETE FROM {ENTRY} WHERE seq IN (4, 5)")
    assert found() == [(K.MISSING, 4, 5)]


def test_a_line_put_in_is_found_where_it_stands() -> None:
    chain(8)
    with unguarded():
        for seq in range(8, 4, -1):
            sql(f"UPDATE {ENTRY} SET seq=%s WHERE seq=%s", seq + 1, seq)
        before = Entry.objects.get(seq=4)
        sealed = sealed_of("s", "", {})
        fact = (5, before.at.isoformat(timespec="microseconds"), 1, "role.changed", "", 1, "", 0, 0)
        Entry(
            seq=5, at=before.at, actor_id=1, act="role.changed", subject_id=1, salt="s",
            sealed=sealed, before=before.hash, hash=hash_of(before.hash, fact, sealed),
        ).save()  # fmt: skip
    faults = found()
    assert (K.INSERTED, 5, 0) in faults
    assert (K.MOVED, 6, 9) in faults


def test_a_line_taken_out_and_the_rest_moved_up_is_found() -> None:
    chain(8)
    with unguarded():
        sql(f"DELETE FROM {ENTRY} WHERE seq=4")
        for seq in range(5, 9):
            sql(f"UPDATE {ENTRY} SET seq=%s WHERE seq=%s", seq - 1, seq)
    faults = found()
    assert (K.MISSING, 4, 0) in faults
    assert (K.MOVED, 4, 7) in faults


def test_two_lines_that_changed_places_are_found() -> None:
    chain(8)
    with unguarded():
        for old, new in ((3, 99), (6, 3), (99, 6)):
            sql(f"UPDATE {ENTRY} SET seq=%s WHERE seq=%s", new, old)
    moved = {seq for kind, seq, _until in found() if kind == K.MOVED}
    assert moved == {3, 6}


def test_a_tail_that_was_cut_is_found_by_the_head() -> None:
    chain(8)
    with unguarded():
        sql(f"DELETE FROM {ENTRY} WHERE seq > 5")
    assert (K.CUT, 6, 8) in found()


def test_a_tail_that_was_cut_with_its_head_is_found_by_the_checkpoint() -> None:
    chain(5)
    head = Head.objects.get()
    chain(3)
    checkpoint_make()
    with unguarded():
        sql(f"DELETE FROM {ENTRY} WHERE seq > 5")
        sql("UPDATE audit_head SET seq=5, hash=%s, seal=%s", head.hash, head.seal)
    assert found() == [(K.CUT, 6, 8)]


def test_a_line_added_behind_without_the_key_is_found() -> None:
    chain(4)
    with unguarded():
        rewrite(1)
        sql("UPDATE audit_head SET seal=%s", "0" * 64)
    assert (K.CUT, 4, 0) in found()


def test_a_chain_that_was_written_anew_is_found_between_two_checkpoints() -> None:
    chain(4)
    checkpoint_make()
    chain(4)
    checkpoint_make()
    with unguarded():
        sql(f"UPDATE {ENTRY} SET actor_id=66 WHERE seq=6")
        rewrite(6)
        head = Head.objects.get()
        sql("UPDATE audit_head SET seal=%s", seal_of(head.seq, head.hash))  # even with the key
    assert found() == [(K.REPLACED, 5, 8)]


def test_a_clock_that_was_set_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    chain(3)
    earlier = now() - timedelta(hours=2)
    monkeypatch.setattr("yunke.ground.audit.actions.record.now", lambda: earlier)
    chain(2)
    assert found() == [(K.CLOCK, 4, 0)]


def test_a_head_that_is_gone_is_found() -> None:
    chain(3)
    with unguarded():
        sql("DELETE FROM audit_head")
    assert found() == [(K.CUT, 3, 0)]


def test_checkpoints_go_to_the_second_place_once_each(second: Path) -> None:
    chain(2)
    assert checkpoint_due()
    assert not checkpoint_due()
    chain(1)
    assert not checkpoint_due()  # not an hour old
    checkpoint_make()
    assert checkpoint_make() is None  # nothing new
    lines = next(second.glob("*.jsonl")).read_text().splitlines()
    assert [json.loads(one)["seq"] for one in lines] == [2, 3]
    assert [one.id for one in second_place()] == [1, 2]


def test_what_the_second_place_missed_is_made_up(second: Path) -> None:
    chain(2)
    checkpoint_make()
    next(second.glob("*.jsonl")).unlink()
    chain(1)
    checkpoint_make()
    # A number is never used twice, so the second place that was emptied shows it.
    assert [one.id for one in second_place()] == [1, 2]
    assert check().good


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"seq": 2', '"seq": 1'),
        lambda text: "\n".join(text.splitlines()[1:]) + "\n",
        lambda text: "not a line\n" + text,
    ],
)
def test_a_spoilt_second_place_is_found(second: Path, spoil: Callable[[str], str]) -> None:
    for _ in range(3):
        chain(2)
        checkpoint_make()
    file = next(second.glob("*.jsonl"))
    file.write_text(spoil(file.read_text()))
    assert K.CHECKPOINT in {kind for kind, _seq, _until in found()}


def test_an_erased_persons_texts_may_be_gone() -> None:
    chain(3)
    line(actor_id=1, act=Act.DATA_ERASED, subject_id=101, reason="离校")
    assert entries_empty(101) == 2
    erased = Entry.objects.get(seq=2)
    assert (erased.reason, erased.detail, erased.salt) == ("", {}, "")
    verdict = check()
    assert verdict.good
    assert verdict.emptied == 2
    assert entries_empty(101) == 0


def test_texts_that_are_gone_without_an_erasure_are_found() -> None:
    chain(3)
    entries_empty(101)
    assert found() == [(K.EMPTIED, 2, 0)]


def test_old_lines_go_and_the_chain_holds_from_its_anchor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long_ago = now() - timedelta(days=1200)
    with monkeypatch.context() as past:
        past.setattr("yunke.ground.audit.actions.record.now", lambda: long_ago)
        chain(6)
    Look.objects.create(seq=6, pupil_id=1, reader_id=2)
    chain(4)
    assert chain_cut(days=1100) == 6
    assert chain_cut(days=1100) == 0
    assert Anchor.objects.get().seq == 6
    assert not Look.objects.exists()
    verdict = check()
    assert verdict.good
    assert (verdict.lines, verdict.first) == (4, 7)


def test_an_anchor_of_somebody_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    chain(6)
    with unguarded():
        entry = Entry.objects.get(seq=3)
        Anchor(seq=3, hash=entry.hash, signature="00" * 64).save()
        sql(f"DELETE FROM {ENTRY} WHERE seq <= 3")
    assert found() == [(K.REPLACED, 3, 0)]


def test_after_a_restored_backup_the_chain_says_so_itself() -> None:
    chain(3)
    kept = Head.objects.get()
    chain(4)
    checkpoint_make()
    with unguarded():
        sql(f"DELETE FROM {ENTRY} WHERE seq > 3")
        sql("UPDATE audit_head SET seq=3, hash=%s, seal=%s", kept.hash, kept.seal)
    assert K.CUT in {kind for kind, _seq, _until in found()}
    chain_restored(actor_id=0, reason="演练")
    chain(2)
    assert check().good
    checkpoint_make()
    assert [one.id for one in second_place()] == [1, 2]
    assert check().good


def test_a_code_that_somebody_kept_answers_for_its_line() -> None:
    chain(3)
    made = checkpoint_make()
    assert made is not None
    answer = code_check(code_of(made.hash).lower())
    assert answer is not None
    assert answer.held
    assert answer.checkpoint.seq == 3
    with unguarded():
        sql(f"DELETE FROM {ENTRY} WHERE seq=3")
    lost = code_check(code_of(made.hash))
    assert lost is not None
    assert not lost.held


@pytest.mark.parametrize("typed", ["", "zz", "0000-0000-0000", "12"])
def test_a_code_of_nothing_has_no_answer(typed: str) -> None:
    chain(1)
    checkpoint_make()
    assert code_check(typed) is None


def test_a_checkpoint_row_cannot_be_saved_again() -> None:
    chain(1)
    checkpoint_make()
    row = Checkpoint.objects.get()
    with pytest.raises(OnlyGrows):
        row.save()

"""Ticks, logs and boxes: what proves when something was written, and what nobody else can read."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from yunke.base.clock import now
from yunke.school.attempts.actions.saving import attempt_save
from yunke.school.attempts.models import Attempt, Stray
from yunke.school.attempts.reads.keys import (
    copy_key,
    log_key,
    permit,
    permitted,
    server_box,
    slot,
    tick_key,
)
from yunke.school.attempts.reads.late import strays_of_attempts
from yunke.school.attempts.rules.boxes import (
    BoxBroken,
    box_close,
    box_key,
    box_open,
    box_public,
)
from yunke.school.attempts.rules.ticks import (
    MOST_LINES,
    From,
    Proof,
    Written,
    log_read,
    log_sign,
    proof_of,
    tick_make,
    tick_time,
    written_at,
)
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Sent

KEY, LOG = b"k" * 32, b"l" * 32
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def tick(
    *, attempt: int = 1, person: int = 2, at: datetime = AT, before: Proof | None = None
) -> str:
    return tick_make(KEY, attempt_id=attempt, person_id=person, at=at, before=before or Proof())


def test_a_tick_tells_its_time_to_those_it_was_made_for() -> None:
    assert tick_time(KEY, tick(), attempt_id=1, person_id=2) == AT
    assert tick_time(KEY, tick(), attempt_id=1, person_id=3) is None
    assert tick_time(KEY, tick(), attempt_id=2, person_id=2) is None
    assert tick_time(b"other" * 8, tick(), attempt_id=1, person_id=2) is None


@pytest.mark.parametrize("text", ["", ".", "1.2.3", "1.x.y.z", "a" * 200])
def test_what_is_no_tick_tells_nothing(text: str) -> None:
    assert tick_time(KEY, text, attempt_id=1, person_id=2) is None


def test_a_later_time_cannot_be_written_into_a_tick() -> None:
    attempt, at, link, sealed = tick().split(".")
    forged = f"{attempt}.{int(at) + 60_000}.{link}.{sealed}"
    assert tick_time(KEY, forged, attempt_id=1, person_id=2) is None


def test_ticks_make_a_chain() -> None:
    first = tick()
    second = tick(before=Proof(first, ("1 2 3 x",), "s"))
    other = tick(before=Proof(first, ("1 2 4 x",), "s"))
    assert first.split(".")[2] == "0" * 16
    assert len({one.split(".")[2] for one in (first, second, other)}) == 3


def proof(*lines: str, key: bytes = LOG) -> Proof:
    bare = Proof(tick(), tuple(lines))
    return Proof(bare.tick, bare.lines, log_sign(key, bare))


def test_a_signed_log_is_read_by_question() -> None:
    found = log_read(LOG, proof("7 12 1500 abc", "8 13 2500 def"))
    assert found[7] == Written(7, 12, timedelta(seconds=1.5), "abc")
    assert set(found) == {7, 8}


@pytest.mark.parametrize(
    "shown",
    [Proof(tick(), ("7 12 1500 abc",), ""), proof("7 12 1500 abc", key=b"x" * 32),
     proof("7 12 -5 abc"), proof("7 12"), proof("seven 1 2 x"), proof("1" * 19 + " 1 1 x"),
     proof(*["7 1 1 x"] * (MOST_LINES + 1)), proof("x" * 300)],
)  # fmt: skip
def test_a_log_that_was_tampered_with_says_nothing(shown: Proof) -> None:
    assert log_read(LOG, shown) == {}


def test_when_it_was_written_needs_the_very_answer() -> None:
    line = Written(7, 12, timedelta(seconds=5), "abc")
    late = AT + timedelta(minutes=1)
    assert written_at(AT, line, seq=12, digest="abc", came=late) == AT + timedelta(seconds=5)
    assert written_at(AT, line, seq=13, digest="abc", came=late) is None
    assert written_at(AT, line, seq=12, digest="xyz", came=late) is None
    assert written_at(None, line, seq=12, digest="abc", came=late) is None
    assert written_at(AT, None, seq=12, digest="abc", came=late) is None
    assert written_at(AT, line, seq=12, digest="abc", came=AT) is None


def test_what_came_over_the_wire_is_cut() -> None:
    found = proof_of("t" * 500, ["x"] * 1000, "s" * 500)
    assert (len(found.tick), len(found.lines), len(found.sign)) == (200, MOST_LINES + 1, 64)


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "in_time"), [(20, True), (40, False)])
def test_a_late_answer_says_whether_it_was_written_in_time(after: int, in_time: bool) -> None:
    begun = now() - timedelta(seconds=60)
    row = makers.attempt(ends_at=begun + timedelta(seconds=30))
    given = tick_make(
        tick_key(), attempt_id=row.id, person_id=row.person_id, at=begun, before=Proof()
    )
    digest = hashlib.sha256(json.dumps("B").encode()).hexdigest()
    bare = Proof(given, (f"{row.order[0]} 9 {after * 1000} {digest}",))
    shown = Proof(given, bare.lines, log_sign(log_key(row.person_id, row.id), bare))
    answer = Sent(row.order[0], "B", 9, None, digest)
    attempt_save(who_id=row.person_id, attempt_id=row.id, answers=[answer],
                 by=From("phone", shown))  # fmt: skip
    [late] = strays_of_attempts([row.id])
    assert late.in_time is in_time
    assert abs(late.written_at - begun - timedelta(seconds=after)) < timedelta(seconds=0.01)


@pytest.mark.django_db
def test_without_a_proof_a_late_answer_says_nothing_of_its_time() -> None:
    row = makers.attempt(ends_at=now() - timedelta(seconds=5))
    makers.saved(row, {0: "B"}, seq=9)
    assert strays_of_attempts([row.id])[0].in_time is None
    assert Stray.objects.get().proof["tick_at"] is None
    assert Attempt.objects.get(id=row.id).seq == 0


def test_a_box_opens_for_the_server_alone() -> None:
    key, other = box_key(b"a" * 32), box_key(b"b" * 32)
    box = box_close(box_public(key), "春眠".encode(), b"n" * 12)
    assert box_open(key, box).decode() == "春眠"
    assert "春眠".encode() not in box
    for broken in (b"", b"x" * 200, box[:-1], box[:-1] + bytes([box[-1] ^ 1]), b"\0" + box[1:]):
        with pytest.raises(BoxBroken):
            box_open(key, broken)
    with pytest.raises(BoxBroken):
        box_open(other, box)


def test_keys_are_the_persons_own_and_stay_the_same() -> None:
    assert copy_key(1, 2) == copy_key(1, 2)
    assert len({copy_key(1, 2), copy_key(2, 1), log_key(1, 2), copy_key(1, 3)}) == 4
    assert slot(1, 2) != slot(2, 2)
    assert box_public(server_box())[0] == 4


def test_a_permit_says_whose_the_answers_are() -> None:
    assert permitted(permit(7, 9)) == (7, 9)
    assert permitted("gAAAA") is None

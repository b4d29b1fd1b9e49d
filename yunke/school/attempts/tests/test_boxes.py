"""Boxes that another session carries: opened for whose they are, and for nobody else."""

import json
from typing import Any

import pytest

from yunke.base.sealing import seal
from yunke.school.attempts.actions.boxes import LARGEST, boxes_take
from yunke.school.attempts.actions.opening import attempt_withdraw
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.reads.keys import permit, server_box
from yunke.school.attempts.rules.boxes import box_close, box_key, box_public
from yunke.school.attempts.tests import makers

pytestmark = pytest.mark.django_db
NONCE = b"n" * 12


def content(row: Attempt, value: Any = "B", **more: Any) -> dict[str, Any]:
    answers = [{"question": row.order[0], "seq": 5, "value": value}]
    return {"permit": permit(row.person_id, row.id), "answers": answers, "device": "pad", **more}


def box(told: Any) -> bytes:
    return box_close(box_public(server_box()), json.dumps(told).encode(), NONCE)


def take(**boxes: bytes) -> None:
    assert boxes_take(boxes) == sorted(boxes)


def stored() -> dict[int, Any]:
    return dict(Reply.objects.values_list("attempt_id", "value"))


def test_what_lies_in_a_box_is_stored_for_its_own_pupil_once() -> None:
    row, other = makers.attempt(), makers.attempt()
    closed = box(content(row))
    for _ in range(2):
        take(a=closed)
    assert stored() == {row.id: "B"}
    assert not Stray.objects.exists()
    row.refresh_from_db()
    assert (row.seq, row.device, row.submitted_at) == (5, "pad", None)
    other.refresh_from_db()
    assert other.seq == 0


def test_a_hand_in_that_did_not_get_through_is_done_once() -> None:
    row = makers.attempt()
    closed = box(content(row, hand_in="k" * 80))
    for _ in range(2):
        take(a=closed)
    row.refresh_from_db()
    assert row.submitted_at is not None
    assert row.key == "k" * 64
    assert Reply.objects.get(attempt=row).value == "B"


def test_nobody_puts_words_into_anothers_mouth() -> None:
    """A permit for oneself does not open the neighbour's attempt, nor one that is sealed here for
    something else."""
    row, other = makers.attempt(), makers.attempt()
    crossed = permit(row.person_id, other.id)
    elsewhere = seal(f"{other.person_id}.{other.id}", purpose="attempts.other")
    for wrong in (crossed, elsewhere, "", "é", "x" * 5000):
        take(a=box({**content(other), "permit": wrong}))
    assert stored() == {}


@pytest.mark.parametrize(
    "answers",
    [
        [{"question": "x", "seq": 1}],
        [{"question": 0, "seq": 1, "value": "B"}],
        [{"question": 10**30, "seq": 1, "value": "B"}],
        [{"seq": 1}],
        "B",
        [{"question": 1, "seq": 2**60, "value": "B"}],
    ],
)
def test_other_shapes_are_thrown_away_and_hold_up_no_other_box(answers: Any) -> None:
    row, good = makers.attempt(), makers.attempt()
    take(a=box({**content(row), "answers": answers}), b=b"\0" * 300, c=box(content(good)))
    assert stored() == {good.id: "B"}


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-22T10:00:00"],
)
def test_a_clock_beyond_the_calendar_loses_no_answer(written: str) -> None:
    row = makers.attempt()
    told = content(row)
    told["answers"][0]["written"] = written
    take(a=box(told))
    assert stored() == {row.id: "B"}
    assert Reply.objects.get().written_at is None


def test_the_clock_of_another_zone_is_kept_as_the_same_instant() -> None:
    row = makers.attempt()
    told = content(row)
    told["answers"][0]["written"] = "2026-11-22T18:00:00+08:00"
    take(a=box(told))
    kept = Reply.objects.get().written_at
    assert kept is not None
    assert kept.isoformat() == "2026-11-22T10:00:00+00:00"


def test_a_box_for_another_house_or_too_large_is_thrown_away() -> None:
    row = makers.attempt()
    foreign = box_close(
        box_public(box_key(b"z" * 32)), json.dumps(content(row)).encode(), NONCE
    )  # fmt: skip
    take(a=foreign, b=box(content(row, word="x" * LARGEST)), c=b"")
    assert stored() == {}


def test_a_withdrawn_attempt_takes_nothing_and_the_device_may_forget_it() -> None:
    row = makers.attempt()
    attempt_withdraw(row.id)
    take(a=box(content(row)))
    assert stored() == {}


@pytest.mark.parametrize("device", ["<b>", "ä", "a" * 99, "a b"])
def test_a_name_that_no_device_gave_itself_is_no_name(device: str) -> None:
    row = makers.attempt()
    take(a=box(content(row, device=device)))
    row.refresh_from_db()
    assert row.device == ("a" * 32 if device == "a" * 99 else "")


def test_after_the_end_a_box_stands_beside() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "A"})
    take(a=box(content(row)))
    assert stored()[row.id] == "A"
    assert Stray.objects.get().value == "B"

"""Answers arrive: in any order, twice, late. The highest sequence number wins; nothing is lost.

Cost of a save or a submission: 4 to 6 queries however many answers; one more for answers that a
device has not seen, one for those that stand beside.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.actions.beside import keep_late, keep_others
from yunke.school.attempts.models import Attempt, Reopening, Reply
from yunke.school.attempts.reads.told import told
from yunke.school.attempts.rules.arrivals import (
    MOST_ANSWERS,
    Fate,
    Standing,
    fate,
    is_late,
    over,
    too_much,
    unkept,
)
from yunke.school.attempts.rules.ticks import From
from yunke.school.attempts.values import Sent

MOST_SEQ = 2**53
NEWER = ("value", "seq", "saved_at", "written_at", "device")
WROTE = ("seq", "device", "device_at")
HANDED = ("submitted_at", "key", "by_server", "late")


NOWHERE = From()


@transaction.atomic(savepoint=False)
def attempt_save(
    *, who_id: int, attempt_id: int, answers: Sequence[Sent], by: From = NOWHERE
) -> dict[str, Any]:
    """Store what counts, keep beside it what came late.

    The reply says, for the page to say it truthfully: ``saved`` (the highest sequence number
    stored), ``kept`` (questions whose answer only stands beside), ``state``, ``ends_at``, ``now``,
    ``tick``; ``other`` when another device wrote last, ``newer`` what it wrote.
    Raises Refused, nothing stored: not one's own attempt (404), a question of another thing, an
    answer that is too long.
    """
    attempt, at = _mine(who_id, attempt_id), now()
    other = _other(attempt, by)
    beside = _take(attempt, _checked(attempt, answers), at, by)
    if attempt.device_at == at:
        _write(attempt, WROTE)
    return told(attempt, at, beside=beside, other=other, device=by.device, proof=by.proof)


@transaction.atomic(savepoint=False)
def attempt_submit(
    *, who_id: int, attempt_id: int, answers: Sequence[Sent], key: str, by: From = NOWHERE
) -> dict[str, Any]:
    """Hand in, with the last answers; once, whatever arrives again.

    A second submission stores nothing but strays and is told of the first; so is one that was
    taken back since. After the end nothing is handed in any more: the server does it itself, with
    what was saved in time. Raises Refused as ``attempt_save`` does.
    """
    attempt, at = _mine(who_id, attempt_id), now()
    other = _other(attempt, by)
    beside = _take(attempt, _checked(attempt, answers), at, by)
    wrote = WROTE if attempt.device_at == at else ()
    if attempt.submitted_at is None and not _taken_back(attempt, key):
        _hand_in(attempt, at, key, by_server=bool(attempt.ends_at and at > attempt.ends_at))
        wrote = (*wrote, *HANDED)
    if wrote:
        _write(attempt, wrote)
    return told(attempt, at, beside=beside, other=other, device=by.device, proof=by.proof)


@transaction.atomic
def attempts_close(at: datetime, *, grace: timedelta, most: int = 500) -> int:
    """End what ran out: the server hands in what was saved last. Gives how many.

    ``grace``: how long after the end the answers of the last second may still be on their way.
    """
    rows = Attempt.objects.select_for_update(skip_locked=True).filter(
        ends_at__lt=at - grace, submitted_at__isnull=True, withdrawn_at__isnull=True
    )
    closed = list(rows.order_by("ends_at")[:most])
    for attempt in closed:
        key = f"server-{attempt.id}-{attempt.reopened}"
        _hand_in(attempt, at, key, by_server=True)
        _write(attempt, HANDED)
    return len(closed)


def _mine(who_id: int, attempt_id: int) -> Attempt:
    rows = Attempt.objects.select_for_update().filter(
        id=attempt_id, person_id=who_id, withdrawn_at__isnull=True
    )
    for attempt in rows:
        return attempt
    raise Refused(_("没有这份作业或考试，什么都没有保存。"), status=404)


def _write(attempt: Attempt, columns: tuple[str, ...]) -> None:
    values = {name: getattr(attempt, name) for name in columns}
    Attempt.objects.filter(id=attempt.id).update(**values)


def _other(attempt: Attempt, by: From) -> datetime | None:
    """When another device of the person wrote, if it was the last to do so."""
    strange = by.device and attempt.device and attempt.device != by.device
    return attempt.device_at if strange else None


def _taken_back(attempt: Attempt, key: str) -> bool:
    """An old submission that arrives again after a teacher took it back hands nothing in."""
    return bool(
        attempt.reopened and Reopening.objects.filter(attempt=attempt, key=key).exists()
    )  # fmt: skip


def _checked(attempt: Attempt, answers: Sequence[Sent]) -> dict[int, Sent]:
    """By question, the highest sequence number of each."""
    if len(answers) > MOST_ANSWERS:
        raise Refused(_("一次最多交 200 个答案，这一次没有保存。"), status=422)
    asked, newest = set(attempt.order), dict[int, Sent]()
    for sent in answers:
        if sent.question_id not in asked:
            raise Refused(_("有一道题不在这份卷子里，什么都没有保存。请刷新页面。"), status=422)
        if too_much(sent.value):
            raise Refused(_("有一个答案太长，什么都没有保存。请缩短后再交。"), status=422)
        if not 0 < sent.seq < MOST_SEQ or unkept(sent.value):
            raise Refused(_("有一个答案读不懂，什么都没有保存。请刷新页面。"), status=422)
        before = newest.get(sent.question_id)
        if before is None or sent.seq > before.seq:
            newest[sent.question_id] = sent
    return newest


def _take(attempt: Attempt, sent: dict[int, Sent], at: datetime, by: From) -> list[int]:
    """Store by fate; gives the questions whose answer only stands beside."""
    if not sent:
        return []
    standing = Standing(attempt.submitted_at is not None, attempt.ends_at)
    # Nothing was ever saved: there is nothing to look up.
    fresh = not attempt.seq and not attempt.reopened
    found = () if fresh else Reply.objects.filter(attempt=attempt, question__in=sent)
    rows = {row.question_id: row for row in found}
    fates = {
        number: fate(standing, at, seq=one.seq, stored=rows[number].seq if number in rows else 0,
                     differs=_differs(rows.get(number), one, by))
        for number, one in sent.items()
    }  # fmt: skip
    by_fate = {wanted: [sent[n] for n, f in fates.items() if f is wanted] for wanted in Fate}
    keep_others(attempt, by_fate[Fate.BESIDE], _overwritten(by_fate[Fate.COUNTS], rows, by), by)
    _store(attempt, by_fate[Fate.COUNTS], at, by.device)
    why = over(standing, at)
    if by_fate[Fate.STRAY] and why is not None:
        keep_late(attempt, by_fate[Fate.STRAY], why, at, by)
    return [one.question_id for one in by_fate[Fate.STRAY]]


def _differs(row: Reply | None, sent: Sent, by: From) -> bool:
    """Did another device of the person store something else?"""
    if row is None or not by.device or not row.device:
        return False
    return row.device != by.device and row.value != sent.value


def _overwritten(counting: list[Sent], rows: dict[int, Reply], by: From) -> list[Reply]:
    found = [(one, rows.get(one.question_id)) for one in counting]
    return [row for one, row in found if row is not None and _differs(row, one, by)]


def _store(attempt: Attempt, counting: list[Sent], at: datetime, device: str) -> None:
    if not counting:
        return
    fresh = [
        Reply(
            attempt=attempt, question_id=s.question_id, value=s.value, seq=s.seq, saved_at=at,
            written_at=s.written, device=device,
        )
        for s in counting
    ]  # fmt: skip
    # One statement whether the answer stands or not: updating in bulk compiles for 3 ms.
    Reply.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["attempt", "question"], update_fields=NEWER
    )
    attempt.seq = max(attempt.seq, *(s.seq for s in counting))
    attempt.device, attempt.device_at = device, at


def _hand_in(attempt: Attempt, at: datetime, key: str, *, by_server: bool) -> None:
    ended = attempt.ends_at
    attempt.submitted_at = min(at, ended) if by_server and ended else at
    attempt.key, attempt.by_server = key, by_server
    attempt.late = is_late(attempt.due_at, attempt.submitted_at)
    event_record(
        actor_id=attempt.person_id, verb=Verb.HANDED_IN, object_kind=attempt.of,
        object_id=attempt.of_id, title=attempt.title, class_id=attempt.class_id,
        school_id=attempt.school_id,
        result={"late": attempt.late, "by_server": by_server, "number": attempt.number},
    )  # fmt: skip

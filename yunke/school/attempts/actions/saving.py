"""Answers arrive: in any order, twice, late. The highest sequence number wins; nothing is lost.

Cost of a save or a submission: 4 to 6 queries however many answers.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.once import receipt_code
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.rules import (
    MOST_ANSWERS,
    Fate,
    Standing,
    fate,
    is_late,
    over,
    too_much,
    unkept,
)
from yunke.school.attempts.values import Why

MOST_SEQ = 2**53


class Sent(NamedTuple):
    """An answer as it came. ``written``: when, by the pupil's own clock."""

    question_id: int
    value: Any
    seq: int
    written: datetime | None = None


@transaction.atomic(savepoint=False)
def attempt_save(
    *, who_id: int, attempt_id: int, answers: Sequence[Sent], proof: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Store what counts, keep beside it what came late.

    The reply says, for the page to say it truthfully: ``saved`` (the highest sequence number
    stored), ``kept`` (questions whose answer only stands beside), ``state``, ``ends_at``, ``now``.
    Raises Refused, nothing stored: not one's own attempt (404), a question of another thing, an
    answer that is too long.
    """
    attempt = _mine(who_id, attempt_id)
    beside = _take(attempt, _checked(attempt, answers), now(), proof or {})
    return _told(attempt, beside)


@transaction.atomic(savepoint=False)
def attempt_submit(
    *, who_id: int, attempt_id: int, answers: Sequence[Sent], key: str,
    proof: dict[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Hand in, with the last answers; once, whatever arrives again.

    A second submission stores nothing but strays and is told of the first. Raises Refused as
    ``attempt_save`` does.
    """
    attempt, at = _mine(who_id, attempt_id), now()
    beside = _take(attempt, _checked(attempt, answers), at, proof or {})
    if attempt.submitted_at is None:
        _hand_in(attempt, at, key, by_server=False)
    return {**_told(attempt, beside), "receipt": receipt_code(attempt.key or key)}


@transaction.atomic
def attempts_close(at: datetime, *, grace: timedelta, most: int = 500) -> int:
    """End what ran out: the server hands in what was saved last. Gives how many.

    ``grace``: how long after the end the answers of the last second may still be on their way.
    """
    rows = Attempt.objects.select_for_update().filter(
        ends_at__lt=at - grace, submitted_at__isnull=True, withdrawn_at__isnull=True
    )
    closed = list(rows.order_by("ends_at")[:most])
    for attempt in closed:
        _hand_in(attempt, at, f"server-{attempt.id}-{attempt.number}", by_server=True)
    return len(closed)


def _mine(who_id: int, attempt_id: int) -> Attempt:
    rows = Attempt.objects.select_for_update().filter(id=attempt_id, person_id=who_id)
    attempt = rows.filter(withdrawn_at__isnull=True).first()
    if attempt is None:
        raise Refused(_("没有这份作业或考试，什么都没有保存。"), status=404)
    return attempt


def _checked(attempt: Attempt, answers: Sequence[Sent]) -> dict[int, Sent]:
    """By question, the highest sequence number of each."""
    if len(answers) > MOST_ANSWERS:
        raise Refused(_("一次最多交 200 个答案，这一次没有保存。"), status=422)
    asked, newest = set(attempt.order), dict[int, Sent]()
    for sent in answers:
        if sent.question_id not in asked:
            raise Refused(_("有一道题不在这份卷子里，什么都没有保存。请刷新页面。"), status=422)
        if not 0 < sent.seq < MOST_SEQ or unkept(sent.value):
            raise Refused(_("有一个答案读不懂，什么都没有保存。请刷新页面。"), status=422)
        if too_much(sent.value):
            raise Refused(_("有一个答案太长，什么都没有保存。请缩短后再交。"), status=422)
        before = newest.get(sent.question_id)
        if before is None or sent.seq > before.seq:
            newest[sent.question_id] = sent
    return newest


def _take(
    attempt: Attempt, sent: dict[int, Sent], at: datetime, proof: dict[str, Any]
) -> list[int]:
    """Store by fate; gives the questions whose answer only stands beside."""
    if not sent:
        return []
    standing = Standing(attempt.submitted_at is not None, attempt.ends_at)
    rows = {r.question_id: r for r in Reply.objects.filter(attempt=attempt, question__in=sent)}
    fates = {
        number: fate(standing, at, seq=one.seq, stored=rows[number].seq if number in rows else 0)
        for number, one in sent.items()
    }
    _store(attempt, [sent[n] for n, f in fates.items() if f is Fate.COUNTS], rows, at)
    strays = [sent[n] for n, f in fates.items() if f is Fate.STRAY]
    why = over(standing, at)
    if strays and why is not None:
        _keep_beside(attempt, strays, why, proof)
    return [one.question_id for one in strays]


def _store(attempt: Attempt, counting: list[Sent], rows: dict[int, Reply], at: datetime) -> None:
    if not counting:
        return
    fresh = [
        Reply(
            attempt=attempt, question_id=s.question_id, value=s.value, seq=s.seq, saved_at=at,
            written_at=s.written,
        )
        for s in counting
    ]  # fmt: skip
    Reply.objects.bulk_create([row for row in fresh if row.question_id not in rows])
    changed = [_changed(rows[row.question_id], row) for row in fresh if row.question_id in rows]
    Reply.objects.bulk_update(changed, ["value", "seq", "saved_at", "written_at"])
    attempt.seq = max(attempt.seq, *(s.seq for s in counting))
    attempt.save(update_fields=["seq"])


def _changed(row: Reply, fresh: Reply) -> Reply:
    row.value, row.seq = fresh.value, fresh.seq
    row.saved_at, row.written_at = fresh.saved_at, fresh.written_at
    return row


def _keep_beside(attempt: Attempt, strays: list[Sent], why: Why, proof: dict[str, Any]) -> None:
    Stray.objects.bulk_create(
        [
            Stray(
                attempt=attempt, question_id=s.question_id, value=s.value, seq=s.seq, why=why,
                written_at=s.written, proof=proof,
            )
            for s in strays
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _hand_in(attempt: Attempt, at: datetime, key: str, *, by_server: bool) -> None:
    ended = attempt.ends_at
    attempt.submitted_at = min(at, ended) if by_server and ended else at
    attempt.key, attempt.by_server = key, by_server
    attempt.late = is_late(attempt.due_at, attempt.submitted_at)
    attempt.save(update_fields=["submitted_at", "key", "by_server", "late"])
    event_record(
        actor_id=attempt.person_id, verb=Verb.HANDED_IN, object_kind=attempt.of,
        object_id=attempt.of_id, class_id=attempt.class_id, school_id=attempt.school_id,
        result={"late": attempt.late, "by_server": by_server, "number": attempt.number},
    )  # fmt: skip


def _told(attempt: Attempt, beside: list[int]) -> dict[str, Any]:
    return {
        "saved": attempt.seq,
        "kept": beside,
        "state": "submitted" if attempt.submitted_at else "open",
        "submitted_at": _instant(attempt.submitted_at),
        "ends_at": _instant(attempt.ends_at),
        "now": _instant(now()),
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at else None

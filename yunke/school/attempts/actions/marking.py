"""Marks: by rule right after the submission, by people when they look. Each follows the last."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.marking.items import Item, SignedKey
from yunke.craft.marking.marks import RULE, Marking, mark
from yunke.school.attempts.models import Attempt, Mark, Reply
from yunke.school.attempts.reads.things import places_of, signed_of
from yunke.school.attempts.values import Of
from yunke.school.library.door import items_of

BY_HAND = "by-hand-1"
# What says that two marks are the same; who gave them and when does not count.
SAME = ("verdict", "score", "out_of", "suggested", "confidence", "reason", "causes", "parts",
        "rule")  # fmt: skip


@dataclass(frozen=True)
class _Judged:
    """A reply as it was read, and what the rule says of it. ``signed``: had a guardian signed, of
    a question that wants it; else None."""

    reply: Reply
    mark: Mark
    signed: bool | None = None


def attempts_mark(attempt_ids: Sequence[int]) -> int:
    """Mark by rule what these submitted attempts hold; gives how many marks were given.

    A question that was not answered gets an empty reply and its mark, so that sums are whole.
    What a person has marked stays; what is worth the same as before gets no new mark. The marking
    itself happens outside of any transaction (a formula may take the leash of
    ``craft.marking.formulas``); an attempt that changed meanwhile is left for the next time.
    Queries do not grow with the attempts.
    """
    attempts = list(Attempt.objects.filter(id__in=list(attempt_ids), submitted_at__isnull=False))
    with transaction.atomic():
        _fill(attempts)
    replies = list(Reply.objects.filter(attempt__in=attempts).select_related("attempt"))
    judged = _judge(attempts, replies)
    with transaction.atomic():
        return _keep(attempts, judged)


def attempts_mark_again(of: Of, of_id: int, person_id: int) -> None:
    """What the rules say has another ground now (a guardian signed): marked again with the next
    beat; marks of people stay. 1 query."""
    Attempt.objects.filter(
        of=of.value, of_id=of_id, person_id=person_id, submitted_at__isnull=False,
        withdrawn_at__isnull=True,
    ).update(marked_at=None)  # fmt: skip


@transaction.atomic
def mark_set(
    *, by_id: int, reply_id: int, score: Fraction, causes: Iterable[str] = (), note: str = "",
    rule: str = BY_HAND,
) -> int:  # fmt: skip
    """A person's mark; gives its id. The caller has decided that this person may.

    Raises Refused for points below zero or above what the question is worth. 4 queries.
    """
    before = Mark.objects.select_for_update().filter(reply_id=reply_id, current=True).first()
    out_of = Fraction(before.out_of) if before else _worth(reply_id)
    if not 0 <= score <= out_of:
        raise Refused(_("这道题的分数在 0 到 %(most)s 之间；什么都没有改动。")
                      % {"most": str(out_of)}, status=422)  # fmt: skip
    verdict = "right" if score == out_of else "wrong" if score == 0 else "partly"
    row = Mark(
        reply_id=reply_id, verdict=verdict, score=str(score), out_of=str(out_of),
        reason="by-hand", causes=list(causes), rule=rule, by_id=by_id, note=note[:500],
    )  # fmt: skip
    _follow([row])
    return row.id


def _fill(attempts: list[Attempt]) -> None:
    """Every question of a submitted attempt has its reply, if only an empty one."""
    have = defaultdict(set)
    for attempt_id, question_id in Reply.objects.filter(attempt__in=attempts).values_list(
        "attempt_id", "question_id"
    ):
        have[attempt_id].add(question_id)
    at = now()
    empty = [
        Reply(attempt=one, question_id=number, value=None, saved_at=one.submitted_at or at)
        for one in attempts
        for number in one.order
        if number not in have[one.id]
    ]
    Reply.objects.bulk_create(empty, ignore_conflicts=True)


def _judge(attempts: list[Attempt], replies: list[Reply]) -> list[_Judged]:
    """What the rules say; the same answer to the same question is marked once."""
    points = places_of({(Of(a.of), a.of_id) for a in attempts})
    items = items_of({reply.question_id for reply in replies})
    signed = signed_of(
        _whose(one) for one in replies
        if one.question_id in items and isinstance(items[one.question_id].key, SignedKey)
    )  # fmt: skip
    known: dict[tuple[int, str], Marking] = {}
    found = []
    for reply in replies:
        item = items.get(reply.question_id)
        if item is None:
            continue
        of = points.get((Of(reply.attempt.of), reply.attempt.of_id), {})
        # Only a guardian's own signature is one, whatever the pupil ticked.
        told = _whose(reply) in signed if isinstance(item.key, SignedKey) else None
        said = _said(known, item, reply.value if told is None else told)
        row = _row(reply, said, of.get(reply.question_id, item.points))
        found.append(_Judged(reply, row, told))
    return found


def _whose(reply: Reply) -> tuple[Of, int, int]:
    return Of(reply.attempt.of), reply.attempt.of_id, reply.attempt.person_id


def _said(known: dict[tuple[int, str], Marking], item: Item, value: Any) -> Marking:
    key = (int(item.id), repr(value))
    if key not in known:
        known[key] = mark(item, value)
    return known[key]


def _keep(attempts: list[Attempt], judged: list[_Judged]) -> int:
    """Write what is new, of attempts that are still as they were read."""
    read = {one.id: (one.submitted_at, one.seq) for one in attempts}
    locked = Attempt.objects.select_for_update().filter(id__in=list(read))
    same = {a.id for a in locked if (a.submitted_at, a.seq) == read[a.id]}
    same -= _signed_since(judged)
    current = {
        row.reply_id: row
        for row in Mark.objects.filter(reply__attempt__in=same, current=True)
    }  # fmt: skip
    seqs = dict(Reply.objects.filter(attempt__in=same).values_list("id", "seq"))
    rows = [
        one.mark for one in judged
        if seqs.get(one.reply.id) == one.reply.seq and _news(current.get(one.reply.id), one.mark)
    ]  # fmt: skip
    _follow(rows)
    Attempt.objects.filter(id__in=same).update(marked_at=now())
    return len(rows)


def _signed_since(judged: list[_Judged]) -> set[int]:
    """Attempts for which a guardian signed while they were marked: left for the next time."""
    told = {_whose(one.reply): one for one in judged if one.signed is not None}
    signed = signed_of(told)
    return {
        one.reply.attempt_id for whose, one in told.items() if one.signed is not (whose in signed)
    }


def _news(before: Mark | None, row: Mark) -> bool:
    if before is None:
        return True
    return before.by_id is None and any(getattr(before, n) != getattr(row, n) for n in SAME)


def _row(reply: Reply, said: Marking, worth: Fraction) -> Mark:
    """The marking, scaled to what the question is worth here."""
    scale = worth / said.out_of if said.out_of else Fraction(0)
    return Mark(
        reply=reply, verdict=said.verdict.value, score=_text(said.score, scale),
        out_of=str(worth), suggested=_text(said.suggested, scale),
        confidence=float(said.confidence), reason=said.reason, causes=list(said.causes),
        parts=said.plain()["parts"], rule=said.rule or RULE,
    )  # fmt: skip


def _text(points: Fraction | None, scale: Fraction) -> str:
    return "" if points is None else str(points * scale)


def _worth(reply_id: int) -> Fraction:
    """What a reply that no rule has marked yet is worth."""
    reply = Reply.objects.select_related("attempt").get(id=reply_id)
    thing = (Of(reply.attempt.of), reply.attempt.of_id)
    points = places_of({thing}).get(thing, {}).get(reply.question_id)
    if points is not None:
        return points
    item = items_of([reply.question_id]).get(reply.question_id)
    return item.points if item else Fraction(1)


def _follow(rows: list[Mark]) -> None:
    Mark.objects.filter(reply__in=[row.reply_id for row in rows], current=True).update(
        current=False
    )
    Mark.objects.bulk_create(rows)

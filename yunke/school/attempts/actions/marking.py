"""Marks: by rule right after the submission, by people when they look. Each follows the last."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.marking.marks import RULE, Marking, mark
from yunke.school.attempts.models import Attempt, Mark, Reply, Stray
from yunke.school.attempts.reads.things import places_of
from yunke.school.attempts.values import Of
from yunke.school.library.door import items_of

BY_HAND = "by-hand-1"


def attempts_mark(attempt_ids: Sequence[int]) -> int:
    """Mark by rule what these submitted attempts hold; gives how many replies were marked.

    A question that was not answered gets an empty reply and its mark, so that sums are whole.
    What a person has marked stays. Queries do not grow with the attempts; the marking itself costs
    microseconds a choice and, for formulas, up to the leash of ``craft.marking.formulas``.
    """
    attempts = list(Attempt.objects.filter(id__in=list(attempt_ids), submitted_at__isnull=False))
    points = places_of({(Of(a.of), a.of_id) for a in attempts})
    with transaction.atomic():
        _fill(attempts)
        replies = list(Reply.objects.filter(attempt__in=attempts).select_related("attempt"))
        by_hand = set(
            Mark.objects.filter(reply__in=replies, current=True, by__isnull=False)
            .values_list("reply_id", flat=True)
        )  # fmt: skip
        items = items_of({reply.question_id for reply in replies})
        rows = []
        for reply in replies:
            item = items.get(reply.question_id)
            if item is None or reply.id in by_hand:
                continue
            of = points.get((Of(reply.attempt.of), reply.attempt.of_id), {})
            worth = of.get(reply.question_id, item.points)
            rows.append(_row(reply, mark(item, reply.value), worth))
        _follow(rows)
        Attempt.objects.filter(id__in=[a.id for a in attempts]).update(marked_at=now())
    return len(rows)


@transaction.atomic
def mark_set(
    *, by_id: int, reply_id: int, score: Fraction, causes: Iterable[str] = (), note: str = "",
    rule: str = BY_HAND,
) -> int:  # fmt: skip
    """A person's mark; gives its id. The caller has decided that this person may.

    Raises Refused for points below zero or above what the question is worth. 4 queries.
    """
    before = Mark.objects.select_for_update().filter(reply_id=reply_id, current=True).first()
    out_of = Fraction(before.out_of) if before else Fraction(1)
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


@transaction.atomic
def stray_decide(*, by_id: int, stray_id: int, accept: bool) -> bool:
    """A person says whether a late answer counts; once. An accepted one is marked anew."""
    stray = Stray.objects.select_for_update().filter(id=stray_id, accepted__isnull=True).first()
    if stray is None:
        return False
    stray.accepted, stray.decided_by_id, stray.decided_at = accept, by_id, now()
    stray.save(update_fields=["accepted", "decided_by", "decided_at"])
    if accept:
        Reply.objects.update_or_create(
            attempt_id=stray.attempt_id, question_id=stray.question_id,
            defaults={"value": stray.value, "seq": stray.seq, "saved_at": stray.made_at,
                      "written_at": stray.written_at},
        )  # fmt: skip
        Attempt.objects.filter(id=stray.attempt_id).update(marked_at=None)
    return True


def _fill(attempts: list[Attempt]) -> None:
    """Every question of a submitted attempt has its reply, if only an empty one."""
    have = defaultdict(set)
    for attempt_id, question_id in Reply.objects.filter(attempt__in=attempts).values_list(
        "attempt_id", "question_id"
    ):
        have[attempt_id].add(question_id)
    at = now()
    Reply.objects.bulk_create(
        Reply(attempt=one, question_id=number, value=None, saved_at=one.submitted_at or at)
        for one in attempts
        for number in one.order
        if number not in have[one.id]
    )


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


def _follow(rows: list[Mark]) -> None:
    Mark.objects.filter(reply__in=[row.reply_id for row in rows], current=True).update(
        current=False
    )
    Mark.objects.bulk_create(rows)

"""A person takes the own mark back: the one before counts again, both stay in the history."""

from django.db import transaction

from yunke.school.attempts.models import Mark


@transaction.atomic
def mark_undo(*, by_id: int, reply_id: int) -> bool:
    """The mark before the current one follows it; False where the current one is not ``by_id``'s or
    nothing was before it. The caller has decided that this person may. 4 queries.
    """
    rows = Mark.objects.select_for_update().filter(reply_id=reply_id)
    newest = rows.filter(current=True, by_id=by_id).first()
    before = rows.filter(id__lt=newest.id).order_by("-id").first() if newest else None
    if newest is None or before is None:
        return False
    rows.filter(current=True).update(current=False)
    Mark.objects.create(
        reply_id=reply_id, verdict=before.verdict, score=before.score, out_of=before.out_of,
        suggested=before.suggested, confidence=before.confidence, reason=before.reason,
        causes=before.causes, parts=before.parts, rule=before.rule, by_id=before.by_id,
        note=before.note,
    )  # fmt: skip
    return True

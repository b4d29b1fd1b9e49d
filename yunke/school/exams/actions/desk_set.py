"""The lead sets the desk up: who marks what, how far two may be apart, samples with known marks."""

from collections.abc import Iterable
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who, colleagues
from yunke.school.exams.models import Assignment, DeskItem, DeskPiece, MarkGiven, QualitySample
from yunke.school.exams.reads.led import Led
from yunke.school.exams.rules.desk import points_typed, score_of
from yunke.school.exams.values.paper import PieceState, Post

MOST_NOTE = 2000


@transaction.atomic
def desk_item_set(
    *, who: Who, led: Led, item_id: int, double: bool, tolerance: str, step: str, every: int,
    note: str,
) -> None:  # fmt: skip
    """How a question is marked. What was marked already stays as it is.

    Raises Refused for points that are none, or a tolerance above the question's points.
    """
    item = _item(led, item_id)
    try:
        apart, by = points_typed(tolerance), points_typed(step)
        fits = 0 <= apart <= Fraction(item.out_of) and 0 < by <= Fraction(item.out_of)
    except ValueError:
        fits = False
    if not fits or not 0 <= every <= 100:
        raise Refused(_("容差和给分的步长要是 0 到满分之间的数，什么都没有改动。"), status=422)
    if item.double != double and MarkGiven.objects.filter(piece__item=item).exists():
        raise Refused(_("已经有人在阅这道题，不能再改单评或双评。"), status=409)
    item.double, item.tolerance, item.step = double, str(apart), str(by)
    item.every, item.note = every, note.replace("\0", "")[:MOST_NOTE]
    item.save(update_fields=["double", "tolerance", "step", "every", "note"])
    _told(who, led, {"item": item.position, "double": double, "tolerance": str(apart)})


@transaction.atomic
def desk_assign(*, who: Who, led: Led, item_ids: Iterable[int], person_id: int, post: Post) -> None:
    """Somebody of the school marks, or arbitrates, these questions; said again it is the same.

    Raises Refused for somebody who does not work there.
    """
    if person_id not in {one.id for one in colleagues(led.exam.school_id)}:
        raise Refused(_("这位老师不在这所学校，什么都没有改动。"), status=422)
    items = [_item(led, item_id) for item_id in item_ids]
    for item in items:
        Assignment.objects.update_or_create(
            item=item, person_id=person_id,
            defaults={"post": post.value, "by_id": who.id, "ended_at": None},
        )  # fmt: skip
    _told(who, led, {"post": post.value, "items": len(items)}, person_id)


@transaction.atomic
def desk_unassign(*, who: Who, led: Led, item_id: int, person_id: int) -> None:
    """The person gets nothing more of it; what was leased is free at once, marks given stay."""
    rows = Assignment.objects.filter(item=_item(led, item_id), person_id=person_id)
    if not rows.filter(ended_at__isnull=True).update(ended_at=now()):
        return
    MarkGiven.objects.filter(
        piece__item_id=item_id, marker_id=person_id, given_at__isnull=True, undone_at__isnull=True
    ).update(undone_at=now())
    _told(who, led, {"ended": True}, person_id)


@transaction.atomic
def sample_set(*, who: Who, led: Led, piece_id: int, score: str, note: str = "") -> None:
    """A marked piece whose mark the lead stands for goes into everybody's queue, unseen as such.

    Raises Refused for a piece that is not done, and for points that are none.
    """
    piece = DeskPiece.objects.filter(id=piece_id, item__exam_id=led.id).first()
    if piece is None or piece.state != PieceState.DONE:
        raise Refused(_("先把这份阅完，再用它做质量样卷。"), status=422)
    out_of = Fraction(piece.item.out_of)
    try:
        known = score_of(score, out_of=out_of, step=Fraction(1, 4))
    except ValueError:
        raise Refused(_("分数要在 0 到满分之间。"), status=422) from None
    QualitySample.objects.update_or_create(
        piece=piece,
        defaults={"item": piece.item, "score": str(known), "note": note[:300], "by_id": who.id,
                  "ended_at": None},
    )  # fmt: skip
    _told(who, led, {"sample": True})


@transaction.atomic
def sample_end(*, who: Who, led: Led, sample_id: int) -> None:
    """It comes to nobody any more; marks given on it stay. Raises Refused for what is none here."""
    rows = QualitySample.objects.filter(id=sample_id, item__exam_id=led.id)
    if not rows.exists():
        raise Refused(_("阅卷台上没有这份样卷，什么都没有改动。"), status=404)
    if rows.filter(ended_at__isnull=True).update(ended_at=now()):
        _told(who, led, {"sample": False})


def _item(led: Led, item_id: int) -> DeskItem:
    item = DeskItem.objects.select_for_update().filter(id=item_id, exam_id=led.id).first()
    if item is None:
        raise Refused(_("阅卷台上没有这道题，什么都没有改动。"), status=404)
    return item


def _told(who: Who, led: Led, detail: dict[str, object], person_id: int = 0) -> None:
    event_record(
        actor_id=who.id, verb=Verb.DESK_SET, object_kind="exam", object_id=led.id,
        subject_id=person_id, school_id=led.exam.school_id,
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.DESK_SET, subject_id=person_id, object_kind="exam",
        object_id=led.id, school_id=led.exam.school_id, detail=detail,
    )  # fmt: skip

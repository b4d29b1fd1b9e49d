"""At the desk: take a packet under a lease, give a mark, take it back. Blind until it counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.attempts.door import mark_set, mark_undo
from yunke.school.exams.models import (
    Assignment,
    BankedComment,
    DeskItem,
    DeskPiece,
    MarkGiven,
    QualitySample,
)
from yunke.school.exams.rules.desk import (
    ARBITER_TURN,
    SAMPLE_TURN,
    sample_due,
    score_of,
    turn_free,
    verdict_of,
)
from yunke.school.exams.values.paper import Given, PieceState, Post

LEASE = timedelta(minutes=20)
PACKET = 8
UNDO = timedelta(minutes=30)
MOST_SECONDS = 900.0


@transaction.atomic
def packet_take(*, who: Who, item_id: int, most: int = PACKET) -> list[MarkGiven]:
    """Fill the marker's packet up to ``most`` pieces and renew its lease; gives them in order.

    Two people never hold the same turn of a piece: leases are rows, given under the item's lock,
    and one that ran out is free for others. Raises Refused for who is not assigned. 8 queries and
    two a new piece.
    """
    item, post = _at_desk(who, item_id)
    at = now()
    _expire(item, at)
    mine = MarkGiven.objects.filter(
        piece__item=item, marker_id=who.id, given_at__isnull=True, undone_at__isnull=True
    )
    mine.update(until=at + LEASE)
    held = list(mine.select_related("piece").order_by("id"))
    for _place in range(most - len(held)):
        row = _next(item, post, who.id, at)
        if row is None:
            break
        held.append(row)
    return held


def _expire(item: DeskItem, at: datetime) -> None:
    """Leases that ran out: the turn is free, the row stays."""
    MarkGiven.objects.filter(
        piece__item=item, given_at__isnull=True, undone_at__isnull=True, until__lt=at
    ).update(undone_at=at)


def _next(item: DeskItem, post: Post, marker_id: int, at: datetime) -> MarkGiven | None:
    piece, turn = None, SAMPLE_TURN
    if post is Post.MARKER:
        piece = _sample(item, marker_id)
    if piece is None:
        piece, turn = _free(item, post, marker_id)
    if piece is None:
        return None
    row = MarkGiven.objects.create(piece=piece, marker_id=marker_id, turn=turn, until=at + LEASE)
    return row


def _sample(item: DeskItem, marker_id: int) -> DeskPiece | None:
    """A sample that this marker has not met, when one is due."""
    rows = MarkGiven.objects.filter(piece__item=item, marker_id=marker_id, undone_at__isnull=True)
    turns = list(rows.order_by("-id").values_list("turn", flat=True)[: item.every])
    if not sample_due(list(reversed(turns)), item.every):
        return None
    met = MarkGiven.objects.filter(piece__item=item, marker_id=marker_id).values("piece_id")
    found = QualitySample.objects.filter(item=item, ended_at__isnull=True)
    sample = found.exclude(piece_id__in=met).select_related("piece").order_by("id").first()
    return sample.piece if sample else None


def _free(item: DeskItem, post: Post, marker_id: int) -> tuple[DeskPiece | None, int]:
    """The next piece of the queue with a free turn, and that turn."""
    state = PieceState.SPLIT if post is Post.ARBITER else PieceState.OPEN
    taken = MarkGiven.objects.filter(undone_at__isnull=True, turn__gt=SAMPLE_TURN)
    rows = DeskPiece.objects.filter(item=item, state=state.value).exclude(
        id__in=MarkGiven.objects.filter(
            piece__item=item, marker_id=marker_id, undone_at__isnull=True
        ).values("piece_id")
    )  # also those that one marked as a sample before they were opened again
    # Begun pieces first: a second mark makes one count, a first one only promises it.
    turns: dict[int, list[int]] = {}
    for piece, turn in taken.filter(piece__item=item, piece__state=state.value).values_list(
        "piece_id", "turn"
    ):
        turns.setdefault(piece, []).append(turn)
    order = sorted(
        rows.values_list("id", "shuffle"), key=lambda one: (-len(turns.get(one[0], [])), one[1])
    )
    for piece, _shuffle in order:
        free = turn_free(turns.get(piece, ()), post, state, double=item.double)
        if free is not None:
            return DeskPiece.objects.get(id=piece), free
    return None, 0


@transaction.atomic
def mark_give(
    *, who: Who, given_id: int, score: str, parts: dict[str, Any] | None = None, note: str = "",
    seconds: float = 0.0,
) -> MarkGiven:  # fmt: skip
    """Give the mark of a leased piece; when it makes the piece count, the pupil's mark is set.

    Raises Refused: not one's own (404), the lease ran out and somebody else has it (409), points
    that are none (422). The same mark given again changes nothing. 8 to 16 queries.
    """
    row = MarkGiven.objects.filter(id=given_id, marker_id=who.id).select_related("piece").first()
    if row is None:
        raise Refused(_("这份不在你手上，分数没有记下。"), status=404)
    item, _post = _at_desk(who, row.piece.item_id)
    row = MarkGiven.objects.select_related("piece").get(id=given_id)
    points = _points(score, item)
    if row.undone_at is not None:
        raise Refused(_("这份放得太久，已经给了别人；这个分数没有记下。"), status=409)
    if row.given_at is not None:
        if row.score == str(points):
            return row
        raise Refused(_("这份已经给过分。要改，请先撤回。"), status=409)
    row.given_at, row.score, row.parts = now(), str(points), parts or {}
    row.note, row.seconds = note.replace("\0", "")[:300], max(0.0, min(seconds, MOST_SECONDS))
    row.save(update_fields=["given_at", "score", "parts", "note", "seconds"])
    if row.note:
        _banked(item, who.id, row.note)
    if row.turn != SAMPLE_TURN:
        _weigh(who, item, row.piece, row)
    _told(who, item, row)
    return row


@transaction.atomic
def mark_back(*, who: Who, item_id: int) -> MarkGiven | None:
    """Take the last mark back, within half an hour: the piece is in one's hands again.

    Gives the new lease, None where there is nothing to take back. What it made count counts no
    more until it is marked anew; both marks stay. 10 to 14 queries.
    """
    item, _post = _at_desk(who, item_id)
    rows = MarkGiven.objects.filter(
        piece__item=item, marker_id=who.id, given_at__gte=now() - UNDO, undone_at__isnull=True
    ).select_related("piece")
    row = rows.order_by("-given_at", "-id").first()
    if row is None or item.exam.released_at is not None:
        return None
    later = MarkGiven.objects.filter(piece=row.piece, undone_at__isnull=True, turn__gt=row.turn)
    if row.turn in (1, 2) and later.filter(turn=ARBITER_TURN).exists():
        return None
    row.undone_at = now()
    row.save(update_fields=["undone_at"])
    if row.turn != SAMPLE_TURN:
        _unweigh(item, row.piece)
    return MarkGiven.objects.create(
        piece=row.piece, marker_id=who.id, turn=row.turn, until=now() + LEASE
    )


@transaction.atomic
def comment_keep(*, who: Who, item_id: int, text: str) -> None:
    """Keep a remark at hand for this question."""
    item, _post = _at_desk(who, item_id)
    if text.strip():
        _banked(item, who.id, text.replace("\0", "").strip())


def _at_desk(who: Who, item_id: int) -> tuple[DeskItem, Post]:
    """The question, locked, and what the person does there. Raises Refused (404)."""
    rows = DeskItem.objects.select_for_update(of=("self",)).select_related("exam")
    item = rows.filter(id=item_id, exam__withdrawn_at__isnull=True).first()
    found = Assignment.objects.filter(item_id=item_id, person_id=who.id, ended_at__isnull=True)
    assigned = found.first()
    if item is None or assigned is None:
        raise Refused(_("这道题没有分给你阅。"), status=404)
    return item, Post(assigned.post)


def _points(score: str, item: DeskItem) -> Fraction:
    try:
        return score_of(score, out_of=Fraction(item.out_of), step=Fraction(item.step))
    except ValueError:
        raise Refused(
            _("分数要在 0 到 %(most)s 之间，每 %(step)s 分一档；没有记下。")
            % {"most": item.out_of, "step": item.step}, status=422,
        ) from None  # fmt: skip


def standing(piece_id: int) -> list[Given]:
    """The marks of a piece that stand. 1 query."""
    rows = MarkGiven.objects.filter(
        piece_id=piece_id, given_at__isnull=False, undone_at__isnull=True
    )
    return [Given(row.marker_id, row.turn, Fraction(row.score)) for row in rows]


def _weigh(who: Who, item: DeskItem, piece: DeskPiece, row: MarkGiven) -> None:
    """What the marks come to now; a mark that counts goes to the pupil's answer."""
    said = verdict_of(standing(piece.id), double=item.double, tolerance=Fraction(item.tolerance))
    piece.state = said.state.value
    piece.score = "" if said.score is None else str(said.score)
    piece.save(update_fields=["state", "score"])
    if said.score is None:
        return
    mark_set(by_id=who.id, reply_id=piece.reply_id, score=said.score, note=row.note, rule=said.rule)
    if row.turn == ARBITER_TURN:
        audit_record(
            actor_id=who.id, act=Act.MARK_ARBITRATED, subject_id=piece.person_id,
            object_kind="exam", object_id=item.exam_id, school_id=item.exam.school_id,
            detail={"item": item.position},
        )  # fmt: skip


def _unweigh(item: DeskItem, piece: DeskPiece) -> None:
    """A mark was taken back: the piece is as its other marks leave it."""
    _count_no_more(piece)
    said = verdict_of(standing(piece.id), double=item.double, tolerance=Fraction(item.tolerance))
    DeskPiece.objects.filter(id=piece.id).update(
        state=said.state.value, score="" if said.score is None else str(said.score)
    )


def _count_no_more(piece: DeskPiece) -> None:
    """Whoever made the piece count: the pupil's answer has no mark from the desk any more."""
    if piece.state == PieceState.DONE:
        markers = MarkGiven.objects.filter(piece=piece).values_list("marker_id", flat=True)
        for marker in set(markers):
            if mark_undo(by_id=marker, reply_id=piece.reply_id):
                break


def _banked(item: DeskItem, person_id: int, text: str) -> None:
    row, fresh = BankedComment.objects.get_or_create(
        item=item, person_id=person_id, text=text[:120], defaults={"used": 1}
    )
    if not fresh:
        BankedComment.objects.filter(id=row.id).update(used=F("used") + 1)


def _told(who: Who, item: DeskItem, row: MarkGiven) -> None:
    verb = Verb.DESK_ARBITRATED if row.turn == ARBITER_TURN else Verb.DESK_MARKED
    event_record(
        actor_id=who.id, verb=verb, object_kind="exam", object_id=item.exam_id,
        school_id=item.exam.school_id, result={"item": item.position},
    )  # fmt: skip


def pieces_anew(reply_ids: Iterable[int]) -> None:
    """Other pictures stand behind these answers now: they are marked from the beginning.

    The marks that were given stay in the history. 3 queries and six a piece that was done.
    """
    pieces = DeskPiece.objects.filter(reply_id__in=list(reply_ids))
    for piece in pieces:
        _count_no_more(piece)
    MarkGiven.objects.filter(piece__in=pieces.values("id"), undone_at__isnull=True).update(
        undone_at=now()
    )
    pieces.update(
        state=PieceState.OPEN.value, score="", suggested="", confidence=0, reasons=[]
    )  # fmt: skip


def leases_free(item_ids: Iterable[int], marker_id: int) -> int:
    """Put what somebody holds back into the queue. 1 query."""
    rows = MarkGiven.objects.filter(
        Q(piece__item__in=list(item_ids)), marker_id=marker_id, given_at__isnull=True,
        undone_at__isnull=True,
    )  # fmt: skip
    return rows.update(undone_at=now())

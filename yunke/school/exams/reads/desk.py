"""The desk as markers and leads see it. A marker never learns whose a piece is."""

import base64
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.db.models import Count, Q

from yunke.base.clock import now
from yunke.craft.marking.items import Criterion
from yunke.ground.people.door import Who
from yunke.school.attempts.door import answers_of
from yunke.school.exams.models import (
    Assignment,
    BankedComment,
    DeskItem,
    DeskPiece,
    Field,
    MarkGiven,
    QualitySample,
)
from yunke.school.exams.reads.sheets import file_of
from yunke.school.exams.rules.desk import ARBITER_TURN, SAMPLE_TURN, drift_of
from yunke.school.exams.rules.reading import LEAST_INK
from yunke.school.exams.values.paper import (
    Drift,
    PieceShown,
    PieceState,
    Post,
    Progress,
    Work,
)
from yunke.school.library.door import items_of

# How long work on a released exam is still shown to who did it.
SHOWN = timedelta(days=30)
MINE = Q(marks__undone_at__isnull=True)
STANDS = MINE & Q(marks__turn__gt=SAMPLE_TURN)


def work_of(who: Who) -> list[Work]:
    """What waits for one at the desk, by exam and question, and what was released these days. 3
    queries."""
    lately = Q(item__exam__released_at__isnull=True) | Q(item__exam__released_at__gt=now() - SHOWN)
    mine = Assignment.objects.filter(
        lately, person_id=who.id, ended_at__isnull=True, item__exam__withdrawn_at__isnull=True
    ).select_related("item__exam")
    rows = list(mine.order_by("item__exam_id", "item__position"))
    items = [row.item_id for row in rows]
    left = _left(items, who.id)
    given = _given(items, who.id)
    return [_work(row, left, given) for row in rows]


def _work(
    row: Assignment, left: dict[tuple[int, str], int], given: dict[int, tuple[int, int]]
) -> Work:
    state = PieceState.SPLIT if row.post == Post.ARBITER else PieceState.OPEN
    done, held = given.get(row.item_id, (0, 0))
    exam = row.item.exam
    return Work(
        row.item_id, exam.id, row.item.position, exam.subject, exam.grade, Post(row.post),
        left.get((row.item_id, state.value), 0) + held, done, held,
        exam.released_at is not None,
    )  # fmt: skip


def _left(items: list[int], marker_id: int) -> dict[tuple[int, str], int]:
    """(item, state) → pieces that the marker could still take. 1 query."""
    rows = (
        DeskPiece.objects.filter(item__in=items).exclude(state=PieceState.DONE.value)
        .annotate(
            mine=Count("marks", filter=MINE & Q(marks__marker_id=marker_id)),
            taken=Count("marks", filter=STANDS & ~Q(marks__marker_id=marker_id)),
        )
        .values_list("item_id", "state", "mine", "taken", "item__double")
    )  # fmt: skip
    found: Counter[tuple[int, str]] = Counter()
    for item, state, mine, taken, double in rows:
        room = taken < (3 if state == PieceState.SPLIT else 2 if double else 1)
        if not mine and room:
            found[item, state] += 1
    return dict(found)


def _given(items: list[int], marker_id: int) -> dict[int, tuple[int, int]]:
    """Item → (marks given, pieces in hand). 1 query."""
    rows = MarkGiven.objects.filter(
        piece__item__in=items, marker_id=marker_id, undone_at__isnull=True
    ).values("piece__item_id").annotate(
        given=Count("id", filter=Q(given_at__isnull=False)),
        leased=Count("id", filter=Q(given_at__isnull=True)),
    )  # fmt: skip
    return {row["piece__item_id"]: (row["given"], row["leased"]) for row in rows}


def item_for(item_id: int, who: Who) -> tuple[DeskItem, Post] | None:
    """The question, for those who are assigned to it. 1 query."""
    row = (
        Assignment.objects.filter(item_id=item_id, person_id=who.id, ended_at__isnull=True)
        .filter(item__exam__withdrawn_at__isnull=True)
        .select_related("item__exam").first()
    )  # fmt: skip
    return (row.item, Post(row.post)) if row else None


def criteria_of(item: DeskItem) -> tuple[Criterion, ...]:
    """What the author of the question looks at, with points. 1 query."""
    found = items_of([item.question_id]).get(item.question_id)
    return tuple(getattr(found.key, "criteria", ())) if found else ()


def pieces_shown(item: DeskItem, held: Iterable[MarkGiven]) -> list[PieceShown]:
    """The packet in hand as its marker sees it. 4 queries."""
    rows = list(held)
    answers = answers_of([row.piece.reply_id for row in rows])
    fields = fields_of(answers.values())
    before = _before([row.piece_id for row in rows if row.turn == ARBITER_TURN])
    return [_piece(row, answers, fields, before) for row in rows]


def _piece(
    row: MarkGiven, answers: dict[int, Any], fields: dict[int, Field],
    before: dict[int, list[dict[str, str]]],
) -> PieceShown:  # fmt: skip
    value, piece = answers.get(row.piece.reply_id), row.piece
    field = fields.get(field_id(value))
    return PieceShown(
        given=row.id, code=piece.code, text="" if field else words_of(value),
        crop=field is not None, empty=field is not None and field.ink < LEAST_INK,
        suggested=piece.suggested, confidence=piece.confidence, reasons=tuple(piece.reasons),
        before=tuple(before.get(row.piece_id, ())),
    )  # fmt: skip


def words_of(value: Any) -> str:
    """An answer as text for a marker's eyes."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list):
        return "\n".join(
            " — ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value
        )
    return str(value)


def field_id(value: Any) -> int:
    """The cut field that stands for a written answer; 0 for a typed one."""
    found = value.get("field") if isinstance(value, dict) else None
    return found if isinstance(found, int) else 0


def fields_of(values: Iterable[Any]) -> dict[int, Field]:
    """1 query."""
    ids = {field_id(value) for value in values} - {0}
    return Field.objects.in_bulk(ids)


def written_of(values: Mapping[int, Any]) -> dict[int, str]:
    """What was written by hand on paper, by the same keys: pictures as data URIs, for the page of
    somebody who may read the answer. 1 query; some 30 KB each."""
    found = fields_of(values.values())
    pictures = {}
    for key, value in values.items():
        field = found.get(field_id(value))
        path = file_of(field.file) if field else None
        if path is not None and path.is_file():
            text = base64.b64encode(path.read_bytes()).decode()
            pictures[key] = f"data:image/jpeg;base64,{text}"
    return pictures


def _before(piece_ids: list[int]) -> dict[int, list[dict[str, str]]]:
    """For an arbiter: what the two gave and wrote, in no order that tells who. 1 query."""
    rows = MarkGiven.objects.filter(
        piece__in=piece_ids, undone_at__isnull=True, given_at__isnull=False, turn__in=(1, 2)
    ).order_by("piece_id", "turn")
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row.piece_id].append({"score": row.score, "note": row.note})
    return found


def crop_for(given_id: int, who: Who) -> Path | None:
    """The picture of a piece that is, or was, in one's hands. 3 queries."""
    row = MarkGiven.objects.filter(id=given_id, marker_id=who.id).select_related("piece").first()
    if row is None or item_for(row.piece.item_id, who) is None:
        return None
    answers = answers_of([row.piece.reply_id])
    field = fields_of(answers.values()).get(field_id(answers.get(row.piece.reply_id)))
    return file_of(field.file) if field else None


def comments_of(item_id: int, person_id: int) -> list[str]:
    """One's own remarks, the most used first. 1 query."""
    rows = BankedComment.objects.filter(item_id=item_id, person_id=person_id)
    return list(rows.order_by("-used", "id").values_list("text", flat=True)[:9])


def progress_of(exam_id: int) -> list[Progress]:
    """Every question at the desk of an exam. 4 queries however many pieces."""
    items = list(DeskItem.objects.filter(exam_id=exam_id).order_by("position", "id"))
    counts: dict[int, Any] = {
        row["item_id"]: row
        for row in DeskPiece.objects.filter(item__in=items)
        .values("item_id")
        .annotate(
            pieces=Count("id"),
            done=Count("id", filter=Q(state=PieceState.DONE.value)),
            split=Count("id", filter=Q(state=PieceState.SPLIT.value)),
        )
    }
    once = dict(
        MarkGiven.objects.filter(
            piece__item__in=items, piece__state=PieceState.OPEN.value, turn__gt=SAMPLE_TURN,
            given_at__isnull=False, undone_at__isnull=True,
        ).values_list("piece__item_id").annotate(count=Count("piece_id", distinct=True))
    )  # fmt: skip
    posts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for item, person, post in (
        Assignment.objects.filter(item__in=items, ended_at__isnull=True)
        .order_by("id")
        .values_list("item_id", "person_id", "post")
    ):
        posts[item, post].append(person)
    return [_progress(item, counts.get(item.id, {}), once, posts) for item in items]


def _progress(
    item: DeskItem, count: Any, once: dict[int, int],
    posts: dict[tuple[int, str], list[int]],
) -> Progress:  # fmt: skip
    return Progress(
        item_id=item.id, position=item.position, pieces=count.get("pieces", 0),
        done=count.get("done", 0), once=once.get(item.id, 0), split=count.get("split", 0),
        double=item.double, tolerance=item.tolerance, step=item.step, out_of=item.out_of,
        every=item.every, note=item.note, markers=tuple(posts[item.id, Post.MARKER.value]),
        arbiters=tuple(posts[item.id, Post.ARBITER.value]),
    )  # fmt: skip


def drift_in(exam_id: int, person_id: int = 0) -> list[Drift]:
    """How markers stand to what counted and to the samples; for the lead all of them in the order
    of their ids, which says nothing, for a marker the own line. 2 queries.
    """
    rows = MarkGiven.objects.filter(
        piece__item__exam_id=exam_id, given_at__isnull=False, undone_at__isnull=True,
        turn__lt=ARBITER_TURN,
    ).select_related("piece__item").order_by("marker_id", "given_at")  # fmt: skip
    if person_id:
        rows = rows.filter(marker_id=person_id)
    known = dict(
        QualitySample.objects.filter(item__exam_id=exam_id).values_list("piece_id", "score")
    )
    by_marker: dict[int, list[MarkGiven]] = defaultdict(list)
    for row in rows:
        by_marker[row.marker_id].append(row)
    return [_drift(marker, given, known) for marker, given in by_marker.items()]


def _drift(marker: int, given: list[MarkGiven], known: dict[int, str]) -> Drift:
    apart, samples = [], []
    for row in given:
        out_of = Fraction(row.piece.item.out_of)
        if row.turn == SAMPLE_TURN:
            if row.piece_id in known:
                samples.append(_share(row.score, known[row.piece_id], out_of))
        elif row.piece.score:
            apart.append(_share(row.score, row.piece.score, out_of))
    return drift_of(marker, apart, samples, [row.seconds for row in given])


def _share(score: str, against: str, out_of: Fraction) -> float:
    return float((Fraction(score) - Fraction(against)) / out_of) if out_of else 0.0


def samples_of(exam_id: int) -> list[dict[str, Any]]:
    """The samples in the queues: code, known mark. 1 query."""
    rows = QualitySample.objects.filter(item__exam_id=exam_id, ended_at__isnull=True)
    return [
        {"id": row.id, "code": row.piece.code, "score": row.score, "note": row.note,
         "position": row.item.position, "piece": row.piece_id}
        for row in rows.select_related("piece", "item").order_by("id")
    ]  # fmt: skip


def done_pieces(exam_id: int, most: int = 40) -> list[DeskPiece]:
    """Pieces that could become samples, the newest first. 1 query."""
    rows = DeskPiece.objects.filter(
        item__exam_id=exam_id, state=PieceState.DONE.value, sample__isnull=True
    )
    return list(rows.select_related("item").order_by("item__position", "-id")[:most])


def desk_left(exam_id: int) -> int:
    """Pieces whose mark does not count yet. 1 query."""
    rows = DeskPiece.objects.filter(item__exam_id=exam_id)
    return rows.exclude(state=PieceState.DONE.value).count()


def packet_of(item_id: int, marker_id: int) -> list[MarkGiven]:
    """The pieces in one's hands, in their order. 1 query."""
    rows = MarkGiven.objects.filter(
        piece__item_id=item_id, marker_id=marker_id, given_at__isnull=True, undone_at__isnull=True
    )
    return list(rows.select_related("piece").order_by("id"))


def desk_items_of(exam_id: int) -> list[int]:
    """The questions at the desk, in the paper's order. 1 query."""
    rows = DeskItem.objects.filter(exam_id=exam_id).order_by("position")
    return list(rows.values_list("id", flat=True))

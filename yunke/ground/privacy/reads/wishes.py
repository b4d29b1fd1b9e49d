"""Wishes as pages show them; the dry run of an erasure."""

from collections.abc import Iterable

from django.db.models import Q

from yunke.base.held import Erase
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads.map import personal, rows_of
from yunke.ground.privacy.reads.told import table_told, why_told
from yunke.ground.privacy.values import TableLine, WishKind, WishState, WishView

WHAT = {Erase.ROW: "row", Erase.BLANK: "blank", Erase.KEEP: "keep"}


def wish_of(wish_id: int) -> WishView | None:
    found = Wish.objects.filter(id=wish_id).first()
    return wish_view(found) if found else None


def wishes_of(who_id: int, about: Iterable[int], *, limit: int = 20) -> list[WishView]:
    """What this person asked, or others for these people, newest first. One query."""
    rows = Wish.objects.filter(Q(asked_by=who_id) | Q(person_id__in=list(about)))
    return [wish_view(row) for row in rows.order_by("-id")[:limit]]


def wishes_waiting(school_ids: frozenset[int] | None) -> list[WishView]:
    """Erasures that a school must confirm (None: of every school), oldest first. One query."""
    rows = Wish.objects.filter(kind=WishKind.ERASE, state=WishState.ASKED)
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    return [wish_view(row) for row in rows.order_by("id")[:100]]


def wishes_of_schools(school_ids: frozenset[int] | None, *, limit: int = 30) -> list[WishView]:
    """All wishes of these schools, newest first. One query."""
    rows = Wish.objects.exclude(state=WishState.ASKED, kind=WishKind.ERASE)
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    return [wish_view(row) for row in rows.order_by("-id")[:limit]]


def erase_dry_run(person_id: int) -> list[TableLine]:
    """What an erasure would do to each table that knows the person; one COUNT a table."""
    return [
        TableLine(
            model._meta.label,
            table_told(model._meta.label),
            count,
            WHAT[held.erase],
            why_told(held.why),
        )
        for model, held in personal()
        if (count := rows_of(model, held, person_id).count())
    ]


def receipt_lines(receipt: dict[str, object]) -> list[TableLine]:
    """A receipt as it is shown: what went, what was emptied, what was kept and why."""
    tables = receipt.get("tables")
    if not isinstance(tables, dict):
        return []
    return [
        TableLine(label, table_told(label), int(done[1]), str(done[0]), why_told(str(done[2])))
        for label, done in tables.items()
        if isinstance(done, list) and (done[1] or done[0] == "keep")
    ]


def wish_view(row: Wish) -> WishView:
    return WishView(
        id=row.id, kind=WishKind(row.kind), state=WishState(row.state), person_id=row.person_id,
        asked_by=row.asked_by, school_id=row.school_id, reason=row.reason, asked_at=row.made_at,
        decided_by=row.decided_by, decided_reason=row.decided_reason, done_at=row.done_at,
        expires_at=row.expires_at, second_id=row.second_id, share=row.share, bytes=row.bytes,
        receipt=row.receipt,
    )  # fmt: skip

"""Requests for a second person."""

from datetime import timedelta

from yunke.base.clock import now
from yunke.ground.audit.models import Second
from yunke.ground.audit.values import SecondView


def second_of(id: int) -> SecondView | None:
    """One request. One query."""
    found = Second.objects.filter(id=id).first()
    return view_of(found) if found else None


def seconds_waiting(*, limit: int = 200) -> tuple[SecondView, ...]:
    """What waits for a decision, oldest first. One query; the caller keeps whom it may decide."""
    rows = Second.objects.filter(decision=Second.Decision.NONE, expires_at__gt=now())
    return tuple(view_of(row) for row in rows.order_by("made_at", "id")[:limit])


def seconds_asked(who_id: int, *, days: int = 30) -> tuple[SecondView, ...]:
    """What this person asked for lately, newest first. One query."""
    rows = Second.objects.filter(asked_by=who_id, made_at__gt=now() - timedelta(days=days))
    return tuple(view_of(row) for row in rows.order_by("-made_at", "-id")[:50])


def view_of(row: Second) -> SecondView:
    return SecondView(
        id=row.id, kind=row.kind, asked_by=row.asked_by, org_id=row.org_id, right=row.right,
        about=row.about, page=row.page, reason=row.reason, asked_at=row.made_at,
        expires_at=row.expires_at, decision=row.decision, decided_by=row.decided_by,
        decided_at=row.decided_at, decided_reason=row.decided_reason, used_at=row.used_at,
    )  # fmt: skip

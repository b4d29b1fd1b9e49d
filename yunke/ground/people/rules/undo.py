"""What a school may still take back, and for how long."""

from datetime import datetime, timedelta

UNDO = timedelta(days=7)
# Undone by a new decision only, never by a tap.
FINAL = frozenset({"court", "freeze", "unfreeze", "move"})


def may_undo(
    kind: str, *, made_at: datetime, undone_at: datetime | None, steps: int, moment: datetime
) -> bool:
    """A week, once, and only where something was written: a signed-out device stays out."""
    return bool(steps) and kind not in FINAL and undone_at is None and made_at > moment - UNDO

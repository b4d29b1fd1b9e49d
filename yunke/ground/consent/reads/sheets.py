"""Forms on paper that were typed in."""

from dataclasses import fields

from yunke.ground.consent.models import Sheet
from yunke.ground.consent.values import SheetView


def sheet_of(sheet_id: int) -> SheetView | None:
    """One query."""
    row = Sheet.objects.filter(id=sheet_id).first()
    return _view(row) if row else None


def sheets_open(class_id: int) -> list[SheetView]:
    """Those of a class that wait for a second look, oldest first. One query."""
    rows = Sheet.objects.filter(class_id=class_id, done_at__isnull=True, refused=False)
    return [_view(row) for row in rows.order_by("made_at", "id")[:100]]


def _view(row: Sheet) -> SheetView:
    return SheetView(**{of.name: getattr(row, of.name) for of in fields(SheetView)})

"""Printing sheets, reading scans, suggesting points."""

from typing import Any

from yunke.base.jobs import Held, job
from yunke.school.exams.actions.printing import printing_make
from yunke.school.exams.actions.scanning import scan_read
from yunke.school.exams.actions.suggesting import pieces_suggest


@job("exams.print")
def sheets_print(held: Held, payload: dict[str, Any]) -> None:
    printing_make(held, payload["printing"])


@job("exams.scan", slow=True)
def sheets_scan(held: Held, payload: dict[str, Any]) -> None:
    """Minutes for a grade: in the slow lane, so that marks by rule do not wait behind it."""
    scan_read(held, payload["scan"])


@job("exams.suggest", slow=True)
def points_suggest(held: Held, payload: dict[str, Any]) -> None:
    pieces_suggest(held, payload["item"])

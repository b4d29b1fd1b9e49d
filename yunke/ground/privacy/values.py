"""What the privacy room hands out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any


class WishKind(StrEnum):
    COPY = "copy"
    ERASE = "erase"
    BULK = "bulk"


class WishState(StrEnum):
    ASKED = "asked"
    GOING = "going"
    READY = "ready"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class WishView:
    """A wish as pages show it. ``receipt`` of an erasure: tables with what was done to them."""

    id: int
    kind: WishKind
    state: WishState
    person_id: int
    asked_by: int
    school_id: int
    reason: str
    asked_at: datetime
    decided_by: int = 0
    decided_reason: str = ""
    done_at: datetime | None = None
    expires_at: datetime | None = None
    second_id: int = 0
    share: float = 0.0
    bytes: int = 0
    receipt: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TableLine:
    """A table in a receipt or a dry run: ``what`` is "row", "blank", "keep" or "purge"."""

    table: str
    name: str
    rows: int
    what: str
    why: str = ""


@dataclass(frozen=True)
class Part:
    """What a room above holds about people outside its columns.

    ``files``: the person's files. ``forget``: takes away what columns do not say (files, an index,
    names in texts); called before the columns are emptied, may be called again at any time.
    """

    name: str
    files: Callable[[int], Iterable[Path]] = lambda _person: ()
    forget: Callable[[int], int] = lambda _person: 0

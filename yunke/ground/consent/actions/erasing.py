"""What was made of a consent goes when the consent goes, and is made when it comes: rooms above
register what they hold."""

from collections.abc import Callable

from yunke.base.jobs import ask
from yunke.ground.consent.values import DataKind, Purpose

Eraser = Callable[[int], int]
ERASERS: dict[tuple[Purpose, DataKind], list[Eraser]] = {}
BEGINNERS: dict[tuple[Purpose, DataKind], Callable[[int], None]] = {}


def erases(purpose: Purpose, kind: DataKind) -> Callable[[Eraser], Eraser]:
    """Registers a function that takes a person's id, deletes what was derived of that person
    under this purpose and kind, and gives how many rows went. It may run again at any time.
    """

    def register(eraser: Eraser) -> Eraser:
        known = ERASERS.setdefault((purpose, kind), [])
        if eraser not in known:
            known.append(eraser)
        return eraser

    return register


def begins(purpose: Purpose, kind: DataKind, begin: Callable[[int], None]) -> None:
    """``begin`` is called with a person's id soon after somebody said yes. It may be called again
    at any time, and asks itself whether the switch is on."""
    BEGINNERS[purpose, kind] = begin


def begin_ask(line_id: int, person_id: int, purpose: Purpose, kind: DataKind) -> None:
    if (purpose, kind) in BEGINNERS:
        payload = {"person": person_id, "purpose": purpose.value, "kind": kind.value}
        ask("consent.begin", key=str(line_id), payload=payload)


def erasure_ask(line_id: int, person_id: int, purpose: Purpose, kind: DataKind) -> None:
    """Ask for the erasure; it begins when this transaction is kept."""
    payload = {"person": person_id, "purpose": purpose.value, "kind": kind.value}
    ask("consent.erase", key=str(line_id), payload=payload)


def erase_now(person_id: int, purpose: Purpose, kind: DataKind) -> int:
    """Run every registered eraser; rows that went."""
    return sum(eraser(person_id) for eraser in ERASERS.get((purpose, kind), []))

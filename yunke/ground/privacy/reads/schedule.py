"""What is held, why and how long: the public schedule and the notices, from the map itself."""

from dataclasses import dataclass

from yunke.base.held import Erase, Held, Purpose
from yunke.ground.privacy.reads.map import tables
from yunke.ground.privacy.reads.told import (
    HUES,
    ICONS,
    keep_told,
    purpose_told,
    table_told,
    why_told,
)


@dataclass(frozen=True)
class Kept:
    """One table of the schedule."""

    table: str
    name: str
    keep: str
    erase: str
    why: str


@dataclass(frozen=True)
class Group:
    """What serves one purpose."""

    purpose: str
    name: str
    icon: str
    hue: str
    tables: tuple[Kept, ...]


def schedule() -> list[Group]:
    """Tables about people by purpose. No query."""
    return [_group(purpose) for purpose in Purpose if _of(purpose)]


def _of(purpose: Purpose) -> list[tuple[str, Held]]:
    return [
        (model._meta.label, held)
        for model, held in tables()
        if held.purpose == purpose and held.person
    ]


def _group(purpose: Purpose) -> Group:
    kept = [
        Kept(label, table_told(label), keep_told(held.keep), _erase(held), why_told(held.why))
        for label, held in _of(purpose)
    ]
    kept.sort(key=lambda one: ("·" in one.name, one.name))
    return Group(purpose.value, purpose_told(purpose), ICONS[purpose], HUES[purpose], tuple(kept))


def _erase(held: Held) -> str:
    return {Erase.ROW: "row", Erase.BLANK: "blank", Erase.KEEP: "keep"}[held.erase]

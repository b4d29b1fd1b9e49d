"""An answer out of a form's native fields, for pages that work without a script."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from yunke.school.library.values.questions import SHOWN_KINDS, Asked

Sent = Mapping[str, Sequence[str]]
LONGEST = 20_000


def answer_from(asked: Asked, sent: Sent) -> Any:
    """The answer as ``craft.marking`` takes it, from ``q<id>`` and ``q<id>.<part>``; None for
    none. Files are no part of it: they are handed in on their own.
    """
    if asked.kind in SHOWN_KINDS:
        return None
    return _READERS.get(asked.kind, _line)(asked, sent, f"q{asked.id}")


def _first(sent: Sent, name: str) -> str:
    values = sent.get(name) or ()
    return values[-1][:LONGEST].replace("\0", "").strip() if values else ""


def _line(asked: Asked, sent: Sent, name: str) -> Any:
    return _first(sent, name) or None


def _choice(asked: Asked, sent: Sent, name: str) -> Any:
    chosen = _first(sent, name)
    return chosen if chosen in {one.id for one in asked.options} else None


def _multiple(asked: Asked, sent: Sent, name: str) -> Any:
    chosen = set(sent.get(name) or ())
    return [one.id for one in asked.options if one.id in chosen] or None


def _truth(asked: Asked, sent: Sent, name: str) -> Any:
    return {"true": True, "false": False}.get(_first(sent, name))


def _signed(asked: Asked, sent: Sent, name: str) -> Any:
    return True if _first(sent, name) == "true" else None


def _blanks(asked: Asked, sent: Sent, name: str) -> Any:
    written = {one.id: _first(sent, f"{name}.{one.id}") for one in asked.blanks}
    return {blank: text for blank, text in written.items() if text} or None


def _matching(asked: Asked, sent: Sent, name: str) -> Any:
    right = {one.id for one in asked.targets}
    pairs = [[one.id, _first(sent, f"{name}.{one.id}")] for one in asked.options]
    return [pair for pair in pairs if pair[1] in right] or None


def _ordering(asked: Asked, sent: Sent, name: str) -> Any:
    """By the place that was chosen for each; a place chosen twice keeps the order shown."""
    put = []
    for at, one in enumerate(asked.options):
        place = _first(sent, f"{name}.{one.id}")
        if place.isdecimal() and len(place) < 4:
            put.append((int(place), at, one.id))
    return [one for _, _, one in sorted(put)] or None


_READERS: dict[str, Callable[[Asked, Sent, str], Any]] = {
    "choice": _choice,
    "multiple": _multiple,
    "true-false": _truth,
    "signed": _signed,
    "blanks": _blanks,
    "matching": _matching,
    "ordering": _ordering,
}

"""What a room above adds to a page of a room below, which does not know it.

The page says the place (``{% beside "today" pupil=7 %}``), the rooms above say who speaks there:
``beside_from("today", card)``; ``card`` gives HTML or "". A capability that is gone adds nothing.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Speaks = Callable[..., str]
_PLACES: dict[str, list[Speaks]] = {}


def beside_from(place: str, speaks: Speaks) -> None:
    """``speaks(request, **about)`` gives safe HTML; asked in the order of the rooms."""
    held = _PLACES.setdefault(place, [])
    if speaks not in held:
        held.append(speaks)


def beside_at(place: str, request: HttpRequest, **about: Any) -> list[str]:
    """What is said there, without what is empty."""
    return [said for speaks in _PLACES.get(place, []) if (said := speaks(request, **about))]

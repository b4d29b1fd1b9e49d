"""Who asks. A token that was looked up less than a second ago is believed; no longer.

So somebody who left, or whose device was signed out, is out within ``FRESH`` seconds.
"""

import time
from typing import NamedTuple

from django.conf import settings

from yunke.gate.front.wire import Ask, Stop
from yunke.ground.people.door import Who, holds, who_of

FRESH = 0.9  # seconds
MOST = 20_000  # tokens remembered at once


class Seat(NamedTuple):
    who: Who | None
    until: float


class Seats:
    """token → who, for ``FRESH`` seconds."""

    def __init__(self) -> None:
        self._seats: dict[str, Seat] = {}

    def who(self, token: str) -> Who | None:
        """Cost: nothing when fresh, else what ``people.door.who_of`` costs."""
        if not token:
            return None
        moment = time.monotonic()
        seat = self._seats.get(token)
        if seat is None or seat.until < moment:
            if len(self._seats) >= MOST:
                self._seats.clear()
            seat = self._seats[token] = Seat(who_of(token), moment + FRESH)
        return seat.who

    def forget(self) -> None:
        self._seats.clear()


seats = Seats()


def token_of(ask: Ask) -> str:
    return ask.cookie(settings.SESSION_COOKIE_NAME)


def somebody(ask: Ask, right: str) -> Who:
    """The person behind the request, who holds the right. Raises Stop(401) or Stop(404)."""
    who = seats.who(token_of(ask))
    if who is None or who.second_factor_due:
        raise Stop(401, "请先登录。Please sign in.")
    if not holds(who, right):
        raise Stop(404)
    return who

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


class Pupil(NamedTuple):
    """A pupil's place today, as the front needs it."""

    id: int
    class_id: int
    grade: int
    school: int
    county: int
    city: int


class Seat(NamedTuple):
    """Who sits behind a token, and the place when it is a pupil."""

    who: Who | None
    pupil: Pupil | None
    until: float


class Seats:
    """token → who, for ``FRESH`` seconds."""

    def __init__(self) -> None:
        self._seats: dict[str, Seat] = {}

    def of(self, token: str) -> Seat | None:
        """Cost: nothing when fresh, else what ``people.door.who_of`` costs: a query for a pupil."""
        if not token:
            return None
        moment = time.monotonic()
        seat = self._seats.get(token)
        if seat is None or seat.until < moment:
            if len(self._seats) >= MOST:
                self._seats.clear()
            who = who_of(token)
            seat = self._seats[token] = Seat(who, pupil_of(who), moment + FRESH)
        return seat

    def forget(self) -> None:
        self._seats.clear()


seats = Seats()


def pupil_of(who: Who | None) -> Pupil | None:
    """The pupil's first class; None for anybody else."""
    if who is None or not who.is_pupil or not who.grants:
        return None
    place = who.grants[0].place
    return Pupil(who.id, place.class_id, place.grade, place.school, place.county, place.city)


def token_of(ask: Ask) -> str:
    return ask.cookie(settings.SESSION_COOKIE_NAME)


def seat_of(ask: Ask, right: str) -> Seat:
    """Who asks and holds the right. Raises Stop(401) for nobody, Stop(404) without the right."""
    seat = seats.of(token_of(ask))
    if seat is None or seat.who is None or seat.who.second_factor_due:
        raise Stop(401, "请先登录。Please sign in.")
    if not holds(seat.who, right):
        raise Stop(404)
    return seat


def whole(ask: Ask) -> Who | None:
    """Who asks, for rules that need all of it; None for nobody."""
    seat = seats.of(token_of(ask))
    if seat is None or seat.who is None or seat.who.second_factor_due:
        return None
    return seat.who

"""Who asks. A token that was looked up less than a second ago is believed; no longer.

So somebody who left, or whose device was signed out, is out within ``FRESH`` seconds. The one
statement below says what ``people.door.who_of`` says of a pupil (a test holds them together) at a
tenth of its cost; everybody else is asked for at that door.
"""

import hashlib
import time
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from yunke.base.clock import now, today
from yunke.gate.front.wire import Ask, Stop
from yunke.ground.people.door import IDLE, RIGHTS, Role, Who, holds, who_of

FRESH = 0.9  # seconds
MOST = 20_000  # tokens remembered at once

PUPIL = """
SELECT s.person_id, c.id, c.grade, c.school_id, o.parent_id, y.parent_id, EXISTS (
           SELECT 1 FROM lessons_presence d WHERE d.person_id = s.person_id AND d.day = %s)
FROM people_session s
JOIN people_person p ON p.id = s.person_id AND p.kind = 'pupil'
JOIN people_membership m ON m.person_id = p.id AND m.role = 'pupil'
     AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
JOIN people_schoolclass c ON c.id = m.school_class_id AND c.ended_on IS NULL
JOIN people_org o ON o.id = c.school_id
LEFT JOIN people_org y ON y.id = o.parent_id
WHERE s.token_hash = %s AND s.expires_at > %s AND (p.left_on IS NULL OR p.left_on > %s)
      AND (s.registered OR s.seen_at >= %s) AND p.totp = ''
ORDER BY c.grade, c.number, m.id LIMIT 1
"""


class Pupil(NamedTuple):
    """A pupil's place today, as the front needs it."""

    id: int
    class_id: int
    grade: int
    school: int
    county: int
    city: int
    present: bool = False
    session: str = ""


class Seat(NamedTuple):
    """Who sits behind a token: a pupil, somebody else, or nobody."""

    pupil: Pupil | None
    who: Who | None
    until: float


class Seats:
    """token → who, for ``FRESH`` seconds."""

    def __init__(self) -> None:
        self._seats: dict[str, Seat] = {}

    def of(self, token: str) -> Seat | None:
        """Cost: nothing when fresh; one query for a pupil, else what ``who_of`` costs besides."""
        if not token:
            return None
        moment = time.monotonic()
        seat = self._seats.get(token)
        if seat is None or seat.until < moment:
            if len(self._seats) >= MOST:
                self._seats.clear()
            pupil = pupil_of(token)
            who = None if pupil else who_of(token)
            seat = self._seats[token] = Seat(pupil, who, moment + FRESH)
        return seat

    def forget(self) -> None:
        self._seats.clear()


seats = Seats()


def pupil_of(token: str) -> Pupil | None:
    """The pupil of a session token, None for anybody else. One query."""
    moment, day, adapt = now(), today().isoformat(), connection.ops.adapt_datetimefield_value
    digest = hashlib.sha256(token.encode()).hexdigest()
    values = [day, day, day, digest, adapt(moment), day, adapt(moment - IDLE)]
    with connection.cursor() as cursor:
        row = cursor.execute(PUPIL, values).fetchone()
    if row is None:
        return None
    person, class_id, grade, school, county, city = (number or 0 for number in row[:6])
    return Pupil(person, class_id, grade, school, county, city, bool(row[6]), digest)


def token_of(ask: Ask) -> str:
    return ask.cookie(settings.SESSION_COOKIE_NAME)


def seat_of(ask: Ask, right: str) -> Seat:
    """Who asks and holds the right. Raises Stop(401) for nobody, Stop(404) without the right."""
    seat = seats.of(token_of(ask))
    if seat is None or (seat.pupil is None and (seat.who is None or seat.who.second_factor_due)):
        raise Stop(401, "请先登录。Please sign in.")
    held = Role.PUPIL in RIGHTS[right] if seat.who is None else holds(seat.who, right)
    if not held:
        raise Stop(404)
    return seat


def whole(ask: Ask) -> Who | None:
    """Everything about who asks, for rules that need it; None for nobody."""
    token = token_of(ask)
    seat = seats.of(token)
    if seat is None:
        return None
    who = seat.who if seat.pupil is None else who_of(token)
    return None if who is None or who.second_factor_due else who

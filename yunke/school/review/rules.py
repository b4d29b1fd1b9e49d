"""The way of a lesson from its teacher to the city, decided on plain values.

``WAYS`` is the whole state machine: from where, by whom, to where, and whether a reason is due.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from yunke.ground.people.values import Role, Who
from yunke.school.review.values import About, Actor, Level, Move, Seat, State

S, M, A = State, Move, Actor
OVERDUE_DAYS = 5
MOST_REASON = 2000


@dataclass(frozen=True)
class Way:
    move: Move
    start: State
    end: State
    actors: frozenset[Actor]
    reason: bool = False


def _way(move: Move, start: State, end: State, *actors: Actor, reason: bool = False) -> Way:
    return Way(move, start, end, frozenset(actors), reason)


WAYS: tuple[Way, ...] = (
    _way(M.CLAIM, S.SUBMITTED, S.COUNTY_REVIEWING, A.REVIEWER),
    _way(M.RELEASE, S.COUNTY_REVIEWING, S.SUBMITTED, A.CLAIMER, A.LEAD),
    _way(M.RETURN, S.COUNTY_REVIEWING, S.COUNTY_RETURNED, A.CLAIMER, reason=True),
    _way(M.PASS, S.COUNTY_REVIEWING, S.COUNTY_PASSED, A.CLAIMER),
    _way(M.ON, S.COUNTY_PASSED, S.COUNTY_PASSED, A.AUTHOR),
    _way(M.CLAIM, S.COUNTY_PASSED, S.CITY_REVIEWING, A.REVIEWER),
    _way(M.RELEASE, S.CITY_REVIEWING, S.COUNTY_PASSED, A.CLAIMER, A.LEAD),
    _way(M.RETURN, S.CITY_REVIEWING, S.CITY_RETURNED, A.CLAIMER, reason=True),
    _way(M.PASS, S.CITY_REVIEWING, S.PUBLISHED, A.CLAIMER),
    _way(M.RESUBMIT, S.COUNTY_RETURNED, S.SUBMITTED, A.AUTHOR),
    # The county has passed it already: a mended lesson goes back to who sent it back.
    _way(M.RESUBMIT, S.CITY_RETURNED, S.COUNTY_PASSED, A.AUTHOR),
    *(
        _way(M.WITHDRAW, state, S.WITHDRAWN, A.AUTHOR)
        for state in S
        if state not in {S.PUBLISHED, S.WITHDRAWN}
    ),
    _way(M.WITHDRAW, S.PUBLISHED, S.WITHDRAWN, A.AUTHOR, A.LEAD, reason=True),
)
BY_START = {(way.start, way.move): way for way in WAYS}
# The city has nothing to do with it yet.
BEFORE_CITY = frozenset({S.SUBMITTED, S.COUNTY_REVIEWING, S.COUNTY_RETURNED})
ENDED = frozenset({S.PUBLISHED, S.WITHDRAWN})
OPEN = tuple(state for state in S if state not in ENDED)
WAITING: dict[Level, State] = {Level.COUNTY: S.SUBMITTED, Level.CITY: S.COUNTY_PASSED}
REVIEWING: dict[Level, State] = {Level.COUNTY: S.COUNTY_REVIEWING, Level.CITY: S.CITY_REVIEWING}


def way_of(state: str, move: Move) -> Way | None:
    """The way from here by this move; None where there is none."""
    return BY_START.get((State(state), move))


def begins_at(county_id: int) -> State:
    """A lesson of nobody's county (the bureau's own) goes to the city's reviewers at once."""
    return S.SUBMITTED if county_id else S.COUNTY_PASSED


def level_of(about: About) -> Level | None:
    """Whose turn it is to review; None when it is nobody's."""
    if about.state in {S.SUBMITTED, S.COUNTY_REVIEWING}:
        return Level.COUNTY
    if about.state == S.CITY_REVIEWING:
        return Level.CITY
    return Level.CITY if about.state == S.COUNTY_PASSED and about.aim == Level.CITY else None


def seats_of(who: Who) -> tuple[Seat, ...]:
    """Where somebody reviews: at a county's office or at the city's, never at a school."""
    seats = []
    for grant in who.grants:
        place = grant.place
        if grant.role != Role.REVIEWER or place.school:
            continue
        if place.county:
            seats.append(Seat(Level.COUNTY, place.county, grant.subject))
        elif place.city:
            seats.append(Seat(Level.CITY, place.city, grant.subject))
    return tuple(seats)


def has_part(about: About, person_id: int) -> bool:
    """The author, and everybody who made something of it."""
    return person_id == about.author_id or person_id in about.makers


def reviews(who: Who, about: About) -> bool:
    """May this person review the lesson now? Never one's own, nor one that one helped to make."""
    level = level_of(about)
    if level is None or has_part(about, who.id):
        return False
    org = about.county_id if level == Level.COUNTY else about.city_id
    return any(sits(seat, level, org, about.subject) for seat in seats_of(who))


def sits(seat: Seat, level: Level, org_id: int, subject: str) -> bool:
    return seat.level == level and seat.org_id == org_id and seat.subject in {"", subject}


def near(who: Who, about: About) -> bool:
    """Does it concern this person, whatever state it is in: its author, the reviewers of its
    county, city and subject, the offices' staff? Only these are told what became of it."""
    if who.id == about.author_id or leads(who, about):
        return True
    if has_part(about, who.id):
        return False
    orgs = {Level.COUNTY: about.county_id}
    if about.state not in BEFORE_CITY:
        orgs[Level.CITY] = about.city_id
    return any(
        sits(seat, seat.level, orgs.get(seat.level, 0), about.subject) for seat in seats_of(who)
    )


def leads(who: Who, about: About) -> bool:
    """The office's staff: they see their queues, free what is stuck, and decide nothing."""
    for grant in who.grants:
        if grant.role == Role.CITY_STAFF and grant.place.city == about.city_id:
            return True
        if grant.role == Role.COUNTY_STAFF and grant.place.county == about.county_id:
            return bool(about.county_id)
    return False


def actors_of(who: Who, about: About) -> frozenset[Actor]:
    """What this person is to the submission, today."""
    found = set()
    if who.id == about.author_id:
        found.add(A.AUTHOR)
    if reviews(who, about):
        found.add(A.REVIEWER)
        if about.claimed_by == who.id:
            found.add(A.CLAIMER)
    if leads(who, about):
        found.add(A.LEAD)
    return frozenset(found)


def may(who: Who, about: About, move: Move) -> bool:
    """May this person make this move now? Default: no."""
    way = way_of(about.state, move)
    if way is None or (move == M.CLAIM and level_of(about) is None):
        return False
    if move == M.ON and about.aim == Level.CITY:
        return False
    return bool(way.actors & actors_of(who, about))


def school_days(since: date, until: date) -> int:
    """Days from Monday to Friday after ``since`` up to ``until``."""
    whole, rest = divmod(max(0, (until - since).days), 7)
    after = (since + timedelta(days=n) for n in range(1, rest + 1))
    return 5 * whole + sum(day.weekday() < 5 for day in after)


def is_overdue(days: int) -> bool:
    return days > OVERDUE_DAYS


def shows_now(about: About, level: Level) -> bool:
    """Does a pass at this level show the submitted version at once?

    Pupils of the city have one version of a lesson. While an older one is shown to the whole city,
    a county's pass alone does not change what the city sees.
    """
    return level == Level.CITY or not (about.shown and about.reach == Level.CITY)

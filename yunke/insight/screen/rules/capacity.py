"""What eight o'clock asks for, from the roster and the timetable, against what was measured.

Every assumption is a number with a name, shown on the page beside what follows from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from yunke.insight.screen.values import Need, Verdict

# Arrivals rise and fall: the busiest minute has twice the mean.
PEAK = 2.0
# Who must type a password or tap pictures; the others' devices are still signed in.
FRESH = 0.1
# Pages that somebody opens on the way in: today, the lesson, the way between.
PAGES = 3
# Seconds between two reports of a player, and between two ticks of being there.
REPORT = 30.0
# Mbit/s of a film when none is here to be measured: our middle rung.
USUAL_MBIT = 1.2
ENOUGH = 2.0
WITHIN = (5, 10, 20)


@dataclass(frozen=True)
class Morning:
    """When each grade's first lesson begins, and how heavy the films are (None: not known)."""

    starts: Mapping[int, time]
    film_mbit: float | None = None


@dataclass(frozen=True)
class Rush:
    """The busiest start: how many come, and how many watch at the same time from then on."""

    at: time
    coming: int
    watching: int


def rush_of(seats: Mapping[int, int], starts: Mapping[int, time]) -> Rush | None:
    """The start at which most pupils come; grades without a timetable come with the first.

    None when the roster is empty.
    """
    if not sum(seats.values()):
        return None
    first = min(starts.values(), default=time(8))
    by_start: dict[time, int] = {}
    for grade, many in seats.items():
        at = starts.get(grade, first)
        by_start[at] = by_start.get(at, 0) + many
    busiest = max(sorted(by_start), key=lambda at: by_start[at])
    watching = sum(many for at, many in by_start.items() if at <= busiest)
    return Rush(busiest, by_start[busiest], watching)


def needs_of(
    rush: Rush, *, within: int, film_mbit: float | None, measured: Mapping[str, float]
) -> list[Need]:
    """The four needs of the busiest minute, a second or in Mbit/s. ``within``: minutes in which
    everybody comes.
    """
    a_second = rush.coming / within / 60 * PEAK
    wanted = {
        "sign_ins": a_second * FRESH,
        "pages": a_second * PAGES,
        "ticks": a_second + rush.watching / REPORT,
        "mbit": rush.watching * (film_mbit or USUAL_MBIT),
    }
    return [Need(name, value, measured.get(name)) for name, value in wanted.items()]


def verdict_of(need: Need) -> Verdict:
    if need.measured is None:
        return Verdict.UNKNOWN
    if need.measured >= ENOUGH * need.wanted:
        return Verdict.ENOUGH
    return Verdict.TIGHT if need.measured >= need.wanted else Verdict.SHORT


def worst(needs: Iterable[Need]) -> Verdict:
    """What holds for the whole morning."""
    found = {verdict_of(need) for need in needs}
    order = (Verdict.SHORT, Verdict.UNKNOWN, Verdict.TIGHT, Verdict.ENOUGH)
    return next((verdict for verdict in order if verdict in found), Verdict.UNKNOWN)

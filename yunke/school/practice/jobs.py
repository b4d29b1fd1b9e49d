"""Practice's work outside the request."""

from datetime import date
from typing import Any

from yunke.base.clock import now
from yunke.base.jobs import Held, ask, beat, job
from yunke.school.practice.actions.deriving import (
    answers_release,
    people_derive,
    people_waiting,
    release_waits,
)
from yunke.school.practice.actions.drilling import week_drills
from yunke.school.practice.actions.filming import film_make, leftovers_remove
from yunke.school.practice.actions.following import (
    BATCH,
    follow_upto,
    follow_waits,
    marks_follow,
    tasks_follow,
)
from yunke.school.practice.actions.papers import paper_read
from yunke.school.practice.actions.printing import printing_make

FRIDAY = 4
# What is released without a new mark is looked for so often, in seconds.
RELEASES = 60


@job("practice.follow")
def follow(held: Held, payload: dict[str, Any]) -> None:
    """Take what is new below, open what was released, and work out whom it touches."""
    while marks_follow() == BATCH or tasks_follow() == BATCH:
        held.renew()
    answers_release()
    while people := people_waiting():
        with held.write():
            people_derive(people)


@job("practice.friday", daily=True)
def friday(held: Held, payload: dict[str, Any]) -> None:
    """On Fridays every pupil with something to practise gets the week's drill; every day the files
    of what is gone go too."""
    leftovers_remove()
    day = date.fromisoformat(payload["day"])
    if day.weekday() == FRIDAY:
        week_drills(day, held.renew)


@job("practice.print")
def print_class(held: Held, payload: dict[str, Any]) -> None:
    printing_make(held, payload["printing"], payload["language"])


@job("practice.paper")
def paper(held: Held, payload: dict[str, Any]) -> None:
    paper_read(held, payload["paper"], payload["person"])


@job("practice.film", slow=True)
def film(held: Held, payload: dict[str, Any]) -> None:
    film_make(held, payload["explanation"])


@beat("practice.follow", every=3.0)
def follow_due() -> None:
    """A job at once when something is new below, and once a minute while marks wait for their
    release. 3 queries by index."""
    upto = follow_upto()
    if follow_waits(upto):
        ask("practice.follow", key=f"new-{upto}", payload={})
    elif release_waits():
        minute = int(now().timestamp()) // RELEASES
        ask("practice.follow", key=f"minute-{minute}", payload={})

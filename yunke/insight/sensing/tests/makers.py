"""Real files of real devices, and people who agreed to them being read."""

from pathlib import Path

from yunke.base.jobs import run_one
from yunke.craft import pulse
from yunke.ground.consent import jobs as consent_jobs  # noqa: F401 (registers the work)
from yunke.ground.consent.tests.makers import both_say_yes
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.insight.sensing import jobs  # noqa: F401 (registers the work)
from yunke.insight.sensing.actions import pulse_bring

FILES = Path(pulse.__file__).parent / "tests" / "files"
RUN = "2013-02-06-12-11-14.fit"
INDOOR = "sample-activity-indoor-trainer.fit"
EMPTY = "Settings2.fit"


def data(name: str = RUN) -> bytes:
    return (FILES / name).read_bytes()


def agreed() -> people.Cast:
    """A class whose first pupil and guardian agreed."""
    cast = people.cast(grade=3)
    both_say_yes(cast.guardian, cast.pupil)
    return cast


def work() -> None:
    while run_one():
        pass


def brought(by: Person, person: Person, name: str = RUN) -> int:
    """A recording that has been read."""
    found = pulse_bring(who_id=by.id, person_id=person.id, data=data(name))
    work()
    return found

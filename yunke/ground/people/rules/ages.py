"""How a pupil's rights grow with age, by legal profile. Only year and month of birth are known,
so somebody has come of an age when the whole month of that birthday is over.
"""

from datetime import date
from enum import StrEnum

# From which age a pupil's own yes is needed beside the guardian's (and is enough where said).
# cn: PIPL Art. 31; us: COPPA; eu: GDPR Art. 8 lets states choose 13 to 16, the strictest is taken;
# strict: as the strictest of all.
OWN_VOICE = {"cn": 14, "us": 13, "uk": 13, "eu": 16, "strict": 16}
OF_AGE = 18


class Stage(StrEnum):
    """``CHILD``: the guardian speaks. ``YOUTH``: both do. ``ADULT``: the pupil alone."""

    CHILD = "child"
    YOUTH = "youth"
    ADULT = "adult"


def turned(born_on: date, age: int, day: date) -> bool:
    """Is the person surely that old on the day?"""
    year, month = divmod(born_on.month, 12)
    return day >= date(born_on.year + age + year, month + 1, 1)


def stage_of(born_on: date | None, day: date, profile: str) -> Stage:
    """Without a known birth: a child, which gives the pupil the most protection."""
    if born_on is None:
        return Stage.CHILD
    if turned(born_on, OF_AGE, day):
        return Stage.ADULT
    own = OWN_VOICE.get(profile, OWN_VOICE["strict"])
    return Stage.YOUTH if turned(born_on, own, day) else Stage.CHILD


def may_see(born_on: date | None, agreed: bool, day: date) -> bool:
    """Does a guardian's tie give sight of the pupil? Of an adult one only with the pupil's yes."""
    return agreed or born_on is None or not turned(born_on, OF_AGE, day)

"""When is a switch on? Decided on plain values; what is not known is no."""

from collections.abc import Iterable
from datetime import date

from yunke.base.capability import is_stricter
from yunke.ground.consent.values import Answer, Stand, Standing, State, Subject, Switch

# The age at which a grade begins, where no birthday is known: the youngest that sit in it.
GRADE_AGE = 5
NO = frozenset({Answer.REFUSED, Answer.WITHDRAWN})


def age(born_on: date, day: date) -> int:
    """Whole years. Born on 29 February, one is a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_of(subject: Subject, day: date) -> int:
    """The known age, else the least that the grade tells; 0 for neither."""
    if subject.born_on is not None:
        return age(subject.born_on, day)
    return subject.grade + GRADE_AGE if subject.grade else 0


def is_old_enough(switch: Switch, subject: Subject, day: date) -> bool:
    return subject.is_staff or age_of(subject, day) >= switch.youngest


def is_live(stand: Stand, switch: Switch, profile: str, day: date) -> bool:
    """Does a yes still stand: in these words, in time, under a profile as loose as the present?"""
    return (
        stand.answer == Answer.GIVEN
        and stand.version == switch.version
        and stand.until > day
        and not is_stricter(stand.profile, than=profile)
    )


def is_no(stand: Stand, *, alone: bool) -> bool:
    """Has one of those who decide said no?"""
    decides = stand.standing == Standing.SELF or (stand.bound and not alone)
    return decides and stand.answer in NO


def holds(stands: Iterable[Stand], switch: Switch, *, alone: bool, profile: str, day: date) -> bool:
    """Is the switch on? One's own yes, and, for who does not decide alone, a bound guardian's yes
    and no bound guardian's no: of two who differ the stricter wins. A task of the school is on
    until one of them says no.
    """
    heard = list(stands)
    if switch.task:
        return not any(is_no(s, alone=alone) for s in heard)
    own = [s for s in heard if s.standing == Standing.SELF]
    if not any(is_live(s, switch, profile, day) for s in own):
        return False
    if alone:
        return True
    theirs = [s for s in heard if s.standing == Standing.GUARDIAN and s.bound]
    agreed = any(is_live(s, switch, profile, day) for s in theirs)
    return agreed and not any(s.answer in NO for s in theirs)


def state_of(
    stands: Iterable[Stand], switch: Switch, subject: Subject, *, profile: str, day: date
) -> State:
    """What may be told to everybody who decides. "Off" never says whose no it is."""
    heard = [s for s in stands if s.bound]
    alone = subject.alone
    if not switch.task and not is_old_enough(switch, subject, day):
        return State.TOO_YOUNG
    if holds(heard, switch, alone=alone, profile=profile, day=day):
        return State.ON
    relevant = [s for s in heard if not alone or s.standing == Standing.SELF]
    if any(s.answer in NO for s in relevant):
        return State.OFF
    return _waiting(relevant, switch, alone=alone, profile=profile, day=day)


def _waiting(heard: list[Stand], switch: Switch, *, alone: bool, profile: str, day: date) -> State:
    """Nobody says no: who has not spoken yet, or whose yes came to its end?"""
    given = [s for s in heard if s.answer == Answer.GIVEN]
    if any(s.version != switch.version or is_stricter(s.profile, than=profile) for s in given):
        return State.WORDS_CHANGED
    if any(s.until <= day for s in given):
        return State.OVER
    sides = {s.standing for s in given}
    if alone or not sides:
        return State.UNASKED
    return State.WAITS_CHILD if Standing.GUARDIAN in sides else State.WAITS_GUARDIAN

"""By itself within two seconds of a hand-in: marks by rule, and the ends of exams."""

import logging
import time
from datetime import timedelta

from yunke.base.again import again
from yunke.base.clock import now
from yunke.base.jobs import beat
from yunke.base.standstill import stands_still
from yunke.school.attempts.actions.marking import attempts_mark
from yunke.school.attempts.actions.saving import attempts_close
from yunke.school.attempts.reads.due import attempts_over, attempts_unmarked

# How long after the end the answers of the last second may be on their way.
GRACE = timedelta(seconds=10)
BATCH = 40
# Seconds between two classes, or as long as the last one took: who hands in meanwhile goes first.
# On SQLite whoever waits for the lock looks for it ten times a second only.
GIVE_WAY = 0.25
LATER = 600.0  # seconds until what failed is tried again
_FAILING: dict[int, float] = {}
log = logging.getLogger(__name__)


@beat("attempts.close", every=1.0)
def close() -> None:
    """What ran out is handed in with what was saved last. One read when nothing is due."""
    if not stands_still() and attempts_over(now() - GRACE):
        attempts_close(now(), grace=GRACE)


@beat("attempts.mark", every=1.0)
def mark_due() -> None:
    """Mark what was handed in, a class at a time, the longest waiting first. One read when nothing
    is due. An attempt whose marking fails is left for ten minutes and holds up no other.
    """
    if stands_still():
        return
    while found := attempts_unmarked(BATCH, but=_failing()):
        began = time.monotonic()
        try:
            again(lambda ids=found: attempts_mark(ids))  # type: ignore[misc]
        except Exception:
            log.exception("a class could not be marked at once")
            for number in found:
                _alone(number)
        # Nobody waits behind them, or they were changed while they were marked: next time.
        if len(found) < BATCH or not set(found) - set(attempts_unmarked(BATCH)):
            return
        time.sleep(max(GIVE_WAY, time.monotonic() - began))


def _alone(number: int) -> None:
    try:
        again(lambda: attempts_mark([number]))
    except Exception:
        log.exception("attempt %d could not be marked", number)
        _FAILING[number] = time.monotonic() + LATER


def _failing() -> list[int]:
    moment = time.monotonic()
    for number in [one for one, until in _FAILING.items() if until < moment]:
        del _FAILING[number]
    return list(_FAILING)

"""The register goes on: what a teacher does to somebody's submission."""

from collections.abc import Callable
from typing import Any

from yunke.ground.audit.door import Act
from yunke.ground.people.tests.makers import Cast
from yunke.school.attempts.actions.late import stray_decide
from yunke.school.attempts.actions.opening import attempt_reopen, attempt_withdraw
from yunke.school.attempts.models import Attempt, Stray
from yunke.school.attempts.tests import makers

Ready = Callable[[], Any]


def handed_in(cast: Cast) -> Attempt:
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    makers.submitted(row, {0: "A"})
    return row


def reopened(cast: Cast) -> Ready:
    row = handed_in(cast)
    return lambda: attempt_reopen(row.id, ends_at=None, by_id=cast.teacher.id)


def withdrawn(cast: Cast) -> Ready:
    row = handed_in(cast)
    return lambda: attempt_withdraw(row.id, by_id=cast.teacher.id)


def decided(cast: Cast) -> Ready:
    row = handed_in(cast)
    makers.saved(row, {0: "B"}, seq=9)
    late = Stray.objects.get(attempt=row).id
    return lambda: stray_decide(by_id=cast.teacher.id, stray_id=late, accept=True)


ATTEMPT_ACTIONS: dict[str, tuple[Act, Callable[[Cast], Ready]]] = {
    "a submission is given back": (Act.ATTEMPT_REOPENED, reopened),
    "an attempt is voided": (Act.ATTEMPT_WITHDRAWN, withdrawn),
    "a late answer is decided": (Act.LATE_DECIDED, decided),
}

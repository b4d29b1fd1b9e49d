"""Work that leaves the request: suggestions for short answers."""

from typing import Any

from yunke.base.jobs import Held, job
from yunke.school.homework.actions.hints import JOB, hints_make


@job(JOB)
def hints(held: Held, payload: dict[str, Any]) -> None:
    hints_make(held, int(payload["homework"]))

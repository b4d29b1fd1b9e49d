"""Rosters outside the request: reading, writing, taking back. Minutes for a city: the slow lane."""

from typing import Any

from yunke.base.jobs import Held, job
from yunke.gate.exchange.actions.stage import roster_stage
from yunke.gate.exchange.actions.undo import roster_undo_run
from yunke.gate.exchange.actions.write import roster_write_staged


@job("roster.read", slow=True)
def read(held: Held, payload: dict[str, Any]) -> None:
    roster_stage(held, payload["import"], payload["reading"])


@job("roster.write", slow=True)
def write(held: Held, payload: dict[str, Any]) -> None:
    roster_write_staged(held, payload["import"], payload["reading"], payload["who"])


@job("roster.undo", slow=True)
def undo(held: Held, payload: dict[str, Any]) -> None:
    roster_undo_run(held, payload["import"])

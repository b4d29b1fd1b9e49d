"""An act on an account is told to the lake, in the transaction of its cause."""

from typing import Any

from yunke.ground.lake.door import Verb, event_record


def told(actor_id: int, verb: Verb, kind: str, number: int = 0, **more: Any) -> None:
    """One event for the account's own log; ``more`` as ``event_record`` has it. One INSERT."""
    event_record(
        actor_id=actor_id, verb=verb, object_kind=kind, object_id=number, purpose="account", **more
    )

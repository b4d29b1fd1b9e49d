"""Work of the room outside requests."""

from datetime import date
from typing import Any

from yunke.base.jobs import Held, job
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.consent.actions.counting import count_week
from yunke.ground.consent.actions.erasing import BEGINNERS, erase_now
from yunke.ground.consent.values import DataKind, Purpose


@job("consent.erase")
def erase(held: Held, payload: dict[str, Any]) -> None:
    """Erase what was derived under a consent that is no more."""
    with held.write():
        purpose, kind = Purpose(payload["purpose"]), DataKind(payload["kind"])
        if gone := erase_now(payload["person"], purpose, kind):
            audit_record(
                actor_id=0,
                act=Act.DATA_ERASED,
                subject_id=payload["person"],
                object_kind="consent",
                detail={"rows": gone, "switch": f"{purpose.value}-{kind.value}"},
            )


@job("consent.begin")
def begin(held: Held, payload: dict[str, Any]) -> None:
    """Somebody said yes: what is made under it is made now."""
    with held.write():
        BEGINNERS[Purpose(payload["purpose"]), DataKind(payload["kind"])](payload["person"])


@job("consent.count")
def count(held: Held, payload: dict[str, Any]) -> None:
    """Count a school's answers of this week."""
    with held.write():
        count_week(payload["school"], date.fromisoformat(payload["week"]))

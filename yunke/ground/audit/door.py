"""What other rooms may ask of the audit."""

from yunke.ground.audit.actions import audit_record, second_ask, second_decide, second_use
from yunke.ground.audit.reads import second_of, seconds_asked, seconds_waiting
from yunke.ground.audit.values import Act, SecondView

__all__ = [
    "Act",
    "SecondView",
    "audit_record",
    "second_ask",
    "second_decide",
    "second_of",
    "second_use",
    "seconds_asked",
    "seconds_waiting",
]

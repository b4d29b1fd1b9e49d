"""What the audit answers."""

from yunke.ground.audit.reads.checkpoints import code_check, last_checkpoint
from yunke.ground.audit.reads.looks import (
    acts_since,
    alerts_of,
    lines_about,
    lines_by,
    lines_of_schools,
)
from yunke.ground.audit.reads.seconds import second_of, seconds_asked, seconds_waiting
from yunke.ground.audit.reads.told import act_told, part_told, role_told, second_told
from yunke.ground.audit.reads.verify import verify

__all__ = [
    "act_told",
    "acts_since",
    "alerts_of",
    "code_check",
    "last_checkpoint",
    "lines_about",
    "lines_by",
    "lines_of_schools",
    "part_told",
    "role_told",
    "second_of",
    "second_told",
    "seconds_asked",
    "seconds_waiting",
    "verify",
]

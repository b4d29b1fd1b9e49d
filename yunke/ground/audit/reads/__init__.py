"""What the audit answers."""

from yunke.ground.audit.reads.seconds import second_of, seconds_asked, seconds_waiting

__all__ = ["second_of", "seconds_asked", "seconds_waiting"]

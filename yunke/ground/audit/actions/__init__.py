"""What is done to the audit: it only grows. And a second person agrees."""

from yunke.ground.audit.actions.record import audit_record
from yunke.ground.audit.actions.second import second_ask, second_decide, second_use

__all__ = ["audit_record", "second_ask", "second_decide", "second_use"]

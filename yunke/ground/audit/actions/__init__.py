"""What is done to the audit: it only grows."""

from yunke.ground.audit.actions.record import audit_record

__all__ = ["audit_record"]

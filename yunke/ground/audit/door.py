"""What other rooms may ask of the audit."""

from yunke.ground.audit.actions import audit_record
from yunke.ground.audit.values import Act

__all__ = ["Act", "audit_record"]

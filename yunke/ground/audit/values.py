"""The consequential acts, and what the audit hands out."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """The action register: what must leave a line. Past tense, as the lake's verbs."""

    RECORD_VIEWED = "record.viewed"
    ROLE_CHANGED = "role.changed"
    ROSTER_IMPORTED = "roster.imported"
    ROSTER_UNDONE = "roster.undone"
    PERSON_LEFT = "person.left"
    PERSON_FROZEN = "person.frozen"
    GUARDIAN_CHANGED = "guardian.changed"
    CONSENT_GIVEN = "consent.given"
    CONSENT_REFUSED = "consent.refused"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    LESSON_SUBMITTED = "lesson.submitted"
    LESSON_DECIDED = "lesson.decided"
    LESSON_PUBLISHED = "lesson.published"
    LESSON_WITHDRAWN = "lesson.withdrawn"
    PAGE_OVERRIDDEN = "page.overridden"
    CALENDAR_SHIFTED = "calendar.shifted"
    DATA_EXPORTED = "data.exported"
    DATA_ERASED = "data.erased"
    RETENTION_RUN = "retention.run"
    SECOND_ASKED = "second.asked"
    SECOND_GIVEN = "second.given"
    SECOND_REFUSED = "second.refused"
    PROFILE_CHANGED = "profile.changed"


@dataclass(frozen=True)
class SecondView:
    """A request for a second person. ``decision``: "none", "given" or "refused"."""

    id: int
    kind: str
    asked_by: int
    org_id: int
    right: str
    page: str
    reason: str
    asked_at: datetime
    expires_at: datetime
    about: dict[str, Any] = field(default_factory=dict)
    decision: str = "none"
    decided_by: int = 0
    decided_at: datetime | None = None
    decided_reason: str = ""
    used_at: datetime | None = None

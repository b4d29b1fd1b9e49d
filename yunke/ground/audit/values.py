"""The consequential acts, and what the audit hands out."""

from enum import StrEnum


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

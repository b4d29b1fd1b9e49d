"""What the lake hands out, and the verbs it knows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Verb(StrEnum):
    """Past tense, as in xAPI; ``docs/reference/events.md`` is written from this list."""

    SIGNED_IN = "person.signed_in"
    SIGNED_OUT = "person.signed_out"
    CARD_ISSUED = "card.issued"
    CARD_REVOKED = "card.revoked"
    INVITED = "guardian.invited"
    BOUND = "guardian.bound"
    DEVICE_PAIRED = "device.paired"
    DEVICE_REVOKED = "device.revoked"
    PASSWORD_CHANGED = "person.password_changed"  # noqa: S105
    TEACHER_LOOKED = "class.viewed"
    GUARDIAN_LOOKED = "child.viewed"
    LESSON_SAVED = "lesson.saved"
    UPLOADED = "lesson.uploaded"
    PUBLISHED = "lesson.published"
    WITHDRAWN = "lesson.withdrawn"
    DOWNLOADED = "lesson.downloaded"
    OPENED = "lesson.opened"
    PLAYED = "video.played"
    PAUSED = "video.paused"
    PROGRESSED = "video.progressed"
    COMPLETED = "video.completed"
    NOTE_SAVED = "note.saved"
    NOTE_DELETED = "note.deleted"
    ANSWERED = "task.answered"
    PRESENT = "presence.ticked"
    PLAN_ARRANGED = "plan.arranged"
    PLAN_TICKED = "plan.ticked"
    ALONG_STARTED = "along.started"
    ALONG_ENDED = "along.ended"
    ALONG_ASKED = "along.asked"
    PACK_SENT = "pack.sent"
    PACK_OPENED = "pack.opened"


@dataclass(frozen=True)
class EventLine:
    """One act as a person reads it."""

    at: datetime
    verb: str
    object_kind: str
    object_id: int
    title: str
    seconds: int


@dataclass(frozen=True)
class DaySum:
    """A person's day: minutes watched, lessons opened, acts."""

    person_id: int
    day: date
    minutes: float
    lessons: int
    acts: int

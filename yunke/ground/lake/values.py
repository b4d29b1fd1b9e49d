"""What the lake hands out, and the verbs it knows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


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
    PASSWORD_RESET = "person.password_reset"  # noqa: S105
    PICTURES_SET = "person.pictures_set"
    SECOND_FACTOR_SET = "person.second_factor_set"
    SECOND_FACTOR_REMOVED = "person.second_factor_removed"
    PERSON_LEFT = "person.left"
    PERSON_MOVED = "person.moved"
    PERSON_FROZEN = "person.frozen"
    PERSON_UNFROZEN = "person.unfrozen"
    ROLE_CHANGED = "role.changed"
    CHANGE_UNDONE = "change.undone"
    MOVE_ASKED = "move.asked"
    SCHOOL_ADDED = "school.added"
    SCHOOL_LEFT = "school.left"
    GUARDIAN_DATED = "guardian.dated"
    GUARDIAN_AGREED = "guardian.agreed"
    ROSTER_WRITTEN = "roster.written"
    CODE_CHANGED = "class.code_changed"
    INVITATION_REVOKED = "guardian.invitation_revoked"
    UNBOUND = "guardian.unbound"
    TEACHER_LOOKED = "class.viewed"
    GUARDIAN_LOOKED = "child.viewed"
    LESSON_SAVED = "lesson.saved"
    UPLOADED = "lesson.uploaded"
    PUBLISHED = "lesson.published"
    WITHDRAWN = "lesson.withdrawn"
    SUBMITTED = "lesson.submitted"
    REVIEWED = "lesson.reviewed"
    SUBMISSION_ENDED = "lesson.submission_ended"
    CHECKLIST_SET = "checklist.set"
    PAGE_OVERRIDDEN = "page.overridden"
    RECORDING_ASKED = "recording.asked"
    RECORDING_ANSWERED = "recording.answered"
    RECORDING_TAKEN_BACK = "recording.taken_back"
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
    WEEK_SET = "week.set"
    TERM_SET = "term.set"
    PACE_SET = "pace.set"
    WEEK_LOST = "week.lost"
    ALONG_STARTED = "along.started"
    ALONG_ENDED = "along.ended"
    ALONG_ASKED = "along.asked"
    PACK_SENT = "pack.sent"
    PACK_OPENED = "pack.opened"
    CAPACITY_MEASURED = "capacity.measured"
    CONSENT_GIVEN = "consent.given"
    CONSENT_REFUSED = "consent.refused"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONSENT_ASKED = "consent.asked"
    PROFILE_CHOSEN = "profile.chosen"
    PULSE_IMPORTED = "pulse.imported"
    PULSE_DELETED = "pulse.deleted"
    LESSON_DISCUSSED = "lesson.discussed"
    LESSON_SUGGESTED = "lesson.suggested"
    LESSON_SHARED = "lesson.shared"
    QUESTION_WRITTEN = "question.written"
    QUESTION_RETIRED = "question.retired"
    QUESTIONS_IMPORTED = "question.imported"
    QUESTIONS_EXPORTED = "question.exported"
    HANDED_IN = "attempt.handed_in"
    ATTEMPT_REOPENED = "attempt.reopened"
    ATTEMPT_WITHDRAWN = "attempt.withdrawn"
    LATE_DECIDED = "attempt.late_decided"
    CAUSE_SAID = "cause.said"
    DRILL_MADE = "drill.made"
    EXPLAINED = "error.explained"
    EXPLANATION_SEEN = "explanation.seen"
    LIVE_ASKED = "live.asked"
    LIVE_ANSWERED = "live.answered"
    DOUBTED = "practice.doubted"
    HOMEWORK_SET = "homework.set"
    HOMEWORK_MOVED = "homework.moved"
    HOMEWORK_WITHDRAWN = "homework.withdrawn"
    HOMEWORK_RETURNED = "homework.returned"
    HOMEWORK_SIGNED = "homework.signed"
    EXAM_PLANNED = "exam.planned"
    EXAM_CHANGED = "exam.changed"
    EXAM_STARTED = "exam.started"
    EXAM_WATCHED = "exam.watched"
    EXAM_EXTENDED = "exam.extended"
    EXAM_PAUSED = "exam.paused"
    EXAM_RESUMED = "exam.resumed"
    EXAM_NOTED = "exam.noted"
    EXAM_RELEASED = "exam.released"
    EXAM_APPEALED = "exam.appealed"
    APPEAL_ANSWERED = "exam.appeal_answered"
    SHEETS_PRINTED = "sheets.printed"
    SHEETS_SCANNED = "sheets.scanned"
    SHEET_DECIDED = "sheet.decided"
    DESK_SET = "desk.set"
    DESK_MARKED = "desk.marked"
    DESK_ARBITRATED = "desk.arbitrated"


# The acts that add minutes to a day: the player reports the seconds that were new to the person.
WATCHING = frozenset({Verb.PROGRESSED, Verb.COMPLETED})
# The acts that make a lesson one of the day's lessons.
LESSONS = frozenset({Verb.OPENED, Verb.PLAYED, Verb.PROGRESSED, Verb.COMPLETED})
# The acts by which somebody took part in learning on a day.
LEARNING = LESSONS | {
    Verb.PRESENT,
    Verb.NOTE_SAVED,
    Verb.ANSWERED,
    Verb.PLAN_TICKED,
    Verb.PACK_OPENED,
    Verb.HANDED_IN,
}
# The acts that are a visit: coming in, opening a lesson or what a lesson left.
VISITS = frozenset({Verb.SIGNED_IN, Verb.OPENED, Verb.PACK_OPENED})
# A person's day counts for at most so much in a school's sums.
MOST_VISITS, MOST_SECONDS = 50, 4 * 3600


@dataclass(frozen=True)
class SeatOf:
    """A pupil's place on the roster of a week."""

    person_id: int
    school_id: int
    grade: int


@dataclass(frozen=True)
class SchoolSum:
    """A grade of a school on one day, exactly: only for what makes shown figures of it.

    ``hours``: people per hour of the day, 24 numbers.
    """

    school_id: int
    grade: int
    enrolled: int
    took_part: int
    on_platform: int
    visits: int
    seconds: int
    hours: tuple[int, ...]


@dataclass(frozen=True)
class EventLine:
    """One act as it is told to the person whom it concerns."""

    at: datetime
    verb: str
    object_kind: str
    object_id: int
    title: str
    seconds: int
    id: int = 0
    uid: str = ""
    actor_id: int = 0
    subject_id: int = 0
    school_id: int = 0
    class_id: int = 0
    lesson_id: int = 0
    purpose: str = ""
    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PastAct:
    """An act that happened before it was written here (an import, the demo city)."""

    uid: UUID
    at: datetime
    day: date
    actor_id: int
    verb: Verb
    object_kind: str
    object_id: int = 0
    title: str = ""
    subject_id: int = 0
    school_id: int = 0
    class_id: int = 0
    lesson_id: int = 0
    seconds: int = 0
    purpose: str = "teaching"
    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DaySum:
    """A person's day: minutes of lessons seen for the first time, lessons, acts."""

    person_id: int
    day: date
    minutes: float
    lessons: int
    acts: int


# Fewer people than this are never shown as a number.
K = 10
OTHERS = "others"


@dataclass(frozen=True)
class Count:
    """Acts of at least ``K`` people; ``key`` is an hour, a verb, or ``OTHERS`` (joined groups)."""

    key: str
    acts: int
    people: int


@dataclass(frozen=True)
class LessonUse:
    lesson_id: int
    title: str
    people: int


@dataclass(frozen=True)
class LakeState:
    """How much lies in the lake, and how old what it does not know yet is."""

    events: int
    bytes: int
    files: int
    days: int
    waiting: int
    flushed_at: datetime | None


@dataclass(frozen=True)
class Acts:
    """What was done at some schools, in groups that are never small (see ``rules.joined``).

    ``hours``: today, each whole hour by itself. ``verbs``: the last finished day. ``lessons``: the
    last seven finished days. Only finished spans, so that no two looks differ by one person.
    """

    today: date
    until: datetime
    finished: date
    hours: tuple[Count, ...]
    verbs: tuple[Count, ...]
    lessons: tuple[LessonUse, ...]

"""The consequential acts, and what the audit hands out."""

import json
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
    PASSWORD_RESET = "password.reset"  # noqa: S105
    SECOND_FACTOR_REMOVED = "second_factor.removed"
    CARDS_ISSUED = "cards.issued"
    CARD_REVOKED = "card.revoked"
    PICTURES_SET = "pictures.set"
    CODE_CHANGED = "class.code_changed"
    GUARDIAN_INVITED = "guardian.invited"
    BACKUP_RESTORED = "backup.restored"
    BULK_STOPPED = "bulk.stopped"
    HOMEWORK_OVER_LIMIT = "homework.over_limit"
    HOMEWORK_RETURNED = "homework.returned"
    CAUSE_CORRECTED = "cause.corrected"
    DRILL_SENT = "drill.sent"
    EXPLANATION_SENT = "explanation.sent"
    EXPLANATION_WITHDRAWN = "explanation.withdrawn"
    DOUBT_ANSWERED = "doubt.answered"
    EXAM_CHANGED = "exam.changed"
    EXAM_STOPPED = "exam.stopped"
    EXAM_EXTENDED = "exam.extended"
    EXAM_REOPENED = "exam.reopened"
    STRAY_DECIDED = "exam.stray_decided"
    RESULTS_RELEASED = "results.released"
    MARK_CHANGED = "mark.changed"
    APPEAL_DECIDED = "appeal.decided"
    SHEET_DECIDED = "sheet.decided"
    DESK_SET = "desk.set"
    MARK_ARBITRATED = "mark.arbitrated"
    ATTEMPT_REOPENED = "attempt.reopened"
    ATTEMPT_WITHDRAWN = "attempt.withdrawn"
    LATE_DECIDED = "attempt.late_decided"
    ERASURE_ASKED = "erasure.asked"
    EXPORT_ASKED = "export.asked"
    # Sealed work: never told to a family, nor counted where a family could see it.
    CASE_VIEWED = "case.viewed"
    SAFETY_VIEWED = "safety.viewed"


# What "who looked" never shows: that somebody looks after a child may endanger the child.
SEALED = frozenset({Act.CASE_VIEWED, Act.SAFETY_VIEWED})


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


@dataclass(frozen=True)
class Line:
    """One line as it is told to people."""

    at: datetime
    actor_id: int
    role: str
    act: str
    subject_id: int
    object_kind: str
    object_id: int
    school_id: int
    reason: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Signed:
    """A head of the chain with its number, its moment and the server's signature."""

    id: int
    at: datetime
    seq: int
    hash: str
    signature: str

    def as_json(self) -> dict[str, Any]:
        at = self.at.isoformat(timespec="microseconds")
        return {
            "n": self.id, "at": at, "seq": self.seq, "hash": self.hash, "signature": self.signature
        }  # fmt: skip

    @staticmethod
    def of_json(line: str) -> "Signed":
        """What a line of the second place says; number 0 for one that says nothing."""
        try:
            told = json.loads(line)
            at = datetime.fromisoformat(told["at"])
            numbers = int(told["n"]), at, int(told["seq"])
            return Signed(*numbers, str(told["hash"]), str(told["signature"]))
        except (ValueError, KeyError, TypeError):
            return Signed(0, datetime.min, 0, "", "")  # noqa: DTZ901 - nothing is compared with it


@dataclass(frozen=True)
class CodeAnswer:
    """A code that somebody kept: its checkpoint, and whether the chain still holds that line."""

    checkpoint: Signed
    held: bool


class FaultKind(StrEnum):
    """What was done to the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    CUT = "cut"
    REPLACED = "replaced"
    CLOCK = "clock"
    EMPTIED = "emptied"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold: at line ``seq``, up to ``until`` when it is a stretch."""

    kind: FaultKind
    seq: int
    text: str
    until: int = 0


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found. ``emptied``: lines whose texts an erasure took."""

    lines: int
    first: int
    last: int
    checkpoints: int
    emptied: int
    seconds: float
    faults: tuple[Fault, ...] = ()

    @property
    def good(self) -> bool:
        return not self.faults

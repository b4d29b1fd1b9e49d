"""Is it homework that can be set? Codes, which actions turn into words."""

from enum import StrEnum

from yunke.school.homework.values import Setting, Task

MOST_QUESTIONS, MOST_MINUTES, MOST_POINTS = 100, 600, 100
LONGEST_TITLE, LONGEST_WORDS = 80, 1000


class Fault(StrEnum):
    TITLE = "title"
    NOTHING = "nothing"
    TOO_MANY = "too_many"
    TWICE = "twice"
    POINTS = "points"
    MINUTES = "minutes"
    BACKWARDS = "backwards"
    NOBODY = "nobody"


def fault_of(setting: Setting) -> Fault | None:
    """The first thing wrong with it; None when there is none."""
    asked = setting.asked
    checks = (
        (Fault.TITLE, not 0 < len(setting.title.strip()) <= LONGEST_TITLE),
        (Fault.NOTHING, not asked),
        (Fault.TOO_MANY, len(asked) > MOST_QUESTIONS),
        (Fault.TWICE, len({one.question_id for one in asked}) < len(asked)),
        (Fault.POINTS, not all(0 < one.points <= MOST_POINTS for one in asked)),
        (Fault.MINUTES, not 0 <= setting.minutes <= MOST_MINUTES),
        (Fault.BACKWARDS, setting.due_at <= setting.opens_at),
        (Fault.NOBODY, not setting.pupils),
    )
    return next((fault for fault, there in checks if there), None)


# Kinds that rules settle alone, as ``craft.marking`` marks them.
SETTLED = frozenset(
    {"choice", "multiple", "true-false", "blanks", "number", "formula", "matching", "ordering"}
)
# Kinds that are no written work.
SPOKEN_OR_DONE = frozenset({"reading", "recitation", "practical", "signed"})
KIND_OF_TASK = {
    Task.PAPER: "handwriting",
    Task.READING: "reading",
    Task.RECITATION: "recitation",
    Task.HANDWRITING: "handwriting",
    Task.PRACTICAL: "practical",
    Task.SIGNED: "signed",
}


def is_written(kinds: list[str]) -> bool:
    """Written work, unless all of it is read, recited, done or signed."""
    return not kinds or any(kind not in SPOKEN_OR_DONE for kind in kinds)

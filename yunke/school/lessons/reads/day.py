"""What the pupil's day asks: how far in today's lessons, and where they stopped last."""

from collections.abc import Sequence

from yunke.school.lessons.reads.watching import recent_of
from yunke.school.timetable.door import Left, Watched

RECENT = 40
BEGUN = 0.02


def watched(person_id: int, lesson_ids: Sequence[int]) -> Watched:
    """Shares of the lessons asked for, and the newest lesson that is begun, not finished.

    One query: the pupil's last lessons; one watched long before these counts as not watched.
    """
    recent = recent_of(person_id, limit=RECENT)
    wanted = set(lesson_ids)
    left = next((p for p in recent if p.share >= BEGUN and not p.finished), None)
    return Watched(
        shares={p.lesson_id: p.share for p in recent if p.lesson_id in wanted},
        left=Left(left.lesson_id, left.position, left.share) if left else None,
    )

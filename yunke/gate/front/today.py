"""Today's data of a pupil: what classmates share is encoded once, what is the pupil's is laid over.

The shared part (the broadcasts of a grade's day) is read at the timetable's door, encoded, and
kept for ``FRESH`` seconds. The pupil's own part (plan, progress, presence) is one query.
"""

from datetime import date
from typing import Any, NamedTuple

from yunke.base import statement
from yunke.base.clock import today as this_day
from yunke.base.kept import Kept
from yunke.gate.front.session import Pupil, seat_of
from yunke.gate.front.wire import JSON, Ask, Reply, Stop, encode
from yunke.school.library.door import lessons_gone
from yunke.school.timetable.door import OnAir, day_of_grade

FRESH = 5.0  # seconds
# One statement for all that is the pupil's own; the first column says what a row is, the others
# hold one type each, as PostgreSQL wants it. Unordered: an ORDER BY would lead SQLite through the
# index of a lesson's watchers, the whole city.
PLAN, PROGRESS, PRESENCE, ALONG = 0, 1, 2, 3
OWN = """
SELECT 0, position, id, broadcast_id, lesson_id, kind, title, minutes, done_at IS NOT NULL, 0.0
FROM timetable_planitem WHERE pupil_id = %s AND day = %s AND dropped_at IS NULL
UNION ALL SELECT 1, lesson_id, seconds, of_seconds, 0, '', '', 0, finished_at IS NOT NULL, position
FROM lessons_watch WHERE person_id = %s AND lesson_id IN ({})
UNION ALL SELECT 2, 0, 0, 0, 0, '', '', 0, 1 = 0, 0.0
FROM lessons_presence WHERE person_id = %s AND day = %s
UNION ALL SELECT 3, id, lesson_id, 0, 0, '', '', 0, 1 = 0, 0.0
FROM lessons_along WHERE class_id = %s AND ended_at IS NULL
"""


class Shared(NamedTuple):
    """What all pupils of a grade see today: the beginning of the JSON, and which lessons."""

    head: bytes
    lessons: tuple[int, ...]
    own: str


_shared: Kept[Shared] = Kept(seconds=FRESH, limit=500)
_day: Kept[date] = Kept(seconds=1.0, limit=1)


async def today(ask: Ask) -> Reply:
    """A pupil's day as JSON. One query, another when the token was not seen for a second."""
    pupil = seat_of(ask, "plan.write").pupil
    if pupil is None:
        raise Stop(404)
    return Reply(200, today_of(pupil, _day.get(0, this_day)), JSON)


def today_of(pupil: Pupil, day: date) -> bytes:
    """{"day", "grade", "lessons": [...], "plan": [...], "progress": {...}, "along", "present"}"""
    # What was taken back is part of the key: it is gone from here as soon as it is known.
    key = (pupil.city, pupil.county, pupil.school, pupil.grade, day, lessons_gone())
    shared = _shared.get(key, lambda: shared_of(pupil, day))
    date_text = day.isoformat()
    values = (
        pupil.id, date_text, pupil.id, *shared.lessons, pupil.id, date_text, pupil.class_id,
    )  # fmt: skip
    own: dict[str, Any] = {"plan": [], "progress": {}, "along": None, "present": False}
    for row in statement.rows(shared.own, values):
        _lay(own, row)
    if own["plan"]:
        own["plan"] = [_stop(row) for row in sorted(own["plan"])]
    return shared.head + encode(own)[1:]


def _lay(own: dict[str, Any], row: tuple[Any, ...]) -> None:
    """Put one row of the pupil's own where it belongs."""
    what = row[0]
    if what == PROGRESS:
        lesson, seconds, of, finished, position = *row[1:4], row[8], row[9]
        share = round(seconds / of, 4) if of > seconds else float(of > 0)
        own["progress"][lesson] = {
            "position": position, "share": share, "finished": bool(finished),
        }  # fmt: skip
    elif what == PLAN:
        own["plan"].append(row)
    elif what == PRESENCE:
        own["present"] = True
    else:
        own["along"] = {"id": row[1], "lesson": row[2]}


def shared_of(pupil: Pupil, day: date) -> Shared:
    on_air = day_of_grade(
        pupil.city, pupil.grade, day, county_id=pupil.county, school_id=pupil.school
    )
    lessons = tuple({b.lesson_id for b in on_air})
    # A JSON object that is left open: the pupil's own part goes on where this ends.
    head = encode({"day": day, "grade": pupil.grade, "lessons": [_lesson(b) for b in on_air]})
    marks = ", ".join(["%s"] * len(lessons)) or "NULL"
    return Shared(head[:-1] + b",", lessons, OWN.format(marks))


def _lesson(b: OnAir) -> dict[str, Any]:
    return {
        "broadcast": b.id, "lesson": b.lesson_id, "title": b.title, "title_en": b.title_en,
        "subject": b.subject, "period": b.period, "starts_at": b.starts_at, "ends_at": b.ends_at,
        "minutes": b.minutes, "has_video": b.has_video, "poster": b.poster,
    }  # fmt: skip


def _stop(row: tuple[Any, ...]) -> dict[str, Any]:
    _what, _position, number, broadcast, lesson, kind, title, minutes, done, _at = row
    return {
        "id": number, "broadcast": broadcast, "lesson": lesson, "kind": kind, "title": title,
        "minutes": minutes, "done": bool(done),
    }  # fmt: skip

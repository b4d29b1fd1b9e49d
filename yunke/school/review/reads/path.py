"""The way of a lesson as a drawing of four stops, and what changed between two hand-ins."""

from datetime import datetime

from django.db.models import F

from yunke.base.clock import today
from yunke.school.preparing.door import (
    FieldDifference,
    VersionShown,
    compared,
    version_by_number,
    version_shown,
)
from yunke.school.review.models import Moved, Submission
from yunke.school.review.reads.desk import day_of
from yunke.school.review.reads.one import state_of
from yunke.school.review.rules import school_days
from yunke.school.review.values import Level, State, Stop

S = State
# For each state: the mood of (handed in, county, city, shown).
MOODS: dict[str, tuple[str, str, str, str]] = {
    "": ("here", "ahead", "ahead", "ahead"),
    S.SUBMITTED: ("done", "here", "ahead", "ahead"),
    S.COUNTY_REVIEWING: ("done", "here", "ahead", "ahead"),
    S.COUNTY_RETURNED: ("done", "back", "ahead", "ahead"),
    S.COUNTY_PASSED: ("done", "done", "here", "ahead"),
    S.CITY_REVIEWING: ("done", "done", "here", "ahead"),
    S.CITY_RETURNED: ("done", "done", "back", "ahead"),
    S.PUBLISHED: ("done", "done", "done", "done"),
    S.WITHDRAWN: ("done", "ahead", "ahead", "ahead"),
}
KEYS = ("submit", "county", "city", "published")


def stops_of(row: Submission | None) -> tuple[Stop, ...]:
    """Four stops, or three without a county; when and by whom each was left. One query."""
    state = state_of(row) if row else ""
    moods = dict(zip(KEYS, MOODS[state], strict=True))
    if row is None:
        return tuple(Stop(key, moods[key]) for key in KEYS)
    if state == S.COUNTY_PASSED and row.aim == Level.COUNTY:
        moods["city"] = "ahead"
    moves = Moved.objects.filter(submission=row).annotate(who=F("person__name")).order_by("id")
    left: dict[str, tuple[datetime, str]] = {}
    for move in moves:
        key = _left(move)
        if key:
            left[key] = (move.made_at, move.who or "")
    if "city" in left and state == S.PUBLISHED:
        left["published"] = (left["city"][0], "")
    days = school_days(day_of(row.waiting_since), today())
    return tuple(
        _stop(key, moods[key], left.get(key), days)
        for key in KEYS
        if key != "county" or row.county_id
    )


def _stop(key: str, mood: str, left: tuple[datetime, str] | None, days: int) -> Stop:
    at, name = left or (None, "")
    return Stop(key, mood, at, name, days if mood == "here" else 0)


def _left(move: Moved) -> str:
    if move.what in {"submit", "resubmit"}:
        return "submit"
    return move.level if move.what in {"pass", "return"} else ""


def differences(row: Submission) -> list[FieldDifference]:
    """What changed since the hand-in before; [] for the first. At most six queries."""
    if row.round < 2:
        return []
    before = (
        Moved.objects.filter(submission=row, round=row.round - 1, version_id__gt=0)
        .order_by("-id")
        .values_list("version_id", flat=True)
        .first()
    )
    return _between(version_shown(before or 0), version_shown(row.version_id))


def differences_now(row: Submission) -> list[FieldDifference]:
    """What its makers changed since it was handed in. At most eleven queries."""
    newest = version_by_number(row.lesson_id, row.lesson.version)
    return _between(version_shown(row.version_id), newest)


def _between(old: VersionShown | None, new: VersionShown | None) -> list[FieldDifference]:
    if old is None or new is None or old.id == new.id:
        return []
    return compared(old.content, new.content)

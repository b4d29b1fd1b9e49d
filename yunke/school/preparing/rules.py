"""Which fields changed, and what becomes of two people's changes at once. Plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from yunke.craft.texts.difference import merged, merged_text
from yunke.school.preparing.values import FIELDS, TEXTS, WRITTEN, Content

# One person's saves in a row are one version until so much time has gone by.
SITTING = timedelta(minutes=10)
# Seconds after which somebody who said nothing is no longer here.
HERE = timedelta(seconds=12)
MOST_GOALS, MOST_POINTS, MOST_CHAPTERS = 12, 20, 60
MOST_THREADS, MOST_COMMENTS, MOST_COLLEAGUES, MOST_SUGGESTIONS = 2000, 500, 30, 500


def changed(old: Content, new: Content) -> tuple[str, ...]:
    """The fields that differ, in their order."""
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))


class Clash(Exception):
    """Both wrote the same place. ``kept`` is what is saved, ``mine`` what was to be, with every
    change in it that could be put together; ``fields`` are left to choose."""

    def __init__(self, kept: Content, mine: Content, fields: tuple[str, ...], number: int) -> None:
        super().__init__(", ".join(fields))
        self.kept, self.mine, self.fields, self.number = kept, mine, fields, number


def together(was: Content, mine: Content, kept: Content) -> tuple[Content, tuple[str, ...]]:
    """My changes since ``was`` put into what is kept; the fields where that cannot be done.

    A field that only one of us touched is that one's. Lists are put together line by line;
    running text that both wrote is for people to decide.
    """
    values: dict[str, Any] = {}
    clashing = []
    for name in WRITTEN:
        before, own, now = getattr(was, name), getattr(mine, name), getattr(kept, name)
        if own in (before, now):
            continue
        if now == before:
            values[name] = own
            continue
        both = _both(name, before, own, now)
        if both is None:
            clashing.append(name)
        values[name] = own if both is None else both
    return replace(kept, **values), tuple(clashing)


def _both(name: str, before: Any, own: Any, now: Any) -> Any:
    """One field that both changed, put together; None where people must choose."""
    if name == "points":
        return points_together(before, own, now)
    if name not in {"goals", "chapters"}:
        return None
    both = merged(before, own, now)
    if both is None:
        return None
    if name == "goals":
        return both if len(both) <= MOST_GOALS else None
    return tuple(sorted(both)) if len(both) <= MOST_CHAPTERS else None


def points_together(
    before: Sequence[str], own: Sequence[str], now: Sequence[str]
) -> tuple[str, ...] | None:
    """Points have no order: what either added is there, what either took away is not."""
    gone = (set(before) - set(own)) | (set(before) - set(now))
    found = tuple(sorted((set(own) | set(now)) - gone))
    return found if len(found) <= MOST_POINTS else None


def extends(
    *, made_by: int | None, made_at: datetime, sealed: bool, who_id: int | None, moment: datetime
) -> bool:
    """Does a save go into the newest version instead of beginning another?"""
    return not sealed and who_id is not None and made_by == who_id and moment - made_at < SITTING


def suggested(content: Content, field: str, was: str, now: str) -> Content | None:
    """The content with a suggestion in it; None when the place reads differently by now.

    For a goal ``was`` is the goal ("" to add one) and ``now`` its new words ("" to drop it).
    """
    if field == "goals":
        return _goal(content, was, now)
    present = getattr(content, field)
    text = now if present == was else merged_text(was, now, present)
    if text is None or len(text) > TEXTS[field] or (field == "title" and not text):
        return None
    changes: dict[str, Any] = {field: text}
    return replace(content, **changes)


def _goal(content: Content, was: str, now: str) -> Content | None:
    goals = list(content.goals)
    if now in goals or (was not in goals if was else len(goals) >= MOST_GOALS):
        return None
    place = goals.index(was) if was else len(goals)
    goals[place : place + 1] = [now] if now else []
    return replace(content, goals=tuple(goals))


def mentioned(text: str, names: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """Whom a comment calls by "@name". Longer names first: @王小明 does not call 王小."""
    found = []
    rest = text
    for person, name in sorted(names, key=lambda pair: -len(pair[1])):
        if name and f"@{name}" in rest:
            found.append(person)
            rest = rest.replace(f"@{name}", "")
    return tuple(found)


def minutes_guess(content: Content, film_seconds: float) -> int:
    """How long the lesson will take, in minutes: the film, a minute a task, and two a goal when
    there is no film yet. At least one."""
    film = film_seconds / 60 if film_seconds else 0
    talk = 0 if film else 3 * len(content.goals)
    return max(1, round(film + talk + len(content.tasks)))

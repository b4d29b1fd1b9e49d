"""A pupil's day as a path of stops, drawn once for all classmates and overlaid with one's own.

A stop of the day's broadcasts looks the same for everybody of the grade but for its key, its tick
and how much was watched. So it is drawn once per language, size and state, with marks where the
pupil's own goes, and kept for some seconds.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from yunke.base.kept import Kept
from yunke.school.library.door import materials_of
from yunke.school.timetable.rules import is_live, next_stop
from yunke.school.timetable.values import Material, OnAir, Stop

SECONDS = 60.0
AHEAD = 4
Materials = tuple[Material, ...]
ONCE, TOKEN, SHARE = "\x00once\x00", "\x00token\x00", "\x00share\x00"
_drawn: Kept[str] = Kept(seconds=SECONDS, limit=4000)
_kept_materials: Kept[dict[int, Materials]] = Kept(seconds=SECONDS)


@dataclass(frozen=True)
class Day:
    """Whose day is shown, and where its forms go."""

    pupil_id: int
    day: date
    base: str
    small: bool = False


def draw_path(
    request: HttpRequest, whose: Day, stops: Sequence[Stop], moment: datetime
) -> SafeString:
    """The stops as HTML, the next one large."""
    token = str(escape(get_token(request)))
    coming = next_stop(stops, moment)
    materials = _materials_of(stops)
    parts = [
        _draw(whose, stop, _state(stop, coming, moment), materials.get(stop.lesson_id, ()))
        .replace(ONCE, str(uuid.uuid4()))
        .replace(TOKEN, token)
        .replace(SHARE, str(round(100 * stop.watched)))
        for stop in stops
    ]
    return mark_safe("".join(parts))  # noqa: S308 drawn by templates, tokens escaped


def draw_ahead(day: date, broadcasts: Sequence[OnAir]) -> SafeString:
    """The first lessons of the day after, the same for all classmates. Kept."""
    if not broadcasts:
        return mark_safe("")
    found = {"after": day, "ahead": broadcasts[:AHEAD]}
    key = (get_language(), "ahead", day, broadcasts[:AHEAD])
    return mark_safe(  # noqa: S308 drawn by a template
        _drawn.get(key, lambda: render_to_string("timetable/ahead.html", found))
    )


def _state(stop: Stop, coming: Stop | None, moment: datetime) -> str:
    if stop.done:
        return "done"
    if coming is None or stop.key != coming.key:
        return "later"
    return "live" if is_live(stop, moment) else "next"


def _draw(whose: Day, stop: Stop, state: str, materials: Materials) -> str:
    """One's own words are drawn anew; what classmates share is kept."""
    if not stop.broadcast_id:
        return _render(whose, stop, state, materials)
    shared = replace(stop, id=0, watched=0.0)
    key = (get_language(), whose.base, whose.small, whose.day, state, shared, materials)
    return _drawn.get(key, lambda: _render(whose, shared, state, materials))


def _render(whose: Day, stop: Stop, state: str, materials: Materials) -> str:
    marks = {"ONCE": ONCE, "TOKEN": TOKEN, "SHARE": SHARE}
    found = {"stop": stop, "state": state, "whose": whose, "materials": materials}
    return render_to_string("timetable/stop.html", found | marks)


def _materials_of(stops: Sequence[Stop]) -> dict[int, Materials]:
    """What belongs to the lessons of the stops. One query, kept for classmates."""
    ids = tuple(sorted({s.lesson_id for s in stops if s.lesson_id}))
    return _kept_materials.get(ids, lambda: _read_materials(ids)) if ids else {}


def _read_materials(ids: tuple[int, ...]) -> dict[int, Materials]:
    return {
        lesson: tuple(Material(kind, title, amount) for kind, title, amount in lines)
        for lesson, lines in materials_of(ids).items()
    }

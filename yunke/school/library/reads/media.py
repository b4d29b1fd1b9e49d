"""Who may have a media file: asked by the front for every playlist, segment and page."""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery

from yunke.ground.people.door import Place, Who, allowed, holds
from yunke.school.library.models import Asset, Colleague, Lesson
from yunke.school.library.reads.reach import reached, standing_of

PATH = re.compile(r"(?:/?media)?/?lessons/([0-9]{1,18})/([0-9]{1,18})/([A-Za-z0-9][\w./-]{0,200})")
POSTER = re.compile(r"poster\.jpg")
MayAlso = Callable[[int, int, Who], bool]
_also: list[MayAlso] = []


def media_also_from(may: MayAlso) -> None:
    """The room of reviews tells who else may have a file: ``may(lesson_id, asset_id, who)``."""
    _also[:] = [may]


class _Found(NamedTuple):
    """A lesson's file with what decides about it."""

    lesson_id: int
    asset_id: int
    rest: str
    place: Place
    published: bool
    downloads: bool
    reach: str
    # A file of the work that pupils do not get yet, or no more.
    hidden: bool
    helps: str

    @property
    def closed(self) -> bool:
        return self.rest.startswith("download/") and not self.downloads


def media_may(path: str, who: Who | None) -> bool:
    """The whole answer: may this person, or a stranger (None), have the file? One query.

    The poster of a lesson that reaches somebody is theirs (the catalogue is open), all else for
    those of them who may watch lessons; what does not reach them, and downloads that are not
    allowed, for those who may write the lesson. Reviewers while they review: one query more.
    """
    found = _found(path, who.id if who else 0)
    if found is None:
        return False
    if who is not None and (found.place.person == who.id or _writes(who, found)):
        return True
    shown = (
        found.published and not found.hidden and reached(found.reach, found.place, standing_of(who))
    )
    if shown and not found.closed:
        return bool(POSTER.fullmatch(found.rest)) or (
            who is not None and holds(who, "lesson.watch")
        )
    return _reviewed(found, who)


def _writes(who: Who, found: _Found) -> bool:
    invited = bool(found.helps) and holds(who, "lesson.write")
    return invited or allowed(who, "lesson.write", found.place)


def _reviewed(found: _Found, who: Who | None) -> bool:
    """What is being reviewed is played, never taken home."""
    if who is None or found.rest.startswith("download/"):
        return False
    return any(may(found.lesson_id, found.asset_id, who) for may in _also)


def _found(path: str, who_id: int) -> _Found | None:
    parts = PATH.fullmatch(path)
    if parts is None or ".." in path:
        return None
    hidden = Asset.objects.filter(id=int(parts[2]), lesson=OuterRef("id"), shown=False)
    helps = Colleague.objects.filter(lesson=OuterRef("id"), person_id=who_id).values("role")[:1]
    row = (
        Lesson.objects.filter(id=int(parts[1]))
        .values_list(
            "state",
            "download_allowed",
            "author_id",
            "school_id",
            "county_id",
            "unit__city_id",
            "reach",
            Exists(hidden),
            Subquery(helps),
        )
        .first()
    )
    if row is None:
        return None
    state, download, author, school, county, city, reach, hide, helping = row
    place = Place(city=city, county=county, school=school, person=author or 0)
    published = state == Lesson.State.PUBLISHED
    return _Found(
        int(parts[1]), int(parts[2]), parts[3], place, published, download, reach, bool(hide),
        helping or "",
    )  # fmt: skip

"""Who may have a media file: asked by the front for every playlist, segment and page."""

import re

from yunke.ground.people.door import Place, Who, allowed, holds
from yunke.school.library.models import Lesson
from yunke.school.library.values import MediaRule

PATH = re.compile(r"(?:/?media)?/?lessons/([0-9]{1,18})/([0-9]{1,18})/([A-Za-z0-9][\w./-]{0,200})")
POSTER = re.compile(r"poster\.jpg")


def media_lesson(path: str) -> MediaRule | None:
    """What decides about a file under ``lessons/<lesson>/<asset>/``. One query, by primary key.

    None for a path that is no lesson's file: refuse it.
    """
    found = _found(path)
    if found is None:
        return None
    place, published, allowed_download, lesson_id, rest = found
    closed = rest.startswith("download/") and not allowed_download
    return MediaRule(lesson_id, published, place.person, closed)


def media_may(path: str, who: Who | None) -> bool:
    """The whole answer: may this person, or a stranger (None), have the file? One query.

    A published lesson's poster is for everybody (the catalogue is open), all else for those who
    may watch lessons; what is not published, and downloads that are not allowed, for those who
    may write the lesson.
    """
    found = _found(path)
    if found is None:
        return False
    place, published, allowed_download, _lesson, rest = found
    if who is not None and (place.person == who.id or allowed(who, "lesson.write", place)):
        return True
    if not published or (rest.startswith("download/") and not allowed_download):
        return False
    return bool(POSTER.fullmatch(rest)) or (who is not None and holds(who, "lesson.watch"))


def _found(path: str) -> tuple[Place, bool, bool, int, str] | None:
    parts = PATH.fullmatch(path)
    if parts is None or ".." in path:
        return None
    row = (
        Lesson.objects.filter(id=int(parts[1]))
        .values_list(
            "state", "download_allowed", "author_id", "school_id", "county_id", "unit__city_id"
        )
        .first()
    )
    if row is None:
        return None
    state, download, author, school, county, city = row
    place = Place(city=city, county=county, school=school, person=author or 0)
    return place, state == Lesson.State.PUBLISHED, download, int(parts[1]), parts[3]

"""The ten-foot page and its player: arrow keys, OK and Back are all there is."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from yunke.base.clock import now, today
from yunke.base.pages import Asked, open_page
from yunke.gate.terminals.reads import GRADES, couch_of, lessons_shelf, shelves_of
from yunke.ground.people.door import Who, city_id, holds
from yunke.school.lessons.door import progress_of
from yunke.school.library.door import SUBJECT_NAMES, LessonFull, lesson_full, standing_of
from yunke.school.timetable.door import air_of_day, now_and_next

COOKIE = "yunke_grade"


@require_GET
@open_page("a TV in the living room shows what is on air before anybody signs in")
def tv(request: Asked) -> HttpResponse:
    who: Who | None = request.who
    asked = grade_asked(request, who)
    couch = couch_of(who, grade=asked, child=_number(request.GET.get("child", "")))
    moment = now()
    context = {
        "couch": couch,
        "grades": GRADES,
        "children": who.children if who else (),
        "shelves": shelves_of(couch, today(), moment),
        "day": today(),
        "clock": localtime(moment),
    }
    response = render(request, "terminals/tv.html", context)
    if request.GET.get("grade") == str(couch.grade):
        response.set_cookie(COOKIE, str(couch.grade), max_age=180 * 24 * 3600, samesite="Lax")
    return response


def grade_asked(request: Asked, who: Who | None) -> int:
    """From the address; on a TV that nobody signed in to, the last one chosen. 0: not asked."""
    asked = _grade(request.GET.get("grade", ""))
    if asked or (who is not None and (who.is_pupil or who.children)):
        return asked
    return _grade(request.COOKIES.get(COOKIE, ""))


@require_GET
@open_page("the catalogue is open to everybody")
def subject(request: Asked, name: str) -> HttpResponse:
    if name not in SUBJECT_NAMES:
        raise Http404
    grade = _grade(request.GET.get("grade", "")) or 1
    shelf = lessons_shelf(grade, name, standing_of(request.who))
    context = {"grade": grade, "subject": name, "shelf": shelf}
    return render(request, "terminals/tv_subject.html", context)


@require_GET
@open_page("a channel of a list leads to what its grade sees now")
def tv_now(request: Asked, grade: int) -> HttpResponse:
    if grade not in GRADES:
        raise Http404
    mine = [b for b in air_of_day(city_id(), today()) if b.grade == grade]
    running, _coming = now_and_next(mine, now())
    path = f"/tv/lesson/{running.lesson_id}" if running else f"/tv?grade={grade}"
    return HttpResponseRedirect(path)


@require_GET
@open_page("what a lesson is about may be seen by everybody; watching it needs signing in")
def lesson(request: Asked, lesson_id: int) -> HttpResponse:
    who: Who | None = request.who
    full = lesson_full(lesson_id, who)
    if full is None:
        raise Http404
    may_watch = who is not None and holds(who, "lesson.watch")
    context: dict[str, Any] = {"lesson": full.card, "may_watch": may_watch}
    if who is not None and may_watch and full.playlist:
        context["feed"] = feed(full, who)
    return render(request, "terminals/tv_lesson.html", context)


def feed(full: LessonFull, who: Who) -> dict[str, Any]:
    """What the player needs, as JSON. One query."""
    progress = progress_of(who.id, [full.card.id]).get(full.card.id)
    kept = progress is not None and not progress.finished
    return {
        "lesson": full.card.id,
        "playlist": full.playlist,
        "poster": full.poster,
        "seconds": full.card.seconds,
        "position": progress.position if progress and kept else 0,
        "keep": holds(who, "progress.write") and full.state == "published",
        "tracks": [{"language": t.language, "url": t.url} for t in full.tracks],
        "language": "en" if (get_language() or "").startswith("en") else "zh",
    }


def _grade(text: str) -> int:
    number = _number(text)
    return number if number in GRADES else 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0

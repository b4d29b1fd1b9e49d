"""A pupil's day: the path of stops, the next one large; for the pupil and its guardians."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from yunke.base.clock import now, today
from yunke.base.kept import Kept
from yunke.base.pages import page
from yunke.ground.people.door import PersonName, Place, Who
from yunke.school.library.door import (
    LessonCard,
    Standing,
    lesson_cards,
    lessons_gone,
    reaches,
)
from yunke.school.timetable.actions.plan import day_looked
from yunke.school.timetable.reads.plan import (
    broadcasts_at,
    place_of,
    plan_rows,
    stops_off,
    stops_over,
    watched_of,
    with_shares,
)
from yunke.school.timetable.rules import next_stop
from yunke.school.timetable.values import Left, OnAir, Stop, Watched
from yunke.school.timetable.views.choice import day_chosen, who_of
from yunke.school.timetable.views.path import Day, draw_ahead, draw_path

_cards: Kept[LessonCard | None] = Kept(seconds=60)
MINUTES_CHOICES = (10, 15, 20, 30, 45)


@dataclass(frozen=True)
class Resume:
    """The lesson left unfinished, as the card shows it."""

    card: LessonCard
    left: Left


@dataclass(frozen=True)
class DayRead:
    """Everything that a page of the day shows."""

    whose: Day
    place: Place
    stops: tuple[Stop, ...]
    dropped: tuple[Stop, ...]
    watched: Watched
    ahead: tuple[OnAir, ...]


@require_GET
@page("plan.write")
def home(request: HttpRequest) -> HttpResponse:
    """The pupil's home. A guardian is led to the child's day."""
    who = asked_by(request)
    if who.is_pupil:
        return day_page(request, who, who.id)
    if not who.children:
        return HttpResponseRedirect("/child")
    return HttpResponseRedirect(f"/child/{who.children[0].id}/plan")


@require_GET
@page("plan.write")
def child(request: HttpRequest, pupil_id: int) -> HttpResponse:
    """The same day as its guardian sees it. The look is kept."""
    who = asked_by(request)
    shown = day_page(request, who, pupil_id)
    if who.id != pupil_id:
        day_looked(who, pupil_id)
    return shown


def day_page(request: HttpRequest, who: Who, pupil_id: int) -> HttpResponse:
    moment = now()
    read = read_day(who, pupil_id, day_chosen(request.GET.get("day", "")))
    stops = with_shares(read.stops, read.watched)
    context = {
        **day_context(who, read.whose),
        **sums(stops),
        "stops": stops,
        "path": draw_path(request, read.whose, stops, moment),
        "coming": next_stop(stops, moment),
        "moment": moment,
        "part": part_of_day(moment),
        "ahead": draw_ahead(read.whose.day + timedelta(days=1), read.ahead),
        "resume": resume_of(read.watched, next_stop(stops, moment), read.place),
    }
    return render(request, "timetable/today.html", context)


def asked_by(request: HttpRequest) -> Who:
    who = who_of(request)
    assert who is not None  # noqa: S101 a @page is never without
    return who


def read_day(who: Who, pupil_id: int, day: date) -> DayRead:
    """Two queries: the plan, and what was watched; the grade's day itself is kept."""
    place = place_of(who, pupil_id)
    if place is None:
        raise Http404
    rows = plan_rows(pupil_id, day)
    stops = stops_over(rows, place, day)
    mine = who.id == pupil_id
    base = "/today" if mine else f"/child/{pupil_id}/plan"
    whose = Day(pupil_id, day, base, small=mine and who.is_small)
    watched = watched_of(pupil_id, stops)
    dropped = stops_off(rows, place, day)
    ahead = broadcasts_at(place, day + timedelta(days=1))
    return DayRead(whose, place, stops, dropped, watched, ahead)


def day_context(who: Who, whose: Day) -> dict[str, object]:
    day = whose.day
    return {
        "whose": whose,
        "day": day,
        "is_today": day == today(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "child": child_of(who, whose.pupil_id),
        "children": who.children,
        "minutes_choices": MINUTES_CHOICES,
    }


def child_of(who: Who, pupil_id: int) -> PersonName | None:
    """The child whose day a guardian looks at; None for the pupil itself."""
    return next((c for c in who.children if c.id == pupil_id), None)


def sums(stops: tuple[Stop, ...]) -> dict[str, int]:
    """How many stops and minutes there are, and how many are behind."""
    done = [s for s in stops if s.done]
    return {
        "count": len(stops),
        "done": len(done),
        "minutes": sum(s.minutes for s in stops),
        "minutes_left": sum(s.minutes for s in stops if not s.done),
    }


def resume_of(watched: Watched, coming: Stop | None, place: Place) -> Resume | None:
    """The card "go on where you stopped", unless the next stop is that lesson already."""
    left = watched.left
    if left is None or (coming is not None and coming.lesson_id == left.lesson_id):
        return None
    card = _cards.get(left.lesson_id, lambda: lesson_cards([left.lesson_id]).get(left.lesson_id))
    return Resume(card, left) if card is not None and _open(card, place) else None


def _open(card: LessonCard, place: Place) -> bool:
    """May the pupil of this place still watch it?"""
    standing = Standing(frozenset({place.county}), frozenset({place.school}))
    reached = reaches(card.reach, card.school_id, card.county_id, standing)
    return card.state == "published" and reached and card.id not in lessons_gone()


def part_of_day(moment: datetime) -> str:
    """``morning``, ``noon``, ``afternoon`` or ``evening``, by the school's clock."""
    hour = localtime(moment).hour
    parts = ((11, "morning"), (13, "noon"), (18, "afternoon"))
    return next((part for until, part in parts if hour < until), "evening")

"""The guardian's page: one's own child's day, minutes and lessons; nothing finer than that."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.ground.lake.door import Verb, event_record, minutes_by_day
from yunke.ground.people.door import PersonName, Place, Who, allowed, places_of, pupils_read
from yunke.school.lessons.reads.classes import day_minutes, presence_days, span
from yunke.school.lessons.reads.packs import packs_of
from yunke.school.lessons.reads.watching import recent_of, shares_of
from yunke.school.lessons.rules.chart import BarChart, bar_chart
from yunke.school.lessons.values import DayMinutes
from yunke.school.library.door import lesson_cards
from yunke.school.timetable.door import plan_of

DAYS = 14


@require_GET
@page("child.read")
def child_page(request: Asked, child_id: int = 0) -> HttpResponse:
    """The child asked for, or the first. Another's child is not found. The look is kept."""
    who: Who = request.who
    child = _child(who, child_id)
    place = places_of([child.id])[child.id]
    pupils_read(who, [child.id], part="child", part_id=child.id, school_id=place.school)
    with transaction.atomic():
        event_record(
            actor_id=who.id,
            subject_id=child.id,
            verb=Verb.GUARDIAN_LOOKED,
            object_kind="child",
            object_id=child.id,
            school_id=place.school,
            class_id=place.class_id,
            purpose="guardian",
        )
    return render(
        request,
        "lessons/child.html",
        {
            "child": child,
            "children": who.children,
            **day_of(child),
            **weeks_of(child),
            **lessons_of(child),
        },
    )


def _child(who: Who, child_id: int) -> PersonName:
    """Raises Http404 for a child that is not this guardian's."""
    child = next((c for c in who.children if c.id == (child_id or c.id)), None)
    if child is None or not allowed(who, "child.read", Place(person=child.id)):
        raise Http404
    return child


def day_of(child: PersonName) -> dict[str, Any]:
    """Plan against done today, and when the child was there."""
    day = today()
    plan = plan_of([child.id], day)[child.id]
    shares = shares_of(child.id, [s.lesson_id for s in plan.stops if s.lesson_id])
    stops = [replace(s, watched=shares.get(s.lesson_id, 0.0)) for s in plan.stops]
    following = next((s for s in stops if s.lesson_id and s.has_video and not s.done), None)
    return {
        "day": day,
        "plan": plan,
        "stops": stops,
        "following": following,
        "presence": presence_days(child.id, day, day).get(day),
    }


def weeks_of(child: PersonName) -> dict[str, Any]:
    """Minutes and presence of the last two weeks, as a chart whose title says what it shows."""
    since, until = span(today(), DAYS)
    days = day_minutes(
        minutes_by_day(child.id, since, until), presence_days(child.id, since, until)
    )
    return {"days": days, "chart": chart_of(days), "finding": finding(days)}


def chart_of(days: tuple[DayMinutes, ...]) -> BarChart:
    return bar_chart([(_label(d.day), round(d.minutes, 1), d.present) for d in days])


def _label(day: date) -> str:
    return formats.date_format(day, "j") if day.day != 1 else formats.date_format(day, "n/j")


def finding(days: tuple[DayMinutes, ...]) -> str:
    """The sentence over the chart: this week against the week before, without a judgement."""
    half = len(days) // 2
    before = round(sum(d.minutes for d in days[:half]))
    now = round(sum(d.minutes for d in days[half:]))
    if not before and not now:
        return _("这两周还没有看课")
    told = {"now": now, "more": abs(now - before)}
    if now > before:
        return _("最近七天看了 %(now)d 分钟，比前七天多 %(more)d 分钟") % told
    if now < before:
        return _("最近七天看了 %(now)d 分钟，比前七天少 %(more)d 分钟") % told
    return _("最近七天看了 %(now)d 分钟，和前七天一样") % told


def lessons_of(child: PersonName) -> dict[str, Any]:
    """What was watched last with its share, and the packs."""
    recent = recent_of(child.id, 8)
    packs = packs_of(child.id, 5)
    cards = lesson_cards({p.lesson_id for p in recent} | {p.lesson_id for p in packs})
    return {
        "watched": [(cards[p.lesson_id], p) for p in recent if p.lesson_id in cards],
        "packs": [(cards[p.lesson_id], p) for p in packs if p.lesson_id in cards],
    }

"""The teacher's class: the exceptions on top, everybody below, and how a lesson was seen."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import (
    ClassName,
    PersonName,
    Place,
    Role,
    Who,
    allowed,
    city_id,
    class_by_id,
    class_pupils,
    county_of,
    pupils_read,
    school_classes,
)
from yunke.school.lessons.reads.along import along_open
from yunke.school.lessons.reads.classes import (
    heats_of,
    presences_of,
    pupil_lines,
    shares_of_many,
)
from yunke.school.lessons.reads.packs import packs_sent
from yunke.school.lessons.rules.chart import STRIP_HEIGHT, STRIP_WIDTH, heat_strip, hottest
from yunke.school.lessons.values import LessonHeat
from yunke.school.library.door import lesson_cards, lesson_reaches
from yunke.school.timetable.door import OnAir, day_of_grade, plan_of

BACK = 7


@require_GET
@page("class.read")
def classes_page(request: Asked) -> HttpResponse:
    """The classes of a teacher, or of a school's administration; one alone opens at once."""
    classes = classes_of(request.who)
    if len(classes) == 1:
        return HttpResponseRedirect(f"/class/{classes[0].id}")
    return render(request, "lessons/classes.html", {"classes": classes})


def classes_of(who: Who) -> tuple[ClassName, ...]:
    found = {c.id: c for c in who.classes if allowed(who, "class.read", place_of(c))}
    for grant in who.grants:
        if grant.role == Role.SCHOOL_ADMIN:
            found |= {c.id: c for c in school_classes(grant.place.school)}
    return tuple(found.values())


def place_of(school_class: ClassName) -> Place:
    return Place(school=school_class.school_id, grade=school_class.grade, class_id=school_class.id)


def class_for(request: Asked, class_id: int) -> ClassName:
    found = class_by_id(class_id)
    if found is None or not allowed(request.who, "class.read", place_of(found)):
        raise Http404
    return found


@dataclass(frozen=True)
class Hour:
    """A lesson on air with how the class saw it."""

    air: OnAir
    heat: LessonHeat
    strip: tuple[Any, ...]


def school_day(grade: int, school_id: int) -> tuple[date, tuple[OnAir, ...]]:
    """Today when there are lessons, else the last day that had some."""
    day, county = today(), county_of(school_id)
    for back in range(BACK + 1):
        lessons = day_of_grade(
            city_id(), grade, day - timedelta(days=back), county_id=county, school_id=school_id
        )
        if lessons:
            return day - timedelta(days=back), lessons
    return day, ()


@require_GET
@page("class.read")
def class_page(request: Asked, class_id: int) -> HttpResponse:
    who: Who = request.who
    school_class = class_for(request, class_id)
    day, lessons = school_day(school_class.grade, school_class.school_id)
    pupils = class_pupils(class_id)
    _looked(who, school_class, pupils)
    context = day_context(pupils, day, lessons)
    packs = packs_sent([class_id], 5)
    cards = lesson_cards({pack.lesson_id for pack in packs})
    along = along_open(class_id)
    return render(
        request,
        "lessons/class.html",
        context
        | {
            "school_class": school_class,
            "classes": classes_of(who),
            "along": along,
            "packs": [(cards[p.lesson_id], p) for p in packs if p.lesson_id in cards],
            "head": allowed(who, "card.issue", place_of(school_class)),
            "teaches": allowed(who, "pack.send", place_of(school_class)),
        },
    )


def _looked(
    who: Who, school_class: ClassName, pupils: tuple[PersonName, ...], lesson_id: int = 0
) -> None:
    """The look is kept before anything is shown. Raises Refused for too many pupils an hour."""
    pupils_read(
        who, (pupil.id for pupil in pupils), part="lesson" if lesson_id else "class",
        part_id=lesson_id or school_class.id, school_id=school_class.school_id,
        class_id=school_class.id,
    )  # fmt: skip
    with transaction.atomic():
        event_record(
            actor_id=who.id,
            verb=Verb.TEACHER_LOOKED,
            object_kind="class",
            object_id=school_class.id,
            class_id=school_class.id,
            lesson_id=lesson_id,
            school_id=school_class.school_id,
            title=school_class.name,
        )


def day_context(
    pupils: tuple[PersonName, ...], day: date, lessons: tuple[OnAir, ...]
) -> dict[str, Any]:
    """Everybody's day and every lesson's strip. Six queries at any class size."""
    ids = [pupil.id for pupil in pupils]
    lesson_ids = [air.lesson_id for air in lessons if air.has_video]
    plans = {pupil: (p.done, p.planned) for pupil, p in plan_of(ids, day).items()}
    lines = pupil_lines(
        pupils, presences_of(ids, day), shares_of_many(ids, lesson_ids), lesson_ids, plans
    )
    heats = heats_of(ids, lesson_ids)
    hours = [
        Hour(air, heats[air.lesson_id], heat_strip(heats[air.lesson_id].parts, len(ids)))
        for air in lessons
        if air.lesson_id in heats
    ]
    return {
        "day": day,
        "is_today": day == today(),
        "lessons": lessons,
        "hours": hours,
        "lines": lines,
        "waiting": [line for line in lines if not line.started] if lesson_ids else [],
        "strip": {"width": STRIP_WIDTH, "height": STRIP_HEIGHT},
    }


@require_GET
@page("class.read")
def class_lesson(request: Asked, class_id: int, lesson_id: int) -> HttpResponse:
    """One lesson in one class: the strip of its seconds, and everybody's share."""
    school_class = class_for(request, class_id)
    card = lesson_cards([lesson_id]).get(lesson_id)
    if card is None or not lesson_reaches(lesson_id, school_class.school_id):
        raise Http404
    pupils = class_pupils(class_id)
    _looked(request.who, school_class, pupils, lesson_id)
    ids = [pupil.id for pupil in pupils]
    heat = heats_of(ids, [lesson_id])[lesson_id]
    lines = pupil_lines(pupils, {}, shares_of_many(ids, [lesson_id]), [lesson_id], {})
    return render(
        request,
        "lessons/class_lesson.html",
        {
            "school_class": school_class,
            "lesson": card,
            "heat": heat,
            "lines": lines,
            "strip": {"width": STRIP_WIDTH, "height": STRIP_HEIGHT},
            "parts": heat_strip(heat.parts, heat.people),
            "hottest": hottest(heat.parts, heat.of_seconds),
            "teaches": allowed(request.who, "pack.send", place_of(school_class)),
        },
    )

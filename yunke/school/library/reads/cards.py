"""Lessons as lists show them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import get_language

from yunke.base.search import index_of
from yunke.ground.people.door import city_id
from yunke.school.library.models import Lesson, Unit
from yunke.school.library.reads.reach import (
    NOWHERE,
    arranged,
    cities_of,
    dressed,
    reaching,
)
from yunke.school.library.values import LessonCard, Reach, Standing, Subject, UnitCard

SUBJECT_ORDER = Case(
    *(When(unit__subject=subject.value, then=Value(n)) for n, subject in enumerate(Subject)),
    output_field=IntegerField(),
)


def media_url(lesson_id: int, asset_id: int, name: str) -> str:
    return f"/media/lessons/{lesson_id}/{asset_id}/{name}"


def card_of(lesson: Lesson) -> LessonCard:
    """A card of a row with its ``unit`` and ``video`` fetched. No query."""
    video, unit = lesson.video, lesson.unit
    return LessonCard(
        id=lesson.id,
        title=lesson.title,
        title_en=lesson.title_en,
        subject=unit.subject,
        grade=unit.grade,
        minutes=lesson.minutes,
        author=lesson.author_name,
        unit=unit.title,
        unit_en=unit.title_en,
        poster=media_url(lesson.id, video.id, "poster.jpg") if video and video.poster else "",
        seconds=video.seconds if video else 0,
        has_video=video is not None,
        state=lesson.state,
        makers=lesson.makers,
        reach=lesson.reach,
        school_id=lesson.school_id,
        county_id=lesson.county_id,
        unit_id=unit.id,
    )


def cards() -> "QuerySet[Lesson]":
    return Lesson.objects.select_related("unit", "video")


def published(standing: Standing) -> "QuerySet[Lesson]":
    """What reaches somebody who stands there."""
    return cards().filter(reaching(standing))


def lesson_cards(ids: Iterable[int], *, county: int = 0) -> dict[int, LessonCard]:
    """Cards by id, whatever the lesson's state and reach; unknown ids are left out.

    In the words of the county, when one is named. One query, two with a county.
    """
    found = [card_of(lesson) for lesson in cards().filter(id__in=set(ids))]
    return {card.id: card for card in dressed(found, county)}


def lesson_names(unit_id: int) -> frozenset[str]:
    """The Chinese titles of a unit's lessons in any state. One query."""
    return frozenset(Lesson.objects.filter(unit_id=unit_id).values_list("title", flat=True))


def lesson_titles(ids: Iterable[int]) -> dict[int, str]:
    """Titles by id in the language of the page, whatever the lesson's state. One query."""
    english = (get_language() or "").startswith("en")
    rows = Lesson.objects.filter(id__in=set(ids)).values_list("id", "title", "title_en")
    return {number: (other if english and other else title) for number, title, other in rows}


def city_lessons() -> frozenset[int]:
    """Lessons that reach the whole city, withdrawn ones too: they were used. One query."""
    found = Lesson.objects.filter(reach=Reach.CITY).exclude(state=Lesson.State.DRAFT)
    return frozenset(found.values_list("id", flat=True))


def lessons_of_grade(
    grade: int, subject: str = "", *, standing: Standing = NOWHERE
) -> tuple[LessonCard, ...]:
    """The lessons of a grade that reach who stands there, in the catalogue's order.

    Two queries, three in a county.
    """
    found = [card_of(lesson) for lesson in catalogue_rows(grade, subject, standing)]
    return tuple(dressed(found, standing.county))


def catalogue_rows(
    grade: int, subject: str = "", standing: Standing = NOWHERE
) -> "QuerySet[Lesson]":
    rows = published(standing).filter(unit__city_id__in=cities_of(standing), unit__grade=grade)
    if subject:
        rows = rows.filter(unit__subject=subject)
    places: Any = arranged(rows, standing.county)
    ordered: QuerySet[Lesson] = places.order_by(
        SUBJECT_ORDER, "unit__position", "unit_id", "place", "id"
    )
    return ordered


def lesson_search(
    query: str, *, limit: int = 60, standing: Standing = NOWHERE
) -> tuple[LessonCard, ...]:
    """Lessons that match and reach who stands there, best first; 古诗 finds 古诗三首.

    Three queries, four in a county. The index knows all schools' lessons, so more are asked for.
    """
    ids = index_of("lesson").find(query, limit=limit * 5)
    here = published(standing).filter(unit__city_id__in=cities_of(standing), id__in=ids)
    rows = arranged(here, standing.county)
    found = {card.id: card for card in dressed([card_of(row) for row in rows], standing.county)}
    return tuple(found[number] for number in ids if number in found)[:limit]


def by_unit(lessons: Sequence[Lesson], standing: Standing = NOWHERE) -> tuple[UnitCard, ...]:
    """Neighbours of the same unit put together. One query in a county, else none."""
    units: list[tuple[Unit, list[LessonCard]]] = []
    found = dressed([card_of(lesson) for lesson in lessons], standing.county)
    for lesson, card in zip(lessons, found, strict=True):
        if not units or units[-1][0].id != lesson.unit_id:
            units.append((lesson.unit, []))
        units[-1][1].append(card)
    return tuple(_unit_dressed(unit, tuple(shown)) for unit, shown in units)


def _unit_dressed(unit: Unit, lessons: tuple[LessonCard, ...]) -> UnitCard:
    """The unit is called what its lessons' cards call it."""
    named = unit_card(unit, lessons)
    return replace(named, title=lessons[0].unit, title_en=lessons[0].unit_en)


def unit_card(unit: Unit, lessons: tuple[LessonCard, ...] = ()) -> UnitCard:
    return UnitCard(
        unit.id, unit.title, unit.title_en, unit.position, lessons, unit.grade, unit.subject
    )


def units_of(grade: int = 0, subject: str = "") -> tuple[UnitCard, ...]:
    """The units of a grade and subject (0 and "" for all), without their lessons. Two queries."""
    rows = Unit.objects.filter(city_id=city_id())
    if grade:
        rows = rows.filter(grade=grade)
    if subject:
        rows = rows.filter(subject=subject)
    return tuple(unit_card(unit) for unit in rows.order_by("grade", "subject", "position"))

"""Lessons as lists show them."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import get_language

from yunke.base.search import index_of
from yunke.ground.people.door import Who, city_id
from yunke.school.library.models import Lesson, Unit
from yunke.school.library.values import LessonCard, Subject, UnitCard

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
    )


def cards() -> "QuerySet[Lesson]":
    return Lesson.objects.select_related("unit", "video")


def published() -> "QuerySet[Lesson]":
    return cards().filter(state=Lesson.State.PUBLISHED)


def lesson_cards(ids: Iterable[int]) -> dict[int, LessonCard]:
    """Cards by id, whatever the lesson's state; unknown ids are left out. One query."""
    return {lesson.id: card_of(lesson) for lesson in cards().filter(id__in=set(ids))}


def lesson_titles(ids: Iterable[int]) -> dict[int, str]:
    """Titles by id in the language of the page, whatever the lesson's state. One query."""
    english = (get_language() or "").startswith("en")
    rows = Lesson.objects.filter(id__in=set(ids)).values_list("id", "title", "title_en")
    return {number: (other if english and other else title) for number, title, other in rows}


def lessons_of_grade(grade: int, subject: str = "") -> tuple[LessonCard, ...]:
    """Every published lesson of a grade in the catalogue's order. Two queries."""
    return tuple(card_of(lesson) for lesson in catalogue_rows(grade, subject))


def catalogue_rows(grade: int, subject: str = "") -> "QuerySet[Lesson]":
    rows = published().filter(unit__city_id=city_id(), unit__grade=grade)
    if subject:
        rows = rows.filter(unit__subject=subject)
    return rows.order_by(SUBJECT_ORDER, "unit__position", "unit_id", "position", "id")


def lesson_search(query: str, *, limit: int = 60) -> tuple[LessonCard, ...]:
    """Published lessons that match, best first. Three queries; 古诗 finds 古诗三首."""
    ids = index_of("lesson").find(query, limit=limit * 2)
    here = published().filter(unit__city_id=city_id(), id__in=ids)
    found = {lesson.id: card_of(lesson) for lesson in here}
    return tuple(found[number] for number in ids if number in found)[:limit]


def by_unit(lessons: Sequence[Lesson]) -> tuple[UnitCard, ...]:
    """Neighbours of the same unit put together. No query."""
    units: list[tuple[Unit, list[LessonCard]]] = []
    for lesson in lessons:
        if not units or units[-1][0].id != lesson.unit_id:
            units.append((lesson.unit, []))
        units[-1][1].append(card_of(lesson))
    return tuple(unit_card(unit, tuple(found)) for unit, found in units)


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


def lessons_mine(who: Who, *, number: int, size: int) -> list[LessonCard]:
    """A teacher's own lessons, drafts first, then the newest; one more than ``size`` when there
    are more. One query."""
    first = Case(
        When(state=Lesson.State.DRAFT, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = cards().filter(author_id=who.id).order_by(first, "-id")
    start = (max(1, number) - 1) * size
    return [card_of(lesson) for lesson in rows[start : start + size + 1]]

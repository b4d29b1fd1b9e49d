"""Whom a lesson reaches: its own school, its county, or the whole city. Default: nobody.

A county's own words lie over the city's page and are put on here, so that every list of lessons
costs one query more for somebody who stands in a county, and none for a stranger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yunke.base.clock import now
from yunke.base.kept import Kept
from yunke.ground.people.door import Place, Who, city_id, org_places
from yunke.school.library.models import CountyPage, Lesson
from yunke.school.library.rules import reaches
from yunke.school.library.values import LessonCard, PageKind, Reach, Standing

# A lesson that was taken back is off the kept days of every process after so many seconds.
GONE_SECONDS = 2.0
GONE_SPAN = timedelta(minutes=5)
NOWHERE = Standing()
Pages = Mapping[tuple[str, int], CountyPage]
_gone: Kept[frozenset[int]] = Kept(seconds=GONE_SECONDS, limit=1)
_home: Kept[int] = Kept(seconds=60, limit=1)
_place: Kept[Place] = Kept(seconds=60)


def standing_of(who: Who | None) -> Standing:
    """The places of a person's grants (a guardian's: the children's). No query."""
    if who is None:
        return NOWHERE
    places = [grant.place for grant in who.grants]
    return Standing(
        frozenset(place.county for place in places if place.county),
        frozenset(place.school for place in places if place.school),
        frozenset(place.city for place in places if place.city),
    )


def cities_of(standing: Standing) -> frozenset[int]:
    """The cities whose lessons may reach somebody: another city's never do, not even to try."""
    return standing.cities or frozenset({_home.get(0, city_id)})


def reaching(standing: Standing) -> Q:
    """The published lessons that reach somebody who stands there, as a filter."""
    found = Q(reach=Reach.CITY, unit__city_id__in=cities_of(standing))
    if standing.counties:
        found |= Q(reach=Reach.COUNTY, county_id__in=standing.counties)
    if standing.schools:
        found |= Q(reach=Reach.SCHOOL, school_id__in=standing.schools)
    return found & Q(state=Lesson.State.PUBLISHED)


def reached(reach: str, place: Place, standing: Standing) -> bool:
    """What ``reaching`` filters, for one published lesson that lies at ``place``. No query."""
    return place.city in cities_of(standing) and reaches(
        reach, place.school, place.county, standing
    )


def lesson_reaches(lesson_id: int, school_id: int) -> bool:
    """Does the lesson reach a pupil of this school? One query; where a school lies is kept."""
    row = Lesson.objects.filter(id=lesson_id, state=Lesson.State.PUBLISHED).values_list(
        "reach", "school_id", "county_id", "unit__city_id"
    )
    found = row.first()
    if found is None:
        return False
    reach, school, county, city = found
    here = _place.get(school_id, lambda: org_places([school_id]).get(school_id, Place()))
    standing = Standing(*(frozenset({at} - {0}) for at in (here.county, school_id, here.city)))
    return reached(reach, Place(city=city, county=county, school=school), standing)


def lessons_gone() -> frozenset[int]:
    """What was taken back in the last minutes. One small query, kept for two seconds.

    Days and shelves are kept for longer; what stands here is left out of them at once.
    """
    return _gone.get(0, _read_gone)


def _read_gone() -> frozenset[int]:
    rows = Lesson.objects.filter(withdrawn_at__gte=now() - GONE_SPAN)
    return frozenset(
        rows.exclude(state=Lesson.State.PUBLISHED).values_list("id", flat=True)
    )  # fmt: skip


def gone_forget() -> None:
    """After a withdrawal in this process."""
    _gone.forget()


def arranged(rows: "QuerySet[Lesson]", county: int) -> "QuerySet[Lesson]":
    """The rows with ``place``: their position in the county's order; hidden ones are left out."""
    if not county:
        return rows.annotate(place=F("position"))
    own = CountyPage.objects.filter(county_id=county)
    page = own.filter(kind=PageKind.LESSON, object_id=OuterRef("id"))
    unit = own.filter(kind=PageKind.UNIT, object_id=OuterRef("unit_id"))
    return rows.exclude(
        Exists(page.filter(hidden=True)) | Exists(unit.filter(hidden=True))
    ).annotate(place=Coalesce(Subquery(page.values("position")[:1]), F("position")))


def pages_of(county: int, lessons: Iterable[int], units: Iterable[int]) -> Pages:
    """A county's pages over these lessons and units. One query; none without a county."""
    if not county:
        return {}
    rows = CountyPage.objects.filter(
        Q(kind=PageKind.LESSON, object_id__in=set(lessons))
        | Q(kind=PageKind.UNIT, object_id__in=set(units)),
        county_id=county,
    )
    return {(page.kind, page.object_id): page for page in rows}


def dressed(cards: Sequence[LessonCard], county: int) -> list[LessonCard]:
    """The cards in the county's words. One query; none without a county."""
    if not county or not cards:
        return list(cards)
    pages = pages_of(county, [c.id for c in cards], [c.unit_id for c in cards])
    return [dressed_card(card, pages) for card in cards] if pages else list(cards)


def dressed_card(card: LessonCard, pages: Pages) -> LessonCard:
    page, unit = pages.get((PageKind.LESSON, card.id)), pages.get((PageKind.UNIT, card.unit_id))
    if unit is not None:
        card = replace(
            card,
            unit=unit.words.get("title", card.unit),
            unit_en=unit.words.get("title_en", card.unit_en),
        )
    if page is not None and (page.words or page.position is not None):
        card = replace(
            card,
            title=page.words.get("title", card.title),
            title_en=page.words.get("title_en", card.title_en),
            local=bool(page.words),
        )
    return card

"""The shelves of the ten-foot page, each from the doors of the rooms below."""

from collections.abc import Sequence
from datetime import date, datetime

from yunke.base.kept import Kept
from yunke.gate.terminals.values import Couch, Shelf, Tile
from yunke.ground.people.door import PersonName, Place, Who, city_id
from yunke.school.lessons.door import recent_of
from yunke.school.library.door import (
    LessonCard,
    Standing,
    lesson_cards,
    lessons_gone,
    lessons_of_grade,
    reaches,
)
from yunke.school.timetable.door import (
    OnAir,
    Stop,
    air_of_day,
    now_and_next,
    share_gone,
    stops_of,
)

GRADES = tuple(range(1, 10))
RECENT = 8
_city: Kept[int] = Kept(seconds=60)
_catalogue: Kept[tuple[LessonCard, ...]] = Kept(seconds=60, limit=50)


def couch_of(who: Who | None, *, grade: int = 0, child: int = 0) -> Couch:
    """The child asked for, else the pupil or the first child; a grade asked for wins over both."""
    person = None if grade else _child(who, child)
    if who is not None and person is not None:
        place = next(g.place for g in who.grants if g.place.person == person.id)
        return Couch(place, place.grade or 1, person)
    return Couch(Place(city=_city.get("city", city_id)), grade or 1)


def air_of(place: Place, day: date) -> tuple[OnAir, ...]:
    """The city's day as far as it reaches the place. Kept."""
    return air_of_day(place.city, day, county_id=place.county, school_id=place.school)


def _child(who: Who | None, asked: int) -> PersonName | None:
    """Whose day is shown: only a child of one's own, or oneself."""
    if who is None:
        return None
    if who.is_pupil:
        return PersonName(who.id, who.name, who.animal) if who.grants else None
    wanted = [c for c in who.children if c.id == asked] or list(who.children)
    return wanted[0] if wanted else None


def shelves_of(couch: Couch, day: date, moment: datetime) -> tuple[Shelf, ...]:
    """At most four rows below the grades; empty ones are left out.

    Cost: the day of the city is kept; two queries more for a child (plan, last watched).
    """
    shelves = [air_shelf(couch, air_of(couch.place, day), moment)]
    if couch.child is not None:
        shelves.append(plan_shelf(couch, couch.child.id, day, moment))
        shelves.append(resume_shelf(couch.child.id, standing_at(couch.place)))
    shelves.append(subjects_shelf(couch.grade, standing_at(couch.place)))
    return tuple(shelf for shelf in shelves if shelf.tiles)


def air_shelf(couch: Couch, everything: Sequence[OnAir], moment: datetime) -> Shelf:
    """One's own grade first, now and next; then what other grades see now.

    Before the first lesson and in breaks of all grades: what comes next, a shelf of kind "soon".
    """
    grades = [couch.grade, *(g for g in GRADES if g != couch.grade)]
    pairs = [now_and_next([b for b in everything if b.grade == g], moment) for g in grades]
    live = [running for running, _coming in pairs if running is not None]
    own_next = pairs[0][1]
    if not live:
        coming = [b for _running, b in pairs if b is not None]
        return Shelf("soon", tuple(_air_tile(b, moment) for b in coming))
    place = 1 if live[0].grade == couch.grade else 0
    shown = [*live[:place], *([own_next] if own_next else []), *live[place:]]
    return Shelf("air", tuple(_air_tile(b, moment) for b in shown))


def _air_tile(b: OnAir, moment: datetime) -> Tile:
    return Tile(
        path=f"/tv/lesson/{b.lesson_id}",
        title=b.title,
        title_en=b.title_en,
        subject=b.subject,
        poster=b.poster,
        starts_at=b.starts_at,
        ends_at=b.ends_at,
        grade=b.grade,
        minutes=b.minutes,
        share=share_gone(b.starts_at, b.ends_at, moment),
        state="now" if b.starts_at <= moment else "next",
    )


def plan_shelf(couch: Couch, child: int, day: date, moment: datetime) -> Shelf:
    """The child's day in its order; breaks and own things are shown, and lead nowhere."""
    place = couch.place
    stops = stops_of(
        child, place.city, place.grade, day, county_id=place.county, school_id=place.school
    )
    return Shelf("plan", tuple(_stop_tile(stop) for stop in stops if stop.lesson_id))


def _stop_tile(stop: Stop) -> Tile:
    return Tile(
        path=f"/tv/lesson/{stop.lesson_id}",
        title=stop.title,
        title_en=stop.title_en,
        subject=stop.subject,
        poster=stop.poster,
        starts_at=stop.starts_at,
        minutes=stop.minutes,
        state="done" if stop.done else "",
    )


def resume_shelf(child: int, standing: Standing) -> Shelf:
    """What was begun and not finished, the newest first. Two queries."""
    begun = [p for p in recent_of(child, limit=RECENT) if not p.finished and p.seconds]
    cards = lesson_cards([p.lesson_id for p in begun], county=standing.county) if begun else {}
    tiles = [
        _card_tile(cards[p.lesson_id], round(100 * p.share))
        for p in begun
        if p.lesson_id in cards and _open(cards[p.lesson_id], standing)
    ]
    return Shelf("resume", tuple(tiles))


def standing_at(place: Place) -> Standing:
    return Standing(frozenset({place.county} - {0}), frozenset({place.school} - {0}))


def _open(card: LessonCard, standing: Standing) -> bool:
    reached = reaches(card.reach, card.school_id, card.county_id, standing)
    return card.state == "published" and reached


def _card_tile(card: LessonCard, share: int = 0) -> Tile:
    return Tile(
        path=f"/tv/lesson/{card.id}",
        title=card.title,
        title_en=card.title_en,
        subject=card.subject,
        poster=card.poster,
        minutes=card.minutes,
        share=share,
    )


def subjects_shelf(grade: int, standing: Standing) -> Shelf:
    """The subjects that have lessons for the grade."""
    found = dict.fromkeys(card.subject for card in catalogue(grade, standing))
    return Shelf(
        "subjects",
        tuple(Tile(f"/tv/subject/{name}?grade={grade}", name, subject=name) for name in found),
    )


def lessons_shelf(grade: int, subject: str, standing: Standing) -> Shelf:
    """Every published lesson of a grade and subject, in the catalogue's order. Kept."""
    cards = [card for card in catalogue(grade, standing) if card.subject == subject]
    return Shelf("lessons", tuple(_card_tile(card) for card in cards))


def catalogue(grade: int, standing: Standing) -> tuple[LessonCard, ...]:
    """The lessons of a grade that reach who stands there; three queries at most, then kept."""
    found = _catalogue.get((grade, standing), lambda: lessons_of_grade(grade, standing=standing))
    gone = lessons_gone()
    return tuple(card for card in found if card.id not in gone) if gone else found

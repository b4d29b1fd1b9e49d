"""What the first day asks: a term, bells, classes with a week, something on air."""

from collections.abc import Iterable
from datetime import date, timedelta

from yunke.ground.people.door import Place
from yunke.school.timetable.models import Bell, Broadcast, Slot, Term

SOON = timedelta(days=14)


def term_coming(place: Place, day: date) -> str:
    """The name of the term of the day or of the next one, "" without. One query."""
    rows = Term.objects.filter(city_id=place.city, base=None, last_day__gte=day)
    return rows.order_by("first_day").values_list("name", flat=True).first() or ""


def bell_count(place: Place) -> int:
    """How many periods ring at the place: the city's, or the nearest own. One query."""
    orgs = [org for org in (place.city, place.county, place.school) if org]
    return Bell.objects.filter(org_id__in=orgs).values("period").distinct().count()


def classes_with_slots(class_ids: Iterable[int], day: date) -> set[int]:
    """The classes that have a weekly timetable in this or a later term. One query."""
    rows = Slot.objects.filter(class_id__in=list(class_ids), term__last_day__gte=day)
    return set(rows.values_list("class_id", flat=True).distinct())


def on_air_soon(city_id: int, day: date) -> int:
    """Broadcasts of the next two weeks. One query."""
    rows = Broadcast.objects.filter(city_id=city_id, day__gte=day, day__lt=day + SOON)
    return rows.count()

"""Who looked, in the demo city: some days of a child's record, and two things that wait."""

from django.db import transaction

from yunke.demo.city import City
from yunke.ground.audit.door import checkpoint_make, lines_about, look_record, second_ask
from yunke.ground.people.door import class_pupils, places_of
from yunke.ground.privacy.door import copy_ask

# (who, as what, what was opened): each looked at the whole class of the child, or at the child.
LOOKED = (
    ("head", "head_teacher", "class"),
    ("head", "head_teacher", "cards"),
    ("school", "school_admin", "class_list"),
    ("teacher", "teacher", "class"),
    ("mother", "guardian", "child"),
    ("school", "school_admin", "person"),
)
ALONE = frozenset({"child", "person"})


def looks_write(city: City) -> int:
    """Write them once, by the rooms' own doors; gives how many looks."""
    if lines_about(city.cast["mother"], size=1).rows:
        return 0
    with transaction.atomic():
        done = _write(city, city.cast["child"])
    checkpoint_make()
    return done


def _write(city: City, child: int) -> int:
    place = places_of([child])[child]
    pupils = [pupil.id for pupil in class_pupils(place.class_id)]
    done = [
        look_record(
            reader_id=city.cast[who], role=role, part=part,
            part_id=child if part in ALONE else place.class_id,
            pupil_ids=[child] if part in ALONE else pupils, school_id=place.school,
        )
        for who, role, part in LOOKED
        if who in city.cast
    ]  # fmt: skip
    _waiting(city, place.school)
    return len(done)


def _waiting(city: City, school: int) -> None:
    """A mother's copy, and an administrator who needs to read more than alone."""
    mother, child = city.cast["mother"], city.cast["child"]
    copy_ask(who_id=mother, person_id=child)
    copy_ask(who_id=mother, person_id=mother)
    if "school" in city.cast:
        second_ask(
            who_id=city.cast["school"], kind="pupils.read", page="/people", reason="核对新学期学籍",
            about={"pupils": 400}, org_id=school,
        )  # fmt: skip

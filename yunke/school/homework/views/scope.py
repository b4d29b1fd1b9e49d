"""Whose homework it is, before anything of it is shown."""

from django.http import Http404

from yunke.base.pages import Asked
from yunke.ground.people.door import ClassName, PersonName, Place, Who, allowed, school_classes
from yunke.ground.people.values import Role
from yunke.school.homework.models import Homework
from yunke.school.homework.reads.one import homework_of, may_look, may_mark


def homework_looked(request: Asked, homework_id: int) -> Homework:
    """A homework that the class's staff may look at: who handed in. Raises Http404."""
    row = homework_of(homework_id)
    if row is None or not may_look(request.who, row):
        raise Http404
    return row


def homework_marked(request: Asked, homework_id: int) -> Homework:
    """A homework that this teacher marks. Raises Http404."""
    row = homework_of(homework_id)
    if row is None or not may_mark(request.who, row):
        raise Http404
    return row


def class_written(who: Who, class_id: int) -> ClassName:
    """A class that this teacher sets homework for. Raises Http404."""
    found = next((c for c in who.classes if c.id == class_id), None)
    if found is None or not allowed(who, "homework.write", Place(class_id=class_id)):
        raise Http404
    return found


def classes_written(who: Who) -> tuple[ClassName, ...]:
    return tuple(c for c in who.classes if allowed(who, "homework.write", Place(class_id=c.id)))


def classes_read(who: Who) -> tuple[ClassName, ...]:
    """The classes whose homework somebody may look at: own ones, a school's for its clerk."""
    found = {c.id: c for c in who.classes if _reads(who, c)}
    for grant in who.grants:
        if grant.role is Role.SCHOOL_ADMIN:
            found |= {c.id: c for c in school_classes(grant.place.school)}
    return tuple(found.values())


def _reads(who: Who, one: ClassName) -> bool:
    place = Place(school=one.school_id, grade=one.grade, class_id=one.id)
    return not who.is_pupil and allowed(who, "homework.read", place)


def subjects_of(who: Who, class_id: int) -> tuple[str, ...]:
    """What this teacher teaches the class; a head teacher may set for the class as such."""
    found = [g.subject for g in who.grants if g.place.class_id == class_id and g.subject]
    return tuple(dict.fromkeys(found))


def child_of(who: Who, child_id: int) -> PersonName:
    """A guardian's own child. Raises Http404."""
    child = next((c for c in who.children if c.id == child_id), None)
    if child is None or not allowed(who, "child.read", Place(person=child.id)):
        raise Http404
    return child

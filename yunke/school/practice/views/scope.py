"""Who may see whose practice: a pupil the own, a guardian the child's, a teacher the class's."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from yunke.base.pages import Asked
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import (
    ClassName,
    PersonName,
    Place,
    Role,
    Who,
    allowed,
    class_by_id,
    class_pupils,
    places_of,
    pupils_read,
)
from yunke.school.library.door import question_lines
from yunke.school.practice.reads.classes import erred


def place_of(found: ClassName) -> Place:
    return Place(school=found.school_id, grade=found.grade, class_id=found.id)


def class_taught(request: Asked, class_id: int) -> ClassName:
    """The class, for those who teach it. Raises Http404."""
    found = class_by_id(class_id)
    if found is None or not allowed(request.who, "practice.teach", place_of(found)):
        raise Http404
    return found


def subjects_taught(who: Who, class_id: int) -> frozenset[str]:
    """The subjects that a teacher teaches this class; empty where they may see all (head)."""
    grants = [grant for grant in who.grants if grant.place.class_id == class_id]
    if any(grant.role == Role.HEAD_TEACHER for grant in grants):
        return frozenset()
    return frozenset(grant.subject for grant in grants if grant.subject)


def pupils_looked(who: Who, found: ClassName) -> tuple[PersonName, ...]:
    """The class's pupils of today; the look is kept before anything is shown."""
    pupils = class_pupils(found.id)
    pupils_read(
        who, (pupil.id for pupil in pupils), part="practice", part_id=found.id,
        school_id=found.school_id, class_id=found.id,
    )  # fmt: skip
    with transaction.atomic():
        event_record(
            actor_id=who.id, verb=Verb.TEACHER_LOOKED, object_kind="practice",
            object_id=found.id, class_id=found.id, school_id=found.school_id, title=found.name,
        )  # fmt: skip
    return pupils


def questions_known(who: Who, pupil_ids: Sequence[int], asked: Sequence[int]) -> list[int]:
    """Those of the questions that the teacher may send: of the library as the teacher may read it,
    and what pupils of the class got wrong. 4 queries."""
    seen = {line.id for line in question_lines(who, list(asked))}
    seen |= {question for _pupil, question in erred(pupil_ids, asked)}
    return [one for one in asked if one in seen]


def own_place(who: Who) -> Place:
    """Where the pupil sits."""
    return next((grant.place for grant in who.grants if grant.role == Role.PUPIL), Place())


def child_of(who: Who, child_id: int) -> PersonName:
    """One of the guardian's own children. Raises Http404."""
    child = next((one for one in who.children if one.id == child_id), None)
    if child is None or not allowed(who, "child.read", Place(person=child.id)):
        raise Http404
    return child


def child_looked(who: Who, child: PersonName) -> Place:
    """The look at the child's practice is kept; gives where the child sits."""
    place = places_of([child.id])[child.id]
    pupils_read(who, [child.id], part="practice", part_id=child.id, school_id=place.school)
    with transaction.atomic():
        event_record(
            actor_id=who.id, subject_id=child.id, verb=Verb.GUARDIAN_LOOKED,
            object_kind="practice", object_id=child.id, school_id=place.school,
            class_id=place.class_id, purpose="guardian",
        )  # fmt: skip
    return place


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def number(text: Any) -> int:
    """A positive id out of what a form sent; 0 for anything else."""
    told = str(text or "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0


def numbers(texts: Iterable[Any]) -> list[int]:
    return [found for text in texts if (found := number(text))]


def words(request: HttpRequest, name: str) -> str:
    """What somebody wrote into a form; without NUL, which not every database keeps."""
    return request.POST.get(name, "").replace("\0", "")


def sent_of(request: HttpRequest, name: str) -> list[int]:
    return numbers(request.POST.getlist(name))

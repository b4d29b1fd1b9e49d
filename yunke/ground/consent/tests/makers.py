"""Answers of real people, through the room's own action."""

from datetime import date
from typing import Any

from yunke.ground.consent.actions.answers import Paper, answer_record
from yunke.ground.consent.reads.shown import subject_of
from yunke.ground.consent.rules.switches import switch_of
from yunke.ground.consent.values import Answer, Standing, Subject, Switch
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.values import Kind, Role

WRISTBAND = "pulse-wristband"


def the(key: str) -> Switch:
    found = switch_of(key)
    assert found is not None
    return found


def subject(person: Person) -> Subject:
    tie = Membership.objects.filter(person=person, role=Role.PUPIL).first()
    grade = tie.school_class.grade if tie else 0
    return subject_of(person.id, is_staff=person.kind == Kind.STAFF, grade=grade)


def says(
    by: Person | None,
    about: Person,
    answer: Answer = Answer.GIVEN,
    *,
    key: str = WRISTBAND,
    paper_on: date | None = None,
    **more: Any,
) -> int:
    """``by`` answers about somebody; None is a guardian without an account, on paper."""
    own = by is not None and by.id == about.id
    values = {
        "by_id": by.id if by else 0,
        "subject": subject(about),
        "switch": the(key),
        "answer": answer,
        "standing": Standing.SELF if own else Standing.GUARDIAN,
        "language": "zh-hans",
        "version": the(key).version,
        "relation": "" if own else "妈妈",
        "paper": Paper(paper_on, entered_by=1) if paper_on else None,
    }
    return answer_record(**{**values, **more})


def both_say_yes(guardian: Person, child: Person, key: str = WRISTBAND) -> None:
    says(guardian, child, key=key)
    says(child, child, key=key)

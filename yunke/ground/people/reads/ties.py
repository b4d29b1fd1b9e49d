"""Ties asked within another room's query: conditions on its own columns, without its models."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef, Subquery

from yunke.base.clock import today
from yunke.ground.people.models import Guardianship, Person, staying


def guards(by: str, child: str) -> Exists:
    """In a query: is the person in column ``by`` a guardian of the one in ``child`` today?"""
    ties = Guardianship.objects.holding(today())
    return Exists(ties.filter(guardian_id=OuterRef(by), child_id=OuterRef(child)))


def is_here(person: str) -> Exists:
    """In a query: has the person in this column an account, and not left?"""
    return Exists(Person.objects.filter(staying(today()), id=OuterRef(person)))


def born_of(person: str) -> Subquery:
    """In a query: when the person in this column was born, as far as the school told."""
    return Subquery(Person.objects.filter(id=OuterRef(person)).values("born_on")[:1])


def birthday_of(person_id: int) -> date | None:
    """When somebody was born, as far as the school told. One query."""
    return Person.objects.filter(id=person_id).values_list("born_on", flat=True).first()


def guardians_of(child_ids: list[int]) -> dict[int, dict[int, str]]:
    """Each child's guardians of today, id → relation. One query for all."""
    ties = Guardianship.objects.holding(today()).filter(
        staying(today(), "guardian__"), child_id__in=child_ids
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for child, guardian, relation in ties.values_list("child_id", "guardian_id", "relation"):
        found[child][guardian] = relation
    return dict(found)

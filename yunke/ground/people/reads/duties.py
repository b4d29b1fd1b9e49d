"""Who holds a duty at an office today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from yunke.base.clock import today
from yunke.ground.people.models import Duty
from yunke.ground.people.values import Role


@dataclass(frozen=True)
class Holder:
    person_id: int
    name: str
    org_id: int
    subject: str


def duty_holders(role: Role, org_ids: Iterable[int]) -> tuple[Holder, ...]:
    """Who holds this duty at these offices today, by name; no leavers, nobody frozen. One query."""
    day = today()
    here = Q(person__left_on__isnull=True) | Q(person__left_on__gt=day)
    rows = (
        Duty.objects.holding(day)
        .filter(here, role=role, org_id__in=set(org_ids), person__frozen_at__isnull=True)
        .select_related("person")
        .order_by("person__name", "person_id", "id")
    )
    return tuple(Holder(d.person_id, d.person.name, d.org_id, d.subject) for d in rows)

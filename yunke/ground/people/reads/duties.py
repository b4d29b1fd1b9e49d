"""Who holds a duty at an office today."""

from collections.abc import Iterable
from dataclasses import dataclass

from yunke.base.clock import today
from yunke.ground.people.models import Duty, staying
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
    rows = (
        Duty.objects.holding(day)
        .filter(
            staying(day, "person__"),
            role=role,
            org_id__in=set(org_ids),
            person__frozen_at__isnull=True,
        )
        .select_related("person")
        .order_by("person__name", "person_id", "id")
    )
    return tuple(Holder(d.person_id, d.person.name, d.org_id, d.subject) for d in rows)

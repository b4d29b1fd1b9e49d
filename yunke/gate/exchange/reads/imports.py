"""Imports as their clerks see them: by the offices in which somebody holds the right, first."""

from django.db.models import QuerySet

from yunke.base.models import Job
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.values import State
from yunke.ground.people.door import OrgName, Role, Who, allowed, org_names, org_places

RIGHT = "roster.import"
_LEVEL = {
    Role.CITY_STAFF: "city", Role.COUNTY_STAFF: "county", Role.SCHOOL_ADMIN: "school",
}  # fmt: skip


def offices_of(who: Who) -> list[OrgName]:
    """The offices on whose behalf somebody brings a roster in, the widest first. One query."""
    ids = [getattr(grant.place, _LEVEL[grant.role]) for grant in who.grants if grant.role in _LEVEL]
    found = org_names(ids)
    return [found[number] for number in dict.fromkeys(ids) if number in found]


def office_reached(who: Who, org_id: int) -> bool:
    """May somebody bring in, look at and take back rosters of this office? One query."""
    place = org_places([org_id]).get(org_id)
    return place is not None and allowed(who, RIGHT, place)


def imports_of(who: Who) -> "QuerySet[Import]":
    """Newest first, of the offices that are one's own today. One query for names."""
    own = [org.id for org in offices_of(who)]
    return Import.objects.filter(org_id__in=own).order_by("-id")


def import_of(who: Who, import_id: int) -> Import | None:
    """One import, None for another office's. Two queries."""
    row = Import.objects.filter(id=import_id).first()
    return row if row is not None and office_reached(who, row.org_id) else None


def moving(row: Import) -> Job | None:
    """The job that works on it now, with how far it is. One query."""
    names = {
        State.WAITING: f"roster.read:{row.id}-{row.reading}",
        State.READING: f"roster.read:{row.id}-{row.reading}",
        State.WRITING: f"roster.write:{row.id}-{row.reading}",
        State.UNDOING: f"roster.undo:{row.id}",
    }
    key = names.get(State(row.state))
    return Job.objects.filter(key=key).first() if key else None


def stopped(row: Import) -> Job | None:
    """The job that failed for good and left the import as if it were still moving."""
    job = moving(row)
    return job if job is not None and job.state == Job.State.FAILED else None

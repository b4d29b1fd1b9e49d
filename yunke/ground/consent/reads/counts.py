"""How many of a school said yes: two numbers a kind, counted once a week, never who."""

from datetime import date

from django.conf import settings

from yunke.base.clock import monday, today
from yunke.ground.consent.models import Count
from yunke.ground.consent.rules.switches import switches_in
from yunke.ground.consent.values import Tally
from yunke.ground.lake.values import K


def counts_of(school_id: int) -> tuple[date, list[Tally]] | None:
    """This week's numbers, ``None`` while they are not counted yet. One query.

    A number is told only where those who agreed and those who did not are both at least ``K``,
    so that neither can be found by taking away.
    """
    week = monday(today())
    rows = {
        (row.purpose, row.kind): row for row in Count.objects.filter(school_id=school_id, week=week)
    }
    if not rows:
        return None
    found = []
    for switch in (s for s in switches_in(settings.PROFILE) if not s.task):
        row = rows.get((switch.purpose.value, switch.kind.value))
        yes, no = (row.yes, row.people - row.yes) if row else (0, 0)
        told = yes >= K and no >= K
        found.append(Tally(switch, yes if told else None, no if told else None))
    return week, found

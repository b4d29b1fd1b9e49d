"""Who looked: at my record, at my child's, at our school's; told in plain words, by day."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.ground.audit.door import (
    Act,
    Line,
    act_told,
    acts_since,
    alerts_of,
    code_check,
    code_of,
    last_checkpoint,
    lines_about,
    lines_of_schools,
    part_told,
    role_told,
)
from yunke.ground.people.door import Place, allowed, holds, names_of, schools_reached

MONTH = timedelta(days=31)


@require_GET
@page("log.read")
def looked(request: Asked, person_id: int = 0) -> HttpResponse:
    """Who looked at one's own record, or a child's; a link that has ended finds nothing."""
    who = request.who
    person = person_id or who.id
    if person != who.id and not _is_child(request, person):
        raise Http404
    found = lines_about(person, page=page_number(request.GET.get("page", "")))
    checkpoint = last_checkpoint()
    name = names_of([person]).get(person)
    context = {
        "person": name, "mine": person == who.id, "children": who.children,
        "days": _days(found.rows, who.id), "found": found, "checkpoint": checkpoint,
        "code": code_of(checkpoint.hash) if checkpoint else "",
    }  # fmt: skip
    return render(request, "privacy/looked.html", context)


@require_GET
@page("log.read")
def looked_code(request: Asked) -> HttpResponse:
    """Is the record still what it was when this code was written down?"""
    typed = request.GET.get("code", "")[:40]
    answer = code_check(typed)
    return render(request, "privacy/looked_code.html", {"typed": typed, "answer": answer})


@require_GET
@page("audit.count")
def looked_school(request: Asked) -> HttpResponse:
    """A school reads its own lines; county and city see how often each act was done."""
    who = request.who
    reads = schools_reached(who, "audit.read") if holds(who, "audit.read") else frozenset()
    counts = schools_reached(who, "audit.count")
    acts = acts_since(now() - MONTH, counts)
    most = max(acts.values(), default=1)
    context: dict[str, Any] = {
        "acts": [(act_told(act), times, max(2, round(100 * times / most))) for act, times in
                 acts.items()],
        "alerts": _told(alerts_of(counts), who.id), "reads": bool(reads),
    }  # fmt: skip
    if reads:
        found = lines_of_schools(reads, page=page_number(request.GET.get("page", "")))
        context |= {"days": _days(found.rows, who.id, subjects=True), "found": found}
    return render(request, "privacy/looked_school.html", context)


def _is_child(request: Asked, person_id: int) -> bool:
    """A live link only: ``children`` are those of today."""
    linked = person_id in {child.id for child in request.who.children}
    return linked and allowed(request.who, "log.read", Place(person=person_id))


def _days(
    lines: list[Line], who_id: int, *, subjects: bool = False
) -> list[tuple[date, list[dict[str, Any]]]]:
    told = _told(lines, who_id, subjects=subjects)
    by_day = groupby(told, key=lambda one: timezone.localtime(one["at"]).date())
    return [(day, list(of_day)) for day, of_day in by_day]


def _told(lines: Iterable[Line], who_id: int, *, subjects: bool = False) -> list[dict[str, Any]]:
    """Lines in words. One query for all names."""
    rows = list(lines)
    ids = {row.actor_id for row in rows} | ({row.subject_id for row in rows} if subjects else set())
    names = names_of(ids - {0})
    return [_line(row, names, who_id, subjects) for row in rows]


def _line(row: Line, names: dict[int, Any], who_id: int, subjects: bool) -> dict[str, Any]:
    part, icon = part_told(row.object_kind)
    # What was opened; of other acts only the picture, their own words say the rest.
    part = part if row.act in (Act.RECORD_VIEWED, Act.DATA_EXPORTED) else ""
    actor = names.get(row.actor_id)
    # Whose: told where it is somebody else.
    about = names.get(row.subject_id) if subjects and row.subject_id != row.actor_id else None
    return {
        "at": row.at, "actor": actor.name if actor and actor.name else _nobody(row.actor_id),
        "me": row.actor_id == who_id, "role": role_told(row.role),
        "act": act_told(row.act, row.object_kind), "part": part, "icon": icon,
        "reason": row.reason, "about": about.name if about else "",
        "pupils": row.detail.get("pupils", 0) if subjects else 0,
    }  # fmt: skip


def _nobody(actor_id: int) -> str:
    return _("系统自己") if not actor_id else _("已经离开的人")

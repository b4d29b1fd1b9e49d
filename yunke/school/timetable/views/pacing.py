"""Units on a calendar: looked at, moved by hand or by keys, shifted when a week is lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.calendar import Shift, Week, laid, shift
from yunke.ground.people.door import Place, Role, allowed, class_by_id, org_names
from yunke.school.library.door import UnitCard, lessons_of_grade
from yunke.school.timetable.actions.pacing import (
    pace_drop,
    pace_lay,
    pace_move,
    week_found,
    week_lose,
)
from yunke.school.timetable.actions.terms import org_of
from yunke.school.timetable.models import Pace
from yunke.school.timetable.reads.pacing import (
    behind_of,
    blocks_of,
    lanes_of,
    rows_of,
    rows_over,
    unit_cards,
    weeks_of_place,
)
from yunke.school.timetable.reads.terms import (
    Calendar,
    TermLine,
    calendar_at,
    lost_of,
    term_now,
    week_number,
)
from yunke.school.timetable.views.choice import GRADES, grade_read
from yunke.school.timetable.views.office import office_for, offices
from yunke.school.timetable.views.terms import number_read


@dataclass(frozen=True)
class Desk:
    """Whose calendar is looked at. ``org`` writes; ``class_id`` for a teacher's own class."""

    place: Place
    org: int
    grade: int
    class_id: int
    may_move: bool
    may_lose: bool
    calendar: Calendar
    term: TermLine | None
    subjects: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        if self.class_id:
            return f"/class/{self.class_id}/pacing"
        return f"/pacing?org={self.org}&grade={self.grade}"


def desk_of(request: Asked) -> Desk:
    """The calendar of an office, county or school, for a grade."""
    place = office_for(request, "pace.read")
    typed = request.POST.get("grade") or request.GET.get("grade") or ""
    grade = grade_read(typed) or GRADES[0]
    calendar = calendar_at(place)
    may = [org_of(p) for p in offices(request.who, "pace.write")]
    lose = [org_of(p) for p in offices(request.who, "pace.lose")]
    org = org_of(place)
    return Desk(
        place, org, grade, 0, org in may, org in lose, calendar, term_now(calendar, today())
    )


def class_desk(request: Asked, class_id: int) -> Desk:
    """The calendar of a class, for its teachers; each moves the own subject only."""
    of = class_by_id(class_id)
    places = [g.place for g in request.who.grants if g.place.class_id == class_id]
    place = next((p for p in places if allowed(request.who, "pace.own", p)), None)
    if of is None or place is None:
        raise Http404
    held = {
        g.subject
        for g in request.who.grants
        if g.place.class_id == class_id and g.role == Role.TEACHER and g.subject
    }
    near = Place(city=place.city, county=place.county, school=place.school)
    calendar = calendar_at(near)
    return Desk(
        near, place.school, of.grade, class_id, bool(held), True, calendar,
        term_now(calendar, today()), frozenset(held),
    )  # fmt: skip


@require_GET
@page("pace.read")
def pacing(request: Asked) -> HttpResponse:
    """The city's or county's plan of a grade, to be looked at and moved."""
    desk = desk_of(request)
    return render(request, "timetable/pacing.html", _shown(request, desk))


@require_GET
@page("pace.own")
def class_pacing(request: Asked, class_id: int) -> HttpResponse:
    """A class beside the city's plan: ahead or behind, in weeks."""
    desk = class_desk(request, class_id)
    shown = _shown(request, desk)
    shown["of"] = class_by_id(class_id)
    return render(request, "timetable/pacing.html", shown)


def _shown(request: Asked, desk: Desk) -> dict[str, Any]:
    cards = _cards(desk)
    shown: dict[str, Any] = {
        "desk": desk, "term": desk.term, "grades": GRADES, "lanes": [], "weeks": (),
        "org": org_names([desk.org]).get(desk.org), "units": len(cards),
        "offices": [o for p in offices(request.who, "pace.read")
                    for o in org_names([org_of(p)]).values()],
    }  # fmt: skip
    if desk.term is None:
        return shown
    weeks = weeks_of_place(desk.calendar, desk.term, desk.place, desk.grade, desk.class_id)
    rows = rows_over(desk.term.id, desk.place, desk.class_id, [card.id for card in cards])
    now_week = week_number(weeks, today())
    orgs = [o for o in (desk.place.city, desk.place.county, desk.place.school) if o]
    lost = lost_of(desk.term.id, orgs, desk.grade, desk.class_id)
    shown |= {
        "weeks": weeks, "now_week": now_week, "count": len(weeks),
        "lanes": lanes_of(cards, rows, weeks, desk.place, desk.class_id), "lost": lost,
        "teaching": sum(week.teaches for week in weeks),
        "preview": None,
    }  # fmt: skip
    every = rows_of(weeks, shown["lanes"])
    shown["past"] = [row for row in every if row.week.number < now_week]
    shown["rows"] = [row for row in every if row.week.number >= now_week]
    if desk.class_id:
        shown["lags"] = _lags(desk, cards, rows, weeks, now_week)
    lose = number_read(request.GET.get("lose", ""))
    if 0 < lose <= len(weeks) and desk.may_lose:
        shown["preview"] = _preview(desk, cards, rows, weeks, lose)
    return shown


def _cards(desk: Desk) -> list[UnitCard]:
    cards = unit_cards(desk.place.city, desk.grade)
    return [c for c in cards if c.subject in desk.subjects] if desk.subjects else cards


def _sizes(desk: Desk) -> dict[int, int]:
    """How many lessons each unit has."""
    sizes: dict[int, int] = {}
    for card in lessons_of_grade(desk.grade):
        sizes[card.unit_id] = sizes.get(card.unit_id, 0) + 1
    return sizes


def _lags(
    desk: Desk, cards: list[UnitCard], rows: dict[int, Pace], weeks: tuple[Week, ...], week: int
) -> dict[str, int | None]:
    """Per subject: by how many weeks the class is behind the plan above it."""
    if desk.term is None:
        return {}
    plan = rows_over(desk.term.id, desk.place, 0, [card.id for card in cards])
    plain = weeks_of_place(desk.calendar, desk.term, desk.place, desk.grade)
    found = {}
    for subject in {card.subject for card in cards}:
        units = {card.id for card in cards if card.subject == subject}
        own = {unit: row for unit, row in rows.items() if unit in units}
        above = {unit: row for unit, row in plan.items() if unit in units}
        found[subject] = behind_of(own, above, weeks, plain, week)
    return found


def _preview(
    desk: Desk, cards: list[UnitCard], rows: dict[int, Pace], weeks: tuple[Week, ...], lose: int
) -> dict[str, Any]:
    """What losing this week would do, in words, before anybody agrees to it."""
    found = _shift(desk, rows, weeks, lose)
    names = {card.id: card for card in cards}
    return {
        "week": weeks[lose - 1],
        "taken": not weeks[lose - 1].teaches,
        "moved": [(names[k], a, b) for k, a, b in found.moved if k in names],
        "off": [names[k] for k in found.off if k in names],
        "collisions": [(names[k], weeks[w - 1]) for k, w in found.collisions if k in names],
    }


def _shift(desk: Desk, rows: dict[int, Pace], weeks: tuple[Week, ...], lose: int) -> Shift:
    if desk.term is None:
        raise Http404
    after = weeks_of_place(
        desk.calendar, desk.term, desk.place, desk.grade, desk.class_id, extra=lose, why="—"
    )
    return shift(blocks_of(rows), weeks, after)


def _desk(request: Asked) -> Desk:
    """The desk of a write; "not found" without a term."""
    typed = number_read(request.POST.get("class", ""))
    desk = class_desk(request, typed) if typed else desk_of(request)
    if desk.term is None:
        raise Http404
    return desk


def _unit(desk: Desk, request: Asked) -> UnitCard:
    wanted = number_read(request.POST.get("unit", ""))
    found = next((card for card in _cards(desk) if card.id == wanted), None)
    if found is None or not desk.may_move:
        raise Http404
    return found


@require_POST
@page("pace.read")
def pace_lay_all(request: Asked) -> HttpResponse:
    """Lay all units of the grade evenly over the term; what lies already stays."""
    desk = _desk(request)
    if not desk.may_move or desk.class_id or desk.term is None:
        raise Http404
    weeks = weeks_of_place(desk.calendar, desk.term, desk.place, desk.grade)
    cards, sizes = _cards(desk), _sizes(desk)
    count, taught = 0, sum(week.teaches for week in weeks)
    if not taught:
        raise Refused(_("这个学期没有可以上课的周；什么都没有改动。"), status=422)
    for subject in dict.fromkeys(card.subject for card in cards):
        own = [card for card in cards if card.subject == subject]
        blocks = laid([c.id for c in own], [max(1, sizes.get(c.id, 1)) for c in own], taught)
        count += pace_lay(
            actor_id=request.who.id, term_id=desk.term.id, org_id=desk.org, blocks=blocks,
            title=desk.term.name,
        )  # fmt: skip
    messages.success(request, _("%(count)d 个单元已经铺好，可以再挪。") % {"count": count})
    return HttpResponseRedirect(desk.address, status=303)


@require_POST
@page("pace.read")
def pace_save(request: Asked) -> HttpResponse:
    """Move a unit or change its length: by the form, the arrows, or a drag."""
    desk = _desk(request)
    if desk.term is None:
        raise Http404
    card = _unit(desk, request)
    if request.POST.get("drop") == "yes":
        pace_drop(
            actor_id=request.who.id, term_id=desk.term.id, org_id=desk.org, unit_id=card.id,
            class_id=desk.class_id, title=card.title,
        )  # fmt: skip
        messages.success(request, _("%(title)s：又按上面的安排。") % {"title": card.title})
        return HttpResponseRedirect(desk.address, status=303)
    weeks = weeks_of_place(desk.calendar, desk.term, desk.place, desk.grade, desk.class_id)
    first, _colon, length = request.POST.get("to", "").partition(":")
    pace_move(
        actor_id=request.who.id, term_id=desk.term.id, org_id=desk.org, unit_id=card.id,
        first=number_read(first), class_id=desk.class_id, weeks=number_read(length),
        title=card.title,
        most=sum(week.teaches for week in weeks),
    )  # fmt: skip
    return HttpResponseRedirect(f"{desk.address}#u{card.id}", status=303)


@require_POST
@page("pace.read")
def week_lost(request: Asked) -> HttpResponse:
    """A week was lost, as the preview said."""
    desk = _desk(request)
    if not desk.may_lose or desk.term is None:
        raise Http404
    lose = number_read(request.POST.get("week", ""))
    weeks = weeks_of_place(desk.calendar, desk.term, desk.place, desk.grade, desk.class_id)
    if not 0 < lose <= len(weeks) or not weeks[lose - 1].teaches:
        raise Refused(_("这一周本来就没有课；什么都没有改动。"), status=422)
    cards = _cards(desk)
    rows = rows_over(desk.term.id, desk.place, desk.class_id, [card.id for card in cards])
    found = _shift(desk, rows, weeks, lose)
    counts = {"moved": len(found.moved), "off": len(found.off)}
    only = desk.grade if request.POST.get("only") == "grade" and not desk.class_id else 0
    week_lose(
        actor_id=request.who.id, term_id=desk.term.id, place=desk.place, org_id=desk.org,
        week=lose, reason=request.POST.get("reason", ""), counts=counts, class_id=desk.class_id,
        grade=only,
    )  # fmt: skip
    said = _("第 %(week)d 周之后的都顺延了一周。要撤销，点“找回这一周”。") % {"week": lose}
    messages.success(request, said)
    return HttpResponseRedirect(desk.address, status=303)


@require_POST
@page("pace.read")
def week_back(request: Asked, lost_id: int) -> HttpResponse:
    desk = _desk(request)
    if not desk.may_lose or not week_found(
        actor_id=request.who.id, lost_id=lost_id, org_id=desk.org, class_id=desk.class_id,
        place=desk.place,
    ):  # fmt: skip
        raise Http404
    messages.success(request, _("这一周找回来了，一切和原来一样。"))
    return HttpResponseRedirect(desk.address, status=303)

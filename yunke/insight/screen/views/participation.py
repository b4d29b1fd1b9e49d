"""Who took part: the page of a unit and span, and the same for a wall."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.craft.crowd import SCREEN
from yunke.insight.screen.reads.figures import Look, Part, Released, look, released_days
from yunke.insight.screen.reads.reach import Named, home_of, line_of, names_below
from yunke.insight.screen.rules.drawing import bar_of, columns_of
from yunke.insight.screen.rules.drawing import line_of as trend_of
from yunke.insight.screen.rules.queries import QUERIES
from yunke.insight.screen.rules.spans import (
    after,
    around,
    before,
    finished,
    first_look,
    newest,
    span_of,
)
from yunke.insight.screen.values import Kind, Level, Span, UnitOf
from yunke.insight.screen.views import words


@require_GET
@page("participation.read")
def participation(request: Asked) -> HttpResponse:
    """The widest unit that is one's own."""
    home = home_of(request.who)
    if home is None:
        raise Http404
    return redirect(address(home, request.GET.get("span", "")))


@require_GET
@page("participation.read")
def unit_page(request: Asked, level: str, org_id: int, grade: int = 0) -> HttpResponse:
    found = asked_for(request, level, org_id, grade)
    return render(request, "screen/participation.html", {**found, **pictures(found)})


@require_GET
@page("participation.read")
def wall(request: Asked, level: str, org_id: int) -> HttpResponse:
    """The same for a screen on a wall: dark, large, no names, nothing to press."""
    found = asked_for(request, level, org_id, 0)
    return render(request, "screen/wall.html", {**found, **pictures(found, width=1040, height=420)})


def asked_for(request: Asked, level: str, org_id: int, grade: int) -> dict[str, Any]:
    """The unit, the span and what is known of them. Raises Http404 for what is not one's own."""
    unit = unit_of(level, org_id, grade)
    line = line_of(request.who, unit) if unit else []
    if unit is None or not line:
        raise Http404
    released = released_days()
    span = span_asked(request.GET.get("span", ""), released)
    return {
        "unit": unit, "line": [(named, words.unit_name(named)) for named in line],
        "named": line[-1], "name": words.unit_name(line[-1]),
        "span": span, "spans": spans_of(unit, span, released) if span else {},
        "look": look(unit, span, released) if span else None,
        "k": SCREEN.k, "width": SCREEN.width,
    }  # fmt: skip


def unit_of(level: str, org_id: int, grade: int) -> UnitOf | None:
    if grade:
        return UnitOf(Level.GRADE, org_id, grade) if level == Level.SCHOOL else None
    return UnitOf(Level(level), org_id) if level in {"city", "county", "school"} else None


def span_asked(key: str, released: Released) -> Span | None:
    """The span of the address; without one the newest. 404 for a span that is not finished."""
    if not key:
        return first_look(released.days, released.schooled)
    span = span_of(key, released.days)
    if span is None:
        raise Http404
    return span


def spans_of(unit: UnitOf, span: Span, released: Released) -> dict[str, Any]:
    """Where the picker leads: the kinds, the span before and after, as far as they are finished."""
    kinds = []
    for kind in Kind:
        near = around(kind, span.last)
        there = (
            near
            if finished(near, released.days)
            else newest(kind, released.days, released.schooled)
        )
        if there:
            kinds.append((kind.value, address(unit, there.key), kind == span.kind))
    back, on = before(span), after(span)
    return {
        "kinds": kinds, "name": words.span_name(span),
        "back": address(unit, back.key) if finished(back, released.days) else "",
        "on": address(unit, on.key) if finished(on, released.days) else "",
    }  # fmt: skip


def pictures(found: dict[str, Any], **size: int) -> dict[str, Any]:
    """What the templates draw and say, beside the figures themselves."""
    known: Look | None = found["look"]
    if known is None:
        return {}
    days = [(d.day, d.share, d.inside) for d in known.trend if d.at_school and d.share]
    return {
        "days": words.days_told(known.sums.days),
        "trend": trend_of(days, **size),
        "trend_small": trend_of(days, width=380, height=220),
        "trend_finding": _finding([share for _day, share, _in in days]),
        "parts": parts_of(known, found["span"]),
        "columns": columns_of(known.morning or ()),
        "tiles": tiles_of(known),
        "change": words.moved_told(known.change),
    }


def _finding(shares: list[Any]) -> tuple[str, str] | None:
    """Lowest and highest day of the trend, as its title says them."""
    if not shares:
        return None
    low, high = min(shares, key=lambda s: s.middle), max(shares, key=lambda s: s.middle)
    return words.percent(low), words.percent(high)


def parts_of(known: Look, span: Span) -> list[dict[str, Any]]:
    """The units below by name: never by their share. One query for their names."""
    names = names_below([part.unit.org_id for part in known.parts if not part.unit.grade])
    rows = []
    for part in known.parts:
        org = names.get(part.unit.org_id)
        named = Named(part.unit, org.name if org else "", org.name_en if org else "")
        rows.append(_part(part, words.unit_name(named), span))
    return sorted(rows, key=lambda row: (row["grade"], row["name"]))


def _part(part: Part, name: str, span: Span) -> dict[str, Any]:
    return {
        "name": name, "grade": part.unit.grade, "sums": part.sums,
        "href": address(part.unit, span.key),
        "percent": words.percent(part.sums.rate), "bar": bar_of(part.sums.rate),
        "between": words.between(part.sums.rate) if part.sums.rate else "",
        "platform": words.percent(part.sums.platform),
        "visits": "—" if part.sums.visits is None else words.number(part.sums.visits),
        "hours": words.hours_of(part.sums.minutes),
    }  # fmt: skip


def tiles_of(known: Look) -> list[dict[str, Any]]:
    """The four measures, each with what it is made of and its query."""
    rate, platform = known.sums.rate, known.sums.platform
    shown = (
        ("rate", words.percent(rate), rate, words.moved_told(known.change)),
        ("platform", words.percent(platform), platform, words.moved_told(known.platform_change)),
        ("visits", _number(known.sums.visits), None, ""),
        ("hours", words.hours_of(known.sums.minutes), None, ""),
    )
    return [
        {
            "kind": kind, "value": value, "change": change, "query": QUERIES[kind],
            "part": words.people(share.part) if share else "",
            "whole": words.people(share.whole) if share else "",
            "between": words.between(share) if share else "",
        }
        for kind, value, share, change in shown
    ]  # fmt: skip


def _number(value: int | None) -> str:
    return "—" if value is None else words.number(value)


def address(unit: UnitOf, span: str = "", page: str = "") -> str:
    """The address of a unit's page."""
    level = Level.SCHOOL if unit.grade else unit.level
    path = f"/participation/{level.value}/{unit.org_id}"
    path += f"/grade/{unit.grade}" if unit.grade else ""
    return f"{path}{page}" + (f"?span={span}" if span else "")

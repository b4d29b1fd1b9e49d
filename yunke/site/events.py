"""How the house is used: counts for those who run a school, a county or the city, never names."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yunke.base.pages import page
from yunke.ground.lake.door import Acts, acts_of, lake_state, verb_name
from yunke.ground.people.door import schools_reached

OTHERS = "others"
WIDTH, HEIGHT, LEFT, FOOT = 720, 220, 8, 28


@dataclass(frozen=True)
class Pillar:
    """One hour of the chart, in the units of its SVG."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    hour: str
    acts: int
    people: int


@require_GET
@page("events.read")
def events(request: HttpRequest) -> HttpResponse:
    who = request.who  # type: ignore[attr-defined]
    acts, state = acts_of(schools_reached(who, "events.read")), lake_state()
    return render(
        request,
        "site/events.html",
        {
            "acts": acts,
            "pillars": pillars(acts),
            "joined": next((c for c in acts.hours if c.key == OTHERS), None),
            "verbs": verbs(acts),
            "state": state,
            # Whole thousands: an exact number before and after tells one person's acts.
            "thousands": state.events // 1000,
            "width": WIDTH,
            "height": HEIGHT,
            "foot": HEIGHT - FOOT,
        },
    )


def pillars(acts: Acts) -> list[Pillar]:
    """A pillar for each hour with enough people; the hours between them stay empty."""
    shown = {int(count.key): count for count in acts.hours if count.key != OTHERS}
    if not shown:
        return []
    first, last = min(shown), max(shown)
    step = (WIDTH - 2 * LEFT) / max(8, last - first + 1)
    top = max(count.acts for count in shown.values())
    found = []
    for hour, count in sorted(shown.items()):
        height = (HEIGHT - FOOT - 26) * count.acts / top
        x = LEFT + (hour - first) * step + step * 0.14
        found.append(
            Pillar(
                round(x, 1), round(HEIGHT - FOOT - height, 1), round(step * 0.72, 1),
                round(height, 1), round(x + step * 0.36, 1), f"{hour}:00", count.acts,
                count.people,
            )
        )  # fmt: skip
    return found


def verbs(acts: Acts) -> list[dict[str, Any]]:
    return [
        {
            "name": _("其他动作") if count.key == OTHERS else verb_name(count.key),
            "acts": count.acts,
            "people": count.people,
        }
        for count in acts.verbs
    ]


urlpatterns = [path("events", events, name="events")]

"""How the house is used today, for the city: counts, never names. Who took part: the screen."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yunke.base.pages import page
from yunke.ground.lake.door import Acts, acts_of, lake_state, verb_name
from yunke.ground.lake.values import Count
from yunke.ground.people.door import schools_reached

OTHERS = "others"


@require_GET
@page("events.read")
def events(request: HttpRequest) -> HttpResponse:
    who = request.who  # type: ignore[attr-defined]
    if schools_reached(who, "events.read") is not None:
        # The same acts counted for parts of the city would tell the rest by taking away: whoever
        # sees a part reads the released figures.
        return redirect("/participation")
    acts, state = acts_of(None), lake_state()
    return render(
        request,
        "site/events.html",
        {
            "acts": acts,
            "hours": hours_of(acts),
            "top": max((count.acts for count in acts.hours), default=1),
            "joined": next((rounded(c) for c in acts.hours if c.key == OTHERS), None),
            "verbs": verbs(acts),
            "state": state,
            # Whole thousands: an exact number before and after tells one person's acts.
            "thousands": state.events // 1000,
        },
    )


def hours_of(acts: Acts) -> list[dict[str, Any]]:
    """The hours with enough people, in the order of the day."""
    shown = sorted((int(count.key), count) for count in acts.hours if count.key != OTHERS)
    return [
        {"name": f"{hour}:00", "acts": tens(count.acts), "people": count.people // 5 * 5}
        for hour, count in shown
    ]


def rounded(count: Count) -> Count:
    return replace(count, acts=tens(count.acts), people=count.people // 5 * 5)


def tens(acts: int) -> int:
    """To the nearest ten: an exact number before and after tells one person's acts."""
    return (acts + 5) // 10 * 10


def verbs(acts: Acts) -> list[dict[str, Any]]:
    return [
        {
            "name": _("其他动作") if count.key == OTHERS else verb_name(count.key),
            "acts": tens(count.acts),
            "people": count.people // 5 * 5,
        }
        for count in acts.verbs
    ]


urlpatterns = [path("events", events, name="events")]

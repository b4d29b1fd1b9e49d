"""What eight o'clock needs, against what this machine measured."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.once import key_of
from yunke.base.pages import Asked, page
from yunke.insight.screen.actions.measure import measure_ask
from yunke.insight.screen.reads.capacity import Outlook, outlook
from yunke.insight.screen.rules.capacity import (
    FRESH,
    PAGES,
    PEAK,
    REPORT,
    USUAL_MBIT,
    WITHIN,
    verdict_of,
    worst,
)
from yunke.insight.screen.values import Need
from yunke.insight.screen.views.words import number


@require_GET
@page("capacity.read")
def capacity(request: Asked) -> HttpResponse:
    asked = request.GET.get("within", "")
    within = int(asked) if asked in {str(n) for n in WITHIN} else WITHIN[1]
    known = outlook(within)
    return render(
        request,
        "screen/capacity.html",
        {
            "known": known, "within": within, "choices": WITHIN,
            "rows": [row(need) for need in known.needs],
            "verdict": worst(known.needs).value if known.needs else "",
            "assumed": assumed(known),
        },
    )  # fmt: skip


@require_POST
@page("capacity.measure")
def measure_now(request: Asked) -> HttpResponse:
    measure_ask(who_id=request.who.id, key=key_of(request))
    messages.info(request, _("开始测量，大约十二秒。"))
    return redirect("/capacity")


def row(need: Need) -> dict[str, Any]:
    """A need as a line with two bars on one scale."""
    most = max(need.wanted, need.measured or 0) or 1
    return {
        "name": need.name, "verdict": verdict_of(need).value,
        "wanted": figure(need.wanted),
        "measured": None if need.measured is None else figure(need.measured),
        "wanted_bar": round(100 * need.wanted / most, 1),
        "measured_bar": round(100 * (need.measured or 0) / most, 1),
        "times": None if need.measured is None or not need.wanted
        else times(need.measured / need.wanted),
    }  # fmt: skip


def figure(value: float) -> str:
    return f"{value:.1f}" if value < 10 else number(value)


def times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else number(ratio)


def assumed(known: Outlook) -> dict[str, Any]:
    """What was assumed, as numbers that the page shows."""
    return {
        "peak": f"{PEAK:g}", "fresh": f"{100 * FRESH:g}", "pages": PAGES,
        "report": f"{REPORT:g}",
        "mbit": f"{known.film_mbit or USUAL_MBIT:.1f}", "mbit_known": known.film_mbit is not None,
    }  # fmt: skip

"""The bells of a city, a county or a school, beside those above; laid all at once or one by one."""

from collections.abc import Mapping
from datetime import time

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Place, org_names
from yunke.school.timetable.actions.bells import bells_set
from yunke.school.timetable.actions.terms import org_of
from yunke.school.timetable.reads.bells import bell_lines
from yunke.school.timetable.rules import bells_laid, bells_meeting
from yunke.school.timetable.values import BellLine, Times
from yunke.school.timetable.views.office import office_for
from yunke.school.timetable.views.terms import number_read

PERIODS = range(1, 13)
COUNTS = {"morning": "4", "afternoon": "2", "minutes": "40", "gap": "10"}
LAY = {**COUNTS, "from": "08:20", "from_after": "14:00"}


@require_http_methods(["GET", "POST"])
@page("term.write")
def bells(request: Asked) -> HttpResponse:
    """Every period's times; "lay" in the address fills the form, only saving writes it."""
    place = office_for(request, "term.write")
    lines = bell_lines(place)
    if request.method != "POST":
        if "morning" not in request.GET:
            return _show(request, place, lines, {}, 200)
        laid = _laid(request.GET)
        return _show(request, place, lines, _typed(laid), 200 if laid else 422, unlaid=not laid)
    own, wrong = times_read(request.POST)
    wrong += bells_meeting({b.period: b.above for b in lines if b.above} | _set_of(own))
    if wrong:
        typed = {name: str(text) for name, text in request.POST.items()}
        return _show(request, place, lines, typed, 422, wrong=wrong)
    kept = {p for p in PERIODS if request.POST.get(f"choice-{p}") == "keep"}
    bells_set(request.who, place, own, kept)
    messages.success(request, _("已保存，课表马上照着走。"))
    return HttpResponseRedirect(f"/bells?org={org_of(place)}", status=303)


def times_read(sent: QueryDict) -> tuple[dict[int, Times | None], list[int]]:
    """The times of the form by period, None for those above; and periods that cannot be read."""
    own: dict[int, Times | None] = {}
    wrong = []
    for period in PERIODS:
        if f"starts-{period}" not in sent:
            continue
        texts = [sent.get(f"{name}-{period}", "").strip() for name in ("starts", "ends")]
        if not any(texts) or sent.get(f"choice-{period}") == "take":
            own[period] = None
            continue
        starts, ends = clock(texts[0]), clock(texts[1])
        if starts is None or ends is None or starts >= ends:
            wrong.append(period)
        else:
            own[period] = (starts, ends)
    return own, wrong


def clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.replace("：", ":")) if len(text) <= 8 else None
    except ValueError:
        return None


def _set_of(own: Mapping[int, Times | None]) -> dict[int, Times]:
    return {period: times for period, times in own.items() if times is not None}


def _laid(sent: QueryDict) -> dict[int, Times]:
    """The bells that a few numbers make, nothing when they make none."""
    morning, afternoon, minutes, gap = (number_read(sent.get(name, "")) for name in COUNTS)
    starts = [clock(sent.get(name, "")) for name in ("from", "from_after")]
    inside = 1 <= morning <= 6 and afternoon <= 6 and 10 <= minutes <= 90 and gap <= 60
    if not inside or starts[0] is None or starts[1] is None:
        return {}
    return bells_laid([(starts[0], morning), (starts[1], afternoon)], minutes, gap)


def _typed(times: Mapping[int, Times | None]) -> dict[str, str]:
    """Times as the form's fields say them."""
    return {
        f"{name}-{period}": f"{pair[at]:%H:%M}"
        for period, pair in times.items()
        if pair
        for at, name in enumerate(("starts", "ends"))
    }


def _show(
    request: Asked, place: Place, lines: tuple[BellLine, ...], typed: Mapping[str, str],
    status: int, *, wrong: list[int] | None = None, unlaid: bool = False,
) -> HttpResponse:  # fmt: skip
    values = typed or _typed({line.period: line.own for line in lines})
    known = {line.period: line for line in lines}
    last = max([*known, *(p for p in PERIODS if f"starts-{p}" in values)], default=0)
    rows = [
        {
            "line": known.get(period, BellLine(period, None)),
            "starts": values.get(f"starts-{period}", ""), "ends": values.get(f"ends-{period}", ""),
            "wrong": period in (wrong or ()),
        }
        for period in PERIODS if period <= last + 1
    ]  # fmt: skip
    org = org_of(place)
    context = {
        "rows": rows, "wrong": wrong, "unlaid": unlaid, "laid": bool(typed) and not wrong,
        "changed": any(line.changed for line in lines), "org": org_names([org])[org],
        "is_city": org == place.city, "lay": {n: request.GET.get(n, t) for n, t in LAY.items()},
    }  # fmt: skip
    return render(request, "timetable/bells.html", context, status=status)

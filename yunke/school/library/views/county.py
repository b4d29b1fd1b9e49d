"""A county's own pages: the city's words and the county's side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Role, Who
from yunke.school.library.actions.county import PageChange, county_page_set
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.forms import CountyForm
from yunke.school.library.reads.county import county_shelf, page_view
from yunke.school.library.values import SUBJECT_NAMES, PageView
from yunke.school.library.views.catalogue import GRADES, number_of
from yunke.school.library.views.words import subject_name, subjects


def county_of_staff(who: Who) -> int:
    """The county whose pages this person writes. Raises Http404 for nobody's."""
    held = (g.place.county for g in who.grants if g.role == Role.COUNTY_STAFF and g.place.county)
    county = next(held, 0)
    if not county:
        raise Http404
    return county


@require_GET
@page("page.override")
def shelf(request: Asked) -> HttpResponse:
    county = county_of_staff(request.who)
    grade = number_of(request.GET.get("grade", ""), GRADES) or 1
    subject = request.GET.get("subject", "")
    subject = subject if subject in SUBJECT_NAMES else "chinese"
    units = county_shelf(county, grade, subject)
    lines = [line for unit in units for line in (unit.line, *unit.lessons)]
    context = {
        "grade": grade,
        "grades": GRADES,
        "subject": subject_name(subject),
        "subjects": subjects(),
        "units": units,
        "own": sum(line.local for line in lines),
        "changed": sum(line.changed for line in lines),
    }
    return render(request, "library/county.html", context)


@require_http_methods(["GET", "POST"])
@page("page.override")
def lesson(request: Asked, lesson_id: int) -> HttpResponse:
    return _page(request, "lesson", lesson_id)


@require_http_methods(["GET", "POST"])
@page("page.override")
def unit(request: Asked, unit_id: int) -> HttpResponse:
    return _page(request, "unit", unit_id)


def _page(request: Asked, kind: str, object_id: int) -> HttpResponse:
    county = county_of_staff(request.who)
    view = page_view(kind, object_id, county)
    if view is None:
        raise Http404
    if request.method != "POST":
        return _show(request, view, None, 200)
    form = CountyForm(request.POST, kind=kind)
    if not form.is_valid():
        return _show(request, view, form, 422)
    change = PageChange(
        words=form.words(), position=form.cleaned_data["position"],
        hidden=form.cleaned_data["hidden"], kept=form.kept(),
    )  # fmt: skip
    try:
        county_page_set(
            who=request.who, county_id=county, kind=kind, object_id=object_id, change=change
        )
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已保存。本县的学生看到的是你们的版本。"))
    back = f"/county?grade={view.grade}&subject={view.subject}"
    return HttpResponseRedirect(back, status=303)


def _show(request: Asked, view: PageView, form: CountyForm | None, status: int) -> HttpResponse:
    typed: dict[str, Any] = dict(form.data.items()) if form else {}
    rows = [{"line": line, "ours": typed.get(line.field, line.ours)} for line in view.words]
    context = {
        "view": view,
        "rows": rows,
        "form": form,
        "position": typed.get("position", view.position or ""),
        "hidden": bool(typed.get("hidden")) if form else view.hidden,
        "changed": [line for line in view.words if line.changed],
        "subject": subject_name(view.subject),
    }
    return render(request, "library/county_page.html", context, status=status)

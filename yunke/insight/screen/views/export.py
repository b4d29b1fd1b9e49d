"""Taking figures away."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.insight.screen.actions.export import KINDS, figures_export
from yunke.insight.screen.reads.figures import released_days
from yunke.insight.screen.reads.reach import line_of
from yunke.insight.screen.views.participation import span_asked, unit_of


@require_GET
@page("participation.read")
def export(request: Asked, level: str, org_id: int, grade: int = 0) -> HttpResponse:
    """The figures of the unit's page as a file. 404 for a unit, span or format that is none."""
    unit, format = unit_of(level, org_id, grade), request.GET.get("format", "csv")
    span = span_asked(request.GET.get("span", ""), released_days())
    if unit is None or span is None or format not in KINDS or not line_of(request.who, unit):
        raise Http404
    body = figures_export(request.who, unit, span, format)
    response = HttpResponse(body, content_type=KINDS[format])
    name = f"yunke-{unit.level.value}-{org_id}-{span.key}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

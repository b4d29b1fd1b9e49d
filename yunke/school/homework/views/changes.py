"""A teacher moves a deadline, gives somebody more time, takes work back, takes results home."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.school.homework.actions.results import results_csv
from yunke.school.homework.actions.setting import (
    homework_due,
    homework_extend,
    homework_withdraw,
)
from yunke.school.homework.forms import DueForm, ExtendForm
from yunke.school.homework.views.scope import homework_marked


@require_POST
@page("homework.write")
def due_moved(request: Asked, homework_id: int) -> HttpResponse:
    homework_marked(request, homework_id)
    form = DueForm(request.POST)
    if not form.is_valid():
        raise Refused(_("时间读不懂，什么都没有改动。请重新选。"), status=422)
    homework_due(who_id=request.who.id, homework_id=homework_id, due_at=form.cleaned_data["due"])
    messages.success(request, _("截止时间改好了。"))
    return HttpResponseRedirect(f"/homework/{homework_id}", status=303)


@require_POST
@page("homework.write")
def extended(request: Asked, homework_id: int) -> HttpResponse:
    homework_marked(request, homework_id)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        raise Refused(_("选学生，再选 1 到 60 天。什么都没有改动。"), status=422)
    data = form.cleaned_data
    homework_extend(
        who_id=request.who.id, homework_id=homework_id, pupils=data["pupils"], days=data["days"]
    )
    messages.success(request, _("延期好了。"))
    return HttpResponseRedirect(f"/homework/{homework_id}", status=303)


@require_POST
@page("homework.write")
def withdrawn(request: Asked, homework_id: int) -> HttpResponse:
    homework_marked(request, homework_id)
    homework_withdraw(who_id=request.who.id, homework_id=homework_id)
    messages.success(request, _("作业收回了；已经交的都还在。"))
    return HttpResponseRedirect("/homework", status=303)


@require_GET
@page("homework.mark")
def results(request: Asked, homework_id: int) -> HttpResponse:
    """The class's results as CSV, for who marks it. The export is kept in the audit."""
    row = homework_marked(request, homework_id)
    pieces = results_csv(who_id=request.who.id, row=row)
    answer = HttpResponse(b"".join(pieces), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="homework-{homework_id}.csv"'
    return answer

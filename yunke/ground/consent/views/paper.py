"""Forms on paper for families without a phone: printed, signed, typed in, looked at by another."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.paper import Question, form_pdf
from yunke.craft.paper import Words as FormWords
from yunke.ground.audit.door import second_of
from yunke.ground.consent.actions.sheets import sheet_decide, sheet_enter
from yunke.ground.consent.forms import SheetForm
from yunke.ground.consent.reads.sheets import sheet_of, sheets_open
from yunke.ground.consent.reads.shown import subject_of
from yunke.ground.consent.rules.switches import switches_in
from yunke.ground.consent.values import SheetView
from yunke.ground.consent.views.own import spoken_for
from yunke.ground.people.door import (
    ClassName,
    Place,
    allowed,
    class_by_id,
    class_pupils,
    names_of,
    places_of,
    pupils_read,
)


@require_GET
@page("consent.read")
def form_own(request: Asked, person_id: int) -> HttpResponse:
    """The form of one's own child, to print at home or to read on paper."""
    spoken = spoken_for(request, person_id, "consent.read")
    return _pdf([(spoken.name.name, "")], f"consent-{person_id}")


@require_GET
@page("consent.paper")
def class_forms(request: Asked, class_id: int) -> HttpResponse:
    of = _class(request, class_id)
    pupils = class_pupils(class_id)
    waiting = sheets_open(class_id)
    names = {child.id: child.name for child in pupils}
    shown = {"of": of, "pupils": pupils, "waiting": waiting, "names": names}
    return render(request, "consent/class.html", shown)


# The answer is the paper itself; the same paper printed twice is the same paper.
@require_POST
@page("consent.paper", replay=False)
def forms_print(request: Asked, class_id: int) -> HttpResponse:
    of = _class(request, class_id)
    wanted = set(request.POST.getlist("pupil"))
    chosen = [p for p in class_pupils(class_id) if str(p.id) in wanted]
    if not chosen:
        raise Refused(_("还没有选学生。请先勾选，再按一次；什么都没有改动。"), status=422)
    english = _language() == "en"
    line = (of.name_en if english else "") or of.name
    return _pdf([(child.name, line) for child in chosen], f"consent-class-{class_id}")


@require_http_methods(["GET", "POST"])
@page("consent.paper")
def enter(request: Asked, class_id: int, person_id: int) -> HttpResponse:
    """Type in a signed form of a pupil of the class; a yes waits for a second look."""
    of = _class(request, class_id)
    child = next((p for p in class_pupils(class_id) if p.id == person_id), None)
    if child is None:
        raise Http404
    form = SheetForm(request.POST or None)
    shown = {"of": of, "child": child, "form": form, "switches": form.rows(), "today": today()}
    if request.method == "GET":
        return render(request, "consent/enter.html", shown)
    if not form.is_valid():
        return render(request, "consent/enter.html", shown, status=422)
    subject = subject_of(person_id, is_staff=False, grade=of.grade)
    made = sheet_enter(
        who_id=request.who.id,
        subject=subject,
        class_id=class_id,
        school_id=of.school_id,
        relation=form.cleaned_data["relation"],
        paper_on=form.cleaned_data["paper_on"],
        answers=form.answers(),
        language=_language(),
    )
    told = _("“不同意”已经算数；“同意”等另一位同事看过纸再算数。") if made else _("记下了。")
    messages.success(request, told)
    return HttpResponseRedirect(f"/class/{class_id}/consent", status=303)


@require_GET
@page("consent.paper")
def sheet(request: Asked, sheet_id: int) -> HttpResponse:
    """What was typed in, for the second person with the paper in hand: a family's answers."""
    found, of = _sheet(request, sheet_id)
    pupils_read(
        request.who, [found.person_id], part="consent", part_id=sheet_id,
        school_id=of.school_id, class_id=of.id,
    )  # fmt: skip
    return render(request, "consent/sheet.html", _sheet_shown(request, found, of))


@require_POST
@page("consent.paper")
def decide(request: Asked, sheet_id: int) -> HttpResponse:
    found, of = _sheet(request, sheet_id)
    given = request.POST.get("decision") == "given"
    grade = places_of([found.person_id])[found.person_id].grade
    sheet_decide(
        sheet_id=sheet_id,
        who_id=request.who.id,
        subject=subject_of(found.person_id, is_staff=False, grade=grade),
        given=given,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("看过了，已经记进去。") if given else _("退回了，什么都没有改。"))
    return HttpResponseRedirect(f"/class/{of.id}/consent", status=303)


def _class(request: Asked, class_id: int) -> ClassName:
    found = class_by_id(class_id)
    if found is None:
        raise Http404
    place = Place(school=found.school_id, grade=found.grade, class_id=class_id)
    if not allowed(request.who, "consent.paper", place):
        raise Http404
    return found


def _sheet(request: Asked, sheet_id: int) -> tuple[SheetView, ClassName]:
    found = sheet_of(sheet_id)
    if found is None:
        raise Http404
    return found, _class(request, found.class_id)


def _sheet_shown(request: Asked, found: SheetView, of: ClassName) -> dict[str, Any]:
    names = names_of([found.person_id, found.entered_by])
    second = second_of(found.second_id)
    rows = [
        (switch, found.answers[switch.key])
        for switch in switches_in(settings.PROFILE)
        if switch.key in found.answers
    ]
    return {
        "sheet": found,
        "of": of,
        "child": names.get(found.person_id),
        "by": names.get(found.entered_by),
        "rows": rows,
        "mine": found.entered_by == request.who.id,
        "open": second is not None and second.decision == "none" and not found.done_at,
    }

    return str(settings.PROFILE)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _pdf(people: list[tuple[str, str]], file: str) -> HttpResponse:
    english = _language() == "en"
    questions = [
        Question(
            s.name_en if english else s.name,
            s.what_en if english else s.what,
            s.milder_en if english else s.milder,
            f"{s.key} v{s.version}",
        )
        for s in switches_in(settings.PROFILE)
        if s.begun
    ]
    pdf = form_pdf(_words(today()), questions, people, "en" if english else "zh")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file}.pdf"'
    return response


def _words(day: date) -> FormWords:
    return FormWords(
        title=_("同意书"),
        intro=_("每一项分开选。选“不同意”，课、成绩、作业和座位都不会变，也没有人会知道。"),
        yes=_("同意"),
        no=_("不同意"),
        milder=_("更轻的办法："),
        child=_("孩子自己怎么说"),
        signed=_("家长签名"),
        relation=_("和孩子的关系"),
        day=_("日期"),
        foot=_("可以随时收回：在网页上按一下，或者告诉班主任。%(day)s") % {"day": day.isoformat()},
    )

"""Scans: sent as PDF, photographs or ZIP, read in a job; a person decides what is unclear."""

from typing import Any

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import class_pupils, pupils_read
from yunke.school.exams.actions.doubts import (
    mark_decide,
    page_aside,
    page_lacking,
    page_use,
    twice_decide,
    whose_decide,
)
from yunke.school.exams.actions.scanning import scan_send
from yunke.school.exams.forms.paper import number, words
from yunke.school.exams.models import Doubt, ScanPage
from yunke.school.exams.reads.led import Led
from yunke.school.exams.reads.sheets import (
    doubts_of,
    file_of,
    newest_layout,
    pages_asking,
    scans_of,
    sheet_lines,
    sheet_name,
)
from yunke.school.exams.rules.layout import letters_of
from yunke.school.exams.values.paper import DoubtKind, PageState, ScanState, Way
from yunke.school.exams.views.sheets import led_of

MOST_FILES = 60
BUSY = (ScanState.WAITING, ScanState.READING)


@require_http_methods(["GET", "POST"])
@page("sheet.run")
def scans_page(request: Asked, exam_id: int) -> HttpResponse:
    led = led_of(request, exam_id)
    if request.method == "POST":
        return _sent(request, led)
    classes = led.classes()
    chosen = next((c for c in classes if str(c.id) == request.GET.get("class")), classes[0])
    pupils_read(
        request.who, [pupil.id for pupil in class_pupils(chosen.id)], part="exam",
        part_id=led.id, school_id=led.exam.school_id, class_id=chosen.id,
    )  # fmt: skip
    context = {"led": led, "exam": led.view, "classes": classes, "chosen": chosen,
               "layout": newest_layout(led.id), **_state(led, chosen.id)}  # fmt: skip
    return render(request, "exams/scans.html", context)


def _state(led: Led, class_id: int) -> dict[str, Any]:
    lines = sheet_lines(led.id, class_id)
    scans = scans_of(led.id)
    return {
        "scans": scans,
        "busy": any(scan.state in BUSY for scan in scans),
        "lines": lines,
        "entered": sum(line.entered for line in lines),
        "asks": pages_asking(led.id, led.class_ids).count(),
        "early": bool(scans) and led.view.starts_at > now(),
    }


@require_GET
@page("sheet.run")
def scans_state(request: Asked, exam_id: int) -> HttpResponse:
    """How far the reading is, for a page that is open."""
    led = led_of(request, exam_id)
    chosen = number(request.GET, "class")
    if chosen not in led.class_ids:
        raise Http404
    context = {"led": led, "exam": led.view, "chosen": {"id": chosen}, **_state(led, chosen)}
    return render(request, "exams/scans_state.html", context)


def _sent(request: Asked, led: Led) -> HttpResponse:
    """Each file is a scan of its own; one that was there already changes nothing."""
    files = request.FILES.getlist("files")
    if not files:
        raise Refused(_("没有选文件，什么都没有传。"), status=422)
    if len(files) > MOST_FILES:
        raise Refused(_("一次最多 60 个文件，什么都没有存。请分几次传。"), status=422)
    # Before the first one is written: what is refused leaves no picture of any other behind.
    if not all(file.size for file in files):
        raise Refused(_("有一个文件是空的，什么都没有存。"), status=422)
    fresh = sum(
        scan_send(who=request.who, led=led, name=file.name or "scan", content=file)[1]
        for file in files
    )
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"fresh": fresh, "files": len(files)})
    told = ngettext("%(n)s 个文件已收下，正在读。", "%(n)s 个文件已收下，正在读。", fresh) % {
        "n": fresh
    }
    again = len(files) - fresh
    more = _("%(n)s 个以前传过，没有重复计入。") % {"n": again} if again else ""
    messages.success(request, (told if fresh else "") + more)
    return HttpResponseRedirect(f"/exams/{led.id}/scans", status=303)


@require_GET
@page("sheet.run")
def phone_page(request: Asked, exam_id: int) -> HttpResponse:
    """Sheet after sheet before a phone's camera; each goes off by itself."""
    led = led_of(request, exam_id)
    if newest_layout(led.id) is None:
        raise Http404
    return render(request, "exams/phone.html", {"led": led, "exam": led.view})


@require_GET
@page("sheet.run")
def doubts_page(request: Asked, exam_id: int) -> HttpResponse:
    """The first page that waits; back to the scans when none does."""
    led = led_of(request, exam_id)
    first = pages_asking(led.id, led.class_ids).first()
    if first is None:
        messages.success(request, _("都看完了，没有不清楚的地方。"))
        return HttpResponseRedirect(f"/exams/{led.id}/scans", status=303)
    return HttpResponseRedirect(f"/exams/{led.id}/doubts/{first.id}", status=303)


@require_http_methods(["GET", "POST"])
@page("sheet.run")
def doubt_page(request: Asked, exam_id: int, scan_page: int) -> HttpResponse:
    """One page with its picture; one key decides. 14 queries at most."""
    led = led_of(request, exam_id)
    if request.method == "POST":
        return _decided(request, led, scan_page)
    row = _page(led, scan_page)
    doubts = doubts_of(row.id)
    if row.state != PageState.ASKS or not doubts:
        return HttpResponseRedirect(f"/exams/{led.id}/doubts", status=303)
    if row.sheet and row.sheet.person_id:
        pupils_read(
            request.who, [row.sheet.person_id], part="exam", part_id=led.id,
            school_id=led.exam.school_id, class_id=row.sheet.class_id,
        )  # fmt: skip
    context = {
        "led": led, "exam": led.view, "row": row, "doubt": doubts[0], "more": len(doubts) - 1,
        "whose": sheet_name(row.sheet), "left": pages_asking(led.id, led.class_ids).count(),
        "pupils": _pupils(led) if doubts[0].kind == DoubtKind.WHOSE else (),
        "letters": _letters(row, doubts[0]), "digits": _digits(row, doubts[0]),
        "other": _other(row) if doubts[0].kind == DoubtKind.TWICE else None,
        "zone": _zone(row, doubts[0]), "usable": bool(row.number),
    }  # fmt: skip
    return render(request, "exams/doubt.html", context)


def _page(led: Led, page_id: int) -> ScanPage:
    rows = ScanPage.objects.filter(id=page_id, scan__exam_id=led.id)
    row = rows.select_related("sheet", "layout", "scan").first()
    if row is None or (row.sheet and row.sheet.class_id not in (0, *led.class_ids)):
        raise Http404
    return row


def _pupils(led: Led) -> list[tuple[str, list[Any]]]:
    return [(one.name, list(class_pupils(one.id))) for one in led.classes()]


def _letters(row: ScanPage, doubt: Doubt) -> str:
    place = row.layout.places.get(doubt.item, {}) if doubt.kind == DoubtKind.MARK else {}
    return letters_of(place) if place.get("way") == Way.BUBBLES else ""


def _digits(row: ScanPage, doubt: Doubt) -> bool:
    place = row.layout.places.get(doubt.item, {}) if doubt.kind == DoubtKind.MARK else {}
    return place.get("way") == Way.DIGITS


def _other(row: ScanPage) -> ScanPage | None:
    """The picture that says something else of the same page."""
    return (
        ScanPage.objects.filter(sheet=row.sheet_id, number=row.number)
        .exclude(id=row.id).exclude(state=PageState.ASIDE.value).order_by("id").first()
    )  # fmt: skip


def _zone(row: ScanPage, doubt: Doubt) -> dict[str, float] | None:
    """Where on the straight page the doubtful item stands, in millimetres of 210 × 297."""
    if doubt.kind != DoubtKind.MARK or not row.number:
        return None
    for field in row.layout.template["pages"][row.number - 1]["fields"]:
        if field["kind"] == "choice" and doubt.item in field["items"]:
            down = field["items"].index(doubt.item) * field["step"][1]
            wide = len(field["options"]) * field["step"][0] + 12
            return {"x": field["at"][0] - 12, "y": field["at"][1] + down - 4, "w": wide, "h": 8}
        if field["kind"] == "digits" and field["item"] == doubt.item:
            wide = field["columns"] * field["step"][0] + 10
            high = len(field["values"]) * field["step"][1] + 14
            return {"x": field["at"][0] - 10, "y": field["at"][1] - 12, "w": wide, "h": high}
    return None


def _decided(request: Asked, led: Led, page_id: int) -> HttpResponse:
    who, data, what = request.who, request.POST, request.POST.get("what", "")
    if what in ("mark", "many"):
        page_id = mark_decide(
            who=who, led=led, doubt_id=number(data, "doubt"), value=_value(request)
        )
    elif what == "aside":
        page_aside(who=who, led=led, page_id=page_id)
    elif what == "use":
        page_use(who=who, led=led, page_id=page_id)
    elif what == "whose":
        whose_decide(who=who, led=led, page_id=page_id, person_id=number(data, "person"))
    elif what in ("keep", "drop"):
        twice_decide(who=who, led=led, page_id=page_id, keep=what == "keep")
    else:
        raise Http404
    return HttpResponseRedirect(f"/exams/{led.id}/doubts/{page_id}", status=303)


def _value(request: Asked) -> str:
    """The letter of a button, several letters, a number as it was typed; "" for nothing."""
    data = request.POST
    if data.get("blank") == "yes":
        return ""
    if data.get("what") == "many":
        return "".join(one for one in data.getlist("many") if len(one) == 1)[:12]
    return words(data, "value", 12)


@require_POST
@page("sheet.run")
def lacking(request: Asked, exam_id: int, answer_sheet: int) -> HttpResponse:
    led = led_of(request, exam_id)
    page_lacking(
        who=request.who, led=led, sheet_id=answer_sheet, number=number(request.POST, "page", 99),
        lacks=words(request.POST, "lacks", 3) == "yes",
    )  # fmt: skip
    messages.success(request, _("记下了。"))
    return HttpResponseRedirect(f"/exams/{led.id}/scans", status=303)


@require_GET
@page("sheet.run")
def page_picture(request: Asked, exam_id: int, scan_page: int) -> HttpResponse:
    """A read page: our own pixels, encoded anew; nothing that somebody sent is ever shown."""
    path = file_of(_page(led_of(request, exam_id), scan_page).file)
    if path is None:
        raise Http404
    return picture_sent(path.open("rb"))


def picture_sent(content: Any) -> HttpResponse:
    response: HttpResponseBase = FileResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response  # type: ignore[return-value]

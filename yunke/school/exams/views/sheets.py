"""Answer sheets: made from the paper, looked at, printed class by class."""

import io

import pypdfium2
from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.school.exams.actions.printing import layout_make, preview_pdf, printing_ask
from yunke.school.exams.forms.paper import lines_typed, number
from yunke.school.exams.models import Layout, Printing
from yunke.school.exams.reads.led import Led, exam_led, paper_items
from yunke.school.exams.reads.sheets import file_of, newest_layout, printings_of
from yunke.school.exams.rules.layout import MOST_LINES, NOT_ON_PAPER, NotOnPaper, askings_of
from yunke.school.exams.values.paper import Way
from yunke.school.library.door import SUBJECT_NAMES

PREVIEW = 84 / 72  # pixels a point: a page is some 700 pixels wide


def led_of(request: Asked, exam_id: int) -> Led:
    """The exam, for those who run its paper; the same "not found" for everybody else."""
    led = exam_led(exam_id, request.who)
    if led is None:
        raise Http404
    return led


@require_GET
@page("sheet.run")
def sheets_page(request: Asked, exam_id: int) -> HttpResponse:
    """What the sheets look like, and their printing. 10 queries and one a class."""
    led = led_of(request, exam_id)
    layout = newest_layout(led.id)
    classes = led.classes()
    prints = printings_of(led.id)
    names = {one.id: one for one in classes}
    context = {
        "led": led, "exam": led.view, "layout": layout, "classes": classes,
        "pages": range(1, layout.pages + 1) if layout else (),
        "written": _written(led, layout), "refused": _refused(led),
        "printings": [(line, names.get(line.class_id)) for line in prints],
        "waiting": any(not line.ready and not line.reason for line in prints),
        "most": MOST_LINES,
    }  # fmt: skip
    return render(request, "exams/sheets.html", context)


def _written(led: Led, layout: Layout | None) -> list[dict[str, int]]:
    """The questions with fields to write in, and how many lines they have now."""
    try:
        askings = askings_of(paper_items(led.exam), {})
    except NotOnPaper:
        return []
    now_lines = _lines_now(layout)
    return [
        {"position": one.position, "lines": now_lines.get(one.position, one.lines)}
        for one in askings
        if one.way is Way.WRITING
    ]


def _lines_now(layout: Layout | None) -> dict[int, int]:
    pages = layout.template["pages"] if layout else []
    return {
        int(field["item"]): int(field["lines"])
        for sheet in pages
        for field in sheet["fields"]
        if field["kind"] == "writing"
    }


def _refused(led: Led) -> list[int]:
    return [place for place, item in paper_items(led.exam) if item.kind in NOT_ON_PAPER]


@require_POST
@page("sheet.run")
def layout_made(request: Asked, exam_id: int) -> HttpResponse:
    led, english = led_of(request, exam_id), (get_language() or "").startswith("en")
    subject = SUBJECT_NAMES.get(led.exam.subject, ("", ""))[english]
    grade = _("%(grade)s 年级") % {"grade": led.exam.grade}
    layout_make(
        who=request.who, led=led, title=f"{grade} · {subject}", lines=lines_typed(request.POST),
        language="en" if english else "zh",
    )  # fmt: skip
    messages.success(request, _("答题卡排好了。先看一看，再印。"))
    return HttpResponseRedirect(f"/exams/{led.id}/sheets", status=303)


@require_POST
@page("sheet.run")
def printing_asked(request: Asked, exam_id: int) -> HttpResponse:
    led = led_of(request, exam_id)
    layout = newest_layout(led.id)
    if layout is None:
        raise Http404
    printing_ask(
        who=request.who, led=led, layout_id=layout.id, class_id=number(request.POST, "class"),
        spares=number(request.POST, "spares", 1000),
    )  # fmt: skip
    messages.success(request, _("正在排版，好了就能在这里下载。"))
    return HttpResponseRedirect(f"/exams/{led.id}/sheets#print", status=303)


@require_GET
@page("sheet.run")
def preview(request: Asked, exam_id: int, sheet_page: int) -> HttpResponse:
    """A page as it will be printed, as a picture. A quarter of a second of one core."""
    layout = newest_layout(led_of(request, exam_id).id)
    if layout is None or not 1 <= sheet_page <= layout.pages:
        raise Http404
    out = io.BytesIO()
    with pypdfium2.PdfDocument(preview_pdf(layout)) as document:
        document[sheet_page - 1].render(scale=PREVIEW).to_pil().save(out, "PNG")
    response = HttpResponse(out.getvalue(), content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_GET
@page("sheet.run")
def printing_file(request: Asked, exam_id: int, print_id: int) -> HttpResponse:
    """The PDF, for those who run the exam; a class's names are on it."""
    led = led_of(request, exam_id)
    row = Printing.objects.filter(id=print_id, layout__exam_id=led.id).first()
    path = file_of(row.file) if row else None
    if row is None or path is None or (row.class_id and row.class_id not in led.class_ids):
        raise Http404
    response: HttpResponseBase = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"sheets-{led.id}-{row.id}.pdf",
        content_type="application/pdf",
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]

"""Questions in and out: a file is read, looked at, then written; a choice goes out as a file."""

import io
from collections import Counter
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.formats.sheet import SheetTooLong, sheet_xlsx
from yunke.craft.marking.items import item_from_json
from yunke.ground.lake.door import Verb, event_record
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.actions.packages import package_write
from yunke.school.library.actions.questionfiles import found_of, questions_bring, questions_take
from yunke.school.library.models import Question, QuestionFile
from yunke.school.library.reads.finding import questions_seen
from yunke.school.library.reads.items import item_of_row
from yunke.school.library.rules.asked import asked_from, key_lines
from yunke.school.library.rules.tables import headings, row_of
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.views.catalogue import GRADES, number_of
from yunke.school.library.views.questionfaults import missing_text
from yunke.school.library.views.words import subjects

SHOWN, SHOWN_MISSING, MOST_OUT = 30, 200, 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@page("question.write")
def bring(request: Asked) -> HttpResponse:
    """Choose a file; what came in before."""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused(_("请先选一个文件。"), status=422)
            number = questions_bring(
                who=request.who, name=str(file.name or ""), chunks=file.chunks(),
                subject=request.POST.get("subject", ""),
                grade=number_of(request.POST.get("grade", ""), GRADES),
            )  # fmt: skip
        except Refused as no:
            return _desk(request, no.text, no.status)
        return HttpResponseRedirect(f"/questions/import/{number}", status=303)
    return _desk(request)


def _desk(request: Asked, why: str = "", status: int = 200) -> HttpResponse:
    before = QuestionFile.objects.filter(person_id=request.who.id).order_by("-id")[:10]
    taught = [grant.subject for grant in request.who.grants if grant.subject in SUBJECT_NAMES]
    context = {
        "before": before, "why": why, "subjects": subjects(), "grades": GRADES,
        "subject": request.POST.get("subject") or (taught[0] if taught else "maths"),
        "grade": request.who.grade or 3,
    }  # fmt: skip
    return render(request, "library/questions/bring.html", context, status=status)


@require_GET
@page("question.write")
def brought(request: Asked, file_id: int) -> HttpResponse:
    """How far it is, what was understood, and by file and line what was not."""
    row = QuestionFile.objects.filter(id=file_id, person_id=request.who.id).first()
    if row is None:
        raise Http404
    moving = row.state in (QuestionFile.State.READING, QuestionFile.State.WRITING)
    context: dict[str, Any] = {"row": row, "moving": moving}
    if row.state in (QuestionFile.State.READ, QuestionFile.State.REFUSED):
        context |= _looked_at(row)
    context["reason"] = missing_text(row.reason.partition(":")[0], row.reason.partition(":")[2])
    name = "bringing.html" if request.htmx else "brought.html"
    return render(request, f"library/questions/{name}", context)


def _looked_at(row: QuestionFile) -> dict[str, Any]:
    found = found_of(row.id)
    items = [item_from_json(one.item) for one in found.brought[:SHOWN]]
    kinds = Counter(str(one.item["kind"]) for one in found.brought)
    missing = found.missing[:SHOWN_MISSING]
    return {
        "kinds": kinds.most_common(),
        "shown": [
            (one, asked_from(item, 0), key_lines(item.key))
            for one, item in zip(found.brought, items, strict=False)
        ],
        "more": max(0, len(found.brought) - SHOWN),
        "missing": [(one, missing_text(one.code, one.detail)) for one in missing],
        "more_missing": max(0, len(found.missing) - SHOWN_MISSING),
    }  # fmt: skip


@require_POST
@page("question.write")
def take(request: Asked, file_id: int) -> HttpResponse:
    try:
        questions_take(who=request.who, file_id=file_id)
    except NotYours:
        raise Http404 from None
    return HttpResponseRedirect(f"/questions/import/{file_id}", status=303)


@require_GET
@page("question.read")
def example(request: Asked) -> HttpResponse:
    """A table with a row of every kind, to be filled in."""
    from yunke.school.library.rules.examples import example_items  # noqa: PLC0415

    english = _english()
    rows = [row_of(item, "maths", 3, points, english=english) for item, points in example_items()]
    return _sheet(rows, "yunke-questions-example", english=english)


@require_GET
@page("question.read")
def export(request: Asked) -> HttpResponse:
    """The chosen questions as QTI 3.0 or as a table, 500 at most; only what this person may see."""
    ids = [int(one) for one in request.GET.getlist("id") if one.isdecimal() and len(one) < 18]
    rows = list(questions_seen(request.who).filter(id__in=ids[:MOST_OUT]).order_by("id"))
    if not rows:
        raise Refused(_("先勾选要导出的题。"), status=422, way=("/questions", _("回到题库")))
    kind = "qti" if request.GET.get("as") == "qti" else "xlsx"
    with transaction.atomic():
        event_record(
            actor_id=request.who.id, verb=Verb.QUESTIONS_EXPORTED, object_kind="question",
            object_id=rows[0].id, title=kind, result={"questions": len(rows)},
        )  # fmt: skip
    return _package(rows) if kind == "qti" else _table(rows)


def _package(rows: list[Question]) -> HttpResponse:
    out = io.BytesIO()
    package_write([item_of_row(row) for row in rows], out)
    return _file(out, "application/zip", f"yunke-questions-{now():%Y%m%d}.zip")


def _table(rows: list[Question]) -> HttpResponse:
    english = _english()
    points: dict[int, list[str]] = {}
    ties = Question.points.through.objects.filter(question__in=rows)
    for number, name in ties.values_list("question_id", "point__name").order_by("id"):
        points.setdefault(number, []).append(name)
    lines = [
        row_of(item_of_row(row), row.subject, row.grade, points.get(row.id, ()), english=english)
        for row in rows
    ]
    return _sheet(lines, f"yunke-questions-{now():%Y%m%d}", english=english)


def _sheet(lines: list[list[str]], name: str, *, english: bool) -> HttpResponse:
    out = io.BytesIO()
    try:
        sheet_xlsx(out, headings(english=english), lines, title="Questions" if english else "题目")
    except SheetTooLong:
        raise Refused(_("有一道题太长，Excel 的一格放不下。请用 QTI 导出。"), status=422) from None
    return _file(out, XLSX, f"{name}.xlsx")


def _file(out: io.BytesIO, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(out.getvalue(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _english() -> bool:
    return (get_language() or "").startswith("en")

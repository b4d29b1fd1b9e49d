"""Writing a question: its fields, what a pupil will see, and trying it out."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.marking.causes import BUGS
from yunke.craft.marking.items import Item, item_to_json
from yunke.craft.marking.marks import mark
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.actions.questionmedia import MediumRefused, medium_keep
from yunke.school.library.actions.questions import (
    question_may_write,
    question_retire,
    question_write,
)
from yunke.school.library.models import Question
from yunke.school.library.reads.finding import line_of, question_row_for
from yunke.school.library.reads.items import asked_of_row, item_of_row
from yunke.school.library.rules.answers import answer_from
from yunke.school.library.rules.asked import asked_from, solved_from
from yunke.school.library.rules.drafting import (
    Fields,
    Unfit,
    fields_of,
    item_from_fields,
    kept_from,
    names_free,
    typed_of,
)
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.values.questions import KIND_NAMES, QuestionDraft
from yunke.school.library.views.catalogue import GRADES, number_of
from yunke.school.library.views.questionwords import fault_text, reason_text
from yunke.school.library.views.words import subjects

MATHS = ("maths", "science")


@require_http_methods(["GET", "POST"])
@page("question.write")
def question_new(request: Asked) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None)
    subject = request.GET.get("subject", "")
    fields = {
        "kind": _kind(request.GET.get("kind", "")), "points_worth": "1",
        "subject": subject if subject in SUBJECT_NAMES else _own_subject(request),
        "grade": number_of(request.GET.get("grade", ""), GRADES) or _own_grade(request),
    }  # fmt: skip
    return _editor(request, fields, None)


@require_http_methods(["GET", "POST"])
@page("question.read")
def question_page(request: Asked, question_id: int) -> HttpResponse:
    """The editor for who may write it, else the question with its key."""
    row = question_row_for(request.who, question_id)
    if row is None:
        raise Http404
    writes = request.holds("question.write") and question_may_write(request.who, row)  # type: ignore[attr-defined]
    if request.method == "POST":
        if not writes:
            raise Http404
        return _save(request, row)
    if not writes or row.retired_at or "edit" not in request.GET:
        return _read(request, row, writes=writes)
    names = [point.name for point in row.points.all()]
    fields = fields_of(item_of_row(row)) | {
        "subject": row.subject, "grade": row.grade, "points": names, "stem_en": row.stem_en,
        "reasoning_en": row.reasoning_en,
    }  # fmt: skip
    return _editor(request, fields, row)


def _read(request: Asked, row: Question, *, writes: bool) -> HttpResponse:
    after = Question.objects.filter(replaces=row).values_list("id", flat=True).first()
    item = item_of_row(row)
    asked = asked_of_row(row)
    context = {
        "line": line_of(row), "row": row, "asked": asked, "item": item, "writes": writes,
        "solved": solved_from(item, asked, row.reasoning_en), "after": after,
        "fields": fields_of(item),
    }  # fmt: skip
    return render(request, "library/questions/page.html", context)


def _save(request: Asked, row: Question | None) -> HttpResponse:
    fields = Fields(dict(request.POST.lists()))
    try:
        sent = _with_picture(request, fields)
        item = _drafted(sent, row)
        draft = QuestionDraft(
            item=item_to_json(item), subject=sent.one("subject"),
            grade=number_of(sent.one("grade"), GRADES), points=tuple(filter(None, _points(sent))),
            stem_en=sent.one("stem_en"), reasoning_en=sent.one("reasoning_en"),
        )  # fmt: skip
        number = question_write(who=request.who, draft=draft, replaces_id=row.id if row else 0)
    except Unfit as unfit:
        return _editor(request, typed_of(fields), row, unfit.faults, status=422)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("题存好了。"))
    return HttpResponseRedirect(f"/questions/{number}", status=303)


def _points(sent: Fields) -> list[str]:
    """The chosen points, and one that was typed and not yet chosen."""
    return list(dict.fromkeys([*sent.many("points"), sent.one("point")]))[:12]


def _with_picture(request: Asked, fields: Fields) -> Fields:
    """A picture that came with the form is kept and named."""
    file = request.FILES.get("picture_file")
    if file is None:
        return fields
    try:
        name = medium_keep(cast("Any", file), str(file.name))
    except MediumRefused:
        raise Unfit({"picture": "picture"}) from None
    return Fields({**fields.sent, "picture": [name]})


def _drafted(fields: Fields, row: Question | None) -> Item:
    """The item of the fields; what the editor does not show stays as it was."""
    if fields.one("subject") not in SUBJECT_NAMES or not number_of(fields.one("grade"), GRADES):
        fields.wrong("grade", "points-none")
    item = item_from_fields(fields)
    return kept_from(item_of_row(row), item) if row is not None else item


# Writes nothing: it shows what is being written, which is too long for an address.
@require_POST
@page("question.write", replay=False)
def preview(request: Asked) -> HttpResponse:
    """What a pupil would see, with the answer that stands in it; or what is still missing."""
    fields = Fields(dict(request.POST.lists()))
    try:
        asked = asked_from(item_from_fields(fields, "0"), 0, fields.one("stem_en"))
    except Unfit as unfit:
        missing = [fault_text(code) for code in dict.fromkeys(unfit.faults.values())]
        context = {"missing": missing, "prompt": fields.one("prompt")}
        return render(request, "library/questions/preview.html", context)
    value = answer_from(asked, dict(request.POST.lists()))
    return render(request, "library/questions/preview.html", {"asked": asked, "value": value})


# Writes nothing: it marks an answer to a question that is not stored.
@require_POST
@page("question.write", replay=False)
def try_out(request: Asked) -> HttpResponse:
    """How the answer in the preview would be marked, and which causes would be found. Formulas
    are compared in a child on a short leash: up to two seconds."""
    fields = Fields(dict(request.POST.lists()))
    try:
        item = item_from_fields(fields, "0")
    except Unfit as unfit:
        missing = [fault_text(code) for code in dict.fromkeys(unfit.faults.values())]
        return render(request, "library/questions/tried.html", {"missing": missing})
    asked = asked_from(item, 0)
    value = answer_from(asked, dict(request.POST.lists()))
    said = mark(item, value)
    parts = [(part, reason_text(part.reason)) for part in said.parts]
    context = {
        "said": said, "reason": reason_text(said.reason), "parts": parts,
        "solved": solved_from(item, asked), "answered": value is not None,
    }  # fmt: skip
    return render(request, "library/questions/tried.html", context)


@require_POST
@page("question.write")
def retire(request: Asked, question_id: int) -> HttpResponse:
    back = request.POST.get("back") == "1"
    try:
        question_retire(who=request.who, question_id=question_id, back=back)
    except NotYours:
        raise Http404 from None
    messages.success(
        request, _("这道题又可以选了。") if back else _("这道题停用了，用过它的作业照旧。")
    )
    return HttpResponseRedirect(f"/questions/{question_id}", status=303)


@require_POST
@page("question.write")
def picture(request: Asked) -> HttpResponse:
    """Keeps a picture for a text and says its name: {"name"}."""
    file = request.FILES.get("picture")
    if file is None:
        raise Refused(fault_text("picture"), status=422)
    try:
        name = medium_keep(cast("Any", file), str(file.name))
    except MediumRefused:
        raise Refused(fault_text("picture"), status=422) from None
    return JsonResponse({"name": name})


def _editor(
    request: Asked, fields: dict[str, Any], row: Question | None,
    faults: dict[str, str] | None = None, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    kind = _kind(str(fields.get("kind", "")))
    told = {name: fault_text(code) for name, code in (faults or {}).items()}
    context = {
        "f": _padded(fields, kind), "kind": kind, "row": row, "faults": told,
        "kinds": list(KIND_NAMES), "subjects": subjects(), "grades": GRADES,
        "grade": str(fields.get("grade", "")), "bugs": BUGS,
        "keys": fields.get("subject") in MATHS or kind in ("number", "formula"),
    }  # fmt: skip
    return render(request, "library/questions/editor.html", context, status=status)


def _padded(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    """Empty rows to write in: so that a form works where no script adds them."""
    least = {"options": 4, "blanks": 2, "pairs": 4, "known": 1, "results": 2, "criteria": 2}
    found = dict(fields)
    for name, count in least.items():
        rows = list(found.get(name) or [])
        found[name] = rows + [{} for _empty in range(count - len(rows))]
    free = names_free({option.get("id") for option in found["options"]})
    for option in found["options"]:
        if kind in ("choice", "multiple") and not option.get("id"):
            option["id"] = next(free)
    return found


def _kind(text: str) -> str:
    return text if text in KIND_NAMES else "choice"


def _own_subject(request: Asked) -> str:
    taught = [grant.subject for grant in request.who.grants if grant.subject in SUBJECT_NAMES]
    return taught[0] if taught else "maths"


def _own_grade(request: Asked) -> int:
    return request.who.grade or 3

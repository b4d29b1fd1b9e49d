"""A roster from the file to the receipt."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.paging import page_number, page_of
from yunke.base.trouble import Refused
from yunke.craft.formats.sheet import Column, sheet_csv
from yunke.gate.exchange.actions.stage import roster_read_again
from yunke.gate.exchange.actions.undo import may_undo, undo_ask
from yunke.gate.exchange.actions.upload import (
    LARGEST,
    import_begin,
    import_drop,
    import_second_ask,
    import_second_decide,
    import_write_ask,
)
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.imports import (
    RIGHT,
    import_of,
    imports_of,
    moving,
    offices_of,
)
from yunke.gate.exchange.reads.staged import wrongs_of
from yunke.gate.exchange.values import Act, State
from yunke.gate.exchange.views import words
from yunke.gate.exchange.views.preview import DECIDE, ended, preview
from yunke.ground.audit.door import seconds_waiting
from yunke.ground.people.door import allowed, holds, names_of, org_names, org_places

MOVING = {State.WAITING, State.READING, State.WRITING, State.UNDOING}


@require_http_methods(["GET", "POST"])
@page(RIGHT)
def rosters(request: Asked) -> HttpResponse:
    """The history, and the place to drop a new file."""
    offices = offices_of(request.who)
    if not offices:
        raise Http404
    if request.method == "POST":
        return _upload(request, [office.id for office in offices])
    return _desk(request)


def _upload(request: Asked, offices: list[int]) -> HttpResponse:
    own = {str(office): office for office in offices}
    office = own.get(request.POST.get("office", ""), offices[0])
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(_("请先选一个文件。"), status=422)
        number = import_begin(
            who_id=request.who.id, org_id=office, name=file.name or "", chunks=file.chunks()
        )
    except Refused as no:
        return _desk(request, no.text, no.status)
    return HttpResponseRedirect(f"/roster/{number}", status=303)


def _desk(request: Asked, why: str = "", status: int = 200) -> HttpResponse:
    found = page_of(imports_of(request.who), page_number(request.GET.get("page", "")), size=20)
    rows: list[Import] = found.rows
    orgs = org_names(row.org_id for row in rows)
    people = names_of(row.made_by for row in rows)
    states = words.state_words()
    shown: dict[str, Any] = {
        "offices": offices_of(request.who), "found": found, "why": why, "largest": LARGEST,
        "lines": [
            {
                "row": row, "org": orgs.get(row.org_id), "by": people.get(row.made_by),
                "state": states[row.state], "undo": may_undo(row), "counts": _summary(row),
            }
            for row in rows
        ],
        "waiting": _waiting(request), "may_export": holds(request.who, "roster.export"),
    }  # fmt: skip
    return render(request, "exchange/rosters.html", shown, status=status)


def _summary(row: Import) -> list[dict[str, Any]]:
    """People of an import by act, for its line in the history."""
    told = words.act_words()
    found = []
    for act in (Act.NEW, Act.CHANGED, Act.GONE):
        many = sum(row.counts.get(thing, {}).get(act, 0) for thing in ("pupil", "staff"))
        if many:
            found.append({"count": many, "word": told[act][0], "kind": told[act][2]})
    return found


def _waiting(request: Asked) -> list[dict[str, Any]]:
    """What waits for this person's yes or no."""
    asked = [one for one in seconds_waiting() if one.kind.startswith("roster.")]
    places = org_places(one.org_id for one in asked)
    mine = [
        one for one in asked
        if one.asked_by != request.who.id and one.org_id in places
        and allowed(request.who, DECIDE, places[one.org_id])
    ]  # fmt: skip
    people = names_of(one.asked_by for one in mine)
    return [{"second": one, "by": people.get(one.asked_by)} for one in mine]


@require_GET
@page(RIGHT)
def roster(request: Asked, import_id: int) -> HttpResponse:
    """One import, whatever its state."""
    row = _row(request, import_id)
    return render(request, _template(row), _shown(request, row))


@require_GET
@page(RIGHT)
def progress(request: Asked, import_id: int) -> HttpResponse:
    """How far the work is; asked every second. A finished one sends the browser on."""
    row = _row(request, import_id)
    if row.state not in MOVING:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = f"/roster/{row.id}"
        return response
    return render(request, "exchange/part_progress.html", _moving(row))


def _moving(row: Import) -> dict[str, Any]:
    job = moving(row)
    stage = words.stage_words().get(job.stage if job else "", "")
    failed = job is not None and job.state == "failed"
    return {"row": row, "stage": stage, "share": job.share if job else 0, "failed": failed}


def _row(request: Asked, import_id: int) -> Import:
    row = import_of(request.who, import_id)
    if row is None:
        raise Http404
    return row


def _template(row: Import) -> str:
    if row.state in MOVING:
        return "exchange/moving.html"
    if row.state == State.READ:
        missing = row.told.get("missing")
        return "exchange/columns.html" if missing else "exchange/preview.html"
    return "exchange/ended.html"


def _shown(request: Asked, row: Import, why: str = "") -> dict[str, Any]:
    org = org_names([row.org_id]).get(row.org_id)
    by = names_of([row.made_by, row.undone_by])
    shown: dict[str, Any] = {
        "row": row, "org": org, "by": by.get(row.made_by), "state": words.state_words()[row.state],
        "undone_by": by.get(row.undone_by), "why": why,
    }  # fmt: skip
    if row.state in MOVING:
        return shown | _moving(row)
    if row.trouble:
        shown["trouble"] = (*words.trouble_text(row.trouble), row.trouble)
    if row.state == State.READ:
        return shown | preview(request, row)
    return shown | ended(row)


@require_POST
@page(RIGHT)
def columns(request: Asked, import_id: int) -> HttpResponse:
    """Read the list again with the columns as a person says they are."""
    row = _row(request, import_id)
    if row.state != State.READ or not row.told.get("columns"):
        raise Refused(_("这份名册现在不能改列名。"), status=422)
    chosen = {
        str(index): request.POST.get(f"column-{index}", "")
        for index in range(len(row.told["columns"]))
    }
    roster_read_again(row.id, {i: c for i, c in chosen.items() if c in set(Column)})
    return HttpResponseRedirect(f"/roster/{row.id}", status=303)


@require_POST
@page(RIGHT)
def write(request: Asked, import_id: int) -> HttpResponse:
    row = _row(request, import_id)
    import_write_ask(import_id=row.id, who_id=request.who.id)
    return HttpResponseRedirect(f"/roster/{row.id}", status=303)


@require_POST
@page(RIGHT)
def second_asked(request: Asked, import_id: int) -> HttpResponse:
    row = _row(request, import_id)
    reason = request.POST.get("reason", "")
    import_second_ask(import_id=row.id, who_id=request.who.id, reason=reason)
    messages.success(request, _("已经提出。同意以后，回到这一页就能导入。"))
    return HttpResponseRedirect(f"/roster/{row.id}", status=303)


@require_POST
@page(RIGHT)
def second_decided(request: Asked, import_id: int) -> HttpResponse:
    row = _row(request, import_id)
    if not allowed(request.who, DECIDE, org_places([row.org_id])[row.org_id]):
        raise Http404
    given = request.POST.get("answer") == "yes"
    import_second_decide(
        row=row, who_id=request.who.id, given=given, reason=request.POST.get("reason", "")
    )
    messages.success(request, _("已经同意。") if given else _("已经回复：不同意。"))
    return HttpResponseRedirect(f"/roster/{row.id}", status=303)


@require_POST
@page(RIGHT)
def drop(request: Asked, import_id: int) -> HttpResponse:
    import_drop(import_id=_row(request, import_id).id)
    messages.success(request, _("这份名册已经放弃，什么都没有写入。"))
    return HttpResponseRedirect("/roster", status=303)


@require_POST
@page(RIGHT)
def undo(request: Asked, import_id: int) -> HttpResponse:
    undo_ask(import_id=_row(request, import_id).id, who_id=request.who.id)
    return HttpResponseRedirect(f"/roster/{import_id}", status=303)


@require_GET
@page(RIGHT)
def wrong_list(request: Asked, import_id: int) -> Any:
    """Everything that is wrong, as a list to mend the file by."""
    row = _row(request, import_id)
    header = [_("文件"), _("行"), _("列"), _("原来的内容"), _("怎么了，怎么改")]
    lines: Iterable[list[str | int]] = (
        [w.file, w.line, words.column_text(w), w.value, words.wrong_text(w)] for w in wrongs_of(row)
    )
    name = quote(_("错误清单") + f"-{row.id}.csv")
    response = StreamingHttpResponse(_listed(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _listed(header: list[str], lines: Iterable[list[str | int]]) -> Iterator[bytes]:
    yield from sheet_csv(header, lines)

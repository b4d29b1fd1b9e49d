"""Examples to fill in, and a school's own roster to take along."""

import io
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.formats.oneroster import bundle_write
from yunke.craft.formats.sheet import sheet_csv, sheet_xlsx
from yunke.gate.exchange.actions.export import KINDS, SECOND, export_ask, export_take
from yunke.gate.exchange.views.preview import DECIDE
from yunke.ground.audit.door import second_decide, second_of, seconds_asked, seconds_waiting
from yunke.ground.people.door import Who, allowed, names_of, org_names, org_places

EXPORT = "roster.export"
_HEADER = ("学校", "年级", "班级", "姓名", "学号", "角色", "学科", "班主任")
_ROWS = (
    ("云州市示范小学", "三年级", "1班", "林小满", "G330102201701010011", "学生", "", ""),
    ("云州市示范小学", "三年级", "1班", "𠮷田一", "G330102201701010022", "学生", "", ""),
    ("云州市示范小学", "三年级", "2班", "欧阳昇", "G330102201701010033", "学生", "", ""),
    ("云州市示范小学", "三年级", "1班", "周老师", "T00000000001", "教师", "语文", "是"),
    ("云州市示范小学", "三年级", "2班", "周老师", "T00000000001", "教师", "语文", ""),
)


@require_GET
@page("roster.import")
def example(request: Asked, name: str) -> HttpResponse:
    """A list or bundle with a few invented people, to fill in one's own."""
    if name not in KINDS:
        raise Http404
    content_type, ending = KINDS[name]
    file = io.BytesIO()
    if name == "csv":
        file.write(b"".join(sheet_csv(_HEADER, _ROWS)))
    elif name == "xlsx":
        sheet_xlsx(file, _HEADER, _ROWS, title="名册")
    else:
        bundle_write(file, _bundle())
    response = HttpResponse(file.getvalue(), content_type=content_type)
    title = quote(_("名册样例"))
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{title}.{ending}"
    return response


def _bundle() -> dict[str, list[dict[str, str]]]:
    school, of = "org-0001", "class-0001"
    return {
        "orgs": [{"sourcedId": school, "name": _ROWS[0][0], "type": "school", "identifier": "S1"}],
        "classes": [
            {"sourcedId": of, "title": "三年级1班", "grades": "03", "classType": "homeroom",
             "schoolSourcedId": school}
        ],
        "users": [
            {"sourcedId": row[4], "enabledUser": "true", "familyName": row[3][0],
             "givenName": row[3][1:], "primaryOrgSourcedId": school}
            for row in _ROWS[:4]
        ],
        "roles": [
            {"sourcedId": f"role-{row[4]}", "userSourcedId": row[4], "roleType": "primary",
             "role": "student" if row[5] == "学生" else "teacher", "orgSourcedId": school}
            for row in _ROWS[:4]
        ],
        "enrollments": [
            {"sourcedId": f"tie-{row[4]}", "classSourcedId": of, "schoolSourcedId": school,
             "userSourcedId": row[4], "role": "student" if row[5] == "学生" else "teacher",
             "primary": "true" if row[7] else "false"}
            for row in _ROWS[:4]
        ],
    }  # fmt: skip


def _school(request: Asked) -> int:
    """The school whose roster goes out: one's own, or the one a second person decides about."""
    typed = request.GET.get("school") or request.POST.get("school") or ""
    own = [g.place.school for g in request.who.grants if g.role == "school_admin"]
    wanted = int(typed) if typed.isdecimal() and len(typed) < 18 else 0
    if wanted in own or (not wanted and own):
        return wanted or own[0]
    place = org_places([wanted]).get(wanted)
    if place is None or not place.school or not allowed(request.who, DECIDE, place):
        raise Http404
    return wanted


# The second person of a county holds no right to a list of names, but decides about one.
@require_http_methods(["GET", "POST"])
@page(DECIDE)
def export(request: Asked) -> HttpResponse:
    school = _school(request)
    if request.method == "POST":
        place = org_places([school])[school]
        if not allowed(request.who, EXPORT, place):
            raise Http404
        kind = request.POST.get("kind", "")
        if kind not in KINDS:
            raise Refused(_("请选一种格式。"), status=422)
        reason = request.POST.get("reason", "")
        export_ask(who_id=request.who.id, school_id=school, kind=kind, reason=reason)
        return HttpResponseRedirect(f"/roster/export?school={school}", status=303)
    return render(request, "exchange/export.html", _shown(request.who, school))


def _shown(who: Who, school: int) -> dict[str, Any]:
    place = org_places([school])[school]
    mine = [s for s in seconds_asked(who.id) if s.kind == SECOND and s.org_id == school]
    waiting = [
        s for s in seconds_waiting()
        if s.kind == SECOND and s.org_id == school and s.asked_by != who.id
    ]  # fmt: skip
    people = names_of([s.asked_by for s in waiting] + [s.decided_by for s in mine])
    return {
        "school": org_names([school])[school],
        "may_ask": allowed(who, EXPORT, place),
        "mine": [{"s": s, "by": people.get(s.decided_by), "kind": kind_name(s)} for s in mine],
        "waiting": [{"s": s, "by": people.get(s.asked_by), "kind": kind_name(s)} for s in waiting],
    }


def kind_name(second: Any) -> str:
    names = {"csv": "CSV", "xlsx": "Excel", "bundle": "OneRoster 1.2"}
    return names.get(str(second.about.get("kind")), "")


@require_POST
@page(DECIDE)
def export_decided(request: Asked, second_id: int) -> HttpResponse:
    found = second_of(second_id)
    place = org_places([found.org_id]).get(found.org_id) if found else None
    if found is None or place is None or found.kind != SECOND:
        raise Http404
    if not allowed(request.who, DECIDE, place):
        raise Http404
    second_decide(
        id=second_id, who_id=request.who.id, given=request.POST.get("answer") == "yes",
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return HttpResponseRedirect(f"/roster/export?school={found.org_id}", status=303)


# The answer is a list of names: no receipt may keep it. A consent is used once by itself.
@require_POST
@page(EXPORT, replay=False)
def export_file(request: Asked, second_id: int) -> Any:
    found = second_of(second_id)
    place = org_places([found.org_id]).get(found.org_id) if found else None
    if found is None or place is None or not allowed(request.who, EXPORT, place):
        raise Http404
    handed = export_take(who_id=request.who.id, second_id=second_id)
    response = StreamingHttpResponse(handed.pieces, content_type=handed.content_type)
    name = quote(_("名册") + f"-{found.org_id}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.{handed.ending}"
    return response

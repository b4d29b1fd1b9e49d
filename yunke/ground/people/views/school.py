"""A school's people: classes, search, leaving, a new password."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.base.trouble import Refused
from yunke.ground.people.actions.looking import pupils_read
from yunke.ground.people.reads.classes import class_and_place
from yunke.ground.people.reads.life import colleagues, heads_of, moves_waiting
from yunke.ground.people.reads.school import (
    PersonLine,
    SchoolName,
    school_class_lines,
    school_people,
    school_person,
    schools_of,
)
from yunke.ground.people.rules.rights import allowed
from yunke.ground.people.values import Kind, Role
from yunke.ground.people.views.tend import class_title

KINDS = (
    ("", gettext_lazy("所有人")),
    (Kind.PUPIL.value, gettext_lazy("学生")),
    (Kind.STAFF.value, gettext_lazy("教职工")),
    (Kind.GUARDIAN.value, gettext_lazy("家长")),
)
ROLES = {
    Role.PUPIL: gettext_lazy("学生"),
    Role.GUARDIAN: gettext_lazy("学生家长"),
    Role.TEACHER: gettext_lazy("任课老师"),
    Role.HEAD_TEACHER: gettext_lazy("班主任"),
    Role.REVIEWER: gettext_lazy("审课员"),
    Role.COUNSELLOR: gettext_lazy("心理老师"),
    Role.SCHOOL_ADMIN: gettext_lazy("学校管理员"),
    Role.COUNTY_STAFF: gettext_lazy("区县工作人员"),
    Role.CITY_STAFF: gettext_lazy("市级工作人员"),
}


def school_for(request: Asked) -> SchoolName:
    """The school that the address or form names, else one's first; "not found" for another's."""
    schools = schools_of(request.who)
    wanted = request.GET.get("school") or request.POST.get("school") or ""
    found = [s for s in schools if str(s.id) == wanted] if wanted else schools
    if not found:
        raise Http404
    return found[0]


@require_GET
@page("people.read")
def people(request: Asked) -> HttpResponse:
    """The school's classes; or the people that a search finds."""
    school = school_for(request)
    search, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    shown: dict[str, Any] = {"school": school, "schools": schools_of(request.who)}
    shown |= {"tab": "people", "waiting_moves": moves_waiting(school.id)}
    shown |= {"q": search, "kind": kind, "kinds": KINDS}
    if search or "kind" in request.GET:
        number = page_number(request.GET.get("page", ""))
        found = school_people(school.id, search=search, kind=kind, page=number)
        _pupils_read(request, found.rows, "people_search", school.id)
        query = urlencode({"school": school.id, "q": search, "kind": kind})
        shown |= {"found": found, "lines": named(found.rows), "pages_query": query}
    else:
        shown["classes"] = school_class_lines(school.id)
    return render(request, "people/people.html", shown)


@require_GET
@page("people.read")
def people_class(request: Asked, class_id: int) -> HttpResponse:
    """Everybody of one class."""
    found = class_and_place(class_id)
    if found is None or not allowed(request.who, "people.read", found[1]):
        raise Http404
    of, place = found
    number = page_number(request.GET.get("page", ""))
    lines = school_people(place.school, class_id=class_id, page=number, size=100)
    _pupils_read(request, lines.rows, "class_list", place.school, class_id)
    shown: dict[str, Any] = {"of": of, "title": class_title(of), "today": today().isoformat()}
    shown |= {"found": lines, "lines": named(lines.rows)}
    shown |= {"heads": heads_of(class_id), "colleagues": colleagues(place.school)}
    return render(request, "people/people_class.html", shown)


def _pupils_read(
    request: Asked, lines: list[PersonLine], part: str, school_id: int, class_id: int = 0
) -> None:
    """The look at the pupils among them is kept. Raises Refused for too many in an hour."""
    pupils = [line.id for line in lines if line.kind == Kind.PUPIL]
    pupils_read(
        request.who, pupils, part=part, part_id=class_id, school_id=school_id, class_id=class_id
    )


def person_for(request: Asked, person_id: int) -> PersonLine:
    """The person, in whichever of one's own schools; "not found" for everybody else's."""
    for school in schools_of(request.who):
        found = school_person(school.id, person_id)
        if found is not None:
            return found
    raise Http404


def not_oneself(request: Asked, somebody: PersonLine) -> None:
    """A device left alone must not become a new password without the old one."""
    if somebody.id == request.who.id:
        raise Refused(_("自己的密码和二次验证在“账户”里改；什么都没有改动。"), status=422)


def named(lines: list[PersonLine]) -> list[dict[str, Any]]:
    """Lines with what their role is called in the language of the page."""
    return [{"p": line, "role": ROLES[Role(line.role)]} for line in lines]

"""A school's people: classes, search, leaving, a new password."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yunke.base import hashing
from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.base.trouble import Refused
from yunke.ground.people.actions.looking import pupils_read
from yunke.ground.people.actions.passwords import password_reset
from yunke.ground.people.actions.school import person_leave
from yunke.ground.people.actions.second import second_factor_remove
from yunke.ground.people.reads.classes import class_and_place
from yunke.ground.people.reads.school import (
    PersonLine,
    SchoolName,
    school_class_lines,
    school_people,
    school_person,
    schools_of,
    works_elsewhere,
)
from yunke.ground.people.rules.codes import password_new
from yunke.ground.people.rules.rights import allowed
from yunke.ground.people.values import Kind, Role
from yunke.ground.people.views.enter import busy_page
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
    """The school whose people are looked at; "not found" for who administers none."""
    schools = schools_of(request.who)
    wanted = request.GET.get("school") or request.POST.get("school") or ""
    found = [s for s in schools if str(s.id) == wanted] or schools
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
    shown |= {"q": search, "kind": kind, "kinds": KINDS}
    if search or "kind" in request.GET:
        number = page_number(request.GET.get("page", ""))
        found = school_people(school.id, search=search, kind=kind, page=number)
        _pupils_read(request, found.rows, "people_search", school.id)
        query = urlencode({"school": school.id, "q": search, "kind": kind})
        shown |= {"found": found, "lines": _named(found.rows), "pages_query": query}
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
    shown = {"of": of, "title": class_title(of), "found": lines, "lines": _named(lines.rows)}
    return render(request, "people/people_class.html", shown)


@require_GET
@page("people.write")
def person(request: Asked, person_id: int) -> HttpResponse:
    """One person: leave, a new password, a lost second factor."""
    return render(request, "people/person.html", _shown(request, _person(request, person_id)))


@require_POST
@page("people.write")
def person_out(request: Asked, person_id: int) -> HttpResponse:
    somebody = _person(request, person_id)
    if somebody.kind == Kind.GUARDIAN or somebody.id == request.who.id:
        raise Refused(_("这个账户不能在这里办理离校；什么都没有改动。"), status=422)
    _only_ours(somebody)
    person_leave(actor_id=request.who.id, person_id=somebody.id, school_id=somebody.school_id)
    messages.success(request, _("%(name)s 已办理离校，账户立刻停用。") % {"name": somebody.name})
    target = f"/people/class/{somebody.class_id}" if somebody.class_id else "/people"
    return HttpResponseRedirect(target, status=303)


# The answer shows the password once and no receipt may keep it; hashing stays out of the database.
@require_POST
@page("people.write", replay=False)
def person_password(request: Asked, person_id: int) -> HttpResponse:
    somebody = _person(request, person_id)
    _not_oneself(request, somebody)
    _only_ours(somebody)
    if somebody.left_on:
        raise Refused(_("这个人已经离校，不能再登录；什么都没有改动。"), status=422)
    made = password_new()
    try:
        encoded = hashing.encode(made)
    except hashing.HashBusy as trouble:
        return busy_page(request, trouble)
    password_reset(
        actor_id=request.who.id, person_id=somebody.id, name=somebody.name, encoded=encoded
    )
    shown = {**_shown(request, somebody), "made": made}
    return render(request, "people/person.html", shown)


@require_POST
@page("people.write")
def person_second_out(request: Asked, person_id: int) -> HttpResponse:
    """Somebody lost the phone with the second factor."""
    somebody = _person(request, person_id)
    _not_oneself(request, somebody)
    _only_ours(somebody)
    second_factor_remove(actor_id=request.who.id, person_id=somebody.id, name=somebody.name)
    messages.success(
        request, _("%(name)s 的二次验证已取消，请他登录后重新开启。") % {"name": somebody.name}
    )
    return HttpResponseRedirect(f"/people/person/{person_id}", status=303)


def _pupils_read(
    request: Asked, lines: list[PersonLine], part: str, school_id: int, class_id: int = 0
) -> None:
    """The look at the pupils among them is kept. Raises Refused for too many in an hour."""
    pupils = [line.id for line in lines if line.kind == Kind.PUPIL]
    pupils_read(
        request.who, pupils, part=part, part_id=class_id, school_id=school_id, class_id=class_id
    )


def _person(request: Asked, person_id: int) -> PersonLine:
    """The person, in whichever of one's own schools; "not found" for everybody else's."""
    for school in schools_of(request.who):
        found = school_person(school.id, person_id)
        if found is not None:
            return found
    raise Http404


def _not_oneself(request: Asked, somebody: PersonLine) -> None:
    """A device left alone must not become a new password without the old one."""
    if somebody.id == request.who.id:
        raise Refused(_("自己的密码和二次验证在“账户”里改；什么都没有改动。"), status=422)


def _only_ours(somebody: PersonLine) -> None:
    """Who administers one school takes over nobody's rights in another, or above."""
    if works_elsewhere(somebody.id, somebody.school_id):
        why = _("这位同事在别的单位也有职务，账户要由那里一起办理；什么都没有改动。")
        raise Refused(why, status=422)


def _shown(request: Asked, somebody: PersonLine) -> dict[str, Any]:
    elsewhere = works_elsewhere(somebody.id, somebody.school_id)
    return {"line": _named([somebody])[0], "elsewhere": elsewhere}


def _named(lines: list[PersonLine]) -> list[dict[str, Any]]:
    """Lines with what their role is called in the language of the page."""
    return [{"p": line, "role": ROLES[Role(line.role)]} for line in lines]

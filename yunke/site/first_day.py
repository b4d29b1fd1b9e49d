"""The first day: from an empty server to a lesson that a pupil sees, drawn as a path.

Each step says what is missing, live; each can be handed to a school's clerk. On an empty server
the page asks for the code that the console printed, and makes the city and its first clerk.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from yunke.base import hashing
from yunke.base.clock import today
from yunke.base.pages import Asked, open_page
from yunke.base.templatetags.yunke import local
from yunke.base.trouble import Refused
from yunke.ground.people.door import (
    Place,
    Role,
    SchoolState,
    TooOften,
    Who,
    city_id,
    city_open,
    device_of,
    errands_of,
    holds,
    school_states,
    second_factor_of,
    session_open,
    setup_check,
)
from yunke.school.library.door import lessons_of_grade
from yunke.school.timetable.door import bell_count, classes_with_slots, on_air_soon, term_coming
from yunke.site.profile import profile_line

GRADES = range(1, 10)
SHORTEST = 8  # of a password


@dataclass(frozen=True)
class Missing:
    """A school where something of the step is missing. ``clerks``: who could be handed it."""

    school_id: int
    name: str
    name_en: str
    what: str
    clerks: tuple[tuple[int, str], ...] = ()
    handed: str = ""


@dataclass(frozen=True)
class Step:
    """One stop of the path. ``state``: done, now or later. ``right``: who lacks it reads ``whose``
    step it is instead of a link."""

    key: str
    icon: str
    name: str
    why: str
    link: str
    link_name: str
    state: str = "later"
    count: str = ""
    missing: tuple[Missing, ...] = field(default_factory=tuple)
    mine: bool = False
    right: str = ""
    whose: str = ""


@require_http_methods(["GET", "POST"])
@open_page("an empty server has nobody yet; later the page asks for a clerk", replay=False)
def first_day(request: Asked) -> HttpResponse:
    """The path of a clerk; on an empty server the form that opens the city."""
    if not city_id():
        return _opening(request)
    if request.method == "POST":
        raise Http404
    who = request.who
    if who is None or who.second_factor_due:
        return HttpResponseRedirect("/sign-in?way=password&next=/first-day")
    if not holds(who, "firstday.read"):
        raise Http404
    steps = steps_of(who)
    done = sum(step.state == "done" for step in steps)
    shown = {"steps": steps, "done": done, "all": len(steps), "share": 100 * done // len(steps)}
    shown["may_hand"] = holds(who, "school.write")
    return render(request, "site/first_day.html", shown)


def _opening(request: Asked) -> HttpResponse:
    """An empty server: the code, the city, the first clerk."""
    if request.method == "GET":
        return render(request, "site/first_open.html", {"typed": {}})
    typed = request.POST
    try:
        if not setup_check(typed.get("code", ""), request.META.get("REMOTE_ADDR", "")):
            raise Refused(_("安装码不对。它印在启动服务器的那个窗口里。"))
        password = typed.get("password", "")
        if len(password) < SHORTEST or len(set(password)) < 4:
            raise Refused(_("密码至少八个字，其中至少四个不同。"))
        if len(typed.get("login", "").strip()) < 4:
            raise Refused(_("登录名至少要四个字。"))
        person = city_open(
            name=typed.get("city", ""),
            name_en=typed.get("city_en", ""),
            clerk=typed.get("name", ""),
            login=typed.get("login", ""),
            encoded=hashing.encode(typed.get("password", "")),
        )
    except Refused as no:
        return render(request, "site/first_open.html", {"typed": typed, "why": no.text}, status=422)
    except TooOften as often:
        why = _("试的次数太多了，请过 %(minutes)d 分钟再来。") % {"minutes": often.minutes}
        return render(request, "site/first_open.html", {"typed": typed, "why": why}, status=422)
    return _entered(request, person)


def _entered(request: Asked, person: Any) -> HttpResponse:
    """Signed in for this one time; the second factor comes next."""
    device = device_of(request.headers.get("User-Agent", ""))
    token = session_open(person=person, device=device, registered=False, way="password")
    response = HttpResponseRedirect("/account/second", status=303)
    response.set_cookie(
        settings.SESSION_COOKIE_NAME, token, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def place_of(who: Who) -> Place:
    """The widest place that the clerk looks after."""
    order = (Role.CITY_STAFF, Role.COUNTY_STAFF, Role.SCHOOL_ADMIN)
    for role in order:
        for grant in who.grants:
            if grant.role == role:
                p = grant.place
                return Place(p.city, p.county if role != Role.CITY_STAFF else 0, p.school)
    raise Http404


def steps_of(who: Who) -> list[Step]:
    """The path with what is missing on it. About twenty queries, whatever the city."""
    place = place_of(who)
    schools = school_states(place)
    mine = set(errands_of(who.id))
    office = not place.school
    steps = [
        *([_city(who), _schools(schools)] if office else []),
        _roster(schools),
        _terms(place),
        _bells(place),
        _week(schools),
        *([_lesson(place)] if office else []),
        _cards(schools),
    ]
    return _walked([_own(who, step, mine) for step in steps])


def _own(who: Who, step: Step, mine: set[str]) -> Step:
    """``whose`` stays only where the step is somebody else's."""
    whose = "" if not step.right or holds(who, step.right) else step.whose
    return replace(step, mine=step.key in mine, whose=whose)


def _walked(steps: list[Step]) -> list[Step]:
    """The first that is not done is the one to do now."""
    found, now_seen = [], False
    for step in steps:
        state = step.state
        if state != "done":
            state, now_seen = ("later" if now_seen else "now"), True
        found.append(replace(step, state=state))
    return found


def _city(who: Who) -> Step:
    ready = bool(second_factor_of(who.id)[0])
    named = profile_line().named
    what = _("法律配置：%(profile)s") % {"profile": local(named, "name")}
    return Step(
        "city",
        "landmark",
        _("城市和法律配置"),
        _("二次验证保护看得到孩子信息的账户。"),
        "/account/second" if not ready else "/about-this-site",
        _("开启二次验证") if not ready else _("看这个网站能做什么"),
        "done" if ready else "",
        what,
    )


def _schools(schools: list[SchoolState]) -> Step:
    lost = [_line(s, _("还没有管理员")) for s in schools if not s.clerks]
    done = bool(schools) and not lost
    return Step(
        "schools",
        "building-2",
        _("学校"),
        _("每所学校一位管理员，其余的事他可以自己办。"),
        "/schools",
        _("区县和学校"),
        "done" if done else "",
        ngettext("%(n)d 所学校", "%(n)d 所学校", len(schools)) % {"n": len(schools)},
        tuple(lost),
    )


def _line(s: SchoolState, what: str, step: str = "") -> Missing:
    return Missing(s.id, s.name, s.name_en, what, s.clerks if step else (), s.errands.get(step, ""))


def _roster(schools: list[SchoolState]) -> Step:
    lost = [_line(s, _("还没有学生"), "roster") for s in schools if not s.pupils]
    lost += [
        _line(s, _("%(n)d 个班没有班主任") % {"n": s.classes - s.heads}, "roster")
        for s in schools
        if s.pupils and s.heads < s.classes
    ]
    pupils, teachers = sum(s.pupils for s in schools), sum(s.teachers for s in schools)
    return Step(
        "roster",
        "contact",
        _("名册"),
        _("一张表带进班级、学生、老师和家长，先看后写。"),
        "/roster",
        _("导入名册"),
        "done" if schools and not lost else "",
        _("%(pupils)d 名学生，%(teachers)d 位老师") % {"pupils": pupils, "teachers": teachers},
        tuple(lost),
    )


def _terms(place: Place) -> Step:
    name = term_coming(place, today())
    return Step(
        "terms",
        "calendar-range",
        _("学期"),
        _("学期外没有课；假期和补课写一次，处处照着走。"),
        "/terms",
        _("学期与假期"),
        "done" if name else "",
        name,
    )


def _bells(place: Place) -> Step:
    count = bell_count(place)
    return Step(
        "bells",
        "bell",
        _("作息时间"),
        _("一天几节课，几点开始；一次定好全市的。"),
        "/bells",
        _("定作息时间"),
        "done" if count else "",
        _("%(n)d 节") % {"n": count} if count else "",
    )


def _week(schools: list[SchoolState]) -> Step:
    every = [number for s in schools for number in s.class_ids]
    have = classes_with_slots(every, today())
    lost = [
        _line(s, _("%(n)d 个班没有课表") % {"n": less}, "week")
        for s in schools
        if (less := len(set(s.class_ids) - have))
    ]
    return Step(
        "week",
        "calendar-days",
        _("课表"),
        _("从表格导入：班级、星期、节次、学科、教师。"),
        "/timetable/import",
        _("导入课表"),
        "done" if every and not lost else "",
        _("%(n)d / %(all)d 个班") % {"n": len(have), "all": len(every)},
        tuple(lost),
        right="slot.write",
        whose=_("由学校的管理员来做。"),
    )


def _lesson(place: Place) -> Step:
    made = next((n for grade in GRADES if (n := len(lessons_of_grade(grade)))), 0)
    soon = on_air_soon(place.city, today())
    return Step(
        "lesson",
        "clapperboard",
        _("第一节课"),
        _("发布一节课，把它排上这一周，孩子就看得到。"),
        "/make/new" if not made else "/onair/plan",
        _("做一节课") if not made else _("把课排上"),
        "done" if made and soon else "",
        _("%(n)d 节课已发布，%(soon)d 次播出") % {"n": made, "soon": soon},
        right="week.write" if made else "",
        whose=_("由市里来排。"),
    )


def _cards(schools: list[SchoolState]) -> Step:
    lost = [
        _line(s, _("%(n)d 名学生还没有登录卡") % {"n": s.pupils - s.cards}, "cards")
        for s in schools
        if s.cards < s.pupils
    ]
    cards, pupils = sum(s.cards for s in schools), sum(s.pupils for s in schools)
    return Step(
        "cards",
        "id-card",
        _("登录卡"),
        _("班主任打印，孩子扫一扫就进来。"),
        "/people",
        _("去打印"),
        "done" if pupils and not lost else "",
        _("%(n)d / %(all)d 张") % {"n": cards, "all": pupils},
        tuple(lost),
        right="people.read",
        whose=_("由学校的管理员来做。"),
    )


urlpatterns = [path("first-day", first_day, name="first_day")]

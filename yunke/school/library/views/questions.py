"""The bank of questions: what there is, and choosing from it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Who, holds
from yunke.school.library.models import Point
from yunke.school.library.reads.finding import points_with_questions, questions_find
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.values.questions import KIND_NAMES, QuestionsAsked
from yunke.school.library.views.catalogue import GRADES, number_of
from yunke.school.library.views.words import subjects

PICKED_AT_ONCE = 12


def looked_for(request: HttpRequest) -> QuestionsAsked:
    """What the address asks for; nonsense is left out."""
    asked = request.GET
    subject, kind, point = (asked.get(name, "") for name in ("subject", "kind", "point"))
    return QuestionsAsked(
        subject=subject if subject in SUBJECT_NAMES else "",
        grade=number_of(asked.get("grade", ""), GRADES),
        kind=kind if kind in KIND_NAMES else "",
        point=int(point) if point.isdecimal() and len(point) < 18 else 0,
        words=asked.get("q", "").replace("\0", "").strip()[:80],
        own=asked.get("own") == "1", marked=asked.get("marked") == "1",
        retired=asked.get("retired") == "1",
    )  # fmt: skip


def found_context(request: Asked, asked: QuestionsAsked, per_page: int) -> dict[str, Any]:
    number = number_of(request.GET.get("page", ""), range(1, 10_000)) or 1
    found = questions_find(request.who, asked, page=number, per_page=per_page)
    return {
        "asked": asked, "found": found, "subjects": subjects(), "grades": GRADES,
        "kinds": list(KIND_NAMES), "points": _points(request.who, asked),
        "before": address(request, found.page - 1) if found.page > 1 else "",
        "after": address(request, found.page + 1) if found.page < found.pages else "",
        "writes": holds(request.who, "question.write"),
    }  # fmt: skip


def _points(who: Who, asked: QuestionsAsked) -> list[Any]:
    points: list[Any] = (
        points_with_questions(asked.subject, asked.grade) if asked.subject else []
    )  # fmt: skip
    if asked.point and asked.point not in {one.id for one in points}:
        points += list(Point.objects.filter(id=asked.point))
    return points


def address(request: HttpRequest, page_number: int) -> str:
    parts = {k: str(value) for k, value in request.GET.items() if value and k != "page"}
    return f"{request.path}?{urlencode([*parts.items(), ('page', page_number)])}"


@require_GET
@page("question.read")
def questions(request: Asked) -> HttpResponse:
    asked = looked_for(request)
    context = found_context(request, asked, 20)
    partial = request.htmx and not request.htmx.boosted
    name = "library/questions/found.html" if partial else "library/questions/list.html"
    return render(request, name, context)


@require_GET
@page("question.read")
def pick(request: Asked) -> HttpResponse:
    """The results of a picker, renewed as its filters change."""
    context = found_context(request, looked_for(request), PICKED_AT_ONCE)
    return render(request, "library/questions/picked.html", context)

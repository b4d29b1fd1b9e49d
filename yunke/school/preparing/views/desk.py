"""A teacher's desk: my lessons, those I was invited to, and what waits for me."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.school.preparing.reads.desk import desk_of


@require_GET
@page("lesson.write")
def desk(request: Asked) -> HttpResponse:
    number = page_number(request.GET.get("page", ""))
    lines, more = desk_of(request.who, number=number)
    context = {
        "waiting": [line for line in lines if line.waiting.any],
        "drafts": [line for line in lines if line.help == "author" and line.card.state == "draft"],
        "invited": [line for line in lines if line.help != "author"],
        "others": [line for line in lines if line.help == "author" and line.card.state != "draft"],
        "lines": lines,
        "next": number + 1 if more else 0,
    }
    return render(request, "preparing/desk.html", context)

"""What this site holds, for everybody to read: grown-ups, children, and the schedule."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import open_page
from yunke.ground.privacy.reads.schedule import schedule


@require_GET
@open_page("a privacy notice is for everybody")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/notice.html", {"groups": schedule(), "tab": "adults"})


@require_GET
@open_page("a privacy notice is for everybody, children first")
def privacy_children(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/notice_children.html", {"tab": "children"})


@require_GET
@open_page("how long things are kept is public")
def privacy_kept(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/kept.html", {"groups": schedule(), "tab": "kept"})

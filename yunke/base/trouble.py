"""Troubles that every page answers alike: a busy database, a write without its key."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yunke.base.once import KeyMissing, KeyTaken


class Refused(Exception):
    """A rule said no; the text is for the person, in the person's language.

    ``way``: (address, name) of the page that leads on.
    """

    def __init__(self, text: str, *, status: int = 400, way: tuple[str, str] = ("", "")) -> None:
        super().__init__(text)
        self.text, self.status, self.way = text, status, way


class TroubleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, Refused):
            return trouble_page(request, trouble.text, trouble.status, trouble.way)
        if isinstance(trouble, KeyMissing):
            return trouble_page(request, _("这一页太旧了，请刷新后再试。什么都没有改动。"), 400)
        if isinstance(trouble, KeyTaken):
            return trouble_page(request, _("这个请求已经用过了。请刷新页面。"), 409)
        if isinstance(trouble, OperationalError):
            return busy_page(request)
        if isinstance(trouble, Http404):
            return trouble_page(request, _("没有找到这一页，或者它不归你看。"), 404)
        return None


def busy_page(request: HttpRequest) -> HttpResponse:
    response = trouble_page(request, _("系统正忙，请稍等几秒再试。什么都没有丢。"), 503)
    response["Retry-After"] = "3"
    return response


def trouble_page(
    request: HttpRequest, text: str, status: int, way: tuple[str, str] = ("", "")
) -> HttpResponse:
    """What happened, what was kept, what to do; a bare line for a script."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    shown = {"text": text, "status": status, "way": way[0], "way_name": way[1]}
    return render(request, "site/trouble.html", shown, status=status)

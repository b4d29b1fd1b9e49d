"""Troubles that every page answers alike: a busy database, a write without its key."""

from collections.abc import Callable

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yunke.base.once import KeyMissing, KeyTaken
from yunke.base.standstill import StandsStill


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
        for kind, answer in ANSWERS:
            if isinstance(trouble, kind):
                return answer(request)
        return None


def old_page(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, _("这一页太旧了，请刷新后再试。什么都没有改动。"), 400)


def taken_page(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, _("这个请求已经用过了。请刷新页面。"), 409)


def missing_page(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, _("没有找到这一页，或者它不归你看。"), 404)


def busy_page(request: HttpRequest) -> HttpResponse:
    response = trouble_page(request, _("系统正忙，请稍等几秒再试。什么都没有丢。"), 503)
    response["Retry-After"] = "3"
    return response


def unkept_page(request: HttpRequest) -> HttpResponse:
    """A letter or number that the database cannot hold, past every form."""
    return trouble_page(
        request, _("里面有存不了的字符或太大的数。什么都没有改动，请改一改再试。"), 400
    )


def moving_page(request: HttpRequest) -> HttpResponse:
    text = _("学校正在搬到新的数据库：现在可以看，暂时不能改。您刚才写的没有存，请几分钟后再试。")
    response = trouble_page(request, text, 503)
    response["Retry-After"] = "60"
    return response


def trouble_page(
    request: HttpRequest, text: str, status: int, way: tuple[str, str] = ("", "")
) -> HttpResponse:
    """What happened, what was kept, what to do; a bare line for a script."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    shown = {"text": text, "status": status, "way": way[0], "way_name": way[1]}
    return render(request, "site/trouble.html", shown, status=status)


ANSWERS: tuple[tuple[type[Exception], Callable[[HttpRequest], HttpResponse]], ...] = (
    (KeyMissing, old_page),
    (KeyTaken, taken_page),
    (StandsStill, moving_page),
    (DataError, unkept_page),
    (OperationalError, busy_page),
    (Http404, missing_page),
)

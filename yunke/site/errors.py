"""Pages for when something is not there or broke; in the house's own look."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yunke.base.trouble import busy_page, trouble_page


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return trouble_page(request, _("没有找到这一页，或者它不归你看。"), 404)


def broken(request: HttpRequest) -> HttpResponse:
    # Who somebody is, is looked up before any view: there too the database may be busy.
    if isinstance(sys.exc_info()[1], OperationalError):
        return busy_page(request)
    return trouble_page(request, _("出错了，我们已经记下。你刚才写的没有保存，请再试一次。"), 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return trouble_page(request, _("这一页太旧了，请刷新后再试。什么都没有改动。"), 403)

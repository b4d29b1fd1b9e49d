"""Pages for when something is not there or broke; in the house's own look."""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yunke.base.trouble import trouble_page

log = logging.getLogger(__name__)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return trouble_page(request, _("没有找到这一页，或者它不归你看。"), 404)


def broken(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, _("出错了，我们已经记下。你刚才写的没有保存，请再试一次。"), 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return trouble_page(request, _("这一页太旧了，请刷新后再试。什么都没有改动。"), 403)

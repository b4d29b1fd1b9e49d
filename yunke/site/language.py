"""Which language: the person's choice by cookie, else the browser's, else Chinese."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

OURS = {"zh": "zh-hans", "en": "en"}


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen not in dict(settings.LANGUAGES):
            chosen = _from_browser(request.headers.get("Accept-Language", ""))
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def _from_browser(header: str) -> str:
    """The first of our two languages in the order of the reader's liking."""
    for tag, liking in parse_accept_lang_header(header):
        language = OURS.get(tag.partition("-")[0])
        if language and liking:
            return language
    return "zh-hans"

"""Headers: the house forbids what it does not need, and a page may be stricter, not laxer."""

import re
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from yunke.base.headers import POLICY, HeadersMiddleware


def answer(response: HttpResponse | None = None) -> HttpResponse:
    made = response or HttpResponse("page")
    return HeadersMiddleware(lambda request: made)(RequestFactory().get("/"))


def policy() -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[1:] for line in POLICY.split("; ")}


def test_scripts_and_styles_come_from_our_own_address_only() -> None:
    assert policy()["script-src"] == policy()["style-src"] == ["'self'"]
    assert policy()["object-src"] == policy()["base-uri"] == ["'none'"]
    assert not re.search(r"https?:|\*|unsafe", POLICY)


def test_nobody_may_frame_a_page_or_take_its_forms() -> None:
    assert policy()["frame-ancestors"] == ["'none'"]
    assert policy()["form-action"] == ["'self'"]
    assert answer()["X-Frame-Options"] == "DENY"


def test_what_a_page_says_itself_stays() -> None:
    page = HttpResponse("film")
    page["Cache-Control"] = "public, max-age=60"
    page["Content-Security-Policy"] = "sandbox"
    told = answer(page)
    assert told["Cache-Control"] == "public, max-age=60"
    assert told["Content-Security-Policy"] == "sandbox"
    assert told["X-Content-Type-Options"] == "nosniff"


def test_a_page_differs_by_person_and_language_whatever_else_it_differs_by() -> None:
    page = HttpResponse("part")
    page["Vary"] = "HX-Request, Cookie"
    assert {word.strip() for word in answer(page)["Vary"].split(",")} == {
        "HX-Request", "Cookie", "Accept-Language",
    }  # fmt: skip
    assert answer()["Vary"] == "Cookie, Accept-Language"


@pytest.mark.parametrize(("https", "told"), [(True, True), (False, False)])
def test_browsers_are_told_to_keep_to_https_only_where_there_is_https(
    https: bool, told: bool, settings: Any
) -> None:
    settings.HTTPS = https
    assert ("Strict-Transport-Security" in answer().headers) == told


def test_a_trouble_page_carries_the_same_headers() -> None:
    def missing(request: HttpRequest) -> HttpResponse:
        return HttpResponse("no", status=404)

    told = HeadersMiddleware(missing)(RequestFactory().get("/"))
    assert told["Content-Security-Policy"] == POLICY
    assert told["Cache-Control"] == "no-store, private"

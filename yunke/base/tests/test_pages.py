"""The gate of every page, and the troubles that every page answers alike."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from yunke.base.models import Receipt
from yunke.base.once import KeyMissing, KeyTaken
from yunke.base.pages import open_page, page
from yunke.base.trouble import Refused, TroubleMiddleware

pytestmark = pytest.mark.django_db


@page("plan.write")
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@open_page("everybody may read it")
def opened(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def asked(method: str = "get", *, who: Any = None, holds: bool = False, **data: str) -> Any:
    request = getattr(RequestFactory(), method)("/plan?day=1", data)
    request.who = who
    request.holds = lambda right: holds
    request.LANGUAGE_CODE = "zh-hans"
    return request


def person(*, due: bool = False) -> Any:
    return SimpleNamespace(
        id=7,
        second_factor_due=due,
        grants=(),
        is_small=False,
        is_pupil=True,
        name="林小雨",
        animal="",
    )


def test_a_stranger_is_sent_to_sign_in_and_comes_back() -> None:
    answer = guarded(asked())
    assert answer["Location"] == "/sign-in?next=/plan%3Fday%3D1"


def test_staff_without_their_second_factor_are_sent_to_it() -> None:
    assert guarded(asked(who=person(due=True), holds=True))["Location"].startswith(
        "/sign-in/second"
    )


def test_without_the_right_the_page_is_not_there() -> None:
    answer = guarded(asked(who=person()))
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()


def test_with_the_right_the_page_opens() -> None:
    assert guarded(asked(who=person(), holds=True)).content == b"inside"


def test_a_write_without_a_key_is_stopped_before_the_view() -> None:
    with pytest.raises(KeyMissing):
        guarded(asked("post", who=person(), holds=True))


def test_a_write_leaves_its_receipt() -> None:
    guarded(asked("post", who=person(), holds=True, once=str(uuid.uuid4())))
    assert Receipt.objects.get().person_id == 7


def test_an_open_page_needs_nobody() -> None:
    assert opened(asked()).content == b"open"


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (Refused("班级码不对"), 400),
        (Refused("太多次了", status=429), 429),
        (KeyMissing(), 400),
        (KeyTaken(), 409),
        (OperationalError("database is locked"), 503),
        (Http404(), 404),
    ],
)
def test_each_trouble_has_its_status_and_a_page_of_the_house(
    trouble: Exception, status: int
) -> None:
    answer = TroubleMiddleware(lambda request: HttpResponse()).process_exception(
        asked(who=None), trouble
    )
    assert answer is not None
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_a_busy_database_says_when_to_come_back() -> None:
    answer = TroubleMiddleware(lambda request: HttpResponse()).process_exception(
        asked(who=None), OperationalError()
    )
    assert answer is not None
    assert answer["Retry-After"] == "3"


def test_a_script_gets_the_bare_line() -> None:
    request = asked(who=None)
    request.META["HTTP_ACCEPT"] = "application/json"
    answer = TroubleMiddleware(lambda r: HttpResponse()).process_exception(request, Refused("不行"))
    assert answer is not None
    assert answer.content.decode() == "不行"


def test_an_unknown_trouble_is_left_to_the_500_page() -> None:
    middleware = TroubleMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(asked(who=None), ValueError()) is None


def test_every_page_forbids_what_comes_from_outside_and_shared_caches() -> None:
    answer = Client().get("/health")
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("header", "word"), [("zh-CN,zh", "没有找到"), ("en-GB,en", "no such page")]
)
def test_a_missing_page_speaks_the_readers_language(header: str, word: str) -> None:
    answer = Client().get("/nowhere", headers={"accept-language": header})
    assert answer.status_code == 404
    assert word in answer.content.decode()


def test_the_language_switch_is_remembered_and_stays_on_this_site() -> None:
    answer = Client().post("/language", {"language": "en", "next": "//evil.example/"})
    assert answer["Location"] == "/"
    assert answer.cookies["yunke_language"].value == "en"


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"HTTP_REFERER": "http://testserver/make/7?tab=files"}, "/make/7%3Ftab%3Dfiles"),
        ({"HTTP_HX_CURRENT_URL": "http://testserver/today"}, "/today"),
        ({"HTTP_REFERER": "http://evil.example/make/7"}, "/"),
        ({"HTTP_REFERER": "nonsense"}, "/"),
        ({}, "/"),
    ],
)
def test_after_a_write_that_came_too_late_a_page_opens_again(
    told: dict[str, str], place: str
) -> None:
    """The session ended while the form was open; its address takes only writes."""
    request = asked("post")
    request.META.update(told)
    assert guarded(request)["Location"] == f"/sign-in?next={place}"
    request.who = person(due=True)
    assert guarded(request)["Location"] == f"/sign-in/second?next={place}"

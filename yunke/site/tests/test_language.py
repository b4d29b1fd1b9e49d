"""The reader's language: the own choice first, then the browser's, else Chinese."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def spoken(header: str, *, cookie: str | None = None) -> str:
    client = Client()
    if cookie is not None:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    answer = client.get("/week", headers={"accept-language": header} if header else {})
    assert answer.status_code == 200
    language = answer["Content-Language"]
    tag = {"en": '<html lang="en"', "zh-hans": '<html lang="zh-CN"'}[language]
    assert tag in answer.content.decode()
    return str(language)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-hans"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("en;q=0.3, zh;q=0.9", "zh-hans"),
        ("de, fr;q=0.9, en;q=0.5", "en"),
        ("de, zh;q=0.2, en;q=0.5", "en"),
        ("ja, ko", "zh-hans"),
        ("*", "zh-hans"),
        ("en;q=0", "zh-hans"),
        ("enm", "zh-hans"),
    ],
)
def test_the_browsers_languages_are_taken_in_the_order_of_liking(
    header: str, language: str
) -> None:
    assert spoken(header) == language


@pytest.mark.parametrize(
    "header", ["en;q=nan", "en;q=2", ",,,", ";", "\x00", "en" * 5000, "e,n," * 5000, "英文"]
)
def test_a_header_that_is_none_is_chinese_and_no_trouble(header: str) -> None:
    assert spoken(header) == "zh-hans"


@pytest.mark.parametrize("cookie", ["en", "zh-hans"])
def test_the_own_choice_goes_before_the_browsers(cookie: str) -> None:
    assert spoken("en" if cookie == "zh-hans" else "zh-CN", cookie=cookie) == cookie


@pytest.mark.parametrize("cookie", ["", "de", "zh", "../en", "<script>", "x" * 4000])
def test_a_choice_that_is_none_is_passed_over(cookie: str) -> None:
    assert spoken("en", cookie=cookie) == "en"


def test_one_readers_language_is_not_the_next_ones() -> None:
    for header, language in (("en", "en"), ("", "zh-hans"), ("en", "en")):
        assert spoken(header) == language


def chosen(next_page: str, **more: Any) -> str:
    answer = Client().post("/language", {"language": "en", "next": next_page}, **more)
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.parametrize("path", ["/", "/week?grade=3", "/lesson/7#notes", "/catalogue?q=古诗"])
def test_the_switch_leads_back_to_where_one_was(path: str) -> None:
    from_here = chosen(path)
    assert from_here.startswith("/")
    assert from_here.split("?")[0] == path.split("?")[0]


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "https:///evil.example",
        "",
    ],
)
def test_the_switch_leads_nowhere_else(path: str) -> None:
    to = chosen(path)
    assert to == "/" or (to.startswith("/%") and not to.startswith(("//", "/\\")))


def test_a_line_break_gets_into_no_header() -> None:
    to = chosen("/week\r\nSet-Cookie: yunke=evil")
    assert "\r" not in to
    assert "\n" not in to


@pytest.mark.parametrize("language", ["de", "", "en; Path=/evil"])
def test_a_language_that_we_do_not_speak_is_not_remembered(language: str) -> None:
    answer = Client().post("/language", {"language": language, "next": "/week"})
    assert answer["Location"] == "/week"
    assert not answer.cookies


def test_the_choice_lasts_a_year_and_is_no_secret_of_other_sites() -> None:
    cookie = Client().post("/language", {"language": "en"}).cookies["yunke_language"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["samesite"] == "Lax"


def test_a_switch_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/language", {"language": "en", "next": "/"})
    assert answer.status_code == 403
    assert "yunke_language" not in answer.cookies
    assert "请刷新" in answer.content.decode()


@pytest.mark.parametrize("path", ["/language", "/sign-out"])
def test_what_changes_something_is_not_done_by_a_link(path: str) -> None:
    assert Client().get(path).status_code == 405

"""What a device keeps for the time without a line: one page that names nobody, one small worker."""

from typing import Any

import pytest
from django.test import Client

from yunke.base.headers import POLICY
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import signed_in

pytestmark = pytest.mark.django_db


def whole(client: Client, language: str = "") -> str:
    if language:
        client.cookies["yunke_language"] = language
    answer = client.get("/offline")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_kept_for_everybody_is_the_same_whoever_asked_for_it() -> None:
    cast = people.cast()
    for somebody in (cast.pupil, cast.teacher):
        page = whole(signed_in(somebody))
        assert somebody.name not in page
        assert page == whole(Client())


def test_the_page_holds_no_token_no_form_and_no_script_of_its_own() -> None:
    page = whole(signed_in(people.cast().pupil))
    assert "csrf" not in page
    assert "<form" not in page
    assert "<style" not in page
    assert page.count("<script") == 1
    assert 'src="/static/attempts/offline.js"' in page


def test_the_page_is_bound_by_the_strict_policy_and_no_cache_between_keeps_it() -> None:
    answer = Client().get("/offline")
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("language", "told"), [("zh-hans", "现在没有网"), ("en", "No line just now")]
)
def test_it_speaks_the_readers_language(language: str, told: str) -> None:
    page = whole(Client(), language)
    assert f"<h1>{told}</h1>" in page
    assert page.count("{n}") == 1


def test_it_costs_no_query_for_a_stranger(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        whole(Client())


def test_signed_out_pages_let_go_of_opened_sheets_and_signed_in_ones_carry() -> None:
    out = Client().get("/sign-in").content.decode()
    assert "attempts/leave.js" in out
    assert "attempts/carry.js" not in out
    within = signed_in(people.cast().pupil).get("/today").content.decode()
    assert "attempts/carry.js" in within
    assert "attempts/leave.js" not in within

"""A page shows what rooms above add to it, and nothing where none speaks."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.utils.html import format_html

from yunke.base import beside


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    held: dict[str, list[Any]] = {}
    monkeypatch.setattr(beside, "_PLACES", held)
    return held


def shown(place: str) -> str:
    page = Template('{% load yunke %}{% beside "' + place + '" pupil=7 %}')
    return page.render(Context({"request": HttpRequest()}))


def test_what_a_room_says_stands_there_with_what_it_is_about() -> None:
    beside.beside_from("today", lambda request, pupil: format_html("<p>{}</p>", pupil))
    assert shown("today") == "<p>7</p>"


def test_a_place_where_nobody_speaks_is_empty() -> None:
    assert shown("today") == ""
    beside.beside_from("today", lambda request, pupil: "")
    assert shown("today") == ""


def test_rooms_speak_in_their_order_and_once() -> None:
    def first(request: HttpRequest, pupil: int) -> str:
        return format_html("<i>{}</i>", 1)

    def second(request: HttpRequest, pupil: int) -> str:
        return format_html("<i>{}</i>", 2)

    for one in (first, second, first):
        beside.beside_from("today", one)
    assert shown("today") == "<i>1</i><i>2</i>"


def test_plain_text_is_no_markup() -> None:
    beside.beside_from("today", lambda request, pupil: "<script>")
    assert shown("today") == "&lt;script&gt;"

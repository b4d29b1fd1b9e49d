"""Clock, paging and the words of templates."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.template import Context, Template
from django.utils.translation import override

from yunke.base import clock
from yunke.base.models import Receipt
from yunke.base.paging import page_of


def test_the_schools_day_is_not_the_servers_day() -> None:
    with time_machine.travel(datetime(2026, 11, 20, 16, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 21)


def test_a_wall_clock_time_becomes_an_instant() -> None:
    assert clock.at(date(2026, 11, 21), time(8, 0)) == datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 22)])
def test_a_week_begins_on_monday(day: date) -> None:
    assert clock.monday(day) == date(2026, 11, 16)


@pytest.mark.django_db
def test_a_page_knows_whether_more_follows() -> None:
    for number in range(5):
        Receipt.objects.create(key=f"key-of-row-{number:06}", path="/")
    rows = Receipt.objects.order_by("id")
    assert [(len(p.rows), p.more) for p in (page_of(rows, n, size=2) for n in (1, 2, 3, 4))] == [
        (2, True),
        (2, True),
        (1, False),
        (0, False),
    ]
    assert page_of(rows, -3, size=2).number == 1


def rendered(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (61.9, "1:01"), (3600, "1:00:00"), (None, "0:00")]
)
def test_seconds_are_shown_as_a_clock(seconds: float | None, shown: str) -> None:
    assert rendered("{{ s|clock }}", s=seconds) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 3, "33"), (0, 0, "0"), (2, 2, "100"), (None, 5, "0")]
)
def test_a_share_is_whole_per_cent(part: int | None, whole: int, shown: str) -> None:
    assert rendered("{{ p|share:w }}", p=part, w=whole) == shown


def test_content_is_shown_in_the_readers_language_where_there_is_one() -> None:
    lesson = {"title": "咏鹅", "title_en": "Ode to the Goose"}
    only = {"title": "春晓", "title_en": ""}
    source = '{{ lesson|local:"title" }}'
    with override("en"):
        assert rendered(source, lesson=lesson) == "Ode to the Goose"
        assert rendered(source, lesson=only) == "春晓"
    with override("zh-hans"):
        assert rendered(source, lesson=lesson) == "咏鹅"


def test_every_form_gets_a_key_of_its_own() -> None:
    assert rendered("{% once %}") != rendered("{% once %}")
    assert 'name="once"' in rendered("{% once %}")


def test_json_for_an_island_cannot_leave_its_attribute() -> None:
    assert '"' not in rendered("{{ v|as_json }}", v={"a": '"><script>'})


def test_an_icon_is_known_to_the_sheets_and_passed_over_by_screen_readers() -> None:
    drawn = Template('{% lucide name %}{% lucide "sun" %}').render(Context({"name": "check"}))
    assert drawn.count('class="lucide"') == 2
    assert drawn.count('aria-hidden="true"') == 2
    assert "&lt;" not in drawn


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        (date(2026, 12, 13), "12月13日", "13 Dec"),
        (date(2025, 1, 2), "2025年1月2日", "2 Jan 2025"),
        # Late in the evening by the world's clock it is tomorrow at school.
        (datetime(2026, 11, 21, 20, 5, tzinfo=UTC), "11月22日", "22 Nov"),
        (None, "", ""),
    ],
)
def test_a_day_is_told_in_words(at: date | None, chinese: str, english: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 4, tzinfo=UTC), tick=False):
        with override("zh-hans"):
            assert rendered("{{ at|day }}", at=at) == chinese
        with override("en"):
            assert rendered("{{ at|day }}", at=at) == english


def test_a_moment_is_told_by_its_day_and_the_citys_clock() -> None:
    at = datetime(2026, 11, 21, 20, 5, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 22, 4, tzinfo=UTC), tick=False):
        with override("zh-hans"):
            assert rendered("{{ at|day_time }}", at=at) == "11月22日 04:05"
        with override("en"):
            assert rendered("{{ at|day_time }}", at=at) == "22 Nov, 04:05"
            assert rendered("{{ at|day_time }}", at=None) == ""

"""A family picks a grade and sees the week, the catalogue and what is on air, as strangers."""

import pytest
from playwright.sync_api import expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_week_of_a_grade(house: House, opened: Opened, language: str) -> None:
    page = opened(language=language, size=(360, 780))
    page.goto(house.url + "/week?grade=5")
    assert page.locator("a[href^='/lesson/']").count() >= 5
    expect(page.locator("main")).to_contain_text("5")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_catalogue_finds_a_poem_by_a_part_of_its_title(house: House, opened: Opened) -> None:
    page = opened()
    page.goto(house.url + "/catalogue?q=古诗")
    expect(page.locator("main")).to_contain_text("古诗三首")


def test_what_is_on_air(house: House, opened: Opened) -> None:
    page = opened()
    page.goto(house.url + "/onair")
    assert page.locator("a[href*='/lesson/']").count() >= 9


def test_a_stranger_gets_no_pupils_pages(house: House, opened: Opened) -> None:
    page = opened()
    for path in ("/today", "/child", "/class", "/people", "/events", "/account/log"):
        page.goto(house.url + path)
        assert "/sign-in" in page.url

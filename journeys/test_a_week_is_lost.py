"""The bureau lays units on the calendar, a storm takes a week, everything shifts and comes back."""

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]


def first_of(page: Page) -> tuple[str, int]:
    """(unit, its first teaching week) of the last unit of the first row."""
    bar = page.locator("button.pace-bar").last
    return bar.get_attribute("data-unit") or "", int(bar.get_attribute("data-first") or 0)


def test_a_unit_moves_by_key_and_a_lost_week_comes_back(house: House, opened: Opened) -> None:
    page = opened("city")
    page.goto(house.url + "/pacing?grade=1")
    unit, first = first_of(page)
    bar = page.locator(f"button#u{unit}")
    bar.focus()
    bar.press("Shift+ArrowLeft")
    page.wait_for_load_state("networkidle")
    bar.focus()
    bar.press("ArrowRight")
    page.wait_for_load_state("networkidle")
    assert first_of(page) == (unit, first + 1)

    page.goto(house.url + "/pacing?grade=1&lose=2")
    expect(page.get_by_text("如果第 2 周没有上课")).to_be_visible()
    page.fill("#lost-why", "台风停课")
    page.get_by_role("button", name="后面的都顺延一周").click()
    expect(page.get_by_role("button", name="找回这一周")).to_be_visible()
    assert page.locator(".gap-week.c-2").count() > 0
    page.get_by_role("button", name="找回这一周").first.click()
    expect(page.get_by_role("button", name="找回这一周")).to_have_count(0)


def test_a_class_change_in_a_few_taps_and_back(house: House, opened: Opened) -> None:
    page = opened("school")
    page.goto(house.url + "/people?kind=pupil&q=何乐天")
    page.locator("a.person-link").first.click()
    page.get_by_text("换班、留级、加一个班").click()
    page.locator("#to-class").select_option(index=1)
    page.locator("details.life[open] button.button").first.click()
    page.wait_for_load_state("networkidle")
    undo = page.get_by_role("button", name="撤销")
    expect(undo).to_be_visible()
    undo.click()
    expect(page.get_by_text("已撤销").first).to_be_visible()

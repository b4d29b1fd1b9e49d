"""Homework from the teacher's page to the pupil's phone and back: set, done, marked, corrected."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
PHONE = (360, 780)
TITLE = "第七课练习"


def to(page: Page, house: House, path: str) -> None:
    page.goto(f"{house.url}{path}")


def test_set_done_on_a_phone_marked_returned_and_corrected(house: House, opened: Opened) -> None:
    teacher = opened("teacher")
    number = set_by(teacher, house)
    child = opened("child", size=PHONE)
    hand_in(child, house, number)
    mark(teacher, house, number)
    came_back(child, house, number)


def set_by(page: Page, house: House) -> str:
    """A photographed page and a reading for a first grade: no written minutes, no warning."""
    to(page, house, "/homework/new")
    page.locator(".hw-tap", has_text="一年级（1）班").locator("input").check(force=True)
    page.fill("#hw-title", TITLE)
    page.locator(".hw-tap", has_text="家长签字").click()
    page.locator(".hw-tap", has_text="动手或运动").click()
    page.fill("#text-practical", "跳绳一百下，说说你的感觉。")
    page.locator("button[data-minutes='5']").click()
    expect(page.locator("#hw-loads")).to_contain_text("没有人超过上限")
    page.locator("button.main-thing", has_text="布置").last.click()
    page.wait_for_url("**/homework")
    card = page.locator(".hw-card", has_text=TITLE)
    return re.sub(r"\D", "", card.get_attribute("href") or "")


def hand_in(page: Page, house: House, number: str) -> None:
    to(page, house, "/today")
    expect(page.get_by_text(TITLE).first).to_be_visible()
    to(page, house, f"/homework/{number}")
    page.locator("button", has_text="交上去").click()
    page.locator("dialog[open] button[value=yes]").click()
    expect(page.locator("[data-done]")).to_be_visible()
    expect(page.locator("[data-done-receipt]")).not_to_be_empty()


def mark(page: Page, house: House, number: str) -> None:
    """By keyboard alone: nothing for the first, all points for the second, a phrase, given back."""
    for _ in range(40):
        to(page, house, f"/homework/{number}/mark")
        if page.locator(".reply").count() == 2:
            break
        time.sleep(0.25)
    expect(page.locator(".reply")).to_have_count(2)
    page.keyboard.press("0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.fill("[data-word]", "下次再做一次")
    expect(page.locator("[data-where]")).to_have_text("已存到学校")
    page.keyboard.press("Escape")
    page.locator("[data-return] button").click()
    page.wait_for_url(f"**/homework/{number}")
    expect(page.locator(".toast")).to_contain_text("发回了 1 份")


def came_back(page: Page, house: House, number: str) -> None:
    to(page, house, f"/homework/{number}")
    expect(page.locator(".hw-back")).to_contain_text("下次再做一次")
    expect(page.locator(".hw-score")).to_contain_text("10")
    page.locator("button", has_text="订正 1 道题").click()
    # What came back stays to be read below the sheet.
    expect(page.locator("yunke-attempt .question[data-question]")).to_have_count(1)
    page.locator("button", has_text="交上去").click()
    page.locator("dialog[open] button[value=yes]").click()
    expect(page.locator("[data-done]")).to_be_visible()

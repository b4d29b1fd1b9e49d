"""A teacher writes a question with a cause behind its wrong option, and tries it out."""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]


def test_a_teacher_writes_a_question_with_a_cause_and_tries_it(
    house: House, opened: Opened
) -> None:
    page = opened("head", size=(1280, 800))
    page.goto(house.url + "/questions")
    page.get_by_role("link", name="写一道题").first.click()
    page.get_by_label("题干", exact=True).fill("42-17 等于多少？$\\frac{1}{2}$ 也是数。")
    texts, causes = page.get_by_label("选项", exact=True), page.get_by_label("选它说明什么")
    for at, text in enumerate(("25", "35", "24")):
        texts.nth(at).fill(text)
    causes.nth(1).fill("没有退位")
    page.locator("[name=right]").first.check(force=True)

    seen = page.locator("#preview")
    expect(seen.locator("mfrac")).to_be_visible()
    expect(seen.get_by_role("radio")).to_have_count(3)
    seen.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="试一试").click()
    expect(page.locator("#tried")).to_contain_text("判错")
    expect(page.locator("#tried")).to_contain_text("没有退位")

    page.get_by_role("button", name="存进题库").click()
    expect(page).to_have_url(re.compile(r"/questions/\d+$"))
    expect(page.get_by_text("没有退位")).to_be_visible()
    page.goto(house.url + "/questions?own=1")
    expect(page.get_by_text("42-17 等于多少")).to_be_visible()

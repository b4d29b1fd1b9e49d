"""A child of seven: three pictures, today, a lesson that plays, a note; the mother sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.cast import Guest, until
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
POSITION = "document.querySelector('video').currentTime"


def lesson_page(page: Page, base: str) -> None:
    """From today's first stop into its lesson."""
    page.goto(base + "/today")
    page.locator("a[href^='/lesson/']").first.click()
    page.wait_for_selector("yunke-player video")


def plays(page: Page, seconds: float) -> float:
    """Press play and wait until the film has really moved on; gives where it is."""
    page.locator("button.player-big, .player-row button[data-do=play]").locator(
        "visible=true"
    ).first.click()
    until(page, f"{POSITION} > {seconds}", 40)
    return float(page.evaluate(POSITION))


def test_a_child_watches_and_its_mother_sees_it(house: House, opened: Opened) -> None:
    child = opened("child", size=(390, 800))
    child.goto(house.url + "/today")
    expect(child.locator("h1")).to_contain_text("林小满")
    lesson_page(child, house.url)
    title = child.locator("h1").inner_text()
    assert plays(child, 6) > 6

    child.locator("#note-text").fill("我会加法了")
    child.locator(".note-form button").click()
    expect(child.locator("ol.notes li", has_text="我会加法了")).to_have_count(1)
    child.locator(".player-row button[data-do=play]").click()
    child.wait_for_timeout(1500)

    child.reload()
    expect(child.locator("ol.notes li", has_text="我会加法了")).to_have_count(1)
    until(child, f"{POSITION} > 3", 20)

    mother = opened("mother")
    mother.goto(house.url + "/child")
    expect(mother.locator("main")).to_contain_text("林小满")
    expect(mother.locator("main")).to_contain_text(title)
    text = mother.locator("main").inner_text()
    assert "我会加法了" not in text, "a child's notes are its own"


def test_the_guardian_leaves_a_line_in_the_childs_log(house: House, opened: Opened) -> None:
    mother = opened("mother")
    mother.goto(house.url + "/child")
    child = opened("child")
    child.goto(house.url + "/account/log")
    expect(child.locator("main")).to_contain_text(re.compile("看了.*学习情况"))


def test_wrong_pictures_open_nothing(
    house: House, opened: Opened, guests: dict[str, Guest]
) -> None:
    page, child = opened(), guests["child"]
    page.goto(house.url + "/sign-in?way=child")
    page.fill("input#code", child.code)
    page.press("input#code", "Enter")
    page.locator(f"a[href^='/sign-in/class/{child.person_id}']").click()
    for picture in reversed(child.pictures):
        page.locator(f"button[name=picture][value={picture}]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    page.goto(house.url + "/today")
    assert "/sign-in" in page.url


def test_a_stop_ticked_off_stays_ticked(house: House, opened: Opened) -> None:
    page = opened("brother")
    page.goto(house.url + "/today")
    before = page.locator("main").inner_text()
    assert "0/" in before or "0 /" in before
    page.get_by_role("button", name="做完了").first.click()
    page.wait_for_load_state("networkidle")
    page.reload()
    assert "1/" in page.locator("main").inner_text().replace(" ", "").replace("\n", "")

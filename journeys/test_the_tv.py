"""A living-room TV: four arrows, OK and Back, and nothing else."""

import pytest
from playwright.sync_api import Page

from journeys.conftest import Opened
from yunke.checks.cast import until
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
TV = (1920, 1080)


def focused(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(
        "(() => { const n = document.activeElement, b = n.getBoundingClientRect();"
        " return { tag: n.tagName, href: n.getAttribute('href'), seen: b.top >= 0 &&"
        " b.bottom <= innerHeight && b.left >= 0 && b.right <= innerWidth } })()"
    )
    return found


def test_something_has_the_focus_at_once_and_never_loses_it(house: House, opened: Opened) -> None:
    page = opened(size=TV)
    page.goto(house.url + "/tv?grade=1")
    until(page, "document.activeElement !== document.body")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        page.wait_for_timeout(120)
        now = focused(page)
        assert now["tag"] in {"A", "BUTTON"}
        assert now["seen"], now


def test_another_grade_by_arrows_alone(house: House, opened: Opened) -> None:
    page = opened(size=TV)
    page.goto(house.url + "/tv?grade=1")
    until(page, "document.activeElement !== document.body")
    for _ in range(12):
        if str(focused(page)["href"]).startswith("/tv?grade="):
            break
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(120)
    for _ in range(12):
        if focused(page)["href"] == "/tv?grade=5":
            break
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
    assert focused(page)["href"] == "/tv?grade=5"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tv?grade=5")


def test_a_pupil_watches_on_the_tv_and_comes_back(house: House, opened: Opened) -> None:
    page = opened("child", size=TV)
    # The first lesson of her plan has the film, whatever is on air at this hour.
    page.goto(house.url + "/today")
    first = page.locator("a[href^='/lesson/']").first.get_attribute("href")
    page.goto(house.url + "/tv")
    until(page, "document.activeElement !== document.body")
    for _ in range(6):
        if focused(page)["href"] == f"/tv{first}":
            break
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(150)
    assert focused(page)["href"] == f"/tv{first}"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tv/lesson/*")
    page.wait_for_selector("video")
    page.wait_for_timeout(1500)
    if page.evaluate("document.querySelector('video').paused"):
        page.keyboard.press("Enter")
    until(page, "document.querySelector('video').currentTime > 3", 40)
    page.keyboard.press("Backspace")
    page.wait_for_url(lambda url: url.endswith("/tv"))


def test_words_are_large_enough_for_three_metres(house: House, opened: Opened) -> None:
    page = opened(size=TV)
    page.goto(house.url + "/tv?grade=1")
    small = page.evaluate(
        "[...document.querySelectorAll('main *, header *')].filter(n => n.children.length === 0 &&"
        " n.textContent.trim() && n.offsetWidth && parseFloat(getComputedStyle(n).fontSize) < 28)"
        ".map(n => n.textContent.trim())"
    )
    assert small == []

"""Everybody's pages on a phone and a laptop, in both languages: they answer, fit and are whole."""

import pytest
from playwright.sync_api import Page

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(400)]
PHONE, LAPTOP = (360, 780), (1280, 800)
PAGES = {
    "": ("/", "/sign-in", "/week?grade=1", "/catalogue", "/onair", "/tv/pair", "/bind"),
    "child": ("/today", "/week", "/catalogue", "/packs", "/account", "/account/log"),
    "brother": ("/today", "/onair", "/account/log"),
    "mother": ("/child", "/today", "/account", "/pair"),
    "teacher": ("/class", "/make", "/make/new", "/account"),
    "head": ("/class", "/make"),
    "school": ("/people", "/events", "/account"),
    "county": ("/events", "/make"),
    "city": ("/events", "/make", "/week"),
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN = "[...document.images].filter(i => i.complete && !i.naturalWidth && i.src).map(i => i.src)"
UNNAMED = (
    "[...document.querySelectorAll('main a, main button')].filter(n => n.offsetWidth &&"
    " !n.closest('[aria-hidden=true]') &&"
    " !n.textContent.trim() && !n.getAttribute('aria-label') && !n.title &&"
    " !n.querySelector('img[alt], [aria-label]')).map(n => n.outerHTML.slice(0, 120))"
)
SMALL = (
    "[...document.querySelectorAll('main button, main .button')].filter(n => n.offsetWidth &&"
    " !n.closest('.segments, .player, .sr') && n.getBoundingClientRect().height < 40)"
    ".map(n => n.outerHTML.slice(0, 120))"
)


def faults(page: Page, path: str) -> list[str]:
    """What is wrong with the page that is open, in words."""
    found = []
    if page.evaluate(TOO_WIDE) > 1:
        found.append(f"{path}: wider than the screen by {page.evaluate(TOO_WIDE)} px")
    if page.locator("h1").count() != 1:
        found.append(f"{path}: {page.locator('h1').count()} main headings")
    found += [f"{path}: a picture that is not there: {src}" for src in page.evaluate(BROKEN)]
    found += [f"{path}: nobody can say what this is: {html}" for html in page.evaluate(UNNAMED)]
    found += [f"{path}: too small to hit: {html}" for html in page.evaluate(SMALL)]
    return found


def visit(page: Page, base: str, path: str) -> list[str]:
    answer = page.goto(base + path)
    assert answer is not None
    if answer.status != 200:
        return [f"{path}: status {answer.status}"]
    page.wait_for_timeout(150)
    return faults(page, path)


@pytest.mark.parametrize("who", list(PAGES))
def test_pages_are_whole_on_a_phone_in_chinese(house: House, opened: Opened, who: str) -> None:
    page = opened(who, size=PHONE)
    assert [f for path in PAGES[who] for f in visit(page, house.url, path)] == []


@pytest.mark.parametrize("who", list(PAGES))
def test_pages_are_whole_on_a_laptop_in_english(house: House, opened: Opened, who: str) -> None:
    page = opened(who, size=LAPTOP, language="en")
    assert [f for path in PAGES[who] for f in visit(page, house.url, path)] == []
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("who", ["child", "mother", "teacher", "city"])
def test_the_keyboard_reaches_the_pages_first_thing(house: House, opened: Opened, who: str) -> None:
    page = opened(who)
    page.goto(house.url + PAGES[who][0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_nothing_comes_from_outside(house: House, opened: Opened) -> None:
    page = opened("child")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES["child"]:
        page.goto(house.url + path)
    outside = [url for url in asked if not url.startswith((house.url, "data:", "blob:"))]
    assert outside == []
    assert len(asked) > 10

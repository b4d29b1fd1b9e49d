"""A real browser with nothing but a remote's keys: the focus is always there, and seen."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Page, sync_playwright

from yunke.gate.terminals.tests.makers import family
from yunke.ground.people.tests.makers import Cast

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HERE = (
    "(() => { const n = document.activeElement, b = n.getBoundingClientRect();"
    " return {href: n.getAttribute('href'), top: b.top, left: b.left, right: b.right,"
    " bottom: b.bottom, shelf: (n.closest('.shelf') || document.body).className} })()"
)
SMALL = (
    "[...document.querySelectorAll('body *')].filter(n => n.offsetWidth &&"
    " [...n.childNodes].some(c => c.nodeType === 3 && c.data.trim()) &&"
    " parseFloat(getComputedStyle(n).fontSize) < 28).map(n => n.textContent.trim())"
)

MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)
WALK = (
    "Down", "Right", "Right", "Right", "Down", "Right", "Up", "Left", "Up", "Up", "Right",
    "Right", "Down", "Down", "Down", "Left",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).is_file(), reason="Chromium is not here"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # The browser's loop runs in this thread; the rows are made outside of any request.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def people() -> Iterator[Cast]:
    """On a school morning: later, nothing is on the air and there is one shelf less."""
    with time_machine.travel(MORNING):
        yield family()


@pytest.fixture
def screen(browser: Browser, live_server: Any, people: Cast) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    troubles: list[str] = []
    page.on("pageerror", lambda trouble: troubles.append(str(trouble)))
    page.goto(f"{live_server.url}/tv?grade=1")
    page.wait_for_function("document.activeElement !== document.body")
    yield page
    page.close()
    assert troubles == []


def press(page: Page, *keys: str) -> dict[str, Any]:
    for key in keys:
        page.keyboard.press(key)
    found: dict[str, Any] = page.evaluate(HERE)
    return found


def send_code(page: Page, code: int) -> None:
    """A key that only TVs have, by its number."""
    page.evaluate(
        "code => document.dispatchEvent(Object.assign(new Event('keydown', {cancelable: true}),"
        " {keyCode: code, key: ''}))",
        code,
    )


def test_the_first_thing_on_the_air_has_the_focus(screen: Page) -> None:
    now = press(screen)
    assert now["shelf"] in {"shelf air", "shelf air soon", "shelf subjects"}
    assert str(now["href"]).startswith("/tv/")


def test_whatever_is_pressed_the_focus_stays_in_the_safe_part(screen: Page) -> None:
    for way in WALK:
        press(screen, f"Arrow{way}")
        screen.wait_for_timeout(200)
        now = press(screen)
        assert now["href"], way
        assert now["top"] >= 40, (way, now)
        assert now["bottom"] <= 1080 - 40, (way, now)
        assert now["left"] >= 80, (way, now)
        assert now["right"] <= 1920 - 80, (way, now)


def test_up_and_down_change_the_shelf_left_and_right_do_not(screen: Page) -> None:
    start = press(screen)["shelf"]
    assert press(screen, "ArrowDown")["shelf"] != start
    assert press(screen, "ArrowUp")["shelf"] == start
    assert press(screen, "ArrowLeft", "ArrowLeft", "ArrowLeft")["shelf"] == start


def test_ok_opens_and_back_returns_to_where_one_was(screen: Page, live_server: Any) -> None:
    there = press(screen, "ArrowDown", "ArrowRight")["href"]
    assert str(there).startswith("/tv/subject/")
    screen.keyboard.press("Enter")
    screen.wait_for_url(f"{live_server.url}/tv/subject/**")
    send_code(screen, 10009)
    screen.wait_for_url(f"{live_server.url}/tv?grade=1")
    screen.wait_for_function("document.activeElement !== document.body")
    assert press(screen)["href"] == there


def test_a_click_on_nothing_does_not_lose_the_focus(screen: Page) -> None:
    screen.mouse.click(5, 1075)
    screen.wait_for_timeout(100)
    assert press(screen)["href"]


def test_nothing_is_written_smaller_than_28_pixels(screen: Page, live_server: Any) -> None:
    assert screen.evaluate(SMALL) == []
    screen.goto(f"{live_server.url}/tv/subject/chinese?grade=1")
    assert screen.evaluate(SMALL) == []


def test_a_stranger_finds_the_phone_by_arrows_alone(screen: Page, live_server: Any) -> None:
    press(screen, "ArrowUp")
    now = press(screen, *["ArrowLeft"] * 12)
    assert now["href"] == "/tv/pair"

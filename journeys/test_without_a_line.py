"""Homework on a phone whose line is gone: the page is loaded anew, the child goes on writing."""

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
PHONE = (360, 780)
FIELDS = ", ".join(
    f"yunke-attempt {field}"
    for field in ("textarea", "input[type=radio]", "input[type=checkbox]", "input[type=text]")
)
KEY = "sessionStorage.getItem('yunke-sheet')"
# What lies in the device's own cache that is no style sheet, script or picture of the house.
PAGES = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found.filter((path) => !path.startsWith("/static/"));
}"""


def test_a_reload_without_a_line_goes_on_with_the_sheet_and_sends_it_later(
    house: House, opened: Opened
) -> None:
    page = opened("child", size=PHONE)
    open_one_to_write(page, house)
    page.wait_for_selector("yunke-attempt[data-kept]")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    title, name = page.inner_text("h1"), page.locator(".me summary .wide-only").text_content()

    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_text("现在没有网，你可以接着写")).to_be_visible()
    answer(page)
    page.wait_for_selector("[data-where=here]:not([hidden])", timeout=15_000)
    page.reload()
    page.wait_for_selector("[data-where=here]:not([hidden])", timeout=15_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    stranger = page.context.new_page()
    stranger.goto(page.url)
    expect(stranger.locator("[data-offline=unsent]")).to_contain_text("锁着 1 份")
    assert title not in stranger.inner_text("body")
    assert name
    assert name not in stranger.content()
    assert stranger.evaluate(PAGES) == ["/offline"]
    stranger.close()

    page.context.set_offline(False)
    page.wait_for_selector("[data-where=school]:not([hidden])", timeout=20_000)
    page.goto(f"{house.url}/today")
    assert page.evaluate(KEY) is None


def open_one_to_write(page: Page, house: House) -> None:
    """A homework that waits and asks for ticks or words; others ask for photographs alone."""
    page.goto(f"{house.url}/homework")
    found = page.locator("a.hw-row").evaluate_all("rows => rows.map((row) => row.href)")
    for address in found:
        page.goto(address)
        if page.locator(FIELDS).count():
            return
    raise AssertionError(found)


def answer(page: Page) -> None:
    """The first thing that can be ticked or written."""
    page.locator(FIELDS).first.wait_for(state="attached")
    radio = page.locator("yunke-attempt input[type=radio], yunke-attempt input[type=checkbox]")
    if radio.count():
        radio.first.check(force=True)
    else:
        page.locator("yunke-attempt textarea, yunke-attempt input[type=text]").first.fill("春")

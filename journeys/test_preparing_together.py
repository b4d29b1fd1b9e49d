"""Two teachers make a lesson at the same time: they write, talk, suggest, compare and restore."""

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
SAVED = "[data-part=state][data-state=saved]"
FRIEND = "许文清"


def begun(page: Page, house: House) -> str:
    page.goto(house.url + "/make/new?grade=1&subject=chinese")
    page.fill("#title", "小小的船")
    page.locator("button.main-thing").click()
    page.wait_for_url("**/make/*")
    return page.url.split("#")[0].split("?")[0]


def saved(page: Page) -> None:
    expect(page.locator(SAVED)).to_be_visible(timeout=15_000)


def wrote(page: Page, field: str, text: str) -> None:
    """Somebody types, and does nothing else: it saves by itself, and says so."""
    page.fill(field, text)
    expect(page.locator("[data-part=state]")).not_to_have_attribute("data-state", "saved")
    saved(page)


def looks(page: Page) -> None:
    """Somebody comes back to the tab: what happened meanwhile is asked for at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_two_teachers_at_one_lesson(house: House, opened: Opened) -> None:
    author, friend = opened("teacher"), opened("head")
    lesson = begun(author, house)
    author.locator("goal-rows [data-more]").click()
    wrote(author, ".goal-text >> nth=0", "会背诵课文")

    author.goto(lesson + "/people")
    author.locator("#name").press_sequentially(FRIEND)
    author.locator("#names button", has_text="请来一起写").first.click()
    expect(author.locator("main")).to_contain_text(FRIEND)
    author.goto(lesson)

    friend.goto(lesson)
    wrote(friend, "#summary", "一首写月亮的儿歌。")
    looks(author)
    expect(author.locator("[data-part=news]")).to_contain_text("简介", timeout=15_000)
    expect(author.locator("[data-part=here]")).to_contain_text(FRIEND)

    # What two write in different places goes together; nothing asks anybody.
    wrote(author, "#title_en", "A little boat")
    expect(author.locator("#summary")).to_have_value("一首写月亮的儿歌。")

    friend.reload()
    friend.locator(".goal-list a[href*='place=goal']").first.click()
    friend.fill("#new-comment", "还要有感情地读。@周雨桐")
    friend.locator(".composer button").click()
    expect(friend.locator("#talk .comments")).to_contain_text("有感情地读")
    looks(author)
    expect(author.locator("#talk .comments")).to_contain_text("有感情地读", timeout=15_000)

    friend.locator("#place-title a[href*='field=title&']").click()
    friend.fill("#suggest-text", "小小的船（儿歌）")
    friend.locator("#talk button", has_text="提出建议").click()
    expect(friend.locator("#talk")).to_contain_text("小小的船（儿歌）")
    looks(author)
    accept = author.locator("button[name=answer][value=accept]")
    expect(accept).to_be_visible(timeout=15_000)
    accept.click()
    expect(author.locator("#title")).to_have_value("小小的船（儿歌）")
    saved(author)


def test_the_same_line_written_twice_is_chosen_and_a_version_comes_back(
    house: House, opened: Opened
) -> None:
    author, friend = opened("teacher"), opened("head")
    lesson = begun(author, house)
    author.goto(lesson + "/people?name=" + FRIEND)
    author.locator("#names button", has_text="请来一起写").first.click()
    author.goto(lesson)
    friend.goto(lesson)
    wrote(author, "#summary", "作者写的简介。")
    friend.fill("#summary", "同事写的简介。")
    expect(friend.locator("[data-part=clash]")).to_be_visible(timeout=15_000)
    friend.locator("[data-part=clash] button").click()
    expect(friend.locator("h1")).to_contain_text("两个人都改了")
    expect(friend.locator("main")).to_contain_text("作者写的简介。")
    expect(friend.locator("main")).to_contain_text("同事写的简介。")
    friend.locator("button.main-thing").click()
    expect(friend.locator("#summary")).to_have_value("同事写的简介。")

    author.goto(lesson + "/compare?from=1")
    expect(author.locator(".difference-card ins").first).to_contain_text("同事写的简介")
    author.locator("form[action$='/versions/1/restore'] button").click()
    expect(author.locator(".timeline li").first).to_contain_text("恢复自第 1 版")
    author.goto(lesson)
    expect(author.locator("#summary")).to_have_value("")

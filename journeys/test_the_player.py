"""The player: resume on another device, jump by transcript and chapter, a task that stops the film,
and a network that goes away and comes back.
"""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from journeys.conftest import Opened
from yunke.checks.cast import until
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
PLAYER = "document.querySelector('yunke-player')"
POSITION = f"{PLAYER}.now"


def in_the_lesson(page: Page, base: str) -> str:
    """Open the lesson with a film of today's path; gives its address."""
    page.goto(base + "/today")
    page.locator("a[href^='/lesson/']").first.click()
    page.wait_for_selector("yunke-player video")
    until(page, f"{PLAYER}.video?.readyState > 0", 30)
    return page.url.partition("?")[0]


def seek(page: Page, second: float) -> None:
    page.evaluate(f"{PLAYER}.seek({second})")


def play(page: Page) -> None:
    page.evaluate(f"{PLAYER}.play()")
    until(page, f"{PLAYER}.playing", 20)


def pause(page: Page) -> None:
    """Pause, and wait until the house has the position."""
    with page.expect_response(re.compile("/front/progress")):
        page.evaluate(f"{PLAYER}.pause()")


def answer_whatever_stops_the_film(page: Page) -> None:
    if page.locator("dialog.task-card[open]").count():
        page.locator("[data-do=later]").click()


def test_one_goes_on_where_one_stopped_on_another_device(house: House, opened: Opened) -> None:
    phone = opened("child", size=(360, 780))
    address = in_the_lesson(phone, house.url)
    seek(phone, 12)
    play(phone)
    until(phone, f"{POSITION} > 14")
    answer_whatever_stops_the_film(phone)
    pause(phone)
    stopped = float(phone.evaluate(POSITION))

    laptop = opened("child")
    laptop.goto(address)
    until(laptop, f"{POSITION} > 5", 20)
    assert abs(float(laptop.evaluate(POSITION)) - stopped) < 1.5
    assert laptop.evaluate(f"{PLAYER}.feed.seen.length") > 0


def test_the_transcript_finds_a_word_and_jumps_there(house: House, opened: Opened) -> None:
    page = opened("child")
    in_the_lesson(page, house.url)
    page.locator("[data-panel=transcript]").click()
    lines = page.locator(".transcript li button")
    expect(lines.first).to_be_visible()
    # A word of a later line, cut out of its text.
    wanted = lines.nth(3)
    word = wanted.locator("span").last.inner_text()[:3]
    page.locator(".transcript-find input").fill(word)
    expect(page.locator(".transcript mark").first).to_have_text(word)
    at = float(wanted.get_attribute("data-at") or 0)
    wanted.click()
    until(page, f"Math.abs({POSITION} - {at}) < 3")
    page.locator(".transcript-find input").fill("没有这个词语")
    expect(page.locator("yunke-transcript [role=status]")).to_have_text("没有找到这个词")


def test_chapters_are_jumps_and_marks(house: House, opened: Opened) -> None:
    page = opened("child")
    in_the_lesson(page, house.url)
    page.locator("[data-panel=chapters]").click()
    chapter = page.locator("[data-body=chapters] button").nth(1)
    at = float(chapter.get_attribute("data-at") or 0)
    title = chapter.locator("span").last.inner_text()
    chapter.click()
    until(page, f"Math.abs({POSITION} - {at}) < 3")
    expect(page.locator("[data-show=chapter]")).to_have_text(title)
    chapters = page.locator("[data-body=chapters] button").count()
    # The first chapter is the beginning, which needs no mark.
    assert page.locator(".seek-chapter").count() == chapters - 1


def test_a_task_stops_the_film_later_is_marked_and_an_answer_is_told(
    house: House, opened: Opened
) -> None:
    page = opened("child")
    in_the_lesson(page, house.url)
    tasks = page.evaluate(f"{PLAYER}.feed.tasks.filter(t => !t.value).map(t => t.at)")
    if not tasks:
        pytest.skip("the film of this demo has no task left")
    seek(page, max(0, tasks[0] - 2))
    play(page)
    card = page.locator("dialog.task-card")
    expect(card).to_be_visible(timeout=20_000)
    assert page.evaluate(f"{PLAYER}.playing") is False

    card.locator("[data-do=later]").click()
    expect(card).to_be_hidden()
    page.locator("[data-panel=tasks]").click()
    row = page.locator("[data-task]").first
    expect(row.locator("[data-state]")).to_have_text("稍后做")

    row.click()
    expect(card).to_be_visible()
    card.locator("[data-do=hand-in]").click()
    expect(card.locator(".task-result")).to_contain_text("先选一个")
    choice = card.locator(".task-option")
    if choice.count():
        choice.first.click()
    else:
        card.locator("input").fill("7")
    card.locator("[data-do=hand-in]").click()
    expect(card.locator(".task-result")).to_contain_text("已收到，回执")
    card.locator("[data-do=go-on]").click()
    expect(row.locator("[data-state]")).to_have_text(re.compile("做对了|再想想|已交"))

    page.reload()
    page.locator("[data-panel=tasks]").click()
    expect(page.locator("[data-state]").first).not_to_have_text("还没做")


def test_progress_waits_for_the_network_and_arrives(house: House, opened: Opened) -> None:
    page = opened("brother")
    page.goto(house.url + "/catalogue?grade=1")
    child = opened("child")
    address = in_the_lesson(child, house.url)
    page.goto(address)
    until(page, f"{PLAYER}.video?.readyState > 0", 30)

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/front/progress", cut)
    seek(page, 1)
    play(page)
    until(page, f"{POSITION} > 5")
    page.evaluate(f"{PLAYER}.pause()")
    page.wait_for_timeout(2500)
    assert page.evaluate(f"{PLAYER}.keeper.waiting.length") >= 1
    page.unroute("**/front/progress", cut)
    until(page, f"{PLAYER}.keeper.waiting.length === 0", 40)
    page.reload()
    until(page, f"{PLAYER}.feed.seen.length > 0", 10)


def test_the_keyboard_does_everything(house: House, opened: Opened) -> None:
    page = opened("child")
    in_the_lesson(page, house.url)
    seek(page, 3)
    page.locator("body").press("k")
    until(page, f"{PLAYER}.playing", 20)
    page.locator("body").press("k")
    until(page, f"!{PLAYER}.playing", 20)
    before = float(page.evaluate(POSITION))
    page.locator("body").press("ArrowRight")
    until(page, f"Math.abs({POSITION} - {before + 5}) < 0.6")
    page.locator("body").press("]")
    assert page.evaluate(f"{PLAYER}.video.playbackRate") == 1.25
    page.locator("body").press("[")
    assert page.evaluate(f"{PLAYER}.video.playbackRate") == 1
    page.locator("body").press("n")
    expect(page.locator("#note-text")).to_be_focused()
    # While somebody writes, letters are letters.
    page.keyboard.type("k 是字母")
    assert page.evaluate(f"{PLAYER}.playing") is False
    assert page.locator("#note-text").input_value() == "k 是字母"


def test_a_note_is_changed_deleted_and_brought_back(house: House, opened: Opened) -> None:
    page = opened("child")
    in_the_lesson(page, house.url)
    seek(page, 9)
    page.locator("#note-text").fill("第一次写的")
    page.locator(".note-form button").click()
    mine = page.locator("ol.notes li", has_text="第一次写的")
    expect(mine).to_have_count(1)
    mine.locator("[data-do=edit]").click()
    page.locator("#note-text").fill("改过的笔记")
    page.locator(".note-form button").click()
    changed = page.locator("ol.notes li", has_text="改过的笔记")
    expect(changed).to_have_count(1)
    expect(mine).to_have_count(0)
    changed.locator("[data-do=delete]").click()
    expect(changed).to_have_count(0)
    page.locator(".toast-do").click()
    expect(changed).to_have_count(1)
    page.reload()
    expect(page.locator("ol.notes li", has_text="改过的笔记")).to_have_count(1)


def test_nothing_runs_over_the_edge_of_a_small_phone(house: House, opened: Opened) -> None:
    page = opened("child", size=(360, 780))
    in_the_lesson(page, house.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    full = page.locator(".player-row [data-do=full]").bounding_box()
    assert full is not None
    assert full["x"] + full["width"] <= 360
    notes = page.locator("yunke-panels").bounding_box()
    about = page.locator(".about").bounding_box()
    assert notes is not None
    assert about is not None
    assert notes["y"] < about["y"], "notes stand right below the film"

"""A teacher watches with the class: pupils follow, a question stops everybody, counts arrive."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.cast import until
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
PLAYER = "document.querySelector('yunke-player')"


def begin(teacher: Page, child: Page, base: str) -> str:
    """The teacher opens the child's lesson of today and starts with the class."""
    child.goto(base + "/today")
    child.locator("a[href^='/lesson/']").first.click()
    child.wait_for_selector("yunke-player video")
    teacher.goto(child.url)
    teacher.get_by_role("button", name="带全班看").first.click()
    teacher.wait_for_url(re.compile("/along/"))
    until(teacher, f"{PLAYER}.video.readyState > 0", 30)
    return teacher.url


def end(teacher: Page) -> None:
    teacher.locator("[data-end]").click()
    expect(teacher.locator("[data-part=ended]")).to_be_visible()


def test_the_class_follows_its_teacher(house: House, opened: Opened) -> None:
    teacher, child = opened("teacher"), opened("child", size=(390, 800))
    begin(teacher, child, house.url)

    child.goto(house.url + "/today")
    child.locator("yunke-call a").click()
    child.wait_for_selector("yunke-along")
    until(child, f"{PLAYER}.video.readyState > 0", 30)

    teacher.evaluate(f"{PLAYER}.seek(20)")
    teacher.evaluate(f"{PLAYER}.play()")
    until(child, f"{PLAYER}.playing && {PLAYER}.now > 20", 20)
    apart = abs(float(teacher.evaluate(f"{PLAYER}.now")) - float(child.evaluate(f"{PLAYER}.now")))
    assert apart < 3, f"{apart:.1f} s apart"

    teacher.evaluate(f"{PLAYER}.pause()")
    until(child, f"!{PLAYER}.playing", 10)
    # A pupil's own keys move nothing while the teacher leads.
    before = float(child.evaluate(f"{PLAYER}.now"))
    child.locator("body").press("ArrowRight")
    child.wait_for_timeout(400)
    assert abs(float(child.evaluate(f"{PLAYER}.now")) - before) < 1
    end(teacher)
    expect(child.locator("[data-part=ended]")).to_be_visible()
    assert child.evaluate(f"{PLAYER}.hasAttribute('data-locked')") is False


def test_a_question_reaches_every_screen_and_the_count_names_nobody(
    house: House, opened: Opened
) -> None:
    teacher, child = opened("teacher"), opened("child", size=(390, 800))
    address = begin(teacher, child, house.url)
    child.goto(address)
    child.wait_for_selector("yunke-along")

    teacher.locator("#along-spoken").fill("谁来读一读这一行？")
    teacher.locator("form[data-say=spoken] button").click()
    expect(child.locator("[data-part=asked] .task-stem")).to_have_text("谁来读一读这一行？")
    expect(child.locator("[data-part=aloud]")).to_be_visible()

    task = teacher.locator(".task-rows [data-ask]").first
    if task.count():
        task.click()
        form = child.locator("[data-part=asked] form")
        expect(form).to_be_visible()
        if form.locator(".task-option").count():
            form.locator(".task-option").first.click()
        else:
            form.locator("input").fill("7")
        form.locator("button").click()
        expect(form.locator(".task-result")).to_contain_text("已收到，回执")
        bars = teacher.locator("[data-part=bars]")
        expect(bars).to_contain_text(re.compile("1 人已答"), timeout=15_000)
        assert "林小满" not in bars.inner_text()

    teacher.locator("[data-part=asked] [data-ask]").click()
    expect(child.locator("[data-part=asked]")).to_be_hidden()
    teacher.locator("#along-word").fill("回家读给家人听")
    teacher.locator("form[data-say=word] button").click()
    expect(child.locator("[data-part=word]")).to_contain_text("回家读给家人听")
    end(teacher)


def test_a_pupil_who_comes_late_lands_where_the_class_is(house: House, opened: Opened) -> None:
    teacher, child = opened("teacher"), opened("child")
    address = begin(teacher, child, house.url)
    teacher.evaluate(f"{PLAYER}.seek(30)")
    teacher.evaluate(f"{PLAYER}.play()")
    teacher.wait_for_timeout(3000)
    child.goto(address)
    until(child, f"{PLAYER}.video.readyState > 0 && {PLAYER}.now > 30", 20)
    apart = abs(float(teacher.evaluate(f"{PLAYER}.now")) - float(child.evaluate(f"{PLAYER}.now")))
    assert apart < 3, f"{apart:.1f} s apart"
    end(teacher)


def test_another_class_is_not_let_in(house: House, opened: Opened) -> None:
    teacher, child = opened("teacher"), opened("child")
    address = begin(teacher, child, house.url)
    stranger = opened("junior")
    answer = stranger.goto(address)
    assert answer is not None
    assert answer.status == 404
    events = stranger.request.get(address.replace("/along/", "/front/along/") + "/events")
    assert events.status == 404
    end(teacher)

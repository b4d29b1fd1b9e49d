"""A class erred, a pupil says why and drills on the screen, and the curve moves."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]


def to_the_class(page: Page, house: House) -> None:
    """The teacher has two classes: the pupil's is chosen from the list."""
    page.goto(house.url + "/class")
    page.get_by_role("link", name="一年级（1）班").click()


def test_errors_explained_drilled_and_the_curve_moves(house: House, opened: Opened) -> None:
    teacher = opened("head", size=(1280, 800))
    to_the_class(teacher, house)
    teacher.get_by_role("link", name="这周错在哪").click()
    first = teacher.locator(".class-error").first
    expect(first.locator(".wrong-answers li").first).to_be_visible()
    teacher.check("#hide-names")
    teacher.locator(".who summary").first.click()
    expect(teacher.locator(".pupil-word").first).to_be_hidden()

    pupil = opened("child", size=(360, 780))
    pupil.goto(house.url + "/practice")
    expect(pupil.locator(".error-row").first).to_be_visible()
    pupil.locator(".error-row a").first.click()
    pupil.get_by_role("button", name="看错题了").click()
    expect(pupil.locator(".own-words .is-chosen")).to_contain_text("看错题了")

    pupil.goto(house.url + "/practice/points")
    points = pupil.locator(".point-row")
    expect(points.first).to_be_visible()
    before = {row.split(" ")[0]: row for row in points.all_inner_texts()}

    pupil.goto(house.url + "/practice")
    pupil.get_by_role("button", name="现在练一练").click()
    for question in pupil.locator("fieldset.question").all():
        choices = question.locator("input[type=radio]")
        if choices.count():
            choices.nth(1).check()
        else:
            question.locator("input").first.fill("25")
    expect(pupil.locator("[data-where=school]")).to_be_visible(timeout=10_000)
    pupil.get_by_role("button", name="做完了").click()
    pupil.locator("dialog[open] button[value=yes]").click()
    expect(pupil.locator("[data-done]")).to_be_visible(timeout=10_000)
    for _ in range(40):
        pupil.reload()
        if pupil.locator(".drill-result").count():
            break
        pupil.wait_for_timeout(500)
    expect(pupil.locator(".drill-result .big-number")).to_have_text(re.compile(r"\d+ / \d+"))

    for _ in range(40):
        pupil.goto(house.url + "/practice/points")
        after = {row.split(" ")[0]: row for row in points.all_inner_texts()}
        if after != before:
            break
        pupil.wait_for_timeout(500)
    assert after != before


def test_a_class_answers_and_the_screen_says_what_next(house: House, opened: Opened) -> None:
    teacher = opened("head", size=(1920, 1080))
    to_the_class(teacher, house)
    teacher.get_by_role("link", name="课上答题").click()
    teacher.get_by_role("button", name="再问一次").first.click()
    expect(teacher.locator(".live-bars li").first).to_be_visible()

    pupil = opened("child", size=(360, 780))
    pupil.goto(house.url + "/today")
    pupil.get_by_role("link", name=re.compile("去答")).click()
    question = pupil.locator("fieldset.question")
    if question.locator("input[type=radio]").count():
        question.locator("input[type=radio]").first.check()
    else:
        question.locator("input").first.fill("35")
    pupil.get_by_role("button", name="答", exact=True).click()
    expect(pupil.locator(".notice.good")).to_contain_text("收到了")
    expect(teacher.locator(".live-count b")).to_have_text("1", timeout=5_000)
    assert "林小满" not in teacher.locator("main").inner_text()
    teacher.get_by_role("button", name="收题，看答案").click()
    expect(teacher.locator(".live-bars .is-right")).to_be_visible()
    expect(pupil.locator(".solved")).to_be_visible(timeout=6_000)
    teacher.get_by_role("button", name="下一题").click()

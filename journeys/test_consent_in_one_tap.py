"""A guardian says yes, the child says yes in pictures, and one tap takes it back at once."""

import pytest

from journeys.conftest import Opened
from yunke.checks.cast import Guest
from yunke.checks.living.serving import House

pytestmark = pytest.mark.browser
KEY = "pulse-wristband"


def test_given_by_both_and_taken_back_by_one(
    opened: Opened, house: House, guests: dict[str, Guest]
) -> None:
    child = guests["child"].person_id
    mother = opened("mother", size=(360, 780))
    mother.goto(f"{house.url}/consent/{child}")
    card = mother.locator(f"#{KEY}")
    yes, no = card.locator("button[value=given]"), card.locator("button[value=refused]")
    sizes = [button.bounding_box() for button in (yes, no)]
    assert sizes[0]
    assert sizes[1]
    assert abs(sizes[0]["width"] - sizes[1]["width"]) < 1
    assert sizes[0]["height"] == sizes[1]["height"] >= 44
    yes.click()
    mother.wait_for_url(f"**/consent/{child}#{KEY}")
    assert "等孩子自己说" in card.inner_text()

    small = opened("child", size=(1280, 800))
    small.goto(f"{house.url}/consent/{child}?ask={KEY}")
    buttons = small.locator(".assent-button")
    boxes = [buttons.nth(n).bounding_box() for n in range(3)]
    assert len({(round(b["width"]), round(b["height"])) for b in boxes if b}) == 1
    buttons.nth(0).click()
    small.wait_for_load_state("load")

    mother.reload()
    assert "开着" in card.inner_text()
    mother.goto(f"{house.url}/pulse/{child}")
    assert mother.locator("input[type=file]").count() == 1
    mother.goto(f"{house.url}/consent/{child}")
    card.locator("button[value=withdrawn]").click()
    mother.wait_for_url(f"**/consent/{child}#{KEY}")
    mother.goto(f"{house.url}/pulse/{child}")
    assert "这一项关着" in mother.inner_text("main")
    assert mother.locator("input[type=file]").count() == 0


def test_everybody_finds_what_the_site_can_do(opened: Opened, house: House) -> None:
    stranger = opened(size=(360, 780), language="en")
    stranger.goto(house.url)
    stranger.locator("footer a[href='/about-this-site']").click()
    stranger.wait_for_url("**/about-this-site")
    assert "Never done" in stranger.inner_text("main")
    assert stranger.evaluate("document.documentElement.scrollWidth") <= 360

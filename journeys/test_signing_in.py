"""Printed cards, a TV and a phone, an invitation: accounts as families meet them."""

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.cast import Guest
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
PHONE = (360, 780)


def printed(page: Page, path: str, form: dict[str, str]) -> Any:
    """Send a form of this page as it stands there and read the PDF that comes."""
    fields = page.evaluate(
        "p => Object.fromEntries(new FormData(document.querySelector(`form[action='${p}']`)))",
        path,
    )
    base = page.url.split("/class/")[0]
    answer = page.request.post(base + path, form={**fields, **form}, headers={"Referer": page.url})
    assert answer.status == 200, answer.status
    assert answer.headers["content-type"] == "application/pdf"
    return pypdfium2.PdfDocument(io.BytesIO(answer.body()))


def words(pdf: Any) -> str:
    return "".join("".join(p.get_textpage().get_text_bounded().split()) for p in pdf)


@pytest.fixture
def class_id(house: House, opened: Opened) -> str:
    """The class of the head teacher, from her own pages."""
    head = opened("head")
    head.goto(house.url + "/class")
    found = re.search(r"/class/(\d+)", head.content())
    assert found
    return found.group(1)


def test_a_printed_card_is_read_from_a_photograph_and_signs_in(
    house: House, opened: Opened, guests: dict[str, Guest], class_id: str, tmp_path: Path
) -> None:
    head = opened("head", size=(1280, 800))
    head.goto(f"{house.url}/class/{class_id}/cards")
    path = f"/class/{class_id}/cards/print"
    pdf = printed(head, path, {"which": "ticked", "pupil": str(guests["child"].person_id)})
    assert "林小满" in words(pdf)
    photograph = tmp_path / "card.png"
    pdf[0].render(scale=3).to_pil().save(photograph)

    tablet = opened(size=PHONE)
    tablet.goto(house.url + "/sign-in?way=card")
    tablet.set_input_files("[data-photo]", photograph)
    tablet.wait_for_url("**/today")
    expect(tablet.locator("h1")).to_contain_text("林小满")


def test_a_photograph_without_a_card_is_said(house: House, opened: Opened, tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    Image.new("RGB", (400, 300), "#ddd").save(blank)
    tablet = opened(size=PHONE)
    tablet.goto(house.url + "/sign-in?way=card")
    tablet.set_input_files("[data-photo]", blank)
    expect(tablet.locator("[data-say]")).to_contain_text("没有照清楚")


def test_a_cards_address_opens_in_any_camera_app_and_forgets_its_secret(
    house: House, opened: Opened
) -> None:
    phone = opened(size=PHONE)
    phone.goto(house.url + "/card#" + "x" * 22)
    expect(phone.locator("h1", has_text="你的登录卡读到了")).to_be_visible()
    assert "#" not in phone.url
    phone.locator("button[value=no]").click()
    expect(phone.locator("[role=alert]")).to_contain_text("请找班主任要一张新卡")


def test_the_undo_of_the_picture_pad(
    house: House, opened: Opened, guests: dict[str, Guest]
) -> None:
    child, guest = opened(size=PHONE), guests["child"]
    child.goto(house.url + "/sign-in?way=child")
    child.fill("#code", guest.code.lower())
    child.press("#code", "Enter")
    child.locator(f"a[href^='/sign-in/class/{guest.person_id}']").click()
    slots = child.locator("[data-slot] svg")
    child.locator("button[name=picture][value=moon]").click()
    child.locator("button[name=picture][value=star]").click()
    expect(slots).to_have_count(2)
    child.locator("button[name=undo]").click()
    child.locator("button[name=undo]").click()
    expect(slots).to_have_count(0)
    for picture in guest.pictures:
        child.locator(f"button[name=picture][value={picture}]").click()
    child.wait_for_url("**/today")


def test_a_tv_is_signed_in_with_a_phone(
    house: House, opened: Opened, guests: dict[str, Guest]
) -> None:
    tv = opened(size=(1920, 1080))
    tv.goto(house.url + "/tv/pair")
    code = tv.locator(".tv-code").inner_text().replace(" ", "")
    mother = opened("mother", size=PHONE)
    mother.goto(f"{house.url}/pair?code={code}")
    mother.locator(f"button[name=person][value='{guests['child'].person_id}']").click()
    mother.wait_for_url("**/account")
    tv.wait_for_url("**/tv", timeout=15_000)


def test_a_guardian_binds_with_the_slip_from_school(
    house: House, opened: Opened, guests: dict[str, Guest], class_id: str
) -> None:
    head = opened("head", size=(1280, 800))
    head.goto(f"{house.url}/class/{class_id}/guardians")
    path = f"/class/{class_id}/guardians/print"
    pdf = printed(head, path, {"pupil": str(guests["child"].person_id)})
    code = re.search(r"邀请码([2-9A-Z]{8})", words(pdf))
    assert code

    father = opened(size=PHONE)
    father.goto(f"{house.url}/bind#{code.group(1)}")
    expect(father.locator("#code")).to_have_value(code.group(1))
    father.fill("#child", "林小满")
    father.check("input[name=relation][value=爸爸]")
    father.fill("#name", "林远山")
    father.fill("#login", "13800002222")
    father.fill("#password", "a-quiet-river")
    father.locator("form.card button").click()
    father.wait_for_url("**/child")
    expect(father.locator("main")).to_contain_text("林小满")

"""A mother reads who opened her child's record, checks the code, and takes a copy home."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]


def test_a_mother_reads_who_looked_and_takes_a_copy(house: House, opened: Opened) -> None:
    page = opened("mother", size=(360, 780))
    page.goto(house.url + "/looked")
    page.locator("nav.segments a").nth(1).click()
    expect(page.locator("h1")).to_contain_text("谁看过")
    expect(page.locator(".look-day li").filter(has_text="学校管理员").first).to_be_visible()
    expect(page.locator(".look-day li").filter(has_text="班主任").first).to_be_visible()
    code = page.locator(".check-code").inner_text()
    assert re.fullmatch(r"[0-9A-F]{4}(-[0-9A-F]{4}){2}", code)
    page.fill("#code", code.lower())
    page.get_by_role("button", name="核对").click()
    expect(page.locator(".notice.good")).to_contain_text("记录完整")

    page.goto(house.url + "/my-data")
    child = page.locator("section.card", has=page.get_by_role("heading", name="林小满"))
    child.get_by_role("button", name="带走一份").click()
    hers = page.locator("li.wish", has_text="林小满")
    download = hers.get_by_role("link", name="下载").first
    for _ in range(60):
        if download.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    answer = page.request.get(house.url + (download.get_attribute("href") or ""))
    archive = zipfile.ZipFile(io.BytesIO(answer.body()))
    assert "index.html" in archive.namelist()
    assert "林小满" in archive.read("index.html").decode() + archive.read("about.json").decode()

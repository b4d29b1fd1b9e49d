"""A school's clerk drops a list in the browser, looks at it row by row, and puts it away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys.conftest import Opened
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
ROWS = (
    "年级,班级,姓名,学号,角色\r\n"
    "一年级,2班,陆知夏,G330102202001010001,学生\r\n"
    "一年级,2班,𠮷田一,1.23E+11,学生\r\n"
)


def test_a_list_is_read_shown_and_its_wrong_row_named(
    house: House, opened: Opened, tmp_path: Path
) -> None:
    page = opened("school")
    page.goto(house.url + "/people")
    page.get_by_role("link", name="名册").click()
    expect(page.get_by_role("heading", name="导入名册")).to_be_visible()
    file = tmp_path / "名册.csv"
    file.write_bytes(ROWS.encode("gb18030"))
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并预览").click()
    page.wait_for_url(re.compile(r"/roster/\d+$"))
    expect(page.get_by_role("heading", name="哪里有错误")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("已被 Excel 改坏")).to_be_visible()
    expect(page.get_by_role("link", name="下载错误清单")).to_be_visible()
    page.locator(".roster-tile", has_text="新增").click()
    expect(page.get_by_role("listitem").get_by_text("陆知夏")).to_be_visible()
    page.get_by_role("button", name="放弃这份名册").click()
    expect(page.get_by_text("什么都没有写入").first).to_be_visible()

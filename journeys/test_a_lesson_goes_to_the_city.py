"""A teacher hands a lesson in, the county sends it back, the teacher mends it, county and city pass
it, and a pupil of another county finds it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.cast import Guest, sign_in
from yunke.checks.living.rows import Rows
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
TITLE, MENDED = "夸父的鞋子", "夸父的一双鞋"
PUPIL = """
    SELECT p.login FROM people_person p JOIN people_membership m ON m.person_id = p.id
    JOIN people_schoolclass c ON c.id = m.school_class_id JOIN people_org s ON s.id = c.school_id
    WHERE s.code = 'wangxi1' AND c.grade = 4 AND m.role = 'pupil' AND p.left_on IS NULL LIMIT 1
"""


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slides") / "夸父.pdf"
    Image.new("RGB", (960, 720), "beige").save(path)
    return path


def press(page: Page, name: str) -> None:
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.get_by_role("button", name=name, exact=True).click()


def handed_in(teacher: Page, base: str, slides: Path) -> str:
    """A new lesson with courseware, handed in for the whole city; gives its number."""
    teacher.goto(base + "/make/new?grade=4&subject=chinese")
    teacher.fill("#title", TITLE)
    teacher.get_by_role("button", name="建好，去放视频").click()
    teacher.wait_for_url("**/make/*")
    number = teacher.url.rsplit("/", 1)[-1].split("?")[0].split("#")[0]
    teacher.locator("upload-file[data-kind=courseware] input[type=file]").set_input_files(slides)
    expect(teacher.locator("#list-courseware")).to_contain_text("1 页", timeout=60_000)
    teacher.goto(f"{base}/make/{number}/review")
    press(teacher, "送去审核")
    expect(teacher.locator("main")).to_contain_text("等区县审")
    return number


def opened_from_queue(page: Page, base: str, title: str) -> None:
    page.goto(base + "/review")
    page.locator(".review-card", has_text=title).first.click()
    press(page, "我来审")


def passed(page: Page) -> None:
    for line in page.locator(".tick input[value=yes]").all():
        line.check()
    press(page, "通过")


def test_from_the_teacher_to_another_countys_pupil(
    house: House, opened: Opened, guests: dict[str, Guest], slides: Path
) -> None:
    teacher, county, city = opened("teacher"), opened("county_reviewer"), opened("reviewer")
    number = handed_in(teacher, house.url, slides)

    opened_from_queue(county, house.url, TITLE)
    county.locator(".tick input[value=no]").first.check()
    county.locator(".pin-note input").first.fill("目标还没有写")
    county.fill("#reason", "课题看不出学什么，请改一改。")
    press(county, "退回修改")

    teacher.goto(f"{house.url}/make/{number}/review")
    expect(teacher.locator("main")).to_contain_text("课题看不出学什么")
    expect(teacher.locator("main")).to_contain_text("目标还没有写")
    teacher.goto(f"{house.url}/make/{number}")
    teacher.fill("#title", MENDED)
    expect(teacher.locator("[data-part=state]")).to_have_attribute(
        "data-state", "saved", timeout=15_000
    )
    teacher.goto(f"{house.url}/make/{number}/review")
    expect(teacher.locator(".changes")).to_contain_text("一双")
    teacher.fill("#message", "课题改好了。")
    press(teacher, "重新送审")

    opened_from_queue(county, house.url, MENDED)
    expect(county.locator(".changes")).to_contain_text("一双")
    passed(county)
    stranger = opened("")
    assert stranger.goto(f"{house.url}/lesson/{number}").status == 404  # type: ignore[union-attr]

    opened_from_queue(city, house.url, MENDED)
    passed(city)

    child = opened("")
    [[login]] = Rows(house.data).ask(PUPIL)
    sign_in(child, house.url, replace(guests["brother"], login=login, totp=""))
    child.goto(house.url + "/catalogue?grade=4&subject=chinese")
    expect(child.locator("main")).to_contain_text(MENDED)
    child.locator(".lesson-card", has_text=MENDED).click()
    expect(child.locator("h1")).to_have_text(MENDED)

"""``./run docs pictures``: the README's pictures, taken of a running demo.

The address comes from YUNKE_URL, by default that of ``./run demo``; the people come from the cast
of the same data folder. Each picture is a page as one person sees it, at the size of one surface.
"""

import json
import os
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from yunke.checks.cast import CHROMIUM, FLAGS, Guest, cast, context, sign_in
from yunke.checks.house.tree import ROOT

FOLDER = ROOT / "docs" / "pictures"
PHONE, LAPTOP, TV = (390, 800), (1280, 800), (1920, 1080)


@dataclass(frozen=True)
class Shot:
    """A file name, who looks ("" for a stranger), where, on what, and after how long (ms).

    ``follow``: the link that is taken there first, for pages whose number nobody knows.
    """

    name: str
    who: str
    path: str
    size: tuple[int, int]
    wait: int = 800
    follow: str = ""


SHOTS = (
    Shot("welcome", "", "/", LAPTOP),
    Shot("child-sign-in", "", "/sign-in?way=child", PHONE),
    Shot("today-phone", "child", "/today", PHONE),
    Shot("lesson-phone", "child", "/lesson/{film}", PHONE, 9000),
    Shot("week", "", "/week?grade=1", LAPTOP),
    Shot("lesson", "brother", "/lesson/{film}", LAPTOP, 9000),
    Shot("class", "head", "/class/1", LAPTOP),
    Shot("child", "mother", "/child", LAPTOP),
    Shot("make", "teacher", "/make/{film}", LAPTOP),
    Shot("tv", "", "/tv", TV),
    Shot("roster", "school", "/roster", LAPTOP, follow="a.roster-line"),
    Shot("together", "teacher", "/make", LAPTOP, follow="a.wait-row"),
    Shot("review", "reviewer", "/review", LAPTOP),
    Shot("participation", "city", "/participation", LAPTOP),
    Shot("result-phone", "brother", "/exams/1/result", PHONE),
    Shot("errors-phone", "brother", "/practice", PHONE),
    Shot("homework", "head", "/homework", LAPTOP),
    Shot("exam", "head", "/exams/1/analysis", LAPTOP),
    Shot("desk", "head", "/desk", LAPTOP),
    Shot("consent-phone", "mother", "/consent", PHONE),
    Shot("assent-phone", "child", "/consent", PHONE),
    Shot("looked-phone", "mother", "/looked", PHONE, follow="nav.segments a:nth-of-type(2)"),
)


def take() -> None:
    """Take every picture. Raises when a page does not answer or somebody cannot sign in."""
    base = os.environ.get("YUNKE_URL", "http://127.0.0.1:8000")
    guests = cast()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        child = Shot("", "child", "", PHONE)
        devices = {("child", PHONE): _device(browser, base, child, guests)}
        film = _film(devices["child", PHONE], base)
        for shot in SHOTS:
            key = (shot.who, shot.size)
            if key not in devices:
                devices[key] = _device(browser, base, shot, guests)
            _take_one(devices[key], base, shot, film, guests["child"])
            print(shot.name, flush=True)
        browser.close()


def _device(browser: Browser, base: str, shot: Shot, guests: dict[str, Guest]) -> BrowserContext:
    made = context(browser, base, size=shot.size)
    if shot.who:
        page = made.new_page()
        sign_in(page, base, guests[shot.who])
        page.close()
    return made


def _take_one(device: BrowserContext, base: str, shot: Shot, film: int, child: Guest) -> None:
    page = device.new_page()
    page.goto(base + shot.path.format(film=film))
    if shot.follow:
        page.locator(shot.follow).first.click()
        page.wait_for_load_state()
    if shot.path.startswith("/lesson/"):
        page.locator(".player-big").click()
    elif shot.path.startswith("/sign-in"):
        page.fill("input#code", child.code)
        page.press("input#code", "Enter")
    page.wait_for_timeout(shot.wait)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.thumbnail((1280, 1280))
    picture.save(FOLDER / f"{shot.name}.jpg", quality=82, optimize=True, progressive=True)
    page.close()


def _film(device: BrowserContext, base: str) -> int:
    """The first lesson of the child's day that has a film."""
    answer = device.request.get(f"{base}/front/today")
    found = json.loads(answer.text())["lessons"]
    return next(int(lesson["lesson"]) for lesson in found if lesson["has_video"])

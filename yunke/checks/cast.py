"""The named people of the demo, as journeys and pictures meet them: each can sign in for real.

``cast()`` reads ``demo.json`` of a data folder; ``sign_in`` walks through the pages as that person
would: a child by its class code, its animal and three pictures, the others by name and password,
staff with the code of the second factor.
"""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip


@dataclass(frozen=True)
class Guest:
    """One of the accounts of ``demo.json``; ``key`` is short and stays: child, mother, teacher …"""

    key: str
    person_id: int
    who_zh: str
    who_en: str
    way: str
    login: str
    password: str
    code: str
    animal: str
    pictures: tuple[str, ...]
    totp: str


def cast(folder: Path | None = None) -> dict[str, Guest]:
    """The guests by key. ``folder`` is a data folder, by default that of this process."""
    place = folder or Path(os.environ.get("YUNKE_DATA") or ROOT / "var")
    rows = json.loads((place / "demo.json").read_text(encoding="utf-8"))
    return {row["key"]: _guest(row) for row in rows}


def _guest(row: dict[str, Any]) -> Guest:
    known = {name: row[name] for name in Guest.__dataclass_fields__}
    return Guest(**{**known, "pictures": tuple(row["pictures"])})


def sign_in(page: Page, base: str, guest: Guest) -> None:
    """Sign in as a person would, and wait until the own first page is there."""
    if guest.way == "child":
        _by_pictures(page, base, guest)
    else:
        _by_password(page, base, guest)


def _by_pictures(page: Page, base: str, guest: Guest) -> None:
    page.goto(f"{base}/sign-in?way=child")
    page.fill("input#code", guest.code)
    page.press("input#code", "Enter")
    page.locator(f"a[href^='/sign-in/class/{guest.person_id}']").click()
    for picture in guest.pictures:
        page.locator(f"button[name=picture][value={picture}]").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _by_password(page: Page, base: str, guest: Guest) -> None:
    page.goto(f"{base}/sign-in?way=password")
    page.fill("input#login", guest.login)
    page.fill("input#password", guest.password)
    page.press("input#password", "Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in?way=password"))
    if guest.totp:
        page.wait_for_selector("input#code")
        _second_factor(page, guest)
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _second_factor(page: Page, guest: Guest) -> None:
    """A code is good once: when it was used a moment ago, wait for the next one."""
    for _ in range(2):
        page.fill("input#code", pyotp.TOTP(guest.totp).now())
        page.press("input#code", "Enter")
        page.wait_for_load_state("networkidle")
        if "/sign-in" not in page.url:
            return
        time.sleep(31 - time.time() % 30)


def context(
    browser: Browser, base: str, *, size: tuple[int, int] = (1280, 800), language: str = "zh-hans"
) -> BrowserContext:
    """A fresh device: a window of that size in that language, signed in as nobody."""
    made = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="en-GB" if language == "en" else "zh-CN",
    )
    made.add_cookies([{"name": "yunke_language", "value": language, "url": base}])
    made.set_default_timeout(20_000)
    return made


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Wait until a JavaScript expression is true. Raises TimeoutError with the expression.

    Playwright's own wait evaluates text inside the page, which our content policy refuses.
    """
    ends = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > ends:
            raise TimeoutError(f"never became true: {expression}")
        page.wait_for_timeout(100)

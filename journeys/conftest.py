"""A whole house for the journeys: the demo city with one film, every process, a real browser."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from yunke.checks.cast import CHROMIUM, FLAGS, Guest, cast, context, sign_in
from yunke.checks.living.serving import House, fresh_data, serving
from yunke.demo.film import films

ROOT = Path(__file__).resolve().parent.parent
# The film with which a first-grader's day begins; the others are not needed here.
FILM = next(film.slug for film in films() if film.grade == 1)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo city, served. One for all journeys of a run: making it takes half a minute."""
    folder = fresh_data(tmp_path_factory.mktemp("house"))
    env = {"YUNKE_DEMO": "yes", "YUNKE_DATA": str(folder)}
    command = [sys.executable, "-m", "yunke.demo", "--films", FILM]
    subprocess.run(command, env={**os.environ, **env}, cwd=ROOT, check=True, capture_output=True)
    with serving(folder, env=env) as running:
        yield running


@pytest.fixture(scope="session")
def guests(house: House) -> dict[str, Guest]:
    return cast(house.data)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).is_file():
        pytest.skip("Chromium is not here")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """Cookies of those who have signed in: the second time they come with their own device."""
    return {}


@pytest.fixture
def opened(
    browser: Browser, house: House, guests: dict[str, Guest], signed_in: dict[str, Any]
) -> Iterator[Opened]:
    """``opened("child", size=(360, 780), language="en")``: a device of its own, signed in.

    "" is a stranger. A page whose scripts fail fails the test.
    """
    devices, troubles = [], []

    def open_page(key: str = "", **more: object) -> Page:
        device = context(browser, house.url, **more)  # type: ignore[arg-type]
        devices.append(device)
        page = device.new_page()
        page.on("pageerror", lambda trouble: troubles.append(str(trouble)))
        if key in signed_in:
            device.add_cookies(signed_in[key])
        elif key:
            sign_in(page, house.url, guests[key])
            signed_in[key] = [c for c in device.cookies() if c["name"] == "yunke"]
        return page

    yield open_page
    for device in devices:
        device.close()
    assert troubles == []

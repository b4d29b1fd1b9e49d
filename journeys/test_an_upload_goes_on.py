"""A big film on a bad line: the page is reloaded, the servers are killed, no byte is lost."""

import hashlib
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Opened
from yunke.checks.cast import until
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
SHARE = "document.querySelector('upload-file[data-kind=video] progress').value"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 40 MB of H.264, so that it takes five chunks."""
    path = tmp_path_factory.mktemp("film") / "长长的课.mp4"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i",
        "nullsrc=size=640x360:rate=10:duration=20,geq=random(1)*255:128:128",
        "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "16M", "-minrate", "16M", "-bufsize",
        "16M", "-pix_fmt", "yuv420p", "-g", "20", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return path


def slowed(page: Page, megabytes: float) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 20,
            "downloadThroughput": -1,
            "uploadThroughput": int(megabytes * 2**20),
        },
    )


def choose(page: Page, film: Path) -> None:
    page.locator("upload-file[data-kind=video] input[type=file]").set_input_files(film)


def test_a_film_survives_a_reload_and_a_crash_of_every_server(
    house: House, opened: Opened, film: Path
) -> None:
    page = opened("teacher")
    page.goto(house.url + "/make/new?grade=1&subject=maths")
    page.fill("#title", "慢慢来")
    page.locator("button.main-thing").click()
    page.wait_for_url("**/make/*")
    number = page.url.rsplit("/", 1)[-1]

    slowed(page, 4)
    choose(page, film)
    until(page, f"{SHARE} > 0.45", 60)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#list-video .growing")).to_contain_text("再选同一个文件就接着传")

    slowed(page, 4)
    choose(page, film)
    until(page, f"{SHARE} > 0.2", 20)
    began = float(page.evaluate(SHARE))
    assert began > 0.2, "it goes on, it does not begin again"
    until(page, f"{SHARE} > 0.6", 60)
    assert house.kill_web()
    expect(page.locator("#list-video")).to_contain_text("可以看了", timeout=90_000)

    kept = list((house.data / "media/lessons" / number).glob("*/download/*.mp4"))
    assert [digest(path) for path in kept] == [digest(film)]
    assert list((house.data / "uploads").glob("*.part")) == []


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

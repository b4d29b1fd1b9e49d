"""A teacher makes a lesson, drops a video and a courseware in, publishes; a pupil watches it."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image
from playwright.sync_api import expect

from journeys.conftest import Opened
from yunke.checks.cast import until
from yunke.checks.living.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.timeout(300)]
TITLE = "分米和毫米"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds of H.264 with sound."""
    path = tmp_path_factory.mktemp("clip") / "第一课 分米.mp4"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i",
        "testsrc=size=640x360:rate=12:duration=20", "-f", "lavfi", "-i", "sine=duration=20",
        "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "24", "-c:a", "aac", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return path


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slides") / "课件.pdf"
    pages = [Image.new("RGB", (960, 720), colour) for colour in ("white", "beige")]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path


def test_a_lesson_from_nothing_to_a_pupils_screen(
    house: House, opened: Opened, clip: Path, slides: Path
) -> None:
    teacher = opened("teacher")
    teacher.goto(house.url + "/make/new?grade=1&subject=maths")
    teacher.fill("#title", TITLE)
    teacher.get_by_role("button", name="建好，去放视频").click()
    teacher.wait_for_url("**/make/*")
    number = teacher.url.rsplit("/", 1)[-1].split("?")[0].split("#")[0]

    teacher.locator("upload-file[data-kind=video] input[type=file]").set_input_files(clip)
    expect(teacher.locator("#list-video")).to_contain_text("可以看了", timeout=60_000)
    teacher.locator("upload-file[data-kind=courseware] input[type=file]").set_input_files(slides)
    expect(teacher.locator("#list-courseware")).to_contain_text("2 页", timeout=60_000)

    teacher.locator("form[action$='/publish'] button").first.click()
    teacher.wait_for_load_state("networkidle")

    child = opened("child", size=(390, 800))
    child.goto(f"{house.url}/lesson/{number}")
    expect(child.locator("h1")).to_have_text(TITLE)
    child.locator("button.player-big").click()
    until(child, "document.querySelector('video').currentTime > 2", 40)


def test_a_file_that_is_no_video_is_refused_in_words(
    house: House, opened: Opened, tmp_path: Path
) -> None:
    fake = tmp_path / "假的.mp4"
    fake.write_text("这只是一段文字。" * 200)
    teacher = opened("teacher")
    teacher.goto(house.url + "/make")
    teacher.locator("a[href^='/make/']:not([href$='/new'])").first.click()
    teacher.wait_for_load_state("networkidle")
    teacher.locator("upload-file[data-kind=video] input[type=file]").set_input_files(fake)
    expect(teacher.locator("#list-video .notice.wrong")).to_contain_text("假的.mp4", timeout=30_000)

"""Finished media lie in a bucket and come from there, under the same rule as local files."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from yunke.base.bucket import bucket, kind_of, trouble_with
from yunke.checks.living.engines import bucket as s3
from yunke.checks.living.serving import ROOT, ask, fresh_data, serving
from yunke.site.jobs import media_due

pytestmark = [pytest.mark.serving, pytest.mark.timeout(180)]
SCRIPT = """
import json, django; django.setup()
from pathlib import Path
from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from yunke.base.bucket import bucket, trouble_with
from yunke.base.jobs import run_one
from yunke.checks.living.school import cookie, school, signed_in
from yunke.site.jobs import media_due
autodiscover_modules("jobs")
assert trouble_with(settings) == ""
made = school(pupils=1, tasks=1)
lesson = made.lesson
asset = lesson.assets.first() or lesson.assets.create(kind="video", title="a", state="ready")
folder = Path(settings.MEDIA_ROOT) / "lessons" / str(lesson.id) / str(asset.id)
(folder / "top").mkdir(parents=True)
(folder / "top" / "00001.m4s").write_bytes(bytes(range(256)) * 4000)
(folder / "master.m3u8").write_text("#EXTM3U")
asked = media_due()
while run_one():
    pass
again = media_due()
sizes = [bucket().size(f"lessons/{lesson.id}/{asset.id}/{n}") for n in ("top/00001.m4s", "x")]
print(json.dumps({"path": f"/media/lessons/{lesson.id}/{asset.id}/", "asked": asked, "again": again,
                  "cookie": made.cookie(0), "sizes": sizes}))
"""


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with s3(tmp_path_factory.mktemp("s3")) as found:
        yield found


def test_what_only_the_bucket_holds_is_sent_by_range_under_the_same_rule(
    away: dict[str, str], tmp_path: Path
) -> None:
    env = {**away, "YUNKE_DATABASE": os.environ.get("YUNKE_DATABASE", "")}
    data = fresh_data(tmp_path / "data", **env)
    made = put(data, env)
    assert made["asked"] == 1
    assert made["again"] == 0
    assert made["sizes"] == [256 * 4000, -1]
    shutil.rmtree(data / "media" / "lessons")
    with serving(data, env=env) as house:
        path = made["path"] + "top/00001.m4s"
        cookie = made["cookie"]
        status, headers, body = ask(
            house.port, path, cookie=cookie, headers={"Range": "bytes=250-259"}
        )
        assert (status, body) == (206, bytes([250, 251, 252, 253, 254, 255, 0, 1, 2, 3]))
        assert headers["content-type"] == "video/mp4"
        assert headers["cache-control"] == "private, max-age=0, must-revalidate"
        assert not [name for name in headers if name.startswith("x-amz")]
        status, headers, body = ask(house.port, made["path"] + "master.m3u8", cookie=cookie)
        assert (status, body) == (200, b"#EXTM3U")
        assert ask(house.port, made["path"] + "top/none.m4s", cookie=cookie)[0] == 404
        # A stranger gets nothing, and no header of a reader's own leads anywhere.
        assert ask(house.port, path)[0] == 404
        spoof = {"X-Yunke-Bucket": "/"}
        assert ask(house.port, path, headers=spoof)[0] == 404
        there = data / "media" / made["path"].removeprefix("/media/") / "top" / "00001.m4s"
        there.parent.mkdir(parents=True)
        there.write_bytes(b"of this machine")
        assert ask(house.port, path, cookie=cookie, headers=spoof)[2] == b"of this machine"


def put(data: Path, env: dict[str, str]) -> dict[str, Any]:
    whole = {**os.environ, **env, "YUNKE_DATA": str(data)}
    whole["DJANGO_SETTINGS_MODULE"] = "yunke.site.settings"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=whole, cwd=ROOT, check=True, capture_output=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_a_bucket_that_cannot_be_used_is_named_at_the_start(tmp_path: Path) -> None:
    given = SimpleNamespace(
        S3="http://127.0.0.1:1/b", S3_KEY="k", S3_SECRET="s", DATA=tmp_path
    )  # fmt: skip
    assert trouble_with(given).startswith("YUNKE_S3 cannot be used (")


def test_without_a_bucket_nothing_is_asked_for(settings: Any) -> None:
    settings.S3 = ""
    assert bucket() is None
    assert media_due() == 0


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/top/00001.m4s", "video/mp4"),
        ("a/master.m3u8", "application/vnd.apple.mpegurl"),
        ("a/captions.vtt", "text/vtt; charset=utf-8"),
        ("a/page-001.jpg", "image/jpeg"),
        ("a/download/courseware-1.pdf", "application/pdf"),
        ("a/none", "application/octet-stream"),
    ],
)
def test_a_file_is_kept_with_its_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind

"""Each legal profile boots in a process of its own: what it has not is not there at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yunke.base.capability import PROFILES, left_out
from yunke.checks.house.tree import ROOT

WALK = "yunke.checks.living.profile_walk"


def boot(folder: Path, profile: str, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "YUNKE_DATA": str(folder), "YUNKE_PROFILE": profile}
    env.pop("YUNKE_DATABASE", None)
    return subprocess.run(
        [sys.executable, "-m", *words], env=env, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def ready(folder: Path, profile: str) -> "subprocess.CompletedProcess[str]":
    return boot(folder, profile, "yunke.site.ready")


def walked(folder: Path, profile: str) -> dict[str, Any]:
    done = boot(folder, profile, "yunke.site.part", WALK)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_boots_and_has_what_it_may_and_nothing_else(profile, tmp_path) -> None:
    assert ready(tmp_path, profile).returncode == 0
    found = walked(tmp_path, profile)
    assert found["profile"] == profile
    assert found["wrong"] == []
    assert found["pages"] >= 40
    gone = left_out(profile)
    if gone.apps:
        assert found["wristband"] == {
            "apps": 0, "routes": 0, "tables": 0, "imports": 0, "files": 0
        }  # fmt: skip
        assert found["pulse_page"] == 404
    else:
        assert found["wristband"]["routes"] == 6
        assert found["wristband"]["tables"] == 1
        assert found["pulse_page"] == 302


def test_stricter_at_any_time_and_looser_by_two(tmp_path) -> None:
    assert ready(tmp_path, "cn").returncode == 0
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "left.fit").write_bytes(b"x")
    assert ready(tmp_path, "eu").returncode == 0
    assert not (tmp_path / "pulse").exists()
    assert walked(tmp_path, "eu")["wristband"]["tables"] == 0
    refused = ready(tmp_path, "cn")
    assert refused.returncode != 0
    assert "two named persons" in refused.stderr
    agreed = boot(tmp_path, "eu", "yunke.site.part", WALK, "agree", "cn")
    assert agreed.returncode == 0, agreed.stderr[-2000:]
    assert ready(tmp_path, "cn").returncode == 0
    assert walked(tmp_path, "cn")["wristband"]["tables"] == 1
    note = json.loads((tmp_path / "profile.json").read_text())
    assert (note["key"], note["by"], note["second"]) == ("cn", "甲", "乙")


def test_a_site_that_was_made_ready_under_another_profile_does_not_open(tmp_path) -> None:
    assert ready(tmp_path, "us").returncode == 0
    code = "from yunke.site.startup import _profile, checked_settings as c; " \
           "import django, os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', " \
           "'yunke.site.settings'); django.setup(); " \
           "from django.conf import settings; print(_profile(settings))"  # fmt: skip
    env = {**os.environ, "YUNKE_DATA": str(tmp_path), "YUNKE_PROFILE": "strict"}
    env.pop("YUNKE_DATABASE", None)  # made ready on SQLite, as ``boot`` does
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "made ready under us" in done.stdout

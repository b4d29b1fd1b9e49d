"""The house opens whole or not at all, and one line says what is wrong."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings

from yunke.site import startup
from yunke.site.ready import ROOT
from yunke.site.serve import refuse_taken
from yunke.site.startup import CHECKS, BadStart, caddy_program

# The house that starts asks its database for the profile it was made with.
pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path: Path) -> Any:
    """Settings of a house in order; each test spoils one thing."""
    static = tmp_path / "static"
    for name in ("yunke/base.css", "yunke/shell.js", "vendor/hls.js"):
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_text("x")
    (tmp_path / "secret.key").touch(0o600)
    return SimpleNamespace(
        DEBUG=False,
        DATA=tmp_path,
        SECRET_KEY="abcdefghijklmnopqrstuvwxyz0123456789abcdefgh",
        ALLOWED_HOSTS=["*"],
        TIME_ZONE="Asia/Shanghai",
        UPLOAD_LIMIT=1,
        UPLOAD_QUOTA=2,
        DATABASE="",
        VALKEY="",
        S3="",
        S3_KEY="",
        S3_SECRET="",
        STATIC_ROOT=static,
        DATABASES={"default": {"NAME": tmp_path / "yunke.sqlite3"}},
    )


def wrong(house: Any) -> list[str]:
    """What every check but the database's says."""
    found = (check(house) for check in CHECKS if check is not startup._database)
    return [sentence for sentence in found if sentence]


def test_a_house_in_order_has_nothing_to_say(house: Any) -> None:
    assert wrong(house) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", True, "YUNKE_DEBUG"),
        ("SECRET_KEY", "k" * 50, "YUNKE_SECRET_KEY repeats itself"),
        ("ALLOWED_HOSTS", ["school.cn", "http://x/"], "'http://x/', which is no host name"),
        ("ALLOWED_HOSTS", [""], "YUNKE_HOSTS"),
        ("TIME_ZONE", "Asia/Atlantis", "no such time zone"),
        ("TIME_ZONE", "../../etc/passwd", "no such time zone"),
        ("VALKEY", "redis://127.0.0.1:1/0", "YUNKE_VALKEY cannot be reached"),
        ("S3", "http://127.0.0.1:1/bucket", "YUNKE_S3_KEY and YUNKE_S3_SECRET"),
        ("UPLOAD_LIMIT", 3, "YUNKE_UPLOAD_MB is above YUNKE_QUOTA_MB"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: Any, words: str, house: Any) -> None:
    setattr(house, name, value)
    (sentence,) = wrong(house)
    assert words in sentence


@pytest.mark.parametrize("hosts", [["*"], [".school.cn"], ["10.0.0.7", "[::1]", "a-b.cn"]])
def test_good_host_names_are_taken(hosts: list[str], house: Any) -> None:
    house.ALLOWED_HOSTS = hosts
    assert wrong(house) == []


def test_a_key_that_others_can_read_is_refused(house: Any) -> None:
    (house.DATA / "secret.key").chmod(0o640)
    (sentence,) = wrong(house)
    assert f"chmod 600 {house.DATA}/secret.key" in sentence


@pytest.mark.parametrize("name", ["media", "lake"])
def test_a_file_where_a_folder_must_be_is_refused(name: str, house: Any) -> None:
    (house.DATA / name).write_text("")
    (sentence,) = wrong(house)
    assert f"{house.DATA}/{name} is a file" in sentence


def test_a_folder_that_cannot_be_made_is_refused(house: Any) -> None:
    (house.DATA / "file").write_text("")
    house.DATA = house.DATA / "file" / "data"
    assert "cannot be written" in startup._folders(house)


@pytest.mark.parametrize("mark", ['"', "{", "}", "\\", "\n"])
def test_a_folder_whose_name_means_something_to_caddy_is_refused(mark: str, house: Any) -> None:
    house.DATA = house.DATA / f"a{mark}b"
    sentence = startup._folders(house)
    assert repr(mark) in sentence
    assert "is refused" in sentence


def test_missing_folders_are_made(house: Any) -> None:
    assert startup._folders(house) == ""
    assert (house.DATA / "media").is_dir()
    assert (house.DATA / "lake").is_dir()
    assert not list(house.DATA.rglob(".can-write"))


def test_a_full_disk_is_refused(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(startup.shutil, "disk_usage", lambda _: usage(100, 100, 63 << 20))
    (sentence,) = wrong(house)
    assert "only 63 MB are free" in sentence


def test_a_missing_static_file_is_named(house: Any) -> None:
    (house.STATIC_ROOT / "vendor" / "hls.js").unlink()
    (sentence,) = wrong(house)
    assert "vendor/hls.js" in sentence
    assert "./run setup" in sentence


@pytest.mark.parametrize("spoil", ["missing", "folder", "not-executable"])
def test_a_caddy_that_cannot_run_is_refused(
    spoil: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "caddy"
    if spoil == "folder":
        told.mkdir()
    if spoil == "not-executable":
        told.touch(0o600)
    monkeypatch.setenv("YUNKE_CADDY", str(told))
    with pytest.raises(BadStart, match="caddy is missing"):
        caddy_program()


def test_a_caddy_that_was_told_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "caddy").touch(0o700)
    monkeypatch.setenv("YUNKE_CADDY", str(tmp_path / "caddy"))
    assert caddy_program() == tmp_path / "caddy"


def test_a_missing_ffmpeg_is_named(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/nowhere/ffmpeg")
    (sentence,) = wrong(house)
    assert "/nowhere/ffmpeg" in sentence


def models(house: Any, registry: Any, **files: bytes) -> str:
    folder = house.DATA / "models"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    text = registry if isinstance(registry, str) else json.dumps(registry)
    (folder / "registry.json").write_text(text)
    return startup._models(house)


def test_a_model_that_was_examined_is_taken(house: Any) -> None:
    digest = hashlib.sha256(b"weights").hexdigest()
    assert models(house, {"early": digest}, early=b"weights") == ""


def test_a_model_that_was_changed_is_refused(house: Any) -> None:
    digest = hashlib.sha256(b"weights").hexdigest()
    assert "its hash differs" in models(house, {"early": digest}, early=b"weightz")


def test_a_model_that_is_gone_is_refused(house: Any) -> None:
    assert "the model early is missing" in models(house, {"early": "0" * 64})


@pytest.mark.parametrize("registry", ["", "not json", "[1, 2]", "7", '["early"]', "null"])
def test_a_registry_that_is_none_is_refused(registry: str, house: Any) -> None:
    assert "cannot be read" in models(house, registry)


def test_a_missing_database_is_refused_before_anything_opens_it(house: Any) -> None:
    sentence = startup._database(house)
    assert sentence.startswith("there is no database at")
    assert not Path(house.DATABASES["default"]["NAME"]).exists()


def started(data: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """``./run serve`` as far as its checks."""
    return subprocess.run(
        [sys.executable, "-m", "yunke.site.serve"],
        env={**os.environ, "YUNKE_DATA": str(data), **env},
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip


KEY = "abcdefghijklmnopqrstuvwxyz0123456789abcdefgh"


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({}, "YUNKE_SECRET_KEY is missing"),
        ({"YUNKE_SECRET_KEY": KEY, "PORT": "eighty"}, "PORT is 'eighty'"),
        ({"YUNKE_SECRET_KEY": KEY, "PORT": "²"}, "PORT is '²'"),
        ({"YUNKE_SECRET_KEY": KEY, "YUNKE_DEBUG": "yes"}, "YUNKE_DEBUG is yes"),
        ({"YUNKE_SECRET_KEY": KEY, "YUNKE_DATABASE": "mysql://h/x"}, "YUNKE_DATABASE must look"),
        ({"YUNKE_SECRET_KEY": KEY, "YUNKE_DATABASE": "postgresql://h"}, "postgresql://host/name"),
        ({"YUNKE_SECRET_KEY": KEY, "YUNKE_VALKEY": "redis://h:x/0"}, "YUNKE_VALKEY must look"),
        ({"YUNKE_SECRET_KEY": KEY, "YUNKE_S3": "/bucket"}, "YUNKE_S3 must look like http"),
        ({"YUNKE_SECRET_KEY": KEY}, "static file yunke/base.css is missing"),
    ],
)
def test_a_refused_start_is_one_line_without_a_traceback(
    env: dict[str, str], words: str, tmp_path: Path
) -> None:
    done = started(tmp_path / "data", **env)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("not started: ")
    assert words in line


def test_a_taken_address_is_refused_and_a_free_one_is_not() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(BadStart, match=f"PORT {port}: .*set another PORT"):
            refuse_taken(port)
    refuse_taken(port)


def test_the_checks_of_this_very_house_pass_on_its_own_settings() -> None:
    for check in (startup._zone, startup._hosts, startup._quota, startup._key):
        assert check(django_settings) == ""

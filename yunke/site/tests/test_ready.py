"""Getting ready may be repeated, keeps what is there, and leaves nothing half done."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from yunke.site import ready


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YUNKE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_site_makes_a_key_of_its_own_that_only_it_can_read(folder: Path) -> None:
    ready.make_key()
    key = folder / "secret.key"
    assert len(key.read_text()) >= 40
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_that_is_there_is_kept(folder: Path) -> None:
    ready.make_key()
    before = (folder / "secret.key").read_text()
    ready.make_key()
    assert (folder / "secret.key").read_text() == before


def test_two_sites_have_two_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = set()
    for name in ("one", "two"):
        monkeypatch.setenv("YUNKE_DATA", str(tmp_path / name))
        ready.make_key()
        keys.add((tmp_path / name / "secret.key").read_text())
    assert len(keys) == 2


def test_what_the_browser_needs_is_copied_from_its_packages(folder: Path) -> None:
    ready.copy_vendor()
    assert {path.name for path in (folder / "vendor").iterdir()} >= {"hls.js", "jsqr.js"}
    assert (folder / "vendor" / "hls.js").stat().st_size > 100_000


def test_a_missing_package_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "VENDOR", (("no-such-package/a.js", "a.js"),))
    with pytest.raises(FileNotFoundError, match="no-such-package"):
        ready.copy_vendor()


def test_words_are_compiled_where_they_are_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "yunke" / "room" / "locale" / "en" / "LC_MESSAGES"
    words.mkdir(parents=True)
    source = words / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                      'msgid "今天"\nmsgstr "Today"\n')  # fmt: skip
    monkeypatch.setattr(ready, "ROOT", tmp_path)
    ready.compile_words()
    with (words / "django.mo").open("rb") as file:
        assert read_mo(file).get("今天").string == "Today"
    first = (words / "django.mo").stat().st_mtime_ns
    ready.compile_words()
    assert (words / "django.mo").stat().st_mtime_ns == first
    later = first / 1e9 + 10
    os.utime(source, (later, later))
    ready.compile_words()
    assert (words / "django.mo").stat().st_mtime_ns != first


def test_the_whole_of_it_tells_its_progress_and_may_be_repeated(tmp_path: Path) -> None:
    env = {**os.environ, "YUNKE_DATA": str(tmp_path)}
    for _turn in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "yunke.site.ready"],
            env=env, capture_output=True, text=True, check=True, cwd=ready.ROOT,
        )  # fmt: skip
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert told[-1]["share"] == 1
        assert [line["share"] for line in told].count(1) == len({line["stage"] for line in told})
    assert (tmp_path / "yunke.sqlite3").is_file() or os.environ.get("YUNKE_DATABASE")
    assert (tmp_path / "static" / "yunke" / "tokens.css").is_file()

"""The real house on loopback: one address, every process, killed and back."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yunke.checks.living.serving import House, ask, fresh_data, get, serving

pytestmark = [pytest.mark.serving]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = fresh_data(tmp_path_factory.mktemp("house") / "data")
    with serving(data) as running:
        yield running


def test_one_address_serves_pages_front_files_and_refuses_media(house: House) -> None:
    assert get(house.port, "/health") == (200, b"ok")
    assert get(house.port, "/front/health") == (200, b"ok")
    # An empty house leads to its first day.
    status, headers, _body = ask(house.port, "/")
    assert (status, headers["location"]) == (302, "/first-day")
    status, headers, _body = ask(house.port, "/static/yunke/base.css")
    assert (status, headers["x-content-type-options"]) == (200, "nosniff")
    assert get(house.port, "/media/lessons/1/1/a.ts")[0] == 404
    assert get(house.port, "/front/today")[0] == 401


def test_nothing_tells_what_it_runs_on(house: House) -> None:
    for path in ("/", "/front/health", "/static/yunke/base.css"):
        _status, headers, _body = ask(house.port, path)
        assert "server" not in headers
        assert "via" not in headers


def test_the_keys_and_the_database_cannot_be_asked_for(house: House) -> None:
    for path in ("/static/../secret.key", "/media/../secret.key", "/static/%2e%2e/yunke.sqlite3"):
        assert get(house.port, path)[0] in {301, 308, 400, 403, 404}


def test_killed_with_all_its_web_processes_the_house_is_back(house: House) -> None:
    before = set(house.pids("pages", "front", "signin"))
    assert house.kill_web() >= 6
    assert house.wait(20) < 15
    assert not before & set(house.pids("pages", "front", "signin"))


def test_without_its_nursery_everything_starts_anew(house: House) -> None:
    for pid in house.pids("nursery"):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    assert house.wait(40) < 40


def test_the_front_holds_few_connections_to_the_database(house: House) -> None:
    for _ in range(30):
        get(house.port, "/front/today", "yunke=no-such-token")
    (pid,) = house.pids("front")
    files = [os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
    assert sum(name.endswith("yunke.sqlite3") for name in files) <= 2


def test_it_leaves_when_asked_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with serving(fresh_data(tmp_path / "data")) as running:
        pids = running.pids()
        running.stop()
        assert running.process.returncode == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]

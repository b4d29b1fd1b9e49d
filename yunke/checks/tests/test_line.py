"""Several machines as one school: what one forgets or drives, the others know at once."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from yunke.base import line
from yunke.base.kept import Kept, forget_all
from yunke.checks.living.engines import valkey
from yunke.checks.living.serving import ROOT

SAYS = """
import sys
from django.conf import settings
import django; django.setup()
from yunke.base import line
from yunke.base.kept import Kept
if sys.argv[1] == "forget":
    Kept(seconds=1).forget()
else:
    line.say(sys.argv[1], sys.argv[2].encode())
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with valkey(tmp_path_factory.mktemp("valkey")) as found:
        yield found


@pytest.fixture
def others(address: str, settings: Any, monkeypatch: Any) -> Callable[..., None]:
    """Another process of the same school, which says something."""
    settings.VALKEY = address
    monkeypatch.setattr(line, "_heard", {})

    def say(*words: str) -> None:
        env = {"YUNKE_VALKEY": address, "YUNKE_DATA": str(settings.DATA), "PATH": "/usr/bin"}
        env |= {"DJANGO_SETTINGS_MODULE": "yunke.site.settings", "YUNKE_SECRET_KEY": "k" * 50}
        subprocess.run([sys.executable, "-c", SAYS, *words], env=env, cwd=ROOT, check=True)

    return say


def within(seconds: float, true: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_what_one_process_says_the_others_hear(others: Callable[..., None]) -> None:
    told: list[bytes] = []
    line.hear("test", told.append)
    time.sleep(0.3)
    others("test", "你好")
    assert within(5, lambda: told == ["你好".encode()])


def test_nobody_hears_oneself(others: Callable[..., None]) -> None:
    told: list[bytes] = []
    line.hear("test", told.append)
    time.sleep(0.3)
    line.say("test", b"mine")
    others("test", "theirs")
    assert within(5, lambda: bool(told))
    assert told == [b"theirs"]


def test_what_another_machine_forgets_is_forgotten_here(others: Callable[..., None]) -> None:
    kept: Kept[int] = Kept(seconds=60)
    assert kept.get("a", lambda: 1) == 1
    time.sleep(0.3)
    assert kept.get("a", lambda: 2) == 1
    others("forget")
    assert within(5, lambda: kept.get("a", lambda: 3) == 3)


@pytest.mark.django_db(transaction=True)
def test_it_is_told_when_it_is_committed_and_not_before(
    others: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(line, "say", lambda channel, text: told.append(channel))
    kept: Kept[int] = Kept(seconds=60)
    with transaction.atomic():
        kept.forget()
        assert kept.get("a", lambda: 1) == 1  # read before the commit: the old value
        assert told == []
    assert told == ["kept"]
    assert kept.get("a", lambda: 2) == 2


def test_without_valkey_nothing_is_said_and_nothing_waits(settings: Any) -> None:
    settings.VALKEY = ""
    line.say("test", b"x")
    line.hear("test", lambda text: None)
    assert not line.there()


def test_a_valkey_that_is_away_costs_a_moment_and_no_error(settings: Any) -> None:
    settings.VALKEY = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    line.say("test", b"x")
    assert time.monotonic() - began < 5
    forget_all()

"""The nursery: Python parts are forks, each end of one is told, and all come back."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from yunke.site import supervise
from yunke.site.supervise import Life, Nursery, Part, Supervisor
from yunke.site.tests.test_supervise import alive, house, until

# The nursery without Django: what it forks are the small modules below.
LIGHT = """
import os, sys
from yunke.site.nursery import serve
told = os.fdopen(os.dup(1), "wb", buffering=0)
os.dup2(2, 1)
serve(sys.stdin.buffer, told)
os._exit(0)
"""
# Tells of a birth and of its end in one breath, as a busy machine does.
BREATH = """
import json, sys
for line in sys.stdin:
    name = json.loads(line)["name"]
    born = json.dumps({"name": name, "pid": 77})
    died = json.dumps({"name": name, "pid": 77, "code": 3})
    sys.stdout.write(born + "\\n" + died + "\\n")
    sys.stdout.flush()
"""
MODULES = {
    "yk_sleeps": "import time\ndef main(words): time.sleep(60)",
    "yk_says": (
        "import json, os, pathlib\n"
        "def main(words):\n"
        "    name = pathlib.Path('/proc/self/comm').read_text().strip()\n"
        "    said = [words[1:], os.environ['YUNKE_PART'], name, os.getpgid(0) == os.getpid()]\n"
        "    print('this line is no message of the nursery')\n"
        "    pathlib.Path(words[0]).write_text(json.dumps(said))"
    ),
    "yk_ends": (
        "import os, signal, sys\n"
        "def main(words):\n"
        "    how = words[0]\n"
        "    if how == 'number': return 5\n"
        "    if how == 'exit': sys.exit(6)\n"
        "    if how == 'text': sys.exit('no good')\n"
        "    if how == 'trouble': raise ValueError('yk trouble')\n"
        "    if how == 'signal': os.kill(os.getpid(), signal.SIGKILL)\n"
    ),
}


@pytest.fixture(autouse=True)
def light(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in MODULES.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(__file__).resolve().parents[3]}")
    monkeypatch.setattr(supervise, "NURSERY", (sys.executable, "-c", LIGHT))


def nursed(story: Callable[[Nursery], Awaitable[None]]) -> None:
    async def run() -> None:
        found = Nursery()
        try:
            await asyncio.wait_for(story(found), 30)
        finally:
            await asyncio.wait_for(found.close(), 10)

    asyncio.run(run())


def test_a_part_gets_its_words_its_name_and_a_group_of_its_own(tmp_path: Path) -> None:
    async def story(found: Nursery) -> None:
        part = Part("pages-1", (str(tmp_path / "said"), "one", "二"), "yk_says")
        assert await (await found.start(part)).ended == 0

    nursed(story)
    assert (tmp_path / "said").read_text() == (
        '[["one", "\\u4e8c"], "pages-1", "yk-pages-1", true]'
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [("number", 5), ("exit", 6), ("text", 1), ("trouble", 1), ("signal", -9), ("well", 0)],
)
def test_how_a_part_ended_is_told(how: str, code: int, capfd: pytest.CaptureFixture[str]) -> None:
    async def story(found: Nursery) -> None:
        assert await (await found.start(Part("a", (how,), "yk_ends"))).ended == code

    nursed(story)
    assert ("yk trouble" in capfd.readouterr().err) == (how == "trouble")


def test_a_module_that_is_not_there_is_an_end_and_no_trouble_for_the_others() -> None:
    async def story(found: Nursery) -> None:
        sleeper = await found.start(Part("b", (), "yk_sleeps"))
        assert await (await found.start(Part("a", (), "yk_nowhere"))).ended == 1
        assert alive(sleeper.pid)

    nursed(story)


def test_a_part_that_ends_before_anybody_looks_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervise, "NURSERY", (sys.executable, "-c", BREATH))

    async def story(found: Nursery) -> None:
        for _turn in range(3):
            life = await found.start(Part("a", (), "any"))
            assert await asyncio.wait_for(life.ended, 5) == 3

    nursed(story)


def test_many_parts_asked_for_at_once_are_as_many_processes() -> None:
    async def story(found: Nursery) -> None:
        parts = [Part(f"p{number}", (), "yk_sleeps") for number in range(6)]
        lives: list[Life] = await asyncio.gather(*(found.start(part) for part in parts))
        assert len({life.pid for life in lives}) == 6
        assert all(alive(life.pid) for life in lives)
        story.pids = [life.pid for life in lives]  # type: ignore[attr-defined]

    nursed(story)
    gone(story.pids)  # type: ignore[attr-defined]


def gone(pids: list[int]) -> None:
    end = time.monotonic() + 5
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(alive(pid) for pid in pids)


def test_a_killed_part_is_forked_again() -> None:
    async def story(found: Supervisor) -> None:
        await until(lambda: "a" in found.running)
        first = found.running["a"].pid
        os.kill(first, signal.SIGKILL)
        await until(lambda: found.running["a"].pid != first)
        assert alive(found.running["a"].pid)

    assert house([Part("a", (), "yk_sleeps")], story).starts == {"a": 2}


def test_when_the_nursery_dies_its_parts_die_with_it_and_all_are_back() -> None:
    async def story(found: Supervisor) -> None:
        await until(lambda: len(found.running) == 2)
        process = found.nursery._process
        assert process is not None
        first = [life.pid for life in found.running.values()]
        os.kill(process.pid, signal.SIGKILL)
        await until(lambda: min(found.starts.values()) >= 2)
        await until(lambda: all(life.pid not in first for life in found.running.values()))
        gone(first)
        assert all(alive(life.pid) for life in found.running.values())
        assert found.nursery._process is not None
        assert found.nursery._process.pid != process.pid

    house([Part("a", (), "yk_sleeps"), Part("b", (), "yk_sleeps")], story)


def test_a_nursery_that_cannot_live_is_tried_again_with_waits(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervise, "NURSERY", (sys.executable, "-c", "raise SystemExit(1)"))

    async def story(found: Supervisor) -> None:
        await until(lambda: found.starts.get("a", 0) >= 2)
        assert "a" not in found.running
        monkeypatch.setattr(supervise, "NURSERY", (sys.executable, "-c", LIGHT))
        await until(lambda: "a" in found.running)

    house([Part("a", (), "yk_sleeps")], story)
    assert "a cannot be started" in capfd.readouterr().err


def test_a_nursery_whose_program_is_gone_takes_no_other_part_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervise, "NURSERY", ("/nowhere/python",))

    async def story(found: Supervisor) -> None:
        await until(lambda: found.starts.get("a", 0) >= 2)
        assert alive(found.running["caddy"].pid)

    sleeps = Part("caddy", (sys.executable, "-c", "import time; time.sleep(60)"))
    house([Part("a", (), "yk_sleeps"), sleeps], story)


def test_parts_leave_with_the_supervisor() -> None:
    pids: list[int] = []

    async def story(found: Supervisor) -> None:
        await until(lambda: len(found.running) == 2)
        pids.extend(life.pid for life in found.running.values())

    house([Part("a", (), "yk_sleeps"), Part("b", (), "yk_sleeps")], story)
    gone(pids)

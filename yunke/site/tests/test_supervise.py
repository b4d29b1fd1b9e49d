"""The supervisor: what dies comes back, what loops waits, and all go down in their order."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path

import pytest

from yunke.site import supervise
from yunke.site.supervise import Part, Supervisor

SLEEP = "import time; time.sleep(60)"
# Writes its name when it is asked to leave, after ``late`` seconds; tells when it is ready.
LEAVES = """
import signal, sys, time
name, late, book = sys.argv[1], float(sys.argv[2]), sys.argv[3]
def leave(*_):
    time.sleep(late)
    open(book, "a").write(name + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
open(book + "." + name, "w").close()
time.sleep(60)
"""
DEAF = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork():
    open(sys.argv[1], "w").write("ready")
time.sleep(60)
"""


def python(name: str, script: str, *words: str, leaves: int = 1) -> Part:
    return Part(name, (sys.executable, "-c", script, *words), leaves=leaves)


async def nothing() -> None:
    return None


async def until(true: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        await asyncio.sleep(0.01)


def house(parts: list[Part], story: Callable[[Supervisor], Awaitable[None]]) -> Supervisor:
    """Run the parts while the story is told, then ask the supervisor to end as people do."""

    async def both() -> Supervisor:
        found = Supervisor(parts)
        running = asyncio.create_task(found.run(nothing()))
        try:
            await story(found)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(running, 30)
        return found

    return asyncio.run(both())


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_part_that_was_killed_is_back(sign: signal.Signals) -> None:
    pids: list[int] = []

    async def story(found: Supervisor) -> None:
        await until(lambda: "a" in found.running)
        pids.append(found.running["a"].pid)
        os.kill(pids[0], sign)
        await until(lambda: found.running["a"].pid != pids[0])
        pids.append(found.running["a"].pid)
        assert alive(pids[1])

    assert house([python("a", SLEEP)], story).starts == {"a": 2}
    assert not any(alive(pid) for pid in pids)


def test_the_death_of_one_leaves_the_others_alone() -> None:
    async def story(found: Supervisor) -> None:
        await until(lambda: len(found.running) == 2)
        kept = found.running["b"].pid
        os.kill(found.running["a"].pid, signal.SIGKILL)
        await until(lambda: found.starts["a"] == 2)
        assert found.running["b"].pid == kept
        assert alive(kept)

    assert house([python("a", SLEEP), python("b", SLEEP)], story).starts == {"a": 2, "b": 1}


def test_a_part_in_a_loop_waits_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    moments: list[float] = []

    async def dies(part: Part) -> supervise.Life:
        moments.append(time.monotonic())
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        ended.set_result(1)
        return supervise.Life(0, ended)

    async def story(found: Supervisor) -> None:
        await until(lambda: len(moments) == 8)

    monkeypatch.setattr(supervise, "program", dies)
    monkeypatch.setattr(supervise, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(supervise, "LONGEST_WAIT", 0.1)
    house([python("a", "")], story)
    waits = [after - before for before, after in pairwise(moments)]
    for waited, least in zip(waits, [0.05, *[0.1] * 6], strict=True):
        assert waited >= least * 0.95
    assert sum(waits) < 4, "doubling without an upper end would have taken six seconds"


def test_who_lived_long_enough_comes_back_without_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "CRASH_LOOP", 0.0)
    monkeypatch.setattr(supervise, "FIRST_WAIT", 60.0)

    async def story(found: Supervisor) -> None:
        await until(lambda: found.starts.get("a", 0) >= 4)

    house([Part("a", ("/bin/false",))], story)


def test_a_loop_is_told_with_the_parts_name_and_its_end(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async def story(found: Supervisor) -> None:
        await until(lambda: found.starts.get("a", 0) >= 2)

    house([python("a", "raise SystemExit(7)")], story)
    assert "a ended with 7 after" in capfd.readouterr().err


def test_what_cannot_be_started_is_tried_again_until_it_can(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "caddy"

    async def story(found: Supervisor) -> None:
        await until(lambda: found.starts.get("caddy", 0) >= 2)
        assert "caddy" not in found.running
        program.write_text("#!/bin/sh\nexec sleep 60\n")
        program.chmod(0o755)
        await until(lambda: "caddy" in found.running)
        assert alive(found.running["caddy"].pid)

    house([Part("caddy", (str(program),)), python("b", SLEEP)], story)
    assert "caddy cannot be started" in capfd.readouterr().err


def test_the_parts_leave_in_their_order_each_with_time_to_finish(tmp_path: Path) -> None:
    book = tmp_path / "book"
    parts = [
        python("last", LEAVES, "last", "0", str(book), leaves=2),
        python("worker", LEAVES, "worker", "0", str(book)),
        python("caddy", LEAVES, "caddy", "0.4", str(book), leaves=0),
    ]

    async def story(found: Supervisor) -> None:
        names = ("last", "worker", "caddy")
        await until(lambda: all(Path(f"{book}.{name}").exists() for name in names))

    found = house(parts, story)
    assert book.read_text().split() == ["caddy", "worker", "last"]
    assert set(found.starts.values()) == {1}, "going down nobody is started again"


def test_those_of_one_step_leave_together(tmp_path: Path) -> None:
    book = tmp_path / "book"
    names = [f"p{number}" for number in range(4)]

    async def story(found: Supervisor) -> None:
        await until(lambda: all(Path(f"{book}.{name}").exists() for name in names))
        story.began = time.monotonic()  # type: ignore[attr-defined]

    house([python(name, LEAVES, name, "1", str(book)) for name in names], story)
    assert sorted(book.read_text().split()) == names
    assert time.monotonic() - story.began < 3.5  # type: ignore[attr-defined]


def test_who_does_not_hear_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "DRAIN", 0.3)
    ready, group = tmp_path / "ready", []

    async def story(found: Supervisor) -> None:
        await until(ready.exists)
        leader = found.running["deaf"].pid
        group.extend(members(leader))
        assert len(group) == 2

    began = time.monotonic()
    house([python("deaf", DEAF, str(ready))], story)
    assert time.monotonic() - began < 20
    end = time.monotonic() + 5
    while any(alive(pid) for pid in group) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(alive(pid) for pid in group)


def members(group: int) -> list[int]:
    found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in found if group_of(pid) == group and alive(pid)]


def group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def test_the_end_does_not_wait_for_one_that_waits_to_be_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervise, "FIRST_WAIT", 60.0)

    async def story(found: Supervisor) -> None:
        await until(lambda: "a" in found.running and found.running["a"].ended.done())
        await asyncio.sleep(0.05)

    began = time.monotonic()
    assert house([Part("a", ("/bin/false",))], story).starts == {"a": 1}
    assert time.monotonic() - began < 15


def test_what_a_dead_one_left_at_its_socket_does_not_block_the_next(tmp_path: Path) -> None:
    left = tmp_path / "a.sock"
    left.write_text("of a dead one")
    script = "import sys, pathlib, time; p = pathlib.Path(sys.argv[1]); p.open('x'); time.sleep(60)"
    part = Part("a", (sys.executable, "-c", script, str(left)), socket=left)

    async def story(found: Supervisor) -> None:
        await until(lambda: left.exists() and left.read_text() == "")
        os.kill(found.running["a"].pid, signal.SIGKILL)
        await until(lambda: found.starts["a"] == 2)
        first = found.running["a"].pid
        await until(lambda: left.exists())
        await asyncio.sleep(0.1)
        assert alive(first)

    house([part], story)


def test_a_part_yields_to_others_and_hears_ctrl_c_only_from_the_supervisor(tmp_path: Path) -> None:
    said = tmp_path / "said"
    script = (
        "import os, sys, time; "
        "open(sys.argv[1], 'w').write(f'{os.nice(0)} {os.getpgid(0) == os.getpid()}\\n'); "
        "time.sleep(60)"
    )

    async def story(found: Supervisor) -> None:
        await until(lambda: said.exists() and said.read_text().endswith("\n"))

    house([Part("a", (sys.executable, "-c", script, str(said)), nice=5)], story)
    assert said.read_text().split() == [str(min(19, os.nice(0) + 5)), "True"]


OUTER = """
import asyncio, sys
from yunke.site.supervise import Part, Supervisor
async def announce():
    while "a" not in house.running:
        await asyncio.sleep(0.01)
    print(house.running["a"].pid, flush=True)
async def main():
    global house
    house = Supervisor([Part("a", (sys.executable, "-c", "import time; time.sleep(60)"))])
    await house.run(announce())
asyncio.run(main())
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_part_outlives_the_supervisor_however_it_left(sign: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", OUTER], stdout=subprocess.PIPE) as outer:
        assert outer.stdout is not None
        part = int(outer.stdout.readline())
        assert alive(part)
        outer.send_signal(sign)
        code = outer.wait(30)
    assert code == (-sign if sign == signal.SIGKILL else 0)
    end = time.monotonic() + 5
    while alive(part) and time.monotonic() < end:
        time.sleep(0.02)
    assert not alive(part)

"""A child on a leash: stopped at its limits, alone without a network, gone with its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from yunke.base.limited import ChildFailed, Ended, Limits, command, following, run_limited


def python(script: str, limits: Limits = Limits(), timeout: float = 20) -> Ended:  # noqa: B008
    return run_limited([sys.executable, "-c", script], limits=limits, timeout=timeout)


def test_what_a_child_says_comes_back() -> None:
    ended = python("import sys; print('好'); sys.stderr.write('hm'); sys.exit(3)")
    assert (ended.status, ended.output, ended.errors) == (3, "好\n", "hm")


@pytest.mark.parametrize(
    ("script", "limits"),
    [
        ("while True: pass", Limits(cpu=1)),
        ("bytearray(1 << 30)", Limits(memory=1 << 29)),
        ("open('big', 'wb').write(b'x' * (2 << 20))", Limits(file=1 << 20)),
    ],
)
def test_a_child_is_stopped_at_its_limit(
    script: Any, limits: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    assert python(script, limits).status != 0
    assert python("print(1)", limits).status == 0


def test_a_child_that_sleeps_too_long_is_ended() -> None:
    began = time.monotonic()
    ended = python("import time; time.sleep(60)", timeout=1)
    assert ended.timed_out
    assert time.monotonic() - began < 10


def test_a_child_leaves_no_core_and_is_nice() -> None:
    said = python(
        "import os, resource as r; print(r.getrlimit(r.RLIMIT_CORE)[0], os.nice(0))", Limits(nice=5)
    )
    assert said.output.split() == ["0", str(os.nice(0) + 5)]


def test_only_the_end_of_long_errors_is_kept() -> None:
    ended = python("import sys; sys.stderr.write('x' * 100000 + 'end')")
    assert len(ended.errors) == 4000
    assert ended.errors.endswith("end")


def test_the_output_is_followed_line_by_line() -> None:
    with following([sys.executable, "-c", "print(1); print(2)"], limits=Limits()) as lines:
        assert [line.strip() for line in lines] == ["1", "2"]


def test_a_failing_child_says_its_last_words() -> None:
    script = "import sys; sys.exit('no such film')"
    with pytest.raises(ChildFailed, match="no such film"):  # noqa: SIM117
        with following([sys.executable, "-c", script], limits=Limits()) as lines:
            list(lines)


def test_leaving_early_ends_the_child() -> None:
    script = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    with pytest.raises(KeyError):  # noqa: PT012, SIM117
        with following([sys.executable, "-c", script], limits=Limits()) as lines:
            pid = int(next(lines))
            raise KeyError
    assert not alive(pid)


def test_a_child_dies_with_its_parent() -> None:
    """A killed worker leaves no transcoder behind."""
    inner = command(
        [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"],
        Limits(),
    )
    script = f"import subprocess; subprocess.run({inner!r})"
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_late_child_is_ended_with_all_that_it_started() -> None:
    """A grandchild that holds the output open must not hold up the worker."""
    script = (
        "import subprocess, sys, time\n"
        "inner = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "print(subprocess.Popen(inner).pid, flush=True)\n"
        "time.sleep(60)"
    )
    began = time.monotonic()
    ended = python(script, timeout=3)
    assert ended.timed_out
    assert time.monotonic() - began < 20
    deadline = time.monotonic() + 5
    while alive(int(ended.output)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(int(ended.output))


def test_a_program_that_is_not_there_is_an_end_and_no_trouble() -> None:
    ended = run_limited(["/nowhere/ffmpeg", "-i"], limits=Limits(), timeout=20)
    assert ended.status == 1
    assert "/nowhere/ffmpeg" in ended.errors or "No such file" in ended.errors


def test_a_child_reads_nothing_and_output_that_is_no_text_is_no_trouble() -> None:
    script = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read() + bytes([0xff, 0x41]))"
    assert python(script).output == "\ufffdA"


def test_words_of_a_command_reach_no_shell(tmp_path: Path) -> None:
    word = f"$(touch {tmp_path}/touched); `id` * '"
    ended = run_limited(
        [sys.executable, "-c", "import sys; print(sys.argv[1])", word], limits=Limits(), timeout=20
    )
    assert ended.output == word + "\n"
    assert not (tmp_path / "touched").exists()

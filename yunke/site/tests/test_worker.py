"""The worker: one job at a time in each lane, whatever a step brings; it ends after the job."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError

from yunke.base.jobs import WORKS, Held, ask, job
from yunke.base.models import Job
from yunke.site import worker as module
from yunke.site.ready import ROOT
from yunke.site.worker import Beats, Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Works of this test only, quick looks, and visits to the outbox that are counted."""
    before, visits = dict(WORKS), []
    monkeypatch.setattr(module, "POLL", 0.01)
    monkeypatch.setattr(module, "flush", lambda: visits.append(time.monotonic()))
    # What other rooms ask for by the clock is not this test's; their own tests hold it.
    monkeypatch.setattr(module, "ask_daily", lambda day: None)
    monkeypatch.setattr(module, "media_due", lambda: None)
    monkeypatch.setattr(module, "close_old_connections", lambda: None)
    yield visits
    WORKS.clear()
    WORKS.update(before)


def test_all_jobs_are_done_and_then_it_rests() -> None:
    found, done = Worker(), []

    @job("say")
    def say(held: Held, payload: dict[str, Any]) -> None:
        done.append(payload["n"])
        if len(done) == 3:
            found.stop()

    for number in range(3):
        ask("say", key=str(number), payload={"n": number})
    found.run()
    assert done == [0, 1, 2]
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}


def test_the_job_in_hand_is_finished_before_the_end_and_no_other_begun() -> None:
    found = Worker()

    @job("say")
    def say(held: Held, payload: dict[str, Any]) -> None:
        found.stop()
        held.progress("after the call to stop", 0.9)

    for number in range(2):
        ask("say", key=str(number), payload={})
    found.run()
    states = list(Job.objects.order_by("id").values_list("state", "share"))
    assert states == [(Job.State.DONE, 1), (Job.State.WAITING, 0)]


@pytest.mark.parametrize("trouble", [OperationalError("database is locked"), ValueError("x")])
def test_a_step_that_fails_does_not_end_the_worker(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, turns = Worker(), []

    def steps(slow: bool) -> bool:
        turns.append(slow)
        if len(turns) == 1:
            raise trouble
        found.stop()
        return False

    monkeypatch.setattr(module, "run_one", steps)
    found.run()
    assert turns == [False, False]


def test_an_outbox_in_trouble_holds_up_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    found, visits = Worker(), []

    def broken() -> None:
        visits.append(1)
        raise OSError("no space left on device")

    @job("say")
    def say(held: Held, payload: dict[str, Any]) -> None:
        found.stop()

    monkeypatch.setattr(module, "flush", broken)
    ask("say", key="1", payload={})
    found.run()
    assert visits == [1]
    assert Job.objects.get().state == Job.State.DONE


def test_the_outbox_is_visited_by_the_quick_lane_when_it_is_time(
    quiet: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FLUSH", 3600.0)
    for found in (Worker(), Worker(slow=True)):
        found._flushed = time.monotonic() - 3601
        for _turn in range(5):
            found._step()
    assert len(quiet) == 1


def test_each_lane_takes_its_own() -> None:
    done: list[str] = []

    @job("transcode", slow=True)
    def transcode(held: Held, payload: dict[str, Any]) -> None:
        done.append("slow")

    @job("publish")
    def publish(held: Held, payload: dict[str, Any]) -> None:
        done.append("quick")

    ask("transcode", key="1", payload={})
    ask("publish", key="1", payload={})
    quick, slow = Worker(), Worker(slow=True)
    assert (quick._step(), quick._step()) == (True, False)
    assert done == ["quick"]
    assert (slow._step(), slow._step()) == (True, False)
    assert done == ["quick", "slow"]


def test_a_worker_at_rest_hears_the_call_to_stop_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL", 60.0)
    monkeypatch.setattr(module, "run_one", lambda slow: False)
    found = Worker()
    thread = threading.Thread(target=found.run)
    thread.start()
    time.sleep(0.1)
    found.stop()
    thread.join(5)
    assert not thread.is_alive()


def test_the_process_leaves_when_it_is_asked_to() -> None:
    script = (
        "import yunke.site.worker as w\n"
        "w.flush = lambda: None\n"
        "w.run_one = lambda slow: print('looks', flush=True) if not slow else None\n"
        "raise SystemExit(w.main([]))"
    )
    setup = "import django; django.setup()\n"
    with subprocess.Popen(
        [sys.executable, "-c", setup + script], stdout=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "yunke.site.settings"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"looks\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_beats_come_in_their_time_and_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []

    def stumbles() -> None:
        heard.append("stumbles")
        raise ValueError("again in its time")

    beats = {"often": (0.0, lambda: heard.append("often")), "seldom": (60.0, stumbles)}
    monkeypatch.setattr(module, "BEATS", beats)
    found = Beats()
    for _ in range(3):
        found.once()
    assert heard == ["often", "stumbles", "often", "often"]

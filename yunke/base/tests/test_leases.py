"""A lease is kept while its worker lives, through a busy database, and is lost with it."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from yunke.base import jobs as module
from yunke.base.clock import now
from yunke.base.jobs import WORKS, Held, JobLost, ask, job, run_one, take
from yunke.base.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = timedelta(seconds=0.3)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = dict(WORKS)
    monkeypatch.setattr(module, "LEASE", SHORT)
    yield
    WORKS.clear()
    WORKS.update(before)


def test_work_that_is_longer_than_a_lease_keeps_it() -> None:
    others: list[Any] = []

    @job("film")
    def film(held: Held, payload: dict[str, Any]) -> None:
        end = time.monotonic() + 4 * SHORT.total_seconds()
        while time.monotonic() < end:
            Job.objects.filter(id=held.id, lease_until__gt=now()).exists()
            time.sleep(0.05)
        others.append(Job.objects.get().fence)

    ask("film", key="1", payload={})
    run_one()
    assert others == [1]
    assert Job.objects.get().lease_until is None


def test_a_busy_moment_of_the_database_does_not_lose_the_lease(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, beats = Held.renew, []

    def renew(self: Held) -> None:
        beats.append(1)
        if len(beats) == 1:
            raise OperationalError("database is locked")
        plain(self)

    @job("film")
    def film(held: Held, payload: dict[str, Any]) -> None:
        end = time.monotonic() + 10
        while len(beats) < 4 and time.monotonic() < end:
            time.sleep(0.02)

    monkeypatch.setattr(Held, "renew", renew)
    ask("film", key="1", payload={})
    run_one()
    assert len(beats) >= 4, "the first trouble ended the beat"


def test_the_beat_ends_when_the_job_is_anothers(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[int] = []

    def lost(self: Held) -> None:
        beats.append(1)
        raise JobLost(self.name)

    monkeypatch.setattr(Held, "renew", lost)
    ask("film", key="1", payload={})
    taken = take()
    assert taken is not None
    with module._renewing(taken[0]):
        time.sleep(4 * SHORT.total_seconds())
    assert beats == [1]


def test_no_beat_goes_on_after_the_work() -> None:
    WORKS["film"] = lambda held, payload: None
    ask("film", key="1", payload={})
    before = threading.active_count()
    run_one()
    assert threading.active_count() == before


def test_the_waiting_for_the_write_lock_is_no_part_of_the_lease(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A lock that came late: the lease is counted from then, not from the first look."""
    ask("film", key="1", payload={})
    moments = iter([now(), now() + timedelta(seconds=20)])
    monkeypatch.setattr(module, "now", lambda: next(moments))
    assert take() is not None
    assert Job.objects.get().lease_until > now() + timedelta(seconds=19)


def test_work_that_nobody_knows_fails_with_its_name_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TRIES", 1)
    ask("of-an-older-version", key="1", payload={})
    assert run_one()
    found = Job.objects.get()
    assert (found.state, found.lease_until) == (Job.State.FAILED, None)
    assert "of-an-older-version" in found.reason


def test_who_lost_the_job_marks_nothing_done() -> None:
    @job("film")
    def film(held: Held, payload: dict[str, Any]) -> None:
        Job.objects.update(fence=held.fence + 1, stage="of the other")

    ask("film", key="1", payload={})
    run_one()
    found = Job.objects.get()
    assert (found.state, found.stage, found.done_at) == (Job.State.RUNNING, "of the other", None)


def test_a_failure_of_the_old_holder_is_not_the_new_ones() -> None:
    @job("film")
    def film(held: Held, payload: dict[str, Any]) -> None:
        Job.objects.update(fence=held.fence + 1)
        raise module.JobRefused("of the old one")

    ask("film", key="1", payload={})
    run_one()
    assert (Job.objects.get().state, Job.objects.get().reason) == (Job.State.RUNNING, "")


def test_a_long_reason_is_cut_and_kept() -> None:
    @job("film")
    def film(held: Held, payload: dict[str, Any]) -> None:
        raise module.JobRefused("长" * 5000)

    ask("film", key="1", payload={})
    run_one()
    assert Job.objects.get().reason == "长" * 300

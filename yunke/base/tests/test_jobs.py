"""Jobs: once in effect, whoever dies; lost leases write nothing; three deaths are a failure."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from yunke.base.clock import now
from yunke.base.jobs import WORKS, Held, JobLost, JobRefused, ask, job, run_one, take
from yunke.base.models import Job, Receipt

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_other_works() -> Iterator[None]:
    before = dict(WORKS)
    yield
    WORKS.clear()
    WORKS.update(before)


def row() -> Job:
    return Job.objects.get()


def test_a_job_runs_with_its_payload_and_is_done() -> None:
    seen: list[Any] = []

    @job("say")
    def say(held: Held, payload: dict[str, Any]) -> None:
        held.progress("halfway", 0.5)
        seen.append(payload)

    ask("say", key="1", payload={"word": "你好"})
    assert run_one()
    assert seen == [{"word": "你好"}]
    assert (row().state, row().share) == (Job.State.DONE, 1)
    assert not run_one()


def test_asking_twice_for_the_same_work_gives_one_job() -> None:
    assert ask("say", key="1", payload={}).id == ask("say", key="1", payload={}).id
    assert Job.objects.count() == 1


def test_a_job_waits_until_it_is_due() -> None:
    WORKS["say"] = lambda held, payload: None
    ask("say", key="1", payload={}, delay=timedelta(minutes=5))
    assert not run_one()
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert run_one()


def test_a_dead_workers_job_is_taken_by_another() -> None:
    ask("say", key="1", payload={})
    first = take()
    assert first is not None
    assert take() is None
    with time_machine.travel(now() + timedelta(minutes=2)):
        second = take()
    assert second is not None
    assert second[0].fence == first[0].fence + 1


def test_the_stale_worker_can_neither_report_nor_write() -> None:
    ask("say", key="1", payload={})
    taken = take()
    assert taken is not None
    stale = taken[0]
    with time_machine.travel(now() + timedelta(minutes=2)):
        take()
        with pytest.raises(JobLost):
            stale.progress("late", 0.9)
        with pytest.raises(JobLost), stale.write():
            Receipt.objects.create(key="x" * 16, path="/never")
    assert not Receipt.objects.exists()
    assert row().stage == ""


def test_what_a_worker_writes_while_it_holds_the_job_is_kept() -> None:
    ask("say", key="1", payload={})
    taken = take()
    assert taken is not None
    with taken[0].write():
        Receipt.objects.create(key="x" * 16, path="/kept")
    assert Receipt.objects.filter(path="/kept").exists()


def test_a_refusal_fails_at_once_with_its_reason() -> None:
    @job("say")
    def say(held: Held, payload: dict[str, Any]) -> None:
        raise JobRefused("这不是视频")

    ask("say", key="1", payload={})
    run_one()
    assert (row().state, row().reason, row().tries) == (Job.State.FAILED, "这不是视频", 1)


def test_a_trouble_is_tried_three_times_with_growing_waits_and_then_fails() -> None:
    @job("say")
    def say(held: Held, payload: dict[str, Any]) -> None:
        raise OSError("disk")

    ask("say", key="1", payload={})
    moment = now()
    for turn in range(3):
        with time_machine.travel(moment + timedelta(minutes=10 * turn)):
            assert run_one()
    assert row().state == Job.State.FAILED
    assert "disk" in row().reason


def test_three_deaths_are_a_failure_and_never_pending_for_ever() -> None:
    ask("say", key="1", payload={})
    moment = now()
    for turn in range(3):
        with time_machine.travel(moment + timedelta(minutes=2 * turn)):
            assert take() is not None
    with time_machine.travel(moment + timedelta(minutes=10)):
        assert take() is None
    assert row().state == Job.State.FAILED
    assert row().reason


def test_slow_work_has_a_lane_of_its_own_and_holds_up_nothing_quick() -> None:
    done: list[str] = []

    @job("transcode", slow=True)
    def transcode(held: Held, payload: dict[str, Any]) -> None:
        done.append("slow")

    @job("publish")
    def publish(held: Held, payload: dict[str, Any]) -> None:
        done.append("quick")

    ask("transcode", key="1", payload={})
    ask("publish", key="1", payload={})
    assert run_one(slow=False)
    assert done == ["quick"]
    assert not run_one(slow=False)
    assert run_one(slow=True)
    assert not run_one()
    assert done == ["quick", "slow"]

"""The group-commit writer: many writes, one commit, no answer before it."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from django.db import DatabaseError, transaction

from yunke.base import writer as module
from yunke.base.models import Job, Receipt
from yunke.base.once import KeyTaken
from yunke.base.writer import Busy, Write, Writer, commit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer() -> Iterator[Writer]:
    made = Writer().start()
    yield made
    made.stop()


def row(name: str) -> bytes:
    """Something that is kept."""
    Job.objects.create(name=name, key=name, due_at="2026-01-01T00:00Z")
    return name.encode()


def write(key: str, *, person: int = 1, path: str = "/p", fault: Exception | None = None) -> Write:
    def work() -> bytes:
        reply = row(key or "no key")
        if fault is not None:
            raise fault
        return reply

    return Write(key, person, path, work)


def ran(batch: list[Write]) -> list[bytes | BaseException | None]:
    for one in batch:
        one.future.set_running_or_notify_cancel()
    commit(batch)
    return [one.future.exception() or one.future.result() for one in batch]


def test_the_answer_comes_after_the_commit_and_says_what_was_kept(writer: Writer) -> None:
    assert writer.submit("k" * 16, 1, "/p", lambda: row("one")).result(10) == b"one"
    assert Job.objects.get().name == "one"
    assert bytes(Receipt.objects.get(key="k" * 16).body) == b"one"


def test_the_same_key_again_has_no_second_effect(writer: Writer) -> None:
    first = writer.submit("same", 1, "/p", lambda: row("one")).result(10)
    again = writer.submit("same", 1, "/p", lambda: row("two")).result(10)
    assert again == first
    assert Job.objects.count() == 1


def test_the_same_key_twice_in_one_batch_has_one_effect() -> None:
    assert ran([write("same"), write("same"), write("other")]) == [b"same", b"same", b"other"]
    assert Job.objects.count() == 2


def test_a_key_of_somebody_else_or_of_another_address_is_taken() -> None:
    results = ran([write("same"), write("same", person=2), write("same", path="/q")])
    assert results[0] == b"same"
    assert isinstance(results[1], KeyTaken)
    assert isinstance(results[2], KeyTaken)


def test_one_that_fails_takes_nothing_else_with_it() -> None:
    results = ran([write("a"), write("b", fault=ValueError("no")), write("c")])
    assert results[0] == b"a"
    assert isinstance(results[1], ValueError)
    assert results[2] == b"c"
    assert set(Job.objects.values_list("name", flat=True)) == {"a", "c"}
    assert not Receipt.objects.filter(key="b").exists()


def test_a_failed_write_may_come_again_under_its_key() -> None:
    ran([write("a", fault=ValueError("no"))])
    assert ran([write("a")]) == [b"a"]


def test_a_fault_of_the_database_in_one_write_spares_the_others() -> None:
    Job.objects.create(name="there", key="a", due_at="2026-01-01T00:00Z")
    results = ran([write("a"), write("b")])
    assert isinstance(results[0], DatabaseError)
    assert results[1] == b"b"


def test_when_the_commit_fails_nobody_hears_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(Receipt.objects, "bulk_create", broken)
    results = ran([write("a"), write("b")])
    assert all(isinstance(result, DatabaseError) for result in results)
    assert not Job.objects.exists()


def test_without_a_key_no_receipt_is_kept() -> None:
    assert ran([write("")]) == [b"no key"]
    assert not Receipt.objects.exists()


def test_a_batch_costs_two_statements_besides_the_work(django_assert_num_queries: object) -> None:
    batch = [Write(f"k{n}", 1, "/p", lambda: b"") for n in range(20)]
    for one in batch:
        one.future.set_running_or_notify_cancel()
    # BEGIN, the known keys, a savepoint and its release for each, the receipts, COMMIT.
    with transaction.atomic(), django_assert_num_queries(2 * 20 + 4):  # type: ignore[operator]
        commit(batch)


def test_many_threads_submit_and_everybody_is_answered(writer: Writer) -> None:
    futures: list[Future[bytes]] = []
    lock = threading.Lock()

    def work(start: int) -> None:
        for n in range(start, start + 25):
            future = writer.submit(f"key-{n}", 1, "/p", lambda n=n: row(f"row-{n}"))
            with lock:
                futures.append(future)

    threads = [threading.Thread(target=work, args=(25 * t,)) for t in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(f.result(20) for f in futures) == sorted(f"row-{n}".encode() for n in range(100))
    assert Job.objects.count() == Receipt.objects.count() == 100


def test_who_went_away_before_the_turn_is_passed_over(writer: Writer) -> None:
    hold, held = threading.Event(), threading.Event()

    def slow() -> bytes:
        held.set()
        hold.wait(10)
        return b""

    writer.submit("slow", 1, "/p", slow)
    held.wait(10)
    gone = writer.submit("gone", 1, "/p", lambda: row("gone"))
    assert gone.cancel()
    hold.set()
    assert writer.submit("next", 1, "/p", lambda: row("next")).result(10) == b"next"
    assert list(Job.objects.values_list("name", flat=True)) == ["next"]


def test_a_line_that_is_full_or_too_slow_is_said_at_once() -> None:
    idle = Writer(limit=2)  # not started: nothing leaves the line
    idle.submit("a", 1, "/p", lambda: b"")
    idle.submit("b", 1, "/p", lambda: b"")
    with pytest.raises(Busy):
        idle.submit("c", 1, "/p", lambda: b"")
    slow = Writer()
    slow._turn = module.BATCH * module.PATIENCE + 1
    slow.submit("a", 1, "/p", lambda: b"")  # nobody is before it
    with pytest.raises(Busy):
        slow.submit("b", 1, "/p", lambda: b"")


def test_a_turn_that_waited_for_the_file_turns_nobody_away() -> None:
    patient = Writer()
    patient._turn = 1.0  # a few writes that waited a second for the file
    for number in range(5 * module.BATCH + 1):  # five turns later is still in good time
        patient.submit(str(number), 1, "/p", lambda: b"")
    with pytest.raises(Busy):
        patient.submit("one more", 1, "/p", lambda: b"")


def test_stopping_finishes_what_waits() -> None:
    made = Writer()
    futures = [made.submit(f"k{n}", 1, "/p", lambda n=n: row(f"r{n}")) for n in range(100)]
    made.start().stop()
    assert all(future.done() for future in futures)
    assert Job.objects.count() == 100

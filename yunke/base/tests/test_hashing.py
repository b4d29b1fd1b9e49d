"""Hashing in a bounded line: right or wrong in the same time, and never an endless queue."""

import threading
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, process_time
from typing import Any

import pytest

from yunke.base import hashing
from yunke.base.hashing import HashBusy, Line


@pytest.fixture(scope="module")
def encoded() -> str:
    return hashing.encode("moon-river-42")


def test_the_right_password_is_right_and_every_other_is_not(encoded: str) -> None:
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.check("moon-river-42", encoded)
    for wrong in ("", "moon-river-43", "moon-river-42 ", "MOON-RIVER-42"):
        assert not hashing.check(wrong, encoded)


@pytest.mark.parametrize("broken", ["", "argon2$", "md5$a$b", "!", "argon2$argon2id$v=19$x"])
def test_a_broken_hash_is_never_right_and_never_a_trouble(broken: str) -> None:
    assert not hashing.check("", broken)
    assert not hashing.check("moon-river-42", broken)


def test_an_account_that_is_not_there_takes_the_time_of_one_that_is(encoded: str) -> None:
    hashing.check("warm", "")

    def cost(of: str) -> float:
        start = process_time()
        for _n in range(5):
            hashing.check("wrong-wrong", of)
        return process_time() - start

    there, not_there = cost(encoded), cost("")
    assert 0.5 < not_there / there < 2


def test_two_hashes_of_one_password_differ() -> None:
    assert hashing.encode("a-b-c-d-e") != hashing.encode("a-b-c-d-e")


def test_who_comes_when_the_line_is_full_is_told_so_at_once() -> None:
    line, gate = Line(threads=1, queue=2), threading.Event()
    with ThreadPoolExecutor(3) as people:
        inside = [people.submit(line.run, gate.wait) for _n in range(3)]
        until(lambda: line.waiting == 2)
        start = perf_counter()
        with pytest.raises(HashBusy) as full:
            line.run(lambda: True)
        assert perf_counter() - start < 0.2
        assert full.value.waiting == 2
        gate.set()
        assert all(one.result(5) for one in inside)
    assert line.waiting == 0
    assert line.run(lambda: 7) == 7


def test_a_trouble_inside_leaves_no_place_taken() -> None:
    line = Line(threads=1, queue=0)

    def trouble() -> None:
        raise ValueError("x")

    for _n in range(5):
        with pytest.raises(ValueError, match="x"):
            line.run(trouble)
    assert line.run(lambda: 1) == 1


def test_no_more_than_the_threads_work_at_once() -> None:
    line, now, most = Line(threads=2, queue=50), [0], [0]
    lock = threading.Lock()

    def work() -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.01)
        with lock:
            now[0] -= 1

    with ThreadPoolExecutor(20) as people:
        list(people.map(lambda _n: line.run(work), range(40)))
    assert most[0] == 2


def until(true: Any, seconds: float = 5) -> None:
    end = perf_counter() + seconds
    while not true():
        assert perf_counter() < end
        threading.Event().wait(0.005)

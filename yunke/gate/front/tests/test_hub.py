"""The fan-out."""

import asyncio
import time

import pytest

from yunke.gate.front.hub import SLOW, Hub, frame
from yunke.gate.front.wire import Ask


def test_a_frame_carries_its_number_and_its_data() -> None:
    assert frame(7, b'{"a":1}').wire == b'id: 7\ndata: {"a":1}\n\n'


def test_a_frame_reaches_everybody_of_its_topic_and_nobody_else() -> None:
    hub = Hub()
    one, two, other = hub.join(1), hub.join(1), hub.join(2)
    assert hub.publish(1, 1, b"x") == 2
    assert one.queue.qsize() == two.queue.qsize() == 1
    assert other.queue.empty()


def test_an_older_frame_is_ignored() -> None:
    hub = Hub()
    socket = hub.join(1)
    hub.publish(1, 5, b"new")
    assert hub.publish(1, 4, b"old") == 0
    assert hub.publish(1, 5, b"again") == 0
    assert socket.queue.qsize() == 1


def test_who_joins_gets_the_present_state_alone() -> None:
    hub = Hub()
    before = hub.join(1)
    late = hub.join(1, frame(3, b"x"))
    assert late.queue.qsize() == 1
    assert before.queue.empty()


def test_nothing_is_kept_of_a_topic_that_nobody_follows() -> None:
    hub = Hub()
    assert hub.publish(9, 1, b"x") == 0
    socket = hub.join(1)
    hub.publish(1, 1, b"x")
    hub.leave(1, socket)
    assert hub.topics == []
    assert hub.newest(1) == 0
    hub.leave(1, socket)  # twice is once


def test_a_slow_reader_is_dropped_and_holds_up_nobody() -> None:
    hub = Hub()
    slow, quick = hub.join(1), hub.join(1)
    for number in range(1, SLOW + 3):
        hub.publish(1, number, b"x")
        if not quick.queue.empty():
            quick.queue.get_nowait()
    assert slow.queue.get_nowait() is None
    assert hub.publish(1, 1000, b"x") == 1


def test_closing_ends_every_line() -> None:
    hub = Hub()
    sockets = [hub.join(topic) for topic in (1, 1, 2)]
    hub.close()
    assert [socket.queue.get_nowait() for socket in sockets] == [None, None, None]


def test_waiting_for_a_frame_ends_with_the_time() -> None:
    async def work() -> None:
        with pytest.raises(TimeoutError):
            await Hub().join(1).next(0.01)

    asyncio.run(work())


def test_a_thousand_sockets_cost_some_milliseconds() -> None:
    hub = Hub()
    for _ in range(1000):
        hub.join(1)
    began = time.perf_counter()
    hub.publish(1, 1, b"x" * 500)
    assert time.perf_counter() - began < 0.5


def cookie(text: str, name: str = "yunke") -> str:
    scope = {"headers": [(b"cookie", text.encode())]}
    return Ask(scope, None, None).cookie(name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        ("yunke=a", "a"),
        ("x=1; yunke=a", "a"),
        ("xyunke=1; yunke=a=b", "a=b"),
        ("yunkes=1", ""),
        ('m="a; yunke=evil"; yunke=good', "good"),
        ('broken="', ""),
    ],
)
def test_cookies_are_cut_out_rightly(text: str, value: str) -> None:
    assert cookie(text) == value

"""Fan-out: one frame, encoded once, to every socket of a topic.

Frames are whole states with a rising number, so nothing has to be replayed: who comes back gets
the present state. A socket that reads too slowly is dropped after ``SLOW`` frames; its browser
comes back by itself.
"""

import asyncio
from dataclasses import dataclass, field
from typing import NamedTuple

SLOW = 32


class Frame(NamedTuple):
    """One event of a stream, ready to be sent."""

    number: int
    wire: bytes


def frame(number: int, data: bytes) -> Frame:
    return Frame(number, b"id: %d\ndata: %s\n\n" % (number, data))


@dataclass(eq=False)
class Socket:
    """One open line. ``next`` gives frames until the hub closes it."""

    queue: "asyncio.Queue[Frame | None]" = field(default_factory=lambda: asyncio.Queue(SLOW))

    async def next(self, seconds: float) -> Frame | None:
        """The next frame; raises TimeoutError when nothing came; None: the line is closed."""
        return await asyncio.wait_for(self.queue.get(), seconds)


class Hub:
    """topic → sockets. All calls from the event loop."""

    def __init__(self) -> None:
        self._topics: dict[int, set[Socket]] = {}
        self._newest: dict[int, int] = {}

    @property
    def topics(self) -> list[int]:
        """Topics that somebody listens to."""
        return list(self._topics)

    def newest(self, topic: int) -> int:
        """Number of the newest frame of a topic, 0 before the first."""
        return self._newest.get(topic, 0)

    def join(self, topic: int, first: Frame | None = None) -> Socket:
        """Listen; ``first`` is what this socket alone gets at once."""
        socket = Socket()
        self._topics.setdefault(topic, set()).add(socket)
        if first is not None:
            socket.queue.put_nowait(first)
            self._newest[topic] = max(first.number, self.newest(topic))
        return socket

    def leave(self, topic: int, socket: Socket) -> None:
        sockets = self._topics.get(topic, set())
        sockets.discard(socket)
        if not sockets:
            self._topics.pop(topic, None)
            self._newest.pop(topic, None)

    def publish(self, topic: int, number: int, data: bytes) -> int:
        """Send a newer state to all who listen; gives how many. An older one is ignored."""
        if topic not in self._topics or number <= self.newest(topic):
            return 0
        sent, self._newest[topic] = frame(number, data), number
        for socket in list(self._topics[topic]):
            self._push(topic, socket, sent)
        return len(self._topics.get(topic, ()))

    def _push(self, topic: int, socket: Socket, sent: Frame) -> None:
        try:
            socket.queue.put_nowait(sent)
        except asyncio.QueueFull:
            self._drop(topic, socket)

    def _drop(self, topic: int, socket: Socket) -> None:
        while not socket.queue.empty():
            socket.queue.get_nowait()
        socket.queue.put_nowait(None)
        self._topics.get(topic, set()).discard(socket)

    def close(self) -> None:
        """Let every line end: the process is going down."""
        for topic, sockets in list(self._topics.items()):
            for socket in list(sockets):
                self._drop(topic, socket)

"""The same act by several hands at one moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def together(hands: int, act: Callable[[int], T]) -> list[T]:
    """What ``act(0)``, ``act(1)``, … gave, in order. Raises what one of them raised."""
    start = Barrier(hands, timeout=20)

    def hand(number: int) -> T:
        try:
            start.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as line:
        return list(line.map(hand, range(hands)))

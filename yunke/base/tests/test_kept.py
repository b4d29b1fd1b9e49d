"""What is kept is made once, forgotten in time, and never without end."""

import pytest

from yunke.base import kept as module
from yunke.base.kept import Kept, forget_all


def test_a_value_is_made_once_while_it_is_kept() -> None:
    made: list[int] = []
    kept: Kept[int] = Kept(seconds=60)
    for _ in range(3):
        assert kept.get("a", lambda: made.append(1) or 7) == 7  # type: ignore[func-returns-value]
    assert made == [1]


def test_a_value_is_made_anew_when_its_seconds_are_over(monkeypatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    kept: Kept[float] = Kept(seconds=20)
    assert kept.get("a", lambda: clock[0]) == 100.0
    clock[0] = 119.0
    assert kept.get("a", lambda: clock[0]) == 100.0
    clock[0] = 121.0
    assert kept.get("a", lambda: clock[0]) == 121.0


def test_forgetting_is_at_once_and_for_all() -> None:
    first: Kept[int] = Kept(seconds=60)
    second: Kept[int] = Kept(seconds=60)
    first.get("a", lambda: 1)
    second.get("a", lambda: 1)
    first.forget()
    assert first.get("a", lambda: 2) == 2
    forget_all()
    assert second.get("a", lambda: 3) == 3


def test_the_oldest_goes_when_there_are_too_many() -> None:
    kept: Kept[int] = Kept(seconds=60, limit=2)
    for number in range(3):
        kept.get(number, lambda number=number: number)
    assert kept.get(2, lambda: -1) == 2
    assert kept.get(0, lambda: -1) == -1


def test_a_trouble_while_making_keeps_nothing() -> None:
    kept: Kept[int] = Kept(seconds=60)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 5) == 5

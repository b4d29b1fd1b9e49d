"""Which lessons the whole city uses: only the room that keeps lessons knows."""

from collections.abc import Callable

ReadLessons = Callable[[], frozenset[int]]
_sources: list[ReadLessons] = []


def city_lessons_from(read: ReadLessons) -> None:
    """The room that keeps lessons tells which of them reach the whole city, by id."""
    _sources[:] = [read]


def city_lessons() -> frozenset[int]:
    """Ids of the lessons of city reach; none when nobody keeps lessons. One query of that room."""
    return _sources[0]() if _sources else frozenset()

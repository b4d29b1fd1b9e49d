"""What a lesson is called: acts name it by its number, the room that keeps lessons knows its title.

Asked when somebody reads, so that recording an act costs nothing more and an old act shows
today's title.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from yunke.ground.lake.values import EventLine

ReadTitles = Callable[[list[int]], dict[int, str]]
_sources: list[ReadTitles] = []


def lesson_titles_from(read: ReadTitles) -> None:
    """The room that keeps lessons tells their titles: ``read(lesson_ids)`` → id → title."""
    _sources[:] = [read]


def titles_of(lesson_ids: Iterable[int]) -> dict[int, str]:
    """Titles by lesson, as far as they are known. The cost of the room that keeps them."""
    wanted = sorted({number for number in lesson_ids if number})
    return _sources[0](wanted) if _sources and wanted else {}


def titled(lines: list[EventLine]) -> list[EventLine]:
    """Lines about a lesson that do not name it get its title."""
    untold = [line for line in lines if not line.title and line.lesson_id]
    titles = titles_of(line.lesson_id for line in untold)
    return [
        line if line.title else replace(line, title=titles.get(line.lesson_id, ""))
        for line in lines
    ]

"""The same pupil's page twice in one batch: two photographs of a sheet, or two sheets?

Readings that agree wherever both are sure are one sheet photographed again. A few marks that
differ are asked; where many differ it is another sheet, and a person says which one counts.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from yunke.craft.marking.sheets.reading import SheetReading
from yunke.craft.marking.sheets.trouble import Problem

MANY = 0.1  # of the items


def twice(readings: Sequence[SheetReading]) -> list[SheetReading]:
    """The same readings in order, with doubt where two of them carry one pupil and page."""
    groups: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        if reading.pupil is not None and reading.refused is None:
            groups[reading.pupil, reading.page].append(place)
    told = list(readings)
    for places in groups.values():
        differ = _differ([readings[place] for place in places])
        for place in places if differ else ():
            told[place] = _doubted(readings[place], differ)
    return told


def _differ(readings: Sequence[SheetReading]) -> set[str]:
    """Items for which two readings are sure of different marks."""
    marks: dict[str, set[str | None]] = defaultdict(set)
    for reading in readings:
        for item, mark in reading.answers.items():
            if item not in reading.needs_person:
                marks[item].add(mark)
    return {item for item, seen in marks.items() if len(seen) > 1}


def _doubted(reading: SheetReading, differ: set[str]) -> SheetReading:
    other = len(differ) > max(1, MANY * len(reading.answers))
    asked = {*reading.needs_person, *(reading.answers if other else differ)}
    kept = (
        reading.answers
        if other
        else {item: None if item in differ else mark for item, mark in reading.answers.items()}
    )
    return replace(
        reading,
        answers=kept,
        needs_person=tuple(item for item in reading.answers if item in asked),
        problems=(*reading.problems, Problem.TWICE),
    )

"""Who made a lesson, and what they did: read from its versions, never typed."""

from collections.abc import Iterable

from yunke.school.library.door import authors_of
from yunke.school.preparing.models import Version
from yunke.school.preparing.values import PARTS, Credit, Part


def credits_of(lesson_ids: Iterable[int]) -> dict[int, tuple[Credit, ...]]:
    """The makers of each lesson, the author first, then in the order they came. Two queries.

    Of a published lesson, those who made what pupils get; a later draft credits nobody yet.
    """
    wanted = set(lesson_ids)
    authors = authors_of(wanted)
    rows = (
        Version.objects.filter(lesson_id__in=wanted)
        .order_by("lesson_id", "number")
        .values_list(
            "lesson_id", "number", "published_at", "fields", "made_by_id", "made_by__name",
            "credited_id", "credited__name",
        )
    )  # fmt: skip
    grouped: dict[int, list[tuple]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row[1:])
    return {
        lesson: _credits(authors[lesson], _published(grouped.get(lesson, [])))
        for lesson in wanted
        if lesson in authors
    }


def _published(rows: list[tuple]) -> list[tuple]:
    """The versions up to the one that was published last; all when none was."""
    shown = [(at, number) for number, at, *_rest in rows if at]
    if not shown:
        return rows
    last = max(shown)[1]
    return [row for row in rows if row[0] <= last]


def _credits(author: tuple[int, str], rows: list[tuple]) -> tuple[Credit, ...]:
    names: dict[int, str] = {}
    parts: dict[int, list[Part]] = {}

    def add(person: int | None, name: str | None, part: Part | None) -> None:
        if not person:
            return
        names.setdefault(person, name or "")
        kept = parts.setdefault(person, [])
        if part and part not in kept:
            kept.append(part)

    add(author[0], author[1], Part.AUTHOR)
    for _number, _at, fields, maker, maker_name, credited, credited_name in rows:
        if credited:
            add(credited, credited_name, Part.SUGGESTED)
        for field in fields:
            if not credited and field in PARTS:
                add(maker, maker_name, PARTS[field])
    return tuple(Credit(person, name, tuple(parts[person])) for person, name in names.items())

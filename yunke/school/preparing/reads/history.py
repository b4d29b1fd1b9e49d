"""A lesson's versions: the timeline, two beside each other, and who wrote which goal."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from yunke.craft.texts.difference import Kind, difference, old_of, rows
from yunke.school.library.door import FileLine, files_named, question_views, units_named
from yunke.school.preparing.models import Version
from yunke.school.preparing.reads.work import shown_number
from yunke.school.preparing.rules import changed
from yunke.school.preparing.values import (
    Content,
    FieldDifference,
    GoalLine,
    TaskMark,
    VersionLine,
    VersionShown,
    content_of,
)

PAGE = 40
LISTS = frozenset({"goals", "points", "chapters", "tasks"})
_PEOPLE = {"name": F("made_by__name"), "by": F("credited__name")}


def timeline(lesson_id: int, *, before: int = 0, size: int = PAGE) -> list[VersionLine]:
    """The versions, newest first, from below number ``before``; one more than ``size`` when there
    are more. Two queries, however many."""
    found = Version.objects.filter(lesson_id=lesson_id)
    if before:
        found = found.filter(number__lt=before)
    lines = found.order_by("-number").values(
        "id", "number", "made_by_id", "changed_at", "fields", "why", "label", "restored", "saves",
        "sealed", **_PEOPLE,
    )[: size + 1]  # fmt: skip
    shown = shown_number(lesson_id)
    return [_line(dict(row), shown) for row in lines]


def _line(row: dict[str, Any], shown: int) -> VersionLine:
    return VersionLine(
        id=row["id"], number=row["number"], at=row["changed_at"],
        person_id=row["made_by_id"] or 0, name=row["name"] or "", fields=tuple(row["fields"]),
        why=row["why"], label=row["label"], credited=row["by"] or "", restored=row["restored"],
        saves=row["saves"], published=row["number"] == shown, sealed=row["sealed"],
    )  # fmt: skip


def content_numbered(lesson_id: int, numbers: Iterable[int]) -> dict[int, Content]:
    """Contents by number. One query."""
    found = Version.objects.filter(lesson_id=lesson_id, number__in=set(numbers))
    return {number: content_of(kept) for number, kept in found.values_list("number", "content")}


def version_shown(version_id: int) -> VersionShown | None:
    """A version with everything that reading it needs; None for no such version. Four queries.

    Who may see it, the caller decides.
    """
    version = Version.objects.select_related("made_by").filter(id=version_id).first()
    if version is None:
        return None
    content = content_of(version.content)
    unit, unit_en = units_named([content.unit]).get(content.unit, ("", ""))
    files = files_named(content.files)
    return VersionShown(
        id=version.id, lesson_id=version.lesson_id, number=version.number, at=version.changed_at,
        name=version.made_by.name if version.made_by else "", label=version.label,
        content=content, unit=unit, unit_en=unit_en,
        files=tuple(files[f] for f in content.files if f in files),
        tasks=tuple(task_words(content.tasks)),
    )  # fmt: skip


def version_by_number(lesson_id: int, number: int) -> VersionShown | None:
    """Five queries."""
    found = Version.objects.filter(lesson_id=lesson_id, number=number)
    version_id = found.values_list("id", flat=True).first()
    return version_shown(version_id) if version_id else None


def task_words(tasks: Sequence[TaskMark]) -> list[tuple[float, str]]:
    """One query."""
    views = question_views(task.question for task in tasks) if tasks else {}
    return [
        (task.at, views[task.question].stem if task.question in views else "")
        for task in sorted(tasks, key=lambda task: (task.at, task.id))
    ]


def compared(old: Content, new: Content) -> list[FieldDifference]:
    """What differs, field by field. At most three queries."""
    names = changed(old, new)
    files = files_named({*old.files, *new.files}) if "files" in names else {}
    return [_compared(name, old, new, files) for name in names]


def _compared(name: str, old: Content, new: Content, files: dict[int, FileLine]) -> FieldDifference:
    if name == "files":
        return FieldDifference(
            name,
            gone=tuple(files[f] for f in old.files if f not in new.files and f in files),
            came=tuple(files[f] for f in new.files if f not in old.files and f in files),
        )
    if name in LISTS:
        return FieldDifference(name, rows=rows(_lines(name, old), _lines(name, new)))
    return FieldDifference(name, pieces=difference(_text(name, old), _text(name, new)))


def _lines(name: str, content: Content) -> list[str]:
    """A list field as lines to read."""
    if name == "tasks":
        return [f"{clock(at)}  {words}" for at, words in task_words(content.tasks)]
    if name == "chapters":
        return [f"{clock(m.at)}  {m.title} {m.title_en}".strip() for m in content.chapters]
    return list(getattr(content, name))


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def words_of(name: str, content: Content) -> str:
    """A field as text for people, a line each for a list. At most one query."""
    return "\n".join(_lines(name, content)) if name in LISTS else _text(name, content)


def _text(name: str, content: Content) -> str:
    value = getattr(content, name)
    if name == "unit":
        return units_named([value]).get(value, ("—", ""))[0]
    if name == "download_allowed":
        return "✓" if value else "—"
    return str(value)


def goals_written(lesson_id: int, goals: Sequence[str]) -> list[GoalLine]:
    """Who wrote each goal as it reads now, and how it read before; [] for a lesson that
    has no versions yet. Two queries."""
    heads = Version.objects.filter(lesson_id=lesson_id).order_by("number")
    lines = list(heads.values_list("number", "fields", "made_by_id", "changed_at", "made_by__name",
                                   "credited_id", "credited__name"))  # fmt: skip
    if not lines:
        return []
    wanted = [row for place, row in enumerate(lines) if not place or "goals" in row[1]]
    contents = content_numbered(lesson_id, [row[0] for row in wanted])
    written: dict[str, GoalLine] = {}
    before: Sequence[str] = ()
    for number, _fields, maker, at, name, credited, credited_name in wanted:
        person, told = (credited, credited_name) if credited else (maker, name)
        after = contents[number].goals
        for row in rows(before, after):
            if row.kind == Kind.NEW:
                was = old_of(row.pieces) if row.pieces else ""
                line = GoalLine(row.text, person or 0, told or "", number, at, was)
                written[row.text] = line
        before = after
    return [written.get(goal, GoalLine(goal, 0, "", 0, lines[-1][3])) for goal in goals]

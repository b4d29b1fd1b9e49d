"""A lesson as it stands in the work: its newest version, or its row when it has none yet."""

from dataclasses import dataclass, replace

from yunke.ground.people.door import Who
from yunke.school.library.door import AssetKind, WorkRow, files_shown, lesson_work
from yunke.school.preparing.models import Version
from yunke.school.preparing.reads.tasks import tasks
from yunke.school.preparing.values import Content, content_of, content_of_draft


@dataclass(frozen=True)
class Work:
    """``version`` is the newest one, None before the first; ``shown`` the number of the version
    that pupils get, 0 for none."""

    row: WorkRow
    content: Content
    version: Version | None
    shown: int = 0

    @property
    def number(self) -> int:
        return self.version.number if self.version else self.row.version

    @property
    def pending(self) -> bool:
        """Do pupils of a published lesson still get an older version?"""
        waits = any(not file.shown for file in self.row.files)
        return self.row.state == "published" and (waits or 0 < self.shown < self.number)


def row_content(row: WorkRow) -> Content:
    """What the lesson's row, files and tasks say. One query."""
    return content_of_draft(row.draft, row_files(row), tasks().read(row.id))


def shown_content(row: WorkRow) -> Content:
    """What pupils of a published lesson get, by its row. Three queries."""
    return content_of_draft(row.draft, files_shown(row.id), tasks().asked(row.id))


def row_files(row: WorkRow) -> tuple[int, ...]:
    return tuple(sorted(file.id for file in row.files))


def newest_of(lesson_id: int) -> Version | None:
    """One query."""
    return Version.objects.filter(lesson_id=lesson_id).order_by("-number").first()


def shown_number(lesson_id: int) -> int:
    """One query."""
    rows = Version.objects.filter(lesson_id=lesson_id, published_at__isnull=False)
    return rows.order_by("-published_at").values_list("number", flat=True).first() or 0


def work_of(lesson_id: int, who: Who | None) -> Work | None:
    """The work for those who make the lesson; None for everybody else. Eight queries.

    What the library or the taught hour changed since the newest version (a film that became
    ready) is in it already; the next save writes it down.
    """
    row = lesson_work(lesson_id, who)
    return None if row is None else work_at(row)


def work_at(row: WorkRow) -> Work:
    """Three queries."""
    version = newest_of(row.id)
    if version is None:
        return Work(row, row_content(row), None)
    return Work(row, lived(row, content_of(version.content)), version, shown_number(row.id))


def lived(row: WorkRow, content: Content) -> Content:
    """The content with the files and tasks as they are now, and the minutes of a film that came
    since. One query."""
    files = row_files(row)
    film = film_seconds(row)
    fresh = next((f.id for f in row.files if f.kind == AssetKind.VIDEO), 0)
    came = fresh and fresh not in content.files
    minutes = max(1, round(film / 60)) if came and film else content.minutes
    return replace(content, files=files, tasks=tasks().read(row.id), minutes=minutes)


def film_seconds(row: WorkRow) -> float:
    return next((f.seconds for f in row.files if f.kind == AssetKind.VIDEO), 0.0)


def work_content(lesson_id: int) -> Content:
    """The lesson as it stands in the work, for a caller that may read it. Eight queries.

    Raises LookupError for no lesson.
    """
    row = lesson_work(lesson_id, None)
    if row is None:
        raise LookupError(lesson_id)
    return work_at(row).content

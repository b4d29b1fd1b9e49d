"""One lesson with everything that watching needs."""

from collections.abc import Iterable

from django.db.models import QuerySet

from yunke.ground.people.door import Place, Who, allowed, city_id
from yunke.school.library.models import Asset, Lesson
from yunke.school.library.reads.cards import card_of, cards, media_url
from yunke.school.library.values import (
    AssetKind,
    ChapterMark,
    CoursewareFile,
    LessonFull,
    TrackFile,
)

PHONE = 360


def lesson_place(lesson: Lesson, city: int) -> Place:
    """Where a lesson belongs: its author's own, the author's school and county, the city."""
    return Place(
        city=city,
        county=lesson.county_id,
        school=lesson.school_id,
        person=lesson.author_id or 0,
    )


def may_write(who: Who | None, lesson: Lesson) -> bool:
    if who is None:
        return False
    if lesson.author_id == who.id:
        return True
    return allowed(who, "lesson.write", lesson_place(lesson, lesson.unit.city_id))


def whole_lessons() -> "QuerySet[Lesson]":
    return cards().prefetch_related("points", "chapters", "assets", "assets__rungs")


def lesson_full(lesson_id: int, who: Who | None) -> LessonFull | None:
    """A published lesson, or one that ``who`` may write. Five queries. None for everybody else.

    ``playlist`` and ``download`` are addresses under /media, which asks for a session itself.
    """
    lesson = whole_lessons().filter(id=lesson_id).first()
    if lesson is None:
        return None
    mine = may_write(who, lesson)
    if lesson.state != Lesson.State.PUBLISHED and not mine:
        return None
    return full_of(lesson, downloads=lesson.download_allowed or mine)


def lessons_full(ids: Iterable[int]) -> dict[int, LessonFull]:
    """Published lessons by id, as those see them who may watch. Five queries for any number."""
    rows = whole_lessons().filter(id__in=set(ids), state=Lesson.State.PUBLISHED)
    return {lesson.id: full_of(lesson, downloads=lesson.download_allowed) for lesson in rows}


def lesson_may_write(lesson_id: int, who: Who) -> bool:
    """Whether ``who`` may change the lesson. One query."""
    return lesson_writable(lesson_id, who) is not None


def full_of(lesson: Lesson, *, downloads: bool) -> LessonFull:
    video = next((a for a in lesson.assets.all() if a.id == lesson.video_id), None)
    rungs = [r for r in video.rungs.all() if r.ready_at] if video else []
    phone = next((r for r in rungs if r.file_bytes and downloads), None)
    card = card_of(lesson)
    return LessonFull(
        card=card,
        summary=lesson.summary,
        summary_en=lesson.summary_en,
        goals=tuple(lesson.goals),
        points=tuple(point.name for point in lesson.points.all()),
        state=lesson.state,
        download_allowed=lesson.download_allowed,
        playlist=media_url(lesson.id, video.id, "master.m3u8") if video else "",
        poster=card.poster,
        download=media_url(lesson.id, video.id, video.file) if video and downloads else "",
        download_phone=_phone_url(lesson.id, video, phone is not None),
        download_bytes=video.bytes if video and downloads else 0,
        heights=tuple(sorted((r.height for r in rungs), reverse=True)),
        tracks=_tracks(lesson),
        chapters=_chapters(lesson),
        courseware=_courseware(lesson, downloads=downloads),
        author_id=lesson.author_id or 0,
    )


def phone_name(lesson_id: int) -> str:
    return f"download/lesson-{lesson_id}-phone.mp4"


def _phone_url(lesson_id: int, video: Asset | None, there: bool) -> str:
    return media_url(lesson_id, video.id, phone_name(lesson_id)) if video and there else ""


def _ready(lesson: Lesson, kind: AssetKind) -> list[Asset]:
    found = [a for a in lesson.assets.all() if a.kind == kind and a.state == Asset.State.READY]
    return sorted(found, key=lambda asset: asset.id)


def _tracks(lesson: Lesson) -> tuple[TrackFile, ...]:
    """One captions file per language, the newest."""
    newest = {a.language: a for a in _ready(lesson, AssetKind.CAPTIONS)}
    return tuple(
        TrackFile(language, media_url(lesson.id, asset.id, asset.file))
        for language, asset in sorted(newest.items(), reverse=True)
    )


def _chapters(lesson: Lesson) -> tuple[ChapterMark, ...]:
    rows = sorted(lesson.chapters.all(), key=lambda chapter: chapter.at_second)
    return tuple(ChapterMark(c.at_second, c.title, c.title_en) for c in rows)


def _courseware(lesson: Lesson, *, downloads: bool) -> tuple[CoursewareFile, ...]:
    return tuple(
        CoursewareFile(
            id=asset.id,
            title=asset.title,
            url=media_url(lesson.id, asset.id, asset.file) if downloads else "",
            pages=asset.pages,
            bytes=asset.bytes,
            pictures=tuple(
                media_url(lesson.id, asset.id, f"page-{page:03}.jpg")
                for page in range(1, asset.pictures + 1)
            ),
        )
        for asset in _ready(lesson, AssetKind.COURSEWARE)
    )


def lesson_writable(lesson_id: int, who: Who) -> Lesson | None:
    """The row for those who may change it, else None. One query."""
    lesson = cards().filter(id=lesson_id).first()
    return lesson if lesson and may_write(who, lesson) else None


def author_place(who: Who) -> Place:
    """Where somebody's new lessons belong: the place of their first grant. No query."""
    return who.grants[0].place if who.grants else Place(city=city_id(), person=who.id)

"""One lesson with everything that watching needs."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import OuterRef, QuerySet, Subquery

from yunke.ground.people.door import Place, Who, allowed, city_id, holds
from yunke.school.library.models import Asset, Colleague, Lesson
from yunke.school.library.reads.cards import card_of, cards, media_url
from yunke.school.library.reads.reach import (
    Pages,
    dressed_card,
    pages_of,
    reached,
    reaching,
    standing_of,
)
from yunke.school.library.values import (
    AssetKind,
    ChapterMark,
    CoursewareFile,
    Help,
    LessonFull,
    PageKind,
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
    """The author, an invited editor (``helps`` of ``helped``), who holds the right there."""
    return help_of(who, lesson) in {"author", Help.EDITOR}


def help_of(who: Who | None, lesson: Lesson) -> str:
    """What somebody may do with the lesson in the making: "author" (all), "editor", "commenter",
    "" for nothing. No query."""
    if who is None:
        return ""
    if lesson.author_id == who.id:
        return "author"
    if allowed(who, "lesson.write", lesson_place(lesson, lesson.unit.city_id)):
        return "author"
    helps = getattr(lesson, "helps", None) or ""
    return helps if holds(who, "lesson.write") else ""


def helped(rows: "QuerySet[Lesson]", who: Who | None) -> "QuerySet[Lesson]":
    """The rows with ``helps``: what the author invited this person for."""
    if who is None:
        return rows
    invited = Colleague.objects.filter(lesson=OuterRef("id"), person_id=who.id)
    return rows.annotate(helps=Subquery(invited.values("role")[:1]))


def whole_lessons(who: Who | None) -> "QuerySet[Lesson]":
    rows = cards().prefetch_related("points", "chapters", "assets", "assets__rungs")
    return helped(rows, who)


def lesson_full(lesson_id: int, who: Who | None, *, plain: bool = False) -> LessonFull | None:
    """A lesson that reaches ``who``, or one that ``who`` may write. None for everybody else.

    In the words of the reader's county unless ``plain``. Five queries, six in a county.
    ``playlist`` and ``download`` are addresses under /media, which asks for a session itself.
    """
    lesson = whole_lessons(who).filter(id=lesson_id).first()
    if lesson is None:
        return None
    mine, standing = bool(help_of(who, lesson)), standing_of(who)
    shown = lesson.state == Lesson.State.PUBLISHED and reached(
        lesson.reach, lesson_place(lesson, lesson.unit.city_id), standing
    )
    if not shown and not mine:
        return None
    full = full_of(lesson, downloads=lesson.download_allowed or mine)
    county = 0 if plain else standing.county
    return dressed_full(full, pages_of(county, [lesson.id], [lesson.unit_id]))


def lessons_full(ids: Iterable[int], who: Who | None) -> dict[int, LessonFull]:
    """Lessons by id that reach ``who``. Five queries for any number, six in a county."""
    standing = standing_of(who)
    rows = list(whole_lessons(None).filter(reaching(standing), id__in=set(ids)))
    pages = pages_of(standing.county, [r.id for r in rows], [r.unit_id for r in rows])
    return {
        lesson.id: dressed_full(full_of(lesson, downloads=lesson.download_allowed), pages)
        for lesson in rows
    }


def dressed_full(full: LessonFull, pages: Pages) -> LessonFull:
    """The lesson in the county's words, with the county's edition and note."""
    if not pages:
        return full
    page = pages.get((PageKind.LESSON, full.card.id))
    unit = pages.get((PageKind.UNIT, full.card.unit_id))
    words = {**(unit.words if unit else {}), **(page.words if page else {})}
    own = page.words if page else {}
    card = dressed_card(full.card, pages)
    return replace(
        full,
        card=replace(card, local=bool(words)),
        summary=own.get("summary", full.summary),
        summary_en=own.get("summary_en", full.summary_en),
        edition=words.get("edition", ""),
        note=words.get("note", ""),
    )


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
    found = [
        a
        for a in lesson.assets.all()
        if a.kind == kind and a.state == Asset.State.READY and a.shown
    ]
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
    lesson = helped(cards(), who).filter(id=lesson_id).first()
    return lesson if lesson and may_write(who, lesson) else None


def author_place(who: Who) -> Place:
    """Where somebody's new lessons belong: the place of their first grant. No query."""
    return who.grants[0].place if who.grants else Place(city=city_id(), person=who.id)

"""A lesson comes about: begun, saved, published, withdrawn."""

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max

from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who, city_id
from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.actions.files import remove_asset_files
from yunke.school.library.actions.uploads import part_file
from yunke.school.library.models import Asset, Chapter, Lesson, Point, Unit, Upload
from yunke.school.library.reads.full import author_place, lesson_writable
from yunke.school.library.reads.making import draft_of
from yunke.school.library.values import AssetKind, Draft


class NotYours(Exception):
    """There is no such lesson, or it is not this person's to change: one answer for both."""


class LessonChanged(Exception):
    """Somebody saved the lesson meanwhile. Nothing was written; ``kept`` is what is there."""

    def __init__(self, kept: Draft, version: int) -> None:
        super().__init__()
        self.kept, self.version = kept, version


class NotReady(Exception):
    """A lesson without anything to watch or read cannot be published."""


@transaction.atomic
def unit_begin(*, who: Who, grade: int, subject: str, title: str, title_en: str = "") -> int:
    """A new unit at the end of its grade and subject; an equal title finds the one there is."""
    mine = Unit.objects.filter(city_id=city_id(), grade=grade, subject=subject)
    same = mine.filter(title=title).first()
    if same is not None:
        return same.id
    last = mine.aggregate(last=Max("position"))["last"] or 0
    unit = Unit.objects.create(
        city_id=city_id(), grade=grade, subject=subject, position=last + 1, title=title,
        title_en=title_en,
    )  # fmt: skip
    _record(who, Verb.LESSON_SAVED, "unit", unit.id, title, 0)
    return unit.id


@transaction.atomic
def lesson_begin(*, who: Who, unit_id: int, title: str, title_en: str = "") -> int:
    """A draft at the end of a unit. Raises NotYours for an unknown unit."""
    unit = Unit.objects.filter(id=unit_id, city_id=city_id()).first()
    if unit is None:
        raise NotYours
    place = author_place(who)
    last = unit.lessons.aggregate(last=Max("position"))["last"] or 0
    lesson = Lesson.objects.create(
        unit=unit, position=last + 1, title=title, title_en=title_en, author_id=who.id,
        author_name=who.name, school_id=place.school, county_id=place.county,
    )  # fmt: skip
    search_refresh([lesson.id])
    _record(who, Verb.LESSON_SAVED, "lesson", lesson.id, title, lesson.id)
    return lesson.id


@transaction.atomic
def lesson_save(*, who: Who, lesson_id: int, version: int, draft: Draft) -> int:
    """Save a lesson that was read as ``version``; gives the new version.

    Raises LessonChanged when it was saved by anybody since, NotYours.
    """
    lesson = _mine(lesson_id, who)
    if not Unit.objects.filter(id=draft.unit_id, city_id=lesson.unit.city_id).exists():
        raise NotYours
    position = lesson.position
    if draft.unit_id != lesson.unit_id:
        siblings = Lesson.objects.filter(unit_id=draft.unit_id)
        position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
    saved = Lesson.objects.filter(id=lesson_id, version=version).update(
        unit_id=draft.unit_id, position=position, title=draft.title, title_en=draft.title_en,
        summary=draft.summary, summary_en=draft.summary_en, goals=list(draft.goals),
        minutes=draft.minutes, download_allowed=draft.download_allowed, version=F("version") + 1,
    )  # fmt: skip
    if not saved:
        raise LessonChanged(draft_of(lesson), lesson.version)
    lesson.refresh_from_db()
    _chapters_save(lesson, draft)
    lesson.points.set(_points(lesson.unit.subject, draft.points))
    search_refresh([lesson_id])
    _record(who, Verb.LESSON_SAVED, "lesson", lesson_id, draft.title, lesson_id)
    return version + 1


def _chapters_save(lesson: Lesson, draft: Draft) -> None:
    lesson.chapters.all().delete()
    Chapter.objects.bulk_create(
        Chapter(lesson=lesson, at_second=m.at, title=m.title, title_en=m.title_en)
        for m in draft.chapters
    )


def _points(subject: str, names: Iterable[str]) -> list[Point]:
    """Points by name; one that is new to the subject is written."""
    wanted = list(dict.fromkeys(names))
    rows = Point.objects.filter(subject=subject, name__in=wanted).order_by("-id")
    known = {point.name: point for point in rows}
    for name in wanted:
        if name not in known:
            digest = hashlib.sha256(f"{subject}\0{name}".encode()).hexdigest()[:20]
            known[name], _new = Point.objects.get_or_create(
                code=f"own-{digest}", defaults={"subject": subject, "name": name}
            )
    return [known[name] for name in wanted]


@transaction.atomic
def lesson_publish(*, who: Who, lesson_id: int) -> None:
    """Show the lesson in the catalogue. Raises NotReady, NotYours."""
    lesson = _mine(lesson_id, who)
    readable = Asset.objects.filter(
        lesson=lesson, kind=AssetKind.COURSEWARE, state=Asset.State.READY
    )
    if lesson.video_id is None and not readable.exists():
        raise NotReady
    _state(who, lesson, Lesson.State.PUBLISHED, Verb.PUBLISHED)


@transaction.atomic
def lesson_withdraw(*, who: Who, lesson_id: int) -> None:
    """Take the lesson out of the catalogue; nothing of it is lost."""
    _state(who, _mine(lesson_id, who), Lesson.State.WITHDRAWN, Verb.WITHDRAWN)


def _state(who: Who, lesson: Lesson, state: str, verb: Verb) -> None:
    if lesson.state != state:
        Lesson.objects.filter(id=lesson.id).update(state=state)
        search_refresh([lesson.id])
        _record(who, verb, "lesson", lesson.id, lesson.title, lesson.id)


@transaction.atomic
def asset_remove(*, who: Who, lesson_id: int, asset_id: int) -> None:
    """Take a file away from its lesson; the disk follows when the transaction is through."""
    lesson = _mine(lesson_id, who)
    # One that is being examined is no file yet: its upload is given up instead.
    asset = (
        Asset.objects.filter(id=asset_id, lesson=lesson)
        .exclude(state=Asset.State.EXAMINING)
        .first()
    )
    if asset is None:
        raise NotYours
    if lesson.video_id == asset.id:
        older = (
            Asset.objects.filter(
                lesson=lesson, kind=AssetKind.VIDEO, state=Asset.State.READY
            )
            .exclude(id=asset.id)
            .order_by("-id")
            .first()
        )  # fmt: skip
        Lesson.objects.filter(id=lesson.id).update(video=older)
    for upload in Upload.objects.filter(asset=asset):
        part_file(upload.id).unlink(missing_ok=True)
        upload.delete()
    asset.delete()
    _record(who, Verb.LESSON_SAVED, "asset", asset_id, asset.title, lesson_id)
    transaction.on_commit(lambda: remove_asset_files(lesson_id, asset_id))


def _mine(lesson_id: int, who: Who) -> Lesson:
    lesson = lesson_writable(lesson_id, who)
    if lesson is None:
        raise NotYours
    return lesson


def _record(who: Who, verb: Verb, kind: str, object_id: int, title: str, lesson_id: int) -> None:
    event_record(
        actor_id=who.id, verb=verb, object_kind=kind, object_id=object_id, title=title,
        lesson_id=lesson_id,
    )  # fmt: skip

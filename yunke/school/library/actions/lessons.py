"""A lesson comes about: begun, saved, published, withdrawn."""

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who, city_id
from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.actions.files import remove_asset_files
from yunke.school.library.actions.uploads import part_file
from yunke.school.library.models import Asset, Chapter, Lesson, Point, Unit, Upload
from yunke.school.library.reads.full import author_place, lesson_writable
from yunke.school.library.reads.reach import gone_forget
from yunke.school.library.values import AssetKind, Draft, Reach


class NotYours(Exception):
    """There is no such lesson, or it is not this person's to change: one answer for both."""


class NoUnit(Exception):
    """The unit is none of this city's."""


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
    try:
        unit = unit_taken(unit_id, city_id())
    except NoUnit:
        raise NotYours from None
    place = author_place(who)
    lesson = Lesson.objects.create(
        unit=unit, position=last_position(unit) + 1, title=title, title_en=title_en,
        author_id=who.id, author_name=who.name, school_id=place.school, county_id=place.county,
    )  # fmt: skip
    search_refresh([lesson.id])
    _record(who, Verb.LESSON_SAVED, "lesson", lesson.id, title, lesson.id)
    return lesson.id


def unit_taken(unit_id: int, city: int) -> Unit:
    """The unit, held until the transaction ends: two lessons never take the same place in it.

    Raises NoUnit. One query.
    """
    unit = Unit.objects.select_for_update().filter(id=unit_id, city_id=city).first()
    if unit is None:
        raise NoUnit
    return unit


def last_position(unit: Unit) -> int:
    """0 for a unit without lessons. One query."""
    return int(unit.lessons.aggregate(last=Max("position"))["last"] or 0)


def chapters_save(lesson: Lesson, draft: Draft) -> None:
    lesson.chapters.all().delete()
    Chapter.objects.bulk_create(
        Chapter(lesson=lesson, at_second=m.at, title=m.title, title_en=m.title_en)
        for m in draft.chapters
    )


def points_named(subject: str, names: Iterable[str]) -> list[Point]:
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
    """Show the lesson to its own school, at once. Raises NotReady, NotYours.

    County and city see it after their reviews; a lesson that was taken back begins anew, and a new
    version of one that they see needs a review too (Refused).
    """
    lesson = _mine(lesson_id, who)
    lesson_ready(lesson)
    if lesson.state == Lesson.State.PUBLISHED and lesson.reach != Reach.SCHOOL:
        raise Refused(
            _("这节课已在校外使用，新的一稿要先送审。你写的都在，大家看到的没有变。"), status=422
        )
    if lesson.state != Lesson.State.PUBLISHED:
        Lesson.objects.filter(id=lesson.id).update(reach=Reach.SCHOOL)
    if _state(who, lesson, Lesson.State.PUBLISHED, Verb.PUBLISHED):
        audit_record(
            actor_id=who.id, act=Act.LESSON_PUBLISHED, object_kind="lesson", object_id=lesson.id,
            school_id=lesson.school_id, detail={"reach": Reach.SCHOOL.value},
        )  # fmt: skip


def lesson_ready(lesson: Lesson) -> None:
    """Raises NotReady for a lesson with nothing to watch or read. One query at most."""
    readable = Asset.objects.filter(
        lesson=lesson, kind=AssetKind.COURSEWARE, state=Asset.State.READY
    )
    if lesson.video_id is None and not readable.exists():
        raise NotReady


@transaction.atomic
def lesson_withdraw(*, who: Who, lesson_id: int) -> None:
    """Take the lesson out of the catalogue; nothing of it is lost, and nobody's notes are."""
    lesson_taken_back(who, _mine(lesson_id, who))


def lesson_taken_back(who: Who, lesson: Lesson, *, reason: str = "") -> None:
    """In the caller's transaction, for who was found to be allowed. Its films stop at once."""
    if not _state(who, lesson, Lesson.State.WITHDRAWN, Verb.WITHDRAWN):
        return
    audit_record(
        actor_id=who.id, act=Act.LESSON_WITHDRAWN, object_kind="lesson", object_id=lesson.id,
        school_id=lesson.school_id, reason=reason,
    )  # fmt: skip
    transaction.on_commit(gone_forget)


@transaction.atomic
def lesson_take_back(*, who: Who, lesson_id: int, reason: str) -> None:
    """After it was published by a review; for the room of reviews, which found ``who`` allowed."""
    lesson = Lesson.objects.filter(id=lesson_id).first()
    if lesson is None:
        raise NotYours
    lesson_taken_back(who, lesson, reason=reason)


@transaction.atomic
def lesson_reach_set(*, who: Who, lesson_id: int, reach: Reach) -> None:
    """After a review: show the lesson as far as ``reach``, never to fewer than before.

    For the room of reviews, which found ``who`` to be allowed. Raises NotReady, NotYours.
    """
    lesson = Lesson.objects.filter(id=lesson_id).first()
    if lesson is None:
        raise NotYours
    lesson_ready(lesson)
    order = list(Reach)
    shown = lesson.state == Lesson.State.PUBLISHED
    if shown and order.index(Reach(lesson.reach)) >= order.index(reach):
        return
    Lesson.objects.filter(id=lesson.id).update(reach=reach, state=Lesson.State.PUBLISHED)
    search_refresh([lesson.id])
    _record(who, Verb.PUBLISHED, "lesson", lesson.id, lesson.title, lesson.id)
    audit_record(
        actor_id=who.id, act=Act.LESSON_PUBLISHED, object_kind="lesson", object_id=lesson.id,
        school_id=lesson.school_id, detail={"reach": reach.value},
    )  # fmt: skip


def _state(who: Who, lesson: Lesson, state: str, verb: Verb) -> bool:
    """False, and nothing done, when the lesson is in that state already."""
    if lesson.state == state:
        return False
    gone = now() if state == Lesson.State.WITHDRAWN else None
    Lesson.objects.filter(id=lesson.id).update(state=state, withdrawn_at=gone)
    search_refresh([lesson.id])
    _record(who, verb, "lesson", lesson.id, lesson.title, lesson.id)
    return True


@transaction.atomic
def asset_remove(*, who: Who, lesson_id: int, asset_id: int) -> None:
    """Throw away a file that never became watchable; nothing names it. Raises NotYours."""
    _mine(lesson_id, who)
    # One that is being examined is no file yet: its upload is given up instead.
    asset = Asset.objects.filter(
        id=asset_id, lesson_id=lesson_id, state__in=(Asset.State.PREPARING, Asset.State.REFUSED)
    ).first()
    if asset is None:
        raise NotYours
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

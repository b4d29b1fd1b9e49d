"""What the room of preparing does to a lesson: its words, its files, its colleagues.

Each runs in the caller's transaction, for somebody whom the caller found to be allowed.
"""

from collections.abc import Collection

from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.actions.lessons import (
    NoUnit,
    chapters_save,
    last_position,
    points_named,
    unit_taken,
)
from yunke.school.library.models import Asset, Colleague, Lesson, Unit
from yunke.school.library.values import AssetKind, Draft, Help


def unit_check(unit_id: int, city: int) -> None:
    """Raises NoUnit. One query."""
    if not Unit.objects.filter(id=unit_id, city_id=city).exists():
        raise NoUnit


def version_set(lesson_id: int, number: int) -> None:
    """The number of the lesson's newest version. One query."""
    Lesson.objects.filter(id=lesson_id).update(version=number)


def draft_write(lesson_id: int, draft: Draft) -> None:
    """Write everything that is written about a lesson into its row, and bring the search up."""
    lesson = Lesson.objects.select_related("unit").get(id=lesson_id)
    unit, position = lesson.unit, lesson.position
    if draft.unit_id != unit.id:
        unit = unit_taken(draft.unit_id, unit.city_id)
        position = last_position(unit) + 1
    Lesson.objects.filter(id=lesson_id).update(
        unit_id=draft.unit_id, position=position, title=draft.title, title_en=draft.title_en,
        summary=draft.summary, summary_en=draft.summary_en, goals=list(draft.goals),
        minutes=draft.minutes, download_allowed=draft.download_allowed,
    )  # fmt: skip
    chapters_save(lesson, draft)
    lesson.points.set(points_named(unit.subject, draft.points))
    search_refresh([lesson_id])


def files_work(lesson_id: int, ids: Collection[int]) -> None:
    """From now on these ready files, and no others, are in the work. Two queries."""
    ready = Asset.objects.filter(lesson_id=lesson_id, state=Asset.State.READY)
    ready.filter(id__in=ids).update(work=True)
    ready.exclude(id__in=ids).update(work=False)


def files_show(lesson_id: int, ids: Collection[int]) -> None:
    """From now on pupils get these files and no others. Four queries."""
    ready = Asset.objects.filter(lesson_id=lesson_id, state=Asset.State.READY)
    ready.filter(id__in=ids).update(shown=True)
    ready.exclude(id__in=ids).update(shown=False)
    film = ready.filter(id__in=ids, kind=AssetKind.VIDEO).order_by("-id").first()
    Lesson.objects.filter(id=lesson_id).update(video=film)


def makers_set(lesson_id: int, count: int) -> None:
    Lesson.objects.filter(id=lesson_id).update(makers=count)


def colleague_set(lesson_id: int, person_id: int, role: Help) -> bool:
    """Invite somebody, or give another role; False when nothing changed."""
    row, made = Colleague.objects.get_or_create(
        lesson_id=lesson_id, person_id=person_id, defaults={"role": role}
    )
    if made or row.role == role:
        return made
    Colleague.objects.filter(id=row.id).update(role=role)
    return True


def colleague_drop(lesson_id: int, person_id: int) -> bool:
    """Closed from the next request on; False when the person was none."""
    gone, _rows = Colleague.objects.filter(lesson_id=lesson_id, person_id=person_id).delete()
    return bool(gone)


def file_settled(asset: Asset, *, at_once: bool = False) -> None:
    """A ready file takes its place in the work: a film and captions of a language replace those
    before them, courseware comes beside it.

    Pupils of a published lesson get it when it is published again, ``at_once`` now. A film whose
    conversion ended after a newer one came stays beside.
    """
    ready = Asset.objects.filter(
        lesson_id=asset.lesson_id, kind=asset.kind, state=Asset.State.READY
    ).exclude(id=asset.id)
    if asset.kind == AssetKind.CAPTIONS:
        ready = ready.filter(language=asset.language)
    if asset.kind == AssetKind.COURSEWARE:
        ready = ready.none()
    mine = Asset.objects.filter(id=asset.id)
    if ready.filter(id__gt=asset.id, work=True).exists():
        mine.update(work=False, shown=False)
        return
    lesson = Lesson.objects.filter(id=asset.lesson_id)
    now = at_once or lesson.exclude(state=Lesson.State.PUBLISHED).exists()
    mine.update(work=True, shown=now)
    ready.update(work=False)
    if now:
        ready.update(shown=False)
    if now and asset.kind == AssetKind.VIDEO:
        lesson.update(video=asset, minutes=max(1, round(asset.seconds / 60)))


def file_take_out(lesson_id: int, asset_id: int) -> str | None:
    """A ready file leaves the work and stays on the disk for the versions that name it.

    Gives its title; None when there is no such file in the work. Two queries.
    """
    rows = Asset.objects.filter(
        id=asset_id, lesson_id=lesson_id, state=Asset.State.READY, work=True
    )
    title = rows.values_list("title", flat=True).first()
    if title is not None:
        Asset.objects.filter(id=asset_id).update(work=False)
    return title

"""A lesson is saved: every save leaves a version, and none takes anything from anybody."""

from datetime import datetime
from typing import Any

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.library.door import (
    NotYours,
    NoUnit,
    WorkRow,
    draft_write,
    file_people,
    file_take_out,
    files_show,
    files_work,
    lesson_publish,
    lesson_withdraw,
    lesson_work,
    makers_set,
    unit_check,
    version_set,
)
from yunke.school.preparing.models import Version
from yunke.school.preparing.reads.credits import credits_of
from yunke.school.preparing.reads.tasks import tasks
from yunke.school.preparing.reads.work import lived, newest_of, row_content, shown_content
from yunke.school.preparing.rules import Clash, changed, extends, together
from yunke.school.preparing.values import Content, Saved, content_of


class NoVersion(Exception):
    """There is no such version of this lesson."""


@transaction.atomic
def lesson_save(
    *, who: Who, lesson_id: int, was: Content, mine: Content, why: str = "", label: str = ""
) -> Saved:
    """Put my changes since ``was`` into the work. Raises NotYours, NoUnit, or Clash where
    somebody else wrote the same place meanwhile: then nothing is written.
    """
    row = editable(lesson_id, who)
    last = caught_up(row)
    kept = content_of(last.content)
    content, clashing = together(was, mine, kept)
    if clashing:
        raise Clash(kept, content, clashing, last.number)
    merged = tuple(name for name in changed(was, kept) if name not in {"files", "tasks"})
    if content.unit != kept.unit:
        unit_check(content.unit, row.city_id)
    if content == kept and not (why or label):
        return Saved(last.number, kept, merged)
    last = put(row, last, content, who_id=who.id, why=why, label=label)
    return Saved(last.number, content, merged)


def editable(lesson_id: int, who: Who) -> WorkRow:
    """The lesson, held against everybody else's save. Raises NotYours."""
    row = lesson_work(lesson_id, who, lock=True)
    if row is None or not row.may_edit:
        raise NotYours
    return row


def caught_up(row: WorkRow) -> Version:
    """The newest version, with what came about outside the editor written down before.

    The first version of a lesson is what its row said. A file is its uploader's version.
    """
    last = newest_of(row.id)
    if last is None:
        last = _begin(row)
    kept = content_of(last.content)
    live = lived(row, kept)
    if live == kept:
        return last
    came = [number for number in live.files if number not in kept.files]
    people = file_people(came)
    by = next((people[number] for number in reversed(came) if number in people), None)
    return put(row, last, live, who_id=by or row.author_id or None)


def _begin(row: WorkRow) -> Version:
    shown = row.state == "published"
    content = shown_content(row) if shown else row_content(row)
    return Version.objects.create(
        lesson_id=row.id, number=row.version, made_by_id=row.author_id or None,
        made_at=row.made_at, changed_at=row.made_at, content=content.as_json(),
        sealed=True, published_at=row.made_at if shown else None,
    )  # fmt: skip


def put(
    row: WorkRow, last: Version, content: Content, *, who_id: int | None, why: str = "",
    label: str = "", **more: Any,
) -> Version:  # fmt: skip
    """Write the content as the newest version: into this one while its maker is still at it, else
    as the next. An unpublished lesson's row follows at once; a published one's waits."""
    moment = now()
    grows = not more and extends(
        made_by=last.made_by_id, made_at=last.made_at, sealed=last.sealed, who_id=who_id,
        moment=moment,
    )  # fmt: skip
    touched = changed(content_of(last.content), content)
    if grows:
        version = _grow(last, content, moment)
    else:
        _seal(last)
        version = Version.objects.create(
            lesson_id=row.id, number=last.number + 1, made_by_id=who_id, made_at=moment,
            changed_at=moment, content=content.as_json(), fields=list(touched), **more,
        )  # fmt: skip
        version_set(row.id, version.number)
        _tell(who_id, row, version)
    if why or label:
        version.why, version.label = why[:200], label[:60]
        version.sealed = version.sealed or bool(label)
        version.save(update_fields=["why", "label", "sealed"])
    if row.state != "published":
        mirror(row.id, content, touched)
    return version


def _grow(version: Version, content: Content, moment: datetime) -> Version:
    before = (
        Version.objects.filter(lesson_id=version.lesson_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    base = content_of(before.content) if before else content_of(version.content)
    version.content, version.changed_at = content.as_json(), moment
    version.fields = list(changed(base, content))
    version.saves += 1
    version.save(update_fields=["content", "changed_at", "fields", "saves"])
    return version


def _seal(version: Version) -> None:
    if not version.sealed:
        version.sealed = True
        version.save(update_fields=["sealed"])


def _tell(who_id: int | None, row: WorkRow, version: Version) -> None:
    event_record(
        actor_id=who_id or 0, verb=Verb.LESSON_SAVED, object_kind="lesson", object_id=row.id,
        title=version.content["title"], lesson_id=row.id, school_id=row.school_id,
        result={"version": version.number, "fields": version.fields},
    )  # fmt: skip


def mirror(lesson_id: int, content: Content, touched: tuple[str, ...]) -> None:
    """The lesson's row, files and questions become this content. Nobody but its makers sees an
    unpublished lesson; of a published one, this is the publication."""
    if set(touched) - {"files", "tasks"}:
        draft_write(lesson_id, content.draft())
    if "files" in touched:
        files_show(lesson_id, content.files)
    if "tasks" in touched:
        tasks().show(lesson_id, content.tasks)


@transaction.atomic
def work_open(lesson_id: int) -> None:
    """Write down the work as it is, before another room changes it."""
    row = lesson_work(lesson_id, None, lock=True)
    if row is not None:
        caught_up(row)


@transaction.atomic
def work_note(*, who_id: int, lesson_id: int) -> int:
    """Write down what another room changed in the work (its tasks, a file); gives the number of
    the newest version. In the transaction of that change."""
    row = lesson_work(lesson_id, None, lock=True)
    if row is None:
        raise NotYours
    last = newest_of(lesson_id) or _begin(row)
    live = lived(row, content_of(last.content))
    if live != content_of(last.content):
        last = put(row, last, live, who_id=who_id)
    return last.number


@transaction.atomic
def file_leave(*, who: Who, lesson_id: int, asset_id: int) -> bool:
    """Take a ready file out of the work; versions keep it. False when there is none."""
    row = editable(lesson_id, who)
    caught_up(row)
    if file_take_out(lesson_id, asset_id) is None:
        return False
    work_note(who_id=who.id, lesson_id=lesson_id)
    return True


@transaction.atomic
def version_restore(*, who: Who, lesson_id: int, number: int) -> int:
    """A version comes back as the newest, with its files and questions; gives its new number.

    Raises NotYours, NoVersion.
    """
    row = editable(lesson_id, who)
    last = caught_up(row)
    old = Version.objects.filter(lesson_id=lesson_id, number=number).first()
    if old is None:
        raise NoVersion
    content = content_of(old.content)
    if content == content_of(last.content):
        return last.number
    files_work(lesson_id, content.files)
    tasks().work(lesson_id, content.tasks)
    new = put(row, last, content, who_id=who.id, restored=number)
    _seal(new)
    return new.number


@transaction.atomic
def version_label(*, who: Who, lesson_id: int, number: int, label: str) -> None:
    """Name a version, or take its name away. Raises NotYours, NoVersion."""
    caught_up(editable(lesson_id, who))
    rows = Version.objects.filter(lesson_id=lesson_id, number=number)
    if not rows.update(label=label.strip()[:60], sealed=True):
        raise NoVersion


@transaction.atomic
def version_now(lesson_id: int) -> int:
    """The id of the version that is there now. It is sealed: whoever reads it later reads this.

    Raises NotYours for no lesson.
    """
    row = lesson_work(lesson_id, None, lock=True)
    if row is None:
        raise NotYours
    last = caught_up(row)
    _seal(last)
    return last.id


@transaction.atomic
def version_publish(version_id: int) -> int:
    """Show pupils this version and no other; gives the lesson's id. Raises NoVersion.

    Only the content: whether and how far the lesson is shown at all, the caller sets in the same
    transaction (``lesson_publish``, ``lesson_reach_set`` of the library).
    """
    version = Version.objects.filter(id=version_id).first()
    if version is None:
        raise NoVersion
    lesson_id = version.lesson_id
    lesson_work(lesson_id, None, lock=True)
    content = content_of(version.content)
    mirror(lesson_id, content, ("title", "files", "tasks"))
    Version.objects.filter(id=version_id).update(published_at=now(), sealed=True)
    people = {credit.person_id for credit in credits_of([lesson_id])[lesson_id]}
    makers_set(lesson_id, max(1, len(people)))
    return lesson_id


@transaction.atomic
def work_publish(*, who: Who, lesson_id: int) -> None:
    """Show the newest version to the lesson's school. Raises NotYours, NotReady."""
    editable(lesson_id, who)
    version_publish(version_now(lesson_id))
    lesson_publish(who=who, lesson_id=lesson_id)


@transaction.atomic
def work_withdraw(*, who: Who, lesson_id: int) -> None:
    """Nobody is shown the lesson any more; its row follows the work again. Raises NotYours."""
    last = caught_up(editable(lesson_id, who))
    lesson_withdraw(who=who, lesson_id=lesson_id)
    mirror(lesson_id, content_of(last.content), ("title", "files", "tasks"))


__all__ = [
    "NoUnit",
    "NoVersion",
    "file_leave",
    "lesson_save",
    "version_label",
    "version_now",
    "version_publish",
    "version_restore",
    "work_note",
    "work_open",
    "work_publish",
    "work_withdraw",
]

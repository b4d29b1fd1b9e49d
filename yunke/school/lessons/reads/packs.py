"""Packs as pupils, guardians and the sending teacher see them."""

from collections.abc import Iterable

from django.db.models import Count

from yunke.school.lessons.models import Pack, PackCopy
from yunke.school.lessons.values import PackLine

SHOWN = 60


def packs_of(person_id: int, limit: int = SHOWN) -> tuple[PackLine, ...]:
    """What a pupil got, newest first. One query."""
    copies = (
        PackCopy.objects.filter(person_id=person_id)
        .select_related("pack__teacher")
        .order_by("-pack_id")[:limit]
    )
    return tuple(_line(copy.pack, copy) for copy in copies)


def packs_sent(class_ids: Iterable[int], limit: int = 12) -> tuple[PackLine, ...]:
    """What classes were sent, newest first, with how many opened it. One query."""
    rows = (
        Pack.objects.filter(class_id__in=list(class_ids))
        .select_related("teacher")
        .annotate(sent=Count("copies"), opened=Count("copies__opened_at"))
        .order_by("-id")[:limit]
    )
    return tuple(_line(row, None, sent=row.sent, opened=row.opened) for row in rows)


def _line(pack: Pack, copy: PackCopy | None, *, sent: int = 0, opened: int = 0) -> PackLine:
    return PackLine(
        id=pack.id,
        lesson_id=pack.lesson_id,
        class_id=pack.class_id,
        teacher=pack.teacher.name,
        message=pack.message,
        with_video=pack.with_video,
        with_courseware=pack.with_courseware,
        with_tasks=pack.with_tasks,
        sent_at=pack.made_at,
        opened_at=copy.opened_at if copy else None,
        sent=sent,
        opened=opened,
    )

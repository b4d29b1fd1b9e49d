"""What a class gets after class."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import class_pupils
from yunke.school.lessons.models import Pack, PackCopy
from yunke.school.lessons.values import PackParts


@transaction.atomic
def pack_send(
    *,
    who_id: int,
    class_id: int,
    school_id: int,
    lesson_id: int,
    message: str,
    parts: PackParts,
    shown: tuple[int, ...],
) -> int:
    """Send a pack to exactly the pupils whose names were shown; gives the pack's id.

    Raises Refused when the class has changed since, so that nobody gets or misses it unseen.
    Cost: 4 queries at any class size.
    """
    pupils = tuple(pupil.id for pupil in class_pupils(class_id))
    if not pupils:
        raise Refused(_("这个班还没有学生，课后包没有发出。"), status=422)
    if sorted(pupils) != sorted(shown):
        raise Refused(_("班里的学生刚刚有变动，还没有发出。请再看一遍名单。"), status=409)
    pack = Pack.objects.create(
        lesson_id=lesson_id,
        class_id=class_id,
        teacher_id=who_id,
        message=message.strip()[:300],
        with_video=parts.video,
        with_courseware=parts.courseware,
        with_tasks=parts.tasks,
    )
    PackCopy.objects.bulk_create([PackCopy(pack=pack, person_id=pupil) for pupil in pupils])
    event_record(
        actor_id=who_id,
        verb=Verb.PACK_SENT,
        object_kind="pack",
        object_id=pack.id,
        lesson_id=lesson_id,
        class_id=class_id,
        school_id=school_id,
        result={"to": len(pupils)},
    )
    return pack.id


@transaction.atomic
def pack_open(*, who_id: int, class_id: int, school_id: int, pack_id: int) -> None:
    """A pupil opened the own copy; the first opening counts. Raises Refused without a copy."""
    copy = PackCopy.objects.select_related("pack").filter(pack_id=pack_id, person_id=who_id).first()
    if copy is None:
        raise Refused(_("没有找到这个课后包。"), status=404)
    if copy.opened_at is None:
        copy.opened_at = now()
        copy.save(update_fields=["opened_at"])
        event_record(
            actor_id=who_id,
            verb=Verb.PACK_OPENED,
            object_kind="pack",
            object_id=pack_id,
            lesson_id=copy.pack.lesson_id,
            class_id=class_id,
            school_id=school_id,
        )

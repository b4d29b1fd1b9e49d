"""A teacher's own phrases and groups."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.people.door import class_pupils
from yunke.school.homework.models import Group, GroupMember, Phrase

MOST_PHRASES, MOST_GROUPS = 30, 12


@transaction.atomic
def phrase_add(*, teacher_id: int, text: str) -> int:
    """One more comment; the same text is one. Raises Refused for none and for too many."""
    text = " ".join(text.replace("\0", " ").split())[:200]
    if not text:
        raise Refused(_("评语是空的，没有保存。"), status=422)
    own = Phrase.objects.filter(teacher_id=teacher_id, gone_at__isnull=True)
    known = own.filter(text=text).first()
    if known is not None:
        return known.id
    if own.count() >= MOST_PHRASES:
        raise Refused(_("最多留 30 条评语。先删掉一条再加。"), status=422)
    return Phrase.objects.create(teacher_id=teacher_id, text=text).id


def phrase_remove(*, teacher_id: int, phrase_id: int) -> bool:
    """The own comment goes; False for what is not one's own."""
    return bool(Phrase.objects.filter(id=phrase_id, teacher_id=teacher_id).update(gone_at=now()))


@transaction.atomic
def group_save(*, teacher_id: int, class_id: int, name: str, pupils: Iterable[int]) -> int:
    """Pupils of the class under a name; the same name again means these pupils. Raises Refused."""
    name = " ".join(name.split())[:30]
    chosen = set(pupils)
    if not name or not chosen:
        raise Refused(_("小组要有名字，也要有学生。没有保存。"), status=422)
    if not {one.id for one in class_pupils(class_id)}.issuperset(chosen):
        raise Refused(_("有学生不在这个班里，没有保存。"), status=409)
    own = Group.objects.filter(teacher_id=teacher_id, class_id=class_id)
    if own.exclude(name=name).count() >= MOST_GROUPS:
        raise Refused(_("一个班最多 12 个小组。没有保存。"), status=422)
    row, _fresh = own.get_or_create(
        name=name, defaults={"teacher_id": teacher_id, "class_id": class_id}
    )
    row.members.exclude(pupil_id__in=chosen).delete()
    GroupMember.objects.bulk_create(
        [GroupMember(group=row, pupil_id=one) for one in sorted(chosen)], ignore_conflicts=True
    )
    return row.id

"""Who makes a lesson with its author, and who is at it now."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who, colleague_may
from yunke.school.library.door import (
    Help,
    NotYours,
    WorkRow,
    colleague_drop,
    colleague_set,
    colleagues_of,
    lesson_work,
)
from yunke.school.preparing.actions.talk import readable
from yunke.school.preparing.models import Here
from yunke.school.preparing.rules import MOST_COLLEAGUES


@transaction.atomic
def colleague_invite(*, who: Who, lesson_id: int, person_id: int, role: Help) -> None:
    """Let a colleague write or comment, from now on; or change what they may. Raises NotYours for
    a lesson that is not one's own, Refused for somebody who makes no lessons in this city."""
    row = kept_by(lesson_id, who)
    if person_id == row.author_id or not colleague_may(who, person_id, "lesson.write"):
        raise Refused(_("只能邀请本市会备课的同事。没有改动。"), status=422)
    known = {person for person, *_rest in colleagues_of([lesson_id]).get(lesson_id, ())}
    if person_id not in known and len(known) >= MOST_COLLEAGUES:
        raise Refused(_("一节课最多邀请 30 位同事。没有改动。"), status=422)
    if colleague_set(lesson_id, person_id, role):
        _record(who, row, person_id, role.value)


@transaction.atomic
def colleague_remove(*, who: Who, lesson_id: int, person_id: int) -> None:
    """The lesson is closed to the colleague from the next request on; what they wrote and said
    stays theirs. The author removes anybody, everybody themselves. Raises NotYours."""
    row = readable(lesson_id, who) if person_id == who.id else kept_by(lesson_id, who)
    if colleague_drop(lesson_id, person_id):
        Here.objects.filter(lesson_id=lesson_id, person_id=person_id).delete()
        _record(who, row, person_id, "")


def kept_by(lesson_id: int, who: Who) -> WorkRow:
    """The lesson for those who may say who makes it. Raises NotYours."""
    row = lesson_work(lesson_id, who, lock=True)
    if row is None or not row.keeper:
        raise NotYours
    return row


def _record(who: Who, row: WorkRow, person_id: int, role: str) -> None:
    event_record(
        actor_id=who.id, verb=Verb.LESSON_SHARED, object_kind="lesson", object_id=row.id,
        title=row.draft.title, subject_id=person_id, lesson_id=row.id, school_id=row.school_id,
        result={"role": role},
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.ROLE_CHANGED, subject_id=person_id, object_kind="lesson",
        object_id=row.id, school_id=row.school_id, detail={"role": role},
    )  # fmt: skip


def here_note(*, who: Who, lesson_id: int, place: str) -> None:
    """Somebody has the lesson before them. One statement."""
    Here.objects.bulk_create(
        [Here(lesson_id=lesson_id, person_id=who.id, place=place[:20], at=now())],
        update_conflicts=True, update_fields=["place", "at"],
        unique_fields=["lesson", "person"],
    )  # fmt: skip

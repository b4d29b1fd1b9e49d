"""People say why, or that something is wrong."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.practice.actions.deriving import books_write
from yunke.school.practice.models import (
    Answered,
    Doubt,
    ErrorEntry,
    Learnt,
    Word,
)
from yunke.school.practice.values import Origin, OwnWord

LONGEST_CAUSE = 60
LONGEST_TEXT = 300


@transaction.atomic
def own_word(*, who_id: int, class_id: int, school_id: int, entry_id: int, word: str) -> None:
    """The pupil says in one tap why the own answer was wrong. The last word counts.

    Raises Refused for another's page (404) or a word that is none.
    """
    entry = ErrorEntry.objects.filter(id=entry_id, person=who_id).first()
    if entry is None:
        raise Refused(_("错题本里没有这道题。"), status=404)
    if word not in {one.value for one in OwnWord}:
        raise Refused(_("请从四个里选一个；什么都没有改动。"), status=422)
    Word.objects.create(
        person_id=who_id, question_id=entry.question_id, origin=Origin.PUPIL.value, cause=word,
        by_id=who_id,
    )  # fmt: skip
    _again(who_id, entry.question_id)
    event_record(
        actor_id=who_id, verb=Verb.CAUSE_SAID, object_kind="question",
        object_id=entry.question_id, class_id=class_id, school_id=school_id,
        result={"word": word},
    )  # fmt: skip


@transaction.atomic
def cause_correct(
    *, who_id: int, class_id: int, school_id: int, question_id: int, value: str, cause: str,
    pupil_ids: tuple[int, ...],
) -> int:  # fmt: skip
    """A teacher says why this wrong answer is wrong: for these pupils of the class at once, and
    learnt for whoever of the school gives the same answer later. Gives how many pages changed.
    """
    cause = cause.strip()
    if not cause or len(cause) > LONGEST_CAUSE:
        raise Refused(_("错因写 1 到 60 个字；什么都没有改动。"), status=422)
    pages = ErrorEntry.objects.filter(
        person__in=pupil_ids, question_id=question_id, class_id=class_id, value=value
    )
    people = list(pages.values_list("person_id", flat=True))
    if not people:
        raise Refused(_("这个班没有人这样错。"), status=404)
    Learnt.objects.update_or_create(
        question_id=question_id, value=value, school_id=school_id,
        defaults={"cause": cause, "by_id": who_id},
    )  # fmt: skip
    Word.objects.bulk_create(
        Word(
            person_id=one, question_id=question_id, origin=Origin.TEACHER.value, cause=cause,
            by_id=who_id,
        )
        for one in people
    )  # fmt: skip
    changed = pages.update(cause=cause, origin=Origin.TEACHER.value)
    event_record(
        actor_id=who_id, verb=Verb.CAUSE_SAID, object_kind="question", object_id=question_id,
        class_id=class_id, school_id=school_id, result={"pupils": changed},
    )  # fmt: skip
    audit_record(
        actor_id=who_id, act=Act.CAUSE_CORRECTED, object_kind="question", object_id=question_id,
        school_id=school_id, detail={"pupils": changed},
    )  # fmt: skip
    return changed


def _again(person_id: int, question_id: int) -> None:
    books_write(list(Answered.objects.filter(person=person_id, question=question_id)[:1]))


@transaction.atomic
def doubt_say(
    *, who_id: int, person_id: int, class_id: int, school_id: int, text: str,
    question_id: int = 0, point_id: int = 0,
) -> int:  # fmt: skip
    """ "This is wrong": a teacher of the class has to look and answer. Gives its id."""
    text = text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Refused(_("说说哪里不对，1 到 300 个字；什么都没有改动。"), status=422)
    row = Doubt.objects.create(
        person_id=person_id, by_id=who_id, class_id=class_id, question_id=question_id,
        point_id=point_id, text=text,
    )  # fmt: skip
    event_record(
        actor_id=who_id, subject_id=person_id, verb=Verb.DOUBTED, object_kind="doubt",
        object_id=row.id, class_id=class_id, school_id=school_id,
    )  # fmt: skip
    return row.id


@transaction.atomic
def doubt_answer(*, who_id: int, class_id: int, school_id: int, doubt_id: int, answer: str) -> None:
    """A teacher's answer; once. Raises Refused for a doubt of another class (404)."""
    answer = answer.strip()
    if not answer or len(answer) > LONGEST_TEXT:
        raise Refused(_("答复写 1 到 300 个字；什么都没有改动。"), status=422)
    row = Doubt.objects.filter(id=doubt_id, class_id=class_id, answered_at__isnull=True).first()
    if row is None:
        raise Refused(_("没有这条“这里不对”，或者已经答复了。"), status=404)
    row.answer, row.answered_by_id, row.answered_at = answer, who_id, now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    audit_record(
        actor_id=who_id, act=Act.DOUBT_ANSWERED, subject_id=row.person_id, object_kind="doubt",
        object_id=row.id, school_id=school_id,
    )  # fmt: skip

"""A home exam: the guardian checks off, shows the code, notes what happens, signs."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.sealing import seal, unseal
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.exams.models import ClassCode, Invigilation
from yunke.school.exams.rules.home import (
    CHECKS,
    DIGITS,
    MOST_MISSES,
    SAYS,
    all_checked,
    code_right,
    code_shows,
)
from yunke.school.exams.values.exams import ExamView, Seat

PURPOSE = "exams.home"


@transaction.atomic
def watch_check(
    *, guardian_id: int, exam: ExamView, child_id: int, checks: Mapping[str, object]
) -> None:
    """What was checked off so far. The caller has decided that this is the guardian's child."""
    row = _row(exam, child_id)
    row.guardian_id = guardian_id
    row.checks = {key: checks.get(key) is True for key, *_words in CHECKS}
    if all_checked(row.checks) and row.checked_at is None:
        row.checked_at = now()
    row.save()


@transaction.atomic
def watch_code(*, exam: ExamView, child_id: int) -> str:
    """The start code for the guardian's phone; "" before the exam starts or the list is done.

    From its first showing on the child may come in with it. 3 queries.
    """
    row = _row(exam, child_id)
    if not code_shows(row.checked_at is not None, exam.starts_at, now()):
        return ""
    if row.shown_at is None:
        row.shown_at = now()
        row.save(update_fields=["shown_at"])
    return unseal(row.code, purpose=PURPOSE)


@transaction.atomic
def code_anew(*, exam: ExamView, child_id: int) -> None:
    """Another code, after too many wrong ones."""
    row = _row(exam, child_id)
    row.code, row.misses = _sealed(), 0
    row.save(update_fields=["code", "misses"])


@transaction.atomic
def class_code(*, exam: ExamView, class_id: int) -> str:
    """The code by which a teacher starts a class at home; "" before the exam starts."""
    row, _made = ClassCode.objects.get_or_create(
        exam_id=exam.id, class_id=class_id, defaults={"code": _sealed()}
    )
    if now() < exam.starts_at:
        return ""
    if row.shown_at is None:
        row.shown_at = now()
        row.save(update_fields=["shown_at"])
    return unseal(row.code, purpose=PURPOSE)


def code_enter(*, exam: ExamView, child_id: int, class_id: int, given: str) -> bool:
    """Is this the code that the guardian or the teacher was shown? Misses are counted.

    Raises Refused after ten wrong ones: then the grown-up takes a new code.
    """
    row = _row(exam, child_id)
    if row.misses >= MOST_MISSES:
        raise Refused(_("输错太多次了。请让家长在手机上换一个新的开始码。"), status=409)
    led = ClassCode.objects.filter(
        exam_id=exam.id, class_id=class_id, shown_at__isnull=False
    ).first()
    codes = [unseal(led.code, purpose=PURPOSE)] if led else []
    if row.shown_at is not None:
        codes.append(unseal(row.code, purpose=PURPOSE))
    return any([code_right(given, code) for code in codes])


@transaction.atomic
def code_missed(*, exam: ExamView, child_id: int) -> None:
    """One wrong code more."""
    row = _row(exam, child_id)
    row.misses = min(row.misses + 1, MOST_MISSES)
    row.save(update_fields=["misses"])


@transaction.atomic
def watch_sign(
    *, guardian_id: int, exam: ExamView, child_id: int, seat: Seat | None, name: str,
    said: Mapping[str, object],
) -> None:  # fmt: skip
    """How it went, with a name under it; once, after the hand-in. Raises Refused."""
    row = _row(exam, child_id)
    if seat is None or seat.submitted_at is None:
        raise Refused(_("孩子交卷以后再签字。"), status=409)
    if row.signed_at is not None:
        return
    if not name.strip():
        raise Refused(_("请写上您的名字再签字。"), status=422)
    row.guardian_id, row.signed_at, row.signed_name = guardian_id, now(), name.strip()[:60]
    row.said = {key: said.get(key) is True for key, *_words in SAYS}
    row.save()
    event_record(
        actor_id=guardian_id, subject_id=child_id, verb=Verb.EXAM_WATCHED, object_kind="exam",
        object_id=exam.id, class_id=seat.class_id, school_id=exam.school_id, purpose="guardian",
    )  # fmt: skip


def _row(exam: ExamView, child_id: int) -> Invigilation:
    row, _made = Invigilation.objects.select_for_update().get_or_create(
        exam_id=exam.id, person_id=child_id, defaults={"code": _sealed()}
    )
    return row


def _sealed() -> str:
    code = "".join(str(secrets.randbelow(10)) for _n in range(DIGITS))
    return seal(code, purpose=PURPOSE)

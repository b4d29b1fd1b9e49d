"""Two minutes of a teacher about one question: to exactly those who erred, and nobody else."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import at as at_clock
from yunke.base.clock import monday, now, today
from yunke.base.jobs import ask
from yunke.base.trouble import Refused
from yunke.craft.formats.sniff import HEAD, Found, sniff
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.practice.models import Answered, Explanation, ExplanationFor
from yunke.school.practice.values import Filming

# Two minutes of a browser's recording are some 40 MB at most.
LARGEST = 80 * 2**20
KINDS = {Found.MP4: "mp4", Found.MATROSKA: "webm"}
DAYS_BACK = 14


def folder_of(explanation_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "explanations" / str(explanation_id)


def week_end() -> datetime:
    """The instant at which the school's week is over: Sunday's midnight."""
    return at_clock(monday(today()) + timedelta(days=7), datetime.min.time())


@transaction.atomic
def explanation_send(
    *, who_id: int, class_id: int, school_id: int, question_id: int, pupil_ids: Sequence[int],
    file: UploadedFile, title: str = "",
) -> int:  # fmt: skip
    """Keep the recording and send it; gives its id.

    ``pupil_ids``: who was shown as its readers before sending. Those who err until the end of the
    week get it too (``explanations_reach``). Raises Refused for what is no film, or too large.
    """
    if not pupil_ids:
        raise Refused(_("这道题现在没有人错，讲解没有发出。"), status=422)
    kind = _checked(file)
    row = Explanation.objects.create(
        teacher_id=who_id, question_id=question_id, class_id=class_id, school_id=school_id,
        state=Filming.WAITING.value, kind=kind, size=file.size or 0, open_until=week_end(),
        file=f"{uuid.uuid4().hex}.{kind}",
    )  # fmt: skip
    _keep(file, folder_of(row.id) / row.file)
    _copies(row.id, pupil_ids)
    ask("practice.film", key=str(row.id), payload={"explanation": row.id})
    event_record(
        actor_id=who_id, verb=Verb.EXPLAINED, object_kind="question", object_id=question_id,
        class_id=class_id, school_id=school_id, title=title, result={"pupils": len(pupil_ids)},
    )  # fmt: skip
    audit_record(
        actor_id=who_id, act=Act.EXPLANATION_SENT, object_kind="explanation", object_id=row.id,
        school_id=school_id, detail={"pupils": len(pupil_ids)},
    )  # fmt: skip
    return row.id


@transaction.atomic
def explanation_withdraw(*, who_id: int, explanation_id: int) -> None:
    """It stops reaching anybody at once; its film goes with the next cleaning."""
    row = Explanation.objects.filter(
        id=explanation_id, teacher_id=who_id, withdrawn_at__isnull=True
    ).first()
    if row is None:
        raise Refused(_("没有这段讲解。"), status=404)
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at"])
    audit_record(
        actor_id=who_id, act=Act.EXPLANATION_WITHDRAWN, object_kind="explanation",
        object_id=row.id, school_id=row.school_id,
    )  # fmt: skip


def explanations_reach(wrong: Sequence[Answered]) -> int:
    """Who errs before the week is over gets the explanation too; gives how many. 2 queries."""
    pairs = {(row.class_id, row.question_id): set[int]() for row in wrong if row.class_id}
    for row in wrong:
        if row.class_id:
            pairs[row.class_id, row.question_id].add(row.person_id)
    if not pairs:
        return 0
    open_ones = Explanation.objects.filter(
        open_until__gt=now(), withdrawn_at__isnull=True,
        question__in={question for _class, question in pairs},
        class_id__in={class_id for class_id, _question in pairs},
    )  # fmt: skip
    copies = [
        ExplanationFor(explanation=one, person_id=person)
        for one in open_ones
        for person in sorted(pairs.get((one.class_id, one.question_id), set()))
    ]
    ExplanationFor.objects.bulk_create(copies, ignore_conflicts=True)
    return len(copies)


@transaction.atomic
def explanation_seen(*, who_id: int, class_id: int, school_id: int, explanation_id: int) -> None:
    """A pupil opened the own copy; the first time is kept."""
    copy = ExplanationFor.objects.filter(
        explanation=explanation_id, person=who_id, explanation__withdrawn_at__isnull=True
    ).first()
    if copy is None:
        raise Refused(_("没有这段讲解。"), status=404)
    if copy.opened_at is None:
        copy.opened_at = now()
        copy.save(update_fields=["opened_at"])
        event_record(
            actor_id=who_id, verb=Verb.EXPLANATION_SEEN, object_kind="explanation",
            object_id=explanation_id, class_id=class_id, school_id=school_id,
        )  # fmt: skip


def _copies(explanation_id: int, pupil_ids: Iterable[int]) -> None:
    ExplanationFor.objects.bulk_create(
        [
            ExplanationFor(explanation_id=explanation_id, person_id=one)
            for one in sorted(set(pupil_ids))
        ],
        ignore_conflicts=True,
    )


def _checked(file: UploadedFile) -> str:
    """The kind that the first bytes say, not the name. Raises Refused."""
    if (file.size or 0) > LARGEST:
        raise Refused(_("这段录像超过 80 MB，没有保存。请录短一点再发。"), status=422)
    kind = KINDS.get(sniff(file.read(HEAD)))
    file.seek(0)
    if kind is None:
        raise Refused(_("这不是录像文件，没有保存。请重新录一段。"), status=422)
    return kind


def _keep(file: UploadedFile, path: Path) -> None:
    """The bytes lie on the disk before the row is committed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)

"""Printed drills photographed back: read by a job, what is unclear decided by a person."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import Held, ask
from yunke.base.trouble import Refused
from yunke.craft.marking.sheets import BadPicture, SheetReading, read_sheet
from yunke.craft.marking.sheets.qr import code_in
from yunke.craft.picture.pixels import gray_of
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.door import (
    Of,
    Sent,
    attempt_open,
    attempt_opened,
    attempt_submit,
    attempts_mark,
)
from yunke.school.practice.actions.printing import layouts_of
from yunke.school.practice.models import Drill, Paper
from yunke.school.practice.rules.paper import Layout, drill_of, values_of
from yunke.school.practice.values import Reading

LARGEST = 20 * 2**20


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "papers"


@transaction.atomic
def paper_take(
    *, who_id: int, class_id: int, school_id: int, file: UploadedFile, person_id: int = 0
) -> int:
    """Keep a photograph until it is read; gives its id. ``person_id``: only this pupil's sheet may
    be on it (a pupil's own photograph). Raises Refused for an empty or too large file."""
    if not file.size or file.size > LARGEST:
        raise Refused(_("照片是空的，或者超过 20 MB，没有保存。请重新拍一张。"), status=422)
    row = Paper.objects.create(
        by_id=who_id, class_id=class_id, school_id=school_id, state=Reading.WAITING.value,
        file=uuid.uuid4().hex,
    )  # fmt: skip
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / row.file).open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    ask("practice.paper", key=str(row.id), payload={"paper": row.id, "person": person_id})
    return row.id


def paper_read(held: Held, paper_id: int, person_id: int = 0) -> None:
    """Read one photograph: a fifth of a second on one core."""
    row = Paper.objects.filter(id=paper_id, state=Reading.WAITING.value).first()
    if row is None:
        return
    cv2.setNumThreads(1)
    drill, layout, reading, reason = _looked(row, person_id)
    with held.write():
        row.drill = drill
        if reading is None or drill is None or layout is None:
            row.state, row.reason = Reading.REFUSED.value, reason
        else:
            row.answers = dict(reading.answers)
            row.unclear = list(reading.needs_person)
            row.state = (Reading.UNCLEAR if row.unclear else Reading.READ).value
            if row.state == Reading.READ.value:
                _hand_in(drill, layout, row.answers)
        row.save(update_fields=["drill", "answers", "unclear", "state", "reason"])
    if row.state != Reading.UNCLEAR.value:
        picture_drop(row)


def _looked(
    row: Paper, person_id: int
) -> tuple[Drill | None, Layout | None, SheetReading | None, str]:
    try:
        data = (folder() / row.file).read_bytes()
        code = code_in(gray_of(data)) or code_in(gray_of(data, full=True))
    except (BadPicture, OSError):
        return None, None, None, "no-picture"
    number = drill_of(code.exam) if code else 0
    if code is None or not number:
        return None, None, None, "no-code" if code is None else "other-sheet"
    drill = Drill.objects.filter(id=number, withdrawn_at__isnull=True).first()
    if drill is None or not _theirs(drill, row, person_id):
        return None, None, None, "not-yours"
    layout = layouts_of([drill]).get(drill.id)
    if layout is None:
        return None, None, None, "other-sheet"
    if _done(drill):
        return None, None, None, "already"
    reading = read_sheet(data, layout.template)
    if reading.refused is not None:
        return None, None, None, reading.refused.value
    return drill, layout, reading, ""


@transaction.atomic
def paper_decide(
    *, who_id: int, class_id: int, paper_id: int, answers: Mapping[str, str]
) -> None:  # fmt: skip
    """A person says what is filled in where the reader was unsure. "" is: nothing.

    Raises Refused for a paper of another class, or decided already (404).
    """
    row = Paper.objects.select_for_update(of=("self",)).filter(
        id=paper_id, class_id=class_id, state=Reading.UNCLEAR.value
    ).select_related("drill").first()  # fmt: skip
    if row is None or row.drill is None:
        raise Refused(_("没有这张照片，或者已经定好了。"), status=404)
    places = len(row.unclear)
    if not _done(row.drill):
        layout = layouts_of([row.drill])[row.drill_id or 0]
        decided = {place: answers.get(place, "") or None for place in row.unclear}
        row.answers = {**row.answers, **decided}
        _hand_in(row.drill, layout, row.answers)
    row.state, row.unclear = Reading.READ.value, []
    row.save(update_fields=["answers", "state", "unclear"])
    event_record(
        actor_id=who_id, subject_id=row.drill.person_id, verb=Verb.SHEET_DECIDED,
        object_kind="drill", object_id=row.drill.id, class_id=class_id, school_id=row.school_id,
        result={"places": places},
    )  # fmt: skip
    audit_record(
        actor_id=who_id, act=Act.SHEET_DECIDED, subject_id=row.drill.person_id,
        object_kind="drill", object_id=row.drill.id, school_id=row.school_id,
        detail={"places": places},
    )  # fmt: skip
    transaction.on_commit(lambda: picture_drop(row))


def _theirs(drill: Drill, row: Paper, person_id: int) -> bool:
    """One's own drill wherever one learns now; for a teacher, a drill of the class."""
    return drill.person_id == person_id if person_id else drill.class_id == row.class_id


def _done(drill: Drill) -> bool:
    """Handed in, also where nobody has followed it yet."""
    opened = attempt_opened(drill.person_id, Of.DRILL, drill.id)
    return drill.done_at is not None or (opened is not None and opened.submitted_at is not None)


def _hand_in(drill: Drill, layout: Layout, marks: Mapping[str, Any]) -> None:
    """The sheet is the pupil's attempt at the drill, of the questions that stood on it."""
    values = values_of(layout.printed, marks)
    attempt_id = attempt_open(
        person_id=drill.person_id, class_id=drill.class_id, school_id=drill.school_id,
        of=Of.DRILL, of_id=drill.id, order=[one.question_id for one in layout.printed],
    )  # fmt: skip
    opened = attempt_opened(drill.person_id, Of.DRILL, drill.id)
    asked = set(opened.order) if opened else set()
    seq = (opened.seq if opened else 0) + 1
    sent = [Sent(q, value, seq) for q, value in values.items() if value is not None and q in asked]
    attempt_submit(
        who_id=drill.person_id, attempt_id=attempt_id, answers=sent, key=f"paper-drill-{drill.id}"
    )
    attempts_mark([attempt_id])
    drill.done_at = now()
    drill.save(update_fields=["done_at"])


def picture_drop(row: Paper) -> None:
    """The photograph has done its work."""
    if row.file:
        (folder() / row.file).unlink(missing_ok=True)

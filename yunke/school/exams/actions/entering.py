"""What is sure goes into the pupils' attempts, whole sheets only; marked by rule right away."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from yunke.base.clock import now
from yunke.school.attempts.door import (
    Of,
    Sent,
    attempt_open,
    attempt_submit,
    attempts_mark,
)
from yunke.school.exams.actions.papers import paper_open
from yunke.school.exams.models import Exam, Field, ScanPage, Sheet, Sitting
from yunke.school.exams.reads.led import question_ids
from yunke.school.exams.rules.layout import answer_of
from yunke.school.exams.values.paper import PageState, Way


def sheets_enter(exam_id: int, sheet_ids: Iterable[int] | None = None) -> list[int]:
    """Enter every sheet of the exam of which each page is sure; gives their ids.

    A sheet enters once; one transaction each. Nothing enters before the paper is open.
    """
    exam = Exam.objects.get(id=exam_id)
    if exam.starts_at > now():
        return []
    with transaction.atomic():
        paper_open(exam.paper_id)
    questions = question_ids(exam)
    rows = Sheet.objects.filter(
        layout__exam_id=exam_id, person__isnull=False, entered_at__isnull=True, pages__isnull=False
    )
    if sheet_ids is not None:
        rows = rows.filter(id__in=list(sheet_ids))
    ids = list(rows.distinct().values_list("id", flat=True))
    entered = [number for number in ids if _enter(exam, number, questions)]
    attempts = Sheet.objects.filter(id__in=entered).values_list("attempt_id", flat=True)
    attempts_mark(list(attempts))
    return entered


@transaction.atomic
def _enter(exam: Exam, sheet_id: int, questions: dict[int, int]) -> bool:
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("layout")
    sheet = rows.filter(id=sheet_id, entered_at__isnull=True, person__isnull=False).first()
    pages = clear_pages(sheet) if sheet else None
    if sheet is None or sheet.person_id is None or pages is None:
        return False
    if _entered_otherwise(sheet):
        return False
    values = values_of(sheet, pages)
    order = [questions[position] for position in sorted(questions)]
    attempt = attempt_open(
        person_id=sheet.person_id, class_id=sheet.class_id, school_id=exam.school_id,
        of=Of.EXAM, of_id=exam.id, order=order,
    )  # fmt: skip
    attempt_submit(
        who_id=sheet.person_id, attempt_id=attempt, key=f"sheet-{sheet.id}-{exam.id}-paper",
        answers=[
            Sent(questions[position], value, 1)
            for position, value in values.items()
            if position in questions
        ],
    )  # fmt: skip
    Sitting.objects.get_or_create(
        exam=exam, person_id=sheet.person_id,
        defaults={"class_id": sheet.class_id, "attempt_id": attempt, "started_at": exam.starts_at},
    )  # fmt: skip
    sheet.entered_at, sheet.attempt_id = now(), attempt
    sheet.save(update_fields=["entered_at", "attempt_id"])
    return True


def _entered_otherwise(sheet: Sheet) -> bool:
    """The pupil's answers came in already, by a sheet of another layout."""
    others = Sheet.objects.filter(layout__exam_id=sheet.layout.exam_id, entered_at__isnull=False)
    return others.filter(person=sheet.person).exists()


def clear_pages(sheet: Sheet) -> list[ScanPage] | None:
    """One sure picture of each page that is not lacking; None while one is missing or asks."""
    rows = list(
        ScanPage.objects.filter(sheet=sheet).exclude(
            state__in=(PageState.SAME.value, PageState.ASIDE.value)
        )
    )
    if any(row.state == PageState.ASKS for row in rows):
        return None
    found = {row.number: row for row in rows}
    # A page that came in after all counts, whatever somebody said before.
    due = set(range(1, sheet.layout.pages + 1)) - (set(sheet.lacking) - found.keys())
    return [found[number] for number in sorted(due)] if due <= found.keys() else None


def values_of(sheet: Sheet, pages: list[ScanPage]) -> dict[int, Any]:
    """Position → answer, as the marking takes it. A field of handwriting is ``{"field": id}``,
    which no rule reads: a person does. What stands on a page that is lacking is left out.
    """
    fields = {
        field.item: field.id for field in Field.objects.filter(page__in=[page.id for page in pages])
    }
    marks = {item: mark for page in pages for item, mark in page.marks.items()}
    values: dict[int, Any] = {}
    for item, place in sheet.layout.places.items():
        if place["way"] == Way.WRITING:
            if item in fields:
                values[place["position"]] = {"field": fields[item]}
        elif item in marks:
            values[place["position"]] = answer_of(place, marks[item])
    return values

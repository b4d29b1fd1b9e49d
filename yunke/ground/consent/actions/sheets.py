"""A signed form: a no counts at once, a yes after a second person saw the paper."""

from datetime import date

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.audit.door import second_ask, second_decide, second_use
from yunke.ground.consent.actions.answers import Paper, answer_record
from yunke.ground.consent.models import Sheet
from yunke.ground.consent.rules.switches import switch_of
from yunke.ground.consent.values import Answer, Standing, Subject

KIND = "consent.paper"


@transaction.atomic
def sheet_enter(
    *,
    who_id: int,
    subject: Subject,
    class_id: int,
    school_id: int,
    relation: str,
    paper_on: date,
    answers: dict[str, str],
    language: str,
) -> bool:
    """Type in a form (switch → "given" or "refused"). True when a yes waits for a second look."""
    sheet = Sheet(
        person_id=subject.id,
        class_id=class_id,
        relation=relation,
        paper_on=paper_on,
        answers=answers,
        entered_by=who_id,
        language=language,
    )
    _write(sheet, subject, {key: said for key, said in answers.items() if said == "refused"})
    waits = "given" in answers.values()
    if not waits:
        sheet.done_at = now()
    sheet.save()
    if waits:
        sheet.second_id = second_ask(
            who_id=who_id,
            kind=KIND,
            page=f"/consent/sheet/{sheet.id}",
            reason=paper_on.isoformat(),
            about={"sheet": sheet.id, "class": class_id},
            org_id=school_id,
            right="consent.paper",
        )
        sheet.save(update_fields=["second_id"])
    return waits


@transaction.atomic
def sheet_decide(*, sheet_id: int, who_id: int, subject: Subject, given: bool, reason: str) -> None:
    """The second person saw the paper: its yes counts from now on. Raises Refused for the one
    who typed it in, and when somebody decided before.
    """
    sheet = Sheet.objects.select_for_update().get(id=sheet_id)
    second_decide(id=sheet.second_id, who_id=who_id, given=given, reason=reason)
    if given:
        second_use(sheet.second_id, KIND)
        _write(sheet, subject, {key: s for key, s in sheet.answers.items() if s == "given"})
    sheet.done_at, sheet.refused = now(), not given
    sheet.save(update_fields=["done_at", "refused"])


def _write(sheet: Sheet, subject: Subject, answers: dict[str, str]) -> None:
    for key, said in answers.items():
        switch = switch_of(key)
        if switch is not None:
            answer_record(
                by_id=0,
                subject=subject,
                switch=switch,
                answer=Answer(said),
                standing=Standing.GUARDIAN,
                language=sheet.language,
                version=switch.version,
                relation=sheet.relation,
                paper=Paper(sheet.paper_on, sheet.entered_by),
            )

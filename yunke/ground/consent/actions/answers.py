"""Saying yes, no or "not any more": a line of the ledger, its word, the audit and the event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.consent.actions.erasing import begin_ask, erasure_ask
from yunke.ground.consent.models import Consent, Word, Wording
from yunke.ground.consent.rules.deciding import NO, is_old_enough
from yunke.ground.consent.rules.switches import is_asked, wording_hash
from yunke.ground.consent.values import Answer, Standing, Subject, Switch
from yunke.ground.lake.door import Verb, event_record

VERBS = {
    Answer.GIVEN: Verb.CONSENT_GIVEN,
    Answer.REFUSED: Verb.CONSENT_REFUSED,
    Answer.WITHDRAWN: Verb.CONSENT_WITHDRAWN,
    Answer.ASKING: Verb.CONSENT_ASKED,
}
ACTS = {
    Answer.GIVEN: Act.CONSENT_GIVEN,
    Answer.REFUSED: Act.CONSENT_REFUSED,
    Answer.WITHDRAWN: Act.CONSENT_WITHDRAWN,
}


@dataclass(frozen=True)
class Paper:
    """A signed form: the date on it and who of the school typed it in."""

    signed_on: date
    entered_by: int


@transaction.atomic
def answer_record(
    *,
    by_id: int,
    subject: Subject,
    switch: Switch,
    answer: Answer,
    standing: Standing,
    language: str,
    version: int,
    relation: str = "",
    paper: Paper | None = None,
) -> int:
    """Write one answer and give the number of its line; it counts from the next request on.

    The caller has checked that ``by_id`` may speak for ``subject`` in this standing. Raises
    Refused when the words changed since they were read (``version``), and for a yes that the
    profile or the age does not allow; a no is always taken.
    """
    if answer not in NO:
        _may_be_asked(switch, subject, version)
    until = (paper.signed_on if paper else today()) + timedelta(days=switch.days)
    line = Consent.objects.create(
        person_id=subject.id,
        purpose=switch.purpose.value,
        kind=switch.kind.value,
        answer=answer.value,
        by_id=by_id,
        standing=standing.value,
        relation=relation[:20],
        wording=_wording_keep(switch, language),
        version=switch.version,
        language=language[:10],
        profile=settings.PROFILE,
        until=until,
        paper_on=paper.signed_on if paper else None,
        entered_by=paper.entered_by if paper else 0,
    )
    _word_keep(line, subject.is_staff)
    _tell(line, switch, answer, standing)
    if answer in NO:
        erasure_ask(line.id, subject.id, switch.purpose, switch.kind)
    elif answer == Answer.GIVEN:
        begin_ask(line.id, subject.id, switch.purpose, switch.kind)
    return line.id


def _may_be_asked(switch: Switch, subject: Subject, version: int) -> None:
    if version != switch.version:
        raise Refused(
            _("说明刚刚换了新的写法。请再读一遍，再选一次；你的选择还没有改动。"), status=422
        )
    if not is_asked(switch, settings.PROFILE):
        raise Refused(_("这一项在这里不使用。什么都没有改动。"), status=422)
    if not switch.task and not is_old_enough(switch, subject, today()):
        raise Refused(_("年龄还太小，这一项现在不能打开。什么都没有改动。"), status=422)


def _wording_keep(switch: Switch, language: str) -> str:
    text = switch.wording(language)
    found = wording_hash(text)
    Wording.objects.get_or_create(
        hash=found,
        defaults={
            "purpose": switch.purpose.value,
            "kind": switch.kind.value,
            "version": switch.version,
            "language": "en" if language.startswith("en") else "zh",
            "text": text,
        },
    )
    return found


def _word_keep(line: Consent, is_staff: bool) -> None:
    Word.objects.update_or_create(
        person_id=line.person_id,
        purpose=line.purpose,
        kind=line.kind,
        by_id=line.by_id,
        standing=line.standing,
        defaults={
            "is_staff": is_staff,
            "answer": line.answer,
            "version": line.version,
            "profile": line.profile,
            "until": line.until,
            "said_at": line.made_at,
        },
    )


def _tell(line: Consent, switch: Switch, answer: Answer, standing: Standing) -> None:
    """Audit and event. Of a guardian's answer they do not name the child: the other guardian, who
    may read what concerns the child, would see whose no it is. The ledger itself knows.
    """
    subject = line.person_id if standing == Standing.SELF else 0
    actor = line.entered_by or line.by_id
    if answer in ACTS:
        audit_record(
            actor_id=actor,
            act=ACTS[answer],
            subject_id=subject,
            object_kind="consent",
            object_id=line.id,
            detail={"switch": switch.key, "paper": line.paper_on is not None},
        )
    event_record(
        actor_id=actor,
        verb=VERBS[answer],
        object_kind="consent",
        object_id=line.id,
        title=switch.name,
        subject_id=subject,
        purpose="safety",
    )


@transaction.atomic
def words_rebuild(lines: Iterable[Consent] | None = None) -> int:
    """Make every last word anew from the ledger, as after a restore; gives how many there are."""
    staff = set(Word.objects.filter(is_staff=True).values_list("person_id", flat=True))
    Word.objects.all().delete()
    for line in lines or Consent.objects.order_by("made_at", "id").iterator():
        _word_keep(line, line.person_id in staff)
    return Word.objects.count()

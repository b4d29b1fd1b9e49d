"""A person's switches and their history, as one of those who decide may read them."""

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from yunke.base.clock import today
from yunke.ground.consent.models import Consent, Word, Wording
from yunke.ground.consent.reads.holding import is_alone, stand_of, words_with_ties
from yunke.ground.consent.rules.deciding import state_of
from yunke.ground.consent.rules.switches import switches_in
from yunke.ground.consent.values import (
    Answer,
    Line,
    Shown,
    Stand,
    Standing,
    State,
    Subject,
    Switch,
)
from yunke.ground.people.door import Stage, birthday_of, stage_of

Said = tuple[Stand, datetime]


def subject_of(person_id: int, *, is_staff: bool, grade: int) -> Subject:
    """The person as the rules want it. One query."""
    born, day = birthday_of(person_id), today()
    stage = stage_of(born, day, settings.PROFILE)
    return Subject(
        person_id,
        is_staff=is_staff,
        alone=is_alone(is_staff=is_staff, born_on=born, day=day),
        own_voice=stage != Stage.CHILD,
        born_on=born,
        grade=grade,
    )


def shown_of(subject: Subject, reader_id: int) -> list[Shown]:
    """Every switch about ``subject`` as ``reader_id`` may see it: never who else said no.

    One query.
    """
    said: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for row in words_with_ties(Word.objects.filter(person_id=subject.id)):
        said[row.purpose, row.kind].append((stand_of(row), row.said_at))
    table = switches_in(settings.PROFILE, staff=subject.is_staff)
    return [_shown(s, said[s.purpose.value, s.kind.value], subject, reader_id) for s in table]


def _shown(switch: Switch, said: list[Said], subject: Subject, reader_id: int) -> Shown:
    stands = [stand for stand, _at in said]
    state = state_of(stands, switch, subject, profile=settings.PROFILE, day=today())
    mine = next(((s, at) for s, at in said if s.by_id == reader_id), None)
    return Shown(
        switch=switch,
        state=state,
        mine=mine[0].answer if mine else None,
        since=mine[1] if mine else None,
        until=mine[0].until if mine and mine[0].answer == Answer.GIVEN else None,
        may=state != State.TOO_YOUNG,
        child_asks=any(s.standing == Standing.SELF and s.answer == Answer.ASKING for s in stands),
    )


def lines_of(person_id: int, switch: Switch, reader_id: int) -> list[Line]:
    """The ledger of one switch, newest first: the reader's own lines and the person's own.

    What another guardian said stays with that one. One query.
    """
    rows = Consent.objects.filter(
        Q(by_id=reader_id) | Q(standing=Standing.SELF.value) | Q(by_id=0),
        person_id=person_id,
        purpose=switch.purpose.value,
        kind=switch.kind.value,
    ).order_by("-made_at", "-id")
    return [
        Line(
            at=row.made_at,
            answer=Answer(row.answer),
            by_me=row.by_id == reader_id,
            standing=Standing(row.standing),
            relation=row.relation,
            version=row.version,
            language=row.language,
            wording=row.wording,
            until=row.until,
            paper_on=row.paper_on,
        )
        for row in rows[:100]
    ]


def wording_text(hash: str) -> str:
    """The words that were agreed to under this hash, "" when nobody ever was asked in them."""
    return Wording.objects.filter(hash=hash).values_list("text", flat=True).first() or ""

"""Is a switch on? The question that is asked before anything is taken of anybody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from yunke.base.clock import today
from yunke.ground.consent.models import Word
from yunke.ground.consent.rules.deciding import holds
from yunke.ground.consent.rules.switches import is_asked, switch_for
from yunke.ground.consent.values import Answer, DataKind, Purpose, Stand, Standing
from yunke.ground.people.door import Stage, born_of, guards, is_here, stage_of

MOST = 5000  # ids in one query


def consents(person_id: int, purpose: Purpose, kind: DataKind) -> bool:
    """May this be taken of this person, for this, now? One query by index; unknown is no."""
    return person_id in consents_of((person_id,), purpose, kind)


def consents_of(people: Iterable[int], purpose: Purpose, kind: DataKind) -> frozenset[int]:
    """Those of ``people`` of whom it may be taken now. One query for each 5,000. Of a task of the
    school it is everybody of whom nobody said no.

    Nothing is kept between two calls: who withdraws, leaves or is no guardian any more is out on
    the next one.
    """
    switch = switch_for(purpose, kind)
    if switch is None or not is_asked(switch, settings.PROFILE):
        return frozenset()
    day, found = today(), set()
    for ids in _parts(people):
        rows = Word.objects.filter(person_id__in=ids, purpose=purpose.value, kind=kind.value)
        heard = _heard(rows if switch.task else rows.filter(is_here("person_id")), day)
        found |= set(ids) - set(heard) if switch.task else set()
        for person, (stands, alone) in heard.items():
            if holds(stands, switch, alone=alone, profile=settings.PROFILE, day=day):
                found.add(person)
    return frozenset(found)


def words_with_ties(rows: "QuerySet[Word]") -> "QuerySet[Word]":
    """The rows with ``tied`` (is its guardian still bound?) and ``born`` beside them."""
    return rows.annotate(tied=guards("by_id", "person_id"), born=born_of("person_id"))


def is_alone(*, is_staff: bool, born_on: date | None, day: date) -> bool:
    """Staff and grown-up pupils decide alone."""
    return is_staff or stage_of(born_on, day, settings.PROFILE) == Stage.ADULT


def stand_of(row: Any) -> Stand:
    """``row``: of ``words_with_ties``."""
    standing = Standing(row.standing)
    return Stand(
        by_id=row.by_id,
        standing=standing,
        answer=Answer(row.answer),
        version=row.version,
        profile=row.profile,
        until=row.until,
        bound=bool(row.tied) or standing == Standing.SELF or not row.by_id,
    )


def _heard(rows: "QuerySet[Word]", day: date) -> dict[int, tuple[list[Stand], bool]]:
    heard: dict[int, list[Stand]] = defaultdict(list)
    alone: dict[int, bool] = {}
    for row in words_with_ties(rows):
        heard[row.person_id].append(stand_of(row))
        alone[row.person_id] = is_alone(
            is_staff=row.is_staff,
            born_on=row.born,  # type: ignore[attr-defined]
            day=day,
        )
    return {person: (stands, alone[person]) for person, stands in heard.items()}


def _parts(people: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(people)
    while part := list(islice(rest, MOST)):
        yield part

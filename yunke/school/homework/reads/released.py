"""Which attempts have come back to their pupils, key and all: for the room above that follows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.db.models.functions import Coalesce

from yunke.base.clock import now
from yunke.school.attempts.door import Of, handed_of
from yunke.school.homework.models import Desk, Homework, HomeworkFor, Returned
from yunke.school.homework.values import Reveal

if TYPE_CHECKING:
    from django.db.models import QuerySet


def attempts_released(attempt_ids: Iterable[int]) -> set[int]:
    """Of these attempts, those whose marks and key their pupils may know: given back, or marked by
    rule at once; the key open; nothing asked to be corrected that was not given back again.
    5 queries."""
    handed = {n: one for n, one in handed_of(attempt_ids).items() if one.of is Of.HOMEWORK}
    open_ones = _key_open({one.of_id for one in handed.values()})
    rows = Returned.objects.filter(attempt_id__in=list(handed))
    back = {row.attempt_id: row for row in rows}
    copies = {row.copy_id for row in back.values()}
    newest = dict(
        Returned.objects.filter(copy__in=copies).values_list("copy_id").annotate(Max("number"))
        .order_by()
    )  # fmt: skip
    found = set()
    for number, one in handed.items():
        row = back.get(number)
        settled = row is not None and (not row.correct or newest[row.copy_id] > row.number)
        if one.of_id in open_ones and (settled or (row is None and open_ones[one.of_id])):
            found.add(number)
    return found


def _key_open(homework_ids: set[int]) -> dict[int, bool]:
    """The homeworks whose key is open to who handed in, and whether rules settle all of it."""
    last = dict(
        HomeworkFor.objects.filter(homework__in=homework_ids).values_list("homework_id")
        .annotate(last=Max(Coalesce("due_at", "homework__due_at"))).order_by()
    )  # fmt: skip
    rows = Homework.objects.filter(id__in=homework_ids, withdrawn_at__isnull=True)
    moment = now()
    return {
        row.id: row.at_once
        for row in rows
        if row.reveal == Reveal.HANDED_IN or moment > max(row.due_at, last.get(row.id, row.due_at))
    }


def marks_told(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of rows of marks, those that their pupils may know. 6 queries."""
    of_homework = rows.filter(reply__attempt__of=Of.HOMEWORK.value)
    attempts = set(of_homework.order_by().values_list("reply__attempt_id", flat=True))
    return rows.exclude(reply__attempt_id__in=attempts - attempts_released(attempts))


def desks_told(rows: "QuerySet[Desk]") -> "QuerySet[Desk]":
    """Of what teachers wrote on attempts, what was given back."""
    return rows.filter(attempt_id__in=Returned.objects.values("attempt_id"))

"""Who prepared: names of those who handed in a task before a lesson, and of those who did not."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from yunke.ground.people.door import PersonName, names_of
from yunke.school.attempts.door import Of, handed_in_by
from yunke.school.homework.models import HomeworkFor


@dataclass(frozen=True)
class Prepared:
    done: tuple[PersonName, ...] = ()
    open: tuple[PersonName, ...] = ()


def prepared_of(homework_ids: Collection[int]) -> dict[int, Prepared]:
    """By homework, of every one asked for. 3 queries at any number of tasks and pupils."""
    given: dict[int, set[int]] = defaultdict(set)
    copies = HomeworkFor.objects.filter(homework__in=homework_ids)
    for homework_id, pupil_id in copies.values_list("homework_id", "pupil_id"):
        given[homework_id].add(pupil_id)
    names = names_of({one for pupils in given.values() for one in pupils})
    by_name = sorted(names.values(), key=lambda one: (one.name, one.id))
    handed = handed_in_by(Of.HOMEWORK, homework_ids)
    return {one: _prepared(by_name, given[one], handed.get(one, set())) for one in homework_ids}


def _prepared(by_name: list[PersonName], given: set[int], handed: set[int]) -> Prepared:
    own = [one for one in by_name if one.id in given]
    return Prepared(
        tuple(one for one in own if one.id in handed),
        tuple(one for one in own if one.id not in handed),
    )

"""From released answers to error books and estimates, a few hundred pupils at a time.

``people_derive`` gives the same rows whether the answers came one by one or all at once: a pupil
whose answers came in the order of time goes on from where the estimates stand; anybody else is
worked out anew. Cost: 9 queries for each ``PEOPLE`` pupils and 500 rows written.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from yunke.base.clock import now
from yunke.ground.consent.door import consents_of
from yunke.school.library.door import kinds_of, subjects_of
from yunke.school.practice.actions.explaining import explanations_reach
from yunke.school.practice.models import (
    Answered,
    ErrorEntry,
    Learnt,
    Mastery,
    Word,
)
from yunke.school.practice.reads.book import LEARNING
from yunke.school.practice.rules.book import cause_of, page_of
from yunke.school.practice.rules.folding import due_of, fold, order_of
from yunke.school.practice.rules.release import released_of
from yunke.school.practice.values import Moved, Origin, PointState, Source, Try

PEOPLE = 200
CLOSED = 5000


def answers_release(most: int = CLOSED) -> int:
    """Open what the rooms below have released since; gives how many attempts. 3 queries a kind."""
    opened = 0
    for source in (Source.HOMEWORK, Source.EXAM):
        closed = Answered.objects.filter(source=source.value, released_at__isnull=True)
        # The newest first: what is never released must not stand in the way of what is.
        ids = list(closed.order_by("-attempt_id").values_list("attempt_id", flat=True).distinct())
        for at in range(0, len(ids), most):
            found = released_of(source, ids[at : at + most])
            for part in _parts(sorted(found), 500):
                closed.filter(attempt_id__in=part).update(released_at=now(), counted=False)
            opened += len(found)
    return opened


def release_waits() -> bool:
    """Are there marked answers whose pupil does not know the mark yet? 1 query by index."""
    rows = Answered.objects.filter(released_at__isnull=True)
    return rows.filter(source__in=[Source.HOMEWORK, Source.EXAM]).exists()


def people_waiting(most: int = PEOPLE) -> list[int]:
    """Pupils with released answers that are not in their estimates yet. 1 query by index."""
    rows = Answered.objects.filter(Q(released_at__isnull=False, counted=False) | Q(anew=True))
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct()[:most])


@transaction.atomic
def people_derive(person_ids: Iterable[int]) -> int:
    """Bring these pupils' error books and estimates up to their answers; gives how many answers."""
    people = sorted(set(person_ids))
    changed = Answered.objects.filter(person__in=people, anew=True)
    people_forget(sorted(set(changed.values_list("person_id", flat=True))))
    fresh = list(
        Answered.objects.filter(person__in=people, released_at__isnull=False, counted=False)
        .order_by("at", "id")
    )  # fmt: skip
    if not fresh:
        return 0
    books_write(fresh)
    inferred = consents_of(people, *LEARNING)
    _estimate([row for row in fresh if row.person_id in inferred])
    for part in _parts([row.id for row in fresh], 500):
        Answered.objects.filter(id__in=part).update(counted=True)
    explanations_reach([row for row in fresh if not row.right])
    return len(fresh)


def people_forget(person_ids: Sequence[int]) -> None:
    """What was derived of these pupils goes; it is made anew from their answers. 3 queries."""
    if person_ids:
        ErrorEntry.objects.filter(person__in=person_ids).delete()
        Mastery.objects.filter(person__in=person_ids).delete()
        Answered.objects.filter(person__in=person_ids).update(counted=False, anew=False)


@transaction.atomic
def people_rederive(person_ids: Iterable[int]) -> None:
    """Everything of these pupils anew, from their answers alone."""
    people = sorted(set(person_ids))
    people_forget(people)
    people_derive(people)


def estimates_begin(person_id: int) -> None:
    """The no was taken back: worked out anew, from all answers."""
    if consents_of((person_id,), *LEARNING):
        people_rederive([person_id])


def estimates_erase(person_id: int) -> int:
    """Somebody said no: what was estimated goes, unless the no was taken back since. The error
    book and the drills stay."""
    if consents_of((person_id,), *LEARNING):
        return 0
    return Mastery.objects.filter(person=person_id).delete()[0]


def books_write(touched: Sequence[Answered]) -> None:
    """The error book's pages of these pupils and questions, from all of their answers."""
    pairs = {(row.person_id, row.question_id) for row in touched}
    people, questions = {p for p, _q in pairs}, {q for _p, q in pairs}
    tries: dict[tuple[int, int], list[Answered]] = defaultdict(list)
    every = Answered.objects.filter(
        person__in=people, question__in=questions, released_at__isnull=False
    )
    for row in every.order_by("at", "id"):
        tries[row.person_id, row.question_id].append(row)
    words = _words(people, questions)
    learnt = {
        (row.question_id, row.value, row.school_id): row.cause
        for row in Learnt.objects.filter(question__in=questions)
    }
    subjects, kinds = subjects_of(questions), kinds_of(questions)
    entries = []
    for pair in sorted(pairs):
        entry = _entry(pair, tries[pair], words.get(pair, []), learnt, kinds.get(pair[1], ""))
        if entry is not None:
            entry.subject = subjects.get(pair[1], "")
            entries.append(entry)
    gone = pairs - {(one.person_id, one.question_id) for one in entries}
    _pages_gone(gone)
    fields = [
        "class_id", "school_id", "subject", "points", "state", "times", "first_at", "last_at",
        "value", "cause", "origin", "own_word", "due_at",
    ]  # fmt: skip
    ErrorEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["person", "question"],
        update_fields=fields, batch_size=500,
    )  # fmt: skip


def _pages_gone(pairs: set[tuple[int, int]]) -> None:
    """A mark was changed and nothing is wrong any more."""
    if pairs:
        rows = ErrorEntry.objects.filter(
            person__in={p for p, _q in pairs}, question__in={q for _p, q in pairs}
        )
        gone = [row.id for row in rows if (row.person_id, row.question_id) in pairs]
        ErrorEntry.objects.filter(id__in=gone).delete()


def _entry(
    pair: tuple[int, int], rows: list[Answered], said: list[Word],
    learnt: dict[tuple[int, str, int], str],
    kind: str,
) -> ErrorEntry | None:  # fmt: skip
    page = page_of(Try(row.id, row.at, row.right, row.value, tuple(row.causes)) for row in rows)
    if page is None:
        return None
    last = rows[-1]
    # What was said before the newest error was said about an earlier one.
    words = {Origin(word.origin): word.cause for word in said if word.made_at >= page.last_at}
    schools = (max(row.school_id for row in rows), 0)
    taught = next((t for s in schools if (t := learnt.get((pair[1], page.value, s)))), "")
    cause = cause_of(page.causes, words, taught, kind)
    return ErrorEntry(
        person_id=pair[0], question_id=pair[1], class_id=last.class_id, school_id=schools[0],
        points=last.points, state=page.state.value, times=page.times, first_at=page.first_at,
        last_at=page.last_at, value=page.value, cause=cause.cause[:120] if cause else "",
        origin=cause.origin.value if cause else "", own_word=words.get(Origin.PUPIL, ""),
        due_at=page.due_at,
    )  # fmt: skip


def _words(people: Iterable[int], questions: Iterable[int]) -> dict[tuple[int, int], list[Word]]:
    """What was said on each pupil's question, the newest last."""
    found: dict[tuple[int, int], list[Word]] = defaultdict(list)
    rows = Word.objects.filter(person__in=list(people), question__in=list(questions))
    for row in rows.order_by("id"):
        found[row.person_id, row.question_id].append(row)
    return found


def _estimate(fresh: Sequence[Answered]) -> None:
    people = {row.person_id for row in fresh}
    if not people:
        return
    anew = _out_of_order(fresh, people)
    Mastery.objects.filter(person__in=anew).delete()
    rows = [row for row in fresh if row.person_id not in anew]
    if anew:
        every = Answered.objects.filter(person__in=anew, released_at__isnull=False)
        rows += list(every.order_by("at", "id"))
    known = {
        (one.person_id, one.point_id): one
        for one in Mastery.objects.filter(person__in=people - anew)
    }
    states: dict[int, dict[int, PointState]] = defaultdict(dict)
    for (person, point), held in known.items():
        states[person][point] = state_of(held)
    seats: dict[tuple[int, int], int] = {}
    for row in sorted(rows, key=lambda one: (one.person_id, *order_of(one.at, one.id))):
        after = fold(
            states[row.person_id], row.points, answered_id=row.id, at=row.at, right=row.right,
            hardness=row.hardness,
        )  # fmt: skip
        states[row.person_id].update(after)
        seats.update({(row.person_id, point): row.class_id for point in after})
    moment = now()
    made = [_row(pair, states[pair[0]][pair[1]], seat, moment) for pair, seat in seats.items()]
    Mastery.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["person", "point"], batch_size=500,
        update_fields=["class_id", "level", "doubt", "answers", "last", "line", "tries", "moves",
                       "due_at", "changed_at"],
    )  # fmt: skip


def _out_of_order(fresh: Sequence[Answered], people: set[int]) -> set[int]:
    """Pupils of whom a counted answer is as late as a new one, or later."""
    counted = Answered.objects.filter(person__in=people, counted=True)
    last = dict(counted.values_list("person_id").annotate(Max("at")).order_by())
    return {r.person_id for r in fresh if (at := last.get(r.person_id)) and r.at <= at}


def state_of(row: Mastery) -> PointState:
    return PointState(
        row.level, row.doubt, row.answers, row.last, row.line,
        [(at, right) for at, right in row.tries], [Moved(*move) for move in row.moves],
    )  # fmt: skip


def _row(pair: tuple[int, int], state: PointState, class_id: int, at: datetime) -> Mastery:
    return Mastery(
        person_id=pair[0], point_id=pair[1], class_id=class_id, level=state.level,
        doubt=state.doubt, answers=state.answers, last=state.last, line=state.line,
        tries=[list(one) for one in state.tries],
        moves=[[m.answered_id, m.change, m.before, m.after] for m in state.moves],
        due_at=due_of(state.tries), changed_at=at,
    )  # fmt: skip


def _parts(ids: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))

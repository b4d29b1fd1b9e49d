"""A question that a class answers now: on phones, or with cards that a teacher's phone reads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.marking.cards import MOST_CARDS
from yunke.craft.marking.marks import mark
from yunke.ground.lake.door import Verb, event_record
from yunke.school.library.door import items_of, kinds_of
from yunke.school.practice.actions.following import answered_keep
from yunke.school.practice.models import Card, LiveAnswer, LiveQuestion
from yunke.school.practice.rules.answers import kept, short
from yunke.school.practice.values import Source, Told, Way

# Kinds with few answers to choose from; the others have no histogram.
KINDS = frozenset({"choice", "multiple", "true-false", "number"})


@transaction.atomic
def live_start(*, who_id: int, class_id: int, school_id: int, question_id: int) -> int:
    """Ask the class; what it was asked before ends. Gives the id; asked again it is the same.

    Raises Refused for a question that has no histogram.
    """
    if kinds_of([question_id]).get(question_id) not in KINDS or not items_of([question_id]):
        raise Refused(_("这种题不能在课上一起答。选择、判断或数字题可以。"), status=422)
    running = LiveQuestion.objects.select_for_update().filter(
        class_id=class_id, ended_at__isnull=True
    )
    for row in running:
        if row.question_id == question_id and row.teacher_id == who_id and row.shown_at is None:
            return row.id
        _end(row)
    live = LiveQuestion.objects.create(
        class_id=class_id, school_id=school_id, teacher_id=who_id, question_id=question_id
    )
    event_record(
        actor_id=who_id, verb=Verb.LIVE_ASKED, object_kind="live", object_id=live.id,
        class_id=class_id, school_id=school_id, result={"question": question_id},
    )  # fmt: skip
    return live.id


@transaction.atomic
def live_answer(*, who_id: int, live_id: int, class_id: int, school_id: int, value: Any) -> None:
    """A pupil of the class answers, as often as the question stands; the last answer counts."""
    live = LiveQuestion.objects.filter(id=live_id, class_id=class_id).first()
    if live is None:
        raise Refused(_("没有这道课上的题。"), status=404)
    if live.shown_at or live.ended_at:
        raise Refused(_("老师已经收题了，这次没有算上。"), status=409)
    if value in (None, "", [], {}) or not kept(value) or len(short(value)) >= 200:
        raise Refused(_("还没有答案，什么都没有保存。"), status=422)
    LiveAnswer.objects.update_or_create(
        live=live, person_id=who_id, defaults={"value": value, "way": Way.PHONE.value}
    )
    event_record(
        actor_id=who_id, verb=Verb.LIVE_ANSWERED, object_kind="live", object_id=live_id,
        class_id=class_id, school_id=school_id,
    )  # fmt: skip


@transaction.atomic
def cards_count(*, who_id: int, live_id: int, letters: Mapping[int, str]) -> int:
    """What the teacher's phone saw: card number → letter. Gives how many cards belong to the class.

    A card held up again with another letter changes the answer. 4 queries.
    """
    live = LiveQuestion.objects.filter(
        id=live_id, teacher_id=who_id, shown_at__isnull=True, ended_at__isnull=True
    ).first()
    if live is None:
        raise Refused(_("没有这道课上的题，或者已经收题了。"), status=404)
    options = _letters(live.question_id)
    rows = [
        LiveAnswer(
            live=live, person_id=card.person_id, value=options[letters[card.number]],
            way=Way.CARD.value,
        )
        for card in Card.objects.filter(class_id=live.class_id, number__in=list(letters))
        if letters[card.number] in options
    ]  # fmt: skip
    LiveAnswer.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["live", "person"],
        update_fields=["value", "way"],
    )  # fmt: skip
    return len(rows)


def _letters(question_id: int) -> dict[str, Any]:
    """Which answer each letter of a card stands for."""
    item = items_of([question_id])[question_id]
    kind = item.kind.value
    if kind == "true-false":
        return {"A": True, "B": False}
    options = getattr(item.key, "options", ())
    if kind == "choice":
        return {letter: one.id for letter, one in zip("ABCD", options, strict=False)}
    return {}


@transaction.atomic
def live_show(*, who_id: int, live_id: int) -> None:
    """Take the answers in and show what is right; from here on they are answers like any other."""
    live = LiveQuestion.objects.select_for_update().filter(id=live_id, teacher_id=who_id).first()
    if live is None:
        raise Refused(_("没有这道课上的题。"), status=404)
    if live.shown_at is None:
        live.shown_at = now()
        live.save(update_fields=["shown_at"])
        _keep(live)


@transaction.atomic
def live_end(*, who_id: int, live_id: int) -> None:
    """The class goes on; what was answered stays."""
    live = LiveQuestion.objects.select_for_update().filter(id=live_id, teacher_id=who_id).first()
    if live is None:
        raise Refused(_("没有这道课上的题。"), status=404)
    if live.ended_at is None:
        _end(live)


def _end(live: LiveQuestion) -> None:
    if live.shown_at is None:
        live.shown_at = now()
        _keep(live)
    live.ended_at = now()
    live.save(update_fields=["shown_at", "ended_at"])


def _keep(live: LiveQuestion) -> None:
    item = items_of([live.question_id])[live.question_id]
    answered_keep(
        _told(live, row, mark(item, row.value)) for row in LiveAnswer.objects.filter(live=live)
    )


def _told(live: LiveQuestion, row: LiveAnswer, said: Any) -> Told:
    right = None if said.score is None else said.out_of > 0 and said.score == said.out_of
    return Told(
        source=Source.LIVE, ref=row.id, of_id=live.id, attempt_id=0, person_id=row.person_id,
        question_id=live.question_id, class_id=live.class_id, school_id=live.school_id,
        at=row.made_at, right=right, value=short(row.value), causes=said.causes, released=True,
    )  # fmt: skip


@transaction.atomic
def cards_number(class_id: int, pupil_ids: Sequence[int]) -> dict[int, int]:
    """The card's number of each pupil; who has none gets the lowest free one. 3 queries.

    Raises Refused for more pupils than there are cards.
    """
    held = {row.person_id: row.number for row in Card.objects.filter(class_id=class_id)}
    here = set(pupil_ids)
    left = [person for person in held if person not in here]
    fresh = [person for person in pupil_ids if person not in held]
    taken = {held[person] for person in here if person in held}
    free = [number for number in range(MOST_CARDS) if number not in taken]
    if len(fresh) > len(free):
        raise Refused(_("一个班最多 100 张答题卡片。"), status=422)
    Card.objects.filter(class_id=class_id, person__in=left).delete()
    new = dict(zip(fresh, free, strict=False))
    Card.objects.bulk_create(_cards(class_id, new.items()))
    return {person: held.get(person, new.get(person, 0)) for person in pupil_ids}


def _cards(class_id: int, numbers: Iterable[tuple[int, int]]) -> list[Card]:
    return [Card(class_id=class_id, person_id=one, number=number) for one, number in numbers]

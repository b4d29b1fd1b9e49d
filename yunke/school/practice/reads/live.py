"""A live question: who may see it, how it is answered, what the class could do next."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from yunke.base.clock import now
from yunke.craft.marking.items import Item
from yunke.craft.marking.marks import Verdict, mark
from yunke.craft.recall import Advice, next_step
from yunke.school.library.door import items_of
from yunke.school.practice.models import Card, LiveAnswer, LiveQuestion
from yunke.school.practice.rules.answers import short
from yunke.school.practice.values import LiveBar, Way

# A teacher who closed the laptop without ending: no page calls to that question any more.
LEFT_OPEN = timedelta(hours=2)
BARS = 6


def live_row(live_id: int) -> LiveQuestion | None:
    return LiveQuestion.objects.filter(id=live_id).first()


def live_open(class_id: int) -> int:
    """The question that stands before the class; 0 for none. 1 query."""
    rows = LiveQuestion.objects.filter(
        class_id=class_id, ended_at__isnull=True, made_at__gt=now() - LEFT_OPEN
    )
    return rows.values_list("id", flat=True).first() or 0


def answer_of(live_id: int, person_id: int) -> object:
    """What this pupil answered; None for nothing. 1 query."""
    rows = LiveAnswer.objects.filter(live=live_id, person=person_id)
    return rows.values_list("value", flat=True).first()


@dataclass(frozen=True)
class Histogram:
    """Counts only: no name is in it. ``cards``: how many came by cards."""

    bars: tuple[LiveBar, ...]
    answered: int
    people: int
    cards: int
    advice: Advice | None


def histogram(live: LiveQuestion, people: int) -> Histogram:
    """How the class answered, and the next step. 2 queries at any class size."""
    item = items_of([live.question_id])[live.question_id]
    rows = list(LiveAnswer.objects.filter(live=live).values_list("person_id", "value", "way"))
    key = _key(item)
    values = {short(value): value for _person, value, _way in rows}
    right = {text for text, value in values.items() if mark(item, value).verdict is Verdict.RIGHT}
    given = {
        str(person): key if short(value) in right else short(value) for person, value, _way in rows
    }
    counts = Counter(given.values())
    names = _named(item, key, counts)
    bars = tuple(LiveBar(value, text, counts[value], value == key) for value, text in names)
    advice = next_step(given, key, max(people, len(rows), 1)) if key else None
    cards = sum(way == Way.CARD for _person, _value, way in rows)
    return Histogram(bars, len(rows), max(people, len(rows)), cards, advice)


def _key(item: Item) -> str:
    """The right answer as one line."""
    key, kind = item.key, item.kind.value
    if kind == "multiple":
        return short(list(getattr(key, "right", ())))
    return short(getattr(key, "value" if kind == "number" else "right", ""))


def _named(item: Item, key: str, counts: Counter[str]) -> list[tuple[str, str]]:
    """Every answer that gets a bar, with its words."""
    if item.kind.value == "choice":
        return [(one.id, one.text) for one in getattr(item.key, "options", ())]
    if item.kind.value == "true-false":
        return [("true", "✓"), ("false", "✗")]
    told = [value for value, _count in counts.most_common(BARS)]
    return [(value, value) for value in sorted({*told, key})]


def cards_of(class_id: int) -> dict[int, int]:
    """Card number → pupil. 1 query."""
    return {row.number: row.person_id for row in Card.objects.filter(class_id=class_id)}


def cards_given(live_id: int) -> int:
    """How many answered with a card so far. 1 query."""
    return LiveAnswer.objects.filter(live=live_id, way=Way.CARD).count()

"""When something learnt should come back, before it is forgotten.

FSRS 6 (Ye, Su and Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling", KDD 2022) from the package ``fsrs``, with its published weights. Those were fitted on
grown-ups' flash cards: until a school's own answers say otherwise they are a sensible order, not a
promise. Without the steps of minutes that flash cards have: a drill comes by the week.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

KEEP = 0.9
LONGEST_DAYS = 120


@dataclass(frozen=True)
class Review:
    """The thing was tried at ``when`` (aware), and it went right or not."""

    when: datetime
    right: bool


@dataclass(frozen=True)
class Memory:
    """``strength``: days until the chance to remember is 9 in 10. ``due``: when it falls to the
    chance asked for.
    """

    strength: float
    due: datetime
    last: datetime

    def chance(self, now: datetime) -> float:
        """To remember it at ``now``; 1 at the last review and before."""
        card = Card(card_id=1, stability=self.strength, last_review=self.last, due=self.due)
        at = max(now.astimezone(UTC), self.last)
        return float(Scheduler().get_card_retrievability(card, at))


def memory_of(reviews: Iterable[Review], *, keep: float = KEEP) -> Memory | None:
    """From all tries in any order; None of none. Raises ValueError without a time zone."""
    plan = Scheduler(
        desired_retention=keep,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
    card = None
    for review in sorted(reviews, key=lambda one: one.when):
        if review.when.tzinfo is None:
            raise ValueError("a review's moment needs a time zone")
        rating = Rating.Good if review.right else Rating.Again
        card, _ = plan.review_card(card or Card(card_id=1), rating, review.when.astimezone(UTC))
    if card is None or card.stability is None or card.last_review is None:
        return None
    return Memory(card.stability, card.due, card.last_review)


def next_due(reviews: Iterable[Review], *, keep: float = KEEP) -> datetime | None:
    """When it should come back; None for what was never tried."""
    memory = memory_of(reviews, keep=keep)
    return memory.due if memory else None


def overdue_days(memory: Memory, by: datetime) -> float:
    """Days past due at ``by``, below 0 when it is not due yet."""
    return (by.astimezone(UTC) - memory.due) / timedelta(days=1)

"""Attempts at random: everything that may happen to one, beside a model that is easy to believe.

Used by the tests at small size and by the acceptance cases B-09 and X-14 at large.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.actions.late import stray_decide
from yunke.school.attempts.actions.marking import attempts_mark, mark_set
from yunke.school.attempts.actions.opening import (
    attempt_reopen,
    attempt_withdraw,
    attempts_end_at,
)
from yunke.school.attempts.actions.saving import attempts_close
from yunke.school.attempts.models import Attempt, Mark, Reopening, Reply, Stray
from yunke.school.attempts.reads.attempts import marks_history
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Why

PLACES = st.integers(0, 2)
VALUES = st.sampled_from("ABCD")
SEQS = st.integers(1, 12)


@dataclass
class Model:
    """What ought to be: answers by place, submissions, marks of people, what stands beside."""

    answers: dict[int, tuple[int, str]] = field(default_factory=dict)
    beside: set[tuple[int, int]] = field(default_factory=set)
    key: str = ""
    old_keys: list[str] = field(default_factory=list)
    over: bool = False
    withdrawn: bool = False
    by_hand: dict[int, Fraction] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)


class Attempts(RuleBasedStateMachine):
    """One pupil's attempt at three questions worth a point each."""

    @initialize()
    def opened(self) -> None:
        self.row = makers.attempt(ends_at=now() + timedelta(hours=1))
        self.teacher = people.person()
        self.model, self.keys = Model(), 0

    # ── What a device does ──────────────────────────────────────────────────
    @rule(place=PLACES, value=VALUES, seq=SEQS)
    def save(self, place: int, value: str, seq: int) -> None:
        """In any order, old ones again: the highest sequence number wins."""
        if not self._refused(lambda: makers.saved(self.row, {place: value}, seq=seq)):
            self._arrived(place, value, seq)

    @rule(place=PLACES, value=VALUES, seq=SEQS, again=st.booleans())
    def submit(self, place: int, value: str, seq: int, again: bool) -> None:
        """With a new key, or with one that was told before (a page that comes again)."""
        told = [self.model.key, *self.model.old_keys]
        key = told[seq % len(told)] if again and told[seq % len(told)] else self._key()
        act = lambda: makers.submitted(self.row, {place: value}, seq=seq, key=key)  # noqa: E731
        if self._refused(act):
            return
        self._arrived(place, value, seq)
        if not self.model.key and key not in self.model.old_keys:
            self.model.key = key

    # ── What time and teachers do ───────────────────────────────────────────
    @rule()
    def end(self) -> None:
        ends = now() - timedelta(minutes=1)
        attempts_end_at([self.row.id], ends)
        self.model.over = self.model.over or not self.model.key

    @rule()
    def extend(self) -> None:
        attempts_end_at([self.row.id], now() + timedelta(hours=1))
        if not self.model.key:
            self.model.over = False

    @rule()
    def close(self) -> None:
        attempts_close(now(), grace=timedelta(seconds=10))
        if self.model.over and not self.model.key and not self.model.withdrawn:
            self.model.key = f"server-{self.row.id}-{len(self.model.old_keys)}"

    @rule()
    def reopen(self) -> None:
        attempt_reopen(self.row.id, ends_at=now() + timedelta(hours=1), by_id=self.teacher.id)
        if self.model.key and not self.model.withdrawn:
            self.model.old_keys.append(self.model.key)
            self.model.key, self.model.over = "", False

    @rule()
    def mark(self) -> None:
        attempts_mark([self.row.id])

    @precondition(lambda self: self.model.key)
    @rule(place=PLACES, score=st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)]))
    def mark_by_hand(self, place: int, score: Fraction) -> None:
        attempts_mark([self.row.id])
        reply = Reply.objects.get(attempt=self.row, question_id=self.row.order[place])
        mark_set(by_id=self.teacher.id, reply_id=reply.id, score=score)
        self.model.by_hand[place] = score

    @rule(accept=st.booleans())
    def decide(self, accept: bool) -> None:
        waiting = Stray.objects.filter(attempt=self.row, accepted__isnull=True)
        stray = waiting.exclude(why=Why.OTHER).order_by("id").first()
        if stray is None:
            return
        assert stray_decide(by_id=self.teacher.id, stray_id=stray.id, accept=accept)
        place = self.row.order.index(stray.question_id)
        if accept and stray.seq > self.model.answers.get(place, (0, ""))[0]:
            self.model.answers[place] = (stray.seq, str(stray.value))

    @precondition(lambda self: len(self.model.old_keys) > 1)
    @rule()
    def withdraw(self) -> None:
        attempt_withdraw(self.row.id, by_id=self.teacher.id)
        self.model.withdrawn = True

    # ── What must hold at every moment ──────────────────────────────────────
    @invariant()
    def answers_are_the_newest_that_counted(self) -> None:
        if not hasattr(self, "row"):
            return
        rows = Reply.objects.filter(attempt=self.row, seq__gt=0)
        found = {self.row.order.index(r.question_id): (r.seq, r.value) for r in rows}
        assert found == self.model.answers

    @invariant()
    def late_ones_are_kept(self) -> None:
        if not hasattr(self, "row"):
            return
        rows = Stray.objects.filter(attempt=self.row).exclude(why=Why.OTHER)
        assert {(self.row.order.index(r.question_id), r.seq) for r in rows} == self.model.beside

    @invariant()
    def there_is_one_submission_and_its_history(self) -> None:
        if not hasattr(self, "row"):
            return
        row = Attempt.objects.get(id=self.row.id)
        assert (row.key if row.submitted_at else "") == self.model.key
        assert bool(row.submitted_at) == bool(self.model.key)
        old = list(Reopening.objects.filter(attempt=row).order_by("id").values_list("key"))
        assert [one for (one,) in old] == self.model.old_keys
        assert row.reopened == len(old)

    @invariant()
    def marks_sum_and_none_is_lost(self) -> None:
        """One current mark a reply, exact sums, people's marks on top, histories only grow."""
        if not hasattr(self, "row"):
            return
        current = Mark.objects.filter(reply__attempt=self.row, current=True).select_related("reply")
        by_reply = {row.reply_id: row for row in current}
        assert len(by_reply) == len(current)
        total = sum((Fraction(row.score) for row in by_reply.values() if row.score), Fraction(0))
        assert 0 <= total <= 3
        for row in by_reply.values():
            place = self.row.order.index(row.reply.question_id)
            if place in self.model.by_hand:
                assert Fraction(row.score) == self.model.by_hand[place]
            length = len(marks_history(row.reply_id))
            assert length >= self.model.marks.get(row.reply_id, 0)
            self.model.marks[row.reply_id] = length

    # ── Small things ────────────────────────────────────────────────────────
    def _refused(self, act: Any) -> bool:
        """A withdrawn attempt takes nothing, any other takes everything."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            assert self.model.withdrawn
            return True
        assert not self.model.withdrawn
        return False

    def _arrived(self, place: int, value: str, seq: int) -> None:
        model = self.model
        if seq <= model.answers.get(place, (0, ""))[0]:
            return
        if model.key or model.over:
            model.beside.add((place, seq))
        else:
            model.answers[place] = (seq, value)

    def _key(self) -> str:
        self.keys += 1
        return f"key-{self.row.id:06}-{self.keys:06}"

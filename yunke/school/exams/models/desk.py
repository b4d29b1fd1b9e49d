"""The marking desk: by question, anonymous, blind, with leases; every mark that was given stays."""

from django.db import models
from django.db.models import Q

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.exams.values.paper import PieceState, Post


class DeskItem(Row):
    """A question whose answers people mark. ``out_of``, ``tolerance``: points as fractions.

    ``double``: two mark blindly; further apart than ``tolerance``, a third decides.
    ``every``: one in so many pieces is a sample whose mark is known; 0 for none.
    """

    exam = models.ForeignKey("exams.Exam", models.CASCADE, related_name="desk")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    out_of = models.CharField(max_length=24)
    tolerance = models.CharField(max_length=24, default="0")
    step = models.CharField(max_length=24, default="1/2")
    double = models.BooleanField(default=True)
    every = models.PositiveSmallIntegerField(default=10)
    # What to look at, from the lead to the markers.
    note = models.TextField(default="")

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "question"], name="desk_item_once")]


class Assignment(Row):
    """Who marks a question, or arbitrates it."""

    item = models.ForeignKey(DeskItem, models.CASCADE, related_name="assignments")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    post = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Post])
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), others=("by_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="desk_assigned_once")
        ]
        indexes = [
            models.Index(
                fields=["person"], name="desk_assigned", condition=Q(ended_at__isnull=True)
            )
        ]  # fmt: skip


class DeskPiece(Row):
    """One answer to mark, without any name. ``code``: what everybody calls it. ``shuffle``: where
    it stands in the queue, so that the order tells nothing.
    """

    item = models.ForeignKey(DeskItem, models.CASCADE, related_name="pieces")
    reply_id = models.BigIntegerField(unique=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    shuffle = models.PositiveIntegerField()
    state = models.CharField(
        max_length=5, choices=[(k.value, k.value) for k in PieceState],
        default=PieceState.OPEN.value,
    )  # fmt: skip
    # The mark that counts, once it does.
    score = models.CharField(max_length=24, default="")
    # What ``craft.marking.short`` thinks of a typed answer: proposed points, how sure, why.
    suggested = models.CharField(max_length=24, default="")
    confidence = models.FloatField(default=0)
    reasons = models.JSONField(default=list)

    # What is marked here is told by ``attempts`` after the release, never from here before it.
    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",),
        secret=("score", "state", "suggested", "confidence", "reasons", "code", "shuffle"),
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="desk_code_once")]
        indexes = [models.Index(fields=["item", "state", "shuffle"], name="desk_queue")]


class MarkGiven(Row):
    """A marker's turn at a piece: leased first, given later, taken back at most.

    ``turn``: 1 and 2 blindly, 3 arbitrates, 0 a sample, which never counts. ``until``: the lease;
    past it the piece is free again. ``given_at`` empty: not yet. ``undone_at``: taken back or run
    out; the row stays.
    """

    piece = models.ForeignKey(DeskPiece, models.CASCADE, related_name="marks")
    marker = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    turn = models.PositiveSmallIntegerField()
    until = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    score = models.CharField(max_length=24, default="")
    parts = models.JSONField(default=dict)
    note = models.CharField(max_length=300, default="")
    seconds = models.FloatField(default=0)
    undone_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("marker_id",), erase=Erase.KEEP,
        why="The pupil's mark rests on it; who gave it must stay answerable.",
        secret=("note", "parts"),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "turn"], name="desk_turn_once",
                condition=Q(undone_at__isnull=True, turn__gt=0),
            ),
            models.UniqueConstraint(
                fields=["piece", "marker"], name="desk_marker_once",
                condition=Q(undone_at__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["marker", "given_at"], name="desk_given")]


class QualitySample(Row):
    """A piece whose mark the lead knows, mixed into the queues of everybody."""

    item = models.ForeignKey(DeskItem, models.CASCADE, related_name="samples")
    piece = models.OneToOneField(DeskPiece, models.CASCADE, related_name="sample")
    score = models.CharField(max_length=24)
    note = models.CharField(max_length=300, default="")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, others=("by_id",))


class BankedComment(Row):
    """A remark that a marker keeps at hand for one question."""

    item = models.ForeignKey(DeskItem, models.CASCADE, related_name="comments")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    text = models.CharField(max_length=120)
    used = models.PositiveIntegerField(default=0)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "text"], name="desk_comment_once")
        ]

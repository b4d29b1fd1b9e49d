"""Attempts, their replies, strays and marks, and the photographs that belong to them."""

from django.db import models
from django.db.models import Q

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.attempts.values import Of, Why


class Attempt(Row):
    """One person's go at one thing. ``order``: ids of the questions as this person sees them."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    of = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Of])
    of_id = models.BigIntegerField()
    title = models.CharField(max_length=120, default="")
    # 1, then a correction handed in again.
    number = models.PositiveSmallIntegerField(default=1)
    class_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    order = models.JSONField(default=list)
    # No save counts after it; empty where lateness is only noted (``due_at``).
    ends_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # The highest sequence number that any save of this attempt brought.
    seq = models.PositiveBigIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    # Which of the person's devices wrote last, and when: the others are told.
    device = models.CharField(max_length=32, default="")
    device_at = models.DateTimeField(null=True)
    # The client's key of the one submission; the server's own when it ended the attempt.
    key = models.CharField(max_length=64, default="")
    by_server = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    # How often a submission was taken back.
    reopened = models.PositiveSmallIntegerField(default=0)
    marked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), secret=("key",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "of", "of_id", "number"], name="attempt_once")
        ]
        indexes = [
            models.Index(fields=["of", "of_id"], name="attempt_of"),
            models.Index(
                fields=["ends_at"], name="attempt_open_ends",
                condition=Q(submitted_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.Index(
                fields=["submitted_at"], name="attempt_unmarked",
                condition=Q(submitted_at__isnull=False, marked_at__isnull=True),
            ),
        ]  # fmt: skip


class Reply(Row):
    """The answer that counts for one question: the one with the highest sequence number.

    ``value``: as ``craft.marking`` takes it: text, truth value, list, pairs, {blank: text}; for
    photographs and sound the ids of the files.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="replies")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    value = models.JSONField(null=True)
    seq = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField()
    # What the pupil's own clock said; never used to decide, shown to a person who does.
    written_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=32, default="")

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("attempt__person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "question"], name="reply_once")]
        indexes = [models.Index(fields=["question", "saved_at"], name="reply_question")]


class Stray(Row):
    """An answer that came after the end or after the submission: kept, counted only when a person
    says so. ``proof``: what speaks for its time (``rules.ticks``). Besides, what another device of
    the same person wrote instead.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="strays")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    value = models.JSONField(null=True)
    seq = models.PositiveBigIntegerField(default=0)
    why = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Why])
    written_at = models.DateTimeField(null=True)
    proof = models.JSONField(default=dict)
    device = models.CharField(max_length=32, default="")
    accepted = models.BooleanField(null=True)
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("attempt__person_id",),
        others=("decided_by_id",),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question", "seq", "device"], name="stray_once"
            )
        ]


class Reopening(Row):
    """A submission that was taken back, as it was: the next one does not make it undone."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="reopenings")
    submitted_at = models.DateTimeField()
    key = models.CharField(max_length=64)
    by_server = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    # Empty: the house itself, for a pause of the whole exam.
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("attempt__person_id",), secret=("key",),
        others=("by_id",),
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "key"], name="reopening_once")]


class Mark(Row):
    """What a reply is worth, and who or what said so. Never changed: the next one follows it.

    Points are fractions as text, exact ("1/2"); an empty score means that a person has to look.
    """

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="marks")
    verdict = models.CharField(max_length=8)
    score = models.CharField(max_length=24, default="")
    out_of = models.CharField(max_length=24)
    suggested = models.CharField(max_length=24, default="")
    confidence = models.FloatField(default=1)
    reason = models.CharField(max_length=60, default="")
    causes = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    rule = models.CharField(max_length=40)
    # Empty: the rule alone.
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, default="")
    current = models.BooleanField(default=True)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("reply__attempt__person_id",),
        others=("by_id",),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply"], condition=Q(current=True), name="mark_current_once"
            )
        ]


class Photo(Row):
    """A page photographed for an attempt, upright as stored; the file lies in the media folder
    under ``attempts/<attempt id>/``. ``sha256``: of what was sent, so that it comes in once."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="photos")
    question = models.ForeignKey("library.Question", models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, default="image/jpeg")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="")
    gone_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("attempt__person_id",), secret=("file",)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "sha256"], condition=Q(gone_at__isnull=True), name="photo_once"
            )
        ]
        indexes = [models.Index(fields=["attempt", "position"], name="photo_attempt")]

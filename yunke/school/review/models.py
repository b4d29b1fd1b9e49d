"""Submissions, their moves, the checklist, and invitations to record."""

from django.db import models
from django.db.models import Q

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.review.rules import OPEN
from yunke.school.review.values import Level, State


class Submission(Row):
    """One lesson's way through the reviews, from its first submission to its end.

    ``turn`` counts moves: a decision that was begun at an older turn is refused, so of two at once
    one wins. ``version_id`` is the sealed version that reviewers read; ``files`` are its files.
    """

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    aim = models.CharField(max_length=6, choices=[(v.value, v.value) for v in Level])
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in State])
    turn = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    version_id = models.BigIntegerField(default=0)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, default="")
    files = models.JSONField(default=list)
    # Everybody who made something of it: they review none of it.
    makers = models.JSONField(default=list)
    city_id = models.BigIntegerField()
    county_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    subject = models.CharField(max_length=12)
    grade = models.PositiveSmallIntegerField()
    waiting_since = models.DateTimeField(default=now)
    claimed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.SITE, person=("author_id", "claimed_by_id"), erase=Erase.BLANK,
        blank=("author_id", "claimed_by_id"),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson"], condition=Q(state__in=[s.value for s in OPEN]),
                name="submission_open_once",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "county_id"], name="submission_queue")]


class Moved(Row):
    """One move of a submission; rows are only added."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="moves")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10)
    state = models.CharField(max_length=16)
    level = models.CharField(max_length=6, default="")
    round = models.PositiveSmallIntegerField(default=1)
    version_id = models.BigIntegerField(default=0)
    reason = models.TextField(default="", blank=True)

    held = Held(
        Purpose.TEACHING, Keep.SITE, person=("person_id",), erase=Erase.BLANK,
        blank=("person_id",),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["person", "what", "made_at"], name="moved_person")]


class Item(Row):
    """A line of the city's checklist; one that is retired stays for the old reviews."""

    city_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)
    words_en = models.CharField(max_length=160, default="", blank=True)
    retired_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.SITE)


class Tick(Row):
    """A reviewer's answer to a line, with a note pinned to a second or a page."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="ticks")
    round = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=6, choices=[(v.value, v.value) for v in Level])
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    good = models.BooleanField(null=True)
    note = models.CharField(max_length=300, default="", blank=True)
    at_second = models.FloatField(null=True)
    page = models.PositiveSmallIntegerField(default=0)

    held = Held(
        Purpose.TEACHING, Keep.SITE, person=("person_id",), erase=Erase.BLANK,
        blank=("person_id",),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "round", "level", "item"], name="tick_once"
            )
        ]


class Wish(Row):
    """A teacher is invited to record a lesson of a unit."""

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        TAKEN_BACK = "taken_back"

    unit = models.ForeignKey("library.Unit", models.PROTECT, related_name="+")
    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    county_id = models.BigIntegerField(default=0)
    wish = models.CharField(max_length=500)
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answer = models.CharField(max_length=300, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    lesson = models.ForeignKey("library.Lesson", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.ACCOUNT, person=("teacher_id", "asked_by_id"))

    class Meta:
        indexes = [models.Index(fields=["teacher", "state"], name="wish_teacher")]

"""Versions of a lesson in the making, and what its makers say to each other."""

from django.db import models

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.preparing.values import TEXTS, PlaceKind


class Version(Row):
    """Everything of a lesson as somebody left it. One person's saves in a row are one version,
    until it is sealed: by a name, a publication, a submission, or somebody else's save."""

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)
    content = models.JSONField()
    # The fields that differ from the version before.
    fields = models.JSONField(default=list)
    saves = models.PositiveIntegerField(default=1)
    why = models.CharField(max_length=200, default="")
    label = models.CharField(max_length=60, default="")
    # Who had proposed the change that an editor accepted.
    credited = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    restored = models.PositiveIntegerField(default=0)
    sealed = models.BooleanField(default=False)
    # When pupils were shown it; the newest one is what they get.
    published_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("made_by_id", "credited_id"),
        erase=Erase.BLANK,
        blank=("made_by_id", "credited_id"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "number"], name="version_once")]


class Thread(Row):
    """A talk about one place of a lesson."""

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    place = models.CharField(max_length=8, choices=[(p.value, p.value) for p in PlaceKind])
    ref = models.CharField(max_length=300, default="")
    second = models.FloatField(default=0)
    # The words of the place when the talk began: it is found again when they have changed.
    quote = models.CharField(max_length=300, default="")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("resolved_by_id",),
        erase=Erase.BLANK,
        blank=("resolved_by_id",),
    )

    class Meta:
        indexes = [models.Index(fields=["lesson", "resolved_at"], name="thread_lesson")]


class Comment(Row):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=1000)

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("person_id",),
        erase=Erase.BLANK,
        blank=("person_id", "text"),
    )


class Mention(Row):
    """Somebody was called in a comment, and has not looked yet while ``seen_at`` is empty."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.ACCOUNT, person=("person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]
        indexes = [models.Index(fields=["person", "seen_at"], name="mention_person")]


class Read(Row):
    """How many comments of a thread somebody has had before their eyes."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reads")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=0)

    held = Held(Purpose.SERVICE, Keep.ACCOUNT, person=("person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="read_once")]


class Suggestion(Row):
    """Other words for a place, for an editor to take or leave."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        TAKEN_BACK = "taken_back"

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    field = models.CharField(max_length=12, choices=[(name, name) for name in TEXTS])
    was = models.CharField(max_length=2000, default="", blank=True)
    now = models.CharField(max_length=2000, default="", blank=True)
    why = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    version = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("person_id", "decided_by_id"),
        erase=Erase.BLANK,
        blank=("person_id", "decided_by_id", "why", "reason"),
    )

    class Meta:
        indexes = [models.Index(fields=["lesson", "state"], name="suggestion_lesson")]


class Here(Row):
    """Somebody has the lesson open, and where in it."""

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    place = models.CharField(max_length=20, default="", blank=True)
    at = models.DateTimeField(default=now)

    held = Held(Purpose.SERVICE, Keep.DAY, person=("person_id",), since="at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="here_once")]

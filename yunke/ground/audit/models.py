"""The chain."""

from django.db import models

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row


class Entry(models.Model):
    """One line. ``seq`` counts without gaps; order is by it, never by the clock.

    The hash covers everything but ``detail`` and ``salt``, which go in as ``sealed`` (their own
    hash): an erasure empties the two, and the chain still holds.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=now)
    actor_id = models.BigIntegerField()
    act = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(default=0)
    object_kind = models.CharField(max_length=24, default="")
    object_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200, default="")
    detail = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    sealed = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    held = Held(
        Purpose.SAFETY,
        Keep.THREE_YEARS,
        person=("actor_id", "subject_id"),
        erase=Erase.KEEP,
        since="at",
        why="审计只记下事实，不记内容；它保护被查看的人。",
        secret=("salt", "sealed", "before", "hash"),
        of=(("reason", "subject_id"), ("detail", "subject_id")),
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-seq"], name="entry_subject"),
            models.Index(fields=["actor_id", "-seq"], name="entry_actor"),
            models.Index(fields=["school_id", "-seq"], name="entry_school"),
        ]


class Head(models.Model):
    """The newest hash, one row: whoever writes the next line holds it first."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    held = Held(Purpose.SAFETY, Keep.SITE)


class Second(Row):
    """Somebody asks a second person to agree; decided once, used once, before it expires."""

    class Decision(models.TextChoices):
        NONE = "none"
        GIVEN = "given"
        REFUSED = "refused"

    kind = models.CharField(max_length=40)
    asked_by = models.BigIntegerField()
    # Who may decide: they who hold this right at this school, county or city.
    org_id = models.BigIntegerField()
    right = models.CharField(max_length=40)
    # Ids and counts; what it is about is seen on its page, under that page's own rights.
    about = models.JSONField(default=dict)
    page = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.NONE)
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_reason = models.CharField(max_length=200, default="")
    used_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.SAFETY,
        Keep.THREE_YEARS,
        person=("asked_by", "decided_by"),
        erase=Erase.KEEP,
        why="谁提出、谁同意，要在事后能查；里面只有编号和理由。",
    )

    class Meta:
        indexes = [models.Index(fields=["decision", "expires_at"], name="second_waiting")]

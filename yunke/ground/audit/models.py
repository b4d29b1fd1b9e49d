"""The chain, what proves that it is whole, and requests for a second person."""

from typing import Any

from django.db import models

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row


class OnlyGrows(Exception):
    """A line of the audit is neither changed nor deleted."""


class Lines(models.QuerySet[Any]):
    """Rows that are added and read. Triggers of the database say the same to everybody else."""

    def update(self, **_values: Any) -> int:
        raise OnlyGrows

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OnlyGrows

    def bulk_update(self, *_args: Any, **_more: Any) -> int:
        raise OnlyGrows

    def empty(self) -> int:
        """An erasure: texts, detail and salt go, the fact and its hash stay."""
        return super().update(reason="", detail={}, salt="")

    def cut(self) -> int:
        """Retention: the oldest lines go, after an anchor was written for them."""
        return int(self._raw_delete(self.db))


class Line(models.Model):
    objects = Lines.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **more: Any) -> None:
        if not self._state.adding:
            raise OnlyGrows
        super().save(*args, **{**more, "force_insert": True})

    def delete(self, *_args: Any, **_more: Any) -> tuple[int, dict[str, int]]:
        raise OnlyGrows


class Entry(Line):
    """One line. ``seq`` counts without gaps; order is by it, never by the clock.

    The hash covers everything but ``reason``, ``detail`` and ``salt``, which go in as ``sealed``
    (their own hash): an erasure empties the three, and the chain still holds.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=now)
    actor_id = models.BigIntegerField()
    act = models.CharField(max_length=40)
    # As what the actor did it ("head_teacher"), where the page knew.
    role = models.CharField(max_length=14, default="")
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
    # Made with the server's key: a tail that was cut or added in the database alone is told.
    seal = models.CharField(max_length=64, default="")

    held = Held(Purpose.SAFETY, Keep.SITE)


class Checkpoint(Line):
    """The head at an hour, signed, and written to a second place as well."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    held = Held(Purpose.SAFETY, Keep.SITE)


class Anchor(Line):
    """Where the chain begins since its oldest lines reached the end of their time; signed."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=now)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    held = Held(Purpose.SAFETY, Keep.SITE)


class Look(Row):
    """One pupil's record that was shown: which line of the chain tells of it.

    Counted ones are held against the limit of records that one person reads in an hour.
    """

    seq = models.BigIntegerField()
    pupil_id = models.BigIntegerField()
    reader_id = models.BigIntegerField()
    counted = models.BooleanField(default=False)

    held = Held(
        Purpose.SAFETY,
        Keep.THREE_YEARS,
        person=("pupil_id", "reader_id"),
        erase=Erase.KEEP,
        why="审计只记下事实，不记内容；它保护被查看的人。",
    )

    class Meta:
        indexes = [
            models.Index(fields=["pupil_id", "-seq"], name="look_pupil"),
            models.Index(fields=["reader_id", "made_at"], name="look_reader"),
        ]


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

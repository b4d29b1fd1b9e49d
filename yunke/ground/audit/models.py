"""The chain."""

from django.db import models

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose


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

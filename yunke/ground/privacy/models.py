"""Wishes about data, and the log of erasures."""

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.ground.privacy.values import WishKind, WishState


class Wish(Row):
    """Somebody asks for a copy or an erasure of a person's data, or for a school's pupils."""

    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in WishKind])
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in WishState], default=WishState.ASKED
    )
    # Whose data; 0 for a bulk export.
    person_id = models.BigIntegerField(default=0)
    asked_by = models.BigIntegerField()
    school_id = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200, default="")
    second_id = models.BigIntegerField(default=0)
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_reason = models.CharField(max_length=200, default="")
    # Tables that an erasure is through with: after a crash it goes on behind them.
    through = models.JSONField(default=list)
    receipt = models.JSONField(default=dict)
    # The ZIP below the folder of copies; gone when the time is over.
    file = models.CharField(max_length=80, default="")
    bytes = models.BigIntegerField(default=0)
    share = models.FloatField(default=0)
    expires_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.SAFETY,
        Keep.THREE_YEARS,
        person=("person_id", "asked_by", "decided_by"),
        erase=Erase.BLANK,
        blank=("reason", "decided_reason", "file"),
        secret=("file",),
        of=(("reason", "person_id"), ("decided_reason", "person_id")),
    )

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-id"], name="wish_person"),
            models.Index(fields=["school_id", "state"], name="wish_school"),
        ]


class Erased(Row):
    """A person whose data are gone. ``born`` is when the person's row was made: a number that a
    restored backup gave to somebody else is not erased again.
    """

    person_id = models.BigIntegerField(unique=True)
    born = models.DateTimeField()
    wish_id = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.SAFETY,
        Keep.SITE,
        person=("person_id",),
        erase=Erase.KEEP,
        why="只记下编号：旧备份恢复以后，要照它再抹一次。",
    )

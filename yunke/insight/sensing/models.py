"""What was read from wristbands."""

from django.db import models

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row
from yunke.insight.sensing.values import State


class Pulse(Row):
    """One recording of one person; the file itself is not kept, its curve is."""

    person_id = models.BigIntegerField()
    brought_by = models.BigIntegerField()
    # Of the file: the same one twice is one recording.
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in State])
    reason = models.CharField(max_length=20, default="")
    started_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)
    samples = models.PositiveIntegerField(default=0)
    artefacts = models.FloatField(default=0)
    device = models.CharField(max_length=40, default="")
    points = models.JSONField(default=list)
    gaps = models.JSONField(default=list)

    held = Held(
        Purpose.WELLBEING, Keep.TERM, person=("person_id", "brought_by"), secret=("sha256",)
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "sha256"], name="pulse_once")]
        indexes = [models.Index(fields=["person_id", "-id"], name="pulse_person")]

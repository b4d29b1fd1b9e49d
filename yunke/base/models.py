"""Receipts of writes, and jobs that leave the request."""

from django.db import models

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row


class Receipt(Row):
    """A write that was done, under the key that the client made for it."""

    key = models.CharField(max_length=64, unique=True)
    person_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=200)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, default="")
    content_type = models.CharField(max_length=80, default="")
    body = models.BinaryField(default=b"")

    held = Held(Purpose.SERVICE, Keep.MONTH, person=("person_id",), secret=("body", "key"))

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="receipt_made")]


class Job(Row):
    """Work outside the request. A worker holds it by a lease and a fencing number."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    name = models.CharField(max_length=80)
    # One job per thing to do: asking twice for the same work gives the same job.
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=60, default="")
    share = models.FloatField(default=0)
    reason = models.CharField(max_length=300, default="")
    done_at = models.DateTimeField(null=True)

    held = Held(Purpose.SERVICE, Keep.MONTH, since="done_at")

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="job_due")]

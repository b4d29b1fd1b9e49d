"""The outbox of events and the daily roll-up."""

from django.db import models

from yunke.base.row import Row


class Event(Row):
    """One act, xAPI-shaped. Written with its cause; taken to the lake by ``lake_flush``."""

    uid = models.UUIDField(unique=True)
    day = models.DateField()
    actor_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField(default=0)
    title = models.CharField(max_length=120, default="")
    # The person the act is about when it is not the actor's own (a guardian looking at a child).
    subject_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    class_id = models.BigIntegerField(default=0)
    lesson_id = models.BigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    purpose = models.CharField(max_length=16, default="teaching")
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", "-id"], name="event_actor"),
            models.Index(fields=["day"], name="event_day"),
        ]


class PersonDay(Row):
    """Roll-up: what one person did on one day. Added to incrementally by ``lake_flush``."""

    person_id = models.BigIntegerField()
    day = models.DateField()
    school_id = models.BigIntegerField(default=0)
    class_id = models.BigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    lessons = models.PositiveIntegerField(default=0)
    acts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "day"], name="person_day_once")]
        indexes = [models.Index(fields=["class_id", "day"], name="person_day_class")]


class Flush(Row):
    """How far the outbox has been taken to the lake: the last event id of each flush."""

    last_id = models.BigIntegerField()
    events = models.PositiveIntegerField(default=0)
    files = models.JSONField(default=list)

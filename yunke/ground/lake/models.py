"""The outbox of events, the list of the lake's files, and the daily roll-up."""

from django.db import models

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row


class Event(Row):
    """One act, xAPI-shaped. Written with its cause; taken to the lake by ``lake_flush``.

    "After the last flush, up to the horizon" is a plain comparison of ids: SQLite gives them in
    the order of commits and never twice, for PostgreSQL see ``actions/horizon.py``.
    """

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

    held = Held(
        Purpose.TEACHING,
        # In the lake from then on (see LakeFile).
        Keep.YEAR,
        person=("actor_id", "subject_id"),
        of=(("title", "subject_id"), ("result", "subject_id")),
    )

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", "-id"], name="event_actor"),
            models.Index(fields=["subject_id", "-id"], name="event_subject"),
            models.Index(fields=["made_at"], name="event_made"),
        ]


class PersonDay(Row):
    """Roll-up: what one person did on one day. Added to by ``lake_flush``, nothing counted twice.

    ``lesson_ids`` and not a count, so that a lesson opened at nine and again at three is one.
    """

    person_id = models.BigIntegerField()
    day = models.DateField()
    school_id = models.BigIntegerField(default=0)
    class_id = models.BigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    lesson_ids = models.JSONField(default=list)
    acts = models.PositiveIntegerField(default=0)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",), since="day")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "day"], name="person_day_once")]
        indexes = [models.Index(fields=["class_id", "day"], name="person_day_class")]


class Flush(Row):
    """How far the outbox has been taken to the lake."""

    last_id = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField(default=0)

    held = Held(Purpose.SERVICE, Keep.SITE)


class LakeFile(Row):
    """A file of the lake. A file on the disk that is not listed here was never finished."""

    path = models.CharField(max_length=120, unique=True)
    day = models.DateField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    events = models.PositiveIntegerField()
    bytes = models.BigIntegerField()

    held = Held(Purpose.TEACHING, Keep.YEAR, since="day")

    class Meta:
        indexes = [models.Index(fields=["day"], name="lake_file_day")]


class Cohort(Row):
    """Who sat where when a week began: a Parquet file under ``LAKE_ROOT``, frozen by this row.

    Every day of the week is counted by it (``craft.crowd.frozen``); kept a term, so that the days
    can be summed again.
    """

    week = models.DateField(unique=True)
    path = models.CharField(max_length=120)
    seats = models.PositiveIntegerField()

    held = Held(Purpose.SERVICE, Keep.TERM, since="week")


class RolledDay(Row):
    """A day whose schools have been summed, and from how many events; with more, due again."""

    day = models.DateField(unique=True)
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, related_name="days")
    events = models.PositiveIntegerField()
    seconds = models.FloatField(default=0)

    held = Held(Purpose.SERVICE, Keep.THREE_YEARS, since="day")


class SchoolDay(Row):
    """Roll-up: what a grade of a school did on one day. Exact, so it is never shown as it is."""

    day = models.DateField()
    school_id = models.BigIntegerField()
    grade = models.PositiveSmallIntegerField()
    enrolled = models.PositiveIntegerField()
    took_part = models.PositiveIntegerField()
    on_platform = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()
    # People who did something in each hour of the day, 24 numbers.
    hours = models.JSONField(default=list)

    held = Held(Purpose.SERVICE, Keep.THREE_YEARS, since="day")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "school_id", "grade"], name="school_day_once")
        ]


class Intake(Row):
    """A segment of the inbox that was taken to the lake."""

    name = models.CharField(max_length=60, unique=True)
    batches = models.PositiveIntegerField()
    events = models.PositiveIntegerField()

    held = Held(Purpose.SERVICE, Keep.MONTH)


class Batch(Row):
    """A batch of acts that was taken: the same one, sent again, changes nothing."""

    mark = models.CharField(max_length=64, unique=True)

    held = Held(Purpose.SERVICE, Keep.MONTH)

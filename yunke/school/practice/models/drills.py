"""Short drills, each pupil's own, and their printed sheets."""

from django.db import models

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.practice.values import Reading


class Drill(Row):
    """One pupil's drill. ``asked``: [{question, point, reason, minutes, chance}] in order.

    It is answered as an attempt (``attempts.Of.DRILL``, number: this row's id), on a screen or on
    its sheet.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    # The Monday of its week, and which of the week it is.
    week = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=80, default="")
    asked = models.JSONField(default=list)
    minutes = models.FloatField(default=0)
    # Points that wanted a place and got none.
    left = models.JSONField(default=list)
    # Empty: chosen by the rule alone.
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",), others=("by_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "week", "number"], name="drill_once")
        ]
        indexes = [
            models.Index(fields=["class_id", "week"], name="drill_class"),
            models.Index(fields=["person", "done_at"], name="drill_person"),
        ]


class Printing(Row):
    """A class's drills as one PDF, made by a job; the file lies in the data folder."""

    class_id = models.BigIntegerField()
    school_id = models.BigIntegerField(default=0)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    drills = models.JSONField(default=list)
    file = models.CharField(max_length=120, default="")
    ready_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="")

    held = Held(Purpose.TEACHING, Keep.MONTH, person=("by_id",), secret=("file",))

    class Meta:
        indexes = [models.Index(fields=["class_id"], name="printing_class")]


class Paper(Row):
    """A photograph of a printed drill on its way to an answer. The picture goes once all is clear.

    ``answers``: place on the sheet → letters or digits; ``unclear``: places a person looks at.
    """

    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    drill = models.ForeignKey(Drill, models.CASCADE, null=True, related_name="papers")
    state = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Reading])
    file = models.CharField(max_length=80, default="")
    answers = models.JSONField(default=dict)
    unclear = models.JSONField(default=list)
    reason = models.CharField(max_length=40, default="")

    held = Held(
        Purpose.TEACHING, Keep.MONTH, person=("drill__person_id",), others=("by_id",),
        secret=("file",),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["class_id", "state"], name="paper_class")]

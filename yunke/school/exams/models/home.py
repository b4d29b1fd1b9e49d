"""Exams at home: a guardian watches with the own phone, or a teacher leads by a code."""

from django.db import models

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row


class Invigilation(Row):
    """One child's home exam and the grown-up beside it. No camera is ever on the child.

    ``guardian`` empty: a teacher leads the class by a code that is read out. ``code``: sealed; it
    is shown to the grown-up from the start on, and the child's page asks for it.
    """

    exam = models.ForeignKey("exams.Exam", models.CASCADE, related_name="invigilations")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    guardian = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=200)
    # What was checked off before the start: {"table": true, …}
    checks = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    # Wrong codes that the child's page was told.
    misses = models.PositiveSmallIntegerField(default=0)
    # Whose name stands under "it went as I say", and when.
    signed_name = models.CharField(max_length=60, default="")
    signed_at = models.DateTimeField(null=True)
    # What the grown-up says of how it went: {"alone": true, …}
    said = models.JSONField(default=dict)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), others=("guardian_id",),
        secret=("code",), of=(("signed_name", "guardian_id"),),
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "person"], name="invigilation_once")]


class ClassCode(Row):
    """The code by which a teacher starts a whole class at home without a guardian's phone."""

    exam = models.ForeignKey("exams.Exam", models.CASCADE, related_name="codes")
    class_id = models.BigIntegerField()
    code = models.CharField(max_length=200)
    shown_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, secret=("code",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "class_id"], name="class_code_once")]

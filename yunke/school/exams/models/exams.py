"""Exams: their window, their classes, who gets more time, pauses, and who sits."""

from django.db import models
from django.db.models import Q

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.exams.values.exams import IncidentKind, Mode, Sort


class Exam(Row):
    """A paper, asked of classes in a window. It has no title of its own: what it is called before
    its start is its sort and subject (``values.exams``), after it the paper's title.
    """

    paper = models.ForeignKey("exams.Paper", models.PROTECT, related_name="exams")
    sort = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Sort])
    mode = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Mode])
    subject = models.CharField(max_length=12)
    grade = models.PositiveSmallIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    # The window: nobody starts before its beginning; what its end cuts, ``rules.time`` says.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    # Up to how many minutes after ``starts_at`` one may still come in; empty: while it lasts.
    late_minutes = models.PositiveSmallIntegerField(null=True)
    # Who comes late keeps all of the minutes; otherwise the window's end cuts them.
    late_full = models.BooleanField(default=False)
    shuffle = models.BooleanField(default=False)
    # The chosen minute, and when it was done.
    release_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    # Until when a result may be appealed, in days after the release.
    appeal_days = models.PositiveSmallIntegerField(default=3)
    withdrawn_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, default="")

    held = Held(
        Purpose.TEACHING, Keep.SITE, person=("author_id",), erase=Erase.BLANK,
        blank=("author_id",),
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "starts_at"], name="exam_school_start"),
            models.Index(
                fields=["release_at"], name="exam_to_release",
                condition=Q(released_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]  # fmt: skip


class ExamClass(Row):
    """A class that sits the exam."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="classes")
    class_id = models.BigIntegerField()

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "class_id"], name="exam_class_once")]
        indexes = [models.Index(fields=["class_id"], name="exam_class_of")]


class Extra(Row):
    """More time for one pupil in one exam. Why is nobody's business here."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="extras")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    # Of the exam's minutes, and whole minutes on top.
    percent = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), others=("by_id",)
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "person"], name="extra_once")]


class Sitting(Row):
    """One pupil sits one exam: from the start to the hand-in. The answers are in ``attempts``."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="sittings")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField(default=0)
    attempt_id = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    # Minutes that the invigilator gave on top.
    extended = models.PositiveSmallIntegerField(default=0)
    # When the pupil's page last said that it is there.
    seen_at = models.DateTimeField(null=True)
    readmitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "person"], name="sitting_once")]
        indexes = [models.Index(fields=["attempt_id"], name="sitting_attempt")]


class Pause(Row):
    """The clock stood still: for everybody of the exam, or for one sitting."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="pauses")
    sitting = models.ForeignKey(Sitting, models.CASCADE, null=True, related_name="pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("sitting__person_id",), others=("by_id",)
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["exam", "sitting"], name="pause_exam")]


class Incident(Row):
    """Something that happened during an exam, written down by who watched."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="incidents")
    sitting = models.ForeignKey(Sitting, models.CASCADE, null=True, related_name="incidents")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in IncidentKind])
    note = models.CharField(max_length=500, default="")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("sitting__person_id",), others=("by_id",)
    )  # fmt: skip

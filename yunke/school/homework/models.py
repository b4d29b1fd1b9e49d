"""Homework, who has it, what was given back, and what a teacher keeps for marking."""

from django.db import models
from django.db.models import Q

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.homework.values import Reveal

# So many marked answers make the suggestions of a question worth a figure.
ENOUGH = 8


class Homework(Row):
    """One piece of work for (part of) one class. Instants; the wall clock is the school's."""

    teacher = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    class_id = models.BigIntegerField()
    school_id = models.BigIntegerField()
    grade = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=12)
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=1000, default="")
    # Minutes that the teacher reckons it takes, and whether it is written work.
    minutes = models.PositiveSmallIntegerField(default=0)
    written = models.BooleanField(default=True)
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reveal = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Reveal])
    # Every question is settled by rule and the key is shown at once: nothing waits for a return.
    at_once = models.BooleanField(default=False)
    # A task before a lesson: the lesson to be prepared, the period that it is due before.
    lesson = models.ForeignKey("library.Lesson", models.SET_NULL, null=True, related_name="+")
    slot_day = models.DateField(null=True)
    slot_period = models.PositiveSmallIntegerField(default=0)
    # Why it was posted although somebody's day goes above the limit of the grade.
    over_reason = models.CharField(max_length=300, default="")
    withdrawn_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("teacher_id",), erase=Erase.BLANK,
        blank=("teacher_id",),
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["class_id", "due_at"], name="homework_class"),
            models.Index(
                fields=["lesson"], name="homework_lesson", condition=Q(lesson__isnull=False)
            ),
        ]


class HomeworkQuestion(Row):
    """A question in a homework; points are a fraction as text."""

    homework = models.ForeignKey(Homework, models.CASCADE, related_name="questions")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    points = models.CharField(max_length=24, default="1")

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["homework", "question"], name="homework_question_once")
        ]


class HomeworkFor(Row):
    """That one pupil has it; with the pupil's own deadline when there is an extension."""

    homework = models.ForeignKey(Homework, models.CASCADE, related_name="copies")
    pupil = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("pupil_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["homework", "pupil"], name="homework_for_once")
        ]
        indexes = [models.Index(fields=["pupil", "homework"], name="homework_pupil")]


class Returned(Row):
    """An attempt that was given back; the marks of an attempt without this row are nobody's yet."""

    copy = models.ForeignKey(HomeworkFor, models.CASCADE, related_name="returns")
    attempt_id = models.BigIntegerField(unique=True)
    number = models.PositiveSmallIntegerField(default=1)
    # Please correct it and hand it in again.
    correct = models.BooleanField(default=False)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("copy__pupil_id",), others=("by_id",))


class Signature(Row):
    """A guardian, from the guardian's own account, signs that the work was done."""

    copy = models.OneToOneField(HomeworkFor, models.CASCADE, related_name="signature")
    guardian = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=60)
    word = models.CharField(max_length=300, default="")

    held = Held(
        Purpose.TEACHING,
        Keep.THREE_YEARS,
        person=("copy__pupil_id", "guardian_id"),
    )


class Desk(Row):
    """What the teacher wrote on one attempt: a word for all of it, and ink on its pictures.

    ``ink``: {picture id: [stroke or stamp, …]}, places as parts of the picture's width. ``seq``:
    the highest save that counted. Shown to the pupil only once the attempt was returned.
    """

    copy = models.ForeignKey(HomeworkFor, models.CASCADE, related_name="desks")
    attempt_id = models.BigIntegerField(unique=True)
    word = models.CharField(max_length=1000, default="")
    ink = models.JSONField(default=dict)
    seq = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=now)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("copy__pupil_id",), others=("by_id",))


class Voice(Row):
    """Something recorded for one attempt: the pupil's answer to a question (a reading, a film of a
    practical task), or with ``question_id`` 0 the teacher's spoken note on it. The file lies in the
    media folder under ``homework/<attempt id>/``.
    """

    copy = models.ForeignKey(HomeworkFor, models.CASCADE, related_name="voices")
    attempt_id = models.BigIntegerField(db_index=True)
    question_id = models.BigIntegerField(default=0)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    file = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, default="audio/mp4")
    seconds = models.FloatField(default=0)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="")
    gone_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("copy__pupil_id",), others=("by_id",),
        secret=("file",),
    )  # fmt: skip


class Phrase(Row):
    """A teacher's own comment, one key each."""

    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    text = models.CharField(max_length=200)
    gone_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.ACCOUNT, person=("teacher_id",))

    class Meta:
        indexes = [models.Index(fields=["teacher", "id"], name="phrase_teacher")]


class Hint(Row):
    """What the model of short answers suggests for one reply; a person decides."""

    reply_id = models.BigIntegerField(unique=True)
    copy = models.ForeignKey(HomeworkFor, models.CASCADE, related_name="hints")
    label = models.CharField(max_length=20)
    confidence = models.FloatField()
    # How many answers to the question a teacher had marked: from eight on they were asked, too.
    learned = models.PositiveIntegerField(default=0)
    # [word, …] of the answer that it rests on.
    reasons = models.JSONField(default=list)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("copy__pupil_id",))

    @property
    def sure(self) -> bool:
        """Is its confidence worth showing? Before a teacher's own marks it only ranks."""
        return self.learned >= ENOUGH


class Group(Row):
    """Pupils of a class that a teacher often sets work for."""

    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField()
    name = models.CharField(max_length=30)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("teacher_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teacher", "class_id", "name"], name="group_once")
        ]


class GroupMember(Row):
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    pupil = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("pupil_id",), others=("group__teacher_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "pupil"], name="group_member_once")]

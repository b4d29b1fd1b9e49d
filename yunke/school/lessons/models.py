"""Watching, notes, tasks, presence, watch-alongs and packs."""

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row


class Watch(Row):
    """One person's progress in one lesson. ``seconds`` counts distinct seconds seen."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    position = models.FloatField(default=0)
    # Bit i of byte i//8: second i of the video was on the screen.
    seen = models.BinaryField(default=b"")
    # The same for seconds seen at least twice: where a class went back.
    again = models.BinaryField(default=b"")
    seconds = models.PositiveIntegerField(default=0)
    of_seconds = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",), since="changed_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson"], name="watch_once")]
        indexes = [models.Index(fields=["lesson"], name="watch_lesson")]


class Note(Row):
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    at_second = models.FloatField()
    text = models.CharField(max_length=1000)
    changed_at = models.DateTimeField()

    held = Held(Purpose.TEACHING, Keep.ACCOUNT, person=("person_id",))

    class Meta:
        indexes = [models.Index(fields=["person", "lesson"], name="note_person_lesson")]


class Task(Row):
    """A question at a moment of the video."""

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    at_second = models.FloatField()
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    # Taken out of the work by a teacher; asked until the lesson is published again, and its
    # answers stay.
    removed_at = models.DateTimeField(null=True)
    # Asked of pupils. What is put into or moved in a published lesson waits for its publication:
    # ``work_at`` is the moment in the work, where it is another.
    shown = models.BooleanField(default=True)
    work_at = models.FloatField(null=True)

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        indexes = [models.Index(fields=["lesson", "at_second"], name="task_lesson")]


class Submission(Row):
    """Answers handed in together: stored all or none, under the client's key."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField(default=0)
    key = models.CharField(max_length=64, unique=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",), secret=("key",))


class Answer(Row):
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="answers")
    value = models.CharField(max_length=500)
    right = models.BooleanField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",))

    class Meta:
        indexes = [
            models.Index(fields=["person", "task"], name="answer_person_task"),
            models.Index(fields=["task", "made_at"], name="answer_task_made"),
        ]


class Presence(Row):
    """A person's day: first and last tick, and how many."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ticks = models.PositiveIntegerField(default=1)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",), since="day")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="presence_once")]
        indexes = [models.Index(fields=["day"], name="presence_day")]


class Along(Row):
    """A class watches a lesson with its teacher: the teacher's player leads."""

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField()
    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    position = models.FloatField(default=0)
    playing = models.BooleanField(default=False)
    # What stands on the class's screens besides the video: a task, a spoken question, a word.
    asking = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    spoken = models.CharField(max_length=200, default="")
    word = models.CharField(max_length=300, default="")
    # Counts the teacher's acts, so that a page never steps back to an older state.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING,
        Keep.TERM,
        person=("teacher_id",),
        erase=Erase.BLANK,
        blank=("spoken", "word"),
    )

    class Meta:
        indexes = [models.Index(fields=["class_id", "ended_at"], name="along_class")]


class Pack(Row):
    """What a class gets after class: the lesson, its video and courseware, and a word."""

    lesson = models.ForeignKey("library.Lesson", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField()
    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    message = models.CharField(max_length=300, default="")
    with_video = models.BooleanField(default=True)
    with_courseware = models.BooleanField(default=True)
    with_tasks = models.BooleanField(default=True)

    held = Held(
        Purpose.TEACHING, Keep.YEAR, person=("teacher_id",), erase=Erase.BLANK, blank=("message",)
    )

    class Meta:
        indexes = [models.Index(fields=["class_id"], name="pack_class")]


class PackCopy(Row):
    """One pupil's copy of a pack: who was shown before sending is who has one."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="copies")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "person"], name="copy_once")]
        indexes = [models.Index(fields=["person"], name="copy_person")]

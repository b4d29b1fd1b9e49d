"""What happens in a class: explanations to those who erred, live questions, cards."""

from django.db import models
from django.db.models import Q

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.practice.values import Filming, Way


class Explanation(Row):
    """Two minutes of a teacher about one question. It is the teacher's track only."""

    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    class_id = models.BigIntegerField()
    school_id = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=[(f.value, f.value) for f in Filming])
    # As it came; the finished film lies beside it as film.mp4.
    file = models.CharField(max_length=120, default="")
    kind = models.CharField(max_length=40, default="")
    size = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    reason = models.CharField(max_length=200, default="")
    # Who errs until then gets it too.
    open_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("teacher_id",), secret=("file",))

    class Meta:
        indexes = [
            models.Index(fields=["class_id", "question"], name="explanation_class"),
            models.Index(fields=["open_until"], name="explanation_open"),
        ]


class ExplanationFor(Row):
    """One of those who erred; nobody else gets it."""

    explanation = models.ForeignKey(Explanation, models.CASCADE, related_name="copies")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["explanation", "person"], name="explanation_once")
        ]
        indexes = [models.Index(fields=["person"], name="explanation_person")]


class LiveQuestion(Row):
    """A question that a class answers now. A class answers one at a time."""

    class_id = models.BigIntegerField()
    school_id = models.BigIntegerField(default=0)
    teacher = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    # The right answer is on the screen, and nobody can answer any more.
    shown_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("teacher_id",), erase=Erase.ROW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["class_id"], condition=Q(ended_at__isnull=True), name="live_one"
            )
        ]


class LiveAnswer(Row):
    live = models.ForeignKey(LiveQuestion, models.CASCADE, related_name="answers")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    value = models.JSONField(null=True)
    way = models.CharField(max_length=6, choices=[(w.value, w.value) for w in Way])

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["live", "person"], name="live_answer_once")]


class Card(Row):
    """The number of a pupil's printed card in a class; it stays the pupil's while in it."""

    class_id = models.BigIntegerField()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("person_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["class_id", "number"], name="card_number"),
            models.UniqueConstraint(fields=["class_id", "person"], name="card_person"),
        ]

"""Answers as they were marked, and what is derived from them."""

from django.db import models
from django.db.models import Q

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.practice.values import ErrorState, Origin, OwnWord, Source


class Cursor(Row):
    """How far a log below has been followed: the id of the last row that was taken."""

    name = models.CharField(max_length=20, unique=True)
    upto = models.BigIntegerField(default=0)

    held = Held(Purpose.SERVICE, Keep.SITE)


class Answered(Row):
    """One answer of one pupil to one question, once a mark says what it is worth.

    Nothing is derived from it before it was released to the pupil (``released_at``).
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Source])
    # The answer's own number in its room: a second mark of it changes this row.
    ref = models.BigIntegerField()
    of_id = models.BigIntegerField(default=0)
    attempt_id = models.BigIntegerField(default=0)
    class_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    right = models.BooleanField()
    value = models.CharField(max_length=200, default="")
    # Knowledge points of the question when it was answered.
    points = models.JSONField(default=list)
    causes = models.JSONField(default=list)
    # In logits, from how others had answered it until then.
    hardness = models.FloatField(default=0)
    released_at = models.DateTimeField(null=True)
    # Already in the pupil's estimates and error book, as it stands.
    counted = models.BooleanField(default=False)
    # It was counted and then changed or taken back: its pupil is worked out anew.
    anew = models.BooleanField(default=False)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), since="at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "ref"], name="answered_once")]
        indexes = [
            models.Index(fields=["person", "at"], name="answered_person"),
            models.Index(fields=["person", "question"], name="answered_pair"),
            models.Index(fields=["class_id", "at"], name="answered_class"),
            models.Index(
                fields=["source", "attempt_id"], name="answered_closed",
                condition=Q(released_at__isnull=True),
            ),
            models.Index(
                fields=["person"], name="answered_new",
                condition=Q(released_at__isnull=False, counted=False),
            ),
            models.Index(fields=["person"], name="answered_anew", condition=Q(anew=True)),
        ]  # fmt: skip


class Hardness(Row):
    """How often a question was answered, and how often wrongly, by everybody together."""

    question = models.OneToOneField("library.Question", models.CASCADE, related_name="+")
    answers = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)

    held = Held(Purpose.TEACHING, Keep.SITE)


class ErrorEntry(Row):
    """A question that this pupil got wrong, until it is mastered and after."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    class_id = models.BigIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    subject = models.CharField(max_length=12, default="")
    points = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ErrorState])
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # What was answered the last time it was wrong, and why.
    value = models.CharField(max_length=200, default="")
    cause = models.CharField(max_length=120, default="")
    origin = models.CharField(
        max_length=8, default="", choices=[(o.value, o.value) for o in Origin]
    )
    own_word = models.CharField(
        max_length=14, default="", choices=[(o.value, o.value) for o in OwnWord]
    )
    due_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), since="last_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="error_once")]
        indexes = [
            models.Index(fields=["person", "state", "due_at"], name="error_person"),
            models.Index(fields=["class_id", "last_at"], name="error_class"),
            models.Index(fields=["question", "last_at"], name="error_question"),
        ]


class Mastery(Row):
    """What is known of one pupil on one point. It can be made anew from ``Answered`` alone.

    ``moves``: the answers that moved it most; ``line``: every try in order, "1" for right;
    ``tries``: (seconds since 1970, right) of the newest ones.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    point = models.ForeignKey("library.Point", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField(default=0)
    level = models.FloatField(default=0)
    doubt = models.FloatField(default=0)
    answers = models.PositiveIntegerField(default=0)
    last = models.FloatField(null=True)
    line = models.CharField(max_length=200, default="")
    tries = models.JSONField(default=list)
    moves = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=now)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), since="changed_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "point"], name="mastery_once")]
        indexes = [
            models.Index(fields=["person", "due_at"], name="mastery_due"),
            models.Index(fields=["class_id", "point"], name="mastery_class"),
        ]


class Word(Row):
    """What a person said about an error's cause; the words before stay."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Origin])
    cause = models.CharField(max_length=120)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",), others=("by_id",))

    class Meta:
        indexes = [models.Index(fields=["person", "question"], name="word_pair")]


class Learnt(Row):
    """A teacher's word on one wrong answer: whoever of the school gives it again gets it too."""

    question = models.ForeignKey("library.Question", models.CASCADE, related_name="+")
    value = models.CharField(max_length=200)
    school_id = models.BigIntegerField(default=0)
    cause = models.CharField(max_length=120)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.SITE, person=("by_id",), erase=Erase.BLANK, blank=("by_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "value", "school_id"], name="learnt_once")
        ]


class Doubt(Row):
    """ "This is wrong": a pupil or guardian says that a page says something untrue; a teacher
    answers. Nothing else is decided by it.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    class_id = models.BigIntegerField(default=0)
    question_id = models.BigIntegerField(default=0)
    point_id = models.BigIntegerField(default=0)
    text = models.CharField(max_length=300)
    answer = models.CharField(max_length=300, default="")
    answered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.YEAR, person=("person_id",), others=("by_id", "answered_by_id")
    )

    class Meta:
        indexes = [models.Index(fields=["class_id", "answered_at"], name="doubt_class")]

"""Papers: sealed while they are made, open from the start of the first exam that asks them."""

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row


class Paper(Row):
    """What an exam asks. Title, sections, questions and points lie sealed in ``body`` (AES-GCM,
    the key is in the data folder); subject and grade, which tell nothing, stand beside it.
    """

    subject = models.CharField(max_length=12)
    grade = models.PositiveSmallIntegerField(default=0)
    school_id = models.BigIntegerField(default=0)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    body = models.TextField(default="")
    # Grows with every change, so that two editors of one paper notice each other.
    version = models.PositiveIntegerField(default=1)
    # The start of its first exam; from then on ``items`` holds what was asked.
    opened_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING, Keep.SITE, person=("author_id",), erase=Erase.BLANK,
        blank=("author_id",), secret=("body",),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["school_id", "subject", "grade"], name="paper_find")]


class PaperMaker(Row):
    """A colleague who may see and change a sealed paper beside its author."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="makers")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING, Keep.ACCOUNT, person=("person_id",), others=("added_by_id",)
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="maker_once")]


class PaperItem(Row):
    """A question of an opened paper. ``position``: 1, 2, 3 … through all sections, the same that
    the sealed paper and its printed sheets name. ``points``: a fraction as text.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    section = models.PositiveSmallIntegerField(default=0)
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    points = models.CharField(max_length=24)

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="paper_position_once"),
            models.UniqueConstraint(fields=["paper", "question"], name="paper_question_once"),
        ]

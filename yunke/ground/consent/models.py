"""The ledger of consents, the last word of each person, and the wordings that were agreed to."""

from typing import Any

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row

PROOF = "证明当时问过什么、谁怎么答；没有它，谁都可以说自己问过。"


class Wording(Row):
    """The full text of a question in one language, kept by its hash for ever."""

    hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    text = models.TextField()

    held = Held(Purpose.SAFETY, Keep.SITE)


class Consent(Row):
    """A line of the ledger. It is written once and never changed; the newest of a person counts.

    ``by_id`` 0: a guardian without an account, on paper.
    """

    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    answer = models.CharField(max_length=10)
    by_id = models.BigIntegerField()
    standing = models.CharField(max_length=10)
    relation = models.CharField(max_length=20, default="")
    wording = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    profile = models.CharField(max_length=10)
    until = models.DateField()
    # The date on a form of paper, and who typed it in.
    paper_on = models.DateField(null=True)
    entered_by = models.BigIntegerField(default=0)

    held = Held(
        Purpose.SAFETY, Keep.THREE_YEARS, person=("person_id", "by_id", "entered_by"),
        erase=Erase.KEEP, since="until", why=PROOF,
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["person_id", "purpose", "kind"], name="consent_person")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise RuntimeError("a line of the ledger is never changed")
        super().save(*args, **kwargs)


class Word(Row):
    """The last word of one person on one switch of somebody: what is asked a thousand times a day.

    Made from the ledger with each line of it, and made anew from it by ``words_rebuild``.
    """

    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    by_id = models.BigIntegerField()
    standing = models.CharField(max_length=10)
    is_staff = models.BooleanField(default=False)
    answer = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    profile = models.CharField(max_length=10)
    until = models.DateField()
    said_at = models.DateTimeField()

    held = Held(Purpose.SAFETY, Keep.ACCOUNT, person=("person_id", "by_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "purpose", "kind", "by_id", "standing"], name="word_once"
            )
        ]


class Sheet(Row):
    """A form on paper, typed in by one of the school and looked at by another."""

    person_id = models.BigIntegerField()
    class_id = models.BigIntegerField()
    relation = models.CharField(max_length=20)
    paper_on = models.DateField()
    answers = models.JSONField(default=dict)
    entered_by = models.BigIntegerField()
    second_id = models.BigIntegerField(default=0)
    language = models.CharField(max_length=10, default="zh-hans")
    done_at = models.DateTimeField(null=True)
    refused = models.BooleanField(default=False)

    held = Held(
        Purpose.SAFETY, Keep.YEAR, person=("person_id", "entered_by"), erase=Erase.ROW
    )  # fmt: skip


class Count(Row):
    """How many of a school said yes in one week: counted once, so that no two looks differ."""

    school_id = models.BigIntegerField()
    week = models.DateField()
    purpose = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    yes = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    held = Held(Purpose.SERVICE, Keep.YEAR)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_id", "week", "purpose", "kind"], name="count_once"
            )
        ]


class Chosen(Row):
    """Under which legal profile this site runs, who chose it and who agreed. Never changed."""

    profile = models.CharField(max_length=10)
    by_id = models.BigIntegerField(default=0)
    second_id = models.BigIntegerField(default=0)
    # Printed on every page: the name as it was when it was chosen.
    by_name = models.CharField(max_length=60, default="")
    second_name = models.CharField(max_length=60, default="")

    held = Held(
        Purpose.SAFETY, Keep.SITE, person=("by_id", "second_id"), erase=Erase.KEEP,
        why="谁选定了法律配置，要有名有姓地负责。",
    )  # fmt: skip

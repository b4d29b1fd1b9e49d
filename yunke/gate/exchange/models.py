"""Rosters brought in, what they changed, and by which ids outside people and places are known."""

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.gate.exchange.values import State


class Import(Row):
    """One file, from the upload to the receipt. The file itself and its comparison lie in the data
    folder until it is written or put away.
    """

    class Kind(models.TextChoices):
        BUNDLE = "bundle"
        LIST = "list"

    org_id = models.BigIntegerField()  # on whose behalf: a school, a county, the city
    made_by = models.BigIntegerField()
    name = models.CharField(max_length=120)
    bytes = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.BUNDLE)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    # How often it was read: a corrected heading reads it again, an older reading writes nothing.
    reading = models.PositiveIntegerField(default=0)
    # A plain list's columns as corrected: index → what it is.
    columns = models.JSONField(default=dict)
    # What the reading found: version, encoding, columns, totals.
    told = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    # Why it was refused as a whole: code, file, line, value.
    trouble = models.JSONField(default=dict)
    second_id = models.BigIntegerField(default=0)
    # Counts of rows written, and the ranges of their numbers.
    written = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    undone = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(default=0)

    held = Held(
        Purpose.ACCOUNT,
        Keep.THREE_YEARS,
        person=("made_by", "undone_by"),
        erase=Erase.BLANK,
        blank=("name",),
    )

    class Meta:
        indexes = [models.Index(fields=["org_id", "-id"], name="import_org")]


class Step(models.Model):
    """A cell that an import changed, as it was before: kept for the days in which it can be
    undone. Order is by id.
    """

    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(Import, models.CASCADE, related_name="steps")
    made_at = models.DateTimeField()
    table = models.CharField(max_length=12)
    row_id = models.BigIntegerField()
    person_id = models.BigIntegerField(default=0)
    before = models.JSONField()
    after = models.JSONField()

    held = Held(Purpose.ACCOUNT, Keep.MONTH, person=("person_id",))

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="step_person")]


class PersonSource(models.Model):
    """By which id a person is known outside. ``org_id``: the school whose roster told it last."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=140, unique=True)
    person_id = models.BigIntegerField(unique=True)
    org_id = models.BigIntegerField()
    import_id = models.BigIntegerField(default=0)

    held = Held(Purpose.ACCOUNT, Keep.ACCOUNT, person=("person_id",))

    class Meta:
        indexes = [models.Index(fields=["org_id"], name="person_source_org")]


class PlaceSource(models.Model):
    """By which id a school or a class is known outside."""

    class Kind(models.TextChoices):
        ORG = "org"
        CLASS = "class"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=5, choices=Kind)
    source = models.CharField(max_length=140)
    row_id = models.BigIntegerField()
    org_id = models.BigIntegerField()
    import_id = models.BigIntegerField(default=0)

    held = Held(Purpose.SERVICE, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source"], name="place_source_once"),
            models.UniqueConstraint(fields=["kind", "row_id"], name="place_row_once"),
        ]

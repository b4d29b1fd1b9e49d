"""Figures as they were released, the days they are of, and what the machine measured."""

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.insight.screen.values import Level


class ReleasedDay(Row):
    """A day whose figures are released: once, and never again."""

    day = models.DateField(unique=True)
    # The Monday whose roster counted, and what the day was summed from.
    week = models.DateField()
    events = models.PositiveIntegerField()
    # A day at school: at least half of the city's pupils took part.
    at_school = models.BooleanField()
    k = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    # SHA-256 over all figures of the day, so that an export can be held against it.
    digest = models.CharField(max_length=64)

    held = Held(Purpose.SERVICE, Keep.SITE)


class Figure(Row):
    """A unit on a released day. Empty columns are not shown to anybody, and not known here."""

    day = models.DateField()
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    org_id = models.BigIntegerField()
    # The unit above: the county of a school, the school of a grade.
    above_id = models.BigIntegerField(default=0)
    grade = models.PositiveSmallIntegerField(default=0)
    enrolled = models.PositiveIntegerField(null=True)
    took_low = models.PositiveIntegerField(null=True)
    took_high = models.PositiveIntegerField(null=True)
    city_low = models.PositiveIntegerField(null=True)
    city_high = models.PositiveIntegerField(null=True)
    visits = models.PositiveIntegerField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    # Pairs (low, high), one for each hour of ``values.MORNING``; null for grades.
    hours = models.JSONField(null=True)
    hidden = models.CharField(max_length=8, default="")

    held = Held(Purpose.SERVICE, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org_id", "grade", "day"], name="figure_once")
        ]
        indexes = [models.Index(fields=["above_id", "day"], name="figure_above")]


class Measured(Row):
    """What this machine did in a measurement of itself."""

    machine = models.CharField(max_length=200)
    cores = models.PositiveSmallIntegerField()
    workers = models.PositiveSmallIntegerField()
    # name → per second, or Mbit/s; a name that is missing could not be measured.
    figures = models.JSONField(default=dict)
    # name → why it is missing.
    troubles = models.JSONField(default=dict)
    seconds = models.FloatField()
    asked_by_id = models.BigIntegerField(default=0)

    held = Held(
        Purpose.SERVICE, Keep.YEAR, person=("asked_by_id",), erase=Erase.BLANK,
        blank=("asked_by_id",),
    )  # fmt: skip

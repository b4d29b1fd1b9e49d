"""Terms, bells, slots, broadcasts and plans."""

from django.db import models

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.timetable.values import ItemKind


class Term(Row):
    city_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, default="")
    first_day = models.DateField()
    last_day = models.DateField()
    # Whose term it is (0: the city's), and which term of the city it stands in for.
    org_id = models.BigIntegerField(default=0, db_default=0)
    base = models.ForeignKey("self", models.CASCADE, null=True, related_name="own")

    held = Held(Purpose.TEACHING, Keep.SITE)


class DayOff(Row):
    """Days without school, or a make-up day that follows another weekday's timetable.

    A county's or school's own rows lie over the city's.
    """

    org_id = models.BigIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, default="")
    # 0 (Monday) to 6 for a make-up day; empty: no school.
    taught_as = models.PositiveSmallIntegerField(null=True)

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org_id", "first_day"], name="day_off_once")]


class Bell(Row):
    """The wall-clock time of a period; a county's or school's own bell overrides the city's."""

    org_id = models.BigIntegerField()
    period = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    # What rang above when a place set its own, so that a later change above is noticed.
    city_starts = models.TimeField(null=True)
    city_ends = models.TimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org_id", "period"], name="bell_once")]


class Slot(Row):
    """One period of a class's weekly timetable (weekday 0 is Monday)."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="slots")
    class_id = models.BigIntegerField()
    weekday = models.PositiveSmallIntegerField()
    period = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=12)
    teacher_id = models.BigIntegerField(default=0)
    teacher_name = models.CharField(max_length=60, default="")

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("teacher_id",),
        erase=Erase.BLANK,
        blank=("teacher_id", "teacher_name"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "class_id", "weekday", "period"], name="slot_once"
            )
        ]


class Broadcast(Row):
    """A lesson on air for a grade."""

    city_id = models.BigIntegerField()
    grade = models.PositiveSmallIntegerField()
    day = models.DateField()
    period = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lesson = models.ForeignKey("library.Lesson", models.PROTECT, related_name="+")

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city_id", "grade", "day", "period"], name="broadcast_once"
            )
        ]
        indexes = [models.Index(fields=["city_id", "starts_at"], name="broadcast_now")]


class PlanItem(Row):
    """A stop of a pupil's day. Made from the broadcasts when the pupil first arranges the day."""

    pupil = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    day = models.DateField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ItemKind])
    broadcast = models.ForeignKey(Broadcast, models.SET_NULL, null=True, related_name="+")
    lesson = models.ForeignKey("library.Lesson", models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=80, default="")
    minutes = models.PositiveSmallIntegerField(default=20)
    done_at = models.DateTimeField(null=True)
    # Taken off the plan, not forgotten: it can be put back, and does not return by itself.
    dropped_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.YEAR, person=("pupil_id",), since="day")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "day", "broadcast"], name="plan_broadcast_once"
            )
        ]
        indexes = [models.Index(fields=["pupil", "day"], name="plan_pupil_day")]


class Pace(Row):
    """A unit of a plan: from which teaching week of the term, for how many.

    The city's rows are the plan; a county's own row lies over the city's for that unit, and a
    class's own row over both. A row of no weeks takes the unit out.
    """

    term = models.ForeignKey(Term, models.CASCADE, related_name="paces")
    org_id = models.BigIntegerField()
    class_id = models.BigIntegerField(default=0)
    unit = models.ForeignKey("library.Unit", models.CASCADE, related_name="+")
    first = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField()

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "org_id", "class_id", "unit"], name="pace_once")
        ]


class LostWeek(Row):
    """A week in which nothing was taught: everything after it comes a week later. Taken back, all
    stands as before.
    """

    term = models.ForeignKey(Term, models.CASCADE, related_name="lost")
    org_id = models.BigIntegerField()
    class_id = models.BigIntegerField(default=0)
    # 0: every grade; an examination takes a week from one grade only.
    grade = models.PositiveSmallIntegerField(default=0)
    week = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=40)
    made_by = models.BigIntegerField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(default=0)

    held = Held(
        Purpose.TEACHING,
        Keep.THREE_YEARS,
        person=("made_by", "undone_by"),
        erase=Erase.KEEP,
        why="谁顺延了进度，要对全体老师说得清。",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "org_id", "class_id", "grade", "week"],
                condition=models.Q(undone_at__isnull=True),
                name="lost_week_once",
            )
        ]

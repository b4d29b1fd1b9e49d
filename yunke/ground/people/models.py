"""Persons, organisations and what ties them together."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from yunke.base.clock import now, today
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.ground.people.values import Kind, Role


class Org(Row):
    """A city, a county or a school."""

    class Level(models.TextChoices):
        CITY = "city"
        COUNTY = "county"
        SCHOOL = "school"

    level = models.CharField(max_length=8, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, default="")
    # The first day on which a school no longer belongs to the city; its classes end on it too.
    left_on = models.DateField(null=True)

    held = Held(Purpose.SERVICE, Keep.SITE)


class SchoolClass(Row):
    school = models.ForeignKey(Org, models.PROTECT, related_name="classes")
    grade = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40, default="")
    # What a child types or scans; changed by the school when it leaks.
    code = models.CharField(max_length=12, unique=True)
    ended_on = models.DateField(null=True)

    held = Held(Purpose.SERVICE, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "grade", "number"], name="class_once")
        ]


class Person(Row):
    """One person, one account, whatever they are to whomever."""

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    animal = models.CharField(max_length=20, default="")
    password = models.CharField(max_length=160, default="")
    # Argon2id over the three pictures in order; grades 1 and 2.
    pictures = models.CharField(max_length=160, default="")
    # The second factor of staff, sealed with the server's key.
    totp = models.CharField(max_length=200, default="")
    # The 30-second step of the last code that was accepted: no code opens twice.
    totp_step = models.PositiveBigIntegerField(default=0)
    left_on = models.DateField(null=True)
    # Year and month of birth, kept as the first of the month; the day is nobody's business here.
    born_on = models.DateField(null=True)
    # Access is stopped while something is looked into; nothing is deleted.
    frozen_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.ACCOUNT,
        Keep.ACCOUNT,
        person=("id",),
        erase=Erase.BLANK,
        blank=("login", "name", "animal", "password", "pictures", "totp"),
        secret=("password", "pictures", "totp", "totp_step"),
    )

    @property
    def has_left(self) -> bool:
        """Left, or frozen: either way nothing opens."""
        return (self.left_on is not None and self.left_on <= today()) or self.is_frozen

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


def staying(day: date, of: str = "") -> Q:
    """Persons (``of``: a path to one, "person__") who have not left on the day."""
    return Q(**{f"{of}left_on__isnull": True}) | Q(**{f"{of}left_on__gt": day})


T = TypeVar("T", bound=models.Model, covariant=True)


class TieQuerySet(models.QuerySet[T]):
    def holding(self, day: date) -> Self:
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gt=day))


class Tie(Row):
    """Something that begins on a day and may end on one (``until`` is the first day without)."""

    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        abstract = True


class GuardianQuerySet(TieQuerySet[T]):
    def holding(self, day: date) -> Self:
        """A tie that a court ended holds on no day, whatever its dates say later."""
        return super().holding(day).filter(barred=False)


TieManager = models.Manager.from_queryset(TieQuerySet)
GuardianManager = models.Manager.from_queryset(GuardianQuerySet)


class Membership(Tie):
    """A pupil, a teacher (with a subject) or the head teacher of a class."""

    objects = TieManager()

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="memberships")
    role = models.CharField(
        max_length=14, choices=[(r, r) for r in (Role.PUPIL, Role.TEACHER, Role.HEAD_TEACHER)]
    )
    subject = models.CharField(max_length=20, default="")
    # A substitute stands for somebody, between two dates.
    stands_for = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.ACCOUNT, person=("person_id",), others=("stands_for_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school_class", "role", "subject", "since"],
                name="membership_once",
            )
        ]
        indexes = [models.Index(fields=["school_class", "role"], name="membership_class")]


class Duty(Tie):
    """What staff do for a school, county or city."""

    objects = TieManager()

    person = models.ForeignKey(Person, models.CASCADE, related_name="duties")
    org = models.ForeignKey(Org, models.PROTECT, related_name="duties")
    role = models.CharField(max_length=14, choices=[(r.value, r.value) for r in Role])
    subject = models.CharField(max_length=20, default="")

    held = Held(Purpose.ACCOUNT, Keep.ACCOUNT, person=("person_id",))


class Guardianship(Tie):
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="wards")
    child = models.ForeignKey(Person, models.CASCADE, related_name="guardians")
    relation = models.CharField(max_length=20, default="")
    # Ended by a court's order: no invitation binds this guardian to this child again.
    barred = models.BooleanField(default=False, db_default=False)
    # A pupil of age let this guardian go on seeing; without it the tie gives no sight.
    agreed_at = models.DateTimeField(null=True)
    objects = GuardianManager()

    held = Held(Purpose.ACCOUNT, Keep.ACCOUNT, person=("child_id", "guardian_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guardian", "child", "since"], name="guardian_once")
        ]


class Invitation(Row):
    """A one-use code that binds a guardian to a child; only its hash is kept."""

    child = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    relation = models.CharField(max_length=20, default="")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")

    held = Held(
        Purpose.ACCOUNT,
        Keep.MONTH,
        person=("child_id",),
        others=("made_by_id", "used_by_id"),
        secret=("code_hash",),
        since="expires_at",
    )


class Card(Row):
    """A QR card: a token of 128 bits of which only the hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="cards")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.ACCOUNT,
        Keep.ACCOUNT,
        person=("person_id",),
        others=("made_by_id",),
        secret=("token_hash",),
    )


class Session(Row):
    """A signed-in device. The token in the cookie is not kept, only its hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=80, default="")
    # How it was opened (password, pictures, card, tv), so that a lost card can close its own.
    way = models.CharField(max_length=10, default="")
    # A registered device keeps its session for a month, any other for ten idle minutes to a day.
    registered = models.BooleanField(default=False)
    second_factor_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()

    held = Held(
        Purpose.ACCOUNT,
        Keep.MONTH,
        person=("person_id",),
        secret=("token_hash",),
        since="expires_at",
    )


class Pairing(Row):
    """A TV waiting for a phone: a short code to type, a secret that only the TV holds."""

    code = models.CharField(max_length=10, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.ACCOUNT,
        Keep.DAY,
        person=("person_id",),
        secret=("code", "secret_hash"),
        since="expires_at",
    )


class Tries(Row):
    """Failed tries per door and key in a window of time; survives a restart."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField(default=0)
    window_ends = models.DateTimeField()

    held = Held(Purpose.ACCOUNT, Keep.DAY, secret=("key",), since="window_ends")


class Change(Row):
    """Something a school did to its people, written so that it can be undone: the cells that it
    changed with what stood in them before, and the rows that it made.
    """

    kind = models.CharField(max_length=24)
    school_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="changes")
    actor_id = models.BigIntegerField()
    reason = models.CharField(max_length=200, default="")
    day = models.DateField()
    # [table, id, column, before, after]; column "" is a row that was made.
    steps = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(default=0)

    held = Held(
        Purpose.SAFETY,
        Keep.YEAR,
        person=("person_id", "actor_id"),
        erase=Erase.BLANK,
        blank=("reason", "steps"),
    )

    class Meta:
        indexes = [models.Index(fields=["school_id", "-id"], name="change_school")]


class Move(Row):
    """A pupil's way from one school to another: the new one asks, the old one confirms."""

    class State(models.TextChoices):
        ASKED = "asked"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        TAKEN_BACK = "taken_back"

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="moves")
    from_school = models.ForeignKey(Org, models.PROTECT, related_name="+")
    to_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    to_school = models.ForeignKey(Org, models.PROTECT, related_name="+")
    day = models.DateField()
    asked_by = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="")

    held = Held(
        Purpose.ACCOUNT,
        Keep.THREE_YEARS,
        person=("pupil_id", "asked_by", "decided_by"),
        erase=Erase.BLANK,
        blank=("reason",),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=models.Q(state="asked"), name="move_open_once"
            )
        ]


class Unused(Row):
    """A line of the weekly report: an account that nobody used for ninety days."""

    school_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    last_on = models.DateField(null=True)
    reported_on = models.DateField()

    held = Held(Purpose.SAFETY, Keep.MONTH, person=("person_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_id", "person"], name="unused_once")]


class Errand(Row):
    """A step of the first day that was handed to a school's clerk."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="errands")
    step = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    given_by = models.BigIntegerField()

    held = Held(Purpose.SERVICE, Keep.YEAR, person=("person_id", "given_by"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "step"], name="errand_once")]

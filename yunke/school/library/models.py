"""Units, lessons, their files, and the questions about them."""

from django.db import models

from yunke.base.clock import now
from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.library.values import AssetKind, Help, PageKind, QuestionKind, Reach, Subject


class Point(Row):
    """A knowledge point."""

    code = models.CharField(max_length=40, unique=True)
    subject = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Subject])
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

    held = Held(Purpose.TEACHING, Keep.SITE)


class Unit(Row):
    city_id = models.BigIntegerField()
    grade = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Subject])
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, default="")

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city_id", "grade", "subject", "position"], name="unit_once"
            )
        ]


class Lesson(Row):
    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, default="")
    summary = models.TextField(default="", blank=True)
    summary_en = models.TextField(default="", blank=True)
    goals = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(default=20)
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=60, default="")
    # Where the author works: decides which staff may edit besides the author.
    school_id = models.BigIntegerField(default=0)
    county_id = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # How far it is shown once published: its own school at once, county and city after review.
    reach = models.CharField(
        max_length=8, choices=[(r.value, r.value) for r in Reach], default=Reach.SCHOOL
    )
    withdrawn_at = models.DateTimeField(null=True, db_index=True)
    download_allowed = models.BooleanField(default=False)
    # Counts saves: a save that started from an older version is refused, nothing is overwritten.
    version = models.PositiveIntegerField(default=1)
    points = models.ManyToManyField(Point, related_name="lessons")
    # How many people made it, the author among them; written when it is published.
    makers = models.PositiveSmallIntegerField(default=1)
    # The video that plays: the newest one that is ready. Kept here so that a list is one query.
    video = models.ForeignKey("library.Asset", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("author_id",),
        erase=Erase.BLANK,
        blank=("author_id", "author_name"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "position"], name="lesson_once")]
        indexes = [models.Index(fields=["author", "state"], name="lesson_author")]


class CountyPage(Row):
    """A county's own words over the city's page of a lesson or a unit. The page stays the city's.

    ``words``: field → the county's text; ``beneath``: field → the city's text when the county
    wrote its own, so that a later change of the city's is noticed.
    """

    county_id = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in PageKind])
    object_id = models.BigIntegerField()
    words = models.JSONField(default=dict)
    beneath = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(null=True)
    hidden = models.BooleanField(default=False)
    changed_by_id = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(default=now)

    held = Held(
        Purpose.TEACHING, Keep.SITE, person=("changed_by_id",), erase=Erase.BLANK,
        blank=("changed_by_id",), since="changed_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county_id", "kind", "object_id"], name="county_page")
        ]


class Colleague(Row):
    """Somebody whom a lesson's author invited. Without this row the lesson is closed to them."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="colleagues")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=[(h.value, h.value) for h in Help])

    held = Held(Purpose.TEACHING, Keep.ACCOUNT, person=("person_id",), erase=Erase.ROW)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="colleague_once")]
        indexes = [models.Index(fields=["person"], name="colleague_person")]


class Asset(Row):
    """A file of a lesson. Its folder under MEDIA_ROOT is ``lessons/<lesson id>/<asset id>/``."""

    class State(models.TextChoices):
        EXAMINING = "examining"
        # Examined and good, but a job must make it watchable first (not H.264).
        PREPARING = "preparing"
        READY = "ready"
        REFUSED = "refused"

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="assets")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AssetKind])
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="")
    file = models.CharField(max_length=200, default="")
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="")
    seconds = models.FloatField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    # Pages that exist as pictures, page-001.jpg and on.
    pictures = models.PositiveSmallIntegerField(default=0)
    poster = models.BooleanField(default=False)
    # The codecs as ffmpeg names them, "h264 aac".
    codecs = models.CharField(max_length=40, default="")
    # Part of the lesson as it is being made, and part of what pupils get. A file in neither is
    # kept for the versions that name it.
    work = models.BooleanField(default=True)
    shown = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.EXAMINING)
    reason = models.CharField(max_length=300, default="")

    held = Held(Purpose.TEACHING, Keep.SITE)


class Rung(Row):
    """One size of a video as HLS: the copy-remux at once, smaller ones by a job."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="rungs")
    height = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField(default=0)
    bits = models.PositiveIntegerField(default=0)
    codecs = models.CharField(max_length=60, default="")
    # The source as it came, in the folder "top"; smaller ones lie in a folder named by height.
    top = models.BooleanField(default=False)
    # The bytes of the rung as one file for "download for later"; 0 when there is none.
    file_bytes = models.BigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.SITE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "height"], name="rung_once")]


class Chapter(Row):
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="chapters")
    at_second = models.FloatField()
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, default="")

    held = Held(Purpose.TEACHING, Keep.SITE)


class Upload(Row):
    """A resumable upload (tus 1.0): the bytes lie in ``uploads/<id>.part`` until it is whole."""

    class State(models.TextChoices):
        GROWING = "growing"
        WHOLE = "whole"
        REFUSED = "refused"

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="uploads")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AssetKind])
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    # Bytes that were on the disk, synced, when the last chunk was acknowledged.
    offset = models.BigIntegerField(default=0)
    # The same person choosing the same file for the same lesson again finds the same upload.
    key = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8, default="")
    state = models.CharField(max_length=8, choices=State, default=State.GROWING)
    reason = models.CharField(max_length=300, default="")
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    held = Held(
        Purpose.TEACHING,
        Keep.MONTH,
        person=("person_id",),
        secret=("key",),
        since="changed_at",
    )


class Question(Row):
    """A question of the library, shaped after QTI's interactions.

    ``item``: the question as ``craft.marking`` marks it, in its own JSON; the columns before it
    are its words. Once somebody has answered it, it is never changed: a changed one replaces it.
    """

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in QuestionKind])
    stem = models.TextField()
    stem_en = models.TextField(default="")
    # [{"id": "A", "text": "...", "text_en": "..."}] for choices, else empty.
    options = models.JSONField(default=list)
    # Choice: ["A"]; number: ["12.5"]; text: accepted texts.
    key = models.JSONField(default=list)
    reasoning = models.TextField(default="")
    reasoning_en = models.TextField(default="")
    points = models.ManyToManyField(Point, related_name="questions")
    item = models.JSONField(default=dict)
    subject = models.CharField(max_length=12, default="", db_index=True)
    grade = models.PositiveSmallIntegerField(default=0)
    # 0 for everybody, else the school whose own it is.
    school_id = models.BigIntegerField(default=0)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    # Where it came from: a bank's name, the package it was imported with.
    origin = models.CharField(max_length=80, default="")
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    held = Held(
        Purpose.TEACHING,
        Keep.SITE,
        person=("author_id",),
        erase=Erase.BLANK,
        blank=("author_id",),
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "grade", "kind"], name="question_find")]


class QuestionFile(Row):
    """A package or table of questions that somebody brings in: read, looked at, then written.

    The file and what was understood of it lie in the media folder under ``question-files/<id>``
    until they are written or a month has passed.
    """

    class State(models.TextChoices):
        READING = "reading"
        READ = "read"
        REFUSED = "refused"
        WRITING = "writing"
        WRITTEN = "written"

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    school_id = models.BigIntegerField(default=0)
    name = models.CharField(max_length=120)
    bytes = models.BigIntegerField(default=0)
    # Of the questions that say no subject and grade themselves.
    subject = models.CharField(max_length=12, default="")
    grade = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    # Why nothing could be read: a code of the reader.
    reason = models.CharField(max_length=120, default="")
    # How many were understood, are new, were written; how many places were not understood.
    counts = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    held = Held(Purpose.TEACHING, Keep.MONTH, person=("person_id",))

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="question_file_of")]

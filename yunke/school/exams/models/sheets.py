"""Answer sheets: how they are laid out, printed, scanned and read."""

from django.db import models
from django.db.models import Q

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.exams.values.paper import DoubtKind, PageState, ScanState


class Layout(Row):
    """Where everything is on the sheets of one exam: what drawing and reading share.

    ``template``: the JSON of ``craft.marking.sheets``. ``places``: printed name of an item → its
    position in the paper and the way it is answered; no word of the paper. A changed one follows
    with the next ``number``, and sheets printed before stay readable by theirs.
    """

    exam = models.ForeignKey("exams.Exam", models.CASCADE, related_name="layouts")
    number = models.PositiveSmallIntegerField()
    template = models.JSONField()
    places = models.JSONField(default=dict)
    pages = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.SITE, others=("by_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "number"], name="layout_once")]


class Sheet(Row):
    """One pupil's sheets of one layout; without a person a spare one. ``code`` is in its QR code.

    ``entered_at``: when what was read went into the pupil's attempt.
    """

    layout = models.ForeignKey(Layout, models.CASCADE, related_name="sheets")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    class_id = models.BigIntegerField(default=0)
    code = models.CharField(max_length=12)
    entered_at = models.DateTimeField(null=True)
    attempt_id = models.BigIntegerField(default=0)
    # Pages that a person says were never handed in.
    lacking = models.JSONField(default=list)

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layout", "code"], name="sheet_code_once"),
            models.UniqueConstraint(
                fields=["layout", "person"], name="sheet_person_once",
                condition=Q(person__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["layout", "class_id"], name="sheet_class")]


class Printing(Row):
    """A PDF to print: the sheets of a class, or spare ones."""

    layout = models.ForeignKey(Layout, models.CASCADE, related_name="printings")
    class_id = models.BigIntegerField(default=0)
    spares = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(max_length=200, default="")
    sheets = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.YEAR, others=("by_id",), secret=("file",))


class Scan(Row):
    """A file that was sent to be read: a PDF, a photograph, a folder as a ZIP. Once per content."""

    exam = models.ForeignKey("exams.Exam", models.CASCADE, related_name="scans")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        max_length=8, choices=[(k.value, k.value) for k in ScanState],
        default=ScanState.WAITING.value,
    )  # fmt: skip
    reason = models.CharField(max_length=200, default="")
    pages = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(Purpose.TEACHING, Keep.YEAR, others=("by_id",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "sha256"], name="scan_once")]


class ScanPage(Row):
    """One picture of one page, read. ``marks``: item → what is filled, by machine or by a person.

    ``file``: the straightened page, or the picture as it came where nothing was found.
    """

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="read")
    # What it was read by.
    layout = models.ForeignKey(Layout, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120, default="")
    # A page goes with the sheet of its pupil; a page whose sheet is not known has none.
    sheet = models.ForeignKey(Sheet, models.CASCADE, null=True, related_name="pages")
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=6, choices=[(k.value, k.value) for k in PageState])
    marks = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    refused = models.CharField(max_length=20, default="")
    quality = models.JSONField(default=dict)
    file = models.CharField(max_length=200, default="")

    held = Held(Purpose.TEACHING, Keep.THREE_YEARS, person=("sheet__person_id",), secret=("file",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "position"], name="scan_page_once")]
        indexes = [models.Index(fields=["sheet", "number"], name="scan_page_sheet")]


class Field(Row):
    """An area cut out of a page for a person: handwriting, or the boxes above digits."""

    page = models.ForeignKey(ScanPage, models.CASCADE, related_name="fields")
    item = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    # Share of the area that is ink; next to nothing: probably not written on.
    ink = models.FloatField(default=0)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("page__sheet__person_id",), secret=("file",)
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "item"], name="field_once")]


class Doubt(Row):
    """What the reading is not sure of, and what a person decided. Nothing counts before that."""

    page = models.ForeignKey(ScanPage, models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in DoubtKind])
    # The item, for a mark; why, for the others.
    item = models.CharField(max_length=40, default="")
    proposal = models.CharField(max_length=40, default="")
    value = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("page__sheet__person_id",),
        others=("decided_by_id",),
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "kind", "item"], name="doubt_once")]
        indexes = [
            models.Index(
                fields=["page"], name="doubt_open", condition=Q(decided_at__isnull=True)
            )
        ]  # fmt: skip

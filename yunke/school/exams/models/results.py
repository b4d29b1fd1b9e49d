"""After the exam: the release, the analysis of the paper, appeals."""

from django.db import models
from django.db.models import Q

from yunke.base.held import Held, Keep, Purpose
from yunke.base.row import Row
from yunke.school.exams.values.results import AppealState


class Release(Row):
    """An exam's results went out: once, at a minute. ``mark_id``: the newest mark at that time."""

    exam = models.OneToOneField("exams.Exam", models.CASCADE, related_name="release")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    sittings = models.PositiveIntegerField(default=0)

    held = Held(Purpose.TEACHING, Keep.SITE, others=("by_id",))


class Analysis(Row):
    """What the paper showed: sums over pupils, made by a job, never about one of them.

    ``stamp``: the marks that it was made of, so that a re-mark makes it anew.
    """

    exam = models.OneToOneField("exams.Exam", models.CASCADE, related_name="analysis")
    stamp = models.CharField(max_length=40, default="")
    data = models.JSONField(default=dict)

    held = Held(Purpose.TEACHING, Keep.SITE)


class Appeal(Row):
    """A pupil or guardian asks to look again at one question; a teacher answers once.

    ``before`` and ``after``: the marks that counted; every mark between stays in ``attempts``.
    """

    exam = models.ForeignKey("exams.Exam", models.CASCADE, related_name="appeals")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    question = models.ForeignKey("library.Question", models.PROTECT, related_name="+")
    reply_id = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=500)
    state = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in AppealState],
        default=AppealState.OPEN.value,
    )  # fmt: skip
    answer = models.CharField(max_length=500, default="")
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    before_id = models.BigIntegerField(default=0)
    after_id = models.BigIntegerField(default=0)

    held = Held(
        Purpose.TEACHING, Keep.THREE_YEARS, person=("person_id",),
        others=("asked_by_id", "decided_by_id"),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "person", "question"], name="appeal_open_once",
                condition=Q(state="open"),
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["exam", "state"], name="appeal_exam")]

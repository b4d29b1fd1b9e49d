"""For the seeding of a site: a submission that has been waiting for some days."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from yunke.school.review.models import Moved, Submission


@transaction.atomic
def submission_aged(submission_id: int, days: int) -> None:
    """Everything about the submission happened so many days earlier."""
    back = timedelta(days=days)
    rows = Submission.objects.filter(id=submission_id)
    rows.update(waiting_since=F("waiting_since") - back, made_at=F("made_at") - back)
    Moved.objects.filter(submission_id=submission_id).update(made_at=F("made_at") - back)

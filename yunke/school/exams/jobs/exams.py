"""What an exam's hours bring: it opens, its results go out, its paper is analysed."""

from typing import Any

from yunke.base.clock import now
from yunke.base.jobs import Held, JobRefused, job
from yunke.school.exams.actions.papers import paper_open
from yunke.school.exams.actions.planning import OPEN, RELEASE
from yunke.school.exams.actions.results import ANALYSE, NotYet, analysis_keep, exam_release
from yunke.school.exams.actions.settling import exam_settle
from yunke.school.exams.reads.analysis import analysis_json, analysis_made, stamp_of
from yunke.school.exams.reads.exams import exam_view
from yunke.school.exams.reads.results import results_of


@job(OPEN)
def open_at_start(held: Held, payload: dict[str, Any]) -> None:
    """The first pupil opens it, too; whoever is first."""
    exam = exam_view(payload["exam"])
    if exam is None or exam.withdrawn_at or exam.starts_at > now():
        return
    with held.write():
        paper_open(exam.paper_id)
    # Sheets that were scanned before it began have waited for this.
    if exam.on_paper:
        exam_settle(exam.id)


@job(RELEASE)
def release_at_minute(held: Held, payload: dict[str, Any]) -> None:
    """At the chosen minute; when something is still to be marked, the teacher is told why not."""
    exam = exam_view(payload["exam"])
    if exam is None or exam.withdrawn_at or exam.released_at or exam.release_at is None:
        return
    if exam.release_at > now():
        return
    try:
        with held.write():
            exam_release(exam_id=exam.id)
    except NotYet as not_yet:
        raise JobRefused(not_yet.text) from None


@job(ANALYSE)
def analyse(held: Held, payload: dict[str, Any]) -> None:
    """The paper's analysis of the marks as they are now."""
    exam = exam_view(payload["exam"])
    if exam is None or exam.withdrawn_at:
        return
    stamp = stamp_of(results_of(exam).values())
    made = analysis_json(analysis_made(exam))
    with held.write():
        analysis_keep(exam.id, stamp, made)

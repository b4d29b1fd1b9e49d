"""Sheets that were scanned before the exam began: they wait, and go in when it opens."""

import pytest

from yunke.base.clock import now
from yunke.base.models import Job
from yunke.ground.people.tests.makers import signed_in
from yunke.school.exams import jobs
from yunke.school.exams.actions.planning import exam_withdraw
from yunke.school.exams.actions.settling import exam_settle
from yunke.school.exams.models import PaperItem, Sitting
from yunke.school.exams.tests.makers import begin
from yunke.school.exams.tests.paper_makers import pile, work

pytestmark = pytest.mark.django_db
assert jobs.exams  # known to the worker that the tests are


def test_sheets_that_were_scanned_too_early_go_in_when_the_exam_opens() -> None:
    made = pile(begun=False)
    scans = f"/exams/{made.exam.id}/scans"
    client = signed_in(made.hall.people.teacher)
    assert "才开始" not in client.get(scans).content.decode()
    for number in (1, 2):
        made.page(made.pupils[0], number)
    assert "才开始" in client.get(scans).content.decode()
    client.cookies["yunke_language"] = "en"
    assert "go in by themselves" in client.get(scans).content.decode()
    Job.objects.filter(name="exams.open").update(due_at=now())
    work()
    assert not Sitting.objects.exists()
    begin(made.hall, 5)
    Job.objects.filter(name="exams.open").update(due_at=now(), state="waiting", tries=0)
    for _twice in range(2):
        work()
        Job.objects.filter(name="exams.open").update(due_at=now(), state="waiting")
    assert [s.person_id for s in Sitting.objects.all()] == [made.pupils[0].id]
    assert made.sheet(made.pupils[0]).entered_at
    assert "go in by themselves" not in client.get(scans).content.decode()


def test_a_scan_after_the_start_goes_in_though_the_opening_job_never_ran() -> None:
    made = pile(begun=False)
    begin(made.hall, 5)
    Job.objects.filter(name="exams.open").delete()
    for number in (1, 2):
        made.page(made.pupils[0], number)
    assert exam_settle(made.exam.id) == [made.sheet(made.pupils[0]).id]
    assert PaperItem.objects.count() == 7


def test_the_sheets_of_an_exam_that_was_withdrawn_meanwhile_stay_out() -> None:
    made = pile(begun=False)
    for number in (1, 2):
        made.page(made.pupils[0], number)
    exam_withdraw(who=made.hall.teacher, exam_id=made.exam.id)
    begin(made.hall, 5)
    Job.objects.filter(name="exams.open").update(due_at=now())
    work()
    assert not Sitting.objects.exists()
    assert not PaperItem.objects.exists()

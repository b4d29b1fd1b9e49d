"""Results, the table, the analysis, appeals on their pages; erasure; an exam that is brought in."""

from fractions import Fraction
from typing import Any

import pytest
from django.conf import LazySettings

from yunke.base.clock import now
from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry, Look
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, person, signed_in, who
from yunke.ground.privacy.tests.test_erase import erased
from yunke.school.exams import door, jobs
from yunke.school.exams.actions.results import appeal_ask, appeal_decide, exam_release
from yunke.school.exams.models import Analysis, Appeal, Exam, Incident, Release, Sitting
from yunke.school.exams.reads.analysis import analysis_made, analysis_of
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.reads.results import missing_for, result_of, results_of
from yunke.school.exams.tests.makers import (
    begin,
    end,
    exam_plan,
    hall,
    hand_in,
    paper,
    people,
    released,
    sat,
    two_classes,
    wish,
)
from yunke.school.exams.tests.test_pages import english, post, text
from yunke.school.exams.views.results import _plain, spread_bars
from yunke.school.library.door import asked_of

pytestmark = pytest.mark.django_db
assert jobs.exams


def two_sat() -> Any:
    """Two classes sat: the first class's first pupil right, the other class's one wrong."""
    made = begin(two_classes())
    hand_in(made, made.people.pupil, "B", "5")
    hand_in(made, made.people.other_pupil, "A", "4")
    return made


def asked(made: Any, pupil: Any, position: int = 2) -> int:
    line = result_of(made.view, pupil.id).lines[position - 1]
    return appeal_ask(by_id=pupil.id, exam=made.view, person_id=pupil.id, reason="再看看",
                      question_id=line.question_id)  # fmt: skip


def test_who_teaches_one_class_reads_and_exports_that_class_alone() -> None:
    made = released(two_sat())
    own, other = made.people.other_pupil, made.people.pupil
    client = signed_in(made.people.other_teacher)
    Look.objects.all().delete()
    page = text(client, f"/exams/{made.exam.id}/results")
    assert own.name in page
    assert other.name not in page
    assert other.id not in set(Look.objects.values_list("pupil_id", flat=True))
    table = client.get(f"/exams/{made.exam.id}/results.csv").content.decode("utf-8-sig")
    assert [line for line in table.splitlines() if own.name in line and ",0,0,0,5," in line]
    assert other.name not in table
    assert Entry.objects.get(act="data.exported").detail["rows"] == 1


def test_the_table_of_an_english_reader_has_no_chinese_band() -> None:
    made = released(sat())
    client = english(signed_in(made.people.teacher))
    table = client.get(f"/exams/{made.exam.id}/results.csv").content.decode("utf-8-sig")
    assert table.splitlines()[1].endswith("Excellent")
    assert "优秀" not in table


@pytest.mark.parametrize("name", ["=1+1", "+A1", "-2", "@x", "\tx", "\rx"])
def test_a_name_that_a_spreadsheet_would_run_is_text(name: str) -> None:
    assert _plain(name) == "'" + name
    assert _plain("王=小明") == "王=小明"


def test_an_unreleased_result_is_read_by_nobody_and_a_released_one_by_its_own() -> None:
    made = sat()
    child, sister = made.people.pupil, made.people.pupils[1]
    pupil, parent = signed_in(child), signed_in(made.people.guardian)
    places = (f"/exams/{made.exam.id}/result", f"/exams/{made.exam.id}/result/{child.id}")
    text(pupil, places[0], 404)
    text(parent, places[1], 404)
    released(made)
    text(pupil, places[0])
    text(parent, places[1])
    text(parent, places[0], 404)
    for client in (pupil, parent):
        text(client, f"/exams/{made.exam.id}/result/{sister.id}", 404)
    Exam.objects.update(withdrawn_at=now())
    text(pupil, places[0], 404)


@pytest.mark.parametrize(("profile", "points"), [("cn", False), ("strict", False), ("eu", True)])
def test_points_are_shown_to_a_child_only_where_the_profile_allows(
    profile: str, points: bool, settings: LazySettings
) -> None:
    made = released(sat())
    settings.PROFILE = profile
    for somebody, more in ((made.people.pupil, ""), (made.people.guardian, "/child")):
        place = more.replace("child", str(made.people.pupil.id))
        page = text(signed_in(somebody), f"/exams/{made.exam.id}/result{place}")
        assert ("big-number" in page) == points
        assert "优秀" in page


def test_who_did_not_sit_is_told_so() -> None:
    made = begin(hall(open_text=False))
    hand_in(made, made.people.pupil, "B", "5")
    released(made)
    page = text(signed_in(made.people.pupils[1]), f"/exams/{made.exam.id}/result")
    assert "接下来练什么" not in page


def test_marks_by_hand_wait_without_names_and_go_on_to_the_release() -> None:
    made = begin(hall())
    hand_in(made, made.people.pupil, "B", "5", "因为所以")
    client, number = signed_in(made.people.teacher), made.exam.id
    page = text(client, f"/exams/{number}/marks")
    main = page[page.index("<main") :]
    assert "因为所以" in main
    assert made.people.pupil.name not in main
    reply = result_of(made.view, made.people.pupil.id).lines[2].reply_id
    for bad in ("6", "-1", "x", "1e999999", ""):
        assert post(client, f"/exams/{number}/marks/{reply}", score=bad).status_code == 422, bad
    assert result_of(made.view, made.people.pupil.id).score is None
    to = post(client, f"/exams/{number}/marks/{reply}", score="4.5", back="//evil")["Location"]
    assert to == f"/exams/{number}/marks"
    assert result_of(made.view, made.people.pupil.id).score == Fraction(19, 2)
    assert post(client, f"/exams/{number}/marks/{10**9}", score="1").status_code == 404
    end(made)
    post(client, f"/exams/{number}/release")
    assert Release.objects.count() == 1


def test_a_release_in_the_browser_that_is_too_early_says_why_and_releases_nothing() -> None:
    made = sat()
    client = signed_in(made.people.teacher)
    reply = client.post(f"/exams/{made.exam.id}/release", once(), follow=True)
    assert "同一份试卷还有人可以考" in reply.content.decode()
    assert not Release.objects.exists()
    assert not Event.objects.filter(verb="exam.released").exists()


def test_voided_sittings_hold_no_release_and_have_no_result() -> None:
    made = end(sat())
    Sitting.objects.filter(person=made.people.pupils[2]).update(withdrawn_at=now())
    assert not missing_for(made.view).any
    assert made.people.pupils[2].id not in results_of(made.view)
    with pytest.raises(Refused):
        exam_release(exam_id=10**9)


def test_the_review_names_nobody_and_waits_until_nobody_can_sit() -> None:
    made = sat()
    client = signed_in(made.people.teacher)
    text(client, f"/exams/{made.exam.id}/review", 404)
    end(made)
    for n in ("1", "2", "999", "-4", "x", "9" * 5000):
        page = text(client, f"/exams/{made.exam.id}/review?n={n}")
        main = page[page.index("<main") :]
        assert not [p.name for p in made.people.pupils if p.name in main]


def paper_questions(made: Any) -> list[int]:
    return [item.question_id for item in items_of_paper(made.paper.id)]


def test_the_analysis_shows_no_question_while_a_later_shift_has_not_sat_it() -> None:
    made = end(sat())
    client, path = signed_in(made.people.teacher), f"/exams/{made.exam.id}/analysis"
    words = [one.prompt for one in asked_of(paper_questions(made)).values()]
    assert len(words) == 2
    assert all(word in text(client, path) for word in words)
    exam_plan(who=made.teacher, wish=wish(made.paper, made.people.one.id, starts_in=600))
    page = text(client, path)
    assert not [word for word in words if word in page]


def test_the_worker_makes_the_analysis_and_one_class_is_counted_alone() -> None:
    made = released(two_sat())
    Job.objects.filter(name="exams.analyse").update(due_at=now())
    while run_one():
        pass
    assert analysis_of(made.exam.id)["pupils"] == 2
    assert analysis_made(made.view, [made.people.other.id]).pupils == 1
    assert analysis_of(10**9) == {}
    for somebody in (made.people.teacher, made.people.other_teacher):
        for client in (signed_in(somebody), english(signed_in(somebody))):
            text(client, f"/exams/{made.exam.id}/analysis")
    Exam.objects.update(withdrawn_at=now())
    Analysis.objects.all().delete()
    Job.objects.filter(name="exams.analyse").update(due_at=now(), state="waiting")
    while run_one():
        pass
    assert not Analysis.objects.exists()


def test_bars_of_a_spread_stay_in_their_picture() -> None:
    for counts in ([0] * 10, [1] * 10, [0, 500] + [3] * 8):
        bars = spread_bars(counts)
        assert all(0 <= b["height"] <= 76 and b["y"] + b["height"] == 94 for b in bars)


def test_an_appeal_is_answered_by_its_own_classes_teacher_alone() -> None:
    made = released(two_sat())
    number = asked(made, made.people.pupil)
    Appeal.objects.update(reply_id=0)
    second = made.people.other_teacher
    with pytest.raises(Refused) as no:
        appeal_decide(who=who(second), exam_id=made.exam.id, appeal_id=number, answer="好")
    assert no.value.status == 404
    assert "再看看" not in text(signed_in(second), f"/exams/{made.exam.id}/appeals")
    Look.objects.all().delete()
    assert "再看看" in text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/appeals")
    assert made.people.pupil.id in set(Look.objects.values_list("pupil_id", flat=True))


@pytest.mark.parametrize(
    "values",
    [{"do": "mark", "score": "9", "answer": "好"}, {"do": "mark", "score": "x", "answer": "好"},
     {"do": "explain", "answer": " "}, {}],
)  # fmt: skip
def test_an_answer_that_is_refused_leaves_the_appeal_open(values: dict[str, str]) -> None:
    made = released(sat())
    number = asked(made, made.people.pupils[1])
    client = signed_in(made.people.teacher)
    reply = post(client, f"/exams/{made.exam.id}/appeals/{number}", **values)
    assert reply.status_code == 422
    row = Appeal.objects.get()
    assert (row.state, row.answer, row.after_id) == ("open", "", 0)
    assert not Entry.objects.filter(act="appeal.decided").exists()


def test_a_guardian_appeals_for_the_own_child_and_takes_it_back() -> None:
    made = released(sat())
    child, parent = made.people.pupil, signed_in(made.people.guardian)
    question = result_of(made.view, child.id).lines[0].question_id
    path = f"/exams/{made.exam.id}/appeal"
    for bad, status in (
        ({"child": child.id, "question": question, "reason": " "}, 422),
        ({"child": child.id, "question": "9" * 5000, "reason": "x"}, 404),
        ({"child": made.people.pupils[1].id, "question": question, "reason": "x"}, 404),
        ({"question": question, "reason": "x"}, 404),
    ):
        assert post(parent, path, **bad).status_code == status
    assert not Appeal.objects.exists()
    post(parent, path, child=child.id, question=question, reason="请看")
    row = Appeal.objects.get()
    assert (row.person_id, row.asked_by_id) == (child.id, made.people.guardian.id)
    assert Event.objects.filter(verb="exam.appealed").count() == 1
    post(signed_in(child), path, do="back", appeal=row.id)
    row.refresh_from_db()
    assert row.state == "open"
    post(parent, path, child=child.id, do="back", appeal=row.id)
    row.refresh_from_db()
    assert row.state == "taken_back"


def test_who_is_erased_is_gone_from_sittings_incidents_and_appeals_and_others_stay() -> None:
    made = released(sat())
    child, sister = made.people.pupil, made.people.pupils[1]
    asked(made, child)
    asked(made, sister)
    seat = Sitting.objects.get(person=child)
    Incident.objects.create(exam=made.exam, sitting=seat, kind="ill", note="不舒服")
    erased(child, by=made.people.guardian, decider=made.people.admin)
    assert not Sitting.objects.filter(id=seat.id).exists()
    assert not Incident.objects.exists()
    assert [row.person_id for row in Appeal.objects.all()] == [sister.id]
    assert results_of(made.view)[sister.id].score == 2
    assert Exam.objects.get().released_at is not None


def test_an_exam_that_took_place_comes_in_with_its_answers() -> None:
    made = people()
    row = paper(made.teacher, open_text=False)
    planned = wish(row, made.one.id, starts_in=-3 * 24 * 60)
    answers: dict[int, tuple[int, list[Any]]] = {
        made.pupils[0].id: (made.one.id, ["B", "5"]), made.pupils[1].id: (made.one.id, [None]),
    }  # fmt: skip
    number = door.exam_bring(who=who(made.teacher), wish=planned, sat=answers)
    view = door.exam_view(number)
    assert view is not None
    found = door.results_of(view)
    assert [found[p].score for p in answers] == [5, 0]
    assert not door.missing_for(view).any
    assert door.exams_released([number]) == set()
    door.exam_release(exam_id=number)
    assert door.exams_released([number]) == {number}
    assert [e.id for e in door.exams_of_classes([made.one.id])] == [number]


def test_a_stranger_brings_nothing_in() -> None:
    made = people()
    planned = wish(paper(made.teacher), made.one.id, starts_in=-3 * 24 * 60)
    with pytest.raises(Refused):
        door.exam_bring(who=who(person()), wish=planned, sat={})
    assert not Exam.objects.exists()

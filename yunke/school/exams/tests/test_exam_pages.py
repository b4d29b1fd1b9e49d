"""The list of exams, one exam for each reader, and planning in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now
from yunke.ground.people.tests.makers import member, once, signed_in, who
from yunke.ground.people.values import Role
from yunke.school.exams.actions.planning import exam_plan, exam_withdraw
from yunke.school.exams.models import Exam, Extra
from yunke.school.exams.reads.exams import exam_for_pupil, exams_of_school, plain_names
from yunke.school.exams.tests.makers import (
    TITLE,
    Hall,
    begin,
    hall,
    hand_in,
    left,
    paper,
    people,
    released,
    sat,
    start,
    two_classes,
    wish,
)
from yunke.school.exams.tests.test_pages import english, post, text
from yunke.school.exams.values.exams import Mode

pytestmark = pytest.mark.django_db


def typed(minutes_on: float = 24 * 60) -> str:
    return (now() + timedelta(minutes=minutes_on)).astimezone().strftime("%Y-%m-%dT%H:%M")


def path(of: Hall, more: str = "") -> str:
    return f"/exams/{of.exam.id}{more}"


def test_the_list_is_for_the_class_its_guardians_and_its_school() -> None:
    made = hall()
    everybody = made.people
    for somebody in (everybody.pupil, everybody.guardian, everybody.teacher, everybody.head,
                     everybody.admin):  # fmt: skip
        page = text(signed_in(somebody), "/exams")
        assert path(made) in page or "随堂检测" in page, somebody.kind
        assert ("Decimals" in page or TITLE in page) == (somebody == everybody.teacher)
    for somebody in (everybody.other_pupil, everybody.far_guardian, everybody.far_teacher,
                     everybody.far_admin):  # fmt: skip
        assert path(made) not in text(signed_in(somebody), "/exams")
    text(signed_in(everybody.city_staff), "/exams", 404)


def test_no_title_is_told_to_a_class_before_the_release() -> None:
    made = begin(hall(mode=Mode.HOME))
    hand_in(made, made.people.pupil, "B", "5", "因为")
    child = made.people.pupil.id
    for somebody, places in (
        (made.people.pupil, ("/exams", path(made), path(made, "/sit"))),
        (made.people.guardian, ("/exams", path(made), path(made, f"/watch/{child}"))),
        (made.people.head, ("/exams", path(made), path(made, "/room"))),
        (made.people.admin, ("/exams",)),
    ):
        for place in places:
            assert TITLE not in text(signed_in(somebody), place), (somebody.kind, place)


def test_after_the_release_the_title_is_told() -> None:
    made = released(sat())
    for somebody in (made.people.pupil, made.people.guardian, made.people.head):
        assert TITLE in text(signed_in(somebody), "/exams")
    page = text(english(signed_in(made.people.pupil)), "/exams")
    assert "Decimals" in page


def test_a_withdrawn_exam_is_gone_for_pupils_and_guardians_and_stays_for_its_teachers() -> None:
    made = begin(hall(mode=Mode.HOME))
    exam_withdraw(who=made.teacher, exam_id=made.exam.id)
    child = made.people.pupil
    for somebody, places in (
        (child, ("", "/sit", "/result")),
        (made.people.guardian, ("", f"/watch/{child.id}", f"/result/{child.id}")),
        (made.people.teacher, ("/room", "/marks", "/results", "/review", "/move")),
    ):
        for place in places:
            text(signed_in(somebody), path(made, place), 404)
    assert "已撤回" in text(signed_in(made.people.teacher), path(made))
    assert exams_of_school(made.people.school.id) == []


def test_who_went_to_another_school_is_out_on_the_next_request() -> None:
    made = begin(hall())
    client, pupil = signed_in(made.people.teacher), signed_in(made.people.pupils[1])
    text(client, path(made))
    text(pupil, path(made))
    for somebody, role in (
        (made.people.teacher, Role.TEACHER),
        (made.people.pupils[1], Role.PUPIL),
    ):
        left(somebody)
        member(somebody, made.people.far, role, subject="maths")
    for place in ("", "/room", "/marks", "/results"):
        text(client, path(made, place), 404)
    text(pupil, path(made), 404)
    assert post(pupil, path(made, "/start")).status_code == 404


def test_who_sat_and_changed_class_still_finds_the_own_exam() -> None:
    made = begin(hall())
    pupil = made.people.pupil
    start(made, pupil)
    left(pupil)
    assert exam_for_pupil(pupil.id, made.exam.id) is not None
    assert exam_for_pupil(made.people.other_pupil.id, made.exam.id) is None
    assert exam_for_pupil(pupil.id, 10**9) is None


def test_a_guardian_of_nobody_in_the_class_finds_no_exam() -> None:
    made = hall()
    assert "Home" not in text(signed_in(made.people.far_guardian), "/exams")
    text(signed_in(made.people.guardian), path(made))
    text(signed_in(made.people.far_guardian), path(made), 404)


def test_a_pupil_of_an_exam_on_paper_reads_when_it_is_and_is_sent_round_no_circle() -> None:
    made = begin(hall(mode=Mode.PAPER))
    client = signed_in(made.people.pupil)
    assert post(client, path(made, "/start")).status_code == 409
    text(client, path(made))
    assert client.get(path(made, "/sit"))["Location"] == path(made)


def test_pages_of_numbers_that_cannot_be_are_not_there() -> None:
    made = hall()
    client = signed_in(made.people.teacher)
    for number in (0, 10**18, 10**30):
        for place in ("", "/room", "/marks", "/results.csv"):
            text(client, f"/exams/{number}{place}", 404)


def test_the_same_plan_sent_twice_is_one_exam() -> None:
    made = people()
    row, client, key = paper(made.teacher), signed_in(made.teacher), once()
    form = {"paper": row.id, "class": made.one.id, "starts_at": typed(), "minutes": "40", **key}
    replies = [client.post("/exams/new", form) for _n in range(2)]
    assert [r.status_code for r in replies] == [303, 303]
    assert replies[0]["Location"] == replies[1]["Location"]
    assert Exam.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"class": "9" * 5000},
        {"class": str(10**30)},
        {"starts_at": "9999-12-31T23:59"},
        {"minutes": "-1"},
        {"release_at": "soon"},
        {"starts_at": "2020-01-01T09:00"},
    ],
)
def test_a_plan_that_is_refused_keeps_what_was_typed(bad: dict[str, str]) -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    form = {"paper": row.id, "class": made.one.id, "starts_at": typed(), "minutes": "40"}
    reply = post(client, "/exams/new", **{**form, "appeal_days": "9", **bad})
    assert reply.status_code == 422
    page = reply.content.decode()
    assert 'role="alert"' in page
    assert 'name="appeal_days" type="number" min="0" max="30" value="9"' in page
    assert not Exam.objects.exists()


def test_the_plan_form_is_for_teachers_and_says_what_to_do_without_a_paper() -> None:
    made = people()
    assert "还没有试卷" in text(signed_in(made.teacher), "/exams/new")
    paper(made.teacher)
    page = text(signed_in(made.teacher), "/exams/new")
    assert "每学期只组织一次期末考试" in page
    assert "One final exam a term" in text(english(signed_in(made.teacher)), "/exams/new")
    for somebody in (made.pupil, made.guardian, made.admin, made.city_staff):
        text(signed_in(somebody), "/exams/new", 404)
        assert post(signed_in(somebody), "/exams/new").status_code == 404


def test_an_exam_is_moved_in_the_browser_by_its_author_alone() -> None:
    made = hall()
    client = signed_in(made.people.teacher)
    text(client, path(made, "/move"))
    bad = post(client, path(made, "/move"), starts_at="", minutes="40")
    assert bad.status_code == 422
    reply = post(client, path(made, "/move"), starts_at=typed(3_000), minutes="55", window="90",
                 **{"class": made.people.far.id})  # fmt: skip
    assert reply.status_code == 303
    view = made.view
    assert (view.minutes, view.class_ids) == (55, (made.people.one.id,))
    assert view.ends_at - view.starts_at == timedelta(minutes=90)
    for somebody in (made.people.head, made.people.other_teacher, made.people.far_teacher):
        text(signed_in(somebody), path(made, "/move"), 404)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"percent": "25", "minutes": ""}, 303),
        ({"percent": "300"}, 422),
        ({"percent": "-5"}, 422),
        ({"percent": "much"}, 422),
        ({"minutes": "241"}, 422),
        ({"percent": "9" * 5000}, 422),
    ],
)
def test_extra_time_that_is_refused_takes_nothing_away(values: dict[str, str], status: int) -> None:
    made = hall()
    Extra.objects.create(exam=made.exam, person=made.people.pupil, percent=50)
    client = signed_in(made.people.teacher)
    reply = post(client, path(made, "/extra"), person=made.people.pupil.id, **values)
    assert reply.status_code == status
    assert Extra.objects.get().percent == (25 if status == 303 else 50)


def test_a_release_time_that_cannot_be_read_keeps_the_one_that_was_chosen() -> None:
    made = hall()
    chosen = made.exam.ends_at + timedelta(hours=1)
    Exam.objects.update(release_at=chosen)
    client = signed_in(made.people.teacher)
    for bad in ("soon", "9999-12-31T23:59", typed(1)):
        assert post(client, path(made, "/release-at"), release_at=bad).status_code == 422
    assert Exam.objects.get().release_at == chosen
    assert post(client, path(made, "/release-at"), release_at="").status_code == 303
    assert Exam.objects.get().release_at is None


def test_a_withdrawal_in_the_browser_is_its_authors() -> None:
    made = hall()
    for somebody in (made.people.head, made.people.admin, made.people.pupil):
        reply = post(signed_in(somebody), path(made, "/withdraw"), reason="x")
        assert reply.status_code == 404
    client = signed_in(made.people.teacher)
    assert post(client, path(made, "/withdraw"), reason="x" * 999).status_code == 303
    assert Exam.objects.get().withdrawn_at is not None


def test_a_teacher_of_one_of_two_classes_sees_the_own_pupils() -> None:
    made = begin(two_classes())
    own, other = made.people.other_pupil, made.people.pupil
    page = text(signed_in(made.people.other_teacher), path(made))
    assert own.name in page
    assert other.name not in page


def test_a_pupil_reads_the_own_extra_time_before_the_start() -> None:
    made = hall()
    Extra.objects.create(exam=made.exam, person=made.people.pupil, percent=25, minutes=5)
    assert "55 分钟" in text(signed_in(made.people.pupil), path(made))
    assert "55 分钟" not in text(signed_in(made.people.pupils[1]), path(made))


def test_the_name_where_nothing_may_be_told_is_the_sort() -> None:
    made = hall()
    assert plain_names([made.exam.id, 10**9]) == {made.exam.id: "随堂检测"}


@pytest.mark.parametrize("role", ["teacher", "pupil", "guardian", "admin"])
def test_the_list_costs_the_same_for_fifty_exams_as_for_five(role: str) -> None:
    made = people()
    row, counts = paper(made.teacher), []
    client: Any = signed_in(getattr(made, role))
    at = 60.0
    for more in (5, 45):
        for _n in range(more):
            at += 120
            exam_plan(who=who(made.teacher), wish=wish(row, made.one.id, starts_in=at))
        client.get("/exams")
        with CaptureQueriesContext(connection) as found:
            text(client, "/exams")
        counts.append(len(found))
    assert abs(counts[0] - counts[1]) <= 2, counts

"""Results follow those who sat: a pupil who changed class or left since is in them, who came
since is not taken for somebody who sat."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.ground.people.models import Membership
from yunke.ground.people.tests.makers import guardian, member, pupil, signed_in
from yunke.ground.people.values import Role
from yunke.school.exams.models import Exam
from yunke.school.exams.reads.results import results_of
from yunke.school.exams.tests.makers import Hall, begin, hand_in, released, sat, start, two_classes
from yunke.school.exams.tests.test_pages import text

pytestmark = pytest.mark.django_db


def moved(somebody: Any, to: Any) -> None:
    """Another class since today."""
    Membership.objects.filter(person=somebody).update(until=today())
    member(somebody, to, Role.PUPIL, since=today())


def rows(page: str) -> list[str]:
    """The names of the table, in order."""
    return [part.split("</th>")[0] for part in page.split('<th scope="row">')[1:]]


def listed(of: Hall, by: Any) -> list[list[str]]:
    answer = signed_in(by).get(f"/exams/{of.exam.id}/results.csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_who_changed_class_stays_in_the_results_and_in_the_table() -> None:
    made = released(sat())
    gone = made.people.pupils[0]
    before = listed(made, made.people.teacher)
    moved(gone, made.people.other)
    page = text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/results")
    assert sorted(rows(page)) == sorted(p.name for p in made.people.pupils)
    assert "没有参加" not in page
    assert listed(made, made.people.teacher) == before
    assert gone.name in [line[0] for line in before]


def test_the_new_class_teacher_reads_nothing_of_it() -> None:
    made = released(sat())
    moved(made.people.pupils[0], made.people.other)
    client = signed_in(made.people.other_teacher)
    for more in ("", "/results", "/results.csv", "/marks", "/appeals"):
        text(client, f"/exams/{made.exam.id}{more}", 404)


def test_who_left_the_school_stays_in_the_results_and_who_came_since_did_not_sit() -> None:
    made = released(sat())
    left = made.people.pupils[1]
    Membership.objects.filter(person=left).update(until=today())
    fresh = pupil(made.people.one, "新同学")
    page = text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/results")
    assert sorted(rows(page)) == sorted([*(p.name for p in made.people.pupils), fresh.name])
    assert page.count("没有参加") == 1
    assert fresh.name not in [line[0] for line in listed(made, made.people.teacher)]


def test_between_two_classes_of_one_exam_a_pupil_is_listed_once_where_they_sat() -> None:
    made = begin(two_classes())
    mover = made.people.pupils[0]
    hand_in(made, mover, "B", "5")
    moved(mover, made.people.other)
    mine = rows(text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/results"))
    assert mine.count(mover.name) == 1
    theirs = rows(text(signed_in(made.people.other_teacher), f"/exams/{made.exam.id}/results"))
    assert results_of(made.view)[mover.id].class_id == made.people.one.id
    # Their colleague sees a pupil of today, and nothing of what was written in the other class.
    page = text(signed_in(made.people.other_teacher), f"/exams/{made.exam.id}/results")
    assert theirs.count(mover.name) == 1
    assert page.count("没有参加") == len(theirs)


def test_the_pupil_and_the_guardian_still_find_the_exam_of_the_class_of_before() -> None:
    made = released(sat())
    gone, other = made.people.pupils[0], made.people.pupils[1]
    parent = guardian(gone, "新家长")
    moved(gone, made.people.other)
    Membership.objects.filter(person=other).update(until=today())
    link = f"/exams/{made.exam.id}"
    for somebody in (gone, parent):
        assert f'href="{link}"' in text(signed_in(somebody), "/exams")
        text(signed_in(somebody), link)
    text(signed_in(gone), f"{link}/result")
    text(signed_in(parent), f"{link}/result/{gone.id}")


def test_who_was_in_the_class_and_did_not_sit_finds_it_no_more_after_the_move() -> None:
    made = begin(sat(pupils=2))
    away = pupil(made.people.one, "没来的")
    moved(away, made.people.other)
    link = f"/exams/{made.exam.id}"
    assert f'href="{link}"' not in text(signed_in(away), "/exams")
    text(signed_in(away), link, 404)


def test_a_withdrawn_exam_is_gone_from_the_list_of_who_moved_too() -> None:
    made = sat()
    gone = made.people.pupils[0]
    moved(gone, made.people.other)
    Exam.objects.update(withdrawn_at=now())
    assert f"/exams/{made.exam.id}" not in text(signed_in(gone), "/exams")


def test_a_class_of_fifty_who_all_moved_costs_what_five_cost() -> None:
    counts = []
    for many in (5, 50):
        made = begin(two_classes())
        for n in range(many):
            child = pupil(made.people.one, f"学生{n}")
            start(made, child)
            moved(child, made.people.other)
        client = signed_in(made.people.teacher)
        text(client, f"/exams/{made.exam.id}/results")
        with CaptureQueriesContext(connection) as found:
            page = text(client, f"/exams/{made.exam.id}/results")
        assert "学生4" in page
        counts.append(len(found))
    assert abs(counts[0] - counts[1]) <= 2, counts


def test_the_days_after_do_not_change_whose_result_it_is() -> None:
    made = released(sat())
    total = {n: r.score for n, r in results_of(made.view).items()}
    for child in made.people.pupils:
        moved(child, made.people.other)
    Exam.objects.update(released_at=now() - timedelta(days=200))
    assert {n: r.score for n, r in results_of(made.view).items()} == total
    assert len(listed(made, made.people.teacher)) == 1 + len(total)

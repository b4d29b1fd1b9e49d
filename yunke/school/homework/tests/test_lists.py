"""Homework in lists and beside other pages: for whom, in which order, at what cost."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import bind, guardian, member, once, signed_in
from yunke.ground.people.values import Role
from yunke.school.homework.actions.setting import homework_extend
from yunke.school.homework.models import Homework
from yunke.school.homework.reads.lines import lines_of_classes, lines_of_lesson, mine_of, mine_open
from yunke.school.homework.reads.prepared import prepared_of
from yunke.school.homework.tests import makers
from yunke.school.homework.values import Stage
from yunke.school.library.tests.makers import lesson

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_nearest_deadline_is_first_and_what_is_done_comes_after() -> None:
    people = makers.cast()
    week = makers.homework(people, due_at=makers.ago(days=-7))
    soon = makers.homework(people, due_at=makers.ago(hours=-3))
    late = makers.homework(people, opens_at=makers.ago(days=3), due_at=makers.ago(days=1))
    done = makers.homework(people, due_at=makers.ago(hours=-2))
    makers.handed_in(done, people.pupil, "B", "B")
    assert [one.line.id for one in mine_of(people.pupil.id)] == [
        late.id, soon.id, week.id, done.id,
    ]  # fmt: skip
    assert [one.line.id for one in mine_open(people.pupil.id)] == [late.id, soon.id, week.id]
    assert [one.line.id for one in mine_open(people.pupil.id, limit=1)] == [late.id]


def test_an_own_deadline_decides_the_place_in_the_own_list() -> None:
    people = makers.cast()
    first = makers.homework(people, due_at=makers.ago(hours=-3))
    second = makers.homework(people, due_at=makers.ago(days=-2))
    homework_extend(who_id=1, homework_id=first.id, pupils=[people.pupil.id], days=9)
    assert [one.line.id for one in mine_of(people.pupil.id)] == [second.id, first.id]
    assert [one.line.id for one in mine_of(people.pupils[1].id)] == [first.id, second.id]


def test_what_was_due_months_ago_is_no_longer_to_do() -> None:
    people = makers.cast()
    makers.homework(people, opens_at=makers.ago(days=99), due_at=makers.ago(days=98))
    assert mine_open(people.pupil.id) == ()
    assert [one.stage for one in mine_of(people.pupil.id)] == [Stage.OVERDUE]


def test_a_teachers_list_counts_what_waits() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    for child in people.pupils[:2]:
        makers.handed_in(row, child, "一")
    line = lines_of_classes([people.one.id])[0]
    assert (line.line.pupils, line.counts.handed_in, line.returned, line.waiting) == (3, 2, 0, 2)
    for one in (people.pupils[0], people.pupils[1]):
        makers.marked(makers.handed_in(row, one, "一"), people.teacher)
    makers.returned(row, people.teacher)
    assert lines_of_classes([people.one.id])[0].waiting == 0
    assert lines_of_classes([people.other.id]) == ()
    assert lines_of_classes([]) == ()


def test_each_sees_the_lists_of_the_own_classes_only() -> None:
    people = makers.cast()
    row = makers.homework(people)
    for somebody in (people.teacher, people.head, people.admin):
        assert row.title in page(signed_in(somebody), "/homework")
    for somebody in (people.other_teacher, people.far_teacher, people.far_admin, people.far_pupil):
        assert row.title not in page(signed_in(somebody), "/homework")
    assert signed_in(people.city_staff).get("/homework").status_code == 404
    answer = signed_in(people.guardian).get("/homework")
    assert answer["Location"] == f"/child/{people.pupil.id}/homework"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_empty_lists_say_what_to_do_next(language: str) -> None:
    people = makers.cast()
    for somebody, path in (
        (people.teacher, "/homework"), (people.pupil, "/homework"),
        (people.guardian, f"/child/{people.pupil.id}/homework"),
    ):  # fmt: skip
        client = signed_in(somebody)
        client.cookies["yunke_language"] = language
        told = page(client, path)
        assert "empty" in told
        assert ("作业" in told.split("<main")[-1]) is (language != "en")


def test_beside_todays_page_stands_what_is_to_do_and_nothing_of_others() -> None:
    people = makers.cast()
    row = makers.homework(people, pupils=(people.pupil.id,))
    assert row.title in page(signed_in(people.pupil), "/today")
    assert row.title not in page(signed_in(people.pupils[1]), "/today")
    makers.handed_in(row, people.pupil, "B", "B")
    assert row.title not in page(signed_in(people.pupil), "/today")


def test_beside_a_lesson_stands_who_prepared_for_its_teachers_only() -> None:
    people = makers.cast()
    told = lesson(title="古诗三首")
    row = makers.homework(people, lesson_id=told.id)
    makers.handed_in(row, people.pupil, "B", "B")
    seen = page(signed_in(people.teacher), f"/lesson/{told.id}")
    assert row.title in seen
    assert people.pupils[1].name in seen
    assert row.title not in page(signed_in(people.far_teacher), f"/lesson/{told.id}")
    assert people.pupils[1].name not in page(signed_in(people.pupil), f"/lesson/{told.id}")
    assert row.title in page(signed_in(people.pupils[1]), f"/lesson/{told.id}")
    assert lines_of_lesson(told.id, [people.far.id]) == ()


def test_beside_a_lesson_the_cost_is_the_same_for_one_task_and_for_ten() -> None:
    people = makers.cast(pupils=5)
    told = lesson(title="古诗三首")
    costs = []
    for tasks in (1, 9):
        for _ in range(tasks):
            row = makers.homework(people, makers.choices(1), lesson_id=told.id, written=False)
            makers.handed_in(row, people.pupil, "B", mark=False)
        client = signed_in(people.teacher)
        page(client, f"/lesson/{told.id}")
        with CaptureQueriesContext(connection) as seen:
            assert row.title in page(client, f"/lesson/{told.id}")
        costs.append(len(seen))
    assert abs(costs[1] - costs[0]) <= 2


@pytest.mark.parametrize("pupils", [5, 50])
def test_who_prepared_costs_three_queries_at_any_number_of_pupils_and_tasks(pupils: int) -> None:
    people = makers.cast(pupils=pupils)
    rows = [makers.homework(people, makers.choices(1), written=False) for _ in range(4)]
    makers.handed_in(rows[1], people.pupil, "B", mark=False)
    with CaptureQueriesContext(connection) as seen:
        found = prepared_of([row.id for row in rows])
    assert len(seen) == 3
    assert [len(found[row.id].done) for row in rows] == [0, 1, 0, 0]
    assert {len(found[row.id].open) for row in rows} == {pupils, pupils - 1}


def test_who_has_not_got_a_task_neither_prepared_nor_did_not() -> None:
    people = makers.cast()
    row = makers.homework(people, pupils=(people.pupil.id,))
    found = prepared_of([row.id, 10**9])
    assert [one.id for one in found[row.id].open] == [people.pupil.id]
    assert found[10**9].done == found[10**9].open == ()


def rows_of(people: Any, row: Homework, by: Person) -> list[list[str]]:
    answer = signed_in(by).get(f"/homework/{row.id}/results.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_of_results_has_a_line_a_pupil_and_guards_its_cells() -> None:
    people = makers.cast()
    names = ["=1+1", "+cmd|' /C calc'!A0", '甲,"乙"']
    for child, name in zip(people.pupils, names, strict=True):
        child.name = name
        child.save()
    row = makers.homework(people, [makers.written()])
    makers.marked(makers.handed_in(row, people.pupils[2], "一"), people.teacher, "7.5")
    table = rows_of(people, row, people.teacher)
    assert len(table) == 4
    assert all(len(line) == 7 for line in table)
    by_name = {line[0]: line for line in table[1:]}
    assert by_name['甲,"乙"'][5:] == ["7.5", "10"]
    assert not any(name.startswith(("=", "+")) for name in by_name)
    assert all(line[2][-6] in "+-" for line in table[1:])
    entry = Entry.objects.get(act="data.exported")
    assert (entry.actor_id, entry.object_id) == (people.teacher.id, row.id)


def test_a_refused_export_is_no_entry() -> None:
    people = makers.cast()
    row = makers.homework(people)
    for somebody in (people.head, people.other_teacher, people.pupil, people.guardian):
        assert signed_in(somebody).get(f"/homework/{row.id}/results.csv").status_code == 404
    assert not Entry.objects.filter(act="data.exported").exists()


def test_a_look_at_a_childs_work_is_kept() -> None:
    people = makers.cast()
    row = makers.homework(people)
    before = Entry.objects.count()
    page(signed_in(people.guardian), f"/child/{people.pupil.id}/homework/{row.id}")
    page(signed_in(people.teacher), f"/homework/{row.id}")
    assert Entry.objects.count() > before


def test_who_is_no_guardian_any_more_is_out_on_the_next_request() -> None:
    people = makers.cast()
    row = makers.homework(people)
    second = guardian(people.pupil)
    bond = bind(second, people.pupils[1])
    client, path = signed_in(second), f"/child/{people.pupils[1].id}/homework"
    assert client.get(f"{path}/{row.id}").status_code == 200
    bond.until = makers.ago(days=1).date()
    bond.save()
    for each in (path, f"{path}/{row.id}"):
        assert client.get(each).status_code == 404
    assert client.post(f"{path}/{row.id}/sign", once()).status_code == 404


def test_fifty_homeworks_cost_what_five_do() -> None:
    people = makers.cast(pupils=2)
    member(people.teacher, people.other, Role.TEACHER, subject="chinese")
    asked, costs = makers.choices(1), []
    paths = (
        (people.pupil, "/homework"), (people.teacher, "/homework"), (people.pupil, "/today"),
        (people.guardian, f"/child/{people.pupil.id}/homework"),
    )  # fmt: skip
    for count in (5, 45):
        for n in range(count):
            makers.homework(people, asked, minutes=0, due_at=makers.ago(days=-1, minutes=n))
        told = []
        for somebody, path in paths:
            client = signed_in(somebody)
            client.get(path)
            with CaptureQueriesContext(connection) as found:
                assert client.get(path).status_code == 200
            told.append(len(found))
        costs.append(told)
    assert all(abs(few - many) <= 2 for few, many in zip(*costs, strict=True)), costs

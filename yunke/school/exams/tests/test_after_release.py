"""After the release: appeals of a whole class, who is out, what a form may send, what is left."""

import csv
import io
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship
from yunke.ground.people.tests.makers import guardian, once, signed_in
from yunke.school.exams.actions.results import appeal_ask, appeal_decide
from yunke.school.exams.models import Appeal, Exam, Release
from yunke.school.exams.reads.results import result_of, results_of
from yunke.school.exams.tests.makers import Hall, end, left, released, sat
from yunke.school.exams.tests.test_pages import english, post, text

pytestmark = pytest.mark.django_db
TAUGHT = ("/marks", "/results", "/results.csv", "/analysis", "/review", "/appeals")


def asks(made: Hall, pupil: Any, *, by: Any = None, position: int = 2, reason: str = "") -> int:
    found = result_of(made.view, pupil.id)
    assert found is not None
    return appeal_ask(
        by_id=(by or pupil).id, exam=made.view, person_id=pupil.id, reason=reason or "再看看",
        question_id=found.lines[position - 1].question_id,
    )  # fmt: skip


def where(made: Hall, more: str = "") -> str:
    return f"/exams/{made.exam.id}{more}"


def test_fifty_appeals_cost_what_five_cost_and_each_has_its_own_history() -> None:
    made = released(sat(pupils=5))
    client, counts = signed_in(made.people.teacher), []
    for pupil in made.people.pupils:
        asks(made, pupil, reason=f"第{pupil.id}号的理由")
    for size in (5, 50):
        client.get(where(made, "/appeals"))
        with CaptureQueriesContext(connection) as found:
            page = text(client, where(made, "/appeals"))
        counts.append(len(found))
        assert page.count('class="mark-history"') == size
        assert all(f"第{pupil.id}号的理由" in page for pupil in made.people.pupils)
        rows = list(Appeal.objects.all()) * 9
        Appeal.objects.bulk_create(
            Appeal(
                exam_id=row.exam_id, person_id=row.person_id, question_id=row.question_id,
                reply_id=row.reply_id, state="explained", reason="以前问过", decided_at=now(),
            )
            for row in rows
        )  # fmt: skip
    assert abs(counts[0] - counts[1]) <= 2, counts


def test_every_mark_of_an_answer_stands_in_its_order_and_of_no_other() -> None:
    made = released(sat())
    one, two = made.people.pupils[:2]
    for pupil in (one, two):
        asks(made, pupil)
    mine = Appeal.objects.get(person=two)
    appeal_decide(who=made.teacher, exam_id=made.exam.id, appeal_id=mine.id, answer="看错了一位",
                  score=Fraction(3, 2))  # fmt: skip
    for client in (signed_in(made.people.teacher), english(signed_in(made.people.teacher))):
        page = text(client, where(made, "/appeals"))
        histories = page.split('class="mark-history"')[1:]
        # What is still open stands first.
        assert [part.split("</ol>")[0].count("<li>") for part in histories] == [1, 2]
        assert "1.5" in histories[1].split("</ol>")[0]
        assert "看错了一位" in histories[1]
    line = Entry.objects.get(act="appeal.decided")
    assert (line.subject_id, line.detail) == (two.id, {"state": "changed"})
    assert Event.objects.filter(subject_id=two.id, verb__contains="appeal").count() == 2


def test_a_teacher_who_left_is_out_of_everything_at_once() -> None:
    made = released(sat())
    appeal, client = asks(made, made.people.pupil), signed_in(made.people.teacher)
    reply = results_of(made.view)[made.people.pupil.id].lines[0].reply_id
    for path in TAUGHT:
        assert client.get(where(made, path)).status_code == 200, path
    left(made.people.teacher)
    for path in TAUGHT:
        assert client.get(where(made, path)).status_code != 200, path
    before = Entry.objects.count()
    for path, data in ((f"/marks/{reply}", {"score": "0"}), ("/release", {}),
                       (f"/appeals/{appeal}", {"answer": "好", "do": "explain"})):  # fmt: skip
        assert post(client, where(made, path), **data).status_code != 303, path
    assert Appeal.objects.get().state == "open"
    assert Entry.objects.count() == before
    for somebody in (made.people.other_teacher, made.people.far_teacher, made.people.admin,
                     made.people.pupil, made.people.guardian, made.people.city_staff):  # fmt: skip
        for path in TAUGHT:
            assert signed_in(somebody).get(where(made, path)).status_code == 404, path


def test_a_guardian_who_is_none_any_more_neither_reads_nor_asks() -> None:
    made = released(sat())
    child, second = made.people.pupil, guardian(made.people.pupil)
    path, client = where(made, f"/result/{child.id}"), signed_in(made.people.guardian)
    text(client, path)
    Guardianship.objects.filter(guardian=made.people.guardian).update(
        until=today() - timedelta(days=1)
    )
    assert client.get(path).status_code != 200
    question = results_of(made.view)[child.id].lines[0].question_id
    data = {"child": child.id, "question": question, "reason": "再看看"}
    assert post(client, where(made, "/appeal"), **data).status_code != 303
    assert not Appeal.objects.exists()
    mine = signed_in(second)
    assert post(mine, where(made, "/appeal"), **data).status_code == 303
    # Who did not ask takes nothing back.
    own = signed_in(child)
    post(own, where(made, "/appeal"), do="back", appeal=Appeal.objects.get().id)
    assert Appeal.objects.get().state == "open"
    post(mine, where(made, "/appeal"), do="back", appeal=Appeal.objects.get().id, child=child.id)
    assert Appeal.objects.get().state != "open"
    assert Appeal.objects.get().decided_at is not None


def test_what_an_appeal_may_not_be_is_refused_and_leaves_nothing() -> None:
    made = released(sat())
    client = signed_in(made.people.pupil)
    question = results_of(made.view)[made.people.pupil.id].lines[0].question_id
    events = Event.objects.count()
    for data, status in (
        ({"question": question, "reason": ""}, 422),
        ({"question": question, "reason": "\0 "}, 422),
        ({"question": 0, "reason": "x"}, 404),
        ({"question": "9" * 30, "reason": "x"}, 404),
        ({"question": question, "reason": "x", "child": made.people.pupils[1].id}, 404),
        ({"question": question, "reason": "x", "child": "-1"}, 303),
    ):
        assert post(client, where(made, "/appeal"), **data).status_code == status, data
    assert Appeal.objects.count() == 1
    Appeal.objects.all().delete()
    key = once()
    for _again in range(2):
        data = {"question": question, "reason": "字" * 900, **key}
        assert client.post(where(made, "/appeal"), data).status_code == 303
    row = Appeal.objects.get()
    assert (len(row.reason), row.asked_by_id) == (500, made.people.pupil.id)
    assert Event.objects.count() == events + 2


def test_a_slide_that_there_is_not_is_the_nearest() -> None:
    made = released(sat(pupils=1))
    client = signed_in(made.people.teacher)

    def slide(n: str) -> str:
        page = text(client, where(made, f"/review?n={n}"))
        return page[page.index("<main") : page.index("</main>")]

    assert slide("1") != slide("2")
    for n in ("0", "-1", "1e9", "<b>", "", "9" * 40, "x"):
        assert slide(n) == slide("1"), n
    assert slide("999") == slide("2")


def test_a_mark_by_hand_sends_nobody_elsewhere_and_keeps_plain_words() -> None:
    made = released(sat())
    client = signed_in(made.people.teacher)
    reply = results_of(made.view)[made.people.pupil.id].lines[1].reply_id
    for back, lands in (("//evil.example", "marks"), ("../../admin", "marks"), ("", "marks"),
                        ("appeals", "appeals"), ("results", "results")):  # fmt: skip
        told = post(client, where(made, f"/marks/{reply}"), score="2", note="a\0b", back=back)
        assert (told.status_code, told["Location"]) == (303, where(made, f"/{lands}"))
    for score in ("", "99", "-1", "nan", "1/0", "9" * 500):
        told = post(client, where(made, f"/marks/{reply}"), score=score)
        assert told.status_code in {404, 422}, score
    line = results_of(made.view)[made.people.pupil.id].lines[1]
    assert (line.score, line.note) == (Fraction(2), "ab")


def test_the_same_release_twice_is_one_and_its_table_is_counted_in_the_audit() -> None:
    made = end(sat())
    client, key = signed_in(made.people.teacher), once()
    for _again in range(2):
        assert client.post(where(made, "/release"), key).status_code == 303
    assert post(client, where(made, "/release")).status_code == 303
    first = Exam.objects.get(id=made.exam.id).released_at
    assert first is not None
    assert first <= now()
    assert Release.objects.filter(exam=made.exam).count() == 1
    assert Entry.objects.filter(act="results.released", object_id=made.exam.id).count() == 1
    reply = english(client).get(where(made, "/results.csv"))
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in "".join(rows[0]))
    line = Entry.objects.get(act="data.exported", object_id=made.exam.id)
    assert (line.actor_id, line.detail) == (made.people.teacher.id, {"rows": len(rows) - 1})

"""Writing a paper in the browser: each change, what is refused, what nobody else may reach."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.ground.people.tests.makers import once, signed_in, teacher, who
from yunke.school.exams.actions.papers import maker_add
from yunke.school.exams.models import Paper, PaperItem, PaperMaker
from yunke.school.exams.reads.papers import body_opened
from yunke.school.exams.tests.makers import begin, hall, paper, people, released, sat, start
from yunke.school.exams.tests.test_pages import english, post, text

pytestmark = pytest.mark.django_db


def body(row: Paper) -> Any:
    return body_opened(Paper.objects.get(id=row.id))


def change(client: Client, row: Paper, **values: Any) -> Any:
    version = Paper.objects.get(id=row.id).version
    return post(client, f"/exams/papers/{row.id}/change", **{"version": version, **values})


def test_a_paper_is_begun_for_ones_subject_and_school() -> None:
    made = people()
    client = signed_in(made.teacher)
    assert (
        post(client, "/exams/papers", title="周测", subject="maths", grade="4").status_code == 303
    )
    row = Paper.objects.get()
    assert (row.subject, row.grade, row.school_id) == ("maths", 4, made.school.id)
    assert body(row).title == "周测"


@pytest.mark.parametrize("subject", ["", "alchemy", "'; drop table"])
def test_a_subject_that_is_none_becomes_ones_own(subject: str) -> None:
    made = people()
    post(signed_in(made.teacher), "/exams/papers", title="x" * 500, subject=subject, grade="77")
    row = Paper.objects.get()
    assert (row.subject, row.grade, len(body(row).title)) == ("maths", 4, 80)


def test_the_same_form_sent_twice_begins_one_paper() -> None:
    made = people()
    client, key = signed_in(made.teacher), once()
    replies = [client.post("/exams/papers", {"title": "一", **key}) for _n in range(2)]
    assert {r.status_code for r in replies} == {303}
    assert len({r["Location"] for r in replies}) == 1
    assert Paper.objects.count() == 1


def test_lines_move_change_worth_and_go_in_the_browser() -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    assert change(client, row, do="down", position="1").status_code == 303
    assert [x.points for x in body(row).lines] == [3, 2, 5]
    change(client, row, do="up", position="2")
    change(client, row, do="points", position="3", points="7.5")
    assert [float(x.points) for x in body(row).lines] == [2, 3, 7.5]
    change(client, row, do="remove", position="1")
    assert [float(x.points) for x in body(row).lines] == [3, 7.5]
    change(client, row, do="section", name="")
    change(client, row, do="head", title="新题目", title_en="New", note="带尺子")
    after = body(row)
    assert (after.title, after.title_en, after.note) == ("新题目", "New", "带尺子")
    assert len(after.sections) == 3
    assert [float(x.points) for x in after.lines] == [3, 7.5]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"do": "points", "position": "1", "points": "0"}, 422),
        ({"do": "points", "position": "1", "points": "1e99999999"}, 422),
        ({"do": "write", "kind": "choice", "stem": "", "points": "1"}, 422),
        ({"do": "dance"}, 404),
        ({}, 404),
        ({"do": "remove", "position": "1", "version": "9" * 5000}, 409),
        ({"do": "remove", "position": "1", "version": ""}, 409),
    ],
)
def test_a_change_that_is_refused_changes_nothing(values: dict[str, str], status: int) -> None:
    made = people()
    row = paper(made.teacher)
    assert change(signed_in(made.teacher), row, **values).status_code == status
    after = Paper.objects.get()
    assert (after.version, after.body) == (1, row.body)


def test_a_line_for_a_section_that_is_not_there_shows_on_the_page() -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    change(client, row, do="write", kind="long-text", stem="看得见的题", points="5", section="9")
    assert "看得见的题" in text(client, f"/exams/papers/{row.id}")
    assert body(row).lines[-1].section == 1


def test_questions_are_picked_from_what_a_teacher_finds() -> None:
    made = released(sat())
    ids = list(PaperItem.objects.order_by("position").values_list("question_id", flat=True))
    row, client = paper(made.people.teacher, title="再来"), signed_in(made.people.teacher)
    reply = change(client, row, do="pick", question=[*ids, ids[0], "x", "9" * 4500], section="0")
    assert reply.status_code == 303
    assert [x.question_id for x in body(row).lines if x.question_id] == ids
    assert "1 + 1" in text(client, f"/exams/papers/{row.id}")


def test_nobody_reads_a_running_exams_questions_by_guessing_their_numbers() -> None:
    made = begin(hall(mark="天机"))
    start(made, made.people.pupil)
    ids = list(PaperItem.objects.values_list("question_id", flat=True))
    assert len(ids) == 3
    for spy in (made.people.other_teacher, made.people.far_teacher):
        row, client = paper(spy, title="空"), signed_in(spy)
        before = len(body(row).lines)
        change(client, row, do="pick", question=ids, section="0", points="1")
        assert len(body(row).lines) == before
        assert "天机" not in text(client, f"/exams/papers/{row.id}")


def test_makers_are_invited_by_the_author_among_colleagues() -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    friend = teacher(made.other, "好同事", subject="maths")
    path = f"/exams/papers/{row.id}/makers"
    assert "好同事" in text(client, f"/exams/papers/{row.id}")
    for nobody in (made.far_teacher.id, made.pupil.id, "x", "9" * 5000):
        assert post(client, path, person=nobody).status_code == 404
    assert post(client, path, person=friend.id).status_code == 303
    assert PaperMaker.objects.get().person_id == friend.id
    mine = signed_in(friend)
    assert "1 + 1" in text(mine, f"/exams/papers/{row.id}")
    assert post(mine, path, person=made.head.id).status_code == 403
    assert post(client, path, do="drop", person=friend.id).status_code == 303
    text(mine, f"/exams/papers/{row.id}", 404)


def test_no_other_teacher_reaches_a_paper_by_any_address() -> None:
    made = people()
    row = paper(made.teacher)
    for somebody in (made.head, made.other_teacher, made.far_teacher, made.pupil, made.guardian,
                     made.admin, made.city_staff):  # fmt: skip
        client = signed_in(somebody)
        text(client, f"/exams/papers/{row.id}", 404)
        for path in ("change", "makers", "retire"):
            reply = post(client, f"/exams/papers/{row.id}/{path}", do="remove", version="1")
            assert reply.status_code == 404, (somebody.kind, path)
    after = Paper.objects.get()
    assert (after.version, after.retired_at) == (1, None)
    for somebody in (made.pupil, made.guardian, made.admin):
        text(signed_in(somebody), "/exams/papers", 404)


def test_a_paper_is_put_away_and_gone_from_the_list() -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    assert post(client, f"/exams/papers/{row.id}/retire").status_code == 303
    text(client, f"/exams/papers/{row.id}", 404)
    assert f"/exams/papers/{row.id}" not in text(client, "/exams/papers")


def test_the_pages_of_papers_speak_english_and_show_what_is_lacking() -> None:
    made = people()
    client = english(signed_in(made.teacher))
    post(client, "/exams/papers", title="", subject="maths", grade="4")
    row = Paper.objects.get()
    page = text(client, f"/exams/papers/{row.id}")
    main = page[page.index("<main") : page.index("</main>")]
    for name in (made.head.name, made.other_teacher.name, made.admin.name, "选项"):
        main = main.replace(name, "")
    assert "".join(c for c in main if "一" <= c <= "龥") == ""


def test_lists_of_papers_cost_the_same_for_fifty_as_for_five() -> None:
    made = people()
    client, counts = signed_in(made.teacher), []
    for more in (5, 45):
        for n in range(more):
            row = paper(made.teacher, title=f"卷{n}")
            maker_add(who=who(made.teacher), paper_id=row.id, person_id=made.head.id)
        client.get("/exams/papers")
        with CaptureQueriesContext(connection) as found:
            text(client, "/exams/papers")
        counts.append(len(found))
    assert abs(counts[0] - counts[1]) <= 2, counts

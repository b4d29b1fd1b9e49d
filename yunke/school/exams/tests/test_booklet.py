"""The printed paper: for its makers alone, before its time and after; every printing is noted."""

import io
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest

from yunke.base.clock import today
from yunke.craft.marking.items import item_to_json
from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Membership
from yunke.ground.people.tests.makers import signed_in, teacher, who
from yunke.school.exams.actions.papers import maker_add, paper_begin
from yunke.school.exams.models import Paper
from yunke.school.exams.tests.makers import TITLE, begin, hall, paper, people, released, sat, start
from yunke.school.exams.tests.paper_makers import items
from yunke.school.exams.tests.test_pages import english, text
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

pytestmark = pytest.mark.django_db


def printed(client: Any, row: Paper, more: str = "") -> str:
    answer = client.get(f"/exams/papers/{row.id}/booklet.pdf{more}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_its_maker_prints_it_sealed_with_what_is_asked_and_no_key() -> None:
    made = people()
    row = paper(made.teacher, reasoning="理由不能印", answer="答案不能印")
    page = printed(signed_in(made.teacher), row)
    for words in (TITLE, "1 + 1", "2 + 3", "为什么", "选一选", "A.", "满分 10"):
        assert words in page
    assert "不能印" not in page
    line = Entry.objects.get(object_kind="paper")
    assert (line.act, line.actor_id, line.object_id) == ("data.exported", made.teacher.id, row.id)
    assert line.detail == {"booklet": True, "large": False}


def test_every_printing_leaves_its_line_and_says_if_it_was_large() -> None:
    made = people()
    row, client = paper(made.teacher), signed_in(made.teacher)
    for more in ("", "?large=yes", "?large=<script>"):
        printed(client, row, more)
    told = Entry.objects.filter(object_kind="paper").order_by("seq")
    assert [one.detail["large"] for one in told] == [False, True, False]


def test_nobody_but_its_makers_prints_it_whenever_it_is() -> None:
    made = released(sat())
    everybody = made.people
    friend = teacher(everybody.one, "同科老师", subject="maths")
    for somebody in (friend, everybody.head, everybody.other_teacher, everybody.far_teacher,
                     everybody.admin, everybody.city_staff, everybody.pupil,
                     everybody.guardian):  # fmt: skip
        text(signed_in(somebody), f"/exams/papers/{made.paper.id}/booklet.pdf", 404)
    assert not Entry.objects.filter(object_kind="paper").exists()
    maker_add(who=made.teacher, paper_id=made.paper.id, person_id=friend.id)
    assert TITLE in printed(signed_in(friend), made.paper)
    client = signed_in(friend)
    Membership.objects.filter(person=friend).update(until=today())
    assert client.get(f"/exams/papers/{made.paper.id}/booklet.pdf").status_code in (302, 404)
    assert Entry.objects.filter(object_kind="paper").count() == 1


def test_printing_a_sealed_paper_opens_nothing() -> None:
    made = hall()
    printed(signed_in(made.people.teacher), made.paper)
    made.paper.refresh_from_db()
    assert made.paper.opened_at is None
    assert not made.paper.items.exists()


def test_an_opened_paper_prints_as_it_was_asked() -> None:
    made = begin(hall())
    before = printed(signed_in(made.people.teacher), made.paper)
    start(made, made.people.pupil)
    assert printed(signed_in(made.people.teacher), made.paper) == before


def test_an_empty_paper_and_one_put_away_are_not_printed() -> None:
    made = people()
    number = paper_begin(
        who=who(made.teacher), subject="maths", grade=4, school_id=made.school.id,
        body=PaperBody("空", sections=(Section("一"),)),
    )  # fmt: skip
    client = signed_in(made.teacher)
    text(client, f"/exams/papers/{number}/booklet.pdf", 404)
    assert "booklet.pdf" not in text(client, f"/exams/papers/{number}")
    text(client, "/exams/papers/999999/booklet.pdf", 404)


def test_every_kind_that_paper_knows_is_printed_and_the_page_offers_both_sizes() -> None:
    made = people()
    body = PaperBody(
        "各种题", "All kinds", "", (Section("一"),),
        tuple(PaperLine(0, Fraction(1), item=item_to_json(item)) for item in items()),
    )  # fmt: skip
    number = paper_begin(
        who=who(made.teacher), subject="maths", grade=4, school_id=made.school.id, body=body
    )
    row, client = Paper.objects.get(id=number), english(signed_in(made.teacher))
    page = printed(client, row)
    assert "All kinds" in page
    assert "Grade 4" in page
    for n in range(1, len(items()) + 1):
        assert f"第 {n} 题" in page
    shown = text(client, f"/exams/papers/{number}")
    assert "Large print" in shown
    assert f"/exams/papers/{number}/booklet.pdf?large=yes" in shown

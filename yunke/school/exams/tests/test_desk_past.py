"""The desk's first page: what is open stands in cards, what was released these days is folded
away, and what was released long ago is gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import signed_in, who
from yunke.school.exams.models import Exam
from yunke.school.exams.reads.desk import SHOWN, item_for, work_of
from yunke.school.exams.tests.paper_makers import desk_item, marker, pile
from yunke.school.exams.tests.test_pages import english, text

pytestmark = pytest.mark.django_db
FOLD = '<details class="card">'


@pytest.mark.parametrize(
    ("days", "open_work", "past"),
    [(None, 1, 0), (0, 0, 1), (29, 0, 1), (30, 0, 0), (31, 0, 0), (400, 0, 0)],
)
def test_a_released_exam_is_folded_away_and_gone_after_thirty_days(
    days: int | None, open_work: int, past: int
) -> None:
    made = pile()
    made.entered(made.pupils[0])
    somebody = Person.objects.get(id=marker(made, desk_item(made, 6)).id)
    if days is not None:
        Exam.objects.update(released_at=now() - timedelta(days=days))
    found = work_of(who(somebody))
    assert [one.released for one in found] == [False] * open_work + [True] * past
    page = text(signed_in(somebody), "/desk")
    assert (FOLD in page) == bool(past)
    assert ("最近公布的 1 题" in page) == bool(past)
    assert page.count("/take") == open_work
    assert ("现在没有分给你的卷子" in page) == (not open_work)


def test_the_fold_speaks_english_and_names_nobody() -> None:
    made = pile()
    made.entered(made.pupils[0])
    somebody = Person.objects.get(id=marker(made, desk_item(made, 6)).id)
    Exam.objects.update(released_at=now())
    page = text(english(signed_in(somebody)), "/desk")
    assert "1 question released lately" in page
    assert made.pupils[0].name not in page


def test_a_withdrawn_exam_is_neither_open_nor_in_the_fold() -> None:
    made = pile()
    made.entered(made.pupils[0])
    somebody = Person.objects.get(id=marker(made, desk_item(made, 6)).id)
    Exam.objects.update(released_at=now(), withdrawn_at=now())
    assert work_of(who(somebody)) == []
    assert item_for(desk_item(made, 6).id, who(somebody)) is None


def test_the_desk_asks_as_much_for_a_long_past_as_for_none() -> None:
    made = pile()
    made.entered(made.pupils[0])
    somebody = Person.objects.get(id=marker(made, desk_item(made, 6)).id)
    client, counts = signed_in(somebody), []
    for released_at in (now() - SHOWN, now() - SHOWN - timedelta(days=300)):
        Exam.objects.update(released_at=released_at)
        text(client, "/desk")
        with CaptureQueriesContext(connection) as found:
            text(client, "/desk")
        counts.append(len(found))
    assert counts[0] == counts[1]

"""The review in class: the worst question first, no names, no counts of a handful, arrows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base import beside as places
from yunke.ground.people.tests.makers import signed_in
from yunke.school.exams.reads.analysis import analysis_made
from yunke.school.exams.tests.makers import Hall, released, sat
from yunke.school.exams.tests.test_pages import english, text

pytestmark = pytest.mark.django_db


def slides(of: Hall, by: object) -> list[str]:
    client, found = signed_in(by), []
    for n in range(1, 9):
        page = text(client, f"/exams/{of.exam.id}/review?n={n}")
        main = page[page.index("<main") : page.index("</main>")]
        found.append(main)
        if "data-after" not in main:
            return found
    return found


def test_every_question_is_one_slide_and_the_worst_is_first() -> None:
    made = released(sat(pupils=6))
    found = slides(made, made.people.teacher)
    told = [int(re.search(r"第 (\d+) 题", one).group(1)) for one in found]  # type: ignore[union-attr]
    assert told == list(analysis_made(made.view).worst)
    stats = {one.position: one.difficulty for one in analysis_made(made.view).items}
    shares = [stats[position] for position in told]
    assert shares == sorted(shares)
    assert "data-before" not in found[0]
    assert "data-after" in found[0]


@pytest.mark.parametrize(("pupils", "counted"), [(4, False), (5, True), (12, True)])
def test_of_fewer_than_five_no_count_is_shown(pupils: int, counted: bool) -> None:
    made = released(sat(pupils=pupils))
    found = "".join(slides(made, made.people.teacher))
    assert ("option-bars" in found) == counted
    assert ("slide-share" in found) == counted
    assert "看答案和讲解" in found
    assert not [p.name for p in made.people.pupils if p.name in found]


def test_the_bars_count_everybody_once() -> None:
    made = released(sat(pupils=7))
    choice = next(one for one in slides(made, made.people.teacher) if "option-bars" in one)
    bars = choice[choice.index("option-bars") :]
    counts = [int(n) for n in re.findall(r'class="number">(\d+)<', bars)]
    assert counts == [5, 2, 0]


def test_the_slides_speak_english_and_are_closed_to_everybody_else() -> None:
    made = released(sat(pupils=5))
    page = text(english(signed_in(made.people.teacher)), f"/exams/{made.exam.id}/review")
    assert "Full screen" in page
    for somebody in (made.people.other_teacher, made.people.pupil, made.people.guardian,
                     made.people.admin, made.people.far_teacher):  # fmt: skip
        text(signed_in(somebody), f"/exams/{made.exam.id}/review", 404)


def test_a_room_above_adds_to_a_slide_and_is_told_the_question_and_the_readers_classes() -> None:
    made = released(sat(pupils=5))
    asked = []

    def speaks(_request: object, **about: object) -> str:
        asked.append(about)
        return "<b>from above</b>"

    held = places._PLACES.setdefault("exam_review", [])
    held.append(speaks)
    try:
        page = text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/review")
    finally:
        held.remove(speaks)
    assert "from above" in page
    assert [one["classes"] for one in asked] == [(made.people.one.id,)]


def test_a_slide_costs_the_same_for_fifty_pupils() -> None:
    counts = []
    for many in (5, 50):
        made = released(sat(pupils=many))
        client = signed_in(made.people.teacher)
        text(client, f"/exams/{made.exam.id}/review")
        with CaptureQueriesContext(connection) as found:
            text(client, f"/exams/{made.exam.id}/review")
        counts.append(len(found))
    assert abs(counts[0] - counts[1]) <= 2, counts

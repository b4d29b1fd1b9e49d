"""The school's numbers: only when both sides are large, counted once a week, never a list."""

from datetime import timedelta

import pytest
import time_machine

from yunke.base.clock import now
from yunke.base.jobs import run_one
from yunke.ground.consent import jobs  # noqa: F401 (registers the work)
from yunke.ground.consent.models import Count
from yunke.ground.consent.reads.counts import counts_of
from yunke.ground.consent.tests.makers import WRISTBAND, both_say_yes, says
from yunke.ground.consent.values import Answer
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def a_school(yes: int, no: int) -> people.Cast:
    cast = people.cast(pupils_in_class=yes + no - 1, grade=3)  # the other class has one more
    for child in cast.pupils[:yes]:
        both_say_yes(people.guardian(child), child)
    return cast


def counted(cast: people.Cast) -> dict[str, tuple[int | None, int | None]]:
    client = signed_in(cast.admin)
    client.get(f"/consent/school/{cast.school.id}")
    while run_one():
        pass
    found = counts_of(cast.school.id)
    assert found is not None
    return {tally.switch.key: (tally.yes, tally.no) for tally in found[1]}


@pytest.mark.parametrize(
    ("yes", "no", "told"),
    [(10, 10, (10, 10)), (12, 15, (12, 15)), (9, 12, (None, None)), (12, 9, (None, None)),
     (20, 1, (None, None))],
)  # fmt: skip
def test_a_number_is_told_only_when_both_sides_are_large(yes, no, told) -> None:
    assert counted(a_school(yes, no))[WRISTBAND] == told


def test_counting_is_asked_for_once_and_the_week_keeps_its_numbers() -> None:
    cast = a_school(10, 10)
    before = counted(cast)
    says(people.guardian(cast.pupils[0]), cast.pupils[0], Answer.REFUSED)
    assert counted(cast) == before
    rows = Count.objects.count()
    with time_machine.travel(now() + timedelta(days=7)):
        assert counted(cast)[WRISTBAND] == (None, None)
        assert Count.objects.count() == 2 * rows


def test_before_the_count_the_page_says_so_and_after_it_names_nobody() -> None:
    cast = a_school(10, 12)
    client = signed_in(cast.admin)
    path = f"/consent/school/{cast.school.id}"
    assert "正在数" in client.get(path).content.decode()
    counted(cast)
    page = client.get(path).content.decode()
    assert "<b>10</b>" in page
    assert not any(child.name in page for child in cast.pupils)


@pytest.mark.parametrize("who", ["teacher", "head", "guardian", "pupil", "far_admin"])
def test_the_numbers_are_for_the_schools_administrator(who) -> None:
    cast = people.cast()
    assert signed_in(getattr(cast, who)).get(f"/consent/school/{cast.school.id}").status_code == 404


def test_the_short_address_leads_to_the_own_school() -> None:
    cast = people.cast()
    answer = signed_in(cast.admin).get("/consent/school")
    assert answer["Location"] == f"/consent/school/{cast.school.id}"

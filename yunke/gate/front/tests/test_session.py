"""Who sits behind a token, and how soon somebody is out."""

import pytest

from yunke.base.clock import today
from yunke.gate.front.session import Pupil, Seats
from yunke.gate.front.tests.makers import ask, forget, token
from yunke.ground.people.models import Person, Session
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db


def pupil_of(mark: str) -> Pupil | None:
    seat = Seats().of(mark)
    return seat.pupil if seat else None


def test_a_pupil_is_seen_with_class_and_places() -> None:
    made = people.cast(grade=2)
    found = pupil_of(token(made.pupil))
    assert found is not None
    assert (found.id, found.class_id, found.grade) == (made.pupil.id, made.one.id, 2)
    assert (found.school, found.county, found.city) == (
        made.school.id,
        made.county.id,
        made.city.id,
    )


def test_only_pupils_are_found_by_the_short_way() -> None:
    made = people.cast()
    for somebody in (made.teacher, made.guardian, made.admin, made.city_staff):
        mark = token(somebody)
        assert pupil_of(mark) is None
        seat = Seats().of(mark)
        assert seat is not None
        assert seat.who is not None
        assert seat.who.id == somebody.id


def test_a_stranger_and_an_empty_token_are_nobody() -> None:
    assert Seats().of("") is None
    seat = Seats().of("no-such-token")
    assert seat is not None
    assert seat.pupil is None
    assert seat.who is None


def _left(child: Person) -> None:
    Person.objects.filter(id=child.id).update(left_on=today())


def test_a_token_is_believed_for_less_than_a_second(
    django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = people.cast()
    mark, mine = token(made.pupil), Seats()
    moment = [100.0]
    monkeypatch.setattr("yunke.gate.front.session.time.monotonic", lambda: moment[0])
    with django_assert_num_queries(1):  # type: ignore[operator]
        for _ in range(5):
            assert mine.of(mark) is not None
    Session.objects.all().delete()
    moment[0] += 1.0
    seat = mine.of(mark)
    assert seat is not None
    assert seat.pupil is None


def test_seats_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yunke.gate.front.session.MOST", 3)
    mine = Seats()
    for number in range(10):
        mine.of(f"stranger-{number}")
    assert len(mine._seats) <= 3


def test_a_leaver_is_out_within_a_second() -> None:
    made = people.cast()
    mark = token(made.pupil)
    assert ask("GET", "/front/today", token=mark).status == 200
    _left(made.pupil)
    forget()  # the second has passed
    assert ask("GET", "/front/today", token=mark).status == 401

"""Who sits behind a token, and how soon somebody is out."""

from datetime import timedelta

import pytest

from yunke.base.clock import now, today
from yunke.gate.front.session import Seats, pupil_of
from yunke.gate.front.tests.makers import ask, forget, token
from yunke.ground.people.models import Membership, Person, Session
from yunke.ground.people.reads import who_of
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db


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


def _leaves_tomorrow(child: Person) -> None:
    Person.objects.filter(id=child.id).update(left_on=today() + timedelta(days=1))


def _class_ended(child: Person) -> None:
    for tie in Membership.objects.filter(person=child):
        tie.school_class.ended_on = today()
        tie.school_class.save()


def _out_of_class(child: Person) -> None:
    Membership.objects.filter(person=child).update(until=today())


def _not_yet_in_class(child: Person) -> None:
    Membership.objects.filter(person=child).update(since=today() + timedelta(days=1))


def _expired(child: Person) -> None:
    Session.objects.filter(person=child).update(expires_at=now() - timedelta(seconds=1))


def _signed_out(child: Person) -> None:
    Session.objects.filter(person=child).delete()


def _walked_away(child: Person) -> None:
    Session.objects.filter(person=child).update(
        registered=False, seen_at=now() - timedelta(minutes=11)
    )


def _sits_there(child: Person) -> None:
    Session.objects.filter(person=child).update(
        registered=False, seen_at=now() - timedelta(minutes=9)
    )


def _nothing(child: Person) -> None: ...


@pytest.mark.parametrize(
    "change",
    [
        _nothing,
        _left,
        _leaves_tomorrow,
        _class_ended,
        _out_of_class,
        _not_yet_in_class,
        _expired,
        _signed_out,
        _walked_away,
        _sits_there,
    ],
)
def test_the_short_way_says_what_the_door_of_people_says(change: object) -> None:
    made = people.cast()
    mark = token(made.pupil)
    change(made.pupil)  # type: ignore[operator]
    long = who_of(mark)
    short = pupil_of(mark)
    assert (short is None) == (long is None)
    if short is not None and long is not None:
        assert (short.id, short.class_id, short.grade) == (
            long.id,
            long.classes[0].id,
            long.grade,
        )


def test_a_pupil_in_two_classes_sits_in_the_first_as_at_the_door() -> None:
    made = people.cast(grade=3)
    people.member(made.pupil, people.school_class(made.school, grade=1), "pupil")  # type: ignore[arg-type]
    mark = token(made.pupil)
    long, short = who_of(mark), pupil_of(mark)
    assert long is not None
    assert short is not None
    assert short.class_id == long.classes[0].id


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

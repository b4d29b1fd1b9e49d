"""The pupil behind a token in one statement says what the tables' classes say."""

from datetime import timedelta

import pytest

from yunke.base.clock import now, today
from yunke.ground.people.models import Membership, Person, Session
from yunke.ground.people.reads import quick, who
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db


def token(somebody: Person, *, registered: bool = True) -> str:
    return people.session_open(
        person=somebody, device="test", registered=registered, way="password"
    )


def both(mark: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    """The quick answer, and the long one."""
    short = quick.pupil_of(people.token_hash(mark))
    with monkeypatch.context() as patch:
        patch.setattr(who, "pupil_of", lambda session: None)
        return short, who.who_of(mark)


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
def test_both_ways_say_the_same(change: object, monkeypatch: pytest.MonkeyPatch) -> None:
    made = people.cast()
    mark = token(made.pupil)
    change(made.pupil)  # type: ignore[operator]
    short, long = both(mark, monkeypatch)
    assert short == long


def test_a_pupil_in_two_classes_has_both_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = people.cast(grade=3)
    people.member(made.pupil, people.school_class(made.school, grade=1), people.Role.PUPIL)
    short, long = both(token(made.pupil), monkeypatch)
    assert short == long
    assert short.grade == 1  # type: ignore[attr-defined]


def test_when_a_device_is_due_to_be_noted_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = people.cast()
    for registered, minutes in ((True, 30), (True, 61), (False, 0), (False, 2)):
        mark = token(made.pupil, registered=registered)
        Session.objects.filter(token_hash=people.token_hash(mark)).update(
            seen_at=now() - timedelta(minutes=minutes)
        )
        short, long = both(mark, monkeypatch)
        assert short == long


def test_only_pupils_without_a_second_factor_are_found_quickly() -> None:
    made = people.cast()
    for somebody in (made.teacher, made.guardian, made.admin, made.city_staff):
        assert quick.pupil_of(people.token_hash(token(somebody))) is None
    assert quick.pupil_of("") is None


def test_a_pupil_costs_one_query(django_assert_num_queries: object) -> None:
    mark = token(people.cast().pupil)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert who.who_of(mark) is not None

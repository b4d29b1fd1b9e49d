"""A pupil's way from one school to another: the new one asks, the old one confirms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import today
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.actions.moves import move_ask, move_decide, move_take_back
from yunke.ground.people.actions.school import person_leave
from yunke.ground.people.models import (
    Change,
    Membership,
    Move,
    SchoolClass,
)
from yunke.ground.people.tests import life, makers
from yunke.ground.people.tests.life import by, rows
from yunke.ground.people.tests.makers import Cast
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db
DAY = today()


@pytest.fixture
def cast() -> Cast:
    return life.counselled()


def ask(cast: Cast, **more: Any) -> Move:
    told = {"number": cast.pupil.login, "name": cast.pupil.name, "to": cast.far, "day": DAY}
    return move_ask(actor_id=cast.far_admin.id, **{**told, **more})


def decide(cast: Cast, move: Move, *, yes: bool = True, reason: str = "") -> Move:
    return move_decide(
        move_id=move.id, school_id=cast.school.id, actor_id=cast.admin.id, yes=yes, reason=reason
    )


@pytest.mark.parametrize("typed", ["学生 01", " 学生01 ", "学\u3000生01"])
def test_a_pupil_is_found_by_number_and_name_as_people_type_it(cast: Cast, typed: str) -> None:
    move = ask(cast, number=f" {cast.pupil.login.upper()} ", name=typed)
    assert (move.pupil_id, move.from_school_id) == (cast.pupil.id, cast.school.id)
    event = Event.objects.get(object_kind="move")
    assert (event.verb, event.subject_id) == ("move.asked", cast.pupil.id)


def test_a_move_is_decided_once_with_a_line_for_both_schools(cast: Cast) -> None:
    move = decide(cast, ask(cast))
    assert (move.state, move.decided_by) == ("confirmed", cast.admin.id)
    line = Entry.objects.get(object_kind="move")
    assert (line.subject_id, line.detail["to"]) == (cast.pupil.id, cast.far_school.id)
    assert set(Change.objects.values_list("school_id", flat=True)) == {
        cast.school.id,
        cast.far_school.id,
    }
    for again in (True, False):
        with pytest.raises(Refused):
            decide(cast, move, yes=again, reason="晚了")
    with pytest.raises(Refused):
        move_take_back(move_id=move.id, school_id=cast.far_school.id, actor_id=1)


def gone(cast: Cast) -> None:
    person_leave(person_id=cast.pupil.id, **by(cast))


def in_a_third_school(cast: Cast) -> None:
    Membership.objects.filter(person=cast.pupil).update(until=DAY)
    _school, there, _admin = life.school_in(cast.county)
    makers.member(cast.pupil, there, Role.PUPIL, since=DAY)


def class_over(cast: Cast) -> None:
    SchoolClass.objects.filter(id=cast.far.id).update(ended_on=DAY)


@pytest.mark.parametrize("meanwhile", [gone, in_a_third_school, class_over])
def test_a_move_that_came_too_late_moves_nobody(
    cast: Cast, meanwhile: Callable[[Cast], None]
) -> None:
    move = ask(cast)
    meanwhile(cast)
    stands = rows()
    with pytest.raises(Refused):
        decide(cast, move)
    assert rows() == stands
    assert decide(cast, move, yes=False, reason="已不在本校").state == "refused"


def test_there_and_back_and_there_again_on_one_day(cast: Cast) -> None:
    for _ in range(2):
        decide(cast, ask(cast))
        home = move_ask(
            actor_id=cast.admin.id, number=cast.pupil.login, name=cast.pupil.name, to=cast.one,
            day=DAY,
        )  # fmt: skip
        move_decide(move_id=home.id, school_id=cast.far_school.id, actor_id=1, yes=True, reason="")
    assert [of.id for of in makers.who(cast.pupil).classes] == [cast.one.id]


@pytest.mark.parametrize("day", [-1, 367])
def test_a_move_is_of_a_day_to_come(cast: Cast, day: int) -> None:
    with pytest.raises(Refused):
        ask(cast, day=DAY + timedelta(days=day))
    assert not Move.objects.exists()

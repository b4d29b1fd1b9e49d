"""Each life case is one change: its cells, its audit line, its event, and the way back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.actions import telling
from yunke.ground.people.actions.born import born_set
from yunke.ground.people.actions.changes import Writing, change_undo, day_ahead
from yunke.ground.people.actions.court import guardian_bar, guardian_until, is_barred
from yunke.ground.people.actions.freeze import person_freeze, person_unfreeze, unfreeze_ask
from yunke.ground.people.actions.guardians import guardian_unbind
from yunke.ground.people.actions.life import (
    class_devices_end,
    class_leave,
    class_move,
    duty_hand_over,
    guardian_agree,
    head_change,
    school_leave,
    substitute_set,
)
from yunke.ground.people.actions.moves import move_ask
from yunke.ground.people.actions.school import person_leave, person_leave_here
from yunke.ground.people.models import (
    Change,
    Duty,
    Guardianship,
    Membership,
    Move,
    Person,
)
from yunke.ground.people.reads.life import change_school, changes_of, move_school
from yunke.ground.people.tests import life, makers
from yunke.ground.people.tests.life import by, counsellor, rows
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.people.values import Kind, Role

pytestmark = pytest.mark.django_db
DAY = today()


@pytest.fixture
def cast() -> Cast:
    return life.counselled()


Act = Callable[[Cast], Any]
# Every life case, as the school does it today. (Its kind is its name.)
CASES: dict[str, Act] = {
    "class": lambda c: class_move(
        actor_id=c.admin.id, person=c.pupil, to=c.other, day=DAY, reason="家长申请"
    ),
    "skip": lambda c: class_move(
        actor_id=c.admin.id, person=c.pupil, to=life.higher_class(c), day=DAY
    ),
    "second_class": lambda c: class_move(
        actor_id=c.admin.id, person=c.pupil, to=c.other, day=DAY, besides=True
    ),
    "class_end": lambda c: class_leave(
        tie=Membership.objects.get(person=c.teacher), day=DAY, **by(c)
    ),
    "substitute": lambda c: substitute_set(
        away=c.teacher, stands=c.other_teacher, first=DAY, last=DAY + timedelta(days=3), **by(c)
    ),
    "head": lambda c: head_change(actor_id=c.admin.id, of=c.one, to=c.teacher, day=DAY),
    "hand_over": lambda c: duty_hand_over(
        actor_id=c.admin.id, duty=counsellor(c), to=c.teacher, day=DAY
    ),
    "school_left": lambda c: school_leave(
        actor_id=c.city_staff.id, school=c.school, reason="并入邻市"
    ),
    "leave": lambda c: person_leave(person_id=c.pupil.id, **by(c)),
    "guardian_until": lambda c: guardian_until(
        tie=c.guardian.wards.get(), day=DAY + timedelta(days=9), **by(c)
    ),
    "born": lambda c: born_set(
        actor_id=c.admin.id, person_id=c.pupil.id, school_id=c.school.id,
        born_on=DAY.replace(year=DAY.year - 7, day=1),
    ),
    "court": lambda c: guardian_bar(tie=c.guardian.wards.get(), reason="民初1号", **by(c)),
    "freeze": lambda c: person_freeze(person=c.teacher, reason="有人举报", **by(c)),
}  # fmt: skip
BACK = [kind for kind in CASES if kind not in {"court", "freeze"}]


@pytest.mark.parametrize("kind", CASES)
def test_a_case_is_a_change_a_line_and_an_event(cast: Cast, kind: str) -> None:
    CASES[kind](cast)
    kept = Change.objects.get()
    assert (kept.kind, kept.school_id) == (kind, cast.school.id)
    line = Entry.objects.get(object_kind="change", object_id=kept.id)
    assert (line.actor_id, line.subject_id) == (kept.actor_id, kept.person_id or 0)
    assert line.reason == kept.reason
    event = Event.objects.get(object_kind="change", object_id=kept.id)
    assert (event.actor_id, event.purpose) == (kept.actor_id, "account")


@pytest.mark.parametrize("kind", CASES)
def test_a_case_without_its_event_has_not_happened(
    cast: Cast, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_words: Any) -> None:
        raise RuntimeError

    higher = life.higher_class(cast) if kind == "skip" else None
    monkeypatch.setattr(life, "higher_class", lambda _cast: higher)
    before = rows()
    monkeypatch.setattr(telling, "event_record", full)
    with pytest.raises(RuntimeError):
        CASES[kind](cast)
    assert rows() == before
    assert not Change.objects.exists()
    assert not Entry.objects.filter(object_kind="change").exists()


@pytest.mark.parametrize("kind", BACK)
def test_a_case_taken_back_leaves_everything_as_it_was(cast: Cast, kind: str) -> None:
    higher = life.higher_class(cast)
    before = rows()
    if kind == "skip":
        class_move(actor_id=cast.admin.id, person=cast.pupil, to=higher, day=DAY)
    else:
        CASES[kind](cast)
    assert rows() != before
    kept = Change.objects.get()
    change_undo(change_id=kept.id, **by(cast))
    assert rows() == before
    kept.refresh_from_db()
    assert (kept.undone_by, kept.undone_at is None) == (cast.admin.id, False)
    assert Event.objects.filter(verb="change.undone", object_id=kept.id).count() == 1
    assert Entry.objects.filter(object_id=kept.id, detail__undone=True).count() == 1


@pytest.mark.parametrize("kind", ["court", "freeze"])
def test_a_decision_is_not_taken_back_by_a_tap(cast: Cast, kind: str) -> None:
    CASES[kind](cast)
    stands = rows()
    with pytest.raises(Refused):
        change_undo(change_id=Change.objects.get().id, **by(cast))
    assert rows() == stands
    assert not changes_of(cast.school.id).rows[0].open


def test_devices_that_were_signed_out_are_no_step_to_take_back(cast: Cast) -> None:
    signed_in(cast.pupil)
    assert class_devices_end(actor_id=cast.admin.id, of=cast.one, reason="平板丢了") == 1
    kept = Change.objects.get()
    assert not changes_of(cast.school.id).rows[0].open
    with pytest.raises(Refused):
        change_undo(change_id=kept.id, **by(cast))
    assert Change.objects.get().undone_at is None


def test_an_undo_that_stops_half_way_is_none(cast: Cast) -> None:
    """Of two ties that came, one went on: the other one stays too."""
    makers.member(cast.teacher, cast.other, Role.TEACHER, subject="maths")
    substitute_set(away=cast.teacher, stands=cast.head, first=DAY, last=DAY, **by(cast))
    last = Change.objects.get().steps[0]
    Membership.objects.filter(id=last[1]).update(until=DAY + timedelta(days=50))
    stands = rows()
    with pytest.raises(Refused):
        change_undo(change_id=Change.objects.get().id, **by(cast))
    assert rows() == stands


def test_a_cell_that_says_so_already_is_no_step(cast: Cast) -> None:
    writing = Writing()
    writing.put(cast.pupil, name=cast.pupil.name, left_on=None)
    assert writing.steps == []
    writing.put(cast.pupil, name="新名", left_on=DAY)
    assert writing.steps == [
        ["person", cast.pupil.id, "name", "学生01", "新名"],
        ["person", cast.pupil.id, "left_on", None, DAY.isoformat()],
    ]


@pytest.mark.parametrize(
    ("since", "until", "day", "ends"),
    [(-9, None, 0, 0), (5, None, 0, 5), (-9, 9, 0, 0), (-9, 3, 5, 3), (-9, None, 7, 7)],
)
def test_a_tie_ends_no_earlier_than_it_begins_and_no_later_than_it_would(
    cast: Cast, since: int, until: int | None, day: int, ends: int
) -> None:
    tie = makers.member(cast.pupil, cast.far, Role.PUPIL, since=DAY + timedelta(days=since))
    tie.until = None if until is None else DAY + timedelta(days=until)
    Writing().end(tie, DAY + timedelta(days=day))
    assert tie.until == DAY + timedelta(days=ends)


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_change_is_of_today_or_of_a_year_to_come(days: int, good: bool) -> None:
    day = DAY + timedelta(days=days)
    if good:
        assert day_ahead(day) == day
    else:
        with pytest.raises(Refused):
            day_ahead(day)


REFUSED: dict[str, Act] = {
    "a head who is no staff": lambda c: head_change(
        actor_id=1, of=c.one, to=c.guardian, day=DAY
    ),
    "the same head": lambda c: head_change(actor_id=1, of=c.one, to=c.head, day=DAY),
    "a head of yesterday": lambda c: head_change(
        actor_id=1, of=c.one, to=c.teacher, day=DAY - timedelta(days=1)
    ),
    "a duty to a pupil": lambda c: duty_hand_over(
        actor_id=1, duty=counsellor(c), to=c.pupil, day=DAY
    ),
    "a duty to oneself": lambda c: duty_hand_over(
        actor_id=1, duty=counsellor(c), to=counsellor(c).person, day=DAY
    ),
    "a county that leaves": lambda c: school_leave(actor_id=1, school=c.county, reason="x"),
    "a school without a reason": lambda c: school_leave(actor_id=1, school=c.school, reason=" "),
    "a freeze of oneself": lambda c: person_freeze(person=c.admin, reason="x", **by(c)),
    "a freeze without a reason": lambda c: person_freeze(person=c.teacher, reason=" ", **by(c)),
    "an opening of who is open": lambda c: unfreeze_ask(person=c.teacher, reason="x", **by(c)),
    "a court without a reason": lambda c: guardian_bar(
        tie=c.guardian.wards.get(), reason="", **by(c)
    ),
    "an end in the past": lambda c: guardian_until(
        tie=c.guardian.wards.get(), day=DAY - timedelta(days=1), **by(c)
    ),
    "an opening by nobody's consent": lambda c: person_unfreeze(
        person=c.teacher, second_id=999_999, **by(c)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_whole(cast: Cast, case: str) -> None:
    before = rows()
    with pytest.raises(Refused):
        REFUSED[case](cast)
    assert rows() == before
    assert not Change.objects.exists()


# -- A court's bar


def sees(cast: Cast) -> bool:
    return cast.pupil.id in {child.id for child in makers.who(cast.guardian).children}


def test_no_later_date_gives_a_barred_guardian_sight_again(cast: Cast) -> None:
    tie = cast.guardian.wards.get()
    guardian_bar(tie=tie, reason="民初1号", **by(cast))
    tie.refresh_from_db()
    for day in (None, DAY + timedelta(days=30)):
        with pytest.raises(Refused):
            guardian_until(tie=tie, day=day, **by(cast))
    path = f"/people/person/{cast.pupil.id}/guardians/{tie.id}/until"
    assert signed_in(cast.admin).post(path, {**once(), "day": ""}).status_code == 422
    assert not sees(cast)


def test_an_undo_of_an_older_end_gives_a_barred_guardian_nothing(cast: Cast) -> None:
    """The tie ended today by a date; then the court; the date is taken back."""
    tie = cast.guardian.wards.get()
    dated = guardian_until(tie=tie, day=DAY, **by(cast))
    guardian_bar(tie=Guardianship.objects.get(id=tie.id), reason="民初1号", **by(cast))
    change_undo(change_id=dated.id, **by(cast))
    assert not sees(cast)
    assert is_barred(cast.guardian.id, cast.pupil.id)
    assert not Guardianship.objects.holding(DAY).filter(id=tie.id).exists()
    assert not guardian_unbind(actor_id=cast.head.id, tie_id=tie.id, class_id=cast.one.id)


def test_every_tie_of_the_two_is_barred_and_no_other(cast: Cast) -> None:
    older = Guardianship.objects.create(
        guardian=cast.guardian, child=cast.pupil, since=DAY - timedelta(days=400),
        until=DAY - timedelta(days=300),
    )  # fmt: skip
    other = makers.guardian(cast.pupil, "另一位家长")
    guardian_bar(tie=cast.guardian.wards.get(until=None), reason="民初1号", **by(cast))
    older.refresh_from_db()
    assert older.barred
    assert not is_barred(other.id, cast.pupil.id)
    assert not is_barred(cast.guardian.id, cast.pupils[1].id)


def test_only_the_pupil_of_the_tie_agrees_and_twice_is_once(cast: Cast) -> None:
    child, tie = life.aged(cast, 18), cast.guardian.wards.get()
    assert not guardian_agree(who_id=cast.guardian.id, tie_id=tie.id, yes=True)
    for _ in range(2):
        assert guardian_agree(who_id=child.id, tie_id=tie.id, yes=True)
    assert Change.objects.get().kind == "agreed"
    assert guardian_agree(who_id=child.id, tie_id=tie.id, yes=False)
    assert Guardianship.objects.get(id=tie.id).agreed_at is None


# -- Leaving


def test_a_leave_that_was_set_for_later_is_brought_forward(cast: Cast) -> None:
    later = DAY + timedelta(days=40)
    path = f"/people/person/{cast.pupil.id}/leave"
    admin, tablet = signed_in(cast.admin), signed_in(cast.pupil)
    assert admin.post(path, {**once(), "day": later.isoformat()}).status_code == 303
    assert tablet.get("/account").status_code == 200
    assert admin.post(path, {**once(), "day": DAY.isoformat()}).status_code == 303
    assert Person.objects.get(id=cast.pupil.id).left_on == DAY
    assert tablet.get("/account").status_code == 302
    assert Membership.objects.get(person=cast.pupil).until == DAY


def test_who_has_left_does_not_leave_again_and_the_page_says_so(cast: Cast) -> None:
    path = f"/people/person/{cast.pupil.id}/leave"
    admin = signed_in(cast.admin)
    assert admin.post(path, once()).status_code == 303
    again = admin.post(path, once())
    assert again.status_code == 422
    assert "已经离校" in again.content.decode()
    assert Change.objects.count() == 1


def test_who_works_elsewhere_leaves_this_school_alone(cast: Cast) -> None:
    life.of_two_places(cast)
    assert person_leave_here(person_id=cast.teacher.id, **by(cast))
    who = makers.who(Person.objects.get(id=cast.teacher.id))
    assert who.roles == {Role.COUNSELLOR}
    change_undo(change_id=Change.objects.get().id, **by(cast))
    assert Role.TEACHER in makers.who(Person.objects.get(id=cast.teacher.id)).roles


# -- Another school's things are not there


def ask(cast: Cast, **more: Any) -> Move:
    told = {"number": cast.pupil.login, "name": cast.pupil.name, "to": cast.far, "day": DAY}
    return move_ask(actor_id=cast.far_admin.id, **{**told, **more})


def test_which_of_ones_schools_a_change_or_a_move_belongs_to(cast: Cast) -> None:
    kept, move = CASES["class"](cast), ask(cast, number=cast.pupils[1].login, name="学生02")
    both = [cast.school.id, cast.far_school.id]
    assert change_school(kept.id, both) == cast.school.id
    assert change_school(kept.id, [cast.far_school.id]) == change_school(999_999, both) == 0
    assert move_school(move.id, both, asking=True) == cast.far_school.id
    assert move_school(move.id, both, asking=False) == cast.school.id
    assert move_school(move.id, [cast.school.id], asking=True) == 0
    assert move_school(999_999, both, asking=False) == 0
    assert move_school(move.id, [], asking=False) == 0


def answer(who: Person, path: str) -> tuple[int, str]:
    found = signed_in(who).post(path, {**once(), "answer": "yes", "reason": "x"})
    text = found.content.decode()
    return found.status_code, text[text.find("<main") : text.find("</main>")]


@pytest.mark.parametrize("act", ["changes/{}/undo", "moves/{}/answer", "moves/{}/back"])
def test_another_schools_number_answers_like_nobodys(cast: Cast, act: str) -> None:
    kept, move = CASES["class"](cast), ask(cast, number=cast.pupils[1].login, name="学生02")
    third = makers.staff(makers.org("school", "第三小学", cast.county), Role.SCHOOL_ADMIN)
    trial = life.trial_city(cast)
    number = kept.id if "changes" in act else move.id
    stands = rows()
    for who in (third, trial.admin, cast.head, cast.city_staff, cast.guardian, cast.pupil):
        there = answer(who, f"/people/{act.format(number)}")
        assert there == answer(who, f"/people/{act.format(987_654)}")
        assert there[0] == 404
    assert rows() == stands
    kept.refresh_from_db()
    assert kept.undone_at is None


def test_each_side_of_a_move_has_its_own_answer(cast: Cast) -> None:
    move = ask(cast)
    assert answer(cast.far_admin, f"/people/moves/{move.id}/answer")[0] == 404
    assert answer(cast.admin, f"/people/moves/{move.id}/back")[0] == 404
    assert answer(cast.far_admin, f"/people/moves/{move.id}/back")[0] == 303
    assert answer(cast.far_admin, f"/people/moves/{move.id}/back")[0] == 422, "done is done"


def test_an_administrator_of_two_schools_needs_not_say_which(cast: Cast) -> None:
    since = DAY - timedelta(days=3)
    Duty.objects.create(person=cast.far_admin, org=cast.school, role=Role.SCHOOL_ADMIN, since=since)
    second = makers.staff(cast.school, Role.SCHOOL_ADMIN)
    Duty.objects.create(person=second, org=cast.far_school, role=Role.SCHOOL_ADMIN, since=since)
    kept = class_move(actor_id=1, person=cast.far_pupil, to=makers.school_class(cast.far_school),
                      day=DAY)  # fmt: skip
    assert answer(second, f"/people/changes/{kept.id}/undo")[0] == 303
    move = ask(cast)
    assert answer(cast.far_admin, f"/people/moves/{move.id}/answer")[0] == 303
    assert Move.objects.get().state == "confirmed"


def test_a_change_that_is_too_old_says_so_to_its_own_school(cast: Cast) -> None:
    kept = CASES["class"](cast)
    Change.objects.update(made_at=now() - timedelta(days=8))
    assert answer(cast.admin, f"/people/changes/{kept.id}/undo")[0] == 422


def test_a_class_that_was_left_is_not_left_again(cast: Cast) -> None:
    tie = Membership.objects.get(person=cast.teacher)
    path = f"/people/person/{cast.teacher.id}/ties/{tie.id}/end"
    makers.staff(cast.school, Role.REVIEWER)
    Duty.objects.create(
        person=cast.teacher, org=cast.school, role=Role.REVIEWER, since=DAY - timedelta(days=3)
    )
    admin = signed_in(cast.admin)
    assert admin.post(path, once()).status_code == 303
    assert admin.post(path, once()).status_code == 404
    assert Change.objects.filter(kind="class_end").count() == 1


def test_nobody_but_a_pupil_has_a_birth_to_write(cast: Cast) -> None:
    for person in (cast.teacher, cast.guardian):
        path = f"/people/person/{person.id}/born"
        assert signed_in(cast.admin).post(path, {**once(), "born": "2016-09"}).status_code == 404
    assert not Person.objects.exclude(kind=Kind.PUPIL).exclude(born_on=None).exists()

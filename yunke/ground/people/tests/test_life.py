"""Life cases: before and after the change, with a session that was open all the time."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from yunke.base.clock import at, now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.actions.changes import change_undo
from yunke.ground.people.actions.court import guardian_bar, guardian_until
from yunke.ground.people.actions.guardians import guardian_bind, guardians_invite, invitation_find
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
from yunke.ground.people.actions.school import person_leave
from yunke.ground.people.models import Change, Membership, Session
from yunke.ground.people.reads.life import changes_of
from yunke.ground.people.tests import life, makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_sign_in import is_in
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def classes(client: Client) -> set[int]:
    """Which classes the session sees now."""
    who = client.get("/account").wsgi_request.who
    return {of.id for of in who.classes} if who else set()


def children(client: Client) -> set[int]:
    who = client.get("/account").wsgi_request.who
    return {child.id for child in who.children} if who else set()


def noon_in(days: int) -> datetime:
    return at(today() + timedelta(days=days), time(12))


def test_another_class_takes_and_gives_on_the_next_request(cast: Cast) -> None:
    tablet = signed_in(cast.pupil)
    assert classes(tablet) == {cast.one.id}
    class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    assert classes(tablet) == {cast.other.id}


def test_a_class_change_of_next_week_comes_by_itself(cast: Cast) -> None:
    tablet = signed_in(cast.pupil)
    day = today() + timedelta(days=7)
    class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=day)
    assert classes(tablet) == {cast.one.id}
    with time_machine.travel(noon_in(6)):
        assert classes(tablet) == {cast.one.id}
    with time_machine.travel(noon_in(7)):
        assert classes(tablet) == {cast.other.id}


def test_a_repeated_year_is_told_as_one(cast: Cast) -> None:
    higher = life.higher_class(cast)
    child = makers.pupil(higher, "留级生")
    kept = class_move(
        actor_id=cast.admin.id, person=child, to=cast.one, day=today(), reason="家长申请"
    )
    assert (kept.kind, kept.reason) == ("repeat", "家长申请")
    up = class_move(actor_id=cast.admin.id, person=cast.pupil, to=higher, day=today())
    assert up.kind == "skip"


def test_two_classes_and_one_of_them_ends(cast: Cast) -> None:
    child, first, _second = life.in_two_classes(cast)
    tablet = signed_in(child)
    assert classes(tablet) == {cast.one.id, cast.other.id}
    class_leave(actor_id=cast.admin.id, tie=first, school_id=cast.school.id, day=today())
    assert classes(tablet) == {cast.other.id}


def test_a_second_class_keeps_the_first(cast: Cast) -> None:
    kept = class_move(
        actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today(), besides=True
    )
    assert kept.kind == "second_class"
    assert classes(signed_in(cast.pupil)) == {cast.one.id, cast.other.id}


def test_a_class_move_refuses_nonsense(cast: Cast) -> None:
    def moved(person: object, to: object, day: object = None) -> None:
        class_move(actor_id=cast.admin.id, person=person, to=to, day=day or today())  # type: ignore[arg-type]

    for person, to, day in (
        (cast.pupil, cast.one, None),
        (cast.far_pupil, cast.one, None),
        (cast.teacher, cast.other, None),
        (cast.pupil, cast.other, today() - timedelta(days=1)),
        (cast.pupil, cast.other, today() + timedelta(days=400)),
    ):
        with pytest.raises(Refused):
            moved(person, to, day)
    assert not Change.objects.exists()


def test_a_substitute_of_three_days_comes_and_goes_by_itself(cast: Cast) -> None:
    away, stands = signed_in(cast.teacher), signed_in(cast.other_teacher)
    first, last = today() + timedelta(days=1), today() + timedelta(days=3)
    substitute_set(
        actor_id=cast.admin.id, away=cast.teacher, stands=cast.other_teacher,
        school_id=cast.school.id, first=first, last=last, reason="培训",
    )  # fmt: skip
    held = {0: (True, False), 1: (False, True), 3: (False, True), 4: (True, False)}
    for days, (teacher, substitute) in held.items():
        with time_machine.travel(noon_in(days)):
            assert (cast.one.id in classes(away)) is teacher or not is_in(away)
            assert (cast.one.id in classes(stands)) is substitute, days
    with time_machine.travel(noon_in(4)):
        assert classes(signed_in(cast.teacher)) == {cast.one.id}
    stood = Membership.objects.get(stands_for=cast.teacher)
    assert (stood.subject, stood.role) == ("chinese", Role.TEACHER)


def test_who_is_away_may_keep_looking(cast: Cast) -> None:
    substitute_set(
        actor_id=cast.admin.id, away=cast.teacher, stands=cast.other_teacher,
        school_id=cast.school.id, first=today(), last=today(), away_keeps=True,
    )  # fmt: skip
    assert classes(signed_in(cast.teacher)) == {cast.one.id}
    assert cast.one.id in classes(signed_in(cast.other_teacher))


def test_a_substitute_must_make_sense(cast: Cast) -> None:
    def stands(by: object, days: int = 0, away: object = None) -> None:
        substitute_set(
            actor_id=cast.admin.id, away=away or cast.teacher, stands=by,  # type: ignore[arg-type]
            school_id=cast.school.id, first=today(), last=today() + timedelta(days=days),
        )  # fmt: skip

    for by, days, away in (
        (cast.teacher, 1, None),
        (cast.pupil, 1, None),
        (cast.head, -1, None),
        (cast.head, 300, None),
        (cast.head, 1, cast.admin),
    ):
        with pytest.raises(Refused):
            stands(by, days, away)


def test_a_head_teacher_hands_the_class_on(cast: Cast) -> None:
    before, after = signed_in(cast.head), signed_in(cast.other_teacher)
    path = f"/class/{cast.one.id}/cards"
    assert (before.get(path).status_code, after.get(path).status_code) == (200, 404)
    head_change(actor_id=cast.admin.id, of=cast.one, to=cast.other_teacher, day=today())
    assert before.get(path).status_code != 200
    assert after.get(path).status_code == 200


def test_a_counsellor_hands_over_without_a_gap(cast: Cast) -> None:
    counsellor = makers.staff(cast.school, Role.COUNSELLOR, "心理老师")
    day = today() + timedelta(days=2)
    duty_hand_over(actor_id=cast.admin.id, duty=counsellor.duties.get(), to=cast.teacher, day=day)
    for days in range(4):
        with time_machine.travel(noon_in(days)):
            held = {
                person.id
                for person in (counsellor, cast.teacher)
                if Role.COUNSELLOR in makers.who(person).roles
            }
            assert held == {counsellor.id if days < 2 else cast.teacher.id}


def test_a_court_takes_everything_at_once_and_for_good(cast: Cast) -> None:
    child, ours, other = life.in_dispute(cast)
    phone, theirs = signed_in(ours), signed_in(other)
    codes = guardians_invite(actor_id=cast.head.id, children={child.id: "x"}, class_id=cast.one.id)
    assert children(phone) == {child.id}
    guardian_bar(
        actor_id=cast.admin.id,
        tie=ours.wards.get(),
        school_id=cast.school.id,
        reason="（2026）民初 7 号",
    )
    assert (children(phone), children(theirs)) == (set(), {child.id})
    assert phone.get(f"/child/{child.id}").status_code == 404
    assert phone.get(f"/child/{child.id}/plan").status_code == 404
    assert invitation_find(code=codes[child.id], child_name=child.name, network="n") is None
    again = guardians_invite(actor_id=cast.head.id, children={child.id: "x"}, class_id=cast.one.id)
    found = invitation_find(code=again[child.id], child_name=child.name, network="n")
    assert found is not None
    with pytest.raises(Refused):
        guardian_bind(guardian_id=ours.id, invitation_id=found.id, relation="爸爸")


def test_the_other_guardians_name_and_number_show_to_neither(cast: Cast) -> None:
    """In dispute, and after a court: no page of one says who or where the other is."""
    child, ours, other = life.in_dispute(cast)
    phone = signed_in(ours)
    paths = ("/account", "/child", f"/child/{child.id}", "/account/log", "/bind", "/today")
    for page in paths:
        text = phone.get(page, follow=True).content.decode()
        assert other.name not in text, page
        assert other.login not in text, page
    guardian_bar(
        actor_id=cast.admin.id, tie=ours.wards.get(), school_id=cast.school.id, reason="判决"
    )
    for page in paths:
        text = phone.get(page, follow=True).content.decode()
        assert other.name not in text, page
        assert child.name not in text or page == "/account/log", page


def test_a_court_needs_its_reason(cast: Cast) -> None:
    with pytest.raises(Refused):
        guardian_bar(
            actor_id=cast.admin.id, tie=cast.guardian.wards.get(), school_id=cast.school.id,
            reason=" ",
        )  # fmt: skip
    assert makers.who(cast.guardian).children


def test_fostering_ends_by_itself(cast: Cast) -> None:
    tie = life.fostered(cast, days=10)
    phone = signed_in(tie.guardian)
    with time_machine.travel(noon_in(9)):
        assert children(phone) == {cast.pupil.id}
    with time_machine.travel(noon_in(10)):
        assert children(phone) == set()


def test_fostering_gets_an_end_and_loses_it_again(cast: Cast) -> None:
    tie = cast.guardian.wards.get()
    day = today() + timedelta(days=5)
    guardian_until(actor_id=cast.admin.id, tie=tie, school_id=cast.school.id, day=day)
    with time_machine.travel(noon_in(6)):
        assert makers.who(cast.guardian).children == ()
    guardian_until(actor_id=cast.admin.id, tie=tie, school_id=cast.school.id, day=None)
    with time_machine.travel(noon_in(6)):
        assert len(makers.who(cast.guardian).children) == 1


def test_a_teacher_who_is_a_guardian_keeps_the_one_when_the_other_ends(cast: Cast) -> None:
    both = life.guardian_and_teacher(cast)
    laptop = signed_in(both)
    assert (classes(laptop), children(laptop)) == ({cast.one.id}, {cast.pupil.id})
    class_leave(
        actor_id=cast.admin.id, tie=both.memberships.get(), school_id=cast.school.id, day=today()
    )
    assert (classes(laptop), children(laptop)) == (set(), {cast.pupil.id})


def test_siblings_are_apart_and_one_guardian_sees_both(cast: Cast) -> None:
    elder, younger, mother = life.siblings(cast)
    phone = signed_in(mother)
    assert children(phone) == {elder.id, younger.id}
    guardian_bar(
        actor_id=cast.admin.id, tie=mother.wards.get(child=elder), school_id=cast.school.id,
        reason="只限姐姐",
    )  # fmt: skip
    assert children(phone) == {younger.id}


def test_a_family_tablet_knows_one_child_at_a_time(cast: Cast) -> None:
    elder, younger, _mother = life.siblings(cast)
    names = {elder.id: elder.name, younger.id: younger.name}
    cards = cards_issue(actor_id=cast.head.id, persons=names)
    tablet, left_behind = Client(), Client()
    tablet.post("/card", {"token": cards[elder.id]})
    left_behind.cookies["yunke"] = tablet.cookies["yunke"].value
    tablet.post("/card", {"token": cards[younger.id]})
    assert tablet.get("/account").wsgi_request.who.id == younger.id
    assert not is_in(left_behind), "the elder's session ended when the younger came"


def test_at_eighteen_the_guardians_sight_needs_the_pupils_yes(cast: Cast) -> None:
    phone = signed_in(cast.guardian)
    child = life.aged(cast, 17)
    assert children(phone) == {child.id}
    life.aged(cast, 18)
    assert children(phone) == set()
    assert phone.get(f"/child/{child.id}").status_code == 404
    tablet, tie = signed_in(child), cast.guardian.wards.get()
    page = tablet.get("/account").content.decode()
    assert cast.guardian.name in page
    tablet.post(f"/account/guardians/{tie.id}", {**makers.once(), "agreed": "yes"})
    assert children(phone) == {child.id}
    tablet.post(f"/account/guardians/{tie.id}", {**makers.once(), "agreed": "no"})
    assert children(phone) == set()
    assert Entry.objects.filter(act="guardian.changed", subject_id=child.id).count() == 2


def test_nobody_agrees_for_another(cast: Cast) -> None:
    child, tie = life.aged(cast, 18), cast.guardian.wards.get()
    path = f"/account/guardians/{tie.id}"
    for somebody in (cast.guardian, cast.far_pupil, cast.teacher, cast.pupils[1]):
        answer = signed_in(somebody).post(path, {**makers.once(), "agreed": "yes"})
        assert answer.status_code == 404
    assert not guardian_agree(who_id=cast.far_pupil.id, tie_id=tie.id, yes=True)
    assert makers.who(cast.guardian).children == ()
    assert child.guardians.get().agreed_at is None


def test_a_child_does_not_decide_alone(cast: Cast) -> None:
    assert cast.guardian.name not in signed_in(cast.pupil).get("/account").content.decode()


def test_a_lost_device_signs_the_class_out_and_nobody_else(cast: Cast) -> None:
    tablets = [signed_in(child) for child in cast.pupils]
    beside, teacher = signed_in(cast.other_pupil), signed_in(cast.teacher)
    assert class_devices_end(actor_id=cast.admin.id, of=cast.one) == len(tablets)
    assert not any(is_in(tablet) for tablet in tablets)
    assert is_in(beside)
    assert is_in(teacher)


def test_a_school_that_leaves_the_city_is_out(cast: Cast) -> None:
    inside = [signed_in(p) for p in (cast.far_pupil, cast.far_teacher, cast.far_admin)]
    ours = signed_in(cast.pupil)
    phone = signed_in(cast.far_guardian)
    school_leave(actor_id=cast.city_staff.id, school=cast.far_school, reason="划归邻市")
    assert not any(is_in(client) for client in inside)
    assert is_in(ours)
    assert phone.get(f"/child/{cast.far_pupil.id}").status_code in {302, 404}
    with pytest.raises(Refused):
        school_leave(actor_id=cast.city_staff.id, school=cast.far_school, reason="again")


def test_staff_leave_at_the_first_instant_of_their_day(cast: Cast) -> None:
    """A-20: signed in at 23:59, nothing at 00:00."""
    laptop, day = signed_in(cast.teacher), today() + timedelta(days=2)
    person_leave(
        actor_id=cast.admin.id, person_id=cast.teacher.id, school_id=cast.school.id, day=day
    )
    midnight = at(day, time(0))
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert is_in(laptop)
    with time_machine.travel(midnight, tick=False):
        assert not is_in(laptop)


def test_each_change_is_audited_told_and_can_be_undone(cast: Cast) -> None:
    kept = class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    line = Entry.objects.get(object_kind="change", object_id=kept.id)
    assert (line.actor_id, line.subject_id) == (cast.admin.id, cast.pupil.id)
    assert line.detail["kind"] == "class"
    assert Event.objects.filter(verb="person.moved", subject_id=cast.pupil.id).count() == 1
    tablet = signed_in(cast.pupil)
    change_undo(change_id=kept.id, actor_id=cast.admin.id, school_id=cast.school.id)
    assert classes(tablet) == {cast.one.id}
    assert Membership.objects.filter(person=cast.pupil).count() == 1
    with pytest.raises(Refused):
        change_undo(change_id=kept.id, actor_id=cast.admin.id, school_id=cast.school.id)


def test_an_undo_stops_where_somebody_went_on(cast: Cast) -> None:
    kept = class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    third = makers.school_class(cast.school)
    class_move(actor_id=cast.admin.id, person=cast.pupil, to=third, day=today())
    with pytest.raises(Refused):
        change_undo(change_id=kept.id, actor_id=cast.admin.id, school_id=cast.school.id)
    assert classes(signed_in(cast.pupil)) == {third.id}


def test_an_undo_is_of_a_week_and_of_ones_own_school(cast: Cast) -> None:
    kept = class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    with pytest.raises(Refused):
        change_undo(change_id=kept.id, actor_id=cast.far_admin.id, school_id=cast.far_school.id)
    Change.objects.update(made_at=now() - timedelta(days=8))
    with pytest.raises(Refused):
        change_undo(change_id=kept.id, actor_id=cast.admin.id, school_id=cast.school.id)
    assert not changes_of(cast.school.id).rows[0].open


def test_what_an_undo_brings_back_is_all_of_it(cast: Cast) -> None:
    """Leaving took a card and devices; the ties come back, keys are made anew."""
    before = list(Membership.objects.filter(person=cast.teacher).values_list("since", "until"))
    person_leave(actor_id=cast.admin.id, person_id=cast.teacher.id, school_id=cast.school.id)
    assert not Session.objects.filter(person=cast.teacher).exists()
    kept = Change.objects.get()
    change_undo(change_id=kept.id, actor_id=cast.admin.id, school_id=cast.school.id)
    after = list(Membership.objects.filter(person=cast.teacher).values_list("since", "until"))
    assert before == after
    assert classes(signed_in(cast.teacher)) == {cast.one.id}


def test_going_there_and_back_on_one_day_works(cast: Cast) -> None:
    class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.one, day=today())
    class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    assert classes(signed_in(cast.pupil)) == {cast.other.id}


def test_a_trial_tenant_shares_nothing(cast: Cast) -> None:
    there = life.trial_city(cast)
    admin = signed_in(there.admin)
    for path in (
        f"/people/person/{cast.pupil.id}", f"/people/class/{cast.one.id}",
        f"/class/{cast.one.id}/cards", f"/class/{cast.one.id}/guardians",
    ):  # fmt: skip
        assert admin.get(path).status_code == 404, path
    assert cast.pupil.name not in admin.get("/people?q=学生").content.decode() or (
        cast.pupil.name == there.pupil.name
    )
    asked = {"number": cast.pupil.login, "name": cast.pupil.name, "class": there.one.id}
    assert admin.post("/people/moves", asked).status_code == 422
    kept = class_move(actor_id=cast.admin.id, person=cast.pupil, to=cast.other, day=today())
    answer = admin.post(f"/people/changes/{kept.id}/undo", makers.once())
    assert answer.status_code == 404
    assert classes(signed_in(cast.pupil)) == {cast.other.id}

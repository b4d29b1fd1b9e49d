"""A key that is lost or taken back ends what it opened, and nothing besides."""

import pytest
from django.test import Client

from yunke.base.clock import today
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.models import (
    Card,
    Guardianship,
    Invitation,
    Membership,
    Pairing,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_guardians import form, invite
from yunke.ground.people.tests.test_pairing import a_tv
from yunke.ground.people.tests.test_sign_in import by_password, by_pictures, is_in
from yunke.ground.people.views import keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def card_of(cast: Cast, child: Person) -> str:
    return cards_issue(actor_id=cast.head.id, persons={child.id: child.name})[child.id]


def by_card(token: str) -> Client:
    client = Client()
    assert client.post("/card", {"token": token}).status_code == 303
    return client


def tv_of(phone: Client, child: Person) -> Client:
    """A TV that the phone signs in as the child."""
    tv, code = a_tv()
    assert phone.post("/pair", {"code": code, "person": child.id}).status_code == 303
    assert tv.post("/tv/pair/poll").status_code == 200
    return tv


def test_a_new_card_signs_out_what_the_old_one_opened(cast: Cast) -> None:
    thief = by_card(card_of(cast, cast.pupil))
    assert is_in(thief)
    card_of(cast, cast.pupil)
    assert not is_in(thief)


def test_the_first_card_signs_nobody_out(cast: Cast) -> None:
    home = signed_in(cast.pupil)
    tv = tv_of(home, cast.pupil)
    card_of(cast, cast.pupil)
    assert is_in(home)
    assert is_in(tv)


def test_a_new_card_of_one_child_leaves_the_neighbours_in(cast: Cast) -> None:
    other = by_card(card_of(cast, cast.pupils[1]))
    card_of(cast, cast.pupil)
    card_of(cast, cast.pupil)
    assert is_in(other)


def test_the_thief_of_a_card_loses_the_tv_that_it_let_in(cast: Cast) -> None:
    thief = by_card(card_of(cast, cast.pupil))
    tv = tv_of(thief, cast.pupil)
    assert is_in(tv)
    path = f"/class/{cast.one.id}/cards/{cast.pupil.id}/end"
    assert signed_in(cast.head).post(path, makers.once()).status_code == 303
    assert not is_in(thief)
    assert not is_in(tv)


def test_a_promise_to_a_tv_dies_with_the_card_that_made_it(cast: Cast) -> None:
    thief = by_card(card_of(cast, cast.pupil))
    tv, code = a_tv()
    thief.post("/pair", {"code": code, "person": cast.pupil.id})
    path = f"/class/{cast.one.id}/cards/{cast.pupil.id}/end"
    signed_in(cast.head).post(path, makers.once())
    assert tv.post("/tv/pair/poll").status_code == 204
    assert not Pairing.objects.filter(person=cast.pupil).exists()


def test_new_pictures_end_a_tv_but_not_the_card(cast: Cast) -> None:
    watched = Client()
    by_pictures(watched, cast.pupil, cast.one)
    tv = tv_of(watched, cast.pupil)
    carded = by_card(card_of(cast, cast.pupil))
    # The card above was the first one, so it ended nothing.
    assert is_in(tv)
    words = {**makers.once(), "which": "ticked", "pupil": [cast.pupil.id]}
    path = f"/class/{cast.one.id}/pictures/print"
    assert signed_in(cast.head).post(path, words).status_code == 200
    assert not is_in(watched)
    assert not is_in(tv)
    assert is_in(carded)


def test_an_unbound_guardian_loses_the_tv_that_is_signed_in_as_the_child(cast: Cast) -> None:
    tie = Guardianship.objects.get(guardian=cast.guardian)
    phone, tablet = signed_in(cast.guardian), signed_in(cast.pupil)
    tv = tv_of(phone, cast.pupil)
    assert is_in(tv)
    path = f"/class/{cast.one.id}/ties/{tie.id}/end"
    assert signed_in(cast.head).post(path, makers.once()).status_code == 303
    assert not is_in(tv)
    assert is_in(tablet), "the child's own device stays in"
    assert is_in(phone), "the guardian keeps the own account"
    _tv, code = a_tv()
    assert phone.post("/pair", {"code": code, "person": cast.pupil.id}).status_code == 422


def test_a_class_reprinted_is_all_old_cards_dead_and_all_new_ones_alive(cast: Cast) -> None:
    names = {child.id: child.name for child in cast.pupils}
    old = cards_issue(actor_id=cast.head.id, persons=names)
    new = cards_issue(actor_id=cast.head.id, persons=names)
    for child in cast.pupils:
        assert Client().post("/card", {"token": old[child.id]}).status_code == 422
        assert is_in(by_card(new[child.id]))
    assert Card.objects.filter(revoked_at__isnull=True).count() == len(names)


def test_a_changed_password_ends_the_tv_too(cast: Cast) -> None:
    desk = Client()
    by_password(desk, cast.teacher.login)
    tv = tv_of(desk, cast.teacher)
    fresh = "quiet-lamp-77"
    words = {"now": makers.PASSWORD, "new": fresh, "again": fresh}
    assert desk.post("/account/password", words).status_code == 303
    assert is_in(desk)
    assert not is_in(tv)


def test_a_password_from_the_school_ends_every_device_and_the_old_password(cast: Cast) -> None:
    desk = Client()
    by_password(desk, cast.teacher.login)
    response = signed_in(cast.admin).post(f"/people/person/{cast.teacher.id}/password")
    made = response.context["made"]
    assert not is_in(desk)
    assert by_password(Client(), cast.teacher.login).status_code == 422
    assert by_password(Client(), cast.teacher.login, made).status_code == 303
    assert made not in Person.objects.get(id=cast.teacher.id).password


def leave(cast: Cast, somebody: Person) -> None:
    path = f"/people/person/{somebody.id}/leave"
    assert signed_in(cast.admin).post(path, makers.once()).status_code == 303


def test_a_leaver_is_out_by_every_way_at_once(cast: Cast) -> None:
    child = cast.pupil
    token = card_of(cast, child)
    carded, home = by_card(token), signed_in(child)
    tv = tv_of(home, child)
    leave(cast, child)
    assert [is_in(client) for client in (carded, home, tv)] == [False] * 3
    assert Client().post("/card", {"token": token}).status_code == 422
    assert by_pictures(Client(), child, cast.one).status_code == 302
    assert by_password(Client(), child.login).status_code == 422
    assert not Session.objects.filter(person=child).exists()


def test_a_leaver_is_gone_from_the_grid_and_from_every_sheet(cast: Cast) -> None:
    leave(cast, cast.pupil)
    door = Client()
    door.post("/sign-in/class", {"code": cast.one.code})
    assert cast.pupil.name not in door.get("/sign-in/class").content.decode()
    head = signed_in(cast.head)
    for page in ("cards", "pictures", "guardians"):
        assert cast.pupil.name not in head.get(f"/class/{cast.one.id}/{page}").content.decode()
    words = {"which": "ticked", "pupil": [cast.pupil.id]}
    for page in ("cards", "pictures", "guardians"):
        response = head.post(f"/class/{cast.one.id}/{page}/print", {**makers.once(), **words})
        assert response.status_code == 422, page
    assert not Card.objects.filter(person=cast.pupil).exists()
    assert not Invitation.objects.exists()


def test_the_invitation_of_a_leaver_binds_nobody(cast: Cast) -> None:
    code = invite(cast)
    leave(cast, cast.pupil)
    response = signed_in(cast.far_guardian).post("/bind", form(code, cast.pupil.name))
    assert response.status_code == 422
    assert not Guardianship.objects.filter(guardian=cast.far_guardian, child=cast.pupil).exists()


def test_a_leavers_guardian_keeps_the_account_without_the_child(cast: Cast) -> None:
    phone = signed_in(cast.guardian)
    leave(cast, cast.pupil)
    page = phone.get("/account")
    assert page.status_code == 200
    assert cast.pupil.name not in page.content.decode()


def test_a_teacher_who_left_prints_nothing_any_more(cast: Cast) -> None:
    client = signed_in(cast.head)
    leave(cast, cast.head)
    words = {**makers.once(), "which": "all"}
    response = client.post(f"/class/{cast.one.id}/cards/print", words)
    assert response.status_code == 302
    assert not Card.objects.exists()


def test_a_head_teacher_who_gave_the_class_away_prints_nothing_there(cast: Cast) -> None:
    client = signed_in(cast.head)
    Membership.objects.filter(person=cast.head).update(until=today())
    makers.member(cast.head, cast.other, makers.Role.HEAD_TEACHER)
    words = {**makers.once(), "which": "all"}
    assert client.post(f"/class/{cast.one.id}/cards/print", words).status_code == 404
    assert client.post(f"/class/{cast.other.id}/cards/print", words).status_code == 200
    assert list(Card.objects.values_list("person_id", flat=True)) == [cast.other_pupil.id]


def test_a_class_that_ended_has_no_keys_to_give(cast: Cast) -> None:
    SchoolClass.objects.filter(id=cast.one.id).update(ended_on=today())
    for client in (signed_in(cast.admin), signed_in(cast.head)):
        for page in ("cards", "pictures", "guardians"):
            assert client.get(f"/class/{cast.one.id}/{page}").status_code in (302, 404)
    assert Client().post("/sign-in/class", {"code": cast.one.code}).status_code == 422


def test_nobody_elses_pictures_change_with_one_childs(cast: Cast) -> None:
    before = dict(Person.objects.values_list("id", "pictures"))
    words = {**makers.once(), "which": "ticked", "pupil": [cast.pupil.id, cast.far_pupil.id]}
    signed_in(cast.head).post(f"/class/{cast.one.id}/pictures/print", words)
    after = dict(Person.objects.values_list("id", "pictures"))
    assert {person for person in after if after[person] != before[person]} == {cast.pupil.id}


def test_a_busy_line_while_hashing_pictures_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_keys: tuple[str, ...]) -> str:
        raise keys.HashBusy(9)

    monkeypatch.setattr(keys, "pictures_encode", busy)
    before = Person.objects.get(id=cast.pupil.id).pictures
    path = f"/class/{cast.one.id}/pictures/print"
    response = signed_in(cast.head).post(path, {**makers.once(), "which": "all"})
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert Person.objects.get(id=cast.pupil.id).pictures == before

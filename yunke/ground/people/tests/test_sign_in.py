"""Signing in: three ways, one answer for every no, a new token each time, and out at once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import now, today
from yunke.ground.lake.door import events_of
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.models import Duty, Membership, Person, SchoolClass, Session
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import PASSWORD, PICTURES, Cast, signed_in

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def by_password(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"login": login, "password": password, **more})


def by_pictures(client: Client, child: Person, of: SchoolClass, pictures: Any = PICTURES) -> Any:
    client.post("/sign-in/class", {"code": of.code})
    form = {"chosen": " ".join(pictures[:-1]), "picture": pictures[-1]}
    return client.post(f"/sign-in/class/{child.id}", form)


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_a_login_and_password_sign_in(cast: Cast) -> None:
    client = Client()
    response = by_password(client, cast.teacher.login)
    assert (response.status_code, response["Location"]) == (303, "/")
    assert is_in(client)
    assert client.cookies[COOKIE]["httponly"]
    assert client.cookies[COOKIE]["samesite"] == "Lax"
    assert events_of(cast.teacher.id).rows[0].verb == "person.signed_in"


def test_a_login_is_read_without_spaces_and_capitals(cast: Cast) -> None:
    client = Client()
    by_password(client, f"  {cast.teacher.login.upper()} ")
    assert is_in(client)


def test_every_no_reads_the_same(cast: Cast) -> None:
    """Unknown, wrong password, a leaver, a pupil without a class: one text, one status."""
    leaver = makers.pupil(cast.one, left_on=today())
    moved = makers.person(makers.Kind.PUPIL)
    answers = set()
    for login, password in (
        ("nobody-here", PASSWORD), (cast.teacher.login, "wrong-wrong"),
        (leaver.login, PASSWORD), (moved.login, PASSWORD), ("", ""),
    ):  # fmt: skip
        client = Client()
        response = by_password(client, login, password)
        assert response.status_code == 422
        assert COOKIE not in client.cookies
        answers.add(response.context["why"])
    assert len(answers) == 1


def test_the_wrong_password_keeps_the_login_name_and_says_what_to_do(cast: Cast) -> None:
    page = by_password(Client(), cast.teacher.login, "wrong-wrong").content.decode()
    assert f'value="{cast.teacher.login}"' in page
    assert "请再输一次密码" in page


def test_the_door_leads_where_one_wanted_to_go_but_never_to_another_site(cast: Cast) -> None:
    for wanted, reached in (
        ("/account", "/account"), ("https://evil.example/", "/"), ("//evil.example", "/"),
        ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("", "/"),
    ):  # fmt: skip
        response = by_password(Client(), cast.teacher.login, next=wanted)
        assert response["Location"] == reached, wanted


def test_every_sign_in_makes_a_new_token_and_ends_the_old_one(cast: Cast) -> None:
    client = Client()
    client.cookies[COOKIE] = "a-token-that-somebody-planted"
    by_password(client, cast.teacher.login)
    first = client.cookies[COOKIE].value
    assert first != "a-token-that-somebody-planted"
    by_password(client, cast.teacher.login)
    assert client.cookies[COOKIE].value != first
    thief = Client()
    thief.cookies[COOKIE] = first
    assert not is_in(thief)


def test_the_csrf_secret_turns_with_the_sign_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in")
    before = client.cookies["csrftoken"].value
    form = {"login": cast.teacher.login, "password": PASSWORD, "csrfmiddlewaretoken": before}
    assert client.post("/sign-in", form).status_code == 303
    assert client.cookies["csrftoken"].value != before
    assert (
        client.post("/sign-out", {**makers.once(), "csrfmiddlewaretoken": before}).status_code
        == 403
    )
    assert is_in(client)


def test_a_remembered_device_lasts_a_month_and_a_visited_one_ten_hours(cast: Cast) -> None:
    remembered, visited = Client(), Client()
    by_password(remembered, cast.teacher.login, remember="yes")
    by_password(visited, cast.teacher.login)
    assert remembered.cookies[COOKIE]["max-age"] == 30 * 24 * 3600
    assert visited.cookies[COOKIE]["max-age"] == ""
    with time_machine.travel(now() + timedelta(hours=11)):
        assert is_in(remembered)
        assert not is_in(visited)
    with time_machine.travel(now() + timedelta(days=31)):
        assert not is_in(remembered)


def test_signing_out_makes_a_stolen_token_worthless(cast: Cast) -> None:
    client, thief = signed_in(cast.teacher), Client()
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    assert is_in(thief)
    assert client.post("/sign-out", makers.once())["Location"] == "/sign-in"
    assert not is_in(thief)
    assert not Session.objects.exists()


def test_a_child_signs_in_with_three_pictures_in_order(cast: Cast) -> None:
    client = Client()
    assert by_pictures(client, cast.pupil, cast.one).status_code == 303
    assert is_in(client)


def test_the_same_pictures_in_another_order_open_nothing(cast: Cast) -> None:
    client = Client()
    response = by_pictures(client, cast.pupil, cast.one, ("cake", "sun", "tree"))
    assert response.status_code == 422
    assert "这三张图不对" in response.content.decode()
    assert not is_in(client)


def test_without_a_script_each_tap_is_a_form(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    path, chosen = f"/sign-in/class/{cast.pupil.id}", ""
    for tap in ({"picture": "sun"}, {"picture": "moon"}, {"undo": "yes"}, {"picture": "cake"}):
        response = client.post(path, {"chosen": chosen, **tap})
        assert response.status_code == 200
        chosen = response.context["chosen_text"]
    assert chosen == "sun cake"
    assert client.post(path, {"chosen": chosen, "picture": "tree"}).status_code == 303
    assert is_in(client)


def test_a_picture_that_is_none_is_not_counted(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    form = {"chosen": "sun <script> cake", "picture": "dragon"}
    response = client.post(f"/sign-in/class/{cast.pupil.id}", form)
    assert response.context["chosen_text"] == "sun cake"


def test_the_grid_shows_the_class_only_for_its_code(cast: Cast) -> None:
    client = Client()
    assert client.get("/sign-in/class").status_code == 302
    assert client.post("/sign-in/class", {"code": "222222"}).status_code == 422
    assert client.get("/sign-in/class").status_code == 302
    typed = f" {cast.one.code[:3].lower()}-{cast.one.code[3:]} "
    assert client.post("/sign-in/class", {"code": typed}).status_code == 303
    page = client.get("/sign-in/class").content.decode()
    assert all(child.name in page for child in cast.pupils)
    assert cast.other_pupil.name not in page


def test_a_child_of_another_class_is_not_reached_through_ones_own_code(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    response = by_pictures(client, cast.other_pupil, cast.one)
    assert response.status_code == 302
    assert not is_in(client)


def test_small_children_see_how_their_names_sound(cast: Cast) -> None:
    child = makers.pupil(cast.one, "李小明")
    big = makers.school_class(cast.school, grade=5)
    makers.pupil(big, "王大力")
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    assert "lǐ xiǎo míng" in client.get("/sign-in/class").content.decode()
    assert "lǐ xiǎo míng" in client.get(f"/sign-in/class/{child.id}").content.decode()
    client.post("/sign-in/class", {"code": big.code})
    assert "wáng" not in client.get("/sign-in/class").content.decode()


def test_a_changed_class_code_forgets_the_devices_that_knew_the_old_one(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    head = signed_in(cast.head)
    head.post(f"/class/{cast.one.id}/code", makers.once())
    assert client.get("/sign-in/class").status_code == 302
    assert client.post("/sign-in/class", {"code": cast.one.code}).status_code == 422
    fresh = SchoolClass.objects.get(id=cast.one.id).code
    assert client.post("/sign-in/class", {"code": fresh}).status_code == 303


def test_a_forged_class_cookie_shows_nothing(cast: Cast) -> None:
    client = Client()
    client.cookies["yunke_class"] = cast.one.code
    assert client.get("/sign-in/class").status_code == 302


def test_a_leaver_is_out_on_the_next_request(cast: Cast) -> None:
    client = signed_in(cast.pupil)
    assert is_in(client)
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    assert not is_in(client)


def test_a_pupil_whose_membership_ended_is_out_on_the_next_request(cast: Cast) -> None:
    client = signed_in(cast.pupil)
    Membership.objects.filter(person=cast.pupil).update(until=today())
    assert not is_in(client)
    again = Client()
    assert by_pictures(again, cast.pupil, cast.one).status_code == 302
    assert by_password(again, cast.pupil.login).status_code == 422


def test_staff_without_any_duty_left_are_out_on_the_next_request(cast: Cast) -> None:
    client = signed_in(cast.admin)
    assert client.get("/people").status_code == 200
    Duty.objects.filter(person=cast.admin).update(until=today())
    assert client.get("/people").status_code == 302


def test_a_classroom_computer_signs_its_pupil_out_after_ten_idle_minutes(cast: Cast) -> None:
    client = Client()
    by_pictures(client, cast.pupil, cast.one)
    start = now()
    for minute in (5, 12, 20):
        with time_machine.travel(start + timedelta(minutes=minute)):
            assert is_in(client), "somebody is working"
    with time_machine.travel(start + timedelta(minutes=31)):
        assert not is_in(client)


def test_idle_minutes_do_not_matter_at_home_nor_for_a_teacher(cast: Cast) -> None:
    home, desk = signed_in(cast.pupil), Client()
    by_password(desk, cast.teacher.login)
    with time_machine.travel(now() + timedelta(hours=2)):
        assert is_in(home)
        assert is_in(desk)


def test_looking_notes_the_time_at_most_once_a_minute(cast: Cast) -> None:
    client = Client()
    by_pictures(client, cast.pupil, cast.one)
    start = Session.objects.get().seen_at
    is_in(client)
    assert Session.objects.get().seen_at == start
    with time_machine.travel(start + timedelta(minutes=2)):
        is_in(client)
    assert Session.objects.get().seen_at > start


def card_of(child: Person, actor: Person) -> str:
    return cards_issue(actor_id=actor.id, persons={child.id: child.name})[child.id]


def test_a_card_signs_its_pupil_in_and_only_asks_where(cast: Cast) -> None:
    client, token = Client(), card_of(cast.pupil, cast.head)
    page = client.get("/card").content.decode()
    assert token not in page
    assert client.post("/card", {"token": token, "remember": "yes"}).status_code == 303
    assert is_in(client)
    assert Session.objects.get().registered


def test_a_card_of_a_pupil_who_left_opens_nothing_and_says_what_to_do(cast: Cast) -> None:
    token = card_of(cast.pupil, cast.head)
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    client = Client()
    response = client.post("/card", {"token": token})
    assert response.status_code == 422
    assert "请找班主任要一张新卡" in response.content.decode()
    assert COOKIE not in client.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize("token", ["", "x" * 22, "nobody", "' OR 1=1 --", "x" * 5000])
def test_a_card_that_is_none_opens_nothing(cast: Cast, token: str) -> None:
    assert Client().post("/card", {"token": token}).status_code == 422


def test_demo_accounts_show_only_in_a_demo(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    (tmp_path / "demo.json").write_text(
        '[{"who_zh": "班主任周老师", "login": "zhou", "password": "x-secret-x", "way": "password"},'
        ' {"who_zh": "小猫同学", "way": "child", "code": "KQ2345", "animal": "cat", "more": 1}]'
    )
    assert "班主任周老师" not in Client().get("/sign-in").content.decode()
    settings.DEMO = True
    page = Client().get("/sign-in").content.decode()
    assert "班主任周老师" in page
    assert "小猫同学" in page
    assert 'value="KQ2345"' in page

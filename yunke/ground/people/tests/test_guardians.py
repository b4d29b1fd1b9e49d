"""Binding a guardian: one code, one use, seven days, and the child's full name; equal refusals."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from yunke.base.clock import now
from yunke.ground.lake.door import events_of
from yunke.ground.people.actions.guardians import (
    guardian_bind,
    guardians_invite,
    invitation_find,
)
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.models import Guardianship, Invitation, Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_keys import text_of
from yunke.ground.people.tests.test_sign_in import by_password, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def invite(cast: Cast, child: Person | None = None) -> str:
    child = child or cast.pupil
    return guardians_invite(
        actor_id=cast.head.id, children={child.id: child.name}, class_id=cast.one.id
    )[child.id]


def form(code: str, child: str, **more: str) -> dict[str, str]:
    return {"code": code, "child": child, "relation": "妈妈", **more}


NEW = {"name": "李梅", "login": "13800001111", "password": "a-quiet-river"}


def children_of(login: str) -> list[int]:
    ties = Guardianship.objects.filter(guardian__login=login)
    return sorted(ties.values_list("child_id", flat=True))


def test_a_guardian_with_an_account_binds_a_second_child(cast: Cast) -> None:
    code = invite(cast, cast.pupils[1])
    client = signed_in(cast.guardian)
    response = client.post("/bind", form(code, cast.pupils[1].name))
    assert (response.status_code, response["Location"]) == (303, "/child")
    assert children_of(cast.guardian.login) == [cast.pupils[0].id, cast.pupils[1].id]
    assert events_of(cast.pupils[1].id).rows[0].verb == "guardian.bound"


def test_a_new_guardian_makes_an_account_with_the_invitation(cast: Cast) -> None:
    client = Client()
    response = client.post("/bind", form(invite(cast), cast.pupil.name, **NEW))
    assert response.status_code == 303
    assert is_in(client)
    assert children_of(NEW["login"]) == [cast.pupil.id]
    again = Client()
    by_password(again, NEW["login"], NEW["password"])
    assert is_in(again)


def test_a_code_is_read_as_people_type_it(cast: Cast) -> None:
    code = invite(cast)
    typed = f" {code[:4].lower()} - {code[4:]} "
    response = Client().post("/bind", form(typed, f" {cast.pupil.name} ", **NEW))
    assert response.status_code == 303


def test_every_refusal_reads_the_same(cast: Cast) -> None:
    """Wrong, used, expired, another child's, a leaver's, a wrong name: one text, one status."""
    used = invite(cast)
    Client().post("/bind", form(used, cast.pupil.name, **NEW))
    sibling = invite(cast, cast.pupils[1])
    replaced = invite(cast, cast.pupils[2])
    invite(cast, cast.pupils[2])
    left = invite(cast, cast.pupils[3])
    Person.objects.filter(id=cast.pupils[3].id).update(left_on=now().date())
    expired = invite(cast, cast.pupils[4])
    Invitation.objects.filter(child=cast.pupils[4]).update(expires_at=now())
    before, answers = Guardianship.objects.count(), set()
    for code, child in (
        ("AAAABBBB", cast.pupil.name), (used, cast.pupil.name), (sibling, cast.pupil.name),
        (sibling, ""), (replaced, cast.pupils[2].name), (left, cast.pupils[3].name),
        (expired, cast.pupils[4].name), ("", ""),
    ):  # fmt: skip
        response = signed_in(cast.guardian).post("/bind", form(code, child))
        assert response.status_code == 422
        answers.add(response.context["why"])
    assert len(answers) == 1
    assert Guardianship.objects.count() == before


def test_an_invitation_lasts_seven_days(cast: Cast) -> None:
    code = invite(cast)
    with time_machine.travel(now() + timedelta(days=6, hours=23)):
        assert invitation_find(code=code, child_name=cast.pupil.name, network="n")
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert invitation_find(code=code, child_name=cast.pupil.name, network="n") is None


def test_five_wrong_names_end_an_invitation(cast: Cast) -> None:
    code = invite(cast)
    for n in range(5):
        assert invitation_find(code=code, child_name=f"谁{n}", network=f"n{n}") is None
    with pytest.raises(TooOften):
        invitation_find(code=code, child_name=cast.pupil.name, network="elsewhere")


def test_two_people_with_one_code_are_one_binding(cast: Cast) -> None:
    code = invite(cast)
    found = invitation_find(code=code, child_name=cast.pupil.name, network="n")
    assert found
    other = makers.guardian(cast.far_pupil)
    words = {"invitation_id": found.id, "relation": "爸爸"}
    assert guardian_bind(guardian_id=cast.guardian.id, **words)
    assert not guardian_bind(guardian_id=other.id, **words)
    assert Guardianship.objects.filter(guardian=other).count() == 1


def test_binding_the_same_child_again_makes_no_second_tie(cast: Cast) -> None:
    client = signed_in(cast.guardian)
    client.post("/bind", form(invite(cast), cast.pupil.name))
    assert Guardianship.objects.filter(guardian=cast.guardian, child=cast.pupil).count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "short"}, "密码至少要八个字"),
        ({"password": "12345678"}, "太容易猜到"),
        ({"password": "aaaaaaaaaa"}, "三个不同的字"),
        ({"password": "13800001111"}, "太容易猜到"),
        ({"login": "ab"}, "登录名至少要四个字"),
        ({"login": "with space"}, "登录名至少要四个字"),
        ({"name": " "}, "请写上你的名字"),
    ],
)
def test_a_poor_account_is_refused_and_the_code_stays_good(
    cast: Cast, wrong: dict[str, str], says: str
) -> None:
    code = invite(cast)
    response = Client().post("/bind", form(code, cast.pupil.name, **{**NEW, **wrong}))
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Person.objects.filter(login=NEW["login"]).exists()
    assert Client().post("/bind", form(code, cast.pupil.name, **NEW)).status_code == 303


def test_a_taken_login_is_said_only_to_who_holds_an_invitation(cast: Cast) -> None:
    taken = {**NEW, "login": cast.teacher.login}
    response = Client().post("/bind", form("AAAABBBB", cast.pupil.name, **taken))
    assert "已经有人用了" not in response.content.decode()
    code = invite(cast)
    response = Client().post("/bind", form(code, cast.pupil.name, **taken))
    assert "已经有人用了" in response.content.decode()
    assert not Invitation.objects.exclude(used_at=None).exists()


def test_a_pupil_binds_nobody(cast: Cast) -> None:
    response = signed_in(cast.pupil).post("/bind", form(invite(cast), cast.pupil.name))
    assert response.status_code == 302
    assert Guardianship.objects.filter(child=cast.pupil).count() == 1


def print_invitations(client: Client, cast: Cast, **ticked: Any) -> Any:
    path = f"/class/{cast.one.id}/guardians/print"
    return client.post(path, {**makers.once(), "which": "ticked", **ticked})


def test_invitations_are_printed_with_code_and_address(cast: Cast) -> None:
    ids = [child.id for child in cast.pupils[:2]]
    words = text_of(print_invitations(signed_in(cast.head), cast, pupil=ids))
    assert f"{cast.pupils[0].name}的家长" in words
    assert "/bind" in words
    assert set(Invitation.objects.values_list("child_id", flat=True)) == set(ids)


def test_only_the_hash_of_a_code_is_kept(cast: Cast) -> None:
    code = invite(cast)
    row = Invitation.objects.values().get()
    assert code not in str(row)


def test_an_invitation_is_taken_back(cast: Cast) -> None:
    code, head = invite(cast), signed_in(cast.head)
    path = f"/class/{cast.one.id}/guardians/{cast.pupil.id}/end"
    assert head.post(path, makers.once()).status_code == 303
    assert invitation_find(code=code, child_name=cast.pupil.name, network="n") is None
    assert head.post(path, makers.once()).status_code == 404


def test_an_unbound_guardian_sees_nothing_on_the_next_request(cast: Cast) -> None:
    client = signed_in(cast.guardian)
    assert [c.id for c in makers.who(cast.guardian).children] == [cast.pupil.id]
    tie = Guardianship.objects.get(guardian=cast.guardian)
    path = f"/class/{cast.one.id}/ties/{tie.id}/end"
    assert signed_in(cast.head).post(path, makers.once()).status_code == 303
    assert makers.who(cast.guardian).children == ()
    assert is_in(client), "the account stays, to bind again"


def test_a_tie_of_another_class_is_not_ended_from_ours(cast: Cast) -> None:
    tie = Guardianship.objects.get(guardian=cast.far_guardian)
    head = signed_in(cast.head)
    for one in (cast.one.id, cast.far.id):
        path = f"/class/{one}/ties/{tie.id}/end"
        assert head.post(path, makers.once()).status_code == 404
    assert Guardianship.objects.get(id=tie.id).until is None


def test_the_page_ticks_those_without_anybody(cast: Cast) -> None:
    page = signed_in(cast.head).get(f"/class/{cast.one.id}/guardians").content.decode()
    assert f"还有 {len(cast.pupils) - 1} 个孩子没有家长绑定" in page
    assert page.count("checked") == len(cast.pupils) - 1
    assert cast.guardian.name in page

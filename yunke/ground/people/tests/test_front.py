"""A session ends when its person, class or device does; and what devices are called."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import now, today
from yunke.ground.people.door import session_touch, who_of
from yunke.ground.people.models import Membership, Person, Session
from yunke.ground.people.rules.devices import device_of, network_of
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast(grade=3)


def token_of(person: Person) -> str:
    client = Client()
    sign_in(client, person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize("somebody", ["head", "teacher", "guardian", "admin"])
def test_everybody_has_a_session(cast: Cast, somebody: str) -> None:
    person = getattr(cast, somebody)
    found = who_of(token_of(person))
    assert found
    assert found.id == person.id
    held = {cast.one.id} if somebody in {"head", "teacher"} else set()
    assert {of.id for of in found.classes} == held


@pytest.mark.parametrize("case", ["left", "membership", "class", "expired", "idle", "second"])
def test_it_ends_when_the_pages_end(cast: Cast, case: str) -> None:
    client = Client()
    sign_in(client, cast.pupil, registered=case != "idle")
    token = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert who_of(token)
    later = timedelta(0)
    if case == "left":
        Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    elif case == "membership":
        Membership.objects.filter(person=cast.pupil).update(until=today())
    elif case == "class":
        type(cast.one).objects.filter(id=cast.one.id).update(ended_on=today())
    elif case == "second":
        Person.objects.filter(id=cast.pupil.id).update(totp="x")
    else:
        later = timedelta(days=31) if case == "expired" else timedelta(minutes=11)
    with time_machine.travel(now() + later):
        who = who_of(token)
        assert who is None or not who.grants


def test_a_pupil_who_changed_class_is_in_the_new_one(cast: Cast) -> None:
    Membership.objects.filter(person=cast.pupil).update(until=today())
    makers.member(cast.pupil, cast.other, makers.Role.PUPIL, since=today())
    found = who_of(token_of(cast.pupil))
    assert found
    assert [of.id for of in found.classes] == [cast.other.id]


def test_a_touch_begins_the_idle_minutes_again(cast: Cast) -> None:
    client, start = Client(), now()
    session = sign_in(client, cast.pupil, registered=False)
    token = client.cookies[settings.SESSION_COOKIE_NAME].value
    for minutes in (8, 16, 24):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert who_of(token)
            session_touch(session)
    with time_machine.travel(start + timedelta(minutes=35)):
        assert who_of(token) is None
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Windows · Edge"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120 MicroMessenger/8", "Android · WeChat"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb", "HarmonyOS"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices_have_names_that_people_know(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_a_network_is_an_address_or_the_first_half_of_a_long_one() -> None:
    assert network_of("10.1.2.3") == "10.1.2.3"
    assert network_of("2001:db8:1:2:aaaa:bbbb:cccc:dddd") == "2001:db8:1:2"
    assert network_of("") == ""

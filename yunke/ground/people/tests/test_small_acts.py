"""Keys that open once, reports that are written anew, forms that say what was wrong and kept."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from yunke.base.clock import at, now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import second_decide
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.actions.freeze import person_freeze, person_unfreeze, unfreeze_ask
from yunke.ground.people.actions.pairing import pairing_confirm, pairing_open, pairing_take
from yunke.ground.people.actions.passwords import password_ask, password_reset_by_two
from yunke.ground.people.actions.second import second_factor_check, second_factor_seal
from yunke.ground.people.actions.sessions import sessions_end, sessions_revoke
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.actions.unused import CHUNK, schools_open, unused_report
from yunke.ground.people.models import (
    Change,
    Move,
    Org,
    Pairing,
    Person,
    Session,
    Unused,
)
from yunke.ground.people.tests import life, makers
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.people.tests.test_second import SECRET, code_of
from yunke.ground.people.tests.test_sign_in import is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


# -- A second factor's code


def with_second(person: Person) -> Person:
    Person.objects.filter(id=person.id).update(totp=second_factor_seal(SECRET), totp_step=0)
    return Person.objects.get(id=person.id)


def test_of_two_who_show_one_code_at_once_one_is_late(cast: Cast) -> None:
    """The step is written by whoever comes first; the other finds it written."""
    head = with_second(cast.head)
    step = int(now().timestamp()) // 30
    Person.objects.filter(id=head.id).update(totp_step=step + 1)
    assert not second_factor_check(person_id=head.id, code=code_of())
    Person.objects.filter(id=head.id).update(totp_step=step - 2)
    assert second_factor_check(person_id=head.id, code=code_of())
    assert not second_factor_check(person_id=head.id, code=code_of())
    assert Person.objects.get(id=head.id).totp_step >= step - 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "０００００"])
def test_what_is_no_code_moves_no_step_and_counts_as_a_try(cast: Cast, code: str) -> None:
    head = with_second(cast.head)
    for _ in range(10):
        assert not second_factor_check(person_id=head.id, code=code)
    with pytest.raises(TooOften):
        second_factor_check(person_id=head.id, code=code_of())
    assert Person.objects.get(id=head.id).totp_step == 0


def test_who_has_no_second_factor_passes_none(cast: Cast) -> None:
    assert not second_factor_check(person_id=cast.head.id, code=code_of())


# -- A TV


def test_a_tv_takes_its_session_once(cast: Cast) -> None:
    _code, secret = pairing_open()
    pairing = Pairing.objects.get()
    assert pairing_take(secret) is None
    assert pairing_confirm(who_id=cast.guardian.id, pairing_id=pairing.id, person_id=cast.pupil.id)
    assert not pairing_confirm(who_id=1, pairing_id=pairing.id, person_id=cast.teacher.id)
    taken = pairing_take(secret)
    assert taken
    assert taken[0] == cast.pupil
    assert pairing_take(secret) is None
    assert Session.objects.filter(person=cast.pupil, way="tv").count() == 1
    assert Event.objects.get(verb="device.paired").subject_id == cast.pupil.id


def test_a_new_tv_sweeps_those_that_nobody_confirmed() -> None:
    pairing_open()
    with time_machine.travel(now() + timedelta(minutes=11)):
        pairing_open()
        assert Pairing.objects.count() == 1


# -- Sessions


def test_lost_keys_end_what_they_opened_and_tvs_but_nothing_else(cast: Cast) -> None:
    makers.signed_in(cast.pupil)
    Session.objects.filter(person=cast.pupil).update(way="card")
    for way in ("tv", "pictures", "password"):
        makers.signed_in(cast.pupil)
        newest = Session.objects.filter(person=cast.pupil).latest("id")
        Session.objects.filter(id=newest.id).update(way=way)
    makers.signed_in(cast.pupils[1])
    sessions_end([cast.pupil.id], "card")
    left = Session.objects.filter(person=cast.pupil).values_list("way", flat=True)
    assert set(left) == {"pictures", "password"}
    assert Session.objects.filter(person=cast.pupils[1]).exists()


def test_nothing_to_end_is_no_event(cast: Cast) -> None:
    assert sessions_revoke(who_id=cast.pupil.id) == 0
    assert not Event.objects.exists()


# -- Stopped, and opened again by two


def ask(cast: Cast) -> int:
    by = {"actor_id": cast.admin.id, "school_id": cast.school.id}
    person_freeze(person=Person.objects.get(id=cast.teacher.id), reason="查", **by)
    return unfreeze_ask(person=Person.objects.get(id=cast.teacher.id), reason="清楚了", **by)


def opened(cast: Cast, number: int, person: Person | None = None) -> Change:
    return person_unfreeze(
        actor_id=cast.admin.id, person=person or Person.objects.get(id=cast.teacher.id),
        school_id=cast.school.id, second_id=number,
    )  # fmt: skip


def test_a_consent_opens_the_account_it_was_given_for_once(cast: Cast) -> None:
    second = makers.staff(cast.school, makers.Role.SCHOOL_ADMIN)
    number = ask(cast)
    with pytest.raises(Refused):
        opened(cast, number)
    second_decide(id=number, who_id=second.id, given=True, reason="")
    with pytest.raises(Refused):
        opened(cast, number, cast.head)
    assert Person.objects.get(id=cast.teacher.id).is_frozen
    assert opened(cast, number).kind == "unfreeze"
    assert is_in(signed_in(Person.objects.get(id=cast.teacher.id)))
    with pytest.raises(Refused):
        opened(cast, number)


def test_stopping_twice_is_refused(cast: Cast) -> None:
    ask(cast)
    with pytest.raises(Refused):
        ask(cast)
    assert Change.objects.count() == 1


def test_a_password_by_two_is_for_the_colleague_it_was_asked_for(cast: Cast) -> None:
    life.of_two_places(cast)
    number = password_ask(
        actor_id=cast.admin.id, person_id=cast.teacher.id, org_id=cast.far_school.id, reason="忘了"
    )
    told = {"actor_id": cast.admin.id, "name": "x", "encoded": "new", "second_id": number}
    with pytest.raises(Refused):
        password_reset_by_two(person_id=cast.teacher.id, **told)
    second_decide(id=number, who_id=cast.far_admin.id, given=True, reason="")
    with pytest.raises(Refused):
        password_reset_by_two(person_id=cast.head.id, **told)
    assert not Person.objects.filter(password="new").exists()
    password_reset_by_two(person_id=cast.teacher.id, **told)
    assert Person.objects.get(password="new") == cast.teacher
    assert Entry.objects.filter(act="password.reset", subject_id=cast.teacher.id).count() == 1


# -- Accounts nobody used


def age(*people: Person) -> None:
    ids = [person.id for person in people]
    Person.objects.filter(id__in=ids).update(made_at=now() - timedelta(days=120))


def test_the_last_day_of_a_device_is_the_schools_day(cast: Cast) -> None:
    """At one in the morning it is yesterday in UTC."""
    age(cast.teacher)
    makers.signed_in(cast.teacher)
    Event.objects.all().delete()
    seen = datetime(2026, 3, 10, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
    Session.objects.filter(person=cast.teacher).update(seen_at=seen)
    assert unused_report(cast.school.id, today()) == 1
    assert Unused.objects.get().last_on == seen.date()


def test_an_account_that_is_used_again_is_off_the_list(cast: Cast) -> None:
    age(cast.teacher, cast.pupil, cast.guardian)
    assert unused_report(cast.school.id, today()) == 3
    makers.signed_in(cast.teacher)
    assert unused_report(cast.school.id, today()) == 2
    assert not Unused.objects.filter(person=cast.teacher).exists()


def test_a_leaver_and_another_school_are_not_on_the_list(cast: Cast) -> None:
    age(cast.teacher, cast.pupil, cast.far_teacher)
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    unused_report(cast.school.id, today())
    assert list(Unused.objects.values_list("person", flat=True)) == [cast.teacher.id]


def test_a_large_school_is_counted_in_parts(cast: Cast, django_assert_max_num_queries: Any) -> None:
    rows = [Person(login=f"many{n}", name="x", kind="pupil") for n in range(CHUNK + 5)]
    many = Person.objects.bulk_create(rows)
    since = today() - timedelta(days=200)
    of = cast.one.memberships
    of.bulk_create([of.model(person=p, school_class=cast.one, role="pupil", since=since)
                    for p in many])  # fmt: skip
    age(*many)
    with django_assert_max_num_queries(20):
        assert unused_report(cast.school.id, today()) == CHUNK + 5


def test_a_school_that_left_needs_no_report(cast: Cast) -> None:
    assert schools_open() == [cast.school.id, cast.far_school.id]
    Org.objects.filter(id=cast.far_school.id).update(left_on=today())
    assert schools_open() == [cast.school.id]


# -- Forms that were refused


def post(who: Person, path: str, language: str = "zh-hans", **told: str) -> Any:
    client = signed_in(who)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.post(path, {**once(), **told})


FORMS = (
    ("person/{pupil}/class", {"class": ""}, "请先选一个班", "Choose a class"),
    ("person/{teacher}/freeze", {"reason": ""}, "请写下理由", "reason"),
    ("person/{pupil}/born", {"born": "2014"}, "请写出生的年和月", "month"),
    ("person/{pupil}/class", {"class": "{other}", "day": "x"}, "日期写得不对", "date"),
    ("person/{guardian}/leave", {}, "不能在这里办理离校", "account"),
    ("person/{pupil}/password/ask", {"reason": "x"}, "只在本校", "only"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "told", "zh", "en"), FORMS)
def test_a_refusal_says_what_was_wrong_in_both_languages(
    cast: Cast, path: str, told: dict[str, str], zh: str, en: str
) -> None:
    names = {n: getattr(cast, n).id for n in ("pupil", "teacher", "guardian", "other")}
    values = {key: text.format(**names) for key, text in told.items()}
    for language, word in (("zh-hans", zh), ("en", en)):
        answer = post(cast.admin, f"/people/{path.format(**names)}", language, **values)
        assert answer.status_code == 422
        assert word.lower() in answer.content.decode().lower()
    assert not Change.objects.exists()


def test_a_refused_move_keeps_what_was_typed(cast: Cast) -> None:
    told = {"number": "s-nobody", "name": "某某某", "class": str(cast.far.id)}
    answer = signed_in(cast.far_admin).post("/people/moves", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="s-nobody"' in page
    assert 'value="某某某"' in page
    without = signed_in(cast.far_admin).post("/people/moves", {**told, "class": ""})
    assert (without.status_code, 'value="某某某"' in without.content.decode()) == (422, True)
    assert not Move.objects.exists()


def test_a_refused_clerk_leaves_no_account_and_the_page_says_why(cast: Cast) -> None:
    path = f"/schools/{cast.school.id}/clerk"
    before = Person.objects.count()
    answer = signed_in(cast.city_staff).post(path, {"name": "新人", "login": cast.head.login})
    assert answer.status_code == 422
    assert "已经有人用了" in answer.content.decode()
    assert Person.objects.count() == before


def test_a_card_of_the_evening_before_still_opens_in_the_morning(cast: Cast) -> None:
    token = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    with time_machine.travel(at(today() + timedelta(days=1), now().time().replace(hour=8))):
        answer = makers.Client().post("/card", {"token": token})
        assert answer.status_code == 303

"""The profile of a site: noted when it opens, stricter at any time, looser by two named persons."""

from typing import Any

import pytest
from django.db import connection

from yunke.base.capability import Owned
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.consent.actions import profile as actions
from yunke.ground.consent.door import (
    ProfileRefused,
    chosen_profile,
    loosening_waiting,
    profile_check,
    profile_loosen_ask,
    profile_loosen_decide,
    profile_settle,
    profile_sign,
)
from yunke.ground.consent.models import Chosen
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_owned(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No table of the house is at stake: what a profile leaves out is named by each test."""
    settings.DATA = tmp_path
    monkeypatch.setattr(actions, "left_out", lambda _profile: Owned())


def lines() -> list[dict[str, Any]]:
    return [line.detail for line in Entry.objects.filter(act="profile.changed").order_by("seq")]


def test_a_new_site_may_open_under_any_profile_and_notes_it_once() -> None:
    assert chosen_profile() is None
    profile_check()
    for _n in range(2):
        assert profile_settle() == []
    row = Chosen.objects.get()
    assert (row.profile, row.by_id, row.by_name) == ("cn", 0, "")
    assert lines() == [{"before": "", "after": "cn", "gone": [], "second": 0}]
    assert Event.objects.filter(verb="profile.chosen").count() == 1


def test_without_tables_nothing_was_agreed(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    Chosen.objects.create(profile="strict")
    settings.PROFILE = "cn"
    monkeypatch.setattr(connection.introspection, "table_names", list)
    profile_check()


@pytest.mark.parametrize(
    ("agreed", "wanted", "opens"),
    [("cn", "cn", True), ("cn", "us", True), ("cn", "strict", True), ("eu", "strict", True),
     ("us", "cn", False), ("eu", "cn", False), ("eu", "us", False), ("strict", "eu", False)],
)  # fmt: skip
def test_a_stricter_profile_opens_and_a_looser_one_does_not(
    settings: Any, agreed: str, wanted: str, opens: bool
) -> None:
    Chosen.objects.create(profile=agreed)
    settings.PROFILE = wanted
    if opens:
        profile_check()
        profile_settle()
        assert chosen_profile().profile == wanted  # type: ignore[union-attr]
        return
    with pytest.raises(ProfileRefused) as no:
        profile_check()
    for told in (agreed, wanted, actions.PAGE, "two named persons"):
        assert told in str(no.value)
    assert Chosen.objects.count() == 1


def test_going_stricter_drops_what_it_may_not_hold_and_says_so(
    settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Chosen.objects.create(profile="cn")
    settings.PROFILE = "strict"
    owned = Owned(tables=("leftover_",), files=("leftovers", "never_there"))
    monkeypatch.setattr(actions, "left_out", lambda _profile: owned)
    (tmp_path / "leftovers").mkdir()
    (tmp_path / "leftovers" / "a.fit").write_bytes(b"x")
    (tmp_path / "kept").mkdir()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE leftover_pulse (id integer)")
    before = set(connection.introspection.table_names())
    assert profile_settle() == ["leftover_pulse", "leftovers/"]
    assert before - set(connection.introspection.table_names()) == {"leftover_pulse"}
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert lines()[-1]["gone"] == ["leftover_pulse", "leftovers/"]
    assert profile_settle() == [], "a second opening finds nothing"


def test_who_signs_stands_by_the_profile_as_it_is() -> None:
    profile_settle()
    profile_sign(who_id=7, name="沈" * 80)
    chosen = chosen_profile()
    assert chosen is not None
    assert (chosen.profile, chosen.by, chosen.second) == ("cn", "沈" * 60, "")
    assert lines()[-1] == {"before": "cn", "after": "cn", "gone": [], "second": 0}


@pytest.fixture
def bureau(settings: Any) -> people.Cast:
    settings.PROFILE = "eu"
    cast = people.cast(pupils_in_class=1)
    cast.more["second"] = people.staff(cast.city, Role.CITY_STAFF, "第二人")
    Chosen.objects.create(profile="eu")
    return cast


def ask(cast: people.Cast, profile: str = "cn", reason: str = "搬家") -> int:
    return profile_loosen_ask(
        who_id=cast.city_staff.id, city_id=cast.city.id, profile=profile, reason=reason
    )


def decide(who: Any, *, given: bool = True, reason: str = "") -> None:
    waiting = loosening_waiting()
    assert waiting is not None
    profile_loosen_decide(
        asked=waiting, who_id=who.id, name=who.name, given=given, reason=reason, asker="提出人"
    )


@pytest.mark.parametrize("profile", ["eu", "strict", "moon", ""])
def test_only_a_looser_profile_takes_two(bureau: people.Cast, profile: str) -> None:
    with pytest.raises(Refused):
        ask(bureau, profile)
    assert loosening_waiting() is None


def test_two_persons_open_the_door_to_a_looser_profile(bureau: people.Cast, settings: Any) -> None:
    assert ask(bureau, "us")
    with pytest.raises(Refused):
        ask(bureau, "cn")
    decide(bureau.more["second"])
    row = Chosen.objects.latest("id")
    assert (row.profile, row.by_name, row.second_name) == ("us", "提出人", "第二人")
    assert (row.by_id, row.second_id) == (bureau.city_staff.id, bureau.more["second"].id)
    assert loosening_waiting() is None
    settings.PROFILE = "us"
    profile_check()
    settings.PROFILE = "cn"
    with pytest.raises(ProfileRefused):
        profile_check()


def test_nobody_agrees_to_what_they_asked_for_themselves(bureau: people.Cast) -> None:
    ask(bureau)
    with pytest.raises(Refused):
        decide(bureau.city_staff)
    assert Chosen.objects.count() == 1
    assert loosening_waiting() is not None, "it still waits"


def test_a_no_ends_it_and_changes_nothing(bureau: people.Cast) -> None:
    ask(bureau)
    decide(bureau.more["second"], given=False, reason="没有必要")
    assert Chosen.objects.count() == 1
    assert loosening_waiting() is None
    assert ask(bureau), "it may be asked for again"


def test_a_yes_that_comes_twice_chooses_once(bureau: people.Cast) -> None:
    ask(bureau)
    waiting = loosening_waiting()
    assert waiting is not None
    told = {"asked": waiting, "name": "第二人", "given": True, "reason": "", "asker": "提出人"}
    profile_loosen_decide(who_id=bureau.more["second"].id, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        profile_loosen_decide(who_id=bureau.more["second"].id, **told)  # type: ignore[arg-type]
    assert Chosen.objects.count() == 2

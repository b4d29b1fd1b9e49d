"""The corridor leads people only where they may go, and fits a phone."""

import re
from typing import Any

import pytest
from django.test import Client

from yunke.ground.people.door import Grant, Kind, Place, Role, Who
from yunke.ground.people.tests.makers import cast, signed_in
from yunke.site.corridor import WAYS, Way, corridor, folded

db = pytest.mark.django_db


def who(kind: Kind, *roles: Role) -> Who:
    place = Place(city=1, county=2, school=3, grade=1, class_id=4, person=5)
    return Who(5, "某人", kind, tuple(Grant(role, place) for role in roles))


OPEN = ["/week", "/catalogue", "/onair"]
PUPIL = ["/today", "/homework", "/practice", "/exams", "/packs"]
GUARDIAN = ["/child", "/homework", "/exams", "/consent"]
TEACHER = ["/class", "/homework", "/exams", "/make", "/questions"]


@pytest.mark.parametrize(
    ("somebody", "own"),
    [
        (None, []),
        (who(Kind.PUPIL, Role.PUPIL), PUPIL),
        (who(Kind.GUARDIAN, Role.GUARDIAN), GUARDIAN),
        (who(Kind.STAFF, Role.TEACHER), TEACHER),
        (who(Kind.STAFF, Role.COUNSELLOR), []),
    ],
)
def test_everybody_sees_the_ways_that_open_to_them_their_own_first(
    somebody: Who | None, own: list[str]
) -> None:
    assert [way.path for way in corridor(somebody, "/")] == [*own, *OPEN]


def test_a_schools_clerk_finds_rosters_among_its_people_and_a_guardian_has_no_today() -> None:
    clerk = {way.path for way in corridor(who(Kind.STAFF, Role.SCHOOL_ADMIN), "/")}
    assert "/people" in clerk
    assert "/roster" not in clerk
    both = who(Kind.GUARDIAN, Role.GUARDIAN)
    assert "/today" not in {way.path for way in corridor(both, "/")}


def test_the_way_one_is_on_is_marked() -> None:
    here = [way.path for way in corridor(None, "/week?grade=3") if way.here]
    assert here == ["/week"]


def test_names_follow_the_language() -> None:
    assert {way.name for way in corridor(None, "/")} == {"课表", "课程", "播出"}


def test_no_two_ways_look_or_lead_the_same() -> None:
    paths, names, icons = ([str(way[n]) for way in WAYS] for n in range(3))
    for told in (paths, names, icons):
        assert len(set(told)) == len(told)


# A phone's bar


@pytest.mark.parametrize(("many", "first"), [(0, 0), (3, 3), (5, 5), (6, 4), (12, 4)])
def test_five_stand_in_the_bar_and_of_more_the_first_four(many: int, first: int) -> None:
    ways = [Way(f"/{n}", str(n), "sun") for n in range(many)]
    bar, rest = folded(ways)
    assert len(bar) == first
    assert [*bar, *rest] == ways, "nothing is lost, nothing twice"


def nav_of(client: Client, path: str, **more: Any) -> str:
    answer = client.get(path, **more)
    assert answer.status_code == 200
    found = re.search(r'<nav class="ways".*?</nav>', answer.content.decode(), re.S)
    assert found
    return found[0]


@db
@pytest.mark.parametrize(("language", "name"), [("zh-hans", "更多"), ("en", "More")])
def test_more_opens_the_rest_without_a_script(language: str, name: str) -> None:
    client = signed_in(cast().pupil)
    client.cookies["yunke_language"] = language
    nav = nav_of(client, "/week")
    bar, rest = nav.split("<button", 1)
    assert re.findall(r'href="([^"]+)"', bar) == PUPIL[:4]
    assert re.findall(r'href="([^"]+)"', rest) == [PUPIL[4], *OPEN]
    button, panel = rest.split("</button>", 1)
    assert f"<span>{name}</span>" in button
    assert 'type="button"' in button, "it sends no form"
    [target] = re.findall(r'popovertarget="([^"]+)"', button)
    assert re.search(rf'<div[^>]* id="{target}" popover>', panel)
    assert "onclick" not in nav


@db
def test_more_says_that_the_present_page_is_behind_it() -> None:
    client = signed_in(cast().pupil)
    behind, before = nav_of(client, "/week"), nav_of(client, "/homework")
    assert 'class="ways-open here"' in behind
    assert 'class="ways-open"' in before
    for nav in (behind, before):
        assert nav.count('aria-current="page"') == 1


@db
def test_a_stranger_has_too_few_ways_for_more() -> None:
    nav = nav_of(Client(), "/week")
    assert "popover" not in nav
    assert re.findall(r'href="([^"]+)"', nav) == OPEN


@db
def test_a_television_shows_no_corridor() -> None:
    answer = Client().get("/tv")
    assert answer.status_code == 200
    assert b'class="ways"' not in answer.content
    assert b"ways-more" not in answer.content

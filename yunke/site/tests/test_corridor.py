"""The corridor leads people only where they may go."""

import pytest

from yunke.ground.people.door import Grant, Kind, Place, Role, Who
from yunke.site.corridor import corridor


def who(kind: Kind, *roles: Role) -> Who:
    place = Place(city=1, county=2, school=3, grade=1, class_id=4, person=5)
    return Who(5, "某人", kind, tuple(Grant(role, place) for role in roles))


OPEN = {"/week", "/catalogue", "/onair"}


@pytest.mark.parametrize(
    ("somebody", "more"),
    [
        (None, set()),
        (who(Kind.PUPIL, Role.PUPIL), {"/today", "/packs"}),
        (who(Kind.GUARDIAN, Role.GUARDIAN), {"/child", "/consent"}),
        (who(Kind.STAFF, Role.TEACHER), {"/class", "/make"}),
        (who(Kind.STAFF, Role.COUNSELLOR), set()),
    ],
)
def test_everybody_sees_the_ways_that_open_to_them(somebody: Who | None, more: set[str]) -> None:
    assert {way.path for way in corridor(somebody, "/")} == OPEN | more


def test_the_way_one_is_on_is_marked() -> None:
    here = [way.path for way in corridor(None, "/week?grade=3") if way.here]
    assert here == ["/week"]


def test_names_follow_the_language() -> None:
    assert {way.name for way in corridor(None, "/")} == {"课表", "课程", "播出"}

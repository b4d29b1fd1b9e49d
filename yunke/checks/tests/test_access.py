"""The reviewed table: complete, readable, and true to what section 5 of the trust plan says."""

from pathlib import Path

import pytest

from yunke.checks.access.cells import is_placed, names_of, observed, routes
from yunke.checks.access.forms import NAMED
from yunke.checks.access.planted import listed
from yunke.checks.access.table import ACTORS, Line, lines, shortened
from yunke.checks.access.world import DISTANCES, PARAMS, PLAIN, world
from yunke.checks.house.pages import views

LINES = lines()
OPEN = {address for address, view in views() if getattr(view, "right", None) is None}


def reach(line: Line, actor: str) -> str:
    """The distances at which the actor goes through, as letters."""
    return "".join(line.expected(actor, at) for at in range(len(DISTANCES)))


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {route for route, _method in LINES} == set(routes())


def test_every_name_in_an_address_stands_for_something() -> None:
    known = {*PARAMS, *PLAIN, "session_id"}
    assert [r for r in routes() if not r.startswith("/front/") and set(names_of(r)) - known] == []


def test_a_cell_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    head = ",".join(["route", "method", "object", *ACTORS])
    bad = tmp_path / "routes.csv"
    bad.write_text(f"{head}\n/today,GET,page,{','.join('Q' * len(ACTORS))}\n")
    with pytest.raises(ValueError, match="cells are 1 or 5"):
        lines(bad)


def test_an_address_twice_is_refused(tmp_path: Path) -> None:
    row = f"/today,GET,page,{','.join('N' * len(ACTORS))}\n"
    bad = tmp_path / "routes.csv"
    bad.write_text(",".join(["route", "method", "object", *ACTORS]) + "\n" + row + row)
    with pytest.raises(ValueError, match="twice"):
        lines(bad)


def test_five_equal_letters_are_one() -> None:
    assert shortened(list("YYYYY")) == "Y"
    assert shortened(list("YNNNN")) == "YNNNN"


def test_strangers_and_leavers_pass_only_where_everybody_may() -> None:
    wrong = [
        (line.method, line.route, actor)
        for line in LINES.values()
        for actor in ("anonymous", "ex_pupil", "ex_teacher")
        if "Y" in line.cells[actor] and line.route not in OPEN
        if not line.route.startswith("/front/")
    ]
    assert wrong == []


def test_nothing_of_another_city_is_open_to_anybody_by_right() -> None:
    wrong = [
        (line.method, line.route, actor)
        for line in LINES.values()
        for actor in ACTORS
        if is_placed(line.route) and line.route not in OPEN
        if line.expected(actor, 4) == "Y" and not line.route.startswith("/front/card")
    ]
    assert wrong == []


def test_a_guardian_reaches_the_own_child_and_no_other() -> None:
    wrong = [
        (line.method, line.route, reach(line, "guardian"))
        for line in LINES.values()
        if ("<int:child_id>" in line.route or "<int:pupil_id>" in line.route)
        if "Y" in reach(line, "guardian")[1:]
    ]
    assert wrong == []


def test_an_ex_guardian_reaches_no_child() -> None:
    wrong = [
        (line.method, line.route)
        for line in LINES.values()
        if "Y" in line.cells["ex_guardian"] and line.route not in OPEN
        if any(name in line.route for name in ("child", "pupil", "class", "person"))
    ]
    assert wrong == []


def test_pupils_and_guardians_manage_nobody() -> None:
    wrong = [
        (line.method, line.route, actor)
        for line in LINES.values()
        for actor in ("pupil", "guardian")
        if line.route.startswith(("/people", "/roster", "/review", "/make", "/retention"))
        if "Y" in line.cells[actor]
    ]
    assert wrong == []


def test_a_school_does_not_manage_another_schools_people() -> None:
    wrong = [
        (line.method, line.route)
        for line in LINES.values()
        if line.route.startswith(("/people/", "/class/")) and is_placed(line.route)
        if "Y" in reach(line, "school_admin")[3:]
    ]
    assert wrong == []


def test_counsellors_and_reviewers_read_no_class() -> None:
    wrong = [
        (line.method, line.route, actor)
        for line in LINES.values()
        for actor in ("counsellor", "reviewer", "county_staff", "city_staff")
        if line.route.startswith(("/class", "/child")) and "Y" in line.cells[actor]
    ]
    assert wrong == []


def test_every_word_of_the_object_column_makes_something() -> None:
    known = {"page", "place", "draft", "staff", "clerk", "membership", *PARAMS}
    assert {line.object for line in LINES.values()} - known == set()


def test_a_form_that_names_a_thing_is_asked_at_every_distance() -> None:
    flat = [
        (line.method, line.route)
        for line in LINES.values()
        if line.route in NAMED and not any(len(cell) == 5 for cell in line.cells.values())
    ]
    assert flat == []
    assert {line.route for line in LINES.values()} >= NAMED


# Nobody may: an empty server's form; what a second person asked of the whole site.
NOBODY = {"/first-day", "/about-this-site/profile/decide"}


def test_somebody_passes_everywhere_so_that_a_no_says_something() -> None:
    closed = {
        (line.method, line.route)
        for line in LINES.values()
        if "Y" not in "".join(line.cells.values()) and "M" not in "".join(line.cells.values())
        if line.route not in NOBODY
    }
    assert closed == set()


CASES = [
    ("/review/<int:submission_id>/decide", "POST", "claimed", "reviewer", "YYYNN"),
    ("/review/<int:submission_id>/decide", "POST", "claimed", "county_staff", "NNNNN"),
    ("/review/<int:submission_id>/take-back", "POST", "shown", "city_staff", "YYYYN"),
    ("/review/<int:submission_id>/take-back", "POST", "shown", "reviewer", "NNNNN"),
    ("/make/<int:lesson_id>/review/on", "POST", "passed", "teacher", "YNNNN"),
    ("/make/<int:lesson_id>/review/resubmit", "POST", "returned", "teacher", "YNNNN"),
    ("/my-data/file/<int:wish_id>", "GET", "copy", "guardian", "YNNNN"),
    ("/data/bulk/<int:wish_id>/start", "POST", "bulk", "school_admin", "YYYNN"),
    ("/people/moves/<int:move_id>/back", "POST", "asking", "school_admin", "YYYNN"),
    ("/pulse/<int:person_id>/<int:pulse_id>", "GET", "place", "guardian", "YNNNN"),
    ("/pulse/<int:person_id>/<int:pulse_id>", "GET", "place", "head_teacher", "NNNNN"),
    ("/my-data/erase", "POST", "place", "pupil", "YNNNN"),
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_world_has_what_a_cell_needs() -> None:
    """Each state is there, for those who may and at the distances where they may."""
    there = world()
    found = {
        (route, actor): "".join(observed(there, route, method, of, actor))
        for route, method, of, actor, _letters in CASES
    }
    assert found == {(route, actor): letters for route, _m, _o, actor, letters in CASES}
    assert [
        (route, actor)
        for route, method, of, actor, letters in CASES
        if LINES[route, method].object != of or reach(LINES[route, method], actor) != letters
    ] == []


def test_a_planted_list_keeps_its_shape_so_that_its_page_still_opens() -> None:
    assert listed(["会背"], "zq") == ["zq"]
    assert listed([{"id": "A", "text": "1"}], "zq") == [{"id": "A", "text": "zq"}]
    assert listed([[0, 80], [60, 90]], "zq") is None
    assert listed([{"code": "leavers"}], "zq") is None
    assert listed([], "zq") is None

"""The reviewed table: complete, readable, and true to what section 5 of the trust plan says."""

from pathlib import Path

import pytest

from yunke.checks.access.cells import is_placed, names_of, routes
from yunke.checks.access.table import ACTORS, Line, lines, shortened
from yunke.checks.access.world import DISTANCES, PARAMS, PLAIN
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

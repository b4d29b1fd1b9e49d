"""The reviewed table as values.

A cell has one letter for each distance (own, class, school, other, city), or one letter for all:
Y goes through · N is not found · S is sent to sign in · M is a method that the address does not
take. A method without a line is M for all.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

ROUTES = Path(__file__).parent / "routes.csv"
ACTORS = (
    "anonymous", "pupil", "guardian", "teacher", "head_teacher", "reviewer", "counsellor",
    "school_admin", "county_staff", "city_staff", "ex_pupil", "ex_guardian", "ex_teacher",
)  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
HEAD = ("route", "method", "object", *ACTORS)


@dataclass(frozen=True)
class Line:
    """``object``: which thing the address's names stand for (``world.PARAMS``), "page" for none."""

    route: str
    method: str
    object: str
    cells: dict[str, str]

    def expected(self, actor: str, at: int) -> str:
        letters = self.cells[actor]
        return letters if len(letters) == 1 else letters[at]


def lines(path: Path = ROUTES) -> dict[tuple[str, str], Line]:
    """Route and method → line. Raises ValueError for a line that cannot be read."""
    found: dict[tuple[str, str], Line] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            line = Line(row["route"], row["method"], row["object"], {a: row[a] for a in ACTORS})
            if any(len(c) not in {1, 5} or set(c) - set("YNSM") for c in line.cells.values()):
                raise ValueError(f"{line.method} {line.route}: cells are 1 or 5 of Y, N, S, M")
            if (line.route, line.method) in found:
                raise ValueError(f"{line.method} {line.route} stands twice")
            found[line.route, line.method] = line
    return found


def shortened(letters: list[str]) -> str:
    """ "YYYYY" is "Y"."""
    return letters[0] if len(set(letters)) == 1 else "".join(letters)

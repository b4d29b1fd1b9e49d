"""The register goes on: homework above a limit, given back, taken home as a table."""

from collections.abc import Callable
from typing import Any

from yunke.ground.audit.door import Act
from yunke.ground.people.tests.makers import Cast
from yunke.school.homework.actions.marking import homework_return
from yunke.school.homework.actions.results import results_csv
from yunke.school.homework.models import Homework
from yunke.school.homework.tests import makers

Ready = Callable[[], Any]


def over_limit(cast: Cast) -> Ready:
    """Written homework in a first grade, for a reason."""
    asked = makers.choices(1)
    return lambda: makers.homework(cast, asked, minutes=600, over_reason="期中前的复习")


def handed(cast: Cast) -> Homework:
    row = makers.homework(cast, [makers.written()], minutes=1, over_reason="复习")
    makers.marked(makers.handed_in(row, cast.pupil, "一段话"), cast.teacher)
    return row


def given_back(cast: Cast) -> Ready:
    row = handed(cast)
    return lambda: homework_return(by_id=cast.teacher.id, homework_id=row.id)


def table(cast: Cast) -> Ready:
    row = handed(cast)
    return lambda: results_csv(who_id=cast.teacher.id, row=row)


HOMEWORK_ACTIONS: dict[str, tuple[Act, Callable[[Cast], Ready]]] = {
    "homework goes above the limit of a day": (Act.HOMEWORK_OVER_LIMIT, over_limit),
    "homework is given back": (Act.HOMEWORK_RETURNED, given_back),
    "homework's results leave as a table": (Act.DATA_EXPORTED, table),
}

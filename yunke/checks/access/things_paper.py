"""What stands behind a name in an address of paper and the desk: one of each, of an exam."""

from collections.abc import Callable

from yunke.checks.access.things import once
from yunke.checks.access.world import PARAMS, Spot
from yunke.school.exams.models import Exam
from yunke.school.exams.tests.paper_makers import Rows, rows_of


def rows(spot: Spot) -> Rows:
    kept: dict[str, Rows] = spot.__dict__.setdefault("paper", {})
    if "rows" not in kept:
        exam = Exam.objects.get(id=PARAMS["exam_id"](spot, ""))
        kept["rows"] = rows_of(exam, spot.teacher, spot.pupil)
    return kept["rows"]


def of(name: str, found: Callable[[Rows], int]) -> None:
    once(name)(lambda spot: found(rows(spot)))


of("print_id", lambda one: one.printing.id)
of("answer_sheet", lambda one: one.sheet.id)
of("scan_page", lambda one: one.page.id)
of("desk_item", lambda one: one.item.id)
of("given", lambda one: one.given.id)
of("sample", lambda one: one.sample.id)
PARAMS["sheet_page"] = lambda spot, of: min(1, rows(spot).sheet.id)

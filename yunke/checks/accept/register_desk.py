"""The consequential actions of sheets and the marking desk, and how to do each once more."""

from collections.abc import Callable
from typing import Any

from yunke.checks.accept.register_exams import over
from yunke.ground.audit.door import Act
from yunke.ground.people.tests.makers import Cast, teacher, who
from yunke.school.exams.actions.desk_mark import mark_give
from yunke.school.exams.actions.desk_set import desk_assign, desk_item_set
from yunke.school.exams.actions.doubts import page_aside
from yunke.school.exams.models import Assignment, DeskPiece, MarkGiven
from yunke.school.exams.reads.led import Led, exam_led
from yunke.school.exams.tests.paper_makers import Rows, rows_of
from yunke.school.exams.values.paper import PieceState, Post

Ready = Callable[[], Any]


def made(cast: Cast) -> tuple[Led, Rows]:
    exam = over(cast)
    rows = rows_of(exam, cast.teacher, cast.pupil)
    led = exam_led(exam.id, who(cast.teacher))
    assert led is not None
    return led, rows


def decided(cast: Cast) -> Ready:
    led, rows = made(cast)
    return lambda: page_aside(who=who(cast.teacher), led=led, page_id=rows.page.id)


def assigned(cast: Cast) -> Ready:
    led, rows = made(cast)
    somebody = teacher(cast.one)
    return lambda: desk_assign(
        who=who(cast.teacher), led=led, item_ids=[rows.item.id], person_id=somebody.id,
        post=Post.MARKER,
    )  # fmt: skip


def arranged(cast: Cast) -> Ready:
    led, rows = made(cast)
    return lambda: desk_item_set(
        who=who(cast.teacher), led=led, item_id=rows.item.id, double=False, tolerance="1",
        step="1/2", every=0, note="",
    )  # fmt: skip


def arbitrated(cast: Cast) -> Ready:
    _led, rows = made(cast)
    Assignment.objects.filter(item=rows.item).update(post=Post.ARBITER.value)
    MarkGiven.objects.filter(id=rows.given.id).update(turn=3)
    DeskPiece.objects.filter(id=rows.given.piece_id).update(state=PieceState.SPLIT.value)
    return lambda: mark_give(who=who(cast.teacher), given_id=rows.given.id, score="1")


DESK_ACTIONS: dict[str, tuple[Act, Callable[[Cast], Ready]]] = {
    "what is unclear on a sheet is decided": (Act.SHEET_DECIDED, decided),
    "somebody is assigned to the desk": (Act.DESK_SET, assigned),
    "the desk is arranged": (Act.DESK_SET, arranged),
    "a mark is arbitrated": (Act.MARK_ARBITRATED, arbitrated),
}

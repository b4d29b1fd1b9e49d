"""The writing addresses of answer sheets, scans and the marking desk."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_exams import over
from yunke.checks.living.knocks import upload
from yunke.checks.living.school import cookie, signed_in
from yunke.school.attempts.actions.marking import attempts_mark
from yunke.school.attempts.models import Attempt
from yunke.school.attempts.tests.pictures import jpeg
from yunke.school.exams.models import Exam, ScanPage
from yunke.school.exams.tests.paper_makers import Rows, rows_of


def made(room: Room) -> tuple[Exam, Rows]:
    """An exam that the room's teacher leads and marks; the same for every value of a row."""
    row = over(room)
    return row, rows_of(row, room.teacher, room.pupil)


def of_exam(path: str, **values: Any) -> Row:
    """``path`` after the exam's address; ``{page}`` and the like are the rows' numbers."""

    def make(room: Room) -> Sent:
        exam, rows = made(room)
        names = {"sheet": rows.sheet.id, "page": rows.page.id, "item": rows.item.id,
                 "sample": rows.sample.id}  # fmt: skip
        told = {name: value(room, rows) if callable(value) else value
                for name, value in values.items()}  # fmt: skip
        return posts("teacher", f"/exams/{exam.id}/{path.format(**names)}", **told)(room)

    return make


def at_desk(what: str, **values: Any) -> Row:
    def make(room: Room) -> Sent:
        _exam, rows = made(room)
        told = {name: value(room, rows) if callable(value) else value
                for name, value in values.items()}  # fmt: skip
        return posts("teacher", f"/desk/{rows.item.id}/{what}", **told)(room)

    return make


def taken(room: Room) -> Sent:
    """A packet for who holds nothing yet."""
    _exam, rows = made(room)
    rows.given.delete()
    return posts("teacher", f"/desk/{rows.item.id}/take")(room)


def filled(room: Room) -> Sent:
    """An answer in words waits for a person and is not on the desk yet."""
    exam = over(room, "A", "5", "因为天冷", answer="因为")
    rows = Attempt.objects.filter(of="exam", of_id=exam.id)
    attempts_mark(list(rows.values_list("id", flat=True)))
    return posts("teacher", f"/exams/{exam.id}/desk/fill")(room)


def lacking(room: Room) -> Sent:
    """The page of a sheet whose only picture was put aside."""
    exam, rows = made(room)
    ScanPage.objects.filter(id=rows.page.id).update(state="aside")
    path = f"/exams/{exam.id}/sheets/{rows.sheet.id}/lacking"
    return posts("teacher", path, page=1, lacks="yes")(room)


def given_back(room: Room) -> Sent:
    """A mark that was just given is taken back."""
    from yunke.ground.people.tests.makers import who  # noqa: PLC0415
    from yunke.school.exams.actions.desk_mark import mark_give  # noqa: PLC0415

    _exam, rows = made(room)
    mark_give(who=who(room.teacher), given_id=rows.given.id, score="1")
    return posts("teacher", f"/desk/{rows.item.id}/back")(room)


def scan(room: Room) -> Sent:
    """A photograph; the key travels in the form, as a page's own does."""
    exam, _rows = made(room)
    picture = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    return upload(
        f"/exams/{exam.id}/scans", "files", picture, cookie=cookie(signed_in(room.teacher)),
        once=f"desk-scan-{room.number:010d}",
    )  # fmt: skip


E = "exams/<int:exam_id>"
DESK: dict[str, Row] = {
    f"{E}/sheets/layout": of_exam("sheets/layout", **{"lines-9": 5}),
    f"{E}/sheets/print": of_exam("sheets/print", **{"class": lambda room, rows: room.own.id}),
    f"{E}/sheets/<int:answer_sheet>/lacking": lacking,
    f"{E}/scans": scan,
    f"{E}/doubts/<int:scan_page>": of_exam("doubts/{page}", what="aside"),
    f"{E}/desk/fill": filled,
    f"{E}/desk/assign": of_exam(
        "desk/assign", person=lambda room, rows: room.head.id, post="marker",
        items=lambda room, rows: rows.item.id,
    ),
    f"{E}/desk/samples": of_exam(
        "desk/samples", piece=lambda room, rows: rows.sample.piece_id, score="1"
    ),
    f"{E}/desk/samples/<int:sample>/end": of_exam("desk/samples/{sample}/end"),
    f"{E}/desk/<int:desk_item>": of_exam("desk/{item}", tolerance="1", step="1/2", every=5),
    f"{E}/desk/<int:desk_item>/unassign": of_exam(
        "desk/{item}/unassign", person=lambda room, rows: room.teacher.id
    ),
    "desk/<int:desk_item>/take": taken,
    "desk/<int:desk_item>/give": at_desk(
        "give", given=lambda room, rows: rows.given.id, score="1"
    ),
    "desk/<int:desk_item>/back": given_back,
    "desk/<int:desk_item>/free": at_desk("free"),
    "desk/<int:desk_item>/comment": at_desk("comment", text="单位没有写"),
}  # fmt: skip

"""The writing addresses of exams: papers, plans, the room, the guardian's phone, results."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import now
from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.accept.writes_open import Open
from yunke.checks.living.knocks import upload
from yunke.checks.living.school import cookie, signed_in
from yunke.school.attempts.models import Reply
from yunke.school.attempts.tests.pictures import jpeg
from yunke.school.exams.actions.results import appeal_ask
from yunke.school.exams.models import Exam
from yunke.school.exams.reads.exams import exam_view
from yunke.school.exams.tests import makers
from yunke.school.exams.values.exams import Mode

WHEN = "%Y-%m-%dT%H:%M"


def planned(room: Room, **more: Any) -> Exam:
    return makers.hall_of(room.teacher, room.own.id, **more)


def running(room: Room, *answers: Any, **more: Any) -> Exam:
    """The pupil sits it, or has handed in with these answers."""
    row = planned(room, **more)
    makers.sat_by(row, room.pupil, *answers)
    return row


def over(room: Room, *answers: Any, released: bool = False, **more: Any) -> Exam:
    row = running(room, *(answers or ("A", "5")), **more)
    start = now() - timedelta(hours=9)
    row.starts_at, row.ends_at = start, start + timedelta(hours=1)
    row.released_at = now() if released else None
    row.save()
    return row


def reply_of(row: Exam) -> Reply:
    return Reply.objects.filter(attempt__of="exam", attempt__of_id=row.id).earliest("id")


def on_paper(name: str, **values: Any) -> Row:
    def make(room: Room) -> Sent:
        number = makers.paper(room.teacher).id
        return posts("teacher", f"/exams/papers/{number}/{name}", **values)(room)

    return make


def asked_in(room: Room) -> Sent:
    number = makers.paper(room.teacher).id
    return posts("teacher", f"/exams/papers/{number}/makers", person=room.head.id)(room)


def plan(room: Room) -> Sent:
    number = makers.paper(room.teacher).id
    starts = (now() + timedelta(days=room.number % 90 + 1)).astimezone().strftime(WHEN)
    return posts(
        "teacher", "/exams/new", paper=number, starts_at=starts, minutes=40, mode="home",
        sort="quiz", **{"class": room.own.id},
    )(room)  # fmt: skip


def of_plan(name: str, **values: Any) -> Row:
    def make(room: Room) -> Sent:
        row = planned(room)
        later = (row.ends_at + timedelta(days=1)).astimezone().strftime(WHEN)
        told = {"starts_at": later, "minutes": 30, "release_at": later} | values
        return posts("teacher", f"/exams/{row.id}/{name}", **told)(room)

    return make


def extra(room: Room) -> Sent:
    row = planned(room)
    return posts("teacher", f"/exams/{row.id}/extra", person=room.pupil.id, percent=25)(room)


def start(room: Room) -> Sent:
    row = planned(room, mode=Mode.SCREEN)
    Exam.objects.filter(id=row.id).update(starts_at=now() - timedelta(minutes=1))
    return posts("pupil", f"/exams/{row.id}/start")(room)


def extend(room: Room) -> Sent:
    row = running(room)
    path = f"/exams/{row.id}/room/extend"
    return posts("teacher", path, person=room.pupil.id, minutes=5)(room)


def incident(room: Room) -> Sent:
    path = f"/exams/{running(room).id}/watch/{room.pupil.id}/incident"
    return posts("guardian", path, kind="noise", note="门铃")(room)


def mark(room: Room) -> Sent:
    row = over(room)
    return posts("teacher", f"/exams/{row.id}/marks/{reply_of(row).id}", score="1")(room)


def release(room: Room) -> Sent:
    return posts("teacher", f"/exams/{over(room).id}/release")(room)


def appeal(room: Room) -> Sent:
    row = over(room, released=True)
    question = reply_of(row).question_id
    return posts("pupil", f"/exams/{row.id}/appeal", question=question, reason="请看")(room)


def answer(room: Room) -> Sent:
    row = over(room, released=True)
    view = exam_view(row.id)
    assert view is not None
    number = appeal_ask(
        by_id=room.pupil.id, exam=view, person_id=room.pupil.id, reason="请看",
        question_id=reply_of(row).question_id,
    )  # fmt: skip
    path = f"/exams/{row.id}/appeals/{number}"
    return posts("teacher", path, do="mark", score="1", answer="看过了")(room)


def pulse(room: Room) -> Sent:
    return posts("pupil", f"/exams/{running(room).id}/pulse")(room)


def page(room: Room) -> Sent:
    """A page photographed by the guardian."""
    picture = SimpleUploadedFile("p.jpg", jpeg(), "image/jpeg")
    path = f"/exams/{running(room).id}/watch/{room.pupil.id}/pages"
    return upload(path, "photo", picture, cookie=cookie(signed_in(room.guardian)))


EXAMS: dict[str, Row] = {
    "exams/papers": posts("teacher", "/exams/papers", title="卷", subject="chinese", grade=3),
    "exams/papers/<int:paper_id>/change": on_paper("change", do="head", title="新", version=1),
    "exams/papers/<int:paper_id>/makers": asked_in,
    "exams/papers/<int:paper_id>/retire": on_paper("retire"),
    "exams/new": plan,
    "exams/<int:exam_id>/move": of_plan("move", mode="home", sort="quiz", release_at=""),
    "exams/<int:exam_id>/withdraw": of_plan("withdraw"),
    "exams/<int:exam_id>/extra": extra,
    "exams/<int:exam_id>/release-at": of_plan("release-at"),
    "exams/<int:exam_id>/start": start,
    "exams/<int:exam_id>/room/<slug:what>": extend,
    "exams/<int:exam_id>/watch/<int:child_id>/<slug:what>": incident,
    "exams/<int:exam_id>/marks/<int:reply_id>": mark,
    "exams/<int:exam_id>/release": release,
    "exams/<int:exam_id>/appeal": appeal,
    "exams/<int:exam_id>/appeals/<int:appeal_id>": answer,
}
# Says only that the page is there; the same picture is the same page.
EXAMS_OPEN = {
    "exams/<int:exam_id>/pulse": Open(pulse),
    "exams/<int:exam_id>/watch/<int:child_id>/pages": Open(page, {"attempts_photo": 1}),
}

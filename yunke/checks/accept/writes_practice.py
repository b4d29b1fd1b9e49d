"""Practice: words and causes said, drills, films, sheets, live questions, whether to estimate."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import monday, now, today
from yunke.checks.accept.writes import Room, Row, Sent, posts
from yunke.checks.living.knocks import CSRF, upload
from yunke.checks.living.load import request
from yunke.checks.living.school import cookie, key, signed_in
from yunke.craft.marking.tests.test_cards import jpeg, room_of
from yunke.school.library.tests.makers import video
from yunke.school.practice.models import (
    Card,
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    LiveQuestion,
    Paper,
)
from yunke.school.practice.tests import makers


def entry(room: Room) -> ErrorEntry:
    """What two pupils of the room got wrong; the same one for every value of a row."""
    found = getattr(room, "entry", None)
    if found is None:
        question = makers.choice(makers.point())
        for child in room.pupils[:2]:
            makers.handed_in(child, {question: "B"}, at=now() - timedelta(days=1))
        makers.followed()
        found = ErrorEntry.objects.get(person=room.pupil, question=question)
        room.entry = found  # type: ignore[attr-defined]
    return found


def own(place: str, **values: Any) -> Row:
    return lambda room: posts("pupil", f"/practice/error/{entry(room).id}{place}", **values)(room)


def of_class(place: str, **values: Any) -> Row:
    return lambda room: posts("teacher", f"/practice/class/{room.own.id}{place}", **values)(room)


def of_question(place: str, **values: Any) -> Row:
    def make(room: Room) -> Sent:
        path = f"/question/{entry(room).question_id}{place}"
        return of_class(path, **values)(room)

    return make


def film_open(room: Room) -> Sent:
    made = explanation(room)
    ExplanationFor.objects.create(explanation=made, person=room.pupil)
    return own("/film")(room)


def explanation(room: Room) -> Explanation:
    return Explanation.objects.create(
        teacher=room.teacher, question_id=entry(room).question_id, class_id=room.own.id,
        school_id=room.own.school_id, state="ready", open_until=now() + timedelta(days=1),
    )  # fmt: skip


def withdraw(room: Room) -> Sent:
    return of_class(f"/films/{explanation(room).id}/withdraw")(room)


def doubt(room: Room) -> Sent:
    row = Doubt.objects.create(person=room.pupil, by=room.pupil, class_id=room.own.id, text="不对")
    return of_class(f"/doubts/{row.id}", answer="好")(room)


def sent(who: str, path: str, field: str, name: str, body: bytes, **fields: str) -> Row:
    """A form with a file; the key travels in the form."""

    def make(room: Room) -> Sent:
        file = SimpleUploadedFile(name, body, "application/octet-stream")
        once = f"practice-file-{room.number:08d}-{field}-{len(body)}"
        where, signed = (
            path.replace("CLASS", str(room.own.id)),
            cookie(signed_in(getattr(room, who))),
        )
        return upload(where, field, file, cookie=signed, once=once, **fields)

    return make


def explained(room: Room) -> Sent:
    path = f"/practice/class/CLASS/question/{entry(room).question_id}/explain"
    body = video(seconds=1, height=120).read_bytes()
    return sent("teacher", path, "film", "f.mp4", body, shown=str(room.pupil.id))(room)


def drills(room: Room) -> Sent:
    entry(room)
    return of_class("/drills")(room)


def drill(room: Room) -> Sent:
    entry(room)
    return posts("pupil", "/practice/drill")(room)


def exercise(room: Room) -> Sent:
    question = entry(room).question_id
    return of_class("/exercise", title="练", question=question, pupil=room.pupil.id)(room)


def printing(room: Room) -> Sent:
    row = makers.drill(room.pupil, makers.choice())
    Drill.objects.filter(id=row.id).update(week=monday(today()))
    return of_class("/printing")(room)


def decide(room: Room) -> Sent:
    row = makers.drill(room.pupil, makers.choice())
    paper = Paper.objects.create(
        by=room.teacher, class_id=room.own.id, drill=row, state="unclear", unclear=["1"],
        file="none",
    )  # fmt: skip
    return of_class(f"/papers/{paper.id}", **{"place-1": "A"})(room)


def live(room: Room) -> LiveQuestion:
    return LiveQuestion.objects.create(
        class_id=room.own.id, school_id=room.own.school_id, teacher=room.teacher,
        question=makers.choice(makers.point()),
    )  # fmt: skip


def on_live(who: str, place: str, **values: Any) -> Row:
    return lambda room: posts(who, f"/live-quiz/{live(room).id}{place}", **values)(room)


def start(room: Room) -> Sent:
    path = f"/live-quiz/class/{room.own.id}/start"
    return posts("teacher", path, question=makers.choice(makers.point()).id)(room)


def cards(room: Room) -> Sent:
    return posts("teacher", f"/live-quiz/class/{room.own.id}/cards")(room)


def seen(room: Room) -> Sent:
    """A still with one raised card."""
    Card.objects.create(class_id=room.own.id, person=room.pupil, number=5)
    picture = jpeg(room_of({5: "B"}))
    headers = {
        "Cookie": f"{cookie(signed_in(room.teacher))}; csrftoken={CSRF}", "X-CSRFToken": CSRF,
        "Origin": "http://localhost", "Content-Type": "image/jpeg", "Idempotency-Key": key(),
        "Accept": "application/json",
    }  # fmt: skip
    return request("POST", f"/live-quiz/{live(room).id}/seen", headers=headers, body=picture)


def child_doubt(room: Room) -> Sent:
    return posts("guardian", f"/practice/child/{room.pupil.id}/doubt", text="不对")(room)


Q = "practice/class/<int:class_id>/question/<int:erred_id>"
PRACTICE: dict[str, Row] = {
    "practice/error/<int:entry_id>/word": own("/word", word="misread"),
    "practice/error/<int:entry_id>/film": film_open,
    "practice/doubt": posts("pupil", "/practice/doubt", text="不对"),
    "practice/drill": drill,
    "practice/paper": sent("pupil", "/practice/paper", "photo", "p.jpg", b"\xff\xd8\xff"),
    "practice/child/<int:child_id>/doubt": child_doubt,
    "practice/class/<int:class_id>/drills": drills,
    "practice/class/<int:class_id>/exercise": exercise,
    "practice/class/<int:class_id>/doubts/<int:doubt_id>": doubt,
    f"{Q}/cause": of_question("/cause", value="B", cause="忘了退位"),
    f"{Q}/explain": explained,
    "practice/class/<int:class_id>/films/<int:explanation_id>/withdraw": withdraw,
    "practice/class/<int:class_id>/printing": printing,
    "practice/class/<int:class_id>/papers/new": sent(
        "teacher", "/practice/class/CLASS/papers/new", "photo", "p.jpg", b"\xff\xd8\xff\xe0"
    ),
    "practice/class/<int:class_id>/papers/<int:brought_id>": decide,
    "live-quiz/class/<int:class_id>/start": start,
    "live-quiz/class/<int:class_id>/cards": cards,
    "live-quiz/<int:live_id>/answer": on_live("pupil", "/answer", value='"B"'),
    "live-quiz/<int:live_id>/seen": seen,
    "live-quiz/<int:live_id>/show": on_live("teacher", "/show"),
    "live-quiz/<int:live_id>/end": on_live("teacher", "/end"),
}

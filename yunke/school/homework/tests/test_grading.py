"""Marks, kept comments and spoken notes: by those who teach the class, and as they were sent."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from yunke.base.clock import today
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests.makers import Cast, member, once, person, signed_in, teacher
from yunke.ground.people.values import Role
from yunke.school.attempts.door import marks_history, marks_of
from yunke.school.homework.actions.setting import homework_withdraw
from yunke.school.homework.actions.voices import MOST_EACH
from yunke.school.homework.models import Homework, Phrase, Voice
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db
ENGLISH = {"yunke_language": "en"}


def paper() -> tuple[Cast, Homework, int, int]:
    """One long text handed in: its homework, attempt and reply."""
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    attempt = makers.handed_in(row, people.pupil, "一段话")
    return people, row, attempt, marks_of([attempt])[0].reply_id


def leave(somebody: Person, people: Cast) -> None:
    """The teacher goes to another class and teaches here no more."""
    member(somebody, people.far, Role.TEACHER, subject="chinese")
    here = Membership.objects.filter(person=somebody, school_class=people.one)
    here.update(until=today() - timedelta(days=2))


def note(by: Person, row: Homework, attempt: int, content: bytes = makers.WEBM) -> Any:
    sent = {"file": makers.recording(content), "seconds": "4.5", **once()}
    return signed_in(by).post(f"/homework/{row.id}/mark/{attempt}/voice", sent)


# Marks


def test_a_colleague_of_the_subject_marks_again_and_both_marks_are_kept() -> None:
    people, row, attempt, reply = paper()
    colleague = teacher(people.one, subject="chinese")
    first = makers.save(people.teacher, row, attempt, marks=[{"reply": reply, "score": "7"}])
    assert first.json()["marks"] == {str(reply): "7"}
    told = [{"reply": reply, "score": score, "note": "长" * 600} for score in ("3", "8.5")]
    second = makers.save(colleague, row, attempt, marks=told)
    assert second.json()["marks"] == {str(reply): "17/2"}  # of two in one save the last
    found = marks_of([attempt])[0]
    assert (found.by, found.verdict, len(found.note)) == (colleague.id, "partly", 500)
    assert [one.score for one in marks_history(reply)][:2] == [None, 7]


def test_who_left_the_class_marks_hears_and_takes_away_nothing_of_it() -> None:
    people, row, attempt, reply = paper()
    number = note(people.teacher, row, attempt).json()["id"]
    leave(people.teacher, people)
    client = signed_in(people.teacher)
    base = f"/homework/{row.id}"
    for path in (base, f"{base}/mark", f"{base}/mark/{attempt}", f"{base}/results.csv",
                 f"/homework/voice/{number}"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for path in (f"{base}/return", f"{base}/due", f"/homework/voice/{number}/remove"):
        assert client.post(path, once()).status_code == 404, path
    assert note(people.teacher, row, attempt, makers.WEBM + b"2").status_code == 404
    sent = [{"reply": reply, "score": "1"}]
    assert makers.save(people.teacher, row, attempt, marks=sent).status_code == 404
    assert marks_of([attempt])[0].score is None
    assert Voice.objects.get().gone_at is None


def test_at_work_that_was_taken_back_nothing_is_marked() -> None:
    people, row, attempt, reply = paper()
    homework_withdraw(who_id=people.teacher.id, homework_id=row.id)
    sent = [{"reply": reply, "score": "1"}]
    assert makers.save(people.teacher, row, attempt, marks=sent).status_code == 404
    assert note(people.teacher, row, attempt).status_code == 404
    path = f"/homework/{row.id}/return"
    assert signed_in(people.teacher).post(path, once()).status_code == 404
    assert marks_of([attempt])[0].score is None
    assert not Voice.objects.exists()


@pytest.mark.parametrize("cookies", [{}, ENGLISH])
def test_the_pupil_sees_points_and_word_from_the_return_on(cookies: dict[str, str]) -> None:
    people, row, attempt, reply = paper()
    sent = [{"reply": reply, "score": "7.31", "note": "结尾再写一句"}]
    makers.save(people.teacher, row, attempt, marks=sent, word=" 有进步 ")
    client = signed_in(people.pupil)
    client.cookies.load(cookies)
    before = client.get(f"/homework/{row.id}").content.decode()
    assert not makers.points_in(before, "7.31")
    assert "有进步" not in before
    assert "结尾再写一句" not in before
    assert makers.returned(row, people.teacher) == (1, 0)
    page = client.get(f"/homework/{row.id}").content.decode()
    assert makers.points_in(page, "7.31")
    assert "有进步" in page
    guardian = signed_in(people.guardian)
    shown = guardian.get(f"/child/{people.pupil.id}/homework/{row.id}").content.decode()
    assert "有进步" in shown
    assert client.get(f"/child/{people.pupil.id}/homework/{row.id}").status_code == 404


# Kept comments


def test_a_comment_is_one_line_kept_once_and_shown_as_words() -> None:
    people = makers.cast()
    client = signed_in(people.teacher)
    key = once()
    for _ in range(2):
        sent = {"text": "  字\n写得\0 <b>好</b> ", **key}
        page = client.post("/homework/phrases", sent).content.decode()
    assert Phrase.objects.get().text == "字 写得 <b>好</b>"
    assert "&lt;b&gt;好" in page
    client.cookies.load(ENGLISH)
    told = client.post("/homework/phrases", {"text": " \0 ", **once()})
    assert told.status_code == 422
    assert "评语" not in told.content.decode()
    assert Phrase.objects.count() == 1


def test_a_comment_that_went_can_be_kept_again_and_is_nobody_elses_to_remove() -> None:
    people = makers.cast()
    client = signed_in(people.teacher)
    client.post("/homework/phrases", {"text": "再想想", **once()})
    number = Phrase.objects.get().id
    for somebody in (people.other_teacher, people.pupil, people.guardian, people.far_teacher):
        path = f"/homework/phrases/{number}/remove"
        assert signed_in(somebody).post(path, once()).status_code == 404
    for somebody in (people.pupil, people.guardian, people.admin):
        sent = {"text": "我也写", **once()}
        assert signed_in(somebody).post("/homework/phrases", sent).status_code == 404
    assert Phrase.objects.get().gone_at is None
    gone = client.post(f"/homework/phrases/{number}/remove", once()).content.decode()
    assert "常说的话存在这里" in gone
    again = client.post("/homework/phrases", {"text": "再想想", **once()}).content.decode()
    assert "再想想" in again
    live = Phrase.objects.filter(gone_at__isnull=True)
    assert [one.id for one in live] != [number]
    assert client.post("/homework/phrases/999999/remove", once()).status_code == 404


# Spoken notes


def test_a_note_is_stored_once_up_to_ten_and_no_page_of_html(media: Path) -> None:
    people, row, attempt, _reply = paper()
    first = note(people.teacher, row, attempt)
    assert note(people.teacher, row, attempt).json() == first.json()
    voice = Voice.objects.get()
    assert (voice.by_id, voice.question_id, voice.seconds) == (people.teacher.id, 0, 4.5)
    assert voice.copy_id == makers.copy_of(row, people.pupil).id
    for content in (b"<html><script>", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypevil", b"Og"):
        assert note(people.teacher, row, attempt, content).status_code == 422
    for at in range(MOST_EACH - 1):
        assert note(people.teacher, row, attempt, makers.WEBM + bytes([at])).status_code == 200
    assert note(people.teacher, row, attempt, makers.WEBM + b"more").status_code == 422
    files = [one for one in media.rglob("*") if one.is_file()]
    assert len(files) == Voice.objects.count() == MOST_EACH
    assert {one.parent.name for one in files} == {str(attempt)}
    assert not [one for one in files if one.suffix == ".part"]


def test_a_note_is_made_only_by_who_marks_and_on_the_papers_own_homework() -> None:
    people, row, attempt, _reply = paper()
    maths = person(name="数学老师")
    member(maths, people.one, Role.TEACHER, subject="maths")
    for somebody in (maths, people.head, people.far_teacher, people.pupil, people.guardian):
        assert note(somebody, row, attempt).status_code == 404, somebody.name
    other = makers.homework(people, [makers.written()])
    assert note(people.teacher, other, attempt).status_code == 404
    begun = makers.begun(other, people.pupil)
    assert note(people.teacher, other, begun).status_code == 404  # nothing is handed in yet
    assert not Voice.objects.exists()
    number = note(people.teacher, row, attempt).json()["id"]
    colleague = signed_in(teacher(people.one, subject="chinese"))
    heard = colleague.get(f"/homework/voice/{number}", headers={"Range": "bytes=-4"})
    assert (heard.status_code, heard.content) == (206, makers.WEBM[-4:])
    assert colleague.post(f"/homework/voice/{number}/remove", once()).status_code == 404

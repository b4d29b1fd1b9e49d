"""Questions through their pages and files and back: nothing is lost, nothing comes from nowhere."""

import io
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.craft.marking import items as m
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library import jobs
from yunke.school.library.actions.questionfiles import (
    files_sweep,
    folder_of,
    questions_bring,
    questions_take,
)
from yunke.school.library.actions.questionmedia import medium_keep
from yunke.school.library.actions.questions import question_retire, question_write
from yunke.school.library.models import Point, Question, QuestionFile
from yunke.school.library.reads.items import item_of_row
from yunke.school.library.reads.points import (
    kinds_of,
    points_named,
    points_of,
    questions_on,
    subjects_of,
)
from yunke.school.library.rules.examples import example_items
from yunke.school.library.tests import makers
from yunke.school.library.values.questions import QuestionDraft

pytestmark = pytest.mark.django_db
WAV = b"RIFF\x24\0\0\0WAVEfmt " + bytes(range(100))


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


class Form(HTMLParser):
    """What a browser without a script would send of the editor."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.inside, self.spare, self.area, self.choice, self.first = False, 0, "", "", False
        self.feed(page)

    def put(self, name: str, value: str) -> None:
        if self.inside and not self.spare and name:
            self.sent.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.spare += tag == "template"
        if tag == "form":
            self.inside = told.get("id") == "question-form"
        elif tag == "textarea":
            self.area = told["name"]
            self.put(self.area, "")
        elif tag == "select":
            self.choice, self.first = told["name"], True
        elif tag == "option" and self.choice:
            self.option(told)
        elif tag == "input":
            self.field(told)

    def option(self, told: dict[str, str]) -> None:
        """The first of a list, unless another is selected."""
        if "selected" in told and not self.first and self.choice in self.sent:
            self.sent[self.choice].pop()
        if self.first or "selected" in told:
            self.put(self.choice, told["value"])
        self.first = False

    def field(self, told: dict[str, str]) -> None:
        ticked = told.get("type") not in ("radio", "checkbox") or "checked" in told
        if told.get("type") != "file" and ticked:
            self.put(told.get("name", ""), told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.spare -= tag == "template"
        self.area = "" if tag == "textarea" else self.area
        self.choice = "" if tag == "select" else self.choice
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.area and self.inside and not self.spare:
            self.sent[self.area][-1] += data


def brought(somebody: Any, data: bytes, name: str = "a.zip", *, write: bool = True) -> QuestionFile:
    def chunks() -> Iterator[bytes]:
        yield data

    who = people.who(somebody)
    number = questions_bring(who=who, name=name, chunks=chunks(), subject="maths", grade=3)
    run_one()
    row = QuestionFile.objects.get(id=number)
    if write and row.state == "read":
        questions_take(who=who, file_id=number)
        run_one()
        row.refresh_from_db()
    return row


def packed(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    makers.package(out, **files)
    return out.getvalue()


def rewritten(somebody: Any, number: int) -> int:
    draft = QuestionDraft(item=m.item_to_json(makers.item()), subject="maths", grade=3)
    return question_write(who=people.who(somebody), draft=draft, replaces_id=number)


# The editor


def test_what_the_editor_shows_of_every_kind_is_sent_back_as_the_same_question(
    cast: Any, client: Client
) -> None:
    for at, (item, points) in enumerate(example_items()):
        client.cookies["yunke_language"] = ("zh-hans", "en")[at % 2]
        told = makers.written(cast.teacher, item, school_id=cast.school.id, points=points)
        page = client.get(f"/questions/{told.id}?edit").content.decode()
        form = Form(page).sent
        assert "once" in form
        answer = client.post(f"/questions/{told.id}", form)
        assert answer.status_code == 303, (item.kind, form)
        new = Question.objects.get(replaces=told)
        assert item_of_row(new).key == item_of_row(told).key, item.kind
        assert (new.stem, new.subject, new.grade) == (told.stem, "maths", 3)
        assert list(new.points.values_list("name", flat=True)) == list(points)
        shown = client.get(answer["Location"])
        assert shown.status_code == 200


def test_a_refused_form_shows_what_was_typed_and_sends_it_again(cast: Any, client: Client) -> None:
    rows = ("multiple", "blanks", "matching", "ordering", "practical")
    for item in (one for one, _points in example_items() if one.kind.value in rows):
        row = makers.written(cast.teacher, item, school_id=cast.school.id)
        form = Form(client.get(f"/questions/{row.id}?edit").content.decode()).sent
        refused = client.post(f"/questions/{row.id}", {**form, "points_worth": "viel"})
        assert refused.status_code == 422, item.kind
        again = Form(refused.content.decode()).sent
        again["points_worth"] = ["1"]
        assert client.post(f"/questions/{row.id}", again).status_code == 303, item.kind
        assert item_of_row(Question.objects.get(replaces=row)).key == item_of_row(row).key


def test_without_a_script_an_empty_row_has_a_letter_of_its_own(cast: Any, client: Client) -> None:
    key = m.ChoiceKey((m.Choice("A", "1"), m.Choice("C", "2"), m.Choice("D", "3")), "D")
    row = makers.written(cast.teacher, makers.item(key=key), school_id=cast.school.id)
    form = Form(client.get(f"/questions/{row.id}?edit").content.decode()).sent
    assert form["option_id"] == ["A", "C", "D", "B"]
    form["option_text"][-1] = "4"
    client.post(f"/questions/{row.id}", form)
    new = item_of_row(Question.objects.get(replaces=row)).key
    assert isinstance(new, m.ChoiceKey)
    assert ([one.text for one in new.options], new.right) == (["1", "2", "3", "4"], "D")


def test_a_new_question_starts_with_the_teachers_own_subject_and_grade(cast: Any) -> None:
    teacher = people.teacher(cast.one, subject="english")
    form = Form(people.signed_in(teacher).get("/questions/new?kind=x").content.decode()).sent
    assert (form["subject"], form["grade"], form["kind"]) == (["english"], ["3"], ["choice"])
    told = people.signed_in(teacher).get("/questions/new?subject=art&grade=7").content.decode()
    assert (Form(told).sent["subject"], Form(told).sent["grade"]) == (["art"], ["7"])


# Retired and replaced


def test_an_old_version_does_not_come_back_beside_a_later_one(cast: Any, client: Client) -> None:
    first = makers.written(cast.teacher, school_id=cast.school.id).id
    second = rewritten(cast.teacher, first)
    third = rewritten(cast.teacher, second)
    who = people.who(cast.teacher)
    for number in (first, second):
        answer = client.post(f"/questions/{number}/retire", {"back": "1", **people.once()})
        assert answer.status_code == 409
    question_retire(who=who, question_id=third)
    question_retire(who=who, question_id=second, back=True)
    with pytest.raises(Refused):
        question_retire(who=who, question_id=first, back=True)
    live = Question.objects.filter(retired_at__isnull=True)
    assert list(live.values_list("id", flat=True)) == [second]


def test_retiring_under_one_key_is_one_event_and_a_pupil_never_may(
    cast: Any, client: Client
) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    for somebody in (cast.pupil, cast.guardian, cast.far_teacher, cast.far_admin):
        path = f"/questions/{row.id}/retire"
        assert people.signed_in(somebody).post(path, people.once()).status_code == 404
    key = people.once()
    for _ in range(2):
        assert client.post(f"/questions/{row.id}/retire", key).status_code == 303
    event = Event.objects.get(verb="question.retired")
    assert (event.actor_id, event.object_id, event.school_id) == (
        cast.teacher.id, row.id, cast.school.id,
    )  # fmt: skip
    assert f"/questions/{row.id}" not in client.get("/questions").content.decode()
    assert f"/questions/{row.id}" in client.get("/questions?retired=1").content.decode()


# Files


def test_a_file_that_was_cleared_away_is_not_written_as_nothing(cast: Any, client: Client) -> None:
    row = brought(cast.teacher, packed(), write=False)
    QuestionFile.objects.filter(id=row.id).update(made_at=now() - timedelta(days=40))
    files_sweep()
    for language, word in (("zh-hans", "放了一个月"), ("en", "lay here for a month")):
        client.cookies["yunke_language"] = language
        answer = client.post(f"/questions/import/{row.id}/write", people.once())
        assert answer.status_code == 409
        assert word in answer.content.decode()
        assert client.get(f"/questions/import/{row.id}").status_code == 200
    row.refresh_from_db()
    assert row.state == "read"
    assert not Job.objects.filter(name="library.questions_write").exists()
    assert not Event.objects.filter(verb="question.imported").exists()


def test_a_job_that_comes_twice_reads_and_writes_once(cast: Any) -> None:
    row = brought(cast.teacher, packed())
    before = Question.objects.count(), Event.objects.count()
    jobs.questions_reading(None, {"file": row.id})  # type: ignore[arg-type]
    jobs.questions_writing(None, {"file": row.id})  # type: ignore[arg-type]
    jobs.questions_writing(None, {"file": 10**9})  # type: ignore[arg-type]
    assert (Question.objects.count(), Event.objects.count()) == before
    row.refresh_from_db()
    assert row.state == "written"


def test_the_same_file_in_another_school_is_that_schools_own(cast: Any) -> None:
    first = brought(cast.teacher, packed())
    assert brought(cast.head, packed()).counts["written"] == 0
    assert brought(cast.far_teacher, packed()).counts["written"] == 1
    assert brought(cast.city_staff, packed()).counts["written"] == 1
    schools = set(Question.objects.values_list("school_id", flat=True))
    assert schools == {cast.school.id, cast.far_school.id, 0}
    told = Event.objects.filter(verb="question.imported").order_by("id")[0]
    assert (told.object_id, told.school_id, told.actor_id) == (
        first.id, cast.school.id, cast.teacher.id,
    )  # fmt: skip


def test_a_page_that_calls_itself_a_picture_leaves_its_words(cast: Any, media: Path) -> None:
    text = '看<img src="a.png" alt="一只猫"/><audio src="b.wav" controls="controls">猫叫</audio>'
    row = brought(cast.teacher, packed(q_xml=makers.qti(text=text), a_png=b"<html>", b_wav=WAV))
    stem = Question.objects.get().stem
    assert row.counts["written"] == 1
    assert "一只猫" in stem
    assert "a.png" not in stem
    kept = [one.name for one in (media / "questions").iterdir()]
    assert [Path(one).suffix for one in kept] == [".wav"]
    assert kept[0] in stem


def test_who_is_gone_leaves_no_file_behind(cast: Any) -> None:
    row = brought(cast.teacher, packed(), write=False)
    stray = folder_of(10**9)
    stray.mkdir(parents=True)
    (stray.parent / "notes.txt").write_text("no import")
    QuestionFile.objects.filter(id=row.id).delete()
    assert files_sweep() == 2
    assert [one.name for one in stray.parent.iterdir()] == ["notes.txt"]
    assert files_sweep() == 0


def test_a_table_with_several_sheets_is_refused_in_both_languages(
    cast: Any, client: Client
) -> None:
    out, book = io.BytesIO(), openpyxl.Workbook()
    for name in ("一", "二"):
        book.create_sheet(name).append(["题型", "题干"])
    book.save(out)
    row = brought(cast.teacher, out.getvalue(), "题.xlsx")
    assert (row.state, row.reason, row.counts["missing"]) == ("refused", "many-sheets", 1)
    for language, word in (("zh-hans", "请只留一张"), ("en", "Several sheets have content")):
        client.cookies["yunke_language"] = language
        assert word in client.get(f"/questions/import/{row.id}").content.decode()


def test_who_left_finds_neither_import_nor_export(cast: Any, client: Client) -> None:
    own = brought(cast.teacher, packed(), write=False)
    row = makers.written(cast.head, school_id=cast.school.id)
    people.member(cast.teacher, cast.far, Role.TEACHER, subject="maths")
    Membership.objects.filter(person=cast.teacher, school_class=cast.one).update(
        until=today() - timedelta(days=2)
    )
    assert client.get(f"/questions/export?id={row.id}").status_code == 422
    assert client.get(f"/questions/import/{own.id}").status_code == 200  # one's own file
    answer = client.post(f"/questions/import/{own.id}/write", people.once())
    assert answer.status_code == 404  # for it would lie on the shelf of the school that was left
    own.refresh_from_db()
    assert own.state == "read"
    Membership.objects.filter(person=cast.teacher).delete()
    for path in (f"/questions/export?id={row.id}", f"/questions/import/{own.id}", "/questions"):
        assert client.get(path)["Location"].startswith("/sign-in"), path
    assert not Event.objects.filter(verb="question.exported").exists()


# Sounds


def test_a_player_gets_the_stretch_of_a_sound_that_it_asks_for(client: Client) -> None:
    name = medium_keep(io.BytesIO(WAV), "cat.wav")
    path = f"/questions/media/{name}"
    whole = client.get(path)
    assert (whole.getvalue(), whole["Accept-Ranges"]) == (WAV, "bytes")  # type: ignore[attr-defined]
    for asked, part in (("bytes=0-1", WAV[:2]), ("bytes=100-", WAV[100:]), ("bytes=-7", WAV[-7:])):
        answer = client.get(path, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (206, part)
        assert answer["Content-Type"] == "audio/wav"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "immutable" in answer["Cache-Control"]
    assert client.get(path, headers={"Range": "bytes=900-"}).status_code == 416


# Points


def test_a_question_without_a_subject_has_that_of_its_first_point() -> None:
    points = [
        Point.objects.create(code=code, subject=subject, name=code)
        for code, subject in (("a", "maths"), ("b", "art"))
    ]
    old, bare = makers.question(points=(points[1], points[0])), makers.question()
    own = makers.written(subject="science", points=("水",))
    assert subjects_of([old.id, bare.id, own.id, 10**9]) == {
        old.id: "maths", bare.id: "", own.id: "science",
    }  # fmt: skip
    assert points_of([old.id, bare.id]) == {old.id: (points[0].id, points[1].id)}
    assert [one.name for one in points_named([points[0].id, 10**9]).values()] == ["a"]
    assert kinds_of([old.id, own.id, 10**9]) == {old.id: "choice", own.id: "choice"}
    assert subjects_of([]) == points_of([]) == kinds_of([]) == {}


def test_questions_on_a_point_are_the_newest_that_a_rule_marks_and_the_school_may_use() -> None:
    first, second = makers.point("甲"), makers.point("乙")
    rows = [makers.question(points=(first, second)) for _ in range(4)]
    old, far, person, bare, last = rows[0], *(makers.question(points=(first,)) for _ in range(4))
    Question.objects.filter(id=old.id).update(retired_at=now())
    Question.objects.filter(id=far.id).update(school_id=77)
    Question.objects.filter(id=person.id).update(kind="short-text")
    Question.objects.filter(id=bare.id).update(key=[])
    newest = [one.id for one in reversed(rows[1:])]
    assert questions_on([first.id, second.id, 10**9]) == {
        first.id: (last.id, *newest), second.id: tuple(newest),
    }  # fmt: skip
    assert questions_on([first.id], school_id=77, most=2) == {first.id: (last.id, far.id)}
    assert questions_on([first.id], kinds=("short-text",)) == {first.id: (person.id,)}


def test_points_cost_the_same_for_fifty_questions_as_for_five() -> None:
    point = makers.point("甲")
    costs = []
    for count in (5, 50):
        ids = [makers.question(points=(point,)).id for _ in range(count)]
        with CaptureQueriesContext(connection) as told:
            assert len(points_of(ids)) == len(subjects_of(ids)) == len(kinds_of(ids)) == count
            assert len(questions_on([point.id])[point.id]) == min(6, count)
        costs.append(len(told))
    assert costs == [4, 4]

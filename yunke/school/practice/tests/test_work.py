"""Work outside the request, run as a worker runs it; files that go; a person who is erased."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import monday, now, today
from yunke.base.jobs import ask, run_one
from yunke.base.models import Job
from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, once, pupil, signed_in
from yunke.school.attempts.door import Of
from yunke.school.library.tests.makers import video
from yunke.school.practice.actions import papers
from yunke.school.practice.actions.explaining import folder_of
from yunke.school.practice.actions.filming import FILM, leftovers_remove
from yunke.school.practice.actions.printing import folder_of as sheets_of
from yunke.school.practice.jobs import follow_due
from yunke.school.practice.models import (
    Answered,
    Drill,
    ErrorEntry,
    Explanation,
    Paper,
    Printing,
)
from yunke.school.practice.tests.makers import (
    choice,
    drill,
    erring,
    handed_in,
    number,
    point,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> None:
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def work(name: str) -> Job:
    """Run everything that is due, as a worker does; gives the newest job of this name."""
    while run_one():
        pass
    return Job.objects.filter(name=name).latest("id")


# Following


def test_a_new_mark_calls_for_work_once_and_the_work_writes_the_book(people: Cast) -> None:
    follow_due()
    assert not Job.objects.filter(name="practice.follow").exists()
    handed_in(people.pupil, {choice(point()): "B"})
    follow_due()
    follow_due()
    assert Job.objects.filter(name="practice.follow").count() == 1
    assert work("practice.follow").state == Job.State.DONE
    assert ErrorEntry.objects.get().person_id == people.pupil.id
    follow_due()
    assert Job.objects.filter(name="practice.follow").count() == 1


def test_while_marks_wait_for_their_release_it_looks_once_a_minute(people: Cast) -> None:
    handed_in(people.pupil, {choice(point()): "B"}, of=Of.EXAM, of_id=77)
    follow_due()
    work("practice.follow")
    assert Answered.objects.get().released_at is None
    for _ in range(3):
        follow_due()
    asked = [key.split(":")[1].split("-")[0] for key in
             Job.objects.filter(name="practice.follow").values_list("key", flat=True)]  # fmt: skip
    assert asked.count("minute") in {1, 2}
    work("practice.follow")
    assert not ErrorEntry.objects.exists()


# Fridays


@pytest.mark.parametrize(("weekday", "made"), [(3, 0), (4, 2), (5, 0)])
def test_drills_come_on_fridays_only(people: Cast, weekday: int, made: int) -> None:
    erring(people, choice(point()), "BB")
    day = (monday(today()) + timedelta(days=weekday)).isoformat()
    ask("practice.friday", key=day, payload={"day": day})
    assert work("practice.friday").state == Job.State.DONE
    assert Drill.objects.filter(week=monday(today())).count() == made


def test_a_friday_run_again_after_a_breakdown_gives_nobody_a_second_one(people: Cast) -> None:
    erring(people, choice(point()), "BB")
    day = (monday(today()) + timedelta(days=4)).isoformat()
    for key in ("once", "again"):
        ask("practice.friday", key=key, payload={"day": day})
    work("practice.friday")
    assert Drill.objects.filter(week=monday(today())).count() == 2
    assert set(Drill.objects.filter(week=monday(today())).values_list("by", flat=True)) == {None}


# Sheets


def printed(people: Cast) -> Printing:
    assert post(people.teacher, f"/practice/class/{people.one.id}/printing").status_code == 303
    assert work("practice.print").state == Job.State.DONE
    return Printing.objects.latest("id")


def this_week(row: Drill) -> Drill:
    Drill.objects.filter(id=row.id).update(week=monday(today()))
    return row


def test_sheets_are_drawn_once_and_only_for_what_can_be_filled_in(people: Cast) -> None:
    this_week(drill(people.pupils[0], choice(point())))
    this_week(drill(people.pupils[1], number(point(), key="2.5", expression="5/2")))
    row = printed(people)
    path = f"/practice/class/{people.one.id}/printing/{row.id}"
    answer = signed_in(people.teacher).get(f"{path}/sheets.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content[:5] == b"%PDF-"
    assert Entry.objects.filter(act="record.viewed", actor_id=people.teacher.id).exists()
    before = (sheets_of(row.id) / "sheets.pdf").stat().st_mtime_ns
    ask("practice.print", key="again", payload={"printing": row.id, "language": "zh"})
    work("practice.print")
    assert (sheets_of(row.id) / "sheets.pdf").stat().st_mtime_ns == before


def test_where_nothing_can_be_printed_the_page_says_so_and_has_no_file(people: Cast) -> None:
    this_week(drill(people.pupil, number(point(), key="2.5", expression="5/2")))
    row = printed(people)
    path = f"/practice/class/{people.one.id}/printing/{row.id}"
    assert row.reason == "nothing"
    page = signed_in(people.teacher).get(path)
    assert page.status_code == 200
    assert "打开 PDF" not in page.content.decode()
    assert signed_in(people.teacher).get(f"{path}/sheets.pdf").status_code == 404


def test_a_sheet_that_is_not_ready_is_not_there_yet(people: Cast) -> None:
    this_week(drill(people.pupil, choice(point())))
    where = post(people.teacher, f"/practice/class/{people.one.id}/printing")["Location"]
    client = signed_in(people.teacher)
    assert client.get(where).status_code == 200
    assert client.get(f"{where}/sheets.pdf").status_code == 404
    part = client.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_a_drill_that_is_done_is_not_printed(people: Cast) -> None:
    row = this_week(drill(people.pupil, choice(point())))
    Drill.objects.filter(id=row.id).update(done_at=now())
    assert post(people.teacher, f"/practice/class/{people.one.id}/printing").status_code == 422


# Photographs


def photo(people: Cast, body: bytes = b"no picture at all") -> Paper:
    file = SimpleUploadedFile("p.jpg", body, "image/jpeg")
    assert post(people.pupil, "/practice/paper", photo=file).status_code == 303
    return Paper.objects.latest("id")


def test_an_unreadable_photograph_is_said_so_and_gone(people: Cast) -> None:
    row = photo(people)
    assert (papers.folder() / row.file).is_file()
    assert work("practice.paper").state == Job.State.DONE
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "no-picture")
    assert not (papers.folder() / row.file).exists()
    told = signed_in(people.pupil).get("/practice").content.decode()
    assert "这不是能读的照片" in told


@pytest.mark.parametrize("size", [0, papers.LARGEST + 1])
def test_a_photograph_of_nothing_or_too_much_is_not_kept(people: Cast, size: int) -> None:
    file = SimpleUploadedFile("p.jpg", b"\xff" * size, "image/jpeg")
    assert post(people.pupil, "/practice/paper", photo=file).status_code == 422
    assert not Paper.objects.exists()
    assert not list(papers.folder().glob("*"))


def unclear(people: Cast, child: Person, **more: Any) -> Paper:
    row = this_week(drill(child, choice(point())))
    return Paper.objects.create(
        by=people.teacher, class_id=people.one.id, school_id=people.school.id, drill=row,
        state="unclear", unclear=["1"], **{"file": f"file{row.id}", **more},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "right"), [("A", True), ("B", False), ("", False), ("<b>", False), ("AB", False)]
)
def test_what_a_teacher_decides_is_the_pupils_answer(people: Cast, given: str, right: bool) -> None:
    row = unclear(people, people.pupil)
    path = f"/practice/class/{people.one.id}/papers/{row.id}"
    # A place that was read clearly is not the teacher's to change.
    answer = post(people.teacher, path, **{"place-1": given, "place-2": "A", "place-": "x"})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert (row.state, row.unclear) == ("read", [])
    assert set(row.answers) == {"1"}
    follow_due()
    work("practice.follow")
    assert Answered.objects.get().right is right
    assert post(people.teacher, path, **{"place-1": "A"}).status_code == 404


def test_decided_after_it_was_done_on_the_screen_the_screen_counts(people: Cast) -> None:
    row = unclear(people, people.pupil)
    assert row.drill is not None
    Drill.objects.filter(id=row.drill_id).update(done_at=now())
    path = f"/practice/class/{people.one.id}/papers/{row.id}"
    assert post(people.teacher, path, **{"place-1": "A"}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.answers) == ("read", {})


def test_what_waits_for_a_person_is_not_pushed_out_by_newer_photographs(people: Cast) -> None:
    child = pupil(people.one, "等老师看的孩子")
    unclear(people, child)
    Paper.objects.bulk_create(
        Paper(by=people.teacher, class_id=people.one.id, state="read") for _ in range(80)
    )
    path = f"/practice/class/{people.one.id}/papers"
    assert "等老师看的孩子" in signed_in(people.teacher).get(path).content.decode()


@pytest.mark.parametrize("body", [None, b"", b"not a picture", b"\xff\xd8\xff\xe0junk"])
def test_a_photograph_that_cannot_be_shown_is_not_there(
    people: Cast, body: bytes | None
) -> None:  # fmt: skip
    row = unclear(people, people.pupil)
    if body is not None:
        papers.folder().mkdir(parents=True)
        (papers.folder() / row.file).write_bytes(body)
    path = f"/practice/class/{people.one.id}/papers/{row.id}/picture"
    assert signed_in(people.teacher).get(path).status_code == 404


# Explanations


def explained(people: Cast) -> Explanation:
    question = choice(point())
    erring(people, question, "B")
    path = f"/practice/class/{people.one.id}/question/{question.id}/explain"
    film = SimpleUploadedFile("f.mp4", video(seconds=1, height=120).read_bytes(), "video/mp4")
    assert post(people.teacher, path, shown=str(people.pupil.id), film=film).status_code == 303
    return Explanation.objects.get()


def test_a_worker_makes_the_film_and_leaves_nothing_else(people: Cast) -> None:
    row = explained(people)
    assert work("practice.film").state == Job.State.DONE
    row.refresh_from_db()
    assert row.state == "ready"
    assert row.seconds == pytest.approx(1, abs=0.5)
    assert [path.name for path in folder_of(row.id).iterdir()] == [FILM]


def test_a_recording_whose_file_is_gone_is_refused_for_good(people: Cast) -> None:
    row = explained(people)
    (folder_of(row.id) / row.file).unlink()
    job = work("practice.film")
    assert (job.state, job.reason) == (Job.State.FAILED, "no-film")
    assert Explanation.objects.get().state == "refused"
    assert signed_in(people.pupil).get(f"/practice/film/{row.id}").status_code == 404


def test_taken_back_before_it_was_made_it_is_never_made(people: Cast) -> None:
    row = explained(people)
    path = f"/practice/class/{people.one.id}/films/{row.id}/withdraw"
    assert post(people.teacher, path).status_code == 303
    assert post(people.teacher, path).status_code == 404
    assert Entry.objects.filter(act="explanation.withdrawn", object_id=row.id).count() == 1
    assert work("practice.film").state == Job.State.DONE
    assert Explanation.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-3", 206, "bytes 0-3/"), ("bytes=20-10", 416, "bytes */"),
        ("bytes=99999999-", 416, "bytes */"), ("bytes=-5", 206, "bytes 95-99/100"),
        ("bytes=a-b", 200, ""), ("items=0-3", 200, ""), ("bytes=0-999999999999", 206, "bytes 0-"),
        ("", 200, ""), ("bytes=0-1,4-5", 200, ""),
    ],
)  # fmt: skip
def test_a_range_that_is_none_is_answered(
    people: Cast, asked: str, status: int, told: str
) -> None:  # fmt: skip
    row = explained(people)
    Explanation.objects.update(state="ready")
    (folder_of(row.id) / FILM).write_bytes(b"0123456789" * 10)
    headers = {"Range": asked} if asked else {}
    answer = signed_in(people.pupil).get(f"/practice/film/{row.id}", headers=headers)
    assert answer.status_code == status
    assert answer.get("Content-Range", "").startswith(told)
    if status == 200:
        assert len(answer.getvalue()) == 100
    head = signed_in(people.pupil).head(f"/practice/film/{row.id}", headers=headers)
    assert (head.status_code, head["Content-Type"]) == (status, "video/mp4")
    assert head.getvalue() == b""


# What is left over goes


def test_a_days_old_photograph_that_no_row_waits_for_goes(people: Cast) -> None:
    kept, gone, young = (papers.folder() / name for name in ("kept", "gone", "young"))
    papers.folder().mkdir(parents=True)
    for path in (kept, gone, young):
        path.write_bytes(b"x")
        if path is not young:
            os.utime(path, (time.time() - 2 * 86_400,) * 2)
    unclear(people, people.pupil, file="kept")
    assert leftovers_remove() == 1
    assert (kept.exists(), gone.exists(), young.exists()) == (True, False, True)


def test_folders_without_a_row_go_and_others_stay(people: Cast, media: Path) -> None:
    row = Printing.objects.create(class_id=people.one.id, by=people.teacher)
    for name in (str(row.id), str(row.id + 1), "9x"):
        (media / "printings" / name).mkdir(parents=True)
        os.utime(media / "printings" / name, (time.time() - 2 * 86_400,) * 2)
    leftovers_remove()
    assert [path.name for path in (media / "printings").iterdir()] == [str(row.id)]


def test_a_recording_that_is_just_being_sent_is_not_swept_away(media: Path) -> None:
    """Its file lies there before anybody else sees its row."""
    young = folder_of(999)
    young.mkdir(parents=True)
    assert leftovers_remove() == 0
    assert young.exists()

"""From the printed sheet to the pupil's attempt: clear pages by themselves, doubts by a person."""

import io
import zipfile
from fractions import Fraction

import pytest

from yunke.base.clock import now
from yunke.base.jobs import LEASE, JobLost, take
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.door import Of, attempt_opened, marks_of
from yunke.school.attempts.models import Mark
from yunke.school.exams.actions.doubts import (
    mark_decide,
    page_aside,
    page_lacking,
    twice_decide,
    whose_decide,
)
from yunke.school.exams.actions.printing import layout_make, printing_ask
from yunke.school.exams.actions.scanning import scan_read, scan_send
from yunke.school.exams.models import (
    DeskPiece,
    Doubt,
    Field,
    Layout,
    PaperItem,
    Printing,
    ScanPage,
)
from yunke.school.exams.reads.sheets import file_of, sheets_folder, template_of
from yunke.school.exams.tests.paper_makers import (
    RIGHT,
    photographed,
    printed,
    sent,
    sheet_of,
    work,
)
from yunke.school.exams.tests.pens import (
    cat_photo,
    cut,
    filled,
    papers_of,
    photo,
    scanned_pdf,
)
from yunke.school.exams.values.paper import DoubtKind, PageState, ScanState

pytestmark = pytest.mark.django_db


def test_a_photographed_sheet_goes_into_the_attempt_and_is_marked_by_rule() -> None:
    room = printed(pupils=2)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil))
    assert sheet_of(room, pupil).entered_at is not None
    opened = attempt_opened(pupil.id, Of.EXAM, room.exam.id)
    assert opened is not None
    assert opened.submitted_at
    values = [opened.answers.get(question) for question in opened.order]
    assert values[:5] == ["A", "C", ["B", "D"], True, "12.5厘米"]
    assert all(set(value) == {"field"} for value in values[5:])
    marks = marks_of([opened.id])
    assert sum(mark.score for mark in marks if mark.score is not None) == 12
    assert DeskPiece.objects.filter(item__exam=room.exam).count() == 2
    assert not Doubt.objects.exists()
    assert {page.state for page in ScanPage.objects.all()} == {PageState.CLEAR}


def states(room) -> list[str]:
    return list(ScanPage.objects.filter(scan__exam=room.exam).values_list("state", flat=True))


def test_upside_down_is_read_like_any_other() -> None:
    room = printed(pupils=1)
    sent(room, *photographed(room, room.pupils[0], turn=180.0))
    assert sheet_of(room, room.pupils[0]).entered_at is not None
    assert not Doubt.objects.exists()


def test_half_a_sheet_goes_to_a_person_and_a_better_picture_settles_it() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    pictures = photographed(room, pupil, turn=0.0, tilt=0.02)
    sent(room, cut(pictures[0]), *pictures[1:])
    doubt = Doubt.objects.get()
    assert doubt.kind == DoubtKind.PAGE
    assert sheet_of(room, pupil).entered_at is None
    sent(room, pictures[0])
    if sheet_of(room, pupil).entered_at is None:  # the half had no code: a person drops it
        page_aside(who=room.teacher, led=room.led, page_id=doubt.page_id)
    assert sheet_of(room, pupil).entered_at is not None


def test_a_sheet_of_another_exam_and_a_cat_are_put_aside_and_cost_nobody_a_point() -> None:
    room, other = printed(pupils=1), printed(pupils=1)
    foreign = photographed(other, other.pupils[0])[0]
    sent(room, foreign, cat_photo())
    reasons = set(Doubt.objects.filter(page__scan__exam=room.exam).values_list("item", flat=True))
    assert reasons == {"other_exam", "no_sheet"}
    for page in ScanPage.objects.filter(scan__exam=room.exam):
        page_aside(who=room.teacher, led=room.led, page_id=page.id)
    assert set(states(room)) == {PageState.ASIDE}
    assert attempt_opened(room.pupils[0].id, Of.EXAM, room.exam.id) is None


def test_the_same_photograph_again_changes_nothing() -> None:
    room = printed(pupils=1)
    pictures = photographed(room, room.pupils[0])
    sent(room, *pictures)
    attempt = sheet_of(room, room.pupils[0]).attempt_id
    before = (ScanPage.objects.count(), Mark.objects.count(), DeskPiece.objects.count())
    sent(room, *pictures)
    assert (ScanPage.objects.count(), Mark.objects.count(), DeskPiece.objects.count()) == before
    assert sheet_of(room, room.pupils[0]).attempt_id == attempt


def test_another_photograph_of_the_same_sheet_is_the_same_page() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil, seed=3))
    marks = Mark.objects.count()
    paper = room.filled(pupil, page=1, seed=4)
    sent(room, photo(paper, 99))
    assert states(room).count(PageState.SAME) == 1
    assert not Doubt.objects.exists()
    assert Mark.objects.count() == marks


def test_the_same_pupil_twice_with_other_marks_is_asked_and_the_kept_one_counts() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil))
    sent(room, photo(room.filled(pupil, {**RIGHT, "1": "B", "2": "D"}, seed=9), 55))
    doubt = Doubt.objects.get()
    assert doubt.kind == DoubtKind.TWICE
    twice_decide(who=room.teacher, led=room.led, page_id=doubt.page_id, keep=True)
    opened = attempt_opened(pupil.id, Of.EXAM, room.exam.id)
    assert opened is not None
    assert [opened.answers[number] for number in opened.order[:2]] == ["B", "D"]
    assert score_of(room, pupil) == 8
    assert Entry.objects.filter(act=Act.SHEET_DECIDED).count() == 1


def test_dropping_the_second_one_leaves_everything_as_it_was() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil))
    sent(room, photo(room.filled(pupil, {**RIGHT, "1": "B", "2": "D"}, seed=9), 55))
    page = Doubt.objects.get().page_id
    twice_decide(who=room.teacher, led=room.led, page_id=page, keep=False)
    assert score_of(room, pupil) == 12
    assert ScanPage.objects.get(id=page).state == PageState.ASIDE


def score_of(room, pupil) -> Fraction:
    opened = attempt_opened(pupil.id, Of.EXAM, room.exam.id)
    assert opened is not None
    return sum((m.score for m in marks_of([opened.id]) if m.score is not None), Fraction(0))


@pytest.mark.parametrize(
    ("marks", "decided", "points"),
    [({"2": "AC"}, "C", 12), ({"2": "AC"}, "A", 10), ({"2": "AC"}, "", 10)],
)
def test_a_double_mark_is_never_guessed(marks, decided, points) -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil, {**RIGHT, **marks}))
    doubt = Doubt.objects.get()
    assert (doubt.kind, doubt.item) == (DoubtKind.MARK, "2")
    assert attempt_opened(pupil.id, Of.EXAM, room.exam.id) is None
    mark_decide(who=room.teacher, led=room.led, doubt_id=doubt.id, value=decided)
    assert score_of(room, pupil) == points


def test_a_mark_that_the_place_does_not_have_is_refused_and_nothing_moves() -> None:
    room = printed(pupils=1)
    sent(room, *photographed(room, room.pupils[0], {**RIGHT, "2": "AC"}))
    doubt = Doubt.objects.get()
    for value in ("E", "AB", "√", "\0"):
        with pytest.raises(Refused):
            mark_decide(who=room.teacher, led=room.led, doubt_id=doubt.id, value=value)
    doubt.refresh_from_db()
    assert doubt.decided_at is None


def test_deciding_twice_keeps_the_first_word() -> None:
    room = printed(pupils=1)
    sent(room, *photographed(room, room.pupils[0], {**RIGHT, "2": "AC", "1": "AB"}))
    first = Doubt.objects.get(item="2")
    mark_decide(who=room.teacher, led=room.led, doubt_id=first.id, value="C")
    mark_decide(who=room.teacher, led=room.led, doubt_id=first.id, value="A")
    assert ScanPage.objects.get(id=first.page_id).marks["2"] == "C"


def test_faint_marks_are_asked_one_by_one() -> None:
    room = printed(pupils=1)
    sent(room, *photographed(room, room.pupils[0], tone="faint", seed=7))
    assert attempt_opened(room.pupils[0].id, Of.EXAM, room.exam.id) is None
    assert Doubt.objects.exists()


def test_a_spare_sheet_asks_whose_it_is() -> None:
    room = printed(pupils=2)
    pupil = room.pupils[0]
    number = printing_ask(who=room.teacher, led=room.led, layout_id=room.layout.id, spares=1)
    work()
    pdf = file_of(Printing.objects.get(id=number).file)
    assert pdf is not None
    blank = papers_of(pdf.read_bytes())
    room.sheets[0] = blank
    for page in range(1, room.layout.pages + 1):
        drawn = filled(blank[page - 1], template_of(room.layout), page, RIGHT, page)
        sent(room, photo(drawn, 60 + page))
    whose = list(Doubt.objects.filter(kind=DoubtKind.WHOSE))
    assert len(whose) == room.layout.pages
    for doubt in whose:
        whose_decide(who=room.teacher, led=room.led, page_id=doubt.page_id, person_id=pupil.id)
    assert score_of(room, pupil) == 12


def test_nobody_outside_of_the_class_gets_a_sheet() -> None:
    room = printed(pupils=1)
    number = printing_ask(who=room.teacher, led=room.led, layout_id=room.layout.id, spares=1)
    work()
    pdf = file_of(Printing.objects.get(id=number).file)
    assert pdf is not None
    drawn = filled(papers_of(pdf.read_bytes())[0], template_of(room.layout), 1, RIGHT, 1)
    sent(room, photo(drawn, 61))
    page, far = Doubt.objects.get().page_id, people.cast(pupils_in_class=1)
    with pytest.raises(Refused):
        whose_decide(who=room.teacher, led=room.led, page_id=page, person_id=far.pupil.id)


def test_a_scanners_pdf_and_a_folder_as_zip_are_read_page_by_page() -> None:
    room = printed(pupils=2)
    first, second = room.pupils
    papers = [room.filled(first, page=n) for n in range(1, room.layout.pages + 1)]
    (scan,) = sent(room, scanned_pdf(papers), name="scan.pdf")
    assert (scan.state, scan.pages) == (ScanState.READ, room.layout.pages)
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w") as archive:
        for n, picture in enumerate(photographed(room, second)):
            archive.writestr(f"../../class/{n}.jpg", picture)
        archive.writestr("notes.txt", "no picture")
        archive.writestr("__MACOSX/._0.jpg", "no picture either")
    (packed,) = sent(room, folder.getvalue(), name="folder.zip")
    assert packed.pages == room.layout.pages
    assert all(sheet_of(room, pupil).entered_at for pupil in room.pupils)


def test_what_cannot_be_read_says_so_and_leaves_nothing_behind() -> None:
    room = printed(pupils=1)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    (zipped,) = sent(room, empty.getvalue(), name="empty.zip")
    assert zipped.state == ScanState.REFUSED
    (broken,) = sent(room, b"%PDF-1.7 broken", name="broken.pdf")
    assert ScanPage.objects.get(scan=broken).state == PageState.ASKS
    with pytest.raises(Refused):
        sent(room, b"")
    assert not list(sheets_folder().rglob("in-*"))


def test_the_pictures_that_were_sent_are_gone_after_the_reading() -> None:
    room = printed(pupils=1)
    sent(room, *photographed(room, room.pupils[0]))
    folder = sheets_folder() / str(room.exam.id)
    assert not list(folder.glob("in-*"))
    assert list(folder.glob("page-*.jpg"))
    assert len(list(folder.glob("field-*.jpg"))) == Field.objects.count()


def test_a_page_that_was_never_handed_in_is_said_by_a_person_not_guessed() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    pictures = photographed(room, pupil)
    assert len(pictures) == 2
    sent(room, pictures[0])
    sheet = sheet_of(room, pupil)
    assert sheet.entered_at is None
    page_lacking(who=room.teacher, led=room.led, sheet_id=sheet.id, number=2, lacks=True)
    assert sheet_of(room, pupil).entered_at is not None
    assert score_of(room, pupil) == 12


def test_a_reading_that_is_cut_short_goes_on_where_it_was(monkeypatch) -> None:
    room = printed(pupils=1)
    papers = [room.filled(room.pupils[0], page=n) for n in range(1, room.layout.pages + 1)]
    number, _fresh = scan_send(
        who=room.teacher, led=room.led, name="s.pdf", content=io.BytesIO(scanned_pdf(papers))
    )
    taken = take()
    assert taken is not None
    held, _payload = taken
    Job.objects.filter(id=held.id).update(fence=99)
    with pytest.raises(JobLost):
        scan_read(held, number)
    assert not ScanPage.objects.exists()
    Job.objects.filter(id=held.id).update(lease_until=now() - LEASE, state="running")
    work()
    assert ScanPage.objects.count() == room.layout.pages
    assert sheet_of(room, room.pupils[0]).entered_at is not None


def test_sheets_printed_before_the_layout_changed_are_still_read() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    pictures = photographed(room, pupil)
    layout_make(who=room.teacher, led=room.led, title="改过", lines={6: 12, 7: 18})
    assert Layout.objects.filter(exam=room.exam).count() == 2
    sent(room, *pictures)
    assert sheet_of(room, pupil).entered_at is not None


def test_the_same_layout_again_is_the_same_layout() -> None:
    room = printed(pupils=1)
    again = layout_make(who=room.teacher, led=room.led, title="四年级 数学", lines={7: 18})
    assert again == room.layout.id


def test_nothing_enters_before_the_exam_begins() -> None:
    room = printed(pupils=1, begun=False)
    sent(room, *photographed(room, room.pupils[0]))
    assert sheet_of(room, room.pupils[0]).entered_at is None
    assert not PaperItem.objects.exists()

"""Sheets and scans over their pages, on rows: who, what, at what cost, pressed twice, hostile."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import today
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.craft.marking.items import Choice, ChoiceKey, Item, ReadingKey, item_to_json
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.ground.privacy.reads.copy import person_tables
from yunke.school.exams.actions.papers import paper_change
from yunke.school.exams.actions.printing import layout_make, printing_ask, sheets_ready
from yunke.school.exams.models import Doubt, Layout, Paper, Printing, Scan, ScanPage, Sheet
from yunke.school.exams.reads.sheets import (
    file_of,
    newest_layout,
    printings_of,
    scans_of,
    sheets_folder,
)
from yunke.school.exams.rules.papers import added, removed
from yunke.school.exams.tests.paper_makers import Pile, kept, laid_out, on_paper, pile
from yunke.school.exams.values.paper import DoubtKind, PageState
from yunke.school.exams.values.papers import PaperLine
from yunke.school.exams.views import scans as scan_views

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Pile:
    return pile()


def client_of(made: Pile) -> Client:
    return signed_in(made.hall.people.teacher)


def address(made: Pile, place: str) -> str:
    return f"/exams/{made.exam.id}/{place}"


def rows(made: Pile) -> dict[str, str]:
    """One of everything: each address of sheets and scans → how it is asked."""
    page = made.page(made.pupils[0], 1)
    made.doubt(page, DoubtKind.MARK, "2")
    printing = Printing.objects.create(
        layout=made.layout, class_id=made.hall.people.one.id, file=kept("p.pdf")
    )
    return {
        "sheets": "get", "sheets/layout": "post", "sheets/print": "post",
        "sheets/preview/1.png": "get", f"sheets/print/{printing.id}.pdf": "get",
        f"sheets/{page.sheet_id}/lacking": "post", "scans": "get",
        f"scans/state?class={made.hall.people.one.id}": "get", "scans/phone": "get",
        "doubts": "get", f"doubts/{page.id}": "get", f"pages/{page.id}.jpg": "get", "desk": "get",
        "scans#": "post", f"doubts/{page.id}#": "post",
    }  # fmt: skip


def asked(client: Client, made: Pile, place: str, way: str) -> int:
    where = address(made, place.removesuffix("#"))
    return (client.get(where) if way == "get" else client.post(where, once())).status_code


def test_who_does_not_run_the_exam_finds_none_of_its_sheets(made: Pile) -> None:
    cast = made.hall.people
    beside = people.teacher(cast.other, subject="maths")
    chinese = people.teacher(cast.one, subject="chinese")
    strangers = [
        beside, chinese, cast.head, cast.admin, cast.other_teacher, cast.far_teacher, cast.far_head,
        cast.pupil, cast.guardian, cast.city_staff,
    ]  # fmt: skip
    places = rows(made)
    before = (Layout.objects.count(), Printing.objects.count(), Scan.objects.count())
    for stranger in strangers:
        client = signed_in(stranger)
        for place, way in places.items():
            assert asked(client, made, place, way) == 404, (stranger.name, place)
    assert (Layout.objects.count(), Printing.objects.count(), Scan.objects.count()) == before
    assert Doubt.objects.get().decided_at is None


def test_the_teacher_finds_all_of_them_until_the_day_of_leaving(made: Pile) -> None:
    places = {place: way for place, way in rows(made).items() if way == "get"}
    client = client_of(made)
    for place, way in places.items():
        assert asked(client, made, place, way) in (200, 303), place
    Membership.objects.filter(person=made.hall.people.teacher).update(
        until=today() - timedelta(days=1)
    )
    for place, way in places.items():
        assert asked(client, made, place, way) in (302, 303, 404), place
        assert asked(client, made, place, way) != 200


def test_a_colleague_of_another_class_of_the_exam_sees_only_the_own_pupils() -> None:
    """Two classes sit it; each teacher finds the pages of the own one."""
    made = pile()
    page = made.page(made.pupils[0], 1)
    made.doubt(page, DoubtKind.MARK, "2")
    Sheet.objects.filter(id=page.sheet_id).update(class_id=made.hall.people.other.id)
    client = client_of(made)
    assert client.get(address(made, f"doubts/{page.id}")).status_code == 404
    assert client.get(address(made, f"pages/{page.id}.jpg")).status_code == 404
    form = {**once(), "what": "aside"}
    assert client.post(address(made, f"doubts/{page.id}"), form).status_code == 404
    answer = client.get(address(made, "doubts"))
    assert answer["Location"].endswith("/scans")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "item", "zh", "en"),
    [
        (DoubtKind.MARK, "2", "第 2 题涂的是什么", "question 2"),
        (DoubtKind.MARK, "5", "上面写的数", "number"),
        (DoubtKind.WHOSE, "code", "这是谁的", "Whose"),
        (DoubtKind.PAGE, "blurred", "这张算不算", "count"),
        (DoubtKind.TWICE, "twice", "同一页有两张不一样", "differ"),
        (DoubtKind.TWICE, "late", "说过没有交的一页来了", "said to be missing"),
    ],
)  # fmt: skip
def test_every_question_to_a_person_is_put_in_both_languages(
    made, kind, item, zh, en, language
) -> None:
    page = made.page(made.pupils[0], 1)
    made.doubt(page, kind, item)
    client = client_of(made)
    client.cookies["yunke_language"] = language
    text = client.get(address(made, f"doubts/{page.id}")).content.decode()
    main = text[text.index("<main") :]
    assert (zh if language == "zh" else en) in main
    if language == "en":
        assert zh not in main


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ({"what": "mark", "value": "E"}, 422), ({"what": "mark", "value": "AB"}, 422),
        ({"what": "many", "many": ["A", "B"]}, 422), ({"what": "whose", "person": "1"}, 422),
        ({"what": "nonsense"}, 404), ({}, 404), ({"what": "mark", "doubt": "x"}, 404),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_changes_nothing(
    made: Pile, what: dict[str, Any], status
) -> None:
    page = made.page(made.pupils[0], 1)
    doubt = made.doubt(page, DoubtKind.MARK, "2")
    form = {**once(), "doubt": doubt.id, **what}
    answer = client_of(made).post(address(made, f"doubts/{page.id}"), form)
    assert answer.status_code == status
    doubt.refresh_from_db()
    assert doubt.decided_at is None
    assert not Event.objects.filter(verb=Verb.SHEET_DECIDED).exists()


@pytest.mark.parametrize(
    ("item", "form", "kept_mark"),
    [
        ("2", {"what": "mark", "value": "C"}, "C"),
        ("2", {"what": "mark", "blank": "yes", "value": "C"}, None),
        ("3", {"what": "many", "many": ["B", "D"]}, "BD"),
        ("5", {"what": "mark", "value": " 12.5 "}, "12.5"),
        ("4", {"what": "mark", "value": "×"}, "×"),
    ],
)  # fmt: skip
def test_one_press_decides_and_the_same_press_again_is_the_same(
    made, item, form, kept_mark
) -> None:
    page = made.page(made.pupils[0], 1)
    doubt = made.doubt(page, DoubtKind.MARK, item)
    whole = {**once(), "doubt": doubt.id, **form}
    client = client_of(made)
    for _press in range(2):
        answer = client.post(address(made, f"doubts/{page.id}"), whole)
        assert answer.status_code == 303
    page.refresh_from_db()
    assert page.marks[item] == kept_mark
    assert page.state == PageState.CLEAR
    assert Event.objects.filter(verb=Verb.SHEET_DECIDED).count() == 1


def test_files_sent_twice_under_one_key_are_one_scan_and_one_job(made: Pile) -> None:
    client, key = client_of(made), once()
    for _press in range(2):
        files = [SimpleUploadedFile("一\0/../x.jpg", b"bytes")]
        answer = client.post(address(made, "scans"), {**key, "files": files})
        assert answer.status_code == 303
    scan = Scan.objects.get()
    assert "/" not in scan.name
    assert Job.objects.filter(key=f"exams.scan:{scan.id}").count() == 1
    assert Event.objects.filter(verb=Verb.SHEETS_SCANNED).count() == 1
    again = client.post(
        address(made, "scans"), {**once(), "files": [SimpleUploadedFile("y.jpg", b"bytes")]},
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert again.json() == {"fresh": 0, "files": 1}


@pytest.mark.parametrize("files", [[], [b"good", b""], [b"x"] * 3])
def test_what_is_refused_leaves_no_picture_behind(made: Pile, files, monkeypatch) -> None:
    monkeypatch.setattr(scan_views, "MOST_FILES", 2)
    sent = [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(files)]
    answer = client_of(made).post(address(made, "scans"), {**once(), "files": sent})
    assert answer.status_code == 422
    assert not Scan.objects.exists()
    assert not list(sheets_folder().rglob("in-*"))


def test_nothing_is_scanned_or_photographed_before_there_are_sheets() -> None:
    hall = on_paper(pupils=1)
    client = signed_in(hall.people.teacher)
    files = [SimpleUploadedFile("a.jpg", b"bytes")]
    where = f"/exams/{hall.exam.id}/scans"
    assert client.post(where, {**once(), "files": files}).status_code == 422
    assert client.get(f"{where}/phone").status_code == 404
    assert client.get(where).status_code == 200
    assert client.post(f"/exams/{hall.exam.id}/sheets/print", once()).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [({"spares": "0"}, 422), ({"spares": "41"}, 422), ({}, 422), ({"class": "999999"}, 404),
     ({"class": "x", "spares": "-3"}, 422), ({"spares": "40"}, 303)],
)  # fmt: skip
def test_only_classes_of_the_exam_and_a_few_spares_are_printed(made: Pile, form, status) -> None:
    answer = client_of(made).post(address(made, "sheets/print"), {**once(), **form})
    assert answer.status_code == status
    assert Printing.objects.count() == Job.objects.filter(name="exams.print").count()
    assert Printing.objects.count() == (status == 303)


def test_a_class_printed_twice_has_the_same_sheets_and_a_newcomer_one_more(made: Pile) -> None:
    for _press in range(2):
        printing_ask(
            who=made.teacher, led=made.led, layout_id=made.layout.id,
            class_id=made.hall.people.one.id, spares=7,
        )  # fmt: skip
    codes = set(Sheet.objects.values_list("code", flat=True))
    assert len(codes) == 2
    people.pupil(made.hall.people.one, "新来的")
    assert len(sheets_ready(made.layout, made.hall.people.one.id)) == 3
    assert codes < set(Sheet.objects.values_list("code", flat=True))
    assert set(Printing.objects.values_list("spares", flat=True)) == {0}
    assert Event.objects.filter(verb=Verb.SHEETS_PRINTED).count() == 2


def changed(made: Pile, item: Item) -> None:
    """The first question becomes another one."""
    line = PaperLine(0, item.points, item=item_to_json(item))
    row = Paper.objects.get(id=made.exam.paper_id)
    paper_change(
        who=made.teacher, paper_id=row.id, version=row.version,
        change=lambda body: added(removed(body, 1), line),
    )  # fmt: skip


def test_a_paper_whose_options_changed_their_ids_gets_a_new_layout() -> None:
    options = tuple(Choice(f"old{n}", f"{n}") for n in range(4))
    hall = on_paper(pupils=1, asked=[Item("q", "题", ChoiceKey(options, "old1"))], begun=False)
    made = Pile(hall, laid_out(hall))
    again = layout_make(who=made.teacher, led=made.led, title="四年级 数学", lines={})
    assert again == made.layout.id
    renamed = tuple(Choice(f"new{n}", f"{n}") for n in range(4))
    changed(made, Item("q", "题", ChoiceKey(renamed, "new1")))
    number = layout_make(who=made.teacher, led=made.led, title="四年级 数学", lines={})
    assert number != made.layout.id
    row = newest_layout(made.exam.id)
    assert row is not None
    assert (row.number, row.places["1"]["options"]) == (2, ["new0", "new1", "new2", "new3"])
    assert row.template["exam"] == f"E{made.exam.id}.2"


def test_what_cannot_be_answered_on_paper_is_named_and_no_layout_is_made() -> None:
    hall = on_paper(pupils=1, asked=[Item("q", "读", ReadingKey("春眠不觉晓"))])
    client = signed_in(hall.people.teacher)
    where = f"/exams/{hall.exam.id}/sheets"
    assert client.get(where).status_code == 200
    answer = client.post(f"{where}/layout", once())
    assert answer.status_code == 422
    assert "第 1 题" in answer.content.decode()
    assert not Layout.objects.exists()


def test_a_page_that_the_sheets_do_not_have_has_no_picture(made: Pile) -> None:
    client = client_of(made)
    for number in (0, made.layout.pages + 1, 99):
        assert client.get(address(made, f"sheets/preview/{number}.png")).status_code == 404
    assert client.get(address(made, "sheets/print/999999.pdf")).status_code == 404
    page = made.page(made.pupils[0], 1)
    path = file_of(ScanPage.objects.get(id=page.id).file)
    assert path is not None
    path.unlink()
    assert client.get(address(made, f"pages/{page.id}.jpg")).status_code == 404


def test_a_file_of_another_exams_class_is_not_sent_from_this_one(made: Pile) -> None:
    other = pile(pupils=1)
    printing = Printing.objects.create(layout=other.layout, spares=1, file=kept("o.pdf"))
    page = other.page(other.pupils[0], 1)
    client = client_of(made)
    assert client.get(address(made, f"sheets/print/{printing.id}.pdf")).status_code == 404
    assert client.get(address(made, f"pages/{page.id}.jpg")).status_code == 404
    with pytest.raises(Refused):
        printing_ask(who=made.teacher, led=made.led, layout_id=other.layout.id, spares=1)


def test_how_far_a_job_is_and_why_there_is_no_file_is_told(made: Pile) -> None:
    number = printing_ask(who=made.teacher, led=made.led, layout_id=made.layout.id, spares=1)
    Job.objects.filter(key=f"exams.print:{number}").update(share=0.5)
    (line,) = printings_of(made.exam.id)
    assert (line.ready, line.share, line.reason) == (False, 0.5, "")
    Job.objects.filter(name="exams.print").update(state=Job.State.FAILED, reason="纸没了")
    (line,) = printings_of(made.exam.id)
    assert (line.ready, line.reason) == (False, "纸没了")
    made.doubt(made.page(made.pupils[0], 1), DoubtKind.PAGE, "dark")
    assert [(one.asks, one.share, one.state) for one in scans_of(made.exam.id)] == [
        (1, 0.0, "read")
    ]


def test_a_pupils_copy_tells_of_sheets_but_not_where_pictures_lie(made: Pile) -> None:
    made.page(made.pupils[0], 1)
    told = {str(name): found for name, _held, found in person_tables(made.pupils[0].id)}
    pages = next(found for name, found in told.items() if "ScanPage" in name or "scanpage" in name)
    assert len(list(pages)) == 1
    assert all("file" not in row for row in pages)
    other = {str(name): list(found) for name, _held, found in person_tables(made.pupils[1].id)}
    assert not any(found for name, found in other.items() if "scanpage" in name.lower())


def cost(pupils: int, place: str) -> int:
    made = pile(pupils=pupils)
    for n, pupil in enumerate(made.pupils):
        page = made.page(pupil, 1)
        if n % 2:
            made.doubt(page, DoubtKind.MARK, "2")
    client = client_of(made)
    client.get(address(made, place), follow=True)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address(made, place), follow=True).status_code == 200
    return len(seen)


@pytest.mark.parametrize("place", ["scans", "doubts", "sheets", "desk"])
def test_a_page_costs_the_same_for_fifty_pupils_as_for_five(place: str) -> None:
    assert abs(cost(50, place) - cost(5, place)) <= 2

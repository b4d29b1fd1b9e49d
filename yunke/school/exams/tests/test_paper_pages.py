"""The pages of paper and desk: what they show, to whom, at what cost."""

import base64

import pytest
from django.test import Client
from django.utils import translation

from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.school.exams.actions.desk_mark import packet_take
from yunke.school.exams.models import DeskItem, Doubt, Field, MarkGiven, Printing, ScanPage
from yunke.school.exams.reads.desk import written_of
from yunke.school.exams.tests.paper_makers import (
    RIGHT,
    desk_item,
    laid_out,
    marker,
    on_paper,
    photographed,
    printed,
    read,
    sent,
    work,
)
from yunke.school.exams.tests.pens import cat_photo
from yunke.school.exams.values.paper import Post

pytestmark = pytest.mark.django_db


def client_of(room) -> Client:
    return signed_in(room.hall.people.teacher)


def test_sheets_are_laid_out_and_printed_from_their_page() -> None:
    hall = on_paper(pupils=2)
    client = signed_in(hall.people.teacher)
    address = f"/exams/{hall.exam.id}/sheets"
    assert "还没有答题卡" in client.get(address).content.decode()
    assert client.post(f"{address}/layout", {**once(), "lines-6": "9"}).status_code == 303
    assert (
        client.post(f"{address}/print", {**once(), "class": hall.people.one.id}).status_code == 303
    )
    work()
    row = Printing.objects.get()
    page = client.get(address).content.decode()
    assert f"/print/{row.id}.pdf" in page
    pdf = client.get(f"{address}/print/{row.id}.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    picture = client.get(f"{address}/preview/1.png")
    assert picture.content.startswith(b"\x89PNG")


def test_no_stranger_sees_sheets_scans_doubts_or_the_desk() -> None:
    hall = on_paper(pupils=2)
    layout = laid_out(hall)
    far = people.cast(pupils_in_class=1, grade=4)
    strangers = [far.teacher, hall.people.head, hall.people.pupil, hall.people.guardian]
    for place in ("sheets", "scans", "scans/phone", "doubts", "desk", "sheets/preview/1.png"):
        for stranger in strangers:
            answer = signed_in(stranger).get(f"/exams/{layout.exam_id}/{place}")
            assert answer.status_code == 404, (place, stranger.name)


def test_a_photograph_is_sent_read_and_shown_as_received() -> None:
    room = printed(pupils=2)
    client = client_of(room)
    pictures = photographed(room, room.pupils[0])
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    files = [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(pictures)]
    address = f"/exams/{room.exam.id}/scans"
    assert client.post(address, {**once(), "files": files}).status_code == 303
    work()
    page = client.get(address).content.decode()
    assert 'class="pupil-cell in"' in page
    state = client.get(f"{address}/state?class={room.hall.people.one.id}")
    assert state.status_code == 200


def test_a_doubtful_mark_is_decided_with_one_press() -> None:
    room = printed(pupils=1)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil, {**RIGHT, "2": "AC"}))
    doubt = Doubt.objects.get()
    client = client_of(room)
    first = client.get(f"/exams/{room.exam.id}/doubts", follow=True)
    body = first.content.decode()
    assert 'data-key="c"' in body
    assert "<image" in body
    address = f"/exams/{room.exam.id}/doubts/{doubt.page_id}"
    answer = client.post(
        address, {**once(), "what": "mark", "doubt": doubt.id, "value": "C"}, follow=True
    )
    assert answer.redirect_chain[-1][0].endswith("/scans")
    assert 'class="pupil-cell in"' in answer.content.decode()


def test_the_picture_of_a_page_is_ours_and_runs_nothing() -> None:
    room = printed(pupils=1)
    sent(room, cat_photo())
    page = ScanPage.objects.get()
    answer = client_of(room).get(f"/exams/{room.exam.id}/pages/{page.id}.jpg")
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_renders_in_both_languages(language: str) -> None:
    room = read(pupils=2)
    someone = marker(room, desk_item(room), desk_item(room, 7))
    third = marker(room, desk_item(room), post=Post.ARBITER)
    assert third
    packet_take(who=someone, item_id=desk_item(room).id)
    sent(room, cat_photo())
    lead, by = client_of(room), Client()
    by = signed_in(people.Person.objects.get(id=someone.id))
    exam = f"/exams/{room.exam.id}"
    doubt = ScanPage.objects.get(refused="no_sheet")
    pages = [
        (lead, f"{exam}/sheets"), (lead, f"{exam}/scans"), (lead, f"{exam}/scans/phone"),
        (lead, f"{exam}/doubts/{doubt.id}"), (lead, f"{exam}/desk"), (by, "/desk"),
        (by, f"/desk/{desk_item(room).id}"),
    ]  # fmt: skip
    for client, address in pages:
        client.cookies["yunke_language"] = language
        answer = client.get(address)
        assert answer.status_code == 200, address
        if language == "en":
            assert "阅卷台</h1>" not in answer.content.decode()
    translation.activate("zh-hans")


def test_a_marker_sees_no_name_no_school_and_only_the_crop() -> None:
    room = read(pupils=2)
    someone = marker(room, desk_item(room))
    client = signed_in(people.Person.objects.get(id=someone.id))
    item = desk_item(room).id
    client.post(f"/desk/{item}/take", once())
    body = client.get(f"/desk/{item}").content.decode()
    main = body[body.index("<main") :]
    for pupil in room.pupils:
        assert pupil.name not in main
        assert pupil.login not in main
    assert room.hall.people.school.name not in main
    given = MarkGiven.objects.filter(marker_id=someone.id).first()
    assert given is not None
    crop = client.get(f"/desk/crop/{given.id}.jpg")
    assert b"".join(crop.streaming_content).startswith(b"\xff\xd8\xff")
    other = marker(room, desk_item(room))
    theirs = signed_in(people.Person.objects.get(id=other.id))
    assert theirs.get(f"/desk/crop/{given.id}.jpg").status_code == 404


def test_marks_are_given_and_taken_back_over_the_page_with_and_without_a_script() -> None:
    room = read(pupils=2)
    item = desk_item(room)
    someone = marker(room, item)
    client = signed_in(people.Person.objects.get(id=someone.id))
    client.post(f"/desk/{item.id}/take", once())
    given = MarkGiven.objects.filter(marker_id=someone.id).order_by("id").first()
    assert given is not None
    answer = client.post(
        f"/desk/{item.id}/give", {**once(), "given": given.id, "score": "4", "note": "列式对"},
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert answer.json()["given"] == 1
    assert (
        client.post(
            f"/desk/{item.id}/give", {**once(), "given": given.id, "score": "99"}
        ).status_code
        == 422
    )
    back = client.post(f"/desk/{item.id}/back", once())
    assert back.status_code == 303
    assert MarkGiven.objects.filter(undone_at__isnull=False).count() == 1
    assert "列式对" in client.get(f"/desk/{item.id}").content.decode()


def test_nobody_marks_what_is_not_theirs() -> None:
    room = read(pupils=1)
    stranger = people.teacher(room.hall.people.one, subject="chinese")
    item = DeskItem.objects.first()
    assert item is not None
    client = signed_in(stranger)
    assert client.get(f"/desk/{item.id}").status_code == 404
    for what in ("take", "give", "back", "free", "comment"):
        assert client.post(f"/desk/{item.id}/{what}", once()).status_code == 404
    assert signed_in(room.pupils[0]).get("/desk").status_code == 404


def test_what_was_written_on_paper_is_marked_at_the_desk_and_shown_as_a_picture() -> None:
    room = read(pupils=2)
    page = client_of(room).get(f"/exams/{room.exam.id}/marks").content.decode()
    assert f'href="/exams/{room.exam.id}/desk"' in page
    assert "&#x27;field&#x27;" not in page
    assert 'name="score"' not in page
    field = Field.objects.first()
    assert field is not None
    shown = written_of({7: {"field": field.id}, 8: "B", 9: {"field": 0}})
    assert list(shown) == [7]
    assert base64.b64decode(shown[7].removeprefix("data:image/jpeg;base64,"))[:2] == b"\xff\xd8"

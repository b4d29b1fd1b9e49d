"""The pages of questions: who opens which, what a refused form keeps, files in and out."""

import io
import uuid
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.jobs import run_one
from yunke.craft.marking import items as m
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library import jobs  # noqa: F401  the worker knows them
from yunke.school.library.actions.questionfiles import folder_of
from yunke.school.library.models import Question, QuestionFile
from yunke.school.library.reads.items import item_of_row
from yunke.school.library.tests import makers

pytestmark = pytest.mark.django_db
FIELDS: dict[str, Any] = {
    "kind": "choice", "subject": "maths", "grade": "3", "points_worth": "2", "prompt": "7×8=？",
    "option_id": ["A", "B"], "option_text": ["56", "54"], "option_cause": ["", "记错口诀"],
    "right": "A", "reasoning": "七八五十六", "points": ["乘法口诀"],
}  # fmt: skip


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


@pytest.fixture(autouse=True)
def media(tmp_path: Any, settings: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def sent(**changes: Any) -> dict[str, Any]:
    return {**FIELDS, "once": str(uuid.uuid4()), **changes}


def file_of(data: bytes, name: str = "a.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def package(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    makers.package(out, **files)
    return out.getvalue()


def bring(client: Client, data: bytes, **more: Any) -> Any:
    told = {"file": file_of(data), "subject": "maths", "grade": "3", "once": str(uuid.uuid4())}
    return client.post("/questions/import", {**told, **more})


def picture() -> bytes:
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return out.getvalue()


def test_pages_of_a_question_are_the_schools_own(cast: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    seen = {cast.teacher, cast.head, cast.other_teacher, cast.city_staff}
    strangers = {cast.far_teacher, cast.far_head, cast.pupil, cast.guardian, cast.admin}
    for somebody in seen | strangers:
        status = people.signed_in(somebody).get(f"/questions/{row.id}").status_code
        assert status == (200 if somebody in seen else 404), somebody.name


def test_no_stranger_writes_on_another_schools_question(cast: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    for somebody in (cast.far_teacher, cast.pupil, cast.guardian, cast.admin):
        client = people.signed_in(somebody)
        for path in (f"/questions/{row.id}", f"/questions/{row.id}/retire"):
            assert client.post(path, sent()).status_code == 404, somebody.name
    row.refresh_from_db()
    assert row.retired_at is None
    assert Question.objects.count() == 1


def test_who_left_has_no_bank_on_the_next_request(cast: Any, client: Client) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    assert client.get(f"/questions/{row.id}").status_code == 200
    people.member(cast.teacher, cast.far, Role.TEACHER, subject="maths")
    Membership.objects.filter(person=cast.teacher, school_class=cast.one).delete()
    assert client.get(f"/questions/{row.id}").status_code == 200  # still the own
    other = makers.written(cast.head, school_id=cast.school.id)
    for path in (f"/questions/{other.id}", f"/questions/{other.id}?edit"):
        assert client.get(path).status_code == 404, path
    for number in (row.id, other.id):
        assert client.post(f"/questions/{number}", sent()).status_code == 404
        assert client.post(f"/questions/{number}/retire", people.once()).status_code == 404
    assert f"/questions/{other.id}" not in client.get("/questions").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=99999999", "page=-1", "page=x", "grade=99", "grade=x", "subject=x",
        "kind=x", "point=" + "9" * 40, "point=x", "q=%00%27%22--", "q=" + "x" * 500,
        "own=1&marked=1&retired=1", "q=%25_",
    ],
)  # fmt: skip
def test_a_strange_address_of_the_list_is_a_list(client: Client, query: str) -> None:
    assert client.get(f"/questions?{query}").status_code == 200
    assert client.get(f"/questions/pick?{query}").status_code == 200


def test_the_list_goes_from_page_to_page_with_its_filters(cast: Any, client: Client) -> None:
    for n in range(25):
        makers.written(cast.teacher, makers.item(f"第{n:02}题"), school_id=cast.school.id)
    first = client.get("/questions?subject=maths&q=题").content.decode()
    assert "第24题" in first
    assert "第04题" not in first
    second = client.get("/questions?subject=maths&q=题&page=2").content.decode()
    assert "第04题" in second
    assert "page=1" in second
    assert "subject=maths" in second


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"prompt": ""}, "请写题干"), ({"subject": "x"}, "请选学科和年级"),
        ({"grade": "0"}, "请选学科和年级"), ({"right": "Z"}, "请标出正确答案"),
        ({"kind": "number", "value": "很多"}, "这里要写一个数"), ({"points_worth": "-1"}, "分值"),
        ({"points_worth": "1/0"}, "分值"), ({"option_text": ["56", "56"]}, "一样的"),
        ({"kind": "formula", "accepted": "x+"}, "算式读不懂"),
        ({"kind": "signed", "statement": ""}, "家长签字的那句话"),
        ({"picture_file": "bad"}, "不是能用的图片"),
    ],
)  # fmt: skip
def test_a_refused_form_says_why_and_changes_nothing(
    client: Client, cast: Any, changes: dict[str, Any], says: str
) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    if "picture_file" in changes:
        changes = {"picture_file": file_of(b"<svg/>", "a.png")}
    for path in ("/questions/new", f"/questions/{row.id}"):
        answer = client.post(path, sent(**changes, reasoning="留着的解析"))
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert "留着的解析" in answer.content.decode()
    assert Question.objects.get().retired_at is None


def test_a_picture_comes_with_the_form_and_is_in_the_question(client: Client) -> None:
    form = sent(kind="handwriting", expected="田", picture_file=file_of(picture(), "t.png"))
    answer = client.post("/questions/new", form)
    assert answer.status_code == 303
    key = item_of_row(Question.objects.get()).key
    assert isinstance(key, m.HandwritingKey)
    name = key.picture
    assert client.get(f"/questions/media/{name}").getvalue() == picture()
    assert name in client.get(answer["Location"]).content.decode()


def test_an_edit_twice_under_one_key_is_one_version(client: Client, cast: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    form = sent(prompt="改过的题")
    first = client.post(f"/questions/{row.id}", form)
    assert client.post(f"/questions/{row.id}", form)["Location"] == first["Location"]
    assert Question.objects.count() == 2
    assert Event.objects.filter(verb="question.written").count() == 1
    again = client.post(f"/questions/{row.id}", sent(prompt="又改"))
    assert again.status_code == 409
    old = client.get(f"/questions/{row.id}").content.decode()
    assert first["Location"] in old


@pytest.mark.parametrize("path", ["/questions/preview", "/questions/try"])
def test_looking_and_trying_write_nothing(client: Client, path: str) -> None:
    for changes in ({}, {"kind": "x"}, {"prompt": "<script>alert(1)</script>"}, {"q0": "B"}):
        answer = client.post(path, sent(**changes))
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
    assert not Question.objects.exists()
    assert not Event.objects.filter(object_kind="question").exists()


def test_the_preview_holds_neither_key_nor_cause(client: Client) -> None:
    told = client.post("/questions/preview", sent()).content.decode()
    assert "56" in told
    assert "记错口诀" not in told
    assert "七八五十六" not in told


# Files


def test_a_file_is_taken_read_and_written_once_under_one_key(client: Client) -> None:
    once = str(uuid.uuid4())
    first = bring(client, package(), once=once)
    assert bring(client, package(), once=once)["Location"] == first["Location"]
    row = QuestionFile.objects.get()
    assert run_one()
    take, key = f"{first['Location']}/write", {"once": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(take, key).status_code == 303
    assert client.post(take, {"once": str(uuid.uuid4())}).status_code == 303
    while run_one():
        pass
    row.refresh_from_db()
    assert (row.state, row.counts["written"]) == ("written", 1)
    assert Question.objects.count() == 1
    assert Event.objects.filter(verb="question.imported").count() == 1
    assert not folder_of(row.id).exists()


@pytest.mark.parametrize(
    "more", [{"subject": "alchemy"}, {"subject": ""}, {"file": ""}, {"file": "empty"}]
)
def test_a_refused_import_leaves_no_row_and_no_file(
    client: Client, media: Any, more: dict[str, Any]
) -> None:
    told = {"file": file_of(b"")} if more.get("file") == "empty" else more
    answer = bring(client, package(), **told)
    assert answer.status_code == 422
    assert not QuestionFile.objects.exists()
    assert not [one for one in media.rglob("*") if one.is_file()]


def test_another_persons_import_is_not_there(cast: Any, client: Client) -> None:
    address = bring(client, package())["Location"]
    run_one()
    for somebody in (cast.head, cast.far_teacher, cast.pupil, cast.city_staff):
        other = people.signed_in(somebody)
        assert other.get(address).status_code == 404
        assert other.post(f"{address}/write", people.once()).status_code == 404
    assert QuestionFile.objects.get().state == "read"
    assert client.get("/questions/import/999999").status_code == 404


def test_a_file_that_is_not_read_yet_is_not_written(client: Client) -> None:
    address = bring(client, package())["Location"]
    assert client.post(f"{address}/write", people.once()).status_code == 409
    assert QuestionFile.objects.get().state == "reading"


def test_what_waits_moves_and_what_is_done_stands_still(client: Client) -> None:
    address = bring(client, package())["Location"]
    htmx = {"HX-Request": "true"}
    waiting = client.get(address, headers=htmx).content.decode()
    assert "hx-get" in waiting
    run_one()
    read = client.get(address, headers=htmx).content.decode()
    assert "every " not in read
    assert "1+1=" in read


def test_a_path_in_the_name_of_a_file_goes_nowhere(client: Client, media: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.xml", makers.qti())
    address = bring(client, out.getvalue(), file=file_of(out.getvalue(), "../../x/evil.zip"))
    run_one()
    row = QuestionFile.objects.get()
    assert row.name == "evil.zip"
    assert row.state == "refused"
    assert row.reason.startswith("zip-path")
    assert not list(media.parent.rglob("evil.xml"))
    assert "指向外面" in client.get(address["Location"]).content.decode()


def test_an_export_holds_only_what_the_person_sees(cast: Any, client: Client) -> None:
    own = makers.written(cast.teacher, makers.item("=1+1"), school_id=cast.school.id)
    foreign = makers.written(cast.far_teacher, makers.item("别校的"), school_id=cast.far_school.id)
    ids = f"id={own.id}&id={foreign.id}&id=x&id={'9' * 30}"
    table = client.get(f"/questions/export?{ids}")
    sheet = openpyxl.load_workbook(io.BytesIO(table.content)).active
    cells = [str(cell.value) for line in sheet.iter_rows(min_row=2) for cell in line if cell.value]
    assert not any("别校的" in one for one in cells)
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)
    packed = client.get(f"/questions/export?{ids}&as=qti")
    names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert "imsmanifest.xml" in names
    assert Event.objects.filter(verb="question.exported").count() == 2
    nothing = client.get(f"/questions/export?id={foreign.id}")
    assert nothing.status_code == 422
    assert Event.objects.filter(verb="question.exported").count() == 2


@pytest.mark.parametrize("path", ["/questions/export?id=1", "/questions/example"])
def test_no_pupil_or_guardian_takes_questions_out(cast: Any, path: str) -> None:
    for somebody in (cast.pupil, cast.guardian, cast.admin):
        assert people.signed_in(somebody).get(path).status_code == 404


@pytest.mark.parametrize(("cookie", "word"), [("en", "Kind"), ("zh-hans", "题型")])
def test_the_example_speaks_the_language_of_the_page(
    client: Client, cookie: str, word: str
) -> None:
    client.cookies["yunke_language"] = cookie
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/questions/example").content)).active
    assert sheet.cell(1, 1).value == word
    assert sheet.max_row == len(m.Kind) + 1


def test_an_export_costs_the_same_for_fifty_as_for_five(cast: Any, client: Client) -> None:
    costs = []
    for count in (5, 50):
        rows = [
            makers.written(cast.teacher, school_id=cast.school.id, points=("甲",))
            for _ in range(count)
        ]
        ids = "&".join(f"id={row.id}" for row in rows)
        client.get(f"/questions/export?{ids}")
        with CaptureQueriesContext(connection) as told:
            assert client.get(f"/questions/export?{ids}").status_code == 200
        costs.append(len(told))
    assert abs(costs[0] - costs[1]) <= 2, costs


def test_media_are_for_who_is_signed_in_only(client: Client) -> None:
    told = {"picture": file_of(picture(), "a.png"), **people.once()}
    name = client.post("/questions/picture", told).json()["name"]
    kept = client.get(f"/questions/media/{name}")
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in kept["Content-Security-Policy"]
    assert Client().get(f"/questions/media/{name}").status_code in (302, 303)
    for content, called in ((b"<svg/>", "a.svg"), (b"<html>", "a.png"), (b"", "a.png")):
        told = {"picture": file_of(content, called), **people.once()}
        assert client.post("/questions/picture", told).status_code == 422

"""Questions brought in and out: what is understood comes in, what is not is told by its place."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from yunke.base.clock import now
from yunke.base.jobs import run_one
from yunke.base.trouble import Refused
from yunke.craft.marking import items as m
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library import jobs  # noqa: F401  the worker knows them
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.actions.packages import package_read, package_write
from yunke.school.library.actions.questionfiles import (
    files_sweep,
    folder_of,
    found_of,
    questions_bring,
    questions_take,
)
from yunke.school.library.actions.questionmedia import MediumRefused, medium_keep
from yunke.school.library.models import Question, QuestionFile
from yunke.school.library.rules.examples import example_items
from yunke.school.library.tests import makers
from yunke.school.library.views.questionfaults import missing_text

pytestmark = pytest.mark.django_db
ENTITY = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
ROUND = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="round.xml"/>'


def png(color: str = "orange") -> bytes:
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    Image.new("RGB", (40, 20), color).save(out, "PNG")
    return out.getvalue()


def packed(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    makers.package(out, **files)
    return out.getvalue()


def tabled(*rows: dict[str, str]) -> bytes:
    out = io.BytesIO()
    makers.table(out, *rows)
    return out.getvalue()


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


def brought(somebody: Any, data: bytes, name: str = "a.zip", *, write: bool = True) -> QuestionFile:
    """A file taken in, read and, where it can be, written, as the worker does it."""

    def chunks() -> Iterator[bytes]:
        yield data

    number = questions_bring(
        who=people.who(somebody), name=name, chunks=chunks(), subject="maths", grade=3
    )
    run_one()
    row = QuestionFile.objects.get(id=number)
    if write and row.state == "read":
        questions_take(who=people.who(somebody), file_id=number)
        run_one()
        row.refresh_from_db()
    return row


def codes(row: QuestionFile) -> set[str]:
    return {one.code for one in found_of(row.id).missing}


# Packages


def test_a_package_comes_in_with_its_picture_and_key(cast: Any, client: Client) -> None:
    text = 'Wie viele? <img src="pics/a.png" alt="zwei"/>'
    data = packed(**{"one_xml": makers.qti(text=text), "pics/a_png": png()})
    row = brought(cast.teacher, data)
    assert (row.state, row.counts["written"]) == ("written", 1)
    question = Question.objects.get()
    assert (question.subject, question.grade, question.origin) == ("maths", 3, "a.zip")
    assert question.school_id == cast.school.id
    name = question.stem.partition("media/")[2].partition('"')[0]
    assert len(name) == 68
    kept = client.get(f"/questions/media/{name}")
    assert kept.getvalue() == png()
    assert kept["Content-Security-Policy"].startswith("default-src 'none'")
    assert not folder_of(row.id).exists()
    assert Event.objects.get(verb="question.imported").object_id == row.id


def test_what_is_not_understood_is_told_by_file_and_line_and_the_rest_comes_in(cast: Any) -> None:
    data = packed(
        good_xml=makers.qti("g"), bomb_xml=makers.qti("b", "&b;", before=ENTITY),
        nopic_xml=makers.qti("n", '<img src="gone.png" alt=""/>'),
        round_xml=makers.qti("r", ROUND), slider_xml=makers.qti("s", kind="sliderInteraction"),
    )  # fmt: skip
    row = brought(cast.teacher, data, write=False)
    assert (row.state, row.counts["understood"]) == ("read", 1)
    assert codes(row) >= {"xml-entity", "media-missing", "include-round", "interaction"}
    places = {(one.file, one.code) for one in found_of(row.id).missing}
    assert ("nopic.xml", "left-out") in places
    assert ("bomb.xml", "xml-entity") in places
    assert all(missing_text(code) != code for code in codes(row))


def test_the_same_package_again_writes_nothing_twice(cast: Any) -> None:
    data = packed()
    assert brought(cast.teacher, data).counts["written"] == 1
    again = brought(cast.teacher, data)
    assert (again.state, again.counts["new"], again.counts["written"]) == ("written", 0, 0)
    assert Question.objects.count() == 1


def test_the_same_question_twice_in_one_file_is_written_once(cast: Any) -> None:
    row = brought(cast.teacher, packed(a_xml=makers.qti("a"), b_xml=makers.qti("b")))
    assert Question.objects.count() == row.counts["written"] <= 2


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"\0" * (30 << 20))
    return out.getvalue()


def outside() -> bytes:
    return packed(**{"../../evil_xml": makers.qti()})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb, "zip-bomb"),
        (outside, "zip-path"),
        (lambda: b"PK\x03\x04 broken", "zip"),
        (lambda: b"just words", "no-kind"),
        (lambda: packed(a_txt="nothing"), "empty"),
        (lambda: packed(a_xml=makers.qti(before=ENTITY)), "xml-entity"),
        (lambda: packed(a_xml="<x"), "xml"),
    ],
)
def test_a_hostile_file_is_refused_with_a_word(cast: Any, data: Any, reason: str) -> None:
    row = brought(cast.teacher, data())
    assert row.state == "refused"
    assert row.reason.startswith(reason)
    assert not Question.objects.exists()
    assert people.signed_in(cast.teacher).get(f"/questions/import/{row.id}").status_code == 200


def test_an_empty_file_and_a_file_without_subject_are_refused_at_once(cast: Any) -> None:
    somebody = people.who(cast.teacher)
    with pytest.raises(Refused):
        questions_bring(who=somebody, name="a", chunks=iter([b""]), subject="maths", grade=3)
    with pytest.raises(Refused):
        questions_bring(who=somebody, name="a", chunks=iter([b"x"]), subject="magic", grade=3)
    assert not QuestionFile.objects.exists()


def test_only_who_brought_it_writes_it_and_only_after_the_reading(cast: Any) -> None:
    row = brought(cast.teacher, packed(), write=False)
    other = people.who(people.teacher(cast.one))
    with pytest.raises(NotYours):
        questions_take(who=other, file_id=row.id)
    refused = brought(cast.teacher, b"words")
    with pytest.raises(Refused):
        questions_take(who=people.who(cast.teacher), file_id=refused.id)
    stranger = people.signed_in(people.teacher(cast.one))
    assert stranger.get(f"/questions/import/{row.id}").status_code == 404


# Tables


def test_a_table_comes_in_row_by_row_and_bad_rows_are_told_by_number(cast: Any) -> None:
    good = {"kind": "单选", "prompt": "1+1=?", "option_A": "2", "option_B": "3", "answer": "A"}
    good |= {"causes": "B=多数了一个", "points": "加法", "grade": "一年级"}
    bad = {"kind": "数与单位", "prompt": "几个？", "answer": "很多"}
    row = brought(cast.teacher, tabled(good, bad, {"kind": "谜语", "prompt": "?"}), "题.xlsx")
    assert row.counts["written"] == 1
    question = Question.objects.get()
    assert (question.grade, question.origin) == (1, "题.xlsx")
    assert question.item["response"]["key"]["options"][1]["cause"] == "own:多数了一个"
    assert [point.name for point in question.points.all()] == ["加法"]


def test_faults_of_a_table_name_their_line(cast: Any) -> None:
    bad = {"kind": "数与单位", "prompt": "几个？", "answer": "很多"}
    row = brought(cast.teacher, tabled({"kind": "谜语", "prompt": "?"}, bad), "题.xlsx")
    assert row.state == "refused"
    assert {(one.line, one.code) for one in found_of(row.id).missing} == {
        (2, "kind"), (3, "number"),
    }  # fmt: skip


def test_a_table_without_headings_is_refused(cast: Any) -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(out)
    assert brought(cast.teacher, out.getvalue(), "x.xlsx").reason == "no-heading"


# Out again


def test_what_goes_out_as_a_package_comes_back_in_meaning() -> None:
    out = io.BytesIO()
    items = [m.Item(f"q{at}", one.prompt, one.key) for at, (one, _) in enumerate(example_items())]
    package_write(items, out)
    found = package_read(out)
    assert len(found.brought) == len(items)
    first = m.item_from_json(found.brought[0].item)
    assert isinstance(first.key, m.ChoiceKey)
    assert (first.prompt, first.key.right) == ("42-17 = ？", "A")


def test_a_picture_goes_out_with_its_question_and_comes_back(cast: Any) -> None:
    name = medium_keep(io.BytesIO(png()), "a.png")
    out = io.BytesIO()
    package_write([makers.item(f"看图 ![两个](media/{name})")], out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        assert f"media/{name}" in archive.namelist()
    brought(cast.teacher, out.getvalue())
    assert f"media/{name}" in Question.objects.get().stem


def test_the_chosen_questions_are_exported_and_no_others(cast: Any, client: Client) -> None:
    own = makers.written(cast.teacher, school_id=cast.school.id, points=("加法",))
    far = makers.written(school_id=cast.school.id + 1000)
    path = f"/questions/export?id={own.id}&id={far.id}&id=x"
    table = client.get(path + "&as=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(table.content)).active.values)
    assert len(rows) == 2
    assert rows[1][4] == "1+1=?"
    package = client.get(path + "&as=qti")
    assert package["Content-Type"] == "application/zip"
    assert len(package_read(io.BytesIO(package.content)).brought) == 1
    assert Event.objects.filter(verb="question.exported").count() == 2
    assert client.get("/questions/export").status_code == 422


def test_the_example_table_can_be_brought_in_as_it_is(cast: Any, client: Client) -> None:
    row = brought(cast.teacher, client.get("/questions/example").content, "example.xlsx")
    assert row.counts["written"] == len(m.Kind)
    assert row.counts["missing"] == 0


# Media


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.png"),
        (b"GIF8xxxx", "a.png"),
        (b"<svg/>", "a.svg"),
        (b"\x89PNG\r\n\x1a\nxx", "a.png"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_no_medium(data: bytes, name: str) -> None:
    with pytest.raises(MediumRefused):
        medium_keep(io.BytesIO(data), name)


def test_the_same_picture_lies_there_once(media: Path) -> None:
    assert medium_keep(io.BytesIO(png()), "a.png") == medium_keep(io.BytesIO(png()), "B.PNG")
    assert len(list((media / "questions").iterdir())) == 1


def test_a_picture_for_a_text_is_kept_and_named(client: Client) -> None:
    file = io.BytesIO(png())
    file.name = "a.png"
    answer = client.post("/questions/picture", {"picture": file, "once": str(uuid.uuid4())})
    assert len(answer.json()["name"]) == 68
    words = io.BytesIO(b"words")
    words.name = "a.png"
    answer = client.post("/questions/picture", {"picture": words, "once": str(uuid.uuid4())})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "name", ["../../secret.key", "a.png", "a" * 64 + ".svg", "a" * 64 + ".png"]
)
def test_no_other_file_is_served(client: Client, name: str) -> None:
    assert client.get(f"/questions/media/{name}").status_code == 404


def test_a_file_left_lying_for_a_month_goes(cast: Any) -> None:
    row = brought(cast.teacher, packed(), write=False)
    assert files_sweep() == 0
    QuestionFile.objects.filter(id=row.id).update(made_at=now() - timedelta(days=40))
    assert files_sweep() == 1
    assert not folder_of(row.id).exists()


# The pages


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_walks_through_its_pages(cast: Any, client: Client, language: str) -> None:
    client.cookies.load({"yunke_language": language})
    file = io.BytesIO(packed())
    file.name = "a.zip"
    told = {"file": file, "subject": "maths", "grade": "3", "once": str(uuid.uuid4())}
    answer = client.post("/questions/import", told)
    assert answer.status_code == 303
    place = answer["Location"]
    assert "hx-trigger" in client.get(place).content.decode()
    run_one()
    assert "1+1=" in client.get(place).content.decode()
    client.post(f"{place}/write", {"once": str(uuid.uuid4())})
    run_one()
    shown = client.get(place).content.decode()
    assert ("1 new questions saved" if language == "en" else "1 道新题存进了题库") in shown
    assert "a.zip" in client.get("/questions/import").content.decode()


def test_a_form_without_a_file_says_so(client: Client) -> None:
    answer = client.post("/questions/import", {"subject": "maths", "once": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "请先选一个文件。" in answer.content.decode()

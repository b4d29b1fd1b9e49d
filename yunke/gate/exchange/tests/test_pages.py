"""A clerk in the browser: upload, look, ask, import, take back."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.gate.exchange.models import Import
from yunke.gate.exchange.tests import makers
from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def upload(client: Any, data: bytes, name: str = "名册.csv", **more: Any) -> Any:
    form = {**people.once(), "file": SimpleUploadedFile(name, data), **more}
    return client.post("/roster", form)


def sent(client: Any, data: bytes, name: str = "名册.csv", **more: Any) -> Import:
    answer = upload(client, data, name, **more)
    assert answer.status_code == 303, answer.content.decode()[:2000]
    makers.work()
    return Import.objects.get(id=int(answer["Location"].rsplit("/", 1)[1]))


def post(client: Any, path: str, **more: str) -> Any:
    answer = client.post(path, {**people.once(), **more})
    makers.work()
    return answer


def test_a_clerk_brings_a_list_in_and_sees_every_page(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    assert "还没有导入过" in client.get("/roster").content.decode()
    kept = [
        [
            *makers.pupil_row(n),
        ]
        for n in range(1, 6)
    ]
    row = sent(client, makers.csv_bytes(kept))
    page = client.get(f"/roster/{row.id}").content.decode()
    assert "新生1" in page
    assert row.counts["pupil"]["new"] == 5
    assert row.counts["pupil"]["gone"] == 6
    assert [one["code"] for one in row.findings] == ["nobody", "leavers"]
    assert "请第二个人同意" in page


def second_agrees(city: people.Cast, row: Import, clerk: Any) -> Person:
    other = people.staff(city.school, Role.SCHOOL_ADMIN, "副校长")
    assert post(clerk, f"/roster/{row.id}/second", reason="新学年").status_code == 303
    client = people.signed_in(other)
    assert "校管理员 请您看一看" in client.get("/roster").content.decode()
    assert "看过了，同意" in client.get(f"/roster/{row.id}").content.decode()
    assert post(client, f"/roster/{row.id}/decide", answer="yes").status_code == 303
    return other


def test_leavers_need_a_second_person_and_lose_everything(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    child = people.signed_in(city.pupil)
    row = sent(client, makers.csv_bytes([makers.pupil_row(1)]))
    assert post(client, f"/roster/{row.id}/write").status_code == 422
    second_agrees(city, row, client)
    assert child.get("/today").status_code == 200
    assert post(client, f"/roster/{row.id}/write").status_code == 303
    row.refresh_from_db()
    assert row.state == "done"
    assert row.written["persons_left"] == 6
    assert child.get("/today").status_code == 302
    assert Entry.objects.filter(act="roster.imported", object_id=row.id).count() == 1
    page = client.get(f"/roster/{row.id}").content.decode()
    assert "导入完成" in page
    assert post(client, f"/roster/{row.id}/undo").status_code == 303
    row.refresh_from_db()
    assert row.state == "undone", row.undone
    assert Person.objects.get(id=city.pupil.id).left_on is None
    assert not Person.objects.filter(name="新生1").exists()
    assert Entry.objects.filter(act="roster.undone", object_id=row.id).count() == 1
    assert "已经撤销" in client.get(f"/roster/{row.id}").content.decode()
    open_ties = Membership.objects.filter(person=city.pupil, until__isnull=True)
    assert open_ties.count() == 1


def test_the_asker_cannot_decide(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    row = sent(client, makers.csv_bytes([makers.pupil_row(1)]))
    post(client, f"/roster/{row.id}/second", reason="新学年")
    assert post(client, f"/roster/{row.id}/decide", answer="yes").status_code == 422
    assert post(client, f"/roster/{row.id}/write").status_code == 422


def test_another_school_sees_nothing(city: people.Cast) -> None:
    row = sent(people.signed_in(city.admin), makers.csv_bytes([makers.pupil_row(1)]))
    for somebody in (city.far_admin, city.head, city.pupil, city.guardian):
        client = people.signed_in(somebody)
        for path in ("", "/progress", "/wrong"):
            assert client.get(f"/roster/{row.id}{path}").status_code == 404
        for path in ("write", "drop", "undo", "second", "decide", "columns"):
            assert post(client, f"/roster/{row.id}/{path}").status_code == 404
    assert people.signed_in(city.city_staff).get(f"/roster/{row.id}").status_code == 200


def test_a_wrong_row_blocks_and_is_listed(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    rows = [makers.pupil_row(1), makers.pupil_row(2), makers.pupil_row(3)]
    rows[1][3] = "1.23E+11"
    row = sent(client, makers.csv_bytes(rows))
    page = client.get(f"/roster/{row.id}").content.decode()
    assert "一行都不会写入" in page
    assert "1.23E+11" in page
    assert post(client, f"/roster/{row.id}/write").status_code == 422
    answer = client.get(f"/roster/{row.id}/wrong")
    listed = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "list,3,学号或工号,1.23E+11," in listed


def test_columns_are_guessed_shown_and_corrected(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    header = ("年级", "班级", "姓名", "随便")
    data = makers.csv_bytes([["三年级", "1班", "小明", "G330100000001"]], header=header)
    row = sent(client, data)
    assert row.told["missing"] == ["id"]
    page = client.get(f"/roster/{row.id}").content.decode()
    assert "学号或工号" in page
    chosen = {"column-0": "grade", "column-1": "class", "column-2": "name", "column-3": "id"}
    post(client, f"/roster/{row.id}/columns", **chosen)
    row.refresh_from_db()
    assert row.reading == 2
    assert row.counts["pupil"]["new"] == 1


def test_a_file_that_cannot_be_read_says_why(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    text = "年级,班级,姓名,学号\r\n三,1,王小明明,G330100000001\r\n".encode("gbk")
    row = sent(client, text + "三,2,李四光,G330100000002\r\n".encode())
    assert row.state == "refused"
    assert row.trouble["code"] == "mixed"
    page = client.get(f"/roster/{row.id}").content.decode()
    assert "混着两种编码" in page
    assert "李四光" in page


def test_progress_sends_on_when_it_is_done(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    answer = upload(client, makers.csv_bytes([makers.pupil_row(1)]))
    path = answer["Location"]
    assert "排队等待" in client.get(path).content.decode()
    assert "%" in client.get(f"{path}/progress").content.decode()
    makers.work()
    done = client.get(f"{path}/progress")
    assert done.status_code == 204
    assert done["HX-Redirect"] == path


def test_nothing_chosen_and_an_empty_file_are_refused(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    assert client.post("/roster", people.once()).status_code == 422
    assert upload(client, b"").status_code == 422
    assert not Import.objects.exists()


def test_a_preview_can_be_put_away(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    row = sent(client, makers.csv_bytes([makers.pupil_row(1)]))
    assert post(client, f"/roster/{row.id}/drop").status_code == 303
    assert "已经放弃" in client.get(f"/roster/{row.id}").content.decode()


@pytest.mark.parametrize("name", ["csv", "xlsx", "bundle"])
def test_each_example_can_be_brought_in_as_it_is(city: people.Cast, name: str) -> None:
    client = people.signed_in(city.city_staff)
    data = client.get(f"/roster/example/{name}").content
    row = sent(client, data, f"样例.{name}")
    assert row.state == "read", row.trouble
    assert row.counts["all"]["wrong"] == 0, json.dumps(row.counts)
    assert row.counts["pupil"] == {"new": 3}
    assert row.counts["staff"] == {"new": 1}


def test_every_page_reads_in_english(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    client.cookies["yunke_language"] = "en"
    row = sent(client, makers.csv_bytes([makers.pupil_row(1)]))
    for path in ("/roster", f"/roster/{row.id}", "/roster/export"):
        text = client.get(path).content.decode()
        body = text[text.index("<main") : text.index("</main")]
        for own in ("名册", "导入", "请", "现在"):
            assert own not in body.replace("名册.csv", ""), (path, own)

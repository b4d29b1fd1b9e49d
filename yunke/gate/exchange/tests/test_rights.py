"""Who may do what with rosters, address by address; what is refused keeps what was typed."""

from typing import Any

import pytest
from django.test import Client

from yunke.gate.exchange.models import Import
from yunke.gate.exchange.tests import makers
from yunke.ground.audit.models import Second
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)
WRITES = ("columns", "second", "decide", "write", "drop", "undo")


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def preview(city: people.Cast) -> Import:
    return makers.staged(city.admin, city.school, makers.csv_bytes([makers.pupil_row(1)]))


def statuses(client: Client, row: Import) -> dict[str, int]:
    found = {
        path: client.get(f"/roster{path}").status_code
        for path in ("", "/export", "/example/csv", f"/{row.id}", f"/{row.id}/wrong")
    }
    return {path.replace(str(row.id), "N"): status for path, status in found.items()}


OPEN = {"": 200, "/export": 200, "/example/csv": 200, "/N": 200, "/N/wrong": 200}
NONE = dict.fromkeys(OPEN, 404)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("admin", OPEN),
        ("far_admin", {**OPEN, "/N": 404, "/N/wrong": 404}),
        ("city_staff", {**OPEN, "/export": 404}),
        ("head", NONE), ("teacher", NONE), ("pupil", NONE), ("guardian", NONE),
    ],
)  # fmt: skip
def test_every_address_answers_its_people_only(
    city: people.Cast, name: str, expected: dict[str, int]
) -> None:
    row = preview(city)
    assert statuses(people.signed_in(getattr(city, name)), row) == expected


def test_a_visitor_is_asked_who_it_is(city: people.Cast) -> None:
    assert set(statuses(Client(), preview(city)).values()) == {302}


def test_a_county_has_its_own_schools_and_no_others(city: people.Cast) -> None:
    row = preview(city)
    other = people.org("county", "河西县", city.city)
    own = people.signed_in(people.staff(city.county, Role.COUNTY_STAFF))
    far = people.signed_in(people.staff(other, Role.COUNTY_STAFF))
    assert own.get(f"/roster/{row.id}").status_code == 200
    assert far.get(f"/roster/{row.id}").status_code == 404
    assert far.post(f"/roster/{row.id}/decide", people.once()).status_code == 404


@pytest.mark.parametrize("path", WRITES)
def test_reading_an_address_that_writes_writes_nothing(city: people.Cast, path: str) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    assert client.get(f"/roster/{row.id}/{path}").status_code == 405
    row.refresh_from_db()
    assert (row.state, row.reading) == ("read", 1)


@pytest.mark.parametrize("path", WRITES)
def test_an_import_that_is_none_is_not_found(city: people.Cast, path: str) -> None:
    client = people.signed_in(city.admin)
    assert client.post(f"/roster/999999/{path}", people.once()).status_code == 404
    assert client.get("/roster/999999").status_code == 404
    assert client.get("/roster/example/exe").status_code == 404


def test_a_second_arrival_of_one_request_asks_once(city: people.Cast) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    form = {**people.once(), "reason": "新学年"}
    answers = [client.post(f"/roster/{row.id}/second", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Second.objects.filter(kind="roster.import").count() == 1


def test_no_second_person_is_asked_without_a_reason(city: people.Cast) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    answer = client.post(f"/roster/{row.id}/second", {**people.once(), "reason": "  "})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert (row.second_id, Second.objects.count()) == (0, 0)


def test_a_refusal_is_shown_with_its_reason_and_may_be_asked_anew(city: people.Cast) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    client.post(f"/roster/{row.id}/second", {**people.once(), "reason": "新学年"})
    other = people.signed_in(city.city_staff)
    bare = other.post(f"/roster/{row.id}/decide", {**people.once(), "answer": "no"})
    assert bare.status_code == 422
    told = {**people.once(), "answer": "no", "reason": "少了三个班"}
    assert other.post(f"/roster/{row.id}/decide", told).status_code == 303
    page = client.get(f"/roster/{row.id}").content.decode()
    assert "少了三个班" in page
    assert client.post(f"/roster/{row.id}/write", people.once()).status_code == 422
    again = client.post(f"/roster/{row.id}/second", {**people.once(), "reason": "补齐了"})
    assert again.status_code == 303


def test_only_who_asked_completes_what_was_agreed(city: people.Cast) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    client.post(f"/roster/{row.id}/second", {**people.once(), "reason": "新学年"})
    other = people.signed_in(city.city_staff)
    other.post(f"/roster/{row.id}/decide", {**people.once(), "answer": "yes"})
    assert other.post(f"/roster/{row.id}/write", people.once()).status_code == 422
    assert "来完成导入" in other.get(f"/roster/{row.id}").content.decode()
    assert client.post(f"/roster/{row.id}/write", people.once()).status_code == 303


def test_a_list_that_is_whole_has_no_columns_to_mend_in_a_bundle(city: people.Cast) -> None:
    data = makers.bundle(makers.school_rows("新城小学"))
    row = makers.staged(city.city_staff, city.city, data)
    client = people.signed_in(city.city_staff)
    assert client.post(f"/roster/{row.id}/columns", people.once()).status_code == 422
    assert "列认错了" not in client.get(f"/roster/{row.id}").content.decode()


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "act=none&thing=none", "page=99"])
def test_an_odd_query_shows_a_page(city: people.Cast, query: str) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    for path in ("/roster", f"/roster/{row.id}"):
        assert client.get(f"{path}?{query}").status_code == 200


def asked(city: people.Cast, **more: Any) -> Any:
    form = {"school": city.school.id, "kind": "csv", "reason": "核对", **people.once(), **more}
    return people.signed_in(city.admin).post("/roster/export", form)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 303), ({"school": ""}, 303), ({"kind": ""}, 422), ({"reason": ""}, 422),
        ({"school": "9" * 40}, 303), ({"school": "x"}, 303), ({"school": "999999"}, 404),
    ],
)  # fmt: skip
def test_an_export_is_asked_for_ones_own_school(
    city: people.Cast, more: dict[str, str], status: int
) -> None:
    assert asked(city, **more).status_code == status
    seconds = Second.objects.filter(kind="roster.export")
    assert list(seconds.values_list("org_id", flat=True)) == [city.school.id] * (status == 303)


def test_one_kind_of_consent_is_not_used_for_another(city: people.Cast) -> None:
    row = preview(city)
    client = people.signed_in(city.admin)
    client.post(f"/roster/{row.id}/second", {**people.once(), "reason": "新学年"})
    row.refresh_from_db()
    other = people.signed_in(city.city_staff)
    path = f"/roster/export/{row.second_id}"
    assert other.post(f"{path}/decide", {**people.once(), "answer": "yes"}).status_code == 404
    other.post(f"/roster/{row.id}/decide", {**people.once(), "answer": "yes"})
    assert client.post(f"{path}/file", people.once()).status_code in (404, 422)
    assert client.post("/roster/export/999999/file", people.once()).status_code == 404

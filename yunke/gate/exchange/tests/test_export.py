"""A school's roster goes out with a reason, a second person and a line in the audit, once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.gate.exchange.models import Import
from yunke.gate.exchange.tests import makers
from yunke.ground.audit.models import Entry, Second
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def post(client: Any, path: str, **more: Any) -> Any:
    return client.post(path, {**people.once(), **more})


def asked(city: people.Cast, client: Any, kind: str = "csv") -> int:
    answer = post(client, "/roster/export", school=city.school.id, kind=kind, reason="核对")
    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert "在等" in page
    return int(Second.objects.latest("id").id)


def test_a_list_goes_out_once_with_two_people(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    number = asked(city, client)
    assert post(client, f"/roster/export/{number}/file").status_code == 422
    assert post(client, f"/roster/export/{number}/decide", answer="yes").status_code == 422
    second = people.signed_in(people.staff(city.county, Role.COUNTY_STAFF))
    assert "想导出 CSV" in second.get(f"/roster/export?school={city.school.id}").content.decode()
    assert post(second, f"/roster/export/{number}/decide", answer="yes").status_code == 303
    answer = post(client, f"/roster/export/{number}/file")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert city.pupil.name in text
    assert city.far_pupil.name not in text
    assert post(client, f"/roster/export/{number}/file").status_code == 422
    line = Entry.objects.get(act="data.exported")
    assert (line.school_id, line.actor_id) == (city.school.id, city.admin.id)


def test_nobody_else_asks_decides_or_takes(city: people.Cast) -> None:
    number = asked(city, people.signed_in(city.admin))
    far = people.signed_in(city.far_admin)
    assert far.get(f"/roster/export?school={city.school.id}").status_code == 404
    assert post(far, f"/roster/export/{number}/decide", answer="yes").status_code == 404
    assert post(far, f"/roster/export/{number}/file").status_code == 404
    bureau = people.signed_in(city.city_staff)
    answer = post(bureau, "/roster/export", school=city.school.id, kind="csv", reason="x")
    assert answer.status_code == 404


def test_a_refusal_and_its_reason_are_shown(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    number = asked(city, client, "bundle")
    second = people.signed_in(city.city_staff)
    assert post(second, f"/roster/export/{number}/decide", answer="no").status_code == 422
    told = post(second, f"/roster/export/{number}/decide", answer="no", reason="没有必要")
    assert told.status_code == 303
    assert "没有必要" in client.get("/roster/export").content.decode()


def test_an_unknown_format_and_no_reason_are_refused(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    bad = {"school": city.school.id, "kind": "exe", "reason": "x"}
    assert post(client, "/roster/export", **bad).status_code == 422
    assert (
        post(client, "/roster/export", **{**bad, "kind": "csv", "reason": " "}).status_code == 422
    )


def queries(client: Any, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_a_preview_costs_the_same_for_five_and_fifty(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    found = []
    for many in (5, 50):
        rows = [makers.pupil_row(number) for number in range(many)]
        row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
        found.append(queries(client, f"/roster/{row.id}"))
    assert abs(found[0] - found[1]) <= 2


def test_the_history_costs_the_same_for_two_and_twenty(city: people.Cast) -> None:
    client = people.signed_in(city.admin)
    found = []
    for many in (2, 18):
        for number in range(many):
            Import.objects.create(
                org_id=city.school.id, made_by=city.admin.id, name=f"{number}.csv", state="done",
                counts={"pupil": {"new": number + 1}},
            )  # fmt: skip
        found.append(queries(client, "/roster"))
    assert abs(found[0] - found[1]) <= 2

"""A school's roster as it goes out comes in again as it was; the preview page by page; who may."""

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from yunke.gate.exchange.actions.export import KINDS, export_ask, export_take
from yunke.gate.exchange.actions.store import WRONG_MOST, Store, store_new
from yunke.gate.exchange.models import Import, PersonSource, PlaceSource
from yunke.gate.exchange.reads.imports import import_of, imports_of, moving, offices_of
from yunke.gate.exchange.reads.roster import bundle_parts, list_rows, school_roster
from yunke.gate.exchange.reads.staged import SIZE, lines_of, wrongs_of
from yunke.gate.exchange.rules.titles import subject_names
from yunke.gate.exchange.tests import makers
from yunke.gate.exchange.tests.test_import import written
from yunke.gate.exchange.values import Wrong
from yunke.ground.audit.door import second_decide
from yunke.ground.people.models import Org, Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def handed(city: people.Cast, school: Org, kind: str) -> bytes:
    clerk = people.staff(school, Role.SCHOOL_ADMIN)
    number = export_ask(who_id=clerk.id, school_id=school.id, kind=kind, reason="核对")
    second_decide(id=number, who_id=city.city_staff.id, given=True)
    out = export_take(who_id=clerk.id, second_id=number)
    assert (out.content_type, out.ending) == KINDS[kind]
    return b"".join(out.pieces)


def brought(city: people.Cast, parts: Any) -> Org:
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts))
    assert written(row, city.city_staff).state == "done"
    return Org.objects.get(name="新城小学")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_went_out_comes_in_again_and_changes_nothing(city: people.Cast, kind: str) -> None:
    parts = makers.school_rows("新城小学")
    parts["enrollments"][0]["metadata.yunke.subject"] = "maths"
    school = brought(city, parts)
    data = handed(city, school, kind)
    clerk = people.staff(school, Role.SCHOOL_ADMIN)
    row = makers.staged(clerk, school, data, f"名册.{kind}")
    assert (row.state, row.counts["all"]["wrong"]) == ("read", 0), list(wrongs_of(row))
    for thing in ("class", "pupil"):
        assert set(row.counts[thing]) == {"same"}, row.counts
    assert row.counts["tie"]["gone"] == 0
    assert row.findings == []


def test_a_schools_own_short_numbers_go_out_as_the_school_writes_them(city: people.Cast) -> None:
    PersonSource.objects.create(
        source=f"o{city.school.id}:0001", person_id=city.pupil.id, org_id=city.school.id
    )
    other = people.pupils(city.one, 2)
    known = {other[0]: "org:7", other[1]: f"o{city.far_school.id}:9"}
    for somebody, source in known.items():
        PersonSource.objects.create(source=source, person_id=somebody.id, org_id=city.school.id)
    found = school_roster(city.school.id).persons
    assert found[city.pupil.id].source == "0001"
    assert [found[somebody.id].source for somebody in known] == list(known.values())
    assert found[city.head.id].source == f"yunke-person-{city.head.id}"


def test_a_class_never_goes_out_under_its_schools_id(city: people.Cast) -> None:
    PlaceSource.objects.create(
        kind="org", source="org-known-abroad", row_id=city.one.id, org_id=city.school.id
    )
    roster = school_roster(city.school.id)
    assert roster.classes[city.one.id][3] == f"yunke-class-{city.one.id}"
    assert roster.source == "org-known-abroad"


def test_who_left_and_what_ended_stay_at_home(city: people.Cast) -> None:
    gone, kept = people.pupil(city.one, "走了的"), people.pupil(city.one, "还在的")
    Person.objects.filter(id=gone.id).update(left_on="2020-01-01")
    over = people.school_class(city.school, grade=6)
    over.ended_on = "2020-01-01"
    over.save()
    roster = school_roster(city.school.id)
    assert kept.id in roster.persons
    assert gone.id not in roster.persons
    assert over.id not in roster.classes
    names = [row[3] for row in list_rows(roster, subject_names())]
    assert kept.name in names
    assert gone.name not in names
    assert city.far_pupil.name not in names


def test_a_head_teacher_who_teaches_is_one_row_with_a_mark(city: people.Cast) -> None:
    both = people.teacher(city.one, "周老师", subject="maths")
    people.member(both, city.one, Role.HEAD_TEACHER)
    rows = list_rows(school_roster(city.school.id), subject_names())
    of = [row for row in rows if row[3] == "周老师"]
    assert [(row[5], row[6], row[7]) for row in of] == [("教师", "数学", "是")]


def test_parts_of_a_bundle_name_only_rows_that_are_there(city: people.Cast) -> None:
    parts = bundle_parts(school_roster(city.school.id))
    ids = {name: {row["sourcedId"] for row in rows} for name, rows in parts.items()}
    assert ids["academicSessions"] == set()
    for tie in parts["enrollments"]:
        assert tie["classSourcedId"] in ids["classes"]
        assert tie["userSourcedId"] in ids["users"]
    assert {row["userSourcedId"] for row in parts["roles"]} == ids["users"]
    assert len(ids["enrollments"]) == len(parts["enrollments"])


def test_an_evil_name_goes_out_as_text(city: people.Cast) -> None:
    evil = '=HYPERLINK("http://x")'
    Person.objects.filter(id=city.pupil.id).update(name=evil)
    assert b",\"'=HYPERLINK" in handed(city, city.school, "csv")
    sheet = load_workbook(io.BytesIO(handed(city, city.school, "xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if evil in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]


# The comparison's own database


def test_a_comparison_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "c.sqlite3"
    with pytest.raises(sqlite3.IntegrityError), store_new(path) as store:
        store.fill("covered", [(1,), (2,), (2,)])
    assert list(path.parent.iterdir()) == []
    with store_new(path) as store:
        assert store.fill("covered", [(1,), (2,)]) == 2
        assert store.one("SELECT count(*) FROM covered") == 2
        assert store.one("SELECT school FROM covered WHERE school = 9") == 0
    assert [file.name for file in path.parent.iterdir()] == ["c.sqlite3"]


def test_faults_beyond_the_most_are_counted_and_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "c")
    for number in range(WRONG_MOST + 3):
        store.wrong(Wrong("users", number, "id", "no-id"))
    assert store.wrongs == WRONG_MOST + 3
    assert store.one("SELECT count(*) FROM wrong") == WRONG_MOST
    store.db.close()


def test_a_preview_has_pages_and_each_filter_its_own_lines(city: people.Cast) -> None:
    rows = [makers.pupil_row(number) for number in range(SIZE + 5)]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    first, second = (lines_of(row, act="new", thing="pupil", page=n) for n in (1, 2))
    assert (len(first.rows), first.more) == (SIZE, True)
    assert (len(second.rows), second.more) == (5, False)
    assert not {one.seq for one in first.rows} & {one.seq for one in second.rows}
    assert lines_of(row, act="new", thing="pupil", page=0) == first
    assert {one.act for one in lines_of(row, act="gone").rows} == {"gone"}
    assert "same" not in {one.act for one in lines_of(row).rows}
    assert {one.thing for one in lines_of(row, thing="class").rows} <= {"class"}
    assert lines_of(row, act="wrong").wrongs == []
    assert lines_of(row, act="new", page=99).rows == []


def test_what_does_not_change_is_shown_only_when_asked_for(city: people.Cast) -> None:
    school = brought(city, makers.school_rows("新城小学"))
    data = makers.bundle(makers.school_rows("新城小学", renamed={"pupil-a-01-0001": "新名"}))
    row = makers.staged(people.staff(school, Role.SCHOOL_ADMIN), school, data)
    assert [one.name for one in lines_of(row, thing="pupil").rows] == ["新名"]
    assert len(lines_of(row, act="same", thing="pupil").rows) == 9
    line = lines_of(row, act="changed").rows[0]
    assert line.what == [{"what": "name", "before": "生a11", "after": "新名"}]
    assert line.place == "三年级1班" or line.place.startswith("3年级1班")


def test_a_preview_that_was_put_away_is_empty(city: people.Cast) -> None:
    row = Import(id=10**9, reading=1, state="dropped")
    assert (lines_of(row).rows, list(wrongs_of(row)), moving(row)) == ([], [], None)


# Who sees which imports


def test_each_office_has_its_own_history(city: people.Cast) -> None:
    mine, far, wide = (
        Import.objects.create(org_id=org.id, made_by=city.admin.id, name="x", state="done")
        for org in (city.school, city.far_school, city.city)
    )
    for somebody, listed, reached in (
        (city.admin, [mine], [mine]),
        (city.far_admin, [far], [far]),
        (city.city_staff, [wide], [mine, far, wide]),
        (city.head, [], []), (city.pupil, [], []), (city.guardian, [], []),
    ):  # fmt: skip
        who = people.who(somebody)
        assert list(imports_of(who)) == listed, somebody
        assert [row for row in (mine, far, wide) if import_of(who, row.id)] == reached, somebody
    assert import_of(people.who(city.city_staff), 10**9) is None


def test_offices_are_those_of_ones_duties(city: people.Cast) -> None:
    assert [org.id for org in offices_of(people.who(city.admin))] == [city.school.id]
    assert [org.id for org in offices_of(people.who(city.city_staff))] == [city.city.id]
    assert offices_of(people.who(city.head)) == []
    both = people.staff(city.school, Role.SCHOOL_ADMIN)
    people.Duty.objects.create(
        person=both, org=city.county, role=Role.COUNTY_STAFF.value, since="2020-01-01"
    )
    assert {org.id for org in offices_of(people.who(both))} == {city.school.id, city.county.id}


@pytest.mark.parametrize("office", ["", "0", "-1", "9" * 5000, "²", "other"])
def test_an_odd_office_is_ones_own(city: people.Cast, office: str) -> None:
    client = people.signed_in(city.admin)
    file = io.BytesIO(makers.csv_bytes([makers.pupil_row(1)]))
    file.name = "名册.csv"
    wanted = str(city.far_school.id) if office == "other" else office
    answer = client.post("/roster", {**people.once(), "office": wanted, "file": file})
    assert answer.status_code == 303
    assert Import.objects.get().org_id == city.school.id


MOVE = ["waiting", "reading", "writing", "undoing"]
STATES = [*MOVE, "refused", "read", "done", "dropped", "undone"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_page(city: people.Cast, state: str, language: str) -> None:
    row = makers.staged(city.admin, city.school, makers.csv_bytes([makers.pupil_row(1)]))
    more: dict[str, Any] = {"trouble": {"code": "nul", "line": 3}} if state == "refused" else {}
    if state in ("done", "undoing", "undone"):
        more = {"written": {"persons": 3}, "done_at": row.made_at, "undone_at": row.made_at}
        more["undone"] = {
            "counts": {"persons_gone": 3},
            "kept_all": 2,
            "kept": [["person", city.pupil.id, city.pupil.id, "used"], ["class", 1, 0, "changed"]],
        }
    Import.objects.filter(id=row.id).update(state=state, **more)
    client = people.signed_in(city.admin)
    client.cookies["yunke_language"] = language
    answer = client.get(f"/roster/{row.id}")
    assert answer.status_code == 200
    text = answer.content.decode()
    main = text[text.index("<main") : text.index("</main")]
    if language == "en" and state != "read":  # a preview shows names and classes as they are
        assert "名册" not in main.replace("名册.", "")
    if state in ("done", "undone"):  # whom undoing left as they are
        assert (city.pupil.name in main) == (state == "undone")
    assert client.get("/roster").status_code == 200
    moves = client.get(f"/roster/{row.id}/progress")
    assert moves.status_code == (200 if state in MOVE else 204)

"""Work that stops, a database that went on, and ids that mean something only where they are."""

from typing import Any

import pytest

from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.gate.exchange.actions.stage import roster_read_again
from yunke.gate.exchange.actions.undo import undo_ask
from yunke.gate.exchange.actions.upload import (
    import_drop,
    import_second_ask,
    import_second_decide,
    import_write_ask,
)
from yunke.gate.exchange.models import Import, PersonSource, PlaceSource, Step
from yunke.gate.exchange.reads.folder import folder_of, store_path
from yunke.gate.exchange.tests import makers
from yunke.gate.exchange.tests.test_import import agreed, written
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership, Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)
LIST = [makers.pupil_row(1)]


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def brought(city: people.Cast, parts: Any, **more: Any) -> Import:
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts, **more))
    assert (row.state, row.counts["all"]["wrong"]) == ("read", 0), row.trouble
    return written(row, city.city_staff)


def stop(row: Import, name: str) -> None:
    """The job of this import as three deaths leave it."""
    found = Job.objects.filter(key__startswith=f"{name}:{row.id}").update(state=Job.State.FAILED)
    assert found == 1


def refreshed(row: Import) -> Import:
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("state", ["waiting", "reading", "writing"])
def test_an_import_whose_work_stopped_does_not_hold_its_office(
    city: people.Cast, state: str
) -> None:
    row = makers.begun(city.admin, city.school, makers.csv_bytes(LIST))
    if state == "writing":
        makers.work()
        Import.objects.filter(id=row.id).update(findings=[])
        import_write_ask(import_id=row.id, who_id=city.admin.id)
        stop(row, "roster.write")
    else:
        Import.objects.filter(id=row.id).update(state=state)
        stop(row, "roster.read")
    client = people.signed_in(city.admin)
    assert "已经停下" in client.get(f"/roster/{row.id}").content.decode()
    assert "hx-get" not in client.get(f"/roster/{row.id}/progress").content.decode()
    makers.begun(city.admin, city.school, makers.csv_bytes(LIST))
    assert refreshed(row).state == "dropped"
    assert not folder_of(row.id).exists()
    assert not Person.objects.filter(name="新生1").exists()


def test_one_that_still_moves_holds_its_office_and_no_other(city: people.Cast) -> None:
    row = makers.begun(city.admin, city.school, makers.csv_bytes(LIST))
    with pytest.raises(Refused):
        makers.begun(city.admin, city.school, makers.csv_bytes(LIST))
    makers.begun(city.far_admin, city.far_school, makers.csv_bytes(LIST))
    assert refreshed(row).state == "waiting"
    assert Import.objects.count() == 2


def test_an_undoing_that_stopped_can_be_asked_for_again(city: people.Cast) -> None:
    done = brought(city, makers.school_rows("新城小学"))
    undo_ask(import_id=done.id, who_id=city.city_staff.id)
    with pytest.raises(Refused):
        undo_ask(import_id=done.id, who_id=city.city_staff.id)
    stop(done, "roster.undo")
    client = people.signed_in(city.city_staff)
    assert "再撤销一次" in client.get(f"/roster/{done.id}").content.decode()
    answer = client.post(f"/roster/{done.id}/undo", people.once())
    assert answer.status_code == 303
    makers.work()
    assert refreshed(done).state == "undone"


def test_nothing_is_undone_while_a_later_one_is_being_written(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学")
    first = brought(city, parts)
    later = makers.staged(
        city.city_staff, city.city, makers.bundle(makers.school_rows("新城小学", pupils=6))
    )
    import_write_ask(import_id=later.id, who_id=city.city_staff.id)
    with pytest.raises(Refused):
        undo_ask(import_id=first.id, who_id=city.city_staff.id)
    makers.work()
    assert refreshed(later).state == "done"


def test_a_clash_compares_anew_and_the_second_try_is_written(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    parts = makers.school_rows("新城小学", renamed={"pupil-a-01-0001": "新名"})
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts))
    person = PersonSource.objects.get(source="pupil-a-01-0001").person_id
    Person.objects.filter(id=person).update(name="别人改的")
    import_write_ask(import_id=row.id, who_id=city.city_staff.id)
    makers.work()
    assert (refreshed(row).state, row.reading, row.trouble["code"]) == ("read", 2, "clash")
    assert Person.objects.get(id=person).name == "别人改的"
    assert not Entry.objects.filter(act="roster.imported", object_id=row.id).exists()
    page = people.signed_in(city.city_staff).get(f"/roster/{row.id}").content.decode()
    assert "名册已经重新读取" in page
    assert "改名：别人改的 → 新名" in page
    assert written(row, city.city_staff).state == "done"
    assert Person.objects.get(id=person).name == "新名"


def test_a_clash_ends_what_the_second_person_agreed_to(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    parts = makers.school_rows("新城小学", classes=1, pupils=5, renamed={"pupil-a-01-0001": "新名"})
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts))
    agreed(row, city.city_staff, people.staff(city.city, Role.CITY_STAFF))
    person = PersonSource.objects.get(source="pupil-a-01-0001").person_id
    Person.objects.filter(id=person).update(name="别人改的")
    import_write_ask(import_id=row.id, who_id=city.city_staff.id)
    makers.work()
    assert (refreshed(row).state, row.second_id) == ("read", 0)
    with pytest.raises(Refused):
        import_write_ask(import_id=row.id, who_id=city.city_staff.id)


@pytest.mark.parametrize("state", ["waiting", "reading", "writing", "done", "undone", "dropped"])
def test_only_a_preview_is_read_again_written_put_away_or_asked_about(
    city: people.Cast, state: str
) -> None:
    row = makers.staged(city.admin, city.school, makers.csv_bytes(LIST))
    Import.objects.filter(id=row.id).update(state=state)
    for action in (
        lambda: roster_read_again(row.id, {}),
        lambda: import_write_ask(import_id=row.id, who_id=city.admin.id),
        lambda: import_second_ask(import_id=row.id, who_id=city.admin.id, reason="x"),
        lambda: import_drop(import_id=row.id),
        lambda: import_second_decide(
            row=refreshed(row), who_id=city.city_staff.id, given=True, reason=""
        ),
    ):
        with pytest.raises(Refused):
            action()
    assert (refreshed(row).state, row.reading) == (state, 1)


def test_a_list_read_again_keeps_its_corrected_columns(city: people.Cast) -> None:
    header = ("年级", "班级", "姓名", "随便")
    data = makers.csv_bytes([["三年级", "1班", "小明", "G330100000001"]], header=header)
    row = makers.staged(city.admin, city.school, data)
    roster_read_again(row.id, {"3": "id"})
    makers.work()
    assert refreshed(row).told.get("missing") is None
    roster_read_again(row.id)
    makers.work()
    assert (refreshed(row).reading, row.columns) == (3, {"3": "id"})
    assert row.counts["pupil"]["new"] == 1
    assert store_path(row.id, 3).exists()


def test_a_job_of_an_older_reading_does_nothing(city: people.Cast) -> None:
    row = makers.begun(city.admin, city.school, makers.csv_bytes(LIST))
    Import.objects.filter(id=row.id).update(reading=2)
    makers.work()
    assert (refreshed(row).state, row.counts) == ("waiting", {})


# Ids that mean something only where they come from


def own_rows(mark: str, name: str) -> dict[str, list[dict[str, str]]]:
    """A school's bundle in which every id is as short as a small school's program makes them."""
    parts = makers.school_rows(name, classes=1, pupils=2, mark=mark)
    text = {
        f"org-school-{mark}-0001": "1", f"class-{mark}-03-01": "c1", f"teacher-{mark}-0001": "t1",
        f"pupil-{mark}-01-0001": "p1", f"pupil-{mark}-01-0002": "p2",
    }  # fmt: skip
    return {
        file: [{column: text.get(cell, cell) for column, cell in row.items()} for row in rows]
        for file, rows in parts.items()
    }


def of_school(clerk: Person, school: Org, parts: Any, other: Person) -> Import:
    row = makers.staged(clerk, school, makers.bundle(parts))
    assert (row.state, row.counts["all"]["wrong"]) == ("read", 0), row.trouble
    if row.findings:
        agreed(row, clerk, other)
    done = written(row, clerk)
    assert done.state == "done", list(Job.objects.values("name", "reason"))
    return done


def test_two_schools_whose_short_ids_are_alike_stay_two(city: people.Cast) -> None:
    one, two = own_rows("a", city.school.name), own_rows("b", city.far_school.name)
    of_school(city.admin, city.school, one, city.city_staff)
    done = of_school(city.far_admin, city.far_school, two, city.city_staff)
    assert (done.written["classes"], done.written["persons"]) == (1, 3)
    made = SchoolClass.objects.filter(grade=3, number=1)
    assert sorted(made.values_list("school_id", flat=True)) == sorted(
        [city.school.id, city.far_school.id]
    )
    sources = PlaceSource.objects.filter(kind="class").values_list("source", flat=True)
    assert sorted(sources) == sorted(f"o{s.id}:c1" for s in (city.school, city.far_school))
    assert Person.objects.filter(id__in=PersonSource.objects.values("person_id")).count() == 6


def test_a_schools_own_file_again_changes_nothing(city: people.Cast) -> None:
    parts = own_rows("a", city.school.name)
    of_school(city.admin, city.school, parts, city.city_staff)
    again = makers.staged(city.admin, city.school, makers.bundle(parts))
    acts = {thing: set(again.counts[thing]) for thing in ("org", "class", "pupil", "staff")}
    assert set.union(*acts.values()) == {"same"}
    assert written(again, city.admin).written == {}


def test_a_class_that_moved_in_the_file_is_known_by_its_short_id(city: people.Cast) -> None:
    parts = own_rows("a", city.school.name)
    of_school(city.admin, city.school, parts, city.city_staff)
    parts["classes"][0] |= {"title": "4年级1班", "grades": "04"}
    done = of_school(city.admin, city.school, parts, city.city_staff)
    assert done.written == {"classes_changed": 1}


def test_another_schools_class_is_not_taken_by_its_long_id(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    parts = makers.school_rows(city.school.name, classes=1, mark="z")
    for row in (*parts["classes"], *parts["enrollments"]):
        for column in ("sourcedId", "classSourcedId"):
            if row.get(column) == "class-z-03-01":
                row[column] = "class-a-03-01"
    row = makers.staged(city.admin, city.school, makers.bundle(parts))
    assert row.counts["all"]["wrong"] == 1
    page = people.signed_in(city.admin).get(f"/roster/{row.id}").content.decode()
    assert "不在您管理的范围里" in page


NUMBER = "G330102201701010011"


def crossed(city: people.Cast) -> tuple[Import, PersonSource]:
    """A pupil of another school whom this school's list names."""
    brought(city, makers.school_rows("新城小学"))
    old = PersonSource.objects.get(source="pupil-a-01-0001")
    PersonSource.objects.filter(id=old.id).update(source=NUMBER)
    rows = [["1年级", "9班", "生a11", NUMBER, "学生", "", ""]]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    agreed(row, city.admin, city.city_staff)
    return written(row, city.admin), old


def test_who_came_from_another_school_is_that_schools_again_after_undoing(
    city: people.Cast,
) -> None:
    done, old = crossed(city)
    assert done.made["crossed"] == [[old.person_id, old.org_id, city.school.id]]
    undo_ask(import_id=done.id, who_id=city.admin.id)
    makers.work()
    assert refreshed(done).state == "undone"
    known = PersonSource.objects.get(source=NUMBER)
    assert (known.person_id, known.org_id) == (old.person_id, old.org_id)
    held = Membership.objects.get(person_id=old.person_id, until__isnull=True)
    assert held.school_class.school_id == old.org_id


def test_a_wrong_recognition_is_forgotten_with_its_import(city: people.Cast) -> None:
    of = people.school_class(city.school, grade=5, number=7)
    child = people.pupils(of, 1)[0]
    rows = [["五年级", "7班", child.name, "G330100009999", "学生", "", ""]]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    agreed(row, city.admin, city.city_staff)
    done = written(row, city.admin)
    assert PersonSource.objects.get(source="G330100009999").person_id == child.id
    undo_ask(import_id=done.id, who_id=city.admin.id)
    makers.work()
    assert not PersonSource.objects.filter(person_id=child.id).exists()
    assert Person.objects.filter(id=child.id, left_on__isnull=True).exists()


def test_an_import_is_told_once_however_often_its_job_runs(city: people.Cast) -> None:
    done = brought(city, makers.school_rows("新城小学"))
    job = Job.objects.get(key=f"roster.write:{done.id}-1")
    Job.objects.filter(id=job.id).update(state=Job.State.WAITING, tries=0)
    before = Person.objects.count()
    makers.work()
    assert Person.objects.count() == before
    assert Entry.objects.filter(act="roster.imported", object_id=done.id).count() == 1
    assert Event.objects.filter(verb="roster.written", object_id=done.id).count() == 1


def test_what_undoing_needs_goes_with_it_and_is_told(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    done = brought(
        city, makers.school_rows("新城小学", pupils=6, renamed={"pupil-a-01-0001": "新"})
    )
    assert Step.objects.filter(of=done).count() == 1
    undo_ask(import_id=done.id, who_id=city.city_staff.id)
    makers.work()
    assert not Step.objects.filter(of=done).exists()
    line = Entry.objects.get(act="roster.undone", object_id=done.id)
    assert (line.actor_id, line.school_id) == (city.city_staff.id, city.city.id)
    event = Event.objects.filter(verb="roster.written", object_id=done.id).latest("id")
    assert event.result["undone"] == 1

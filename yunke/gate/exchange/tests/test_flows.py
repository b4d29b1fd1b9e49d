"""What happens to a school's people over the years: promotions, transfers, second thoughts."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now, today
from yunke.base.jobs import JobRefused
from yunke.base.trouble import Refused
from yunke.gate.exchange.actions.forget import imports_tidy
from yunke.gate.exchange.actions.stage import roster_read_again
from yunke.gate.exchange.actions.undo import undo_ask
from yunke.gate.exchange.actions.upload import import_begin, import_write_ask
from yunke.gate.exchange.actions.write import Comparison
from yunke.gate.exchange.models import Import, PersonSource, Step
from yunke.gate.exchange.reads.folder import folder_of
from yunke.gate.exchange.tests import makers
from yunke.gate.exchange.tests.test_import import agreed, picture, written
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Card, Guardianship, Membership, Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def brought(city: people.Cast, parts: Any, **more: Any) -> Import:
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts, **more))
    assert row.state == "read", row.trouble
    return written(row, city.city_staff)


def test_a_new_year_moves_every_class_up_and_can_be_taken_back(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学", grade=3)
    brought(city, parts)
    school = Org.objects.get(name="新城小学")
    before = picture(school)
    for row in parts["classes"]:
        row["title"] = row["title"].replace("3年级", "4年级")
        row["grades"] = "04"
    done = brought(city, parts)
    assert done.written == {"classes_changed": 2}
    assert set(SchoolClass.objects.filter(school=school).values_list("grade", flat=True)) == {4}
    undo_ask(import_id=done.id, who_id=city.city_staff.id)
    makers.work()
    assert picture(school) == before


def test_a_whole_school_goes_up_without_two_classes_in_one_place(city: people.Cast) -> None:
    low, high = (makers.school_rows("新城小学", grade=g, classes=1, mark=f"g{g}") for g in (3, 4))
    for row in (*high["orgs"], *high["classes"], *high["roles"]):
        for name in ("schoolSourcedId", "orgSourcedId", "sourcedId"):
            if row.get(name) == "org-school-g4-0001":
                row[name] = "org-school-g3-0001"
    high["orgs"] = []
    both = makers.joined(low, high)
    brought(city, both)
    for row in both["classes"]:
        grade = int(row["grades"]) + 1
        row["grades"], row["title"] = f"{grade:02}", f"{grade}年级1班"
    done = brought(city, both)
    assert done.written == {"classes_changed": 2}
    school = Org.objects.get(name="新城小学")
    rows = SchoolClass.objects.filter(school=school).order_by("id").values_list("grade", "number")
    assert list(rows) == [(4, 1), (5, 1)]


def test_a_pupil_changes_class_and_the_old_tie_ends(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学")
    brought(city, parts)
    pupil = "pupil-a-01-0001"
    for tie in parts["enrollments"]:
        if tie["userSourcedId"] == pupil:
            tie["classSourcedId"] = "class-a-03-02"
    done = brought(city, parts)
    assert done.written == {"ties": 1, "ties_ended": 1}
    person = PersonSource.objects.get(source=pupil).person_id
    ties = Membership.objects.filter(person_id=person).order_by("id")
    assert [tie.until for tie in ties] == [today(), None]
    assert ties[1].school_class.number == 2


def test_to_and_fro_on_one_day_takes_the_old_tie_up_again(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学")
    brought(city, parts)
    gone = makers.school_rows("新城小学", skip=("pupil-a-01-0001",))
    assert brought(city, gone).written == {"persons_left": 1, "ties_ended": 1}
    back = brought(city, parts)
    assert back.written == {"persons_back": 1, "ties": 1}
    person = PersonSource.objects.get(source="pupil-a-01-0001").person_id
    assert Membership.objects.filter(person_id=person).count() == 1
    assert Person.objects.get(id=person).left_on is None


def test_a_delta_touches_only_what_it_names(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    small = makers.school_rows("新城小学", classes=1, pupils=2)
    small["users"] = [row for row in small["users"] if row["sourcedId"] == "pupil-a-01-0002"]
    small["users"][0]["status"] = "tobedeleted"
    small["enrollments"] = []
    row = makers.staged(city.city_staff, city.city, makers.bundle(small, mode="delta"))
    assert row.counts["pupil"] == {"gone": 1}
    done = written(row, city.city_staff)
    assert done.written["persons_left"] == 1
    assert Person.objects.filter(left_on__isnull=False).count() == 1


def test_a_bundle_of_1_1_has_its_roles_with_the_users(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学")
    roles = {row["userSourcedId"]: row["role"] for row in parts.pop("roles")}
    for user in parts["users"]:
        user |= {"role": roles[user["sourcedId"]], "orgSourcedIds": "org-school-a-0001"}
    done = brought(city, parts, version="1.1")
    assert done.written["persons"] == 12


def test_teachers_get_their_subject_and_the_head_its_class(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学", classes=1)
    parts["enrollments"][0]["metadata.yunke.subject"] = "数学"
    brought(city, parts)
    teacher = PersonSource.objects.get(source="teacher-a-0001").person_id
    ties = Membership.objects.filter(person_id=teacher).values_list("role", "subject")
    assert sorted(ties) == [("head_teacher", ""), ("teacher", "maths")]


def test_guardians_are_counted_and_not_kept(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学", classes=1)
    parts["users"].append({"sourcedId": "parent-0001", "givenName": "大", "familyName": "王"})
    parts["roles"].append(
        {"userSourcedId": "parent-0001", "role": "parent", "roleType": "primary",
         "orgSourcedId": "org-school-a-0001"}
    )  # fmt: skip
    assert brought(city, parts).written["persons"] == 6
    assert not Guardianship.objects.exclude(
        guardian__in=[city.guardian, city.far_guardian]
    ).exists()


def test_an_account_in_use_survives_the_undoing_and_is_told(city: people.Cast) -> None:
    done = brought(city, makers.school_rows("新城小学"))
    used = PersonSource.objects.get(source="pupil-a-01-0001").person_id
    Card.objects.create(person_id=used, token_hash="x" * 64)
    undo_ask(import_id=done.id, who_id=city.city_staff.id)
    makers.work()
    done.refresh_from_db()
    assert ["person", used, used, "used"] in done.undone["kept"]
    assert done.undone["counts"]["persons_gone"] == 9
    assert done.undone["counts"]["persons_closed"] == 2
    assert Person.objects.filter(id=used, left_on__isnull=True).exists()
    assert Membership.objects.filter(person_id=used, until__isnull=True).count() == 1
    assert PersonSource.objects.filter(person_id=used).exists()
    client = people.signed_in(city.city_staff)
    assert "留着没动" in client.get(f"/roster/{done.id}").content.decode()


def test_undone_then_brought_in_again_is_whole_again(city: people.Cast) -> None:
    parts = makers.school_rows("新城小学")
    done = brought(city, parts)
    undo_ask(import_id=done.id, who_id=city.city_staff.id)
    makers.work()
    again = brought(city, parts)
    assert again.written["persons"] == 10
    assert again.written["persons_back"] == 2
    assert again.written["classes_changed"] == 2
    school = Org.objects.get(name="新城小学")
    active = Membership.objects.filter(school_class__school=school, until__isnull=True)
    assert active.count() == 12


def test_a_change_since_the_preview_takes_the_whole_import_back(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    parts = makers.school_rows("新城小学", renamed={"pupil-a-01-0001": "新名"}, pupils=6)
    row = makers.staged(city.city_staff, city.city, makers.bundle(parts))
    person = PersonSource.objects.get(source="pupil-a-01-0001").person_id
    Person.objects.filter(id=person).update(name="别人改的")
    before = Person.objects.count()
    import_write_ask(import_id=row.id, who_id=city.city_staff.id)
    makers.work()
    row.refresh_from_db()
    assert (row.state, row.trouble["code"]) == ("read", "clash")
    assert Person.objects.count() == before
    roster_read_again(row.id, {})
    makers.work()
    row.refresh_from_db()
    assert written(row, city.city_staff).state == "done"


def test_two_imports_of_one_office_wait_for_each_other(city: people.Cast) -> None:
    makers.begun(city.admin, city.school, makers.csv_bytes([makers.pupil_row(1)]))
    with pytest.raises(Refused):
        makers.begun(city.admin, city.school, makers.csv_bytes([makers.pupil_row(1)]))


def test_short_numbers_of_two_schools_are_two_people(city: people.Cast) -> None:
    rows = [["1年级", "9班", "甲", "0001", "学生", "", ""]]
    far = [["1年级", "9班", "乙", "0001", "学生", "", ""]]
    for clerk, school, lines in (
        (city.admin, city.school, rows), (city.far_admin, city.far_school, far),
    ):  # fmt: skip
        row = makers.staged(clerk, school, makers.csv_bytes(lines))
        assert [one["code"] for one in row.findings if one["code"] == "crossing"] == []
        agreed(row, clerk, city.city_staff)
        written(row, clerk)
    sources = PersonSource.objects.order_by("source").values_list("source", flat=True)
    assert list(sources) == [f"o{s.id}:0001" for s in (city.school, city.far_school)]
    assert Person.objects.filter(name__in=("甲", "乙")).count() == 2


def test_a_pupil_of_another_school_comes_only_with_a_second_person(city: people.Cast) -> None:
    number = "G330102201701010011"
    brought(city, makers.school_rows("新城小学"))
    old = PersonSource.objects.get(source="pupil-a-01-0001")
    PersonSource.objects.filter(id=old.id).update(source=number)
    rows = [["1年级", "9班", "生a11", number, "学生", "", ""]]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    assert "crossing" in [one["code"] for one in row.findings]
    with pytest.raises(Refused):
        import_write_ask(import_id=row.id, who_id=city.admin.id)
    agreed(row, city.admin, city.city_staff)
    written(row, city.admin)
    held = Membership.objects.filter(person_id=old.person_id, until__isnull=True)
    assert [tie.school_class.school_id for tie in held] == [city.school.id]
    assert PersonSource.objects.get(source=number).org_id == city.school.id


def test_accounts_from_before_are_recognised_by_name_and_class(city: people.Cast) -> None:
    of = people.school_class(city.school, grade=5, number=7)
    children = people.pupils(of, 3)
    rows = [
        ["五年级", "7班", child.name, f"G33010000{n:04}", "学生", "", ""]
        for n, child in enumerate(children)
    ]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    assert row.counts["pupil"] == {"changed": 3, "gone": 6}
    agreed(row, city.admin, city.city_staff)
    written(row, city.admin)
    known = PersonSource.objects.order_by("source").values_list("person_id", flat=True)
    assert list(known) == [child.id for child in children]


def test_our_own_numbers_name_their_accounts_even_of_two_with_one_name(city: people.Cast) -> None:
    of = people.school_class(city.school, grade=5, number=7)
    children = people.pupils(of, 4)
    Person.objects.filter(id__in=[one.id for one in children[:2]]).update(name="何梦洁")
    names = ["何梦洁", "何梦洁", children[2].name + "然", children[3].name]
    rows = [
        ["五年级", "7班", name, f"yunke-person-{child.id}", "学生", "", ""]
        for name, child in zip(names, children, strict=True)
    ]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows))
    assert row.counts["pupil"] == {"changed": 4, "gone": 6}
    stranger = [["五年级", "7班", "谁", f"yunke-person-{city.far_pupil.id}", "学生", "", ""]]
    row = makers.staged(city.admin, city.school, makers.csv_bytes(rows + stranger))
    assert row.counts["pupil"] == {"changed": 4, "gone": 6, "new": 1}, "not ours"


def test_leavers_have_an_event_each(city: people.Cast) -> None:
    brought(city, makers.school_rows("新城小学"))
    brought(city, makers.school_rows("新城小学", skip=("pupil-a-01-0001",)))
    left = PersonSource.objects.get(source="pupil-a-01-0001").person_id
    assert Event.objects.filter(verb="person.left", subject_id=left).count() == 1


def test_steps_and_files_go_when_they_are_old(city: people.Cast) -> None:
    row = makers.staged(city.admin, city.school, makers.csv_bytes([makers.pupil_row(1)]))
    done = brought(city, makers.school_rows("新城小学"))
    Step.objects.create(
        of=done, made_at=now() - timedelta(days=31), table="person", row_id=1, before={}, after={}
    )
    Import.objects.filter(id=row.id).update(made_at=now() - timedelta(days=8))
    assert folder_of(row.id).exists()
    assert imports_tidy() == 1
    assert not folder_of(row.id).exists()
    assert not Step.objects.filter(made_at__lt=now() - timedelta(days=30)).exists()
    row.refresh_from_db()
    with pytest.raises(JobRefused):
        Comparison(row)
    assert not folder_of(done.id).exists()


def test_after_thirty_days_nothing_is_undone(city: people.Cast) -> None:
    done = brought(city, makers.school_rows("新城小学"))
    Import.objects.filter(id=done.id).update(done_at=now() - timedelta(days=31))
    with pytest.raises(Refused):
        undo_ask(import_id=done.id, who_id=city.city_staff.id)


def test_the_later_import_is_undone_first(city: people.Cast) -> None:
    first = brought(city, makers.school_rows("新城小学"))
    brought(city, makers.school_rows("新城小学", pupils=6))
    with pytest.raises(Refused):
        undo_ask(import_id=first.id, who_id=city.city_staff.id)


def test_names_of_files_are_kept_short_and_plain(city: people.Cast) -> None:
    number = import_begin(
        who_id=city.admin.id, org_id=city.school.id, name="..\\a/\u202eevil\n.csv", chunks=[b"x"]
    )
    assert Import.objects.get(id=number).name == "evil.csv"


def test_a_counsellor_has_no_way_in(city: people.Cast) -> None:
    somebody = people.staff(city.school, Role.COUNSELLOR)
    client = people.signed_in(somebody)
    for path in ("/roster", "/roster/export", "/roster/example/csv"):
        assert client.get(path).status_code == 404

"""The first day, from an empty server to a lesson that a pupil sees."""

import io
from datetime import date, timedelta

import pyotp
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunke.base.clock import monday, today
from yunke.base.kept import forget_all
from yunke.craft.formats.sheet import sheet_xlsx
from yunke.ground.audit.models import Entry
from yunke.ground.people.actions.orgs import setup_code
from yunke.ground.people.actions.roster import roster_ids, roster_write
from yunke.ground.people.actions.second import second_factor_secret
from yunke.ground.people.models import Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.ground.people.values import (
    ClassRow,
    Kind,
    MembershipRow,
    PersonRow,
    Role,
    Roster,
)
from yunke.school.lessons.tests import makers as lessons
from yunke.school.timetable.models import Bell, Slot
from yunke.site.first_day import steps_of

pytestmark = pytest.mark.django_db
CITY = {
    "city": "云州市教育局", "city_en": "Yunzhou", "name": "周文员", "login": "zhou.wen",
    "password": "lake-river-99",
}  # fmt: skip


def opened() -> Client:
    """The city opened, its first clerk signed in with a second factor."""
    client = Client()
    answer = client.post("/first-day", {**once(), **CITY, "code": setup_code()})
    assert (answer.status_code, answer["Location"]) == (303, "/account/second")
    page = client.get("/account/second")
    sealed = page.context["sealed"]
    code = pyotp.TOTP(second_factor_secret(sealed)).now()
    assert client.post("/account/second", {"sealed": sealed, "code": code}).status_code == 303
    return client


def states(client: Client) -> dict[str, str]:
    forget_all()
    return {step.key: step.state for step in client.get("/first-day").context["steps"]}


def a_roster(school: Org) -> SchoolClass:
    """A small roster as the import writes it: a class, two pupils, a head teacher of Chinese."""
    ids, day = roster_ids(), today() - timedelta(days=1)
    child, other, head = (ids.person + n for n in range(3))
    roster_write(
        Roster(
            classes=[ClassRow(ids.school_class, school.id, 1, 1, "一年级1班", "KQ2345", "G1 C1")],
            persons=[
                PersonRow(child, "s0001", "林小雨", Kind.PUPIL, animal="cat"),
                PersonRow(other, "s0002", "许小川", Kind.PUPIL, animal="dog"),
                PersonRow(head, "t0001", "李老师", Kind.STAFF),
            ],
            memberships=[
                MembershipRow(child, ids.school_class, Role.PUPIL, day),
                MembershipRow(other, ids.school_class, Role.PUPIL, day),
                MembershipRow(head, ids.school_class, Role.TEACHER, day, "chinese"),
                MembershipRow(head, ids.school_class, Role.HEAD_TEACHER, day),
            ],
        )
    )
    return SchoolClass.objects.get(id=ids.school_class)


def test_from_an_empty_server_to_a_lesson_that_a_pupil_sees() -> None:
    stranger = Client()
    assert stranger.get("/")["Location"] == "/first-day"
    clerk = opened()
    assert states(clerk)["city"] == "done"
    clerk.post("/schools/county", {**once(), "name": "河东县教育局"})
    county = Org.objects.get(level="county")
    clerk.post("/schools/new", {**once(), "name": "银杏路小学", "county": county.id})
    school = Org.objects.get(level="school")
    assert states(clerk)["schools"] == "now"
    made = clerk.post(f"/schools/{school.id}/clerk", {"name": "马管理", "login": "ma.admin"})
    assert made.context["made"] in made.content.decode()
    assert states(clerk)["schools"] == "done"
    of = a_roster(school)
    assert states(clerk)["roster"] == "done"
    first = monday(today()) - timedelta(weeks=2)
    term = {"name": "第一学期", "first": first, "last": first + timedelta(weeks=18)}
    assert clerk.post("/terms/save", {**once(), **term}).status_code == 303
    bells = {"starts-1": "08:20", "ends-1": "09:00", "starts-2": "09:10", "ends-2": "09:50"}
    assert clerk.post("/bells", {**once(), **bells}).status_code == 303
    assert {states(clerk)[key] for key in ("terms", "bells")} == {"done"}
    admin = signed_in(Person.objects.get(login="ma.admin"))
    cells = (
        "班级\t星期\t节次\t学科\t教师\n一年级1班\t周一\t1\t语文\t李老师\n一年级1班\t周二\t2\t数学\t"
    )
    seen = admin.post("/timetable/import", {"cells": cells})
    assert (seen.context["count"], seen.context["bad"]) == (2, 0)
    written = admin.post("/timetable/write", {**once(), "kept": seen.context["kept"]})
    assert written.status_code == 303
    assert states(clerk)["week"] == "done"
    teacher = Person.objects.get(login="t0001")
    lesson = lessons.taught(teacher, grade=1)
    day = today()
    air = {"grade": 1, "lesson": lesson.id, "day": day, "period": 2}
    assert clerk.post("/onair/plan", {**once(), **air}).status_code == 303
    assert states(clerk)["lesson"] == "done"
    head = signed_in(teacher)
    assert head.post(f"/class/{of.id}/cards/print", {"which": "all"}).status_code == 200
    assert set(states(clerk).values()) == {"done"}
    assert "都好了" in clerk.get("/first-day").content.decode()
    child = signed_in(Person.objects.get(login="s0001"))
    assert f"/lesson/{lesson.id}" in child.get("/today").content.decode()
    assert "李老师" in child.get("/week").content.decode()


def test_the_code_opens_once_and_only_the_right_one() -> None:
    code = setup_code()
    assert len(code) == 10
    for wrong in ("", "AAAAA AAAAA", code[:-1]):
        assert Client().post("/first-day", {**CITY, "code": wrong}).status_code == 422
    assert not Org.objects.exists()
    typed = f"{code[:5].lower()} {code[5:]}"
    assert Client().post("/first-day", {**CITY, "code": typed}).status_code == 303
    assert setup_code() == ""
    assert Client().post("/first-day", {**CITY, "code": code}).status_code == 404
    assert Org.objects.filter(level="city").count() == 1
    assert Entry.objects.filter(object_kind="org").count() == 1


def test_guessing_the_code_stops() -> None:
    for _ in range(21):
        last = Client().post("/first-day", {**CITY, "code": "AAAAAAAAAA"})
    assert "分钟" in last.content.decode()
    right = Client().post("/first-day", {**CITY, "code": setup_code()})
    assert right.status_code == 422, "even the right one waits"


@pytest.mark.parametrize(
    "wrong",
    [{"password": "12345"}, {"password": "aaaaaaaa"}, {"city": " "}, {"name": ""}, {"login": "a"}],
)
def test_a_poor_first_form_is_refused_and_keeps_what_was_typed(wrong: dict[str, str]) -> None:
    answer = Client().post("/first-day", {**CITY, **wrong, "code": setup_code()})
    assert answer.status_code == 422
    assert not Org.objects.exists()
    if "city" not in wrong:
        assert CITY["city"] in answer.content.decode()


def test_without_its_second_factor_the_clerk_is_at_the_first_step() -> None:
    client = Client()
    client.post("/first-day", {**once(), **CITY, "code": setup_code()})
    found = states(client)
    assert found["city"] == "now"
    assert set(found.values()) == {"now", "later"}


def test_who_sees_the_guide() -> None:
    cast = people.cast()
    assert Client().get("/first-day").status_code == 302
    for who in (cast.pupil, cast.guardian, cast.teacher):
        assert signed_in(who).get("/first-day").status_code == 404
    for who in (cast.city_staff, cast.admin):
        assert signed_in(who).get("/first-day").status_code == 200


def test_a_schools_clerk_sees_its_own_school_and_what_was_handed_over() -> None:
    cast = people.cast()
    city = signed_in(cast.city_staff)
    path = f"/schools/{cast.school.id}/errand"
    assert city.post(path, {**once(), "step": "cards", "to": cast.admin.id}).status_code == 303
    assert city.post(path, {**once(), "step": "cards", "to": cast.far_admin.id}).status_code == 422
    assert city.post(path, {**once(), "step": "magic", "to": cast.admin.id}).status_code == 422
    page = signed_in(cast.admin).get("/first-day").content.decode()
    assert "交给你的" in page
    assert cast.far_school.name not in page
    assert "已交给 校管理员" in city.get("/first-day").content.decode()
    assert "city" not in states(signed_in(cast.admin))


def test_schools_are_added_by_their_own_office_only() -> None:
    cast = people.cast()
    county = people.staff(cast.county, Role.COUNTY_STAFF)
    other = people.org("county", "河西县", cast.city)
    told = {"name": "新小学", "county": cast.county.id}
    assert signed_in(county).post("/schools/new", {**once(), **told}).status_code == 303
    wrong = {**told, "county": other.id}
    assert signed_in(county).post("/schools/new", {**once(), **wrong}).status_code == 404
    assert signed_in(county).post("/schools/county", {**once(), "name": "x"}).status_code == 404
    for who in (cast.admin, cast.teacher, cast.pupil):
        for path in ("/schools", "/schools/new", "/schools/county", "/schools/1/clerk"):
            assert signed_in(who).post(path, {**once(), **told}).status_code in {404, 405}
    again = signed_in(county).post("/schools/new", {**once(), **told})
    assert again.status_code == 422, "one name once"


def test_a_clerks_login_is_taken_once() -> None:
    cast = people.cast()
    city = signed_in(cast.city_staff)
    path = f"/schools/{cast.school.id}/clerk"
    assert city.post(path, {"name": "新人", "login": "xin.ren"}).status_code == 200
    for login in ("xin.ren", "a", "有 空格"):
        assert city.post(path, {"name": "新人", "login": login}).status_code == 422
    assert Person.objects.filter(login="xin.ren").count() == 1
    there = people.cast()
    assert signed_in(there.city_staff).post(path, {"name": "x", "login": "xxxx"}).status_code == 404


def test_a_school_leaves_by_page() -> None:
    cast = people.cast()
    path = f"/schools/{cast.far_school.id}/leave"
    assert (
        signed_in(cast.city_staff).post(path, {**once(), "reason": "并入邻市"}).status_code == 303
    )
    page = signed_in(cast.city_staff).get("/schools").content.decode()
    assert cast.far_school.name not in page
    assert signed_in(cast.far_pupil).get("/today").status_code == 302


SHEET = "班级,星期,节次,学科,教师\n一年级1班,1,第一节,语文,任课老师\n"


def sheet(text: bytes, name: str = "课表.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text)


def a_school() -> people.Cast:
    cast = people.cast()
    SchoolClass.objects.filter(id=cast.one.id).update(name="一年级1班")
    from yunke.school.timetable.tests import makers as timetable  # noqa: PLC0415

    timetable.term(cast.city)
    return cast


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_timetable_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    cast = a_school()
    told = {"file": sheet(SHEET.encode(encoding))}
    answer = signed_in(cast.admin).post("/timetable/import", told)
    assert (answer.context["count"], answer.context["bad"]) == (1, 0)


def test_a_timetable_as_xlsx() -> None:
    cast = a_school()
    rows = [["一年级1班", "周三", "3", "美术", "任课老师"]]
    book = io.BytesIO()
    sheet_xlsx(book, ["班级", "星期", "节次", "学科", "教师"], rows)
    told = {"file": sheet(book.getvalue(), "课表.xlsx")}
    answer = signed_in(cast.admin).post("/timetable/import", told)
    assert answer.context["count"] == 1
    assert answer.context["good"][0].subject == "art"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("二年级9班,1,1,语文,", "class"), ("一年级1班,周八,1,语文,", "weekday"),
        ("一年级1班,周一,十三,语文,", "period"), ("一年级1班,周一,1,炼金,", "subject"),
        ("一年级1班,周一,1,语文,无此人", "teacher"), ("一年级1班,1,1,数学,", "twice"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_and_left_out(row: str, wrong: str) -> None:
    cast = a_school()
    told = {"file": sheet((SHEET + row + "\n").encode())}
    answer = signed_in(cast.admin).post("/timetable/import", told)
    lines = [line["l"] for line in answer.context["wrong"]]
    assert [(line.line, line.wrong) for line in lines] == [(3, wrong)]
    admin = signed_in(cast.admin)
    admin.post("/timetable/write", {**once(), "kept": answer.context["kept"]})
    assert Slot.objects.count() == 1


@pytest.mark.parametrize(
    "body", [b"", b"a,b,c\n1,2,3\n", b"\xff\xfe\x00", '班级,星期,节次,学科\n"x,1,1\n'.encode()]
)
def test_a_sheet_that_cannot_be_read_says_why(body: bytes) -> None:
    cast = a_school()
    answer = signed_in(cast.admin).post("/timetable/import", {"file": sheet(body)})
    assert answer.status_code == 422
    assert answer.context["why"]
    broken = signed_in(cast.admin).post("/timetable/import", {"file": sheet(b"PK", "x.xlsx")})
    assert broken.status_code == 422


def test_another_schools_class_is_no_class_here() -> None:
    cast = a_school()
    SchoolClass.objects.filter(id=cast.far.id).update(name="远方1班")
    told = {"file": sheet("班级,星期,节次,学科\n远方1班,1,1,语文\n".encode())}
    answer = signed_in(cast.admin).post("/timetable/import", told)
    assert answer.context["count"] == 0
    kept = signed_in(cast.far_admin).post("/timetable/write", {**once(), "kept": "x:y:z"})
    assert kept.status_code == 422, "a form that nobody signed"
    ours = signed_in(cast.admin).post("/timetable/import", {"file": sheet(SHEET.encode())})
    signed_in(cast.far_admin).post("/timetable/write", {**once(), "kept": ours.context["kept"]})
    assert not Slot.objects.exists(), "our rows do not land in another school's hands"


def test_a_lesson_goes_on_air_on_a_day_of_school_only() -> None:
    cast = people.cast()
    client = signed_in(cast.city_staff)
    lesson = lessons.taught(cast.teacher, grade=1)
    told = {"grade": 1, "lesson": lesson.id, "day": today(), "period": 1}
    assert client.post("/onair/plan", {**once(), **told}).status_code == 422, "no bells yet"
    Bell.objects.create(org_id=cast.city.id, period=1, starts="08:20", ends="09:00")
    past = {**told, "day": date(2020, 1, 6)}
    assert client.post("/onair/plan", {**once(), **past}).status_code == 422
    assert client.post("/onair/plan", {**once(), **told, "lesson": 99999}).status_code == 404
    assert client.post("/onair/plan", {**once(), **told}).status_code == 303
    assert signed_in(cast.admin).get("/onair/plan").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "第一天"), ("en", "First day")])
def test_the_guide_speaks_both_languages(language: str, word: str) -> None:
    cast = people.cast()
    client = signed_in(cast.city_staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for path in ("/first-day", "/schools", "/bells", "/onair/plan"):
        assert client.get(path).status_code == 200
    assert word in client.get("/first-day").content.decode()


def test_the_guide_costs_the_same_for_two_schools_and_twenty(
    django_assert_max_num_queries: object,
) -> None:
    cast = people.cast()
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def cost() -> int:
        forget_all()
        with CaptureQueriesContext(connection) as made:
            steps_of(people.who(cast.city_staff))
        return len(made.captured_queries)

    few = cost()
    for n in range(18):
        people.pupil(people.school_class(people.org("school", f"小学{n}", cast.county)))
    assert abs(cost() - few) <= 2

"""The clerk's pages for life cases: a few taps, a receipt, and never another school's people."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from yunke.base.clock import now, today
from yunke.base.jobs import Held
from yunke.ground.audit.door import seconds_waiting
from yunke.ground.audit.models import Entry
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.actions.freeze import person_freeze
from yunke.ground.people.actions.unused import unused_report
from yunke.ground.people.jobs import unused
from yunke.ground.people.models import Card, Change, Membership, Move, Person, Session, Unused
from yunke.ground.people.reads.life import moves_of
from yunke.ground.people.rules.undo import FINAL
from yunke.ground.people.tests import life, makers
from yunke.ground.people.tests.makers import PASSWORD, Cast, signed_in
from yunke.ground.people.tests.test_sign_in import by_password, is_in
from yunke.ground.people.values import Kind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def send(who: Person, path: str, **told: object) -> int:
    values = {name.rstrip("_"): str(value) for name, value in told.items()}
    return signed_in(who).post(path, {**makers.once(), **values}).status_code


def decide(number: int, who: Person, *, given: bool = True) -> None:
    from yunke.ground.audit.door import second_decide  # noqa: PLC0415

    second_decide(id=number, who_id=who.id, given=given, reason="不行")


def test_the_page_of_a_pupil_offers_what_life_brings(cast: Cast) -> None:
    page = signed_in(cast.admin).get(f"/people/person/{cast.pupil.id}").content.decode()
    for words in ("换班、留级", "按法院决定解除", "先停用账户", "转到另一所学校", "离校"):
        assert words in page
    page = signed_in(cast.admin).get(f"/people/person/{cast.teacher.id}").content.decode()
    assert "请假，请人代课" in page
    assert "换班、留级" not in page


def test_a_class_change_by_page_has_its_receipt_and_its_undo(cast: Cast) -> None:
    admin, key = signed_in(cast.admin), makers.once()
    path = f"/people/person/{cast.pupil.id}/class"
    told = {**key, "class": cast.other.id, "day": today().isoformat()}
    first, second = admin.post(path, told), admin.post(path, told)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["X-Receipt"] == second["X-Receipt"]
    assert Change.objects.count() == 1
    kept = Change.objects.get()
    assert f"/people/changes/{kept.id}/undo" in admin.get("/people/changes").content.decode()
    assert send(cast.admin, f"/people/changes/{kept.id}/undo") == 303
    assert Membership.objects.filter(person=cast.pupil, school_class=cast.one, until=None).exists()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("person/{pupil}/class", {"class": "0"}),
        ("person/{pupil}/class", {"class": "{far}"}),
        ("person/{pupil}/class", {"class": "{other}", "day": "2026-99-99"}),
        ("person/{pupil}/class", {"class": "{other}", "day": "2020-01-01"}),
        ("person/{teacher}/substitute", {"to": "{far_teacher}"}),
        ("person/{teacher}/substitute", {"to": "nobody"}),
        ("person/{teacher}/freeze", {"reason": "  "}),
        ("person/{admin}/freeze", {"reason": "me"}),
        ("person/{pupil}/born", {"born": "yesterday"}),
        ("person/{pupil}/born", {"born": "1950-01"}),
        ("class/{one}/head", {"to": "{pupil}"}),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(
    cast: Cast, path: str, told: dict[str, str]
) -> None:
    names = {
        name: getattr(cast, name).id
        for name in ("pupil", "teacher", "admin", "one", "other", "far", "far_teacher")
    }
    values = {key: value.format(**names) for key, value in told.items()}
    answer = signed_in(cast.admin).post(
        f"/people/{path.format(**names)}", {**makers.once(), **values}
    )
    assert answer.status_code == 422
    assert not Change.objects.exists()


LIFE = (
    "/people/person/{}/class", "/people/person/{}/substitute", "/people/person/{}/freeze",
    "/people/person/{}/unfreeze", "/people/person/{}/unfreeze/ask", "/people/person/{}/born",
    "/people/person/{}/duty", "/people/person/{}/password/ask", "/people/person/{}/leave",
    "/people/person/{}/ties/1/end", "/people/person/{}/guardians/1/court",
    "/people/person/{}/guardians/1/until",
)  # fmt: skip


@pytest.mark.parametrize("path", LIFE)
def test_only_the_own_schools_administrator_gets_there(cast: Cast, path: str) -> None:
    for person in (cast.pupil, cast.teacher):
        for who in (
            cast.far_admin, cast.head, cast.teacher, cast.guardian, cast.pupil, cast.city_staff
        ):  # fmt: skip
            assert send(who, path.format(person.id), reason="x") == 404
    assert not Change.objects.exists()


def test_class_pages_are_the_own_schools_only(cast: Cast) -> None:
    for path in (f"/people/class/{cast.one.id}/head", f"/people/class/{cast.one.id}/devices"):
        assert send(cast.far_admin, path, to=cast.far_teacher.id) == 404
        assert send(cast.head, path, to=cast.teacher.id) == 404
    assert send(cast.admin, f"/people/class/{cast.one.id}/devices") == 303
    assert send(cast.admin, f"/people/class/{cast.one.id}/head", to=cast.teacher.id) == 303
    page = signed_in(cast.admin).get(f"/people/class/{cast.one.id}").content.decode()
    assert "任课老师" in page


def test_an_accused_teacher_is_out_and_everything_stays(cast: Cast) -> None:
    laptop = signed_in(cast.teacher)
    rows = Membership.objects.filter(person=cast.teacher).count()
    assert send(cast.admin, f"/people/person/{cast.teacher.id}/freeze", reason="有人举报") == 303
    assert not is_in(laptop)
    assert by_password(Client(), cast.teacher.login, PASSWORD).status_code == 422
    assert Membership.objects.filter(person=cast.teacher).count() == rows
    line = Entry.objects.get(act="person.frozen")
    assert (line.subject_id, line.reason) == (cast.teacher.id, "有人举报")
    kept = Change.objects.get()
    assert kept.kind in FINAL
    assert send(cast.admin, f"/people/changes/{kept.id}/undo") == 422


def test_a_frozen_pupils_card_and_pictures_open_nothing(cast: Cast) -> None:
    token = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    person_freeze(
        actor_id=cast.admin.id, person=cast.pupil, school_id=cast.school.id, reason="查一查"
    )
    assert Client().post("/card", {"token": token}).status_code == 422
    assert Card.objects.filter(revoked_at=None).exists(), "the card itself stays"
    assert not is_in(signed_in(cast.pupil)), "nor does a session that comes into being"


def test_access_comes_back_by_two_people_only(cast: Cast) -> None:
    path = f"/people/person/{cast.teacher.id}"
    second = makers.staff(cast.school, Role.SCHOOL_ADMIN, "第二位")
    send(cast.admin, f"{path}/freeze", reason="有人举报")
    assert send(cast.admin, f"{path}/unfreeze", second=1) == 422
    assert send(cast.admin, f"{path}/unfreeze/ask", reason="") == 422
    assert send(cast.admin, f"{path}/unfreeze/ask", reason="查清了") == 303
    asked = seconds_waiting()[0]
    assert (asked.org_id, asked.about) == (cast.school.id, {"person": cast.teacher.id})
    assert send(cast.admin, f"{path}/unfreeze", second=asked.id) == 422
    decide(asked.id, second)
    page = signed_in(cast.admin).get(path).content.decode()
    assert "恢复账户" in page
    other = f"/people/person/{cast.other_teacher.id}"
    send(cast.admin, f"{other}/freeze", reason="x")
    assert send(cast.admin, f"{other}/unfreeze", second=asked.id) == 422, "another person's"
    assert send(second, f"{path}/unfreeze", second=asked.id) == 422, "who asked does it"
    assert send(cast.admin, f"{path}/unfreeze", second=asked.id) == 303
    assert is_in(signed_in(cast.teacher))


def test_a_refused_request_says_why(cast: Cast) -> None:
    path = f"/people/person/{cast.teacher.id}"
    send(cast.admin, f"{path}/freeze", reason="有人举报")
    send(cast.admin, f"{path}/unfreeze/ask", reason="查清了")
    decide(seconds_waiting()[0].id, cast.head, given=False)
    assert "不行" in signed_in(cast.admin).get(path).content.decode()


def test_a_colleague_of_two_places_gets_a_password_when_the_other_place_agrees(
    cast: Cast,
) -> None:
    somebody = life.of_two_places(cast)
    path = f"/people/person/{somebody.id}"
    admin = signed_in(cast.admin)
    assert admin.post(f"{path}/password").status_code == 422
    assert send(cast.admin, f"{path}/password/ask", reason="忘了") == 303
    asked = seconds_waiting()[0]
    assert asked.org_id == cast.far_school.id, "the other place decides"
    assert admin.post(f"{path}/password", {"second": asked.id}).status_code == 422
    decide(asked.id, cast.far_admin)
    answer = admin.post(f"{path}/password", {"second": asked.id})
    made = answer.context["made"]
    assert by_password(Client(), somebody.login, made).status_code == 303
    assert admin.post(f"{path}/password", {"second": asked.id}).status_code == 422, "once"


def test_one_place_needs_no_second_person(cast: Cast) -> None:
    path = f"/people/person/{cast.teacher.id}/password/ask"
    assert send(cast.admin, path, reason="x") == 422


def test_who_works_in_two_places_leaves_one_of_them(cast: Cast) -> None:
    somebody = life.of_two_places(cast)
    laptop = signed_in(somebody)
    assert send(cast.admin, f"/people/person/{somebody.id}/leave") == 303
    assert is_in(laptop)
    who = makers.who(somebody)
    assert who.roles == {Role.COUNSELLOR}
    assert Person.objects.get(id=somebody.id).left_on is None


def test_a_guardians_end_and_a_court_by_page(cast: Cast) -> None:
    tie = cast.guardian.wards.get()
    path = f"/people/person/{cast.pupil.id}/guardians/{tie.id}"
    day = (today() + timedelta(days=20)).isoformat()
    assert send(cast.admin, f"{path}/until", day=day) == 303
    tie.refresh_from_db()
    assert tie.until is not None
    assert send(cast.admin, f"{path}/court", reason="判决") == 303
    assert makers.who(cast.guardian).children == ()
    far = cast.far_guardian.wards.get()
    wrong = f"/people/person/{cast.pupil.id}/guardians/{far.id}/court"
    assert send(cast.admin, wrong, reason="x") == 404, "another child's guardian"


def test_a_month_of_birth_is_kept_as_a_month(cast: Cast) -> None:
    born = f"{today().year - 8}-09"
    assert send(cast.admin, f"/people/person/{cast.pupil.id}/born", born=born) == 303
    kept = Person.objects.get(id=cast.pupil.id).born_on
    assert kept is not None
    assert (kept.month, kept.day) == (9, 1)
    assert send(cast.admin, f"/people/person/{cast.teacher.id}/born", born=born) == 404


def ask(cast: Cast, who: Person, to: object, **more: str) -> int:
    told = {"number": cast.pupil.login, "name": cast.pupil.name, "class": to.id, **more}  # type: ignore[attr-defined]
    return signed_in(who).post("/people/moves", told).status_code


def test_a_pupil_moves_when_both_schools_say_so(cast: Cast) -> None:
    tablet, phone = signed_in(cast.pupil), signed_in(cast.guardian)
    assert ask(cast, cast.far_admin, cast.far) == 303
    move = Move.objects.get()
    assert move.from_school_id == cast.school.id
    assert cast.pupil.name in signed_in(cast.admin).get("/people/moves").content.decode()
    assert send(cast.far_admin, f"/people/moves/{move.id}/answer", answer="yes") == 404
    before = tablet.get("/account").wsgi_request.who.classes
    assert before[0].id == cast.one.id
    assert send(cast.admin, f"/people/moves/{move.id}/answer", answer="yes") == 303
    assert tablet.get("/account").wsgi_request.who.classes[0].id == cast.far.id
    assert phone.get(f"/child/{cast.pupil.id}").status_code == 200, "guardians stay bound"
    gone = f"/people/person/{cast.pupil.id}"
    assert signed_in(cast.admin).get(gone).status_code == 404
    assert signed_in(cast.far_admin).get(gone).status_code == 200
    kinds = Change.objects.values_list("school_id", "kind")
    assert set(kinds) == {(cast.school.id, "move"), (cast.far_school.id, "move")}


def test_asking_tells_nothing_about_who_exists(cast: Cast) -> None:
    """A wrong name, a number that nobody has, one's own pupil: one answer."""
    admin = signed_in(cast.far_admin)
    told = [
        {"number": cast.pupil.login, "name": "别人"},
        {"number": "s-nobody", "name": cast.pupil.name},
        {"number": cast.far_pupil.login, "name": cast.far_pupil.name},
        {"number": cast.teacher.login, "name": cast.teacher.name},
    ]
    texts = set()
    for one in told:
        answer = admin.post("/people/moves", {**one, "class": cast.far.id})
        assert answer.status_code == 422
        texts.add(answer.context["why"])
    assert len(texts) == 1
    assert not Move.objects.exists()


def test_guessing_numbers_stops_after_twenty(cast: Cast) -> None:
    admin = signed_in(cast.far_admin)
    for number in range(21):
        told = {"number": f"s{number}", "name": "x", "class": cast.far.id}
        last = admin.post("/people/moves", told)
    assert "分钟" in last.context["why"]
    assert ask(cast, cast.far_admin, cast.far) == 422, "even a right one waits"


def test_one_school_asks_at_a_time_and_may_take_it_back(cast: Cast) -> None:
    _third, there, third_admin = life.school_in(cast.county)
    assert ask(cast, cast.far_admin, cast.far) == 303
    assert ask(cast, third_admin, there) == 422
    move = Move.objects.get()
    assert send(third_admin, f"/people/moves/{move.id}/back") == 404
    assert send(cast.far_admin, f"/people/moves/{move.id}/back") == 303
    assert ask(cast, third_admin, there) == 303


def test_a_refusal_needs_its_reason_and_shows_it(cast: Cast) -> None:
    ask(cast, cast.far_admin, cast.far)
    move = Move.objects.get()
    path = f"/people/moves/{move.id}/answer"
    assert send(cast.admin, path, answer="no") == 422
    assert send(cast.admin, path, answer="no", reason="手续不全") == 303
    assert "手续不全" in signed_in(cast.far_admin).get("/people/moves").content.decode()
    assert send(cast.admin, path, answer="yes") == 422, "decided is decided"


def test_a_later_day_moves_later(cast: Cast) -> None:
    day = today() + timedelta(days=3)
    ask(cast, cast.far_admin, cast.far, day=day.isoformat())
    send(cast.admin, f"/people/moves/{Move.objects.get().id}/answer", answer="yes")
    ties = dict(Membership.objects.filter(person=cast.pupil).values_list("school_class", "since"))
    assert ties[cast.far.id] == day
    out, asked = moves_of(cast.school.id)
    assert (len(out), len(asked)) == (1, 0)


def old(person: Person, days: int = 100) -> None:
    Person.objects.filter(id=person.id).update(made_at=now() - timedelta(days=days))


def test_the_weekly_report_names_who_never_came(cast: Cast) -> None:
    for person in (cast.teacher, cast.pupil, cast.guardian, cast.head, cast.far_teacher):
        old(person)
    signed_in(cast.head)  # an act today
    signed_in(cast.pupil)
    Session.objects.filter(person=cast.pupil).update(seen_at=now() - timedelta(days=95))
    unused_report(cast.school.id, today())
    named = set(Unused.objects.values_list("person__name", flat=True))
    assert {"任课老师", "家长"} <= named
    assert not {"班主任", "校管理员", "远方老师"} & named, "used, too young, another school's"
    page = signed_in(cast.admin).get("/people/unused").content.decode()
    assert "任课老师" in page
    assert "任课老师" not in signed_in(cast.far_admin).get("/people/unused").content.decode()
    assert signed_in(cast.head).get("/people/unused").status_code == 404


def test_the_report_is_written_anew_and_on_mondays(cast: Cast) -> None:
    old(cast.teacher)
    held = Held(0, "people.unused", 0)
    held.progress = lambda stage, share: None  # type: ignore[method-assign]
    monday = today() - timedelta(days=today().weekday())
    unused(held, {"day": (monday + timedelta(days=1)).isoformat()})
    assert not Unused.objects.exists()
    unused(held, {"day": monday.isoformat()})
    unused(held, {"day": monday.isoformat()})
    assert Unused.objects.filter(person=cast.teacher).count() == 1


def costs(client: Client, path: str, count: object) -> int:
    client.get(path)
    with count() as made:  # type: ignore[operator]
        assert client.get(path).status_code == 200
    return len(made.captured_queries)


@pytest.mark.parametrize("path", ["/people/changes", "/people/moves", "/people/unused", "/people"])
def test_lists_cost_the_same_at_five_and_at_fifty(
    cast: Cast, path: str, django_assert_max_num_queries: object
) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    admin = signed_in(cast.admin)

    def fill(count: int) -> None:
        for child in makers.pupils(cast.one, count):
            Change.objects.create(
                kind="class", school_id=cast.school.id, person=child, actor_id=cast.admin.id,
                day=today(), steps=[["person", child.id, "x", 1, 2]],
            )  # fmt: skip
            Unused.objects.create(school_id=cast.school.id, person=child, reported_on=today())
            Move.objects.create(
                pupil=child, from_school=cast.school, to_class=cast.far,
                to_school=cast.far_school, day=today(), asked_by=cast.far_admin.id,
            )  # fmt: skip

    fill(5)
    few = costs(admin, path, lambda: CaptureQueriesContext(connection))
    fill(45)
    assert abs(costs(admin, path, lambda: CaptureQueriesContext(connection)) - few) <= 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages(cast: Cast, language: str) -> None:
    ask(cast, cast.far_admin, cast.far)
    send(cast.admin, f"/people/person/{cast.teacher.id}/freeze", reason="查一查")
    admin = signed_in(cast.admin)
    admin.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    words = {"en": ("Moves", "Changes", "Access is stopped"), "zh-hans": ("转学", "改动", "停用")}
    pages = ("/people/moves", "/people/changes", f"/people/person/{cast.teacher.id}")
    for path, word in zip(pages, words[language], strict=True):
        assert word in admin.get(path).content.decode()


def test_the_kinds_of_people_stay_kinds(cast: Cast) -> None:
    """A duty goes to staff only, whatever number the form names."""
    counsellor = makers.staff(cast.school, Role.COUNSELLOR)
    duty = counsellor.duties.get()
    path = f"/people/person/{counsellor.id}/duty"
    assert send(cast.admin, path, duty=duty.id, to=cast.pupil.id) == 422
    assert send(cast.admin, path, duty=999999, to=cast.teacher.id) == 404
    assert send(cast.admin, path, duty=duty.id, to=cast.teacher.id) == 303
    assert cast.pupil.kind == Kind.PUPIL
    assert Role.COUNSELLOR in makers.who(cast.teacher).roles

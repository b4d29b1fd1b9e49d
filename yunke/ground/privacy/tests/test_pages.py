"""The pages: who finds what, what they say, what they cost, in both languages."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import today
from yunke.ground.audit.door import (
    Act,
    audit_record,
    checkpoint_make,
    code_of,
    look_record,
    second_ask,
    second_of,
)
from yunke.ground.people.models import Duty, Guardianship, Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.people.values import Role
from yunke.ground.privacy.actions.copies import copy_write
from yunke.ground.privacy.actions.wishes import bulk_is_given, copy_ask, erase_ask
from yunke.ground.privacy.models import Wish

pytestmark = pytest.mark.django_db
OPEN = ("/privacy", "/privacy/children", "/privacy/kept")
HAN = re.compile(r"[一-鿿]")


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def seen_by(cast: Cast, *, times: int = 1, part: str = "class") -> None:
    for _ in range(times):
        look_record(
            reader_id=cast.head.id, role="head_teacher", part=part, part_id=cast.one.id,
            pupil_ids=[child.id for child in cast.pupils], school_id=cast.school.id,
        )  # fmt: skip


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def english(client: Client) -> Client:
    client.cookies["yunke_language"] = "en"
    return client


@pytest.mark.parametrize("path", OPEN)
def test_the_notices_are_open_and_speak_both_languages(path: str) -> None:
    assert HAN.search(text(Client(), path))
    told = text(english(Client()), path)
    main = told.split('<main id="main"')[1].split("</main>")[0]
    assert not HAN.findall(main)


def test_the_notice_for_children_has_pictures_and_short_sentences() -> None:
    told = text(english(Client()), "/privacy/children")
    articles = re.findall(r"<article.*?</article>", told, re.S)
    assert len(articles) == 6
    for article in articles:
        assert "<svg" in article
        words = re.findall(r"<p>(.*?)</p>", article, re.S)[0]
        assert max(len(sentence.split()) for sentence in re.split(r"[.?!]", words)) <= 12


def test_a_guardian_reads_who_looked_in_plain_words(cast: Cast) -> None:
    seen_by(cast)
    checkpoint = checkpoint_make()
    assert checkpoint is not None
    client = signed_in(cast.guardian)
    told = text(client, f"/looked/{cast.pupil.id}")
    assert cast.head.name in told
    assert "班主任" in told
    assert "班级页" in told
    assert code_of(checkpoint.hash) in told
    assert "looked at the record" in text(english(client), f"/looked/{cast.pupil.id}")


def test_everybody_reads_who_looked_at_oneself(cast: Cast) -> None:
    seen_by(cast)
    assert cast.head.name in text(signed_in(cast.pupil), "/looked")
    assert "还没有人看过" in text(signed_in(cast.teacher), "/looked")


@pytest.mark.parametrize("somebody", ["teacher", "far_guardian", "admin", "pupil"])
def test_a_stranger_does_not_find_who_looked_at_a_child(cast: Cast, somebody: str) -> None:
    client = signed_in(getattr(cast, somebody))
    text(client, f"/looked/{cast.pupils[1].id}", status=404)


def test_an_ended_link_ends_the_view(cast: Cast) -> None:
    client = signed_in(cast.guardian)
    text(client, f"/looked/{cast.pupil.id}")
    Guardianship.objects.filter(guardian=cast.guardian).update(until=today())
    text(client, f"/looked/{cast.pupil.id}", status=404)


def test_sealed_work_is_not_told_to_the_family(cast: Cast) -> None:
    look_record(
        reader_id=cast.head.id, role="counsellor", part="person", pupil_ids=[cast.pupil.id],
        act=Act.CASE_VIEWED,
    )  # fmt: skip
    told = text(signed_in(cast.guardian), f"/looked/{cast.pupil.id}")
    assert "密封" not in told
    assert "还没有人看过" in told


def test_a_kept_code_is_answered(cast: Cast) -> None:
    seen_by(cast)
    checkpoint = checkpoint_make()
    assert checkpoint is not None
    client = signed_in(cast.guardian)
    assert "记录完整" in text(client, f"/looked/code?code={code_of(checkpoint.hash)}")
    assert "没有发过" in text(client, "/looked/code?code=0000-0000-0000")


def test_a_school_reads_its_own_lines_and_the_city_only_counts(cast: Cast) -> None:
    seen_by(cast)
    assert cast.head.name in text(signed_in(cast.admin), "/looked/school")
    assert cast.head.name not in text(signed_in(cast.far_admin), "/looked/school")
    told = text(signed_in(cast.city_staff), "/looked/school")
    assert "看了记录" in told
    assert cast.head.name not in told
    text(signed_in(cast.teacher), "/looked/school", status=404)


def test_an_act_is_told_by_what_it_was_done_to(cast: Cast) -> None:
    with transaction.atomic():
        for kind in ("lesson", "person"):
            audit_record(
                actor_id=cast.teacher.id, act=Act.ROLE_CHANGED, school_id=cast.school.id,
                subject_id=cast.teacher.id, object_kind=kind, object_id=1,
            )  # fmt: skip
    told = text(signed_in(cast.admin), "/looked/school")
    assert "改了一起备课的人" in told
    assert "改了身份或职务" in told
    # Who did it to herself is named once.
    assert f"· {cast.teacher.name}" not in told
    english_told = text(english(signed_in(cast.admin)), "/looked/school")
    assert "changed who prepares a lesson together" in english_told


def test_a_stopped_reader_is_told_at_once(cast: Cast) -> None:
    with transaction.atomic():
        audit_record(
            actor_id=cast.teacher.id, act=Act.BULK_STOPPED, school_id=cast.school.id, object_id=200
        )
    assert 'role="alert"' in text(signed_in(cast.admin), "/looked/school")
    assert 'role="alert"' in text(signed_in(cast.city_staff), "/looked/school")
    assert 'role="alert"' not in text(signed_in(cast.far_admin), "/looked/school")


def test_a_copy_is_asked_made_and_taken_by_who_asked(cast: Cast) -> None:
    client = signed_in(cast.guardian)
    form = {"person": cast.pupil.id, **once()}
    assert client.post("/my-data/copy", form).status_code == 303
    wish = Wish.objects.get()
    text(client, f"/my-data/file/{wish.id}", status=404)
    copy_write(wish)
    Wish.objects.update(state="ready")
    assert f"/my-data/file/{wish.id}" in text(client, "/my-data")
    got = client.get(f"/my-data/file/{wish.id}")
    assert got.status_code == 200
    assert got["Cache-Control"] == "no-store"
    assert b"".join(got.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    text(signed_in(cast.pupil), f"/my-data/file/{wish.id}", status=404)
    Guardianship.objects.filter(guardian=cast.guardian).update(until=today())
    text(client, f"/my-data/file/{wish.id}", status=404)


def test_a_schools_file_stays_behind_when_its_administrator_goes_to_another(cast: Cast) -> None:
    school = cast.school.id
    number = copy_ask(
        who_id=cast.admin.id, person_id=cast.pupil.id, school_id=school, reason="家里没有手机"
    )
    wish = Wish.objects.get(id=number)
    copy_write(wish)
    Wish.objects.update(state="ready")
    client = signed_in(cast.admin)
    assert client.get(f"/my-data/file/{wish.id}").status_code == 200
    duty = Duty.objects.get(person=cast.admin)
    Duty.objects.filter(id=duty.id).update(org=cast.far_school)
    assert client.get("/data").status_code == 200
    text(client, f"/my-data/file/{wish.id}", status=404)


@pytest.mark.parametrize("path", ["/my-data/copy", "/my-data/erase"])
def test_nobody_asks_for_somebody_elses_data(cast: Cast, path: str) -> None:
    for somebody in (cast.guardian, cast.teacher, cast.pupil):
        client = signed_in(somebody)
        form = {"person": cast.pupils[1].id, **once()}
        assert client.post(path, form).status_code == 404
    assert not Wish.objects.exists()


def test_an_erasure_is_asked_counted_and_confirmed_by_the_school(cast: Cast) -> None:
    guardian, admin = signed_in(cast.guardian), signed_in(cast.admin)
    guardian.post("/my-data/erase", {"person": cast.pupil.id, "reason": "搬家", **once()})
    wish = Wish.objects.get()
    assert cast.pupil.name in text(admin, "/data")
    told = text(admin, f"/data/wish/{wish.id}")
    assert "搬家" in told
    assert "确认抹去" in told
    text(signed_in(cast.far_admin), f"/data/wish/{wish.id}", status=404)
    text(signed_in(cast.teacher), f"/data/wish/{wish.id}", status=404)
    admin.post(f"/data/wish/{wish.id}/decide", {"decision": "given", **once()})
    wish.refresh_from_db()
    assert (wish.state, wish.decided_by) == ("going", cast.admin.id)


def test_an_erasure_may_be_taken_back_before(cast: Cast) -> None:
    wish = erase_ask(who_id=cast.guardian.id, person_id=cast.pupil.id)
    client = signed_in(cast.guardian)
    assert "收回" in text(client, "/my-data")
    assert client.post(f"/my-data/erase/{wish}/back", once()).status_code == 303
    assert Wish.objects.get().state == "refused"


def test_all_pupils_go_out_only_by_two(cast: Cast) -> None:
    admin = signed_in(cast.admin)
    chief = makers.staff(cast.school, Role.SCHOOL_ADMIN)
    form = {"school": cast.school.id, "reason": "体检", **once()}
    assert admin.post("/data/bulk", form).status_code == 303
    wish = Wish.objects.get()
    assert admin.post(f"/data/bulk/{wish.id}/start", once()).status_code == 422
    assert admin.post(f"/second/{wish.second_id}/decide", {"decision": "given", **once()}
                      ).status_code == 422  # fmt: skip
    assert "全校学生" in text(signed_in(chief), "/second")
    signed_in(chief).post(f"/second/{wish.second_id}/decide", {"decision": "given", **once()})
    assert bulk_is_given(wish)
    assert "开始导出" in text(admin, "/data")
    assert admin.post(f"/data/bulk/{wish.id}/start", once()).status_code == 303
    assert admin.post(f"/data/bulk/{wish.id}/start", once()).status_code == 422
    assert "导出了数据" in text(signed_in(cast.guardian), f"/looked/{cast.pupil.id}")


def test_a_bulk_export_of_another_school_is_not_found(cast: Cast) -> None:
    form = {"school": cast.far_school.id, "reason": "x", **once()}
    assert signed_in(cast.admin).post("/data/bulk", form).status_code == 404


def test_the_school_takes_a_copy_for_a_child_with_a_reason(cast: Cast) -> None:
    admin = signed_in(cast.admin)
    form = {"person": cast.pupil.id}
    assert admin.post("/data/copy", {**form, **once()}).status_code == 422
    assert admin.post("/data/copy", {**form, "reason": "转学", **once()}).status_code == 303
    far = {"person": cast.far_pupil.id, "reason": "转学"}
    assert admin.post("/data/copy", {**far, **once()}).status_code == 404


def test_a_request_is_found_by_who_asked_and_who_may_decide(cast: Cast) -> None:
    asked = second_ask(
        who_id=cast.admin.id, kind="pupils.read", page="/people", reason="核对",
        about={"pupils": 400}, org_id=cast.school.id,
    )  # fmt: skip
    assert "自己提出的" in text(signed_in(cast.admin), f"/second/{asked}")
    assert "同意" in text(signed_in(cast.city_staff), f"/second/{asked}")
    for somebody in (cast.far_admin, cast.teacher, cast.guardian):
        text(signed_in(somebody), f"/second/{asked}", status=404)
    city = signed_in(cast.city_staff)
    assert "核对" in text(city, "/second")
    form = {"decision": "refused", "reason": "太多", **once()}
    assert city.post(f"/second/{asked}/decide", form).status_code == 303
    found = second_of(asked)
    assert found is not None
    assert (found.decision, found.decided_reason) == ("refused", "太多")


def test_asking_to_read_more(cast: Cast) -> None:
    admin = signed_in(cast.admin)
    assert "200" in text(admin, "/second/pupils")
    assert admin.post("/second/pupils", {"pupils": "9", "reason": "x", **once()}).status_code == 422
    got = admin.post("/second/pupils", {"pupils": "400", "reason": "核对", **once()})
    assert got.status_code == 303
    assert "400" in text(admin, got["Location"])
    text(signed_in(cast.teacher), "/second/pupils", status=404)


STAFFED = ("/second", "/looked", "/looked/school", "/my-data", "/data", "/second/pupils")


@pytest.mark.parametrize("path", STAFFED)
def test_pages_of_the_desk_speak_english(cast: Cast, path: str) -> None:
    seen_by(cast)
    erase_ask(who_id=cast.guardian.id, person_id=cast.pupil.id)
    told = text(english(signed_in(cast.admin)), path)
    main = told.split('<main id="main"')[1].split("</main>")[0]
    for name in sorted(Person.objects.values_list("name", flat=True), key=len, reverse=True):
        main = main.replace(name, "")
    assert not HAN.findall(main)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("somebody", "path"),
    [("guardian", "/looked/{child}"), ("admin", "/looked/school"), ("admin", "/data"),
     ("admin", "/second"), ("guardian", "/my-data")],
)  # fmt: skip
def test_a_list_costs_the_same_for_five_lines_and_for_fifty(
    cast: Cast, somebody: str, path: str
) -> None:
    client = signed_in(getattr(cast, somebody))
    path = path.format(child=cast.pupil.id)

    def more(count: int) -> None:
        seen_by(cast, times=count)
        for number in range(count):
            asker = makers.staff(cast.school, Role.SCHOOL_ADMIN)
            second_ask(
                who_id=asker.id, kind="x", page="/data", reason=str(number), about={},
                org_id=cast.school.id,
            )  # fmt: skip
            copy_ask(who_id=asker.id, person_id=cast.pupil.id, school_id=cast.school.id, reason="x")

    more(5)
    few = queries(client, path)
    more(45)
    assert abs(queries(client, path) - few) <= 2

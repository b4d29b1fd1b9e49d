"""A home exam: the grown-up's list, the code and who is shown it, pages in time, the signature."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import guardian, once, signed_in
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.exams.actions.home import (
    class_code,
    code_anew,
    code_enter,
    code_missed,
    watch_check,
    watch_code,
    watch_sign,
)
from yunke.school.exams.models import ClassCode, Incident, Invigilation, Sitting
from yunke.school.exams.reads.exams import seat_of
from yunke.school.exams.reads.watching import desks_of, watch_of
from yunke.school.exams.rules.home import CHECKS, MOST_MISSES
from yunke.school.exams.tests.makers import Hall, begin, hall, hand_in, start
from yunke.school.exams.tests.test_pages import english, post, text
from yunke.school.exams.values.exams import Mode

pytestmark = pytest.mark.django_db
ALL = {key: True for key, *_words in CHECKS}


def at_home(*, begun: bool = True, **more: Any) -> Hall:
    made = hall(mode=Mode.HOME, **more)
    return begin(made) if begun else made


def watch(of: Hall, more: str = "") -> str:
    return f"/exams/{of.exam.id}/watch/{of.people.pupil.id}{more}"


def ready(of: Hall) -> str:
    child = of.people.pupil.id
    watch_check(guardian_id=of.people.guardian.id, exam=of.view, child_id=child, checks=ALL)
    return watch_code(exam=of.view, child_id=child)


def picture(name: str = "page.jpg") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "JPEG")
    file.seek(0)
    file.name = name
    return file


def test_no_code_before_the_list_is_done_nor_before_the_start() -> None:
    made = at_home(begun=False)
    child = made.people.pupil.id
    some = {**ALL, "quiet": False}
    watch_check(guardian_id=made.people.guardian.id, exam=made.view, child_id=child, checks=some)
    assert not watch_of(made.exam.id, child).checked
    assert ready(made) == ""
    assert class_code(exam=made.view, class_id=made.people.one.id) == ""
    begin(made)
    assert ready(made).isdecimal()
    assert len(class_code(exam=made.view, class_id=made.people.one.id)) == 6


def test_a_code_that_nobody_was_shown_opens_nothing() -> None:
    made = at_home()
    child, room = made.people.pupil.id, made.people.one.id
    code_anew(exam=made.view, child_id=child)
    for code in (f"{n:06}" for n in range(0, 1_000_000, 111_111)):
        assert not code_enter(exam=made.view, child_id=child, class_id=room, given=code)
    assert not code_enter(exam=made.view, child_id=child, class_id=room, given="")


def test_codes_lie_sealed_and_are_each_childs_own() -> None:
    made = at_home()
    code = ready(made)
    row = Invigilation.objects.get()
    assert code not in row.code
    other = made.people.pupils[1].id
    class_id = made.people.one.id
    assert code_enter(exam=made.view, child_id=made.people.pupil.id, class_id=class_id, given=code)
    assert not code_enter(exam=made.view, child_id=other, class_id=class_id, given=code)
    led = class_code(exam=made.view, class_id=class_id)
    assert led == class_code(exam=made.view, class_id=class_id)
    assert led not in ClassCode.objects.get().code
    assert code_enter(exam=made.view, child_id=other, class_id=class_id, given=led)
    assert not code_enter(exam=made.view, child_id=other, class_id=made.people.other.id, given=led)


def test_after_ten_misses_even_the_right_code_waits_for_a_new_one() -> None:
    made = at_home()
    code, child = ready(made), made.people.pupil.id
    for _n in range(MOST_MISSES + 3):
        code_missed(exam=made.view, child_id=child)
    assert Invigilation.objects.get().misses == MOST_MISSES
    with pytest.raises(Refused) as no:
        code_enter(exam=made.view, child_id=child, class_id=made.people.one.id, given=code)
    assert no.value.status == 409
    page = text(signed_in(made.people.guardian), watch(made))
    assert f"{watch(made)}/code" in page
    assert post(signed_in(made.people.guardian), watch(made, "/code")).status_code == 303
    fresh = watch_code(exam=made.view, child_id=child)
    assert code_enter(exam=made.view, child_id=child, class_id=made.people.one.id, given=fresh)


@pytest.mark.parametrize("code", ["", "x" * 5000, "九九九九九九", "1234567", "٣٣٣٣٣٣", "\0"])
def test_nonsense_typed_as_a_code_is_a_miss_and_no_trouble(code: str) -> None:
    made = at_home()
    ready(made)
    client = signed_in(made.people.pupil)
    assert post(client, f"/exams/{made.exam.id}/start", code=code).status_code == 303
    assert not Sitting.objects.exists()
    assert Invigilation.objects.get().misses == 1


def test_the_same_wrong_form_sent_twice_is_one_miss() -> None:
    made = at_home()
    client, key = signed_in(made.people.pupil), once()
    for _n in range(2):
        client.post(f"/exams/{made.exam.id}/start", {"code": "1", **key})
    assert Invigilation.objects.get().misses == 1


def test_the_right_code_starts_once_and_the_code_goes_from_the_phone() -> None:
    made = at_home()
    code, client = ready(made), signed_in(made.people.pupil)
    assert code in text(signed_in(made.people.guardian), watch(made))
    for _n in range(2):
        post(client, f"/exams/{made.exam.id}/start", code=code)
    assert Sitting.objects.count() == 1
    assert code not in text(signed_in(made.people.guardian), watch(made))


def test_only_the_childs_own_guardian_is_at_the_watch() -> None:
    made = at_home()
    strangers = (made.people.far_guardian, made.people.teacher, made.people.pupil,
                 made.people.head, guardian(made.people.pupils[1]))  # fmt: skip
    for somebody in strangers:
        client = signed_in(somebody)
        text(client, watch(made), 404)
        for what in ("/check", "/code", "/incident", "/sign", "/pages"):
            assert post(client, watch(made, what), check="table").status_code == 404, what
    mine = signed_in(made.people.guardian)
    text(mine, f"/exams/{made.exam.id}/watch/{made.people.pupils[1].id}", 404)
    assert post(mine, watch(made, "/nonsense")).status_code == 404
    assert not Invigilation.objects.exists()


def test_an_exam_on_a_screen_has_no_watch_at_home() -> None:
    made = begin(hall())
    text(signed_in(made.people.guardian), watch(made), 404)


def test_the_watch_goes_through_its_states_in_both_languages() -> None:
    made = at_home()
    mine = signed_in(made.people.guardian)
    for client in (mine, english(signed_in(made.people.guardian))):
        text(client, watch(made))
    ready(made)
    start(made, made.people.pupil)
    for client in (mine, english(signed_in(made.people.guardian))):
        text(client, watch(made))
    hand_in(made, made.people.pupil, "B", "5", "因为")
    for client in (mine, english(signed_in(made.people.guardian))):
        text(client, watch(made))
    homes = {d.person_id: d.home for d in desks_of(made.teacher, made.view)}
    assert homes[made.people.pupil.id] == "shown"
    assert homes[made.people.pupils[1].id] == ""


def test_a_note_of_a_guardian_is_about_the_own_child_and_after_the_start() -> None:
    made = at_home()
    mine = signed_in(made.people.guardian)
    assert post(mine, watch(made, "/incident"), kind="ill", note="x").status_code == 409
    assert not Incident.objects.exists()
    seat = start(made, made.people.pupil)
    assert post(mine, watch(made, "/incident"), kind="copying", note="y" * 999).status_code == 303
    row = Incident.objects.get()
    assert (row.kind, row.sitting_id, len(row.note)) == ("other", seat.id, 500)
    assert row.by_id == made.people.guardian.id


def sign(of: Hall, name: str, **said: object) -> None:
    watch_sign(
        guardian_id=of.people.guardian.id, exam=of.view, child_id=of.people.pupil.id,
        seat=seat_of(of.view, of.people.pupil.id), name=name, said=said,
    )  # fmt: skip


def test_a_signature_needs_a_hand_in_and_a_name_and_stays_as_it_was_given() -> None:
    made = at_home()
    with pytest.raises(Refused) as no:
        sign(made, "妈妈")
    assert no.value.status == 409
    start(made, made.people.pupil)
    with pytest.raises(Refused):
        sign(made, "妈妈")
    hand_in(made, made.people.pupil, "B", "5", "因为")
    with pytest.raises(Refused) as no:
        sign(made, "  ")
    assert no.value.status == 422
    assert Invigilation.objects.filter(signed_at__isnull=False).count() == 0
    sign(made, " 妈妈 ", alone=True, time="yes", other=True)
    sign(made, "爸爸", alone=False)
    row = Invigilation.objects.get()
    assert row.signed_name == "妈妈"
    assert row.said == {"alone": True, "time": False, "photos": False}
    event = Event.objects.get(verb="exam.watched")
    assert event.object_id == made.exam.id
    assert watch_of(made.exam.id, made.people.pupil.id).signed_name == "妈妈"


def test_pages_are_photographed_while_the_child_writes_and_a_quarter_of_an_hour_after() -> None:
    made = at_home()
    mine, path = signed_in(made.people.guardian), watch(made, "/pages")
    assert mine.post(path, {**once(), "photo": picture()}).status_code == 409
    start(made, made.people.pupil)
    assert mine.post(path, once()).status_code == 422
    assert mine.post(path, {**once(), "photo": [picture("a.jpg")]}).status_code == 303
    assert Photo.objects.count() == 1
    hand_in(made, made.people.pupil, "B", "5", "因为")
    later = now() - timedelta(minutes=16)
    Attempt.objects.update(submitted_at=later)
    assert mine.post(path, {**once(), "photo": picture()}).status_code == 409
    assert Photo.objects.count() == 1


def test_what_is_no_picture_is_refused_and_not_kept() -> None:
    made = at_home()
    start(made, made.people.pupil)
    bad = io.BytesIO(b"<svg onload=alert(1)>")
    bad.name = "page.jpg"
    reply = signed_in(made.people.guardian).post(watch(made, "/pages"), {**once(), "photo": bad})
    assert 400 <= reply.status_code < 500
    assert not Photo.objects.exists()


def test_no_page_is_taken_for_a_sitting_that_was_voided() -> None:
    made = at_home()
    start(made, made.people.pupil)
    Sitting.objects.update(withdrawn_at=now())
    reply = signed_in(made.people.guardian).post(
        watch(made, "/pages"), {**once(), "photo": picture()}
    )
    assert reply.status_code == 409

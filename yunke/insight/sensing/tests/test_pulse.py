"""A wristband's file from the upload to the curve and out of the house again."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.consent.tests.makers import both_say_yes, says
from yunke.ground.consent.values import Answer
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.insight.sensing.actions import inbox, inbox_sweep, pulse_bring, pulse_delete, pulse_keep
from yunke.insight.sensing.models import Pulse
from yunke.insight.sensing.reads import pulse_of, pulses_of
from yunke.insight.sensing.tests.makers import EMPTY, INDOOR, RUN, agreed, brought, data, work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.DATA = tmp_path


def send(client: Client, person, name: str = RUN, raw: bytes | None = None):  # noqa: ANN201
    file = SimpleUploadedFile("walk.fit", raw if raw is not None else data(name))
    return client.post(f"/pulse/{person.id}/bring", {"file": file, **once()})


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_guardian_brings_a_file_and_both_see_the_curve() -> None:
    cast = agreed()
    assert send(signed_in(cast.guardian), cast.pupil).status_code == 303
    assert "正在读" in text(signed_in(cast.guardian), f"/pulse/{cast.pupil.id}")
    work()
    row = Pulse.objects.get()
    assert (row.state, row.samples) == ("ready", 590)
    for who in (cast.guardian, cast.pupil):
        page = text(signed_in(who), f"/pulse/{cast.pupil.id}/{row.id}")
        assert "<polyline" in page
        assert "590" in page


def test_the_file_itself_is_deleted_with_the_reading() -> None:
    cast = agreed()
    send(signed_in(cast.guardian), cast.pupil)
    assert len(list(inbox().iterdir())) == 1
    work()
    assert list(inbox().iterdir()) == []


def test_without_consent_nothing_is_taken_in() -> None:
    cast = people.cast(grade=3)
    says(cast.guardian, cast.pupil)  # the child has not said anything
    answer = send(signed_in(cast.guardian), cast.pupil)
    assert answer.status_code == 422
    assert not Pulse.objects.exists()
    assert not inbox().exists() or list(inbox().iterdir()) == []


@pytest.mark.parametrize("who", ["guardian", "pupil"])
def test_a_withdrawal_hides_at_once_and_erases_with_the_next_job(who) -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    client = signed_in(cast.guardian)
    says(getattr(cast, who), cast.pupil, Answer.WITHDRAWN)
    assert "这一项关着" in text(client, f"/pulse/{cast.pupil.id}")
    assert client.get(f"/pulse/{cast.pupil.id}/{made}").status_code == 404
    assert Pulse.objects.exists()
    work()
    assert not Pulse.objects.exists()


def test_a_withdrawal_while_the_file_is_read_keeps_nothing() -> None:
    cast = agreed()
    made = pulse_bring(who_id=cast.guardian.id, person_id=cast.pupil.id, data=data())
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN)
    Job.objects.filter(name="consent.erase").delete()  # the reading comes first
    work()
    assert not Pulse.objects.filter(id=made).exists()
    assert list(inbox().iterdir()) == []


@pytest.mark.parametrize(
    "who", ["teacher", "head", "admin", "city_staff", "other_pupil", "far_guardian", "far_pupil"]
)
def test_nobody_else_sees_it_brings_to_it_or_deletes_it(who) -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    client = signed_in(getattr(cast, who))
    for path in ("", f"/{made}"):
        assert client.get(f"/pulse/{cast.pupil.id}{path}").status_code == 404
    assert send(client, cast.pupil, INDOOR).status_code == 404
    for path in ("/delete", f"/{made}/delete"):
        assert client.post(f"/pulse/{cast.pupil.id}{path}", once()).status_code == 404
    assert Pulse.objects.count() == 1


def test_a_recording_is_not_found_under_another_persons_address() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    second = cast.pupils[1]
    mother = people.guardian(second)
    both_say_yes(mother, second)
    assert signed_in(mother).get(f"/pulse/{second.id}/{made}").status_code == 404
    assert pulse_of(second.id, made) is None
    assert not pulse_delete(who_id=mother.id, person_id=second.id, pulse_id=made)


def test_an_ex_guardian_is_out_on_the_next_request() -> None:
    cast = agreed()
    brought(cast.guardian, cast.pupil)
    client = signed_in(cast.guardian)
    Guardianship.objects.filter(guardian=cast.guardian).update(until=today())
    assert client.get(f"/pulse/{cast.pupil.id}").status_code in {302, 404}


def test_a_child_looks_and_deletes_but_does_not_bring() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    client = signed_in(cast.pupil)
    assert "放进一个文件" not in text(client, f"/pulse/{cast.pupil.id}")
    assert send(client, cast.pupil, INDOOR).status_code == 404
    assert client.post(f"/pulse/{cast.pupil.id}/{made}/delete", once()).status_code == 303
    assert not Pulse.objects.exists()


def test_staff_bring_their_own() -> None:
    cast = people.cast()
    says(cast.teacher, cast.teacher)
    client = signed_in(cast.teacher)
    assert client.get("/pulse")["Location"] == f"/pulse/{cast.teacher.id}"
    assert send(client, cast.teacher).status_code == 303
    work()
    assert pulses_of(cast.teacher.id)[0].device == "garmin fr110"


def test_the_same_file_twice_is_one_recording() -> None:
    cast = agreed()
    first, second = brought(cast.guardian, cast.pupil), brought(cast.guardian, cast.pupil)
    assert first == second
    assert Pulse.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [(EMPTY, "no_heart", "没有心率"), ("activity-filecrc.fit", "broken", "文件坏了"),
     ("LICENSE.txt", "not_fit", "这不是 FIT")],
)  # fmt: skip
def test_a_file_without_a_pulse_says_why_and_leaves_no_curve(name, reason, words) -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil, name)
    assert Pulse.objects.get().reason == reason
    client = signed_in(cast.guardian)
    assert words in text(client, f"/pulse/{cast.pupil.id}")
    assert client.get(f"/pulse/{cast.pupil.id}/{made}").status_code == 404


@pytest.mark.parametrize("raw", [b"", b"x" * (4 * 2**20 + 1)])
def test_nothing_and_too_much_are_refused(raw) -> None:
    cast = agreed()
    assert send(signed_in(cast.guardian), cast.pupil, raw=raw).status_code == 422
    assert not Pulse.objects.exists()


def test_a_form_without_a_file_is_refused() -> None:
    cast = agreed()
    answer = signed_in(cast.guardian).post(f"/pulse/{cast.pupil.id}/bring", once())
    assert answer.status_code == 422


def test_a_hundred_recordings_are_enough() -> None:
    cast = agreed()
    Pulse.objects.bulk_create(
        Pulse(person_id=cast.pupil.id, brought_by=1, sha256=f"{n}", state="ready")
        for n in range(100)
    )
    with pytest.raises(Refused, match="一百"):
        brought(cast.guardian, cast.pupil)


def test_all_is_deleted_in_one_tap() -> None:
    cast = agreed()
    for name in (RUN, INDOOR):
        brought(cast.guardian, cast.pupil, name)
    assert len(pulses_of(cast.pupil.id)) == 2
    signed_in(cast.guardian).post(f"/pulse/{cast.pupil.id}/delete", once())
    assert pulses_of(cast.pupil.id) == []
    assert not Pulse.objects.exists()


def test_a_guardians_look_leaves_a_line_and_the_childs_own_does_not() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    looks = Entry.objects.filter(act="record.viewed", subject_id=cast.pupil.id)
    signed_in(cast.pupil).get(f"/pulse/{cast.pupil.id}/{made}")
    assert not looks.exists()
    signed_in(cast.guardian).get(f"/pulse/{cast.pupil.id}/{made}")
    assert looks.get().actor_id == cast.guardian.id


def test_bringing_and_deleting_are_told_without_content() -> None:
    cast = agreed()
    brought(cast.guardian, cast.pupil)
    pulse_delete(who_id=cast.guardian.id, person_id=cast.pupil.id)
    told = Event.objects.filter(verb__startswith="pulse.").order_by("id")
    assert [event.verb for event in told] == ["pulse.imported", "pulse.deleted"]
    assert all(event.title == "" and event.result == {} for event in told)


@pytest.mark.parametrize("many", [5, 50])
def test_the_list_costs_the_same_however_long_it_is(many) -> None:
    cast = agreed()
    Pulse.objects.bulk_create(
        Pulse(person_id=cast.pupil.id, brought_by=1, sha256=f"{n}", state="ready", seconds=600)
        for n in range(many)
    )
    client = signed_in(cast.pupil)
    client.get(f"/pulse/{cast.pupil.id}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/pulse/{cast.pupil.id}")
    assert len(asked) <= 10


def test_a_late_reading_of_a_deleted_recording_is_no_recording() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    pulse_delete(who_id=cast.guardian.id, person_id=cast.pupil.id)
    pulse_keep(made, {"series": {}})
    assert not Pulse.objects.exists()


def test_a_file_whose_write_was_refused_is_swept_away() -> None:
    (inbox() / "left.fit").write_bytes(b"x")
    assert inbox_sweep() == 0
    with time_machine.travel(now() + timedelta(hours=2)):
        assert inbox_sweep() == 1


def test_it_reads_in_english() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    client = signed_in(cast.guardian)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Bring a file" in text(client, f"/pulse/{cast.pupil.id}")
    assert "beats a minute" in text(client, f"/pulse/{cast.pupil.id}/{made}")

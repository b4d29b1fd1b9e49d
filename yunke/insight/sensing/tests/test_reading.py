"""A recording's way through the room: the file's reading, who may see it, the curve's shape."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.jobs import ask
from yunke.ground.audit.models import Entry
from yunke.ground.consent.tests.makers import says
from yunke.ground.consent.values import Answer
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.insight.sensing.actions import (
    inbox,
    pulse_bring,
    pulse_delete,
    pulse_keep,
    pulses_erase,
)
from yunke.insight.sensing.jobs import read_limited
from yunke.insight.sensing.models import Pulse
from yunke.insight.sensing.reads import may_be_read, pulse_of, pulses_of
from yunke.insight.sensing.rules import STEP, chart_of, pieces
from yunke.insight.sensing.tests.makers import FILES, RUN, agreed, brought, data, work
from yunke.insight.sensing.values import PulseCard, State

beats = st.lists(st.integers(30, 220), min_size=1, max_size=60)
pairs = st.lists(st.tuples(st.integers(0, 590), st.integers(1, 90)), max_size=5)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


@given(beats, pairs)
def test_no_measured_point_is_lost_between_the_gaps(bpm: list[int], holes: list[Any]) -> None:
    points = [(n * STEP, value) for n, value in enumerate(bpm)]
    parts = pieces(points, [(at, at + long) for at, long in holes])
    told = [point for part in parts for point in part]
    assert [p for p in points if p not in told] == []
    assert all(len(part) >= 2 for part in parts), "a line has two ends"
    assert sum(len(part) for part in parts) <= 2 * len(points)


@given(beats, pairs)
def test_a_curve_keeps_within_its_own_axes(bpm: list[int], holes: list[Any]) -> None:
    points = [(n * STEP, value) for n, value in enumerate(bpm)]
    chart = chart_of(points, [], max(points[-1][0], 1))
    assert chart.low <= chart.middle <= chart.high
    ticks = [int(tick.label) for tick in chart.up]
    assert ticks[0] <= chart.low
    assert chart.high <= ticks[-1]
    assert ticks == list(range(ticks[0], ticks[-1] + 1, 20))
    assert chart.measured == 100


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (29, 0), (31, 1), (89, 1), (91, 2), (3600, 60)]
)
def test_a_card_says_whole_minutes(seconds: int, minutes: int) -> None:
    card = PulseCard(1, State.READY, "", None, None, seconds, 0.0, "")  # type: ignore[arg-type]
    assert card.minutes == minutes


def test_a_reader_that_fails_is_a_broken_file_and_no_crash(tmp_path: Any) -> None:
    for name, body in (("a.fit", b""), ("b.fit", b"\x00" * 100), ("c.fit", data()[:200])):
        (tmp_path / name).write_bytes(body)
        assert read_limited(str(tmp_path / name))["reason"] in {"broken", "not_fit", "no_heart"}
    assert "reason" in read_limited(str(tmp_path / "missing.fit"))
    assert read_limited(str(FILES / RUN))["series"]["samples"] == 590


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_gone_before_its_reading_is_refused_and_says_so() -> None:
    cast = agreed()
    pulse_bring(who_id=cast.guardian.id, person_id=cast.pupil.id, data=data())
    for file in inbox().iterdir():
        file.unlink()
    work()
    (card,) = pulses_of(cast.pupil.id)
    assert (card.state, card.reason) == (State.REFUSED, "broken")


@pytest.mark.django_db(transaction=True)
def test_a_reading_asked_for_twice_is_one_curve() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    before = pulse_of(cast.pupil.id, made)
    ask("pulse.read", key="again", payload={"pulse": made, "file": "gone.fit"})
    work()
    assert before is not None
    assert pulse_of(cast.pupil.id, made) == before


@pytest.mark.django_db(transaction=True)
def test_what_is_read_is_the_curve_and_where_nothing_was_measured() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    found = pulse_of(cast.pupil.id, made)
    assert found is not None
    assert found.card.state == State.READY
    assert found.card.started_at is not None
    assert found.samples == 590
    assert [at for at, _bpm in found.points] == sorted(at for at, _bpm in found.points)
    assert all(0 <= at <= found.card.seconds and 20 <= bpm <= 250 for at, bpm in found.points)
    assert all(a < b for a, b in found.gaps)


@pytest.mark.django_db(transaction=True)
def test_without_the_consent_not_even_the_number_of_recordings_is_told() -> None:
    cast = agreed()
    made = brought(cast.guardian, cast.pupil)
    says(cast.pupil, cast.pupil, Answer.WITHDRAWN)
    assert not may_be_read(cast.pupil.id)
    with CaptureQueriesContext(connection) as asked:
        assert pulses_of(cast.pupil.id) == []
        assert pulse_of(cast.pupil.id, made) is None
    assert len(asked) == 2, "the consent alone is asked for"


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_erases_of_this_person_only() -> None:
    cast = agreed()
    other = agreed()
    brought(cast.guardian, cast.pupil)
    brought(other.guardian, other.pupil)
    assert pulses_erase(cast.pupil.id) == 1
    assert pulses_erase(cast.pupil.id) == 0
    assert Pulse.objects.get().person_id == other.pupil.id


@pytest.mark.django_db(transaction=True)
def test_a_reading_after_the_withdrawal_keeps_nothing_of_the_file() -> None:
    cast = agreed()
    made = pulse_bring(who_id=cast.guardian.id, person_id=cast.pupil.id, data=data())
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN)
    pulse_keep(made, read_limited(str(FILES / RUN)))
    assert not Pulse.objects.filter(state="ready").exists()


@pytest.mark.django_db(transaction=True)
def test_deleting_what_is_not_there_leaves_no_event() -> None:
    cast = agreed()
    assert pulse_delete(who_id=cast.guardian.id, person_id=cast.pupil.id) == 0
    assert not Event.objects.filter(verb="pulse.deleted").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "leads"), [("guardian", "pupil"), ("pupil", "pupil"), ("teacher", "teacher")]
)
def test_home_leads_to_the_childs_or_ones_own(name: str, leads: str) -> None:
    cast = people.cast(grade=3)
    answer = signed_in(getattr(cast, name)).get("/pulse")
    assert answer["Location"] == f"/pulse/{getattr(cast, leads).id}"


@pytest.mark.django_db(transaction=True)
def test_a_guardian_has_no_recordings_of_the_own_and_without_a_child_no_page() -> None:
    cast = agreed()
    assert signed_in(cast.guardian).get(f"/pulse/{cast.guardian.id}").status_code == 404
    alone = people.person(people.Kind.GUARDIAN)
    assert signed_in(alone).get("/pulse").status_code in {302, 404}


@pytest.mark.django_db(transaction=True)
def test_an_empty_list_is_no_look_at_anybodys_data() -> None:
    cast = agreed()
    client = signed_in(cast.guardian)
    assert client.get(f"/pulse/{cast.pupil.id}").status_code == 200
    looks = Entry.objects.filter(act="record.viewed", subject_id=cast.pupil.id)
    assert not looks.exists()
    brought(cast.guardian, cast.pupil)
    client.get(f"/pulse/{cast.pupil.id}")
    assert looks.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_brings_one_file_and_one_reading() -> None:
    cast = agreed()
    client, key = signed_in(cast.guardian), once()
    for _n in range(2):
        file = SimpleUploadedFile("walk.fit", data())
        answer = client.post(f"/pulse/{cast.pupil.id}/bring", {"file": file, **key})
        assert answer.status_code == 303
    assert len(list(inbox().iterdir())) == 1
    assert Event.objects.filter(verb="pulse.imported").count() == 1

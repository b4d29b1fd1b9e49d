"""Batches of acts through the front: once, on the disk, and only one's own."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from yunke.base.clock import now
from yunke.gate.front.events import MOST, box
from yunke.gate.front.tests.makers import ask, send, token
from yunke.ground.lake.actions.intake import inbox_take
from yunke.ground.lake.models import LakeFile, PersonDay
from yunke.ground.lake.reads.history import events_of
from yunke.ground.people.tests.makers import Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/front/events"


@pytest.fixture(autouse=True)
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "LAKE_ROOT", tmp_path / "lake")
    box.start()
    yield
    box.stop()


@pytest.fixture
def people() -> Cast:
    return cast()


def act(**more: Any) -> dict[str, Any]:
    values = {"id": str(uuid.uuid4()), "verb": "video.progressed", "at": now().isoformat()}
    return {**values, "lesson": 7, "seconds": 60, **more}


def taken() -> int:
    box.stop()
    found = inbox_take()
    box.start()
    return found


def test_a_batch_is_kept_and_comes_to_the_lake(people: Cast) -> None:
    heard = send(PATH, {"acts": [act() for _ in range(20)]}, token=token(people.pupil))
    assert (heard.status, heard.told["stored"], heard.told["refused"]) == (200, 20, [])
    assert heard.headers["x-receipt"] == heard.told["receipt"]
    assert taken() == 20
    day = PersonDay.objects.get()
    assert (day.person_id, day.seconds, day.class_id) == (people.pupil.id, 1200, people.one.id)


def test_the_same_batch_under_its_key_is_kept_once(people: Cast) -> None:
    batch, key = {"acts": [act(), act()]}, uuid.uuid4().hex
    pupil = token(people.pupil)
    answers = [send(PATH, batch, token=pupil, key=key).told for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert taken() == 2


def test_the_same_act_in_another_batch_is_the_same_act(people: Cast) -> None:
    one, pupil = act(), token(people.pupil)
    send(PATH, {"acts": [one]}, token=pupil)
    send(PATH, {"acts": [one, act()]}, token=pupil)
    assert taken() == 2


def test_who_acted_is_whom_the_session_says(people: Cast) -> None:
    forged = {**act(), "actor_id": people.far_pupil.id}
    assert send(PATH, {"acts": [forged]}, token=token(people.pupil)).status == 422
    send(PATH, {"acts": [act()]}, token=token(people.pupil))
    taken()
    told = [line.verb for line in events_of(people.pupil.id).rows]
    assert told.count("video.progressed") == 1
    assert not events_of(people.far_pupil.id).rows


@pytest.mark.parametrize("verb", ["roster.written", "person.left", "lesson.published", "", "x"])
def test_what_no_device_may_tell_is_refused(people: Cast, verb: str) -> None:
    assert send(PATH, {"acts": [act(verb=verb)]}, token=token(people.pupil)).status == 422


def test_an_act_with_a_broken_clock_is_named_and_the_others_are_kept(people: Cast) -> None:
    old, future = now() - timedelta(days=15), now() + timedelta(hours=1)
    acts = [
        act(), act(at=old.isoformat()), act(at=future.isoformat()), act(seconds=9000),
        act(at=datetime.now(UTC).replace(tzinfo=None).isoformat()), act(lesson=-1),
    ]  # fmt: skip
    heard = send(PATH, {"acts": acts}, token=token(people.pupil))
    assert heard.told["stored"] == 1
    assert [number for number, _why in heard.told["refused"]] == [1, 2, 3, 4, 5]


def test_yesterdays_acts_lie_in_yesterday(people: Cast) -> None:
    send(
        PATH, {"acts": [act(at=(now() - timedelta(days=2)).isoformat())]}, token=token(people.pupil)
    )
    taken()
    assert LakeFile.objects.get().day < now().date()


def test_too_many_at_once_are_refused(people: Cast) -> None:
    many = [act() for _ in range(MOST + 1)]
    assert send(PATH, {"acts": many}, token=token(people.pupil)).status == 413
    assert taken() == 0


def test_an_empty_batch_is_nothing(people: Cast) -> None:
    assert send(PATH, {"acts": []}, token=token(people.pupil)).told["stored"] == 0
    assert taken() == 0


def test_strangers_guardians_and_other_sites_write_nothing(people: Cast) -> None:
    batch = {"acts": [act()]}
    assert send(PATH, batch).status == 401
    assert send(PATH, batch, token=token(people.guardian)).status == 404
    foreign = send(PATH, batch, token=token(people.pupil), origin="http://elsewhere")
    assert foreign.status == 403
    assert ask("GET", PATH, token=token(people.pupil)).status == 404
    assert taken() == 0


def test_a_missing_key_is_refused(people: Cast) -> None:
    assert send(PATH, {"acts": [act()]}, token=token(people.pupil), key="short").status == 400


@pytest.mark.parametrize("body", [None, [], {"acts": 3}, {"acts": [{"id": "x"}]}, {"other": []}])
def test_any_other_shape_is_refused(people: Cast, body: Any) -> None:
    assert send(PATH, body, token=token(people.pupil)).status == 422


def test_a_house_without_its_inbox_says_come_again(people: Cast) -> None:
    box.stop()
    heard = send(PATH, {"acts": [act()]}, token=token(people.pupil))
    assert (heard.status, heard.headers["retry-after"]) == (503, "2")

"""The only source of test rows of the lake: acts of people who are mere numbers here."""

import uuid
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings

from yunke.base.clock import now
from yunke.ground.lake.actions import event_record, events_write
from yunke.ground.lake.values import PastAct, Verb

_numbers = count(1)


def watched(person: int, lesson: int = 1, seconds: int = 60, **more: object) -> None:
    """Somebody saw ``seconds`` of a lesson for the first time."""
    event_record(
        actor_id=person, verb=Verb.PROGRESSED, object_kind="lesson", object_id=lesson,
        lesson_id=lesson, seconds=seconds, **{"title": f"课{lesson}", **more},
    )  # fmt: skip


def past(moment: datetime, person: int = 1, **more: object) -> PastAct:
    """An act of another time."""
    values = {
        "uid": uuid.UUID(int=next(_numbers)), "at": moment, "day": moment.date(),
        "actor_id": person, "verb": Verb.OPENED, "object_kind": "lesson", "object_id": 1,
        "lesson_id": 1, "title": "古诗三首",
    }  # fmt: skip
    return PastAct(**{**values, **more})


def crowd(moment: datetime, people: int, verb: Verb = Verb.OPENED, **more: object) -> None:
    """The same act of many people, a second apart."""
    events_write(
        past(moment + timedelta(seconds=n), person, verb=verb, **more)
        for n, person in enumerate(range(1000, 1000 + people))
    )


def yesterday(hour: int = 12) -> datetime:
    return (now() - timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lake folder of the test's own."""
    monkeypatch.setattr(settings, "LAKE_ROOT", tmp_path / "lake")
    return tmp_path / "lake"

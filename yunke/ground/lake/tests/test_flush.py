"""The outbox comes to the lake, each event once, whatever happens in between."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
import time_machine
from django.conf import settings
from django.db import connection

from yunke.base.clock import now, today
from yunke.ground.lake.actions import flush_due, lake_flush
from yunke.ground.lake.actions.flush import MANY, last_flushed
from yunke.ground.lake.actions.record import events_write
from yunke.ground.lake.models import Event, Flush, LakeFile, PersonDay
from yunke.ground.lake.tests.makers import lake, past, watched, yesterday

__all__ = ["lake"]
pytestmark = pytest.mark.django_db


def ids_on_disk(folder: Path) -> list[int]:
    """The ids in the listed files, in order, doubles included."""
    paths = [str(folder / path) for path in LakeFile.objects.values_list("path", flat=True)]
    rows = duckdb.sql(f"SELECT id FROM read_parquet({paths}) ORDER BY id").fetchall()
    return [row[0] for row in rows]


def test_every_event_is_in_the_lake_once(lake: Path) -> None:
    for person in range(1, 26):
        watched(person)
    assert lake_flush(limit=10) == 25
    assert ids_on_disk(lake) == list(Event.objects.order_by("id").values_list("id", flat=True))
    assert Flush.objects.count() == 3
    assert lake_flush() == 0


def test_the_columns_come_back_as_they_were(lake: Path) -> None:
    watched(7, lesson=3, seconds=45, school_id=2, class_id=9, result={"at": 12, "语": "中"})
    lake_flush()
    path = str(lake / LakeFile.objects.get().path)
    row = duckdb.sql(
        "SELECT actor_id, verb, title, lesson_id, seconds, school_id, class_id, result, uid,"
        f" made_at FROM read_parquet('{path}')"
    ).fetchall()[0]
    event = Event.objects.get()
    assert row[:7] == (7, "video.progressed", "课3", 3, 45, 2, 9)
    assert row[7] == '{"at": 12, "语": "中"}'
    assert row[8] == event.uid
    assert row[9] == event.made_at.replace(tzinfo=None)


def test_each_day_has_a_folder_of_its_own(lake: Path) -> None:
    events_write([past(yesterday()), past(yesterday() - timedelta(days=1))])
    watched(1)
    lake_flush()
    folders = {path.parent.name for path in lake.glob("events/*/*.parquet")}
    assert folders == {
        f"day={day}"
        for day in (today(), yesterday().date(), (yesterday() - timedelta(days=1)).date())
    }
    assert not list(lake.glob("**/*.part")) + list(lake.glob("**/*.jsonl"))


def test_a_file_is_compressed_with_zstd(lake: Path) -> None:
    watched(1)
    lake_flush()
    path = str(lake / LakeFile.objects.get().path)
    used = duckdb.sql(f"SELECT DISTINCT compression FROM parquet_metadata('{path}')").fetchall()
    assert used == [("ZSTD",)]


def test_the_roll_up_adds_and_does_not_count_twice(lake: Path) -> None:
    watched(1, lesson=5, seconds=60)
    lake_flush()
    watched(1, lesson=5, seconds=30)
    watched(1, lesson=6, seconds=30, class_id=4)
    watched(2, lesson=5, seconds=10)
    lake_flush()
    mine = PersonDay.objects.get(person_id=1)
    assert (mine.seconds, mine.lesson_ids, mine.acts, mine.class_id) == (120, [5, 6], 3, 4)
    assert PersonDay.objects.get(person_id=2).seconds == 10


def test_an_act_that_is_no_watching_adds_no_minutes(lake: Path) -> None:
    events_write([past(yesterday(), person=1, seconds=500)])
    lake_flush()
    assert PersonDay.objects.get().seconds == 0
    assert PersonDay.objects.get().acts == 1


def test_of_two_workers_only_one_takes_the_events(lake: Path) -> None:
    watched(1)

    def other(step: str) -> None:
        if step == "written" and not Flush.objects.exists():
            assert lake_flush() == 1

    assert lake_flush(step=other) == 0
    assert Flush.objects.count() == 1
    assert PersonDay.objects.get().acts == 1
    assert len(ids_on_disk(lake)) == 1


def test_nothing_is_flushed_while_it_does_not_pay(lake: Path) -> None:
    watched(1)
    assert flush_due() == 0
    with time_machine.travel(now() + timedelta(seconds=61), tick=False):
        assert flush_due() == 1
        assert flush_due() == 0


def test_many_waiting_events_are_taken_at_once(lake: Path) -> None:
    moment = now()
    events_write(past(moment, person=n) for n in range(MANY))
    assert flush_due() == MANY


TEN = """
import django
django.setup()
from yunke.ground.lake.actions import event_record
from yunke.ground.lake.models import Event
from yunke.ground.lake.values import Verb
Event.objects.all().delete()  # what making the house ready wrote
for n in range(1, 11):
    event_record(actor_id=n, verb=Verb.PROGRESSED, object_kind="lesson", object_id=1, lesson_id=1,
                 seconds=5, title="课")
"""
FOUND = """
import json
from django.db.models import Count, Sum
from yunke.ground.lake.actions.flush import last_flushed
from yunke.ground.lake.models import Event, LakeFile, PersonDay
sums = PersonDay.objects.aggregate(Count("id"), Sum("acts"), Sum("seconds"))
print(json.dumps({
    "sums": list(sums.values()), "mark": last_flushed(),
    "ids": list(Event.objects.order_by("id").values_list("id", flat=True)),
    "paths": list(LakeFile.objects.values_list("path", flat=True)),
}))
"""
KILLED = """
import os, signal, sys
import django
django.setup()
from yunke.ground.lake.actions import lake_flush
def step(name):
    if name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
lake_flush(limit=4, step=step)
"""


@pytest.mark.timeout(120)
@pytest.mark.parametrize("step", ["read", "written", "listed", "marked", "rolled", "committed"])
def test_killed_at_any_step_nothing_is_lost_and_nothing_doubled(step: str, tmp_path: Path) -> None:
    """A real process, a real kill -9, a real database file; then an undisturbed flush."""
    env = {
        **os.environ, "YUNKE_DATA": str(tmp_path), "YUNKE_SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "yunke.site.settings",
    }  # fmt: skip
    _made(env, tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED, step], env=env, check=False)
    assert killed.returncode == -signal.SIGKILL
    after = subprocess.run(
        [sys.executable, "-c", KILLED + FOUND, "never"], env=env, check=True, capture_output=True
    )
    found = json.loads(after.stdout)
    assert found["sums"] == [10, 10, 50]
    assert found["mark"] == found["ids"][-1]
    paths = [str(tmp_path / "lake" / path) for path in found["paths"]]
    ids = duckdb.sql(f"SELECT id FROM read_parquet({paths}) ORDER BY id").fetchall()
    assert [row[0] for row in ids] == found["ids"]
    assert len(found["ids"]) == 10


def _made(env: dict[str, str], folder: Path) -> None:
    """Tables of a house of its own, with ten events of ten people."""
    if connection.vendor == "postgresql":
        ready = [sys.executable, "-m", "yunke.site.ready"]
        subprocess.run(ready, env=env, check=True, stdout=subprocess.DEVNULL)
    else:
        _tables(folder)
    subprocess.run([sys.executable, "-c", TEN], env=env, check=True)


def _tables(folder: Path) -> None:
    """The lake's tables alone, as the test database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'lake_%' AND sql NOT NULL")
        schema = [row[0] for row in cursor.fetchall()]
    with sqlite3.connect(folder / "yunke.sqlite3") as rows:
        for statement in schema:
            rows.execute(statement)


def test_the_mark_is_where_the_last_flush_ended(lake: Path) -> None:
    assert last_flushed() == 0
    watched(1)
    lake_flush()
    assert last_flushed() == Event.objects.get().id
    assert lake == settings.LAKE_ROOT

"""``./run bench events``: acts stored durably, and the city's page on the roll-up of all of them.

Batches of 100 acts, each on the disk before its answer: in the writer, beside SQLite's own
``executemany`` in the same run (same acts, same fsync, the outbox's columns and indexes), first
with nothing stored and again with ten million (SQLite: two); then over HTTP through the front. Then
fifty million acts of sixty days in the lake: the daily roll-up built day by day, the city's page.

``--scale N`` makes the two large numbers N times smaller.
"""

import asyncio
import os
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.db import connection
from django.test import Client

from yunke.base.clock import at, monday, now, today
from yunke.checks.living import knocks
from yunke.checks.living.load import Figures, Target, closed_loop
from yunke.checks.living.school import school
from yunke.checks.living.serving import serving
from yunke.ground.lake.actions.batches import Line, frame_of, mark_of, utc
from yunke.ground.lake.actions.inbox import Inbox, folder
from yunke.ground.lake.actions.intake import inbox_take
from yunke.ground.lake.door import SeatOf, cohort_freeze, school_day_build
from yunke.ground.lake.models import LakeFile
from yunke.ground.lake.reads import lessons
from yunke.ground.people.door import OrgRow, Role, Roster, roster_write
from yunke.ground.people.tests import makers as people
from yunke.insight.screen.actions.release import day_release

BATCH, DEEP = 100, 64
WRITER, HTTP, PAGE = 20_000.0, 5_000.0, 0.5
FLAT = 0.7  # the last rate to the first
STORED, LAKE, DAYS = 10_000_000, 50_000_000, 60
# The peer's table is filled so far: more would take it longer than all the rest.
BESIDE = 2_000_000
PUPILS, SCHOOLS, COUNTIES = 449_000, 587, 8
CITY_LESSONS = frozenset(range(1, 301))


def run(options: dict[str, Any]) -> dict[str, Any]:
    scale = max(float(options.get("scale") or 1), 1)
    seconds = options.get("seconds") or 4.0
    figures: dict[str, Any] = {"scale": scale}
    figures |= stored(int(STORED / scale), seconds)
    figures |= over_http(seconds)
    figures |= city(int(LAKE / scale), seconds)
    marks = {
        "writer >= 20000/s": figures["writer_per_s"] >= WRITER,
        "http >= 5000/s": figures["http_per_s"] >= HTTP and not figures["http_failed"],
        "flat": figures["flat"] >= FLAT,
        "page <= 0.5 s": figures["page_s"] <= PAGE,
    }
    ratios = {
        "writer_to_executemany": round(figures["writer_per_s"] / figures["sqlite_per_s"], 1),
        "writer_to_executemany_when_full": round(
            figures["writer_full_per_s"] / figures["sqlite_full_per_s"], 1
        ),
    }
    return {"figures": figures, "ratios": ratios, "marks": marks}


# Stored durably


def lines(count: int, person: int = 1) -> list[Line]:
    moment = utc(now())
    day = today().isoformat()
    return [
        Line(
            str(uuid.uuid4()), moment, day, person, "video.progressed", "lesson", 7, "", 0, 3, 4,
            7, 60,
        )
        for _ in range(count)
    ]  # fmt: skip


def stored(most: int, seconds: float) -> dict[str, Any]:
    """The writer and SQLite, empty; both filled to ``most``; then both again."""
    empty = median_rate(writer_rate, seconds)
    spent = writer_fill(most)
    os.sync()  # what the filling left to the disk is not the next pass's
    full = median_rate(writer_rate, seconds)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as place:
        beside = Beside(Path(place) / "beside.sqlite3")
        table = median_rate(beside.rate, seconds)
        beside.fill(min(most, BESIDE))
        os.sync()
        table_full = median_rate(beside.rate, seconds)
        beside.close()
    took = loaded()
    return {
        "stored": most, "sqlite_stored": min(most, BESIDE),
        "writer_per_s": round(empty), "writer_full_per_s": round(full),
        "sqlite_per_s": round(table), "sqlite_full_per_s": round(table_full),
        "flat": round(full / empty, 2), "filled_s": round(spent, 1), **took,
    }  # fmt: skip


def median_rate(rate: Callable[[float], float], seconds: float) -> float:
    """The middle of three passes, so that a busy moment of the machine decides nothing."""
    return statistics.median(rate(seconds / 2) for _ in range(3))


def writer_rate(seconds: float) -> float:
    """Acts a second, one batch after the other: each waits for the disk. From act to disk."""
    inbox, done, number = Inbox().start(), 0, 0
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        frame = frame_of(mark_of(1, uuid.uuid4().hex), lines(BATCH))
        inbox.submit(frame).result()
        done, number = done + BATCH, number + 1
    spent = time.monotonic() - began
    inbox.stop()
    return done / spent


def writer_fill(most: int) -> float:
    """Fill the inbox to ``most`` acts. The same bytes under other marks: only weight is wanted."""
    frame = frame_of("0" * 64, lines(BATCH))[64:]
    inbox, waiting = Inbox().start(), []
    began = time.monotonic()
    for number in range(most // BATCH):
        waiting.append(inbox.submit(f"{number:064d}".encode() + frame))
        if len(waiting) == DEEP:
            waiting.pop(0).result()
    for future in waiting:
        future.result()
    inbox.stop()
    return time.monotonic() - began


def loaded() -> dict[str, Any]:
    """How fast a segment comes to the lake, from the first that is not only weight."""
    segments = sorted(folder().glob("*.seg"))
    kept = segments[:1]
    for path in segments[1:]:
        path.unlink()
    began = time.monotonic()
    events = inbox_take() if kept else 0
    return {"taken_per_s": round(events / (time.monotonic() - began))}


class Beside:
    """SQLite with the outbox's columns and indexes, written by ``executemany`` and a commit."""

    def __init__(self, file: Path) -> None:
        self.line = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-32000"):
            self.line.execute(f"PRAGMA {pragma}")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = 'lake_event' AND sql IS NOT NULL"
            )
            for (statement,) in cursor.fetchall():
                self.line.execute(statement)

    def write(self, acts: list[Line]) -> None:
        self.line.execute("BEGIN IMMEDIATE")
        self.line.executemany(
            "INSERT INTO lake_event (made_at, uid, day, actor_id, verb, object_kind, object_id,"
            " title, subject_id, school_id, class_id, lesson_id, seconds, purpose, result)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    a.made_at, a.uid.replace("-", ""), a.day, a.actor_id, a.verb, a.object_kind,
                    a.object_id, a.title, a.subject_id, a.school_id, a.class_id, a.lesson_id,
                    a.seconds, a.purpose, a.result,
                )
                for a in acts
            ],
        )  # fmt: skip
        self.line.execute("COMMIT")

    def rate(self, seconds: float) -> float:
        done, began = 0, time.monotonic()
        while time.monotonic() - began < seconds:
            self.write(lines(BATCH))
            done += BATCH
        return done / (time.monotonic() - began)

    def fill(self, most: int) -> None:
        """``most`` rows with ids as random as real ones, made by SQLite itself."""
        one = lines(1)[0]
        for start in range(0, most, 500_000):
            many = min(500_000, most - start)
            self.line.execute(
                "INSERT INTO lake_event (made_at, uid, day, actor_id, verb, object_kind, object_id,"
                " title, subject_id, school_id, class_id, lesson_id, seconds, purpose, result)"
                " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                " SELECT ?, lower(hex(randomblob(16))), ?, i % 449000, ?, 'lesson', 7, '', 0, 3, 4,"
                " 7, 60, 'teaching', '{}' FROM n",
                (many, one.made_at, one.day, one.verb),
            )

    def close(self) -> None:
        self.line.close()


# Over HTTP


def over_http(seconds: float) -> dict[str, Any]:
    """Batches of 100 from forty devices through the one address, every batch a new one."""
    made = school(pupils=40)
    raws = [
        knocks.write(
            "/front/events", {"acts": acts()}, cookie=made.cookie(n % 40), key=uuid.uuid4().hex
        )
        for n in range(3000)
    ]
    connection.close()
    with serving() as house:
        work = closed_loop(Target(house.port), raws, connections=16, seconds=seconds)
        found: Figures = asyncio.run(work)
    good = found.statuses[200]
    return {
        "http_per_s": round(good * BATCH / found.seconds),
        "http_p99_ms": round(found.quantile(0.99), 1),
        "http_failed": sum(found.statuses.values()) - good,
    }  # fmt: skip


def acts() -> list[dict[str, Any]]:
    moment = now().isoformat()
    return [
        {"id": str(uuid.uuid4()), "verb": "video.progressed", "at": moment, "lesson": 7,
         "seconds": 60}
        for _ in range(BATCH)
    ]  # fmt: skip


# The city's page


def city(events: int, seconds: float) -> dict[str, Any]:
    """Sixty days of a whole city in the lake, rolled up and released day by day, and its page."""
    lessons.city_lessons_from(lambda: CITY_LESSONS)
    schools, who = offices()
    days = [today() - timedelta(days=n) for n in range(DAYS, 0, -1)]
    for week in sorted({monday(day) for day in [*days, today()]}):
        cohort_freeze(week, seats(schools))
    began = time.monotonic()
    for number, day in enumerate(days):
        generated(day, number, events // DAYS, schools)
    made = time.monotonic() - began
    built = []
    for day in days:
        began = time.monotonic()
        school_day_build(day)
        day_release(day)
        built.append(time.monotonic() - began)
    client = people.signed_in(who)
    times = [page(client, "/participation") for _ in range(5)]
    months = [page(client, f"/participation?span=month-{first_of_month(days)}") for _ in range(3)]
    return {
        "lake_events": events, "lake_mb": round(lake_bytes() / 2**20),
        "generated_s": round(made, 1),
        "day_built_s": round(statistics.median(built), 2),
        "day_built_worst_s": round(max(built), 2),
        "page_s": round(max([*times[1:], *months]), 3), "page_first_s": round(times[0], 3),
        "adhoc_s": round(ad_hoc(), 2),
    }  # fmt: skip


def offices() -> "tuple[list[int], Any]":
    """A bureau, counties, schools; gives the schools' ids and somebody of the bureau."""
    bureau = people.org("city", "云州市")
    first = bureau.id + 1000
    counties = [
        OrgRow(first + n, "county", bureau.id, f"bc{n}", f"第{n}县") for n in range(COUNTIES)
    ]
    schools = [
        OrgRow(first + 100 + n, "school", counties[n % COUNTIES].id, f"bs{n}", f"第{n}学校")
        for n in range(SCHOOLS)
    ]
    roster_write(Roster(orgs=[*counties, *schools]))
    return [one.id for one in schools], people.staff(bureau, Role.CITY_STAFF)


def seats(schools: list[int]) -> Iterator[SeatOf]:
    """Person n sits in school n % 587, grade 1 to 6."""
    for person in range(1, PUPILS + 1):
        yield SeatOf(person, schools[person % SCHOOLS], 1 + person // SCHOOLS % 6)


def generated(day: date, number: int, many: int, schools: list[int]) -> None:
    """A day's acts, written by DuckDB: 98 in a hundred pupils take part on a school day."""
    path = f"events/day={day}/{-(number + 2) * 10**9:015d}-bench.parquet"
    target: Path = settings.LAKE_ROOT / path
    target.parent.mkdir(parents=True, exist_ok=True)
    share = 0.98 if day.weekday() < 5 else 0.3
    came = int(PUPILS * share)
    eight = utc(at(day, clock(8)))
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as lake:
        lake.execute(
            f"""
            COPY (
                SELECT {-(number + 2) * 10**9} + i AS id, uuid() AS uid,
                    TIMESTAMP '{eight}' + to_seconds((random() * 14400)::BIGINT) AS made_at,
                    (1 + (i * 7919 + {number} * 104729) % {came})::BIGINT AS actor_id,
                    CASE WHEN i % 4 = 0 THEN 'lesson.opened' ELSE 'video.progressed' END AS verb,
                    'lesson' AS object_kind, (1 + i % 420)::BIGINT AS object_id, '' AS title,
                    0::BIGINT AS subject_id, 0::BIGINT AS school_id, 0::BIGINT AS class_id,
                    (1 + i % 420)::BIGINT AS lesson_id,
                    CASE WHEN i % 4 = 0 THEN 0 ELSE 60 END::INTEGER AS seconds,
                    'teaching' AS purpose, '{{}}' AS result
                FROM range({many}) r(i)
            ) TO '{target}' (FORMAT parquet, COMPRESSION zstd)
            """
        )
    LakeFile.objects.create(
        path=path, day=day, first_id=-(number + 2) * 10**9, last_id=-(number + 2) * 10**9 + many,
        events=many, bytes=target.stat().st_size,
    )  # fmt: skip


def first_of_month(days: list[date]) -> date:
    """The first whole month among the days."""
    firsts = [day for day in days if day.day == 1]
    whole = [f for f in firsts if (f + timedelta(days=32)).replace(day=1) <= days[-1]]
    return [*whole, *firsts][0]


def page(client: Client, path: str) -> float:
    began = time.monotonic()
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, answer.status_code
    return time.monotonic() - began


def lake_bytes() -> int:
    return sum(LakeFile.objects.values_list("bytes", flat=True))


def ad_hoc() -> float:
    """The same question straight from the files: the limit without a roll-up."""
    began = time.monotonic()
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as lake:
        lake.execute(
            "SELECT made_at::DATE AS day, count(DISTINCT actor_id)"
            " FROM read_parquet(?, hive_partitioning=false) GROUP BY day",
            [f"{settings.LAKE_ROOT}/events/*/*-bench.parquet"],
        ).fetchall()
    return time.monotonic() - began

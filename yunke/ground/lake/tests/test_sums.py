"""Whatever happens in whatever order: the sums are those of the acts, no more and no less."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as some

from yunke.base.clock import now, today
from yunke.ground.lake.actions import lake_flush, lake_tidy
from yunke.ground.lake.actions.parquet import COLUMNS, events_to_parquet, files_to_parquet, quoted
from yunke.ground.lake.actions.record import events_write
from yunke.ground.lake.models import Event, Flush, LakeFile, PersonDay
from yunke.ground.lake.reads import class_days, events_of, person_days
from yunke.ground.lake.reads.parquet import lake_rows
from yunke.ground.lake.rules import Group, joined
from yunke.ground.lake.tests.makers import lake, past, watched, yesterday
from yunke.ground.lake.values import LESSONS, OTHERS, WATCHING, K, PastAct, Verb

__all__ = ["lake"]

PEOPLE = some.integers(1, 4)
ACTS = some.lists(
    some.tuples(
        PEOPLE,
        some.integers(0, 12),  # days ago
        some.sampled_from([Verb.PROGRESSED, Verb.COMPLETED, Verb.OPENED, Verb.PRESENT]),
        some.integers(0, 3),  # lesson
        some.integers(0, 400),  # seconds
    ),
    max_size=30,
)
ROUNDS = some.lists(some.tuples(ACTS, some.booleans(), some.booleans()), min_size=1, max_size=3)
TRYING = trying(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def told(row: tuple[int, int, Verb, int, int]) -> PastAct:
    person, ago, verb, lesson, seconds = row
    moment = now() - timedelta(days=ago)
    return past(
        moment, person, day=today() - timedelta(days=ago), verb=verb, lesson_id=lesson,
        seconds=seconds,
    )  # fmt: skip


def expected(acts: list[PastAct]) -> dict[tuple[int, Any], tuple[int, set[int], int]]:
    """The sums as one would count them by hand."""
    sums: dict[tuple[int, Any], tuple[int, set[int], int]] = {}
    for act in acts:
        seconds, lessons, many = sums.get((act.actor_id, act.day), (0, set(), 0))
        if act.verb in WATCHING:
            seconds += act.seconds
        if act.verb in LESSONS and act.lesson_id:
            lessons = lessons | {act.lesson_id}
        sums[act.actor_id, act.day] = (seconds, lessons, many + 1)
    return sums


@pytest.mark.django_db
@TRYING
@given(rounds=ROUNDS, limit=some.integers(1, 40))
def test_sums_are_those_of_the_acts_however_they_were_taken(
    lake: Path, rounds: Any, limit: int
) -> None:
    """Acts come in rounds; after each the outbox may be flushed, in parts, and tidied."""
    for model in (Event, PersonDay, Flush, LakeFile):
        model.objects.all().delete()
    whole: list[PastAct] = []
    for rows, flush, tidy in rounds:
        acts = [told(row) for row in rows]
        events_write(acts)
        whole += acts
        if flush:
            lake_flush(limit=limit)
        if tidy:
            lake_tidy()
    found = {
        (row.person_id, row.day): (row.minutes, row.lessons, row.acts)
        for row in person_days(range(1, 5), today() - timedelta(days=20), today())
    }
    assert found == {
        key: (round(seconds / 60, 1), len(lessons), acts)
        for key, (seconds, lessons, acts) in expected(whole).items()
    }
    logged = Counter(act.actor_id for act in whole)
    for person in range(1, 5):
        assert len(events_of(person, size=200).rows) == logged[person]


@given(some.lists(some.tuples(some.integers(1, 60), some.integers(1, 5)), min_size=1, max_size=8))
def test_whatever_is_shown_no_few_can_be_told_apart(groups: list[tuple[int, int]]) -> None:
    """``groups``: people and acts each. Shown counts and the hidden rest are never of few."""
    made = [
        Group(
            f"g{n}", people * acts, people,
            frozenset(range(100 * n, 100 * n + people)) if people < K else frozenset(),
        )
        for n, (people, acts) in enumerate(groups)
    ]  # fmt: skip
    found = joined(made)
    assert all(count.people >= K for count in found)
    shown = {count.key for count in found if count.key != OTHERS}
    hidden = [group for group in made if group.key not in shown]
    if any(group.people >= K for group in made):
        assert sum(c.acts for c in found) == sum(g.acts for g in made), "nothing is lost"
        assert not hidden or sum(group.people for group in hidden) >= K
    else:
        assert {count.key for count in found} <= {OTHERS}


def test_bigger_groups_come_first_and_the_joined_ones_last() -> None:
    people = frozenset(range(6))
    found = joined(
        [
            Group("a", 10, 10), Group("b", 50, 12), Group("c", 50, 11),
            Group("x", 90, 6, people), Group("y", 9, 6, frozenset(range(6, 12))),
        ]
    )  # fmt: skip
    assert [count.key for count in found] == ["b", "c", "a", OTHERS]


def test_a_silent_group_hides_nobody() -> None:
    assert [c.key for c in joined([Group("a", 20, 20), Group("b", 0, 0)])] == ["a"]


@pytest.mark.django_db
def test_a_folder_with_a_quote_in_its_name_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LAKE_ROOT", tmp_path / "it's; DROP TABLE")
    watched(1)
    lake_flush()
    lake_tidy()
    path = LakeFile.objects.get().path
    assert lake_rows("SELECT count(*) FROM events", [path], []) == [(1,)]
    assert quoted(Path("a'b")) == "'a''b'"


def test_no_files_are_no_rows() -> None:
    assert lake_rows("SELECT 1 FROM events", [], []) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["圆的面积", 'a "quote" and \\ a slash', "two\nlines", "emoji 🌱", "𠮷野家", "'); --"]
)
def test_any_title_comes_back_as_it_was(lake: Path, title: str) -> None:
    events_write([past(yesterday(), title=title, result={"text": title})])
    lake_flush()
    path = LakeFile.objects.get().path
    assert lake_rows("SELECT title FROM events", [path], []) == [(title,)]
    Event.objects.all().delete()
    (line,) = events_of(1).rows
    assert (line.title, line.result) == (title, {"text": title})


@pytest.mark.django_db
def test_files_have_the_columns_that_readers_name(lake: Path) -> None:
    watched(1)
    lake_flush()
    path = quoted(lake / LakeFile.objects.get().path)
    found = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet({path}, hive_partitioning=false)")
    assert [row[0] for row in found.fetchall()] == list(COLUMNS)


@pytest.mark.django_db
def test_a_file_is_never_seen_half_written(lake: Path) -> None:
    """What is left of a killed write has another name, and the next write replaces it."""
    watched(1)
    event = Event.objects.get()
    path = f"events/day={event.day}/x.parquet"
    (lake / path).parent.mkdir(parents=True)
    (lake / path).with_suffix(".part").write_bytes(b"PAR1 half of a file")
    (lake / path).with_suffix(".jsonl").write_text('{"id": 1')
    size = events_to_parquet([event], path)
    assert (lake / path).stat().st_size == size
    assert lake_rows("SELECT id FROM events", [path], []) == [(event.id,)]
    assert sorted(file.name for file in (lake / path).parent.iterdir()) == ["x.parquet"]


@pytest.mark.django_db
def test_joined_files_lie_by_person(lake: Path) -> None:
    paths = []
    for person in (3, 1, 2, 1):
        watched(person)
        lake_flush()
    paths = list(LakeFile.objects.order_by("first_id").values_list("path", flat=True))
    files_to_parquet(paths, "events/whole.parquet")
    rows = lake_rows("SELECT actor_id, id FROM events", ["events/whole.parquet"], [])
    assert rows == sorted(rows)
    assert len(rows) == 4


@pytest.mark.django_db
def test_a_person_who_changed_class_is_counted_where_the_day_ended(lake: Path) -> None:
    watched(1, class_id=5)
    watched(1, class_id=6)
    lake_flush()
    assert [row.acts for row in class_days(6, today(), today())] == [2]
    assert class_days(5, today(), today()) == ()


@pytest.mark.django_db
def test_a_flush_that_found_nothing_leaves_nothing(lake: Path) -> None:
    assert lake_flush() == 0
    assert not lake.exists()
    assert not Flush.objects.exists()


@pytest.mark.django_db
def test_a_telling_of_a_line_survives_a_copy(lake: Path) -> None:
    cache.clear()
    watched(1)
    (line,) = events_of(1).rows
    assert replace(line, title="x").title == "x"
    with pytest.raises(AttributeError):
        line.title = "y"  # type: ignore[misc]

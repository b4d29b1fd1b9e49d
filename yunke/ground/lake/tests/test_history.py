"""Everything that is logged about a person, from the outbox and the lake as one list."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.ground.lake.actions import event_record, lake_flush, lake_tidy
from yunke.ground.lake.actions.record import events_write
from yunke.ground.lake.models import Event
from yunke.ground.lake.reads import events_of, history_of, lesson_titles_from
from yunke.ground.lake.reads import titles as titles_read
from yunke.ground.lake.tests.makers import lake, past, watched, yesterday
from yunke.ground.lake.values import Verb

__all__ = ["lake"]
pytestmark = pytest.mark.django_db


def test_newest_first_and_only_ones_own(lake: Path) -> None:
    watched(1, lesson=1)
    watched(2, lesson=2)
    watched(1, lesson=3)
    assert [line.lesson_id for line in events_of(1).rows] == [3, 1]


def test_what_others_did_about_me_is_mine_too(lake: Path) -> None:
    event_record(
        actor_id=9, verb=Verb.GUARDIAN_LOOKED, object_kind="child", object_id=1, subject_id=1
    )
    (line,) = events_of(1).rows
    assert (line.actor_id, line.subject_id) == (9, 1)
    assert len(events_of(9).rows) == 1


def test_what_i_did_to_myself_is_there_once(lake: Path) -> None:
    event_record(actor_id=1, verb=Verb.PASSWORD_CHANGED, object_kind="person", subject_id=1)
    assert len(events_of(1).rows) == 1


def test_pages_go_from_the_outbox_into_the_lake_without_a_seam(lake: Path) -> None:
    old = now() - timedelta(days=40)
    events_write(past(old + timedelta(hours=n), person=1, lesson_id=n + 1) for n in range(40))
    events_write(past(yesterday(), person=1, lesson_id=41 + n) for n in range(5))
    lake_flush()
    lake_tidy()
    assert Event.objects.count() == 5
    seen, page = [], 1
    while True:
        found = events_of(1, page, size=7)
        seen += [line.lesson_id for line in found.rows]
        if not found.more:
            break
        page += 1
    assert sorted(seen) == list(range(1, 46))
    assert seen[5:] == list(range(40, 0, -1)), "the old ones follow, newest first"
    assert page == 7


def test_a_lake_without_an_outbox_still_tells(lake: Path) -> None:
    events_write([past(now() - timedelta(days=20), person=1, result={"way": "card"})])
    lake_flush()
    lake_tidy()
    assert not Event.objects.exists()
    (line,) = events_of(1).rows
    assert (line.verb, line.result) == ("lesson.opened", {"way": "card"})
    assert line.at.tzinfo is not None


def test_a_line_is_the_same_before_and_after_the_lake(lake: Path) -> None:
    events_write([past(now() - timedelta(days=20), person=1, seconds=4, school_id=3, class_id=2)])
    before = events_of(1).rows
    lake_flush()
    lake_tidy()
    assert events_of(1).rows == before


def test_the_whole_history_comes_in_one_go(lake: Path) -> None:
    events_write(past(yesterday(), person=1) for _ in range(12))
    assert len(list(history_of(1, size=5))) == 12


def test_a_page_in_the_last_week_costs_the_same_however_long_it_is(
    lake: Path, django_assert_max_num_queries: Any
) -> None:
    for _ in range(80):
        watched(1)
    with django_assert_max_num_queries(3):
        assert len(events_of(1).rows) == 30
    with django_assert_max_num_queries(3):
        assert events_of(1, 2).more


def test_a_stranger_has_an_empty_log(lake: Path) -> None:
    watched(1)
    assert events_of(2).rows == []
    assert not events_of(2).more


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """A room that keeps lessons; what it was asked is kept."""
    asked: list[list[int]] = []
    monkeypatch.setattr(titles_read, "_sources", [])

    def read(ids: list[int]) -> dict[int, str]:
        asked.append(ids)
        return {3: "圆的面积"}

    lesson_titles_from(read)
    return asked


def test_a_line_about_a_lesson_gets_its_title(lake: Path, named: list[list[int]]) -> None:
    watched(1, lesson=3, title="")
    watched(1, lesson=4, title="")
    watched(1, lesson=5, title="自带名字")
    assert [line.title for line in events_of(1).rows] == ["自带名字", "", "圆的面积"]
    assert named == [[3, 4]], "asked once for a page, and only for what is missing"


def test_nobody_is_asked_for_acts_without_a_lesson(lake: Path, named: list[list[int]]) -> None:
    event_record(actor_id=1, verb=Verb.PRESENT, object_kind="day")
    assert events_of(1).rows[0].title == ""
    assert named == []

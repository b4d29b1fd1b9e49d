"""B-08's own parts: no writing address is forgotten, and a second effect would be seen."""

import pytest

from yunke.base.clock import now
from yunke.base.models import Receipt
from yunke.checks.accept.b_writes import (
    Address,
    aside,
    difference,
    footprint,
    front_addresses,
    missing_rows,
    page_addresses,
    words,
)
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.values import State
from yunke.ground.people.tests import makers as people
from yunke.insight.screen.actions.measure import PATH
from yunke.school.lessons.tests import makers as lessons
from yunke.school.preparing.models import Thread, Version
from yunke.school.preparing.values import PlaceKind


def test_every_writing_address_has_its_row() -> None:
    assert missing_rows(list(page_addresses()), list(front_addresses())) == []


def test_a_new_address_without_a_row_and_a_row_without_an_address_are_told() -> None:
    pages = [*page_addresses(), Address("new/thing", True), Address("open/thing", False)]
    assert missing_rows(pages, list(front_addresses())) == ["new/thing", "open/thing"]
    assert "today/tick" in missing_rows([], list(front_addresses()))


def test_pages_that_only_read_are_no_writing_addresses() -> None:
    found = {address.pattern for address in page_addresses()}
    assert "today/tick" in found
    assert not {"today", "health", "class/<int:class_id>"} & found


@pytest.mark.django_db
def test_one_row_more_is_a_difference() -> None:
    before = footprint()
    Receipt.objects.create(key="k" * 20, path="/x")
    assert difference(before, footprint()) == {"base_receipt": 1}


@pytest.mark.django_db
def test_the_trial_writes_of_a_house_that_measures_itself_are_no_difference() -> None:
    before = footprint()
    Receipt.objects.create(key="k" * 20, path=PATH)
    assert difference(before, footprint()) == {}


@pytest.mark.django_db
def test_a_roster_sent_on_and_one_read_again_are_differences() -> None:
    row = Import.objects.create(org_id=1, made_by=1, name="a.csv", state=State.READ, reading=1)
    before = footprint()
    for state in (State.WRITING, State.UNDOING):
        Import.objects.filter(id=row.id).update(state=state)
        assert difference(before, footprint()) == {"exchange_import": 1}
        before = footprint()
    Import.objects.filter(id=row.id).update(reading=2)
    assert difference(before, footprint()) == {"exchange_import": 1}


@pytest.mark.django_db
def test_the_worker_reading_a_roster_is_no_difference() -> None:
    row = Import.objects.create(org_id=1, made_by=1, name="a.csv", state=State.WAITING, reading=1)
    before = footprint()
    for state in (State.READING, State.READ, State.REFUSED):
        Import.objects.filter(id=row.id).update(state=state)
        assert difference(before, footprint()) == {}


@pytest.mark.django_db
def test_a_closed_talk_and_a_named_version_are_differences() -> None:
    school = people.org("school", "河东小学")
    lesson = lessons.taught(people.teacher(people.school_class(school)))
    thread = Thread.objects.create(lesson=lesson, place=PlaceKind.LESSON)
    version = Version.objects.create(lesson=lesson, number=99, content={})
    before = footprint()
    Thread.objects.filter(id=thread.id).update(resolved_at=now())
    Version.objects.filter(id=version.id).update(label="试讲前")
    assert difference(before, footprint()) == {"preparing_thread": 1, "preparing_version": 1}


def test_what_the_worker_writes_in_its_own_time_stands_aside() -> None:
    assert aside("lake_flush")
    assert aside("lesson_search_idx")
    assert not aside("lessons_answer")


def test_a_failure_is_told_in_the_words_of_its_page() -> None:
    assert words(b"<html><h1>no</h1>") == "no"
    assert words(b"plain") == "plain"

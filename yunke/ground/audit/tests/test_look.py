"""Every look at a record leaves its line; two hundred pupils an hour is what one reads alone."""

import logging
from datetime import timedelta

import pytest
import time_machine

from yunke.base.clock import now
from yunke.ground.audit.door import (
    LIMIT,
    Act,
    TooFast,
    TooMany,
    act_told,
    acts_since,
    alerts_of,
    limit_of,
    lines_about,
    lines_by,
    lines_of_schools,
    look_record,
    part_told,
    second_ask,
    second_decide,
    second_told,
)
from yunke.ground.audit.models import Entry, Look
from yunke.ground.audit.tests.makers import line

pytestmark = pytest.mark.django_db
ADMIN, CHILD, SCHOOL = 50, 1001, 3


def look(*pupils: int, counted: bool = True, **more: object) -> int:
    values = {"reader_id": ADMIN, "role": "school_admin", "part": "person", "school_id": SCHOOL}
    return look_record(**{**values, **more}, pupil_ids=list(pupils), counted=counted)


def test_a_look_at_one_pupil_is_a_line_about_the_pupil() -> None:
    seq = look(CHILD, part_id=CHILD, reason="家长来电")
    entry = Entry.objects.get(seq=seq)
    assert (entry.act, entry.subject_id, entry.role) == ("record.viewed", CHILD, "school_admin")
    (told,) = lines_about(CHILD).rows
    assert (told.actor_id, told.object_kind, told.reason) == (ADMIN, "person", "家长来电")


def test_a_look_at_a_class_is_one_line_and_everybody_of_it_finds_it() -> None:
    look(1, 2, 3, 2, part="class")
    assert Entry.objects.count() == 1
    assert Look.objects.count() == 3
    for pupil in (1, 2, 3):
        assert len(lines_about(pupil).rows) == 1
    assert lines_about(4).rows == []


def test_what_others_did_to_a_person_is_told_with_the_looks() -> None:
    line(actor_id=7, act=Act.PASSWORD_RESET, subject_id=CHILD)
    look(CHILD)
    assert [told.act for told in lines_about(CHILD).rows] == ["record.viewed", "password.reset"]


def test_sealed_work_is_never_told() -> None:
    line(act=Act.CASE_VIEWED, subject_id=CHILD)
    look(CHILD, act=Act.SAFETY_VIEWED, counted=False)
    assert lines_about(CHILD).rows == []
    assert lines_of_schools(None).rows == []
    assert acts_since(now() - timedelta(days=1), None) == {}


def test_two_hundred_pupils_an_hour_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    look(*range(LIMIT))
    look(*range(50))  # the same ones again are nothing new
    with caplog.at_level(logging.WARNING), pytest.raises(TooMany) as stopped:
        look(9999)
    assert stopped.value.limit == LIMIT
    assert Look.objects.filter(pupil_id=9999).count() == 0
    (alert,) = alerts_of(frozenset({SCHOOL}))
    assert (alert.actor_id, alert.act, alert.detail) == (ADMIN, "bulk.stopped", {"limit": LIMIT})
    assert now() - alert.at < timedelta(minutes=1)
    assert "50 was stopped at 200" in caplog.text
    assert alerts_of(frozenset({SCHOOL + 1})) == []


def test_one_alert_an_hour() -> None:
    look(*range(LIMIT))
    for _ in range(3):
        with pytest.raises(TooMany):
            look(9999)
    assert len(alerts_of(None)) == 1


def test_an_hour_later_one_reads_on() -> None:
    look(*range(LIMIT))
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert look(9999)


def test_a_teachers_own_classes_are_not_counted() -> None:
    for first in range(0, 600, 100):
        look(*range(first, first + 100), counted=False)
    assert look(9999)


def test_a_second_person_lets_one_read_more_for_an_hour() -> None:
    asked = second_ask(
        who_id=ADMIN, kind="pupils.read", page="/people", reason="核对学籍",
        about={"pupils": 500}, org_id=SCHOOL,
    )  # fmt: skip
    assert limit_of(ADMIN) == LIMIT
    second_decide(id=asked, who_id=ADMIN + 1, given=True)
    assert limit_of(ADMIN) == 500
    look(*range(450))
    with pytest.raises(TooMany):
        look(*range(450, 510))
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert limit_of(ADMIN) == LIMIT


def test_nobody_agrees_to_everything() -> None:
    asked = second_ask(
        who_id=ADMIN, kind="pupils.read", page="/people", reason="x", about={"pupils": 99999},
        org_id=SCHOOL,
    )  # fmt: skip
    second_decide(id=asked, who_id=ADMIN + 1, given=True)
    assert limit_of(ADMIN) == 2000


def test_a_script_that_turns_pages_too_fast_is_slowed_down() -> None:
    for _ in range(30):
        look(CHILD)
    with pytest.raises(TooFast):
        look(CHILD)
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert look(CHILD)


def test_lists_come_newest_first_a_page_at_a_time(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    for number in range(7):
        look(CHILD, part_id=number, counted=False)
    with django_assert_num_queries(1):  # type: ignore[operator]
        first = lines_about(CHILD, size=5)
    assert [told.object_id for told in first.rows] == [6, 5, 4, 3, 2]
    assert first.more
    assert [told.object_id for told in lines_about(CHILD, page=2, size=5).rows] == [1, 0]
    assert len(lines_by(ADMIN).rows) == 7
    assert len(lines_of_schools(frozenset({SCHOOL})).rows) == 7
    assert lines_of_schools(frozenset({SCHOOL + 1})).rows == []
    assert acts_since(now() - timedelta(days=1), None) == {"record.viewed": 7}


def test_everything_has_plain_words() -> None:
    assert all(act_told(act) != act.value for act in Act)
    assert act_told("unknown.act") == "unknown.act"
    assert part_told("class")[1] == "users"
    assert part_told("unknown") == ("", "eye")
    assert second_told("unknown") == "一件需要两个人同意的事"

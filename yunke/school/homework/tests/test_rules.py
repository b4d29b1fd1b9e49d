"""Times, minutes, stages, ink: on plain values."""
# ruff: noqa: DTZ001 - wall clocks have no zone

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.homework.rules.chart import WIDTH, chart_of
from yunke.school.homework.rules.desk import ink_of
from yunke.school.homework.rules.load import Stretch, limit_of, load_of
from yunke.school.homework.rules.recordings import kind_of
from yunke.school.homework.rules.setting import is_written
from yunke.school.homework.rules.stages import Facts, is_late, key_shown, may_correct, stage_of
from yunke.school.homework.rules.times import evenings, instant, moved, wall_of
from yunke.school.homework.values import PupilState, Reveal, Stage

ZONES = ("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2011, 1, 1), datetime(2035, 1, 1)),
    st.integers(1, 60),
)
def test_days_later_the_clock_on_the_wall_shows_the_same(
    name: str, wall: datetime, days: int
) -> None:
    zone = ZoneInfo(name)
    begins = instant(wall, zone)
    if wall_of(begins, zone) != wall:  # an hour that is left out has no wall time to keep
        return
    later = wall + timedelta(days=days)
    if wall_of(instant(later, zone), zone) != later:
        return
    assert wall_of(moved(begins, days, zone), zone) == later
    assert moved(begins, days, zone).tzinfo is UTC


@given(st.sampled_from(ZONES), st.datetimes(datetime(2011, 1, 1), datetime(2035, 1, 1)))
def test_any_wall_time_is_one_instant_and_stays_it(name: str, wall: datetime) -> None:
    zone = ZoneInfo(name)
    found = instant(wall, zone)
    assert instant(wall_of(found, zone), zone) in {found, instant(wall, zone)}
    assert abs(wall_of(found, zone) - wall) <= timedelta(days=1)


def test_an_hour_that_is_left_out_is_counted_on_and_a_doubled_one_is_the_later() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert instant(datetime(2026, 3, 29, 2, 30), berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    later = instant(datetime(2026, 10, 25, 2, 30), berlin)
    assert later == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    howe = ZoneInfo("Australia/Lord_Howe")
    before = instant(datetime(2026, 4, 1, 20), howe)
    assert moved(before, 7, howe) - before == timedelta(days=7, minutes=30)


def test_samoas_lost_day_is_over_in_no_time() -> None:
    apia = ZoneInfo("Pacific/Apia")
    before = instant(datetime(2011, 12, 29, 20), apia)
    assert moved(before, 2, apia) - before == timedelta(days=1)


def test_work_is_done_on_the_days_before_it_is_due() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    at = instant(datetime(2026, 3, 2, 15), zone)
    assert evenings(at, instant(datetime(2026, 3, 3, 8), zone), zone) == (DAY,)
    assert evenings(at, instant(datetime(2026, 3, 2, 20), zone), zone) == (DAY,)
    assert len(evenings(at, instant(datetime(2026, 3, 4, 20), zone), zone)) == 3
    assert evenings(at, at + timedelta(minutes=5), zone) == (DAY,)


@pytest.mark.parametrize(
    ("grade", "minutes"), [(1, 0), (2, 0), (3, 60), (6, 60), (7, 90), (9, 90), (10, None)]
)
def test_the_limit_of_a_grade(grade: int, minutes: int | None) -> None:
    found = limit_of(grade, "cn")
    assert (found.minutes if found else None) == minutes
    assert limit_of(grade, "eu") is None


def load(*held: Stretch, minutes: int = 30, written: bool = True, grade: int = 3):  # noqa: ANN201
    new = Stretch(0, "chinese", minutes, written, (DAY,))
    return load_of([(1, "小满", ""), (2, "知远", "")], held, new, grade=grade, profile="cn")


def test_minutes_of_all_subjects_are_added_child_by_child() -> None:
    two_days = (DAY, DAY + timedelta(days=1))
    found = load(Stretch(1, "maths", 41, True, two_days), Stretch(1, "english", 10, False, (DAY,)))
    first, second = found.children
    assert (first.fullest.written, first.fullest.other, first.fullest.all) == (21, 10, 61)
    assert first.subjects == (("english", 10), ("maths", 21))
    assert second.fullest.all == 30
    assert found.over == 0
    assert found.top == 70


def test_above_the_limit_is_counted_for_written_work_only() -> None:
    assert load(Stretch(1, "maths", 31, True, (DAY,))).over == 1
    assert load(Stretch(1, "maths", 31, True, (DAY,)), written=False).over == 0
    assert load(Stretch(1, "maths", 300, False, (DAY,))).over == 0
    assert load(minutes=5, grade=1).over == 2
    assert load(minutes=5, grade=10).over == 0


def facts(**more: object) -> Facts:
    return Facts(**{"opens_at": AT, "due_at": AT + timedelta(days=1), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "hours", "stage"),
    [
        ({}, -1, Stage.WAITING),
        ({}, 1, Stage.NEW),
        ({"number": 1}, 1, Stage.BEGUN),
        ({"number": 1}, 25, Stage.OVERDUE),
        ({}, 25, Stage.OVERDUE),
        ({"number": 1, "submitted_at": AT}, 1, Stage.HANDED_IN),
        ({"number": 1, "submitted_at": AT, "returned_number": 1}, 1, Stage.RETURNED),
        ({"number": 2, "returned_number": 1}, 30, Stage.CORRECTING),
        ({"number": 2, "submitted_at": AT, "returned_number": 1}, 30, Stage.CORRECTED),
        ({"number": 2, "submitted_at": AT, "returned_number": 2}, 30, Stage.RETURNED),
    ],
)
def test_stages(known: dict[str, object], hours: int, stage: Stage) -> None:
    assert stage_of(facts(**known), AT + timedelta(hours=hours)) is stage


def test_late_is_the_first_hand_in_after_the_own_deadline() -> None:
    assert is_late(AT + timedelta(seconds=1), AT)
    assert not is_late(AT, AT)
    assert not is_late(None, AT)


def test_the_key_waits_for_the_own_hand_in_and_for_the_last_deadline() -> None:
    def shown(reveal: Reveal, stage: Stage, days: int) -> bool:
        return key_shown(reveal, stage, last_due=AT, at=AT + timedelta(days=days))

    assert shown(Reveal.HANDED_IN, Stage.HANDED_IN, -1)
    assert not shown(Reveal.HANDED_IN, Stage.BEGUN, -1)
    assert not shown(Reveal.DUE, Stage.RETURNED, -1)
    assert shown(Reveal.DUE, Stage.RETURNED, 1)
    assert not shown(Reveal.DUE, Stage.OVERDUE, 1)
    assert not shown(Reveal.HANDED_IN, Stage.CORRECTING, 1)


def test_what_may_be_corrected() -> None:
    assert may_correct(Stage.RETURNED, wrong=1, asked_to=False)
    assert may_correct(Stage.RETURNED, wrong=0, asked_to=True)
    assert not may_correct(Stage.RETURNED, wrong=0, asked_to=False)
    assert not may_correct(Stage.HANDED_IN, wrong=3, asked_to=True)


def test_ink_is_kept_within_measure() -> None:
    line = {"kind": "line", "colour": "red", "points": [[0.123456, 0.5], [1, 1]]}
    stamp = {"kind": "stamp", "stamp": "tick", "at": [0.5, 0.5]}
    text = {"kind": "text", "text": " 好 ", "at": [0, 0]}
    assert ink_of({"7": [line, stamp, text]}) == {
        "7": [
            {"kind": "line", "colour": "red", "points": [[0.1235, 0.5], [1.0, 1.0]]},
            stamp, {"kind": "text", "text": "好", "at": [0.0, 0.0]},
        ]
    }  # fmt: skip
    assert ink_of({}) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        [], "x", {"a": []}, {"7": {}}, {"7": [[]]}, {"7": [{"kind": "line"}]},
        {"7": [{"kind": "line", "colour": "url(x)", "points": [[0, 0]]}]},
        {"7": [{"kind": "line", "colour": "red", "points": [[0, 2]]}]},
        {"7": [{"kind": "line", "colour": "red", "points": [[True, 0]]}]},
        {"7": [{"kind": "stamp", "stamp": "<svg>", "at": [0, 0]}]},
        {"7": [{"kind": "stamp", "stamp": "tick", "at": [0]}]},
        {"7": [{"kind": "text", "text": "", "at": [0, 0]}]}, {"7": [{"kind": "script"}]},
        {"7": [{"kind": "stamp", "stamp": "tick", "at": [0, 0]}] * 401},
    ],
)  # fmt: skip
def test_what_is_no_ink_is_refused(wrong: object) -> None:
    assert ink_of(wrong) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x1a\x45\xdf\xa3webm", "video/webm"), (b"OggS\0", "audio/ogg"),
        (b"\0\0\0\x20ftypM4A ", "video/mp4"), (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"<svg onload=x>", None), (b"<html>", None), (b"GIF89a", None), (b"", None),
        (b"%PDF-1.7", None), (b"\0\0\0\x20ftypheic", None),
    ],
)  # fmt: skip
def test_a_recording_is_known_by_its_bytes(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind


def test_what_counts_as_written() -> None:
    assert is_written([])
    assert is_written(["reading", "choice"])
    assert not is_written(["reading", "recitation", "practical", "signed"])


def state(stage: Stage, *, late: bool = False) -> PupilState:
    handed = stage in {Stage.HANDED_IN, Stage.RETURNED}
    return PupilState(
        1, "小满", "", 1, stage, AT, False, late, AT if handed else None, 1, 1, 0, handed
    )


def test_the_classs_bar_is_whole() -> None:
    states = [state(Stage.NEW), state(Stage.HANDED_IN, late=True), state(Stage.RETURNED)]
    chart = chart_of(states)
    assert [part.name for part in chart.parts] == ["returned", "handed_in", "new"]
    assert sum(part.width for part in chart.parts) == WIDTH
    assert (chart.handed_in, chart.late, chart.all) == (2, 1, 3)
    assert chart_of([]).parts == ()

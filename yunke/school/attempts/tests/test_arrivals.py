"""Rules on plain values: what counts, what is late, what no answer is."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.attempts.rules.arrivals import (
    DEEPEST,
    LONGEST,
    MOST_ANSWERS,
    Fate,
    Standing,
    fate,
    instant_of,
    is_late,
    over,
    too_much,
    unkept,
)
from yunke.school.attempts.values import Why

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("submitted", "ends_at", "why"),
    [
        (False, None, None),
        (False, AT, None),
        (False, AT + SECOND, None),
        (False, AT - timedelta(microseconds=1), Why.ENDED),
        (True, None, Why.SUBMITTED),
        (True, AT - SECOND, Why.SUBMITTED),
    ],
)
def test_the_instant_of_the_end_still_counts(
    submitted: bool, ends_at: datetime | None, why: Why | None
) -> None:
    assert over(Standing(submitted, ends_at), AT) is why


@given(
    st.booleans(), st.integers(-5, 5), st.integers(1, 6), st.integers(0, 6), st.booleans(),
)  # fmt: skip
def test_nothing_goes_back_and_nothing_late_counts(
    submitted: bool, seconds: int, seq: int, stored: int, differs: bool
) -> None:
    standing = Standing(submitted, AT + seconds * SECOND)
    found = fate(standing, AT, seq=seq, stored=stored, differs=differs)
    closed = submitted or seconds < 0
    assert (found is Fate.COUNTS) == (seq > stored and not closed)
    assert (found is Fate.STRAY) == (seq > stored and closed)
    assert (found is Fate.BESIDE) == (seq <= stored and differs)


@pytest.mark.parametrize(
    ("due", "late"), [(None, False), (AT, False), (AT + SECOND, False), (AT - SECOND, True)]
)
def test_late_is_after_the_day_never_on_it(due: datetime | None, late: bool) -> None:
    assert is_late(due, AT) is late


@pytest.mark.parametrize(
    ("value", "much"),
    [
        ("x" * LONGEST, False),
        ("x" * (LONGEST + 1), True),
        (["x"] * MOST_ANSWERS, False),
        (["x"] * (MOST_ANSWERS + 1), True),
        ({"a": "x" * (LONGEST + 1)}, True),
        ({"x" * (LONGEST + 1): "a"}, True),
        ([[["a"]]], False),
        ([[[["a"]]]], True),
        ([[[[]]]], True),
        (10**40, False),
        (None, False),
    ],
)
def test_an_answer_is_as_long_and_deep_as_any_question_asks(value: Any, much: bool) -> None:
    assert too_much(value) is much


def test_a_value_without_end_is_refused_at_once() -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = [deep]
    assert too_much(deep)
    assert DEEPEST < 10


@given(VALUES)
def test_one_letter_that_cannot_be_kept_spoils_any_value_around_it(value: Any) -> None:
    clean = str(value).replace("\0", "").encode("utf-8", "ignore").decode()
    assert not unkept(clean)
    for letter in ("\0", "\ud800", "\udfff"):
        assert unkept([value, letter])
        assert unkept({"a": {"b": [f"春{letter}"]}})
        assert unkept({letter: value})


@given(st.datetimes(), st.integers(-14, 14))
def test_an_instant_is_the_same_in_every_zone_or_nothing(at: datetime, hours: int) -> None:
    zoned = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    found = instant_of(zoned)
    assert found is None or (found == zoned and found.utcoffset() == timedelta(0))
    assert instant_of(at) is None
    if 2 < at.year < 9998:
        assert found is not None


def test_no_instant_is_none() -> None:
    assert instant_of(None) is None
    assert instant_of(datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))) is None
    assert instant_of(datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))) is None

"""Whatever was said in whatever order: on is only what everybody who decides agreed to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.capability import PROFILES, is_stricter
from yunke.ground.consent.rules.deciding import (
    GRADE_AGE,
    NO,
    age,
    age_of,
    holds,
    is_live,
    is_old_enough,
    state_of,
)
from yunke.ground.consent.rules.switches import SWITCHES, is_asked, switches_in, wording_hash
from yunke.ground.consent.values import Answer, Stand, Standing, State, Subject

DAY = date(2026, 11, 22)
SWITCH = SWITCHES[0]
OLD = Subject(1, born_on=date(2012, 1, 1))
stands = st.lists(
    st.builds(
        Stand,
        by_id=st.integers(1, 4),
        standing=st.sampled_from(Standing),
        answer=st.sampled_from(Answer),
        version=st.sampled_from([SWITCH.version, SWITCH.version + 1]),
        profile=st.sampled_from(PROFILES),
        until=st.sampled_from([DAY - timedelta(1), DAY, DAY + timedelta(1)]),
        bound=st.booleans(),
    ),
    max_size=6,
)
profiles = st.sampled_from(PROFILES)


def on(said: list[Stand], profile: str, *, alone: bool = False) -> bool:
    return holds(said, SWITCH, alone=alone, profile=profile, day=DAY)


def yes(standing: Standing, **other: object) -> Stand:
    told = {"by_id": 9, "version": SWITCH.version, "profile": "cn", "until": DAY + timedelta(1)}
    return Stand(standing=standing, answer=Answer.GIVEN, **{**told, **other})  # type: ignore[arg-type]


@given(stands, profiles, st.booleans())
def test_nothing_is_on_without_ones_own_live_yes(
    said: list[Stand], profile: str, alone: bool
) -> None:
    if on(said, profile, alone=alone):
        own = [s for s in said if s.standing == Standing.SELF]
        assert any(is_live(s, SWITCH, profile, DAY) for s in own)


@given(stands, profiles)
def test_a_bound_guardians_no_turns_it_off_whatever_else_was_said(
    said: list[Stand], profile: str
) -> None:
    for answer in NO:
        no = Stand(5, Standing.GUARDIAN, answer, SWITCH.version, profile, DAY - timedelta(900))
        assert not on([*said, no], profile)


@given(stands, profiles)
def test_an_unbound_guardian_changes_nothing(said: list[Stand], profile: str) -> None:
    bound = [s for s in said if s.standing == Standing.SELF or s.bound]
    assert on(said, profile) == on(bound, profile)


@given(stands, profiles, st.booleans(), st.randoms())
def test_the_order_in_which_people_spoke_changes_nothing(
    said: list[Stand], profile: str, alone: bool, chance: object
) -> None:
    turned = list(said)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert on(said, profile, alone=alone) == on(turned, profile, alone=alone)
    subject = Subject(1, alone=alone, born_on=OLD.born_on)
    told = {state_of(order, SWITCH, subject, profile=profile, day=DAY) for order in (said, turned)}
    assert len(told) == 1


@given(stands, profiles)
def test_a_looser_site_never_keeps_a_yes_that_a_stricter_one_was_given(
    said: list[Stand], profile: str
) -> None:
    for one in said:
        if is_live(one, SWITCH, profile, DAY):
            assert not is_stricter(one.profile, than=profile)
            assert one.until > DAY


@given(stands, profiles, st.booleans())
def test_the_state_says_on_exactly_when_it_is_on(
    said: list[Stand], profile: str, alone: bool
) -> None:
    subject = Subject(1, alone=alone, born_on=OLD.born_on)
    bound = [s for s in said if s.bound]
    state = state_of(said, SWITCH, subject, profile=profile, day=DAY)
    assert (state == State.ON) == on(bound, profile, alone=alone)


@given(stands, profiles)
def test_who_is_too_young_is_told_nothing_else(said: list[Stand], profile: str) -> None:
    small = Subject(1, born_on=DAY - timedelta(days=365 * 3))
    assert state_of(said, SWITCH, small, profile=profile, day=DAY) == State.TOO_YOUNG


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], State.UNASKED),
        ([yes(Standing.SELF)], State.WAITS_GUARDIAN),
        ([yes(Standing.GUARDIAN)], State.WAITS_CHILD),
        ([yes(Standing.SELF), yes(Standing.GUARDIAN)], State.ON),
        ([yes(Standing.SELF), yes(Standing.GUARDIAN, bound=False)], State.WAITS_GUARDIAN),
        ([yes(Standing.SELF), yes(Standing.GUARDIAN, until=DAY)], State.OVER),
        ([yes(Standing.SELF, version=99), yes(Standing.GUARDIAN)], State.WORDS_CHANGED),
        ([yes(Standing.SELF, profile="strict"), yes(Standing.GUARDIAN)], State.WORDS_CHANGED),
    ],
)
def test_each_state_by_an_example(said: list[Stand], state: State) -> None:
    assert state_of(said, SWITCH, OLD, profile="cn", day=DAY) == state


@given(st.dates(date(2000, 1, 1), DAY), st.dates(DAY, date(2040, 1, 1)))
def test_an_age_grows_by_one_a_year_and_never_shrinks(born: date, day: date) -> None:
    assert age(born, day) >= age(born, DAY) >= 0
    later = date(day.year + 1, day.month, min(day.day, 28))
    assert age(born, later) - age(born, day) in {0, 1}


@pytest.mark.parametrize(
    ("subject", "years"),
    [(Subject(1), 0), (Subject(1, grade=1), 1 + GRADE_AGE), (Subject(1, grade=9), 9 + GRADE_AGE),
     (Subject(1, grade=9, born_on=date(2020, 11, 23)), 5),
     (Subject(1, born_on=date(2020, 11, 22)), 6)],
)  # fmt: skip
def test_a_birthday_counts_before_the_grade(subject: Subject, years: int) -> None:
    assert age_of(subject, DAY) == years
    assert is_old_enough(SWITCH, subject, DAY) == (years >= SWITCH.youngest)


def test_staff_are_old_enough_without_a_birthday() -> None:
    assert all(is_old_enough(s, Subject(1, is_staff=True), DAY) for s in SWITCHES)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_asks_for_what_it_allows_with_consent_and_staff_for_less(profile: str) -> None:
    asked = switches_in(profile)
    assert set(asked) == {s for s in SWITCHES if is_asked(s, profile)}
    assert set(switches_in(profile, staff=True)) == {s for s in asked if s.staff}


@given(st.text(), st.text())
def test_two_wordings_have_one_hash_only_when_they_are_the_same(one: str, other: str) -> None:
    assert (wording_hash(one) == wording_hash(other)) == (one == other)
    assert len(wording_hash(one)) == 64

"""When a switch is on, on plain values: every combination of who said what."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from yunke.ground.consent.rules.deciding import age, holds, is_old_enough, state_of
from yunke.ground.consent.rules.switches import SWITCHES, switch_of
from yunke.ground.consent.values import Answer, Stand, Standing, State, Subject

DAY = date(2026, 11, 18)
BAND = switch_of("pulse-wristband")
CHILD = Subject(1, grade=3)
ADULT_AGED = Subject(1, alone=True, born_on=date(2005, 1, 1))
ANSWERS = [None, *Answer]


def said(answer: Answer, standing: Standing = Standing.GUARDIAN, by: int = 2, **more: Any) -> Stand:
    values = {"version": BAND.version, "profile": "cn", "until": DAY + timedelta(1)}
    return Stand(by_id=by, standing=standing, answer=answer, **{**values, **more})


def own(answer: Answer, **more: Any) -> Stand:
    return said(answer, Standing.SELF, 1, **more)


def is_on(*stands: Stand, alone: bool = False, profile: str = "cn", day: date = DAY) -> bool:
    return holds(stands, BAND, alone=alone, profile=profile, day=day)


def state(*stands: Stand, of: Subject = CHILD, profile: str = "cn", day: date = DAY) -> State:
    return state_of(stands, BAND, of, profile=profile, day=day)


@pytest.mark.parametrize(("mother", "father", "child"), list(product(ANSWERS, repeat=3)))
def test_on_only_with_the_childs_yes_a_guardians_yes_and_no_guardians_no(
    mother, father, child
) -> None:
    heard = [said(mother)] if mother else []
    heard += [said(father, by=3)] if father else []
    heard += [own(child)] if child else []
    no = {Answer.REFUSED, Answer.WITHDRAWN}
    wanted = (
        child == Answer.GIVEN and Answer.GIVEN in {mother, father} and not no & {mother, father}
    )
    assert is_on(*heard) is wanted
    assert (state(*heard) == State.ON) is wanted


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("guardian", ANSWERS)
def test_an_adult_decides_alone_whatever_a_guardian_says(answer, guardian) -> None:
    heard = ([own(answer)] if answer else []) + ([said(guardian)] if guardian else [])
    assert is_on(*heard, alone=True) is (answer == Answer.GIVEN)


def test_nothing_said_is_no() -> None:
    assert not is_on()
    assert not is_on(alone=True)
    assert state() == State.UNASKED


def test_a_guardian_who_is_none_any_more_neither_agrees_nor_forbids() -> None:
    assert not is_on(own(Answer.GIVEN), said(Answer.GIVEN, bound=False))
    gone = said(Answer.REFUSED, bound=False)
    assert is_on(own(Answer.GIVEN), said(Answer.GIVEN, by=3), gone)
    assert state(own(Answer.GIVEN), said(Answer.GIVEN, by=3), gone) == State.ON


@pytest.mark.parametrize("side", ["guardian", "child"])
def test_a_yes_ends_with_its_term_on_the_day_itself(side) -> None:
    late = {"until": DAY}
    heard = [said(Answer.GIVEN, **(late if side == "guardian" else {})),
             own(Answer.GIVEN, **(late if side == "child" else {}))]  # fmt: skip
    assert not is_on(*heard)
    assert is_on(*heard, day=DAY - timedelta(1))
    assert state(*heard) == State.OVER


def test_other_words_need_another_yes_but_a_no_stays_a_no() -> None:
    old = {"version": BAND.version + 1}
    heard = [said(Answer.GIVEN, **old), own(Answer.GIVEN, **old)]
    assert not is_on(*heard)
    assert state(*heard) == State.WORDS_CHANGED
    refused = said(Answer.REFUSED, by=3, **old)
    assert not is_on(own(Answer.GIVEN), said(Answer.GIVEN), refused)


@pytest.mark.parametrize(
    ("given_under", "now_under", "wanted"),
    [("cn", "cn", True), ("cn", "us", True), ("us", "cn", False), ("strict", "cn", False),
     ("eu", "us", False), ("us", "strict", True)],
)  # fmt: skip
def test_a_looser_profile_needs_a_new_yes_and_a_stricter_one_does_not(
    given_under, now_under, wanted
) -> None:
    heard = [said(Answer.GIVEN, profile=given_under), own(Answer.GIVEN, profile=given_under)]
    assert is_on(*heard, profile=now_under) is wanted


def test_the_state_says_who_is_waited_for_and_never_who_said_no() -> None:
    assert state(said(Answer.GIVEN)) == State.WAITS_CHILD
    assert state(said(Answer.GIVEN), own(Answer.ASKING)) == State.WAITS_CHILD
    assert state(own(Answer.GIVEN)) == State.WAITS_GUARDIAN
    by_the_other = state(own(Answer.GIVEN), said(Answer.GIVEN), said(Answer.WITHDRAWN, by=3))
    by_the_child = state(own(Answer.REFUSED), said(Answer.GIVEN))
    assert by_the_other == by_the_child == State.OFF


def test_a_guardians_no_does_not_switch_an_adult_off() -> None:
    assert state(own(Answer.GIVEN), said(Answer.REFUSED), of=ADULT_AGED) == State.ON


@pytest.mark.parametrize(
    ("born", "years"),
    [(date(2012, 11, 18), 14), (date(2012, 11, 19), 13), (date(2012, 2, 29), 14),
     (date(2008, 2, 29), 18)],
)  # fmt: skip
def test_ages_are_whole_years(born, years) -> None:
    assert age(born, DAY) == years


def test_who_is_too_young_cannot_be_asked_at_all() -> None:
    research = switch_of("research-research")
    assert not is_old_enough(research, Subject(1, grade=1), DAY)
    assert is_old_enough(research, Subject(1, grade=3), DAY)
    assert not is_old_enough(research, Subject(1, born_on=date(2019, 5, 1), grade=3), DAY)
    assert is_old_enough(research, Subject(1, is_staff=True), DAY)
    young = state_of([], research, Subject(1, grade=1), profile="cn", day=DAY)
    assert young == State.TOO_YOUNG


def test_nobody_of_unknown_age_and_grade_is_old_enough() -> None:
    assert not any(is_old_enough(s, Subject(1), DAY) for s in SWITCHES if not s.task)

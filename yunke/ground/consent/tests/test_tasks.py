"""A task of the school has a switch too: on without a yes, off with one no of who decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as some

from yunke.base.capability import PROFILES
from yunke.base.jobs import Job
from yunke.ground.consent.actions.counting import count_week
from yunke.ground.consent.actions.erasing import BEGINNERS
from yunke.ground.consent.door import consents, consents_of
from yunke.ground.consent.models import Count
from yunke.ground.consent.rules.deciding import NO, holds, state_of
from yunke.ground.consent.rules.switches import SWITCHES, is_asked, switch_of, switches_in
from yunke.ground.consent.tests.makers import says, the
from yunke.ground.consent.values import Answer, DataKind, Purpose, Stand, Standing, State, Subject
from yunke.ground.people.models import Guardianship
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in

DAY = date(2026, 11, 22)
LEARNING = (Purpose.LEARNING, DataKind.ANSWERS)
KEY = "learning-answers"
stands = some.lists(
    some.builds(
        Stand, by_id=some.integers(1, 4), standing=some.sampled_from(Standing),
        answer=some.sampled_from(Answer), version=some.integers(1, 3),
        profile=some.sampled_from(PROFILES), bound=some.booleans(),
        until=some.dates(DAY - timedelta(400), DAY + timedelta(400)),
    ),
    max_size=6,
)  # fmt: skip


def on(said: list[Stand], *, alone: bool = False, profile: str = "cn") -> bool:
    return holds(said, the(KEY), alone=alone, profile=profile, day=DAY)


@given(stands, some.sampled_from(PROFILES), some.booleans())
def test_it_is_on_exactly_while_nobody_who_decides_says_no(
    said: list[Stand], profile: str, alone: bool
) -> None:
    noes = [s for s in said if s.answer in NO]
    deciding = [s for s in noes if s.standing is Standing.SELF or (s.bound and not alone)]
    assert on(said, alone=alone, profile=profile) is not bool(deciding)


@given(stands, some.booleans())
def test_the_state_that_is_shown_is_on_or_off_and_never_a_question(
    said: list[Stand], alone: bool
) -> None:
    subject = Subject(1, alone=alone)  # neither birthday nor grade is known
    bound = [s for s in said if s.bound]
    state = state_of(said, the(KEY), subject, profile="eu", day=DAY)
    assert state == (State.ON if on(bound, alone=alone) else State.OFF)


def test_an_old_no_never_ends_by_itself_nor_by_new_words() -> None:
    no = Stand(1, Standing.GUARDIAN, Answer.REFUSED, 99, "cn", DAY - timedelta(3000))
    assert not on([no])


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_that_has_it_has_its_switch(profile: str) -> None:
    assert is_asked(the(KEY), profile)
    assert the(KEY) in switches_in(profile)


def test_only_what_is_made_of_answers_is_a_task_all_that_is_sensed_needs_a_yes() -> None:
    assert [s.key for s in SWITCHES if s.task] == [KEY]


@pytest.mark.django_db
class TestWithPeople:
    @pytest.fixture
    def cast(self) -> people.Cast:
        return people.cast(grade=1)

    def test_unknown_is_yes_here_and_no_everywhere_else(self, cast: people.Cast) -> None:
        ids = [child.id for child in cast.pupils]
        assert consents_of(ids, *LEARNING) == frozenset(ids)
        for switch in (s for s in SWITCHES if not s.task):
            assert consents_of(ids, switch.purpose, switch.kind) == frozenset()

    @pytest.mark.parametrize("who", ["pupil", "guardian"])
    @pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.WITHDRAWN])
    def test_a_no_is_that_childs_alone(self, cast: people.Cast, who: str, answer: Answer) -> None:
        says(getattr(cast, who), cast.pupil, answer, key=KEY)
        ids = {child.id for child in cast.pupils}
        assert consents_of(ids, *LEARNING) == ids - {cast.pupil.id}
        says(getattr(cast, who), cast.pupil, Answer.GIVEN, key=KEY)
        assert consents(cast.pupil.id, *LEARNING)

    def test_who_is_no_guardian_any_more_has_no_say(self, cast: people.Cast) -> None:
        says(cast.guardian, cast.pupil, Answer.REFUSED, key=KEY)
        Guardianship.objects.filter(guardian=cast.guardian).update(until=date(2020, 1, 1))
        assert consents(cast.pupil.id, *LEARNING)

    def test_asking_first_is_no_no(self, cast: people.Cast) -> None:
        says(cast.pupil, cast.pupil, Answer.ASKING, key=KEY)
        assert consents(cast.pupil.id, *LEARNING)

    def test_one_query_for_a_class(self, cast: people.Cast, django_assert_num_queries: Any) -> None:
        for child in cast.pupils:
            says(child, child, Answer.REFUSED, key=KEY)
        with django_assert_num_queries(1):
            assert consents_of([child.id for child in cast.pupils], *LEARNING) == frozenset()

    def test_a_school_counts_yeses_not_what_needed_none(self, cast: people.Cast) -> None:
        count_week(cast.school.id, DAY)
        assert Count.objects.exists()
        assert not Count.objects.filter(purpose="learning").exists()

    def test_a_yes_tells_the_room_that_makes_something_of_it_and_no_other(
        self, cast: people.Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(BEGINNERS, LEARNING, lambda person: None)
        says(cast.guardian, cast.pupil, key="display-photo")
        assert not Job.objects.filter(name="consent.begin").exists()
        says(cast.guardian, cast.pupil, key=KEY)
        assert Job.objects.get(name="consent.begin").payload["person"] == cast.pupil.id

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_one_tap_each_way_on_the_page_of_one_switch(
        self, cast: people.Cast, language: str
    ) -> None:
        client = signed_in(cast.guardian)
        client.cookies["yunke_language"] = language
        path = f"/consent/{cast.pupil.id}/{KEY}"
        first = client.get(path).content.decode()
        assert 'value="refused"' in first
        assert 'value="given"' not in first
        client.post(f"{path}/answer", {"answer": "refused", "version": "1", **once()})
        then = client.get(path).content.decode()
        assert 'value="given"' in then
        assert 'value="refused"' not in then
        assert "msgid" not in then

    def test_a_small_child_is_not_asked_for_it_yet_may_say_no(self, cast: people.Cast) -> None:
        """Question after question comes by itself; a task of the school is none of them."""
        client = signed_in(cast.pupil)
        for switch in (s for s in switches_in("cn") if not s.task):
            says(cast.pupil, cast.pupil, Answer.REFUSED, key=switch.key)
        told = client.get(f"/consent/{cast.pupil.id}").content.decode()
        assert 'class="assent-all"' in told
        assert f"?ask={KEY}" in told
        asked = client.get(f"/consent/{cast.pupil.id}?ask={KEY}").content.decode()
        assert the(KEY).child in asked

    def test_no_age_is_too_young_to_say_no(self, cast: people.Cast) -> None:
        assert the(KEY).youngest == 0
        switch = switch_of(KEY)
        assert switch is not None
        small = Subject(cast.pupil.id, born_on=DAY - timedelta(days=4 * 365))
        says(cast.guardian, cast.pupil, Answer.REFUSED, key=KEY, subject=small)
        says(cast.guardian, cast.pupil, Answer.GIVEN, key=KEY, subject=small)
        assert consents(cast.pupil.id, *LEARNING)

    def test_it_is_so_under_the_strictest_profile_too(self, cast: people.Cast) -> None:
        with override_settings(PROFILE="strict"):
            assert consents(cast.pupil.id, *LEARNING)
            says(cast.pupil, cast.pupil, Answer.REFUSED, key=KEY)
            assert not consents(cast.pupil.id, *LEARNING)

"""``consents``: right on the next request whatever happened, and one query for a class."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.consent.actions.answers import words_rebuild
from yunke.ground.consent.door import DataKind, Purpose, consents, consents_of
from yunke.ground.consent.models import Consent, Word, Wording
from yunke.ground.consent.rules.switches import wording_hash
from yunke.ground.consent.tests.makers import both_say_yes, says, subject, the
from yunke.ground.consent.values import Answer, Standing
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship, Person
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db
ASK = (Purpose.PULSE, DataKind.WRISTBAND)


@pytest.fixture
def cast() -> people.Cast:
    return people.cast(grade=3)


def test_nobody_is_asked_and_nobody_consents(cast) -> None:
    assert consents_of([p.id for p in cast.pupils], *ASK) == frozenset()


def test_guardian_and_child_together_switch_it_on(cast) -> None:
    says(cast.guardian, cast.pupil)
    assert not consents(cast.pupil.id, *ASK)
    says(cast.pupil, cast.pupil)
    assert consents(cast.pupil.id, *ASK)
    assert not consents(cast.pupils[1].id, *ASK)


def test_a_yes_to_one_kind_is_no_yes_to_another(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    assert not consents(cast.pupil.id, Purpose.DIARY, DataKind.MOOD)
    assert not consents(cast.pupil.id, Purpose.DISPLAY, DataKind.PHOTO)


@pytest.mark.parametrize("side", ["guardian", "pupil"])
def test_withdrawing_counts_at_once(cast, side) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    says(getattr(cast, side), cast.pupil, Answer.WITHDRAWN)
    assert not consents(cast.pupil.id, *ASK)


def test_after_a_withdrawal_it_can_be_given_again(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN)
    says(cast.guardian, cast.pupil)
    assert consents(cast.pupil.id, *ASK)


def test_of_two_guardians_in_dispute_the_stricter_wins(cast) -> None:
    father = people.guardian(cast.pupil, "爸爸")
    both_say_yes(cast.guardian, cast.pupil)
    says(father, cast.pupil, Answer.REFUSED)
    assert not consents(cast.pupil.id, *ASK)
    says(father, cast.pupil)
    assert consents(cast.pupil.id, *ASK)


def test_what_an_ex_guardian_said_counts_for_nothing_on_the_next_request(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    Guardianship.objects.filter(guardian=cast.guardian).update(until=today())
    assert not consents(cast.pupil.id, *ASK)


def test_an_ex_guardians_no_does_not_bind_the_child_for_ever(cast) -> None:
    father = people.guardian(cast.pupil, "爸爸")
    both_say_yes(cast.guardian, cast.pupil)
    says(father, cast.pupil, Answer.REFUSED)
    Guardianship.objects.filter(guardian=father).update(until=today())
    assert consents(cast.pupil.id, *ASK)


def test_a_leaver_is_asked_no_more(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    assert not consents(cast.pupil.id, *ASK)


def test_a_consent_ends_with_its_term(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    days = the("pulse-wristband").days
    with time_machine.travel(now() + timedelta(days=days - 1)):
        assert consents(cast.pupil.id, *ASK)
    with time_machine.travel(now() + timedelta(days=days)):
        assert not consents(cast.pupil.id, *ASK)


def test_at_eighteen_the_pupil_decides_alone(cast) -> None:
    pupil = cast.pupil
    says(pupil, pupil)
    assert not consents(pupil.id, *ASK)
    Person.objects.filter(id=pupil.id).update(born_on=today() - timedelta(days=19 * 365))
    assert consents(pupil.id, *ASK)
    says(cast.guardian, pupil, Answer.REFUSED)
    assert consents(pupil.id, *ASK)


def test_staff_decide_alone_about_themselves(cast) -> None:
    says(cast.teacher, cast.teacher)
    assert consents(cast.teacher.id, *ASK)
    says(cast.teacher, cast.teacher, Answer.WITHDRAWN)
    assert not consents(cast.teacher.id, *ASK)


@pytest.mark.parametrize(("profile", "wanted"), [("cn", True), ("eu", False), ("strict", False)])
def test_what_the_profile_has_not_nobody_can_consent_to(cast, settings, profile, wanted) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    settings.PROFILE = profile
    assert consents(cast.pupil.id, *ASK) is wanted


def test_after_going_looser_everybody_is_asked_anew(cast, settings) -> None:
    settings.PROFILE = "us"
    both_say_yes(cast.guardian, cast.pupil)
    assert consents(cast.pupil.id, *ASK)
    settings.PROFILE = "cn"
    assert not consents(cast.pupil.id, *ASK)


@pytest.mark.parametrize("many", [5, 50])
def test_a_whole_class_is_one_query(many) -> None:
    cast = people.cast(pupils_in_class=many, grade=3)
    for child in cast.pupils:
        both_say_yes(people.guardian(child), child)
    with CaptureQueriesContext(connection) as asked:
        found = consents_of([p.id for p in cast.pupils], *ASK)
    assert len(asked) == 1
    assert len(found) == many


def test_nobody_at_all_costs_nothing(cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert consents_of([], *ASK) == frozenset()


def test_a_form_on_paper_of_a_guardian_without_an_account_counts(cast) -> None:
    says(None, cast.pupil, paper_on=today() - timedelta(days=3))
    says(cast.pupil, cast.pupil)
    assert consents(cast.pupil.id, *ASK)
    line = Consent.objects.get(by_id=0)
    assert line.paper_on == today() - timedelta(days=3)
    assert line.until == line.paper_on + timedelta(days=the("pulse-wristband").days)


def test_the_ledger_keeps_the_whole_wording_language_version_and_who(cast) -> None:
    says(cast.guardian, cast.pupil, language="en")
    line = Consent.objects.get()
    switch = the("pulse-wristband")
    assert (line.language, line.version, line.relation) == ("en", switch.version, "妈妈")
    assert (line.by_id, line.person_id) == (cast.guardian.id, cast.pupil.id)
    assert line.wording == wording_hash(switch.wording("en"))
    assert Wording.objects.get(hash=line.wording).text == switch.wording("en")


def test_a_line_of_the_ledger_cannot_be_changed(cast) -> None:
    says(cast.guardian, cast.pupil)
    line = Consent.objects.get()
    line.answer = "refused"
    with pytest.raises(RuntimeError):
        line.save()
    assert Consent.objects.get().answer == "given"


def test_words_can_be_made_anew_from_the_ledger(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN)
    says(cast.teacher, cast.teacher)
    fields = ("person_id", "by_id", "standing", "answer", "is_staff", "until", "said_at")
    before = sorted(Word.objects.values_list(*fields))
    Word.objects.filter(person_id=cast.pupil.id).update(answer="given")
    assert words_rebuild() == len(before)
    assert sorted(Word.objects.values_list(*fields)) == before


def test_every_answer_is_audited_and_told_and_a_guardians_does_not_name_the_child(cast) -> None:
    for answer in (Answer.GIVEN, Answer.REFUSED, Answer.WITHDRAWN):
        says(cast.guardian, cast.pupil, answer)
    says(cast.pupil, cast.pupil, Answer.ASKING)
    acts = list(Entry.objects.order_by("seq").values_list("act", "actor_id", "subject_id"))
    who = cast.guardian.id
    assert acts == [(f"consent.{a}", who, 0) for a in ("given", "refused", "withdrawn")]
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == [f"consent.{a}" for a in ("given", "refused", "withdrawn", "asked")]


@pytest.mark.parametrize(
    ("answer", "asked"),
    [(Answer.GIVEN, 0), (Answer.ASKING, 0), (Answer.REFUSED, 1), (Answer.WITHDRAWN, 1)],
)
def test_every_no_asks_that_what_was_derived_goes(cast, answer, asked) -> None:
    says(cast.pupil, cast.pupil, answer)
    assert Job.objects.filter(name="consent.erase").count() == asked


def test_old_words_are_refused_and_nothing_is_kept(cast) -> None:
    with pytest.raises(Refused, match="新的写法"):
        says(cast.guardian, cast.pupil, version=99)
    assert not Consent.objects.exists()
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN, version=99)
    assert Consent.objects.get().answer == "withdrawn"


def test_a_yes_for_a_child_that_is_too_young_is_refused(cast) -> None:
    Person.objects.filter(id=cast.pupil.id).update(born_on=date(today().year - 5, 1, 1))
    with pytest.raises(Refused, match="年龄"):
        says(cast.guardian, cast.pupil, key="research-research")


def test_of_a_subject_the_rules_know_age_and_voice(cast) -> None:
    assert not subject(cast.pupil).own_voice
    Person.objects.filter(id=cast.pupil.id).update(born_on=date(today().year - 15, 1, 1))
    found = subject(cast.pupil)
    assert found.own_voice
    assert not found.alone
    assert subject(cast.teacher).alone


def test_standings_of_one_person_do_not_mix(cast) -> None:
    """A teacher who is also a guardian: the answer for the child is none about oneself."""
    people.bind(cast.teacher, cast.pupil)
    says(cast.teacher, cast.pupil)
    assert Word.objects.get().standing == Standing.GUARDIAN
    assert not consents(cast.teacher.id, *ASK)

"""The demo's consents: told by the room itself, once, and true of the profile."""

from types import SimpleNamespace

import pytest

from yunke.demo.consent import SAID, consents_write
from yunke.ground.consent.door import DataKind, Purpose, consents
from yunke.ground.consent.models import Chosen, Consent
from yunke.ground.people.tests import makers as people
from yunke.insight.sensing.models import Pulse

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(settings, tmp_path) -> SimpleNamespace:
    settings.DATA = tmp_path
    cast = people.cast(grade=5, pupils_in_class=12)
    people.bind(cast.guardian, cast.pupils[1])
    for child in cast.pupils[2:]:
        people.guardian(child)
    named = {
        "child": cast.pupils[0].id, "brother": cast.pupils[1].id, "mother": cast.guardian.id,
        "teacher": cast.teacher.id, "city": cast.city_staff.id,
    }  # fmt: skip
    plan = SimpleNamespace(pupils=[p.id for p in cast.pupils[2:]])
    return SimpleNamespace(cast=named, class_of=lambda *seat: plan)


def test_some_are_given_some_refused_and_one_child_asks(city) -> None:
    assert consents_write(city) > len(SAID)
    answers = set(Consent.objects.values_list("answer", flat=True))
    assert answers == {"given", "refused", "asking"}
    brother, child = city.cast["brother"], city.cast["child"]
    assert consents(brother, Purpose.PULSE, DataKind.WRISTBAND)
    assert consents(child, Purpose.RECORDING, DataKind.VIDEO)
    assert not consents(child, Purpose.RECORDING, DataKind.VOICE)
    assert not consents(child, Purpose.DISPLAY, DataKind.PHOTO)


def test_a_second_run_says_nothing_anew(city) -> None:
    consents_write(city)
    lines, chosen = Consent.objects.count(), Chosen.objects.count()
    assert consents_write(city) == 0
    assert (Consent.objects.count(), Chosen.objects.count()) == (lines, chosen)


def test_somebody_answers_for_the_profile(city) -> None:
    consents_write(city)
    assert Chosen.objects.get().by_name == "沈立言"


def test_wristbands_wait_to_be_read(city) -> None:
    consents_write(city)
    assert Pulse.objects.filter(state="waiting").count() == 2


def test_a_strict_profile_has_fewer_questions_and_no_wristband(city, settings) -> None:
    settings.PROFILE = "strict"
    consents_write(city)
    kinds = set(Consent.objects.values_list("kind", flat=True))
    assert kinds == {"photo"}
    assert not Pulse.objects.exists()

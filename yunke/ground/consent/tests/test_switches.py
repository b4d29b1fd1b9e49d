"""The table of switches: separate kinds, both languages, words that change only with a version."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from yunke.base.capability import PROFILES, SHOWN
from yunke.ground.consent.rules.switches import (
    SWITCHES,
    is_asked,
    switch_for,
    switch_of,
    switches_in,
    wording_hash,
)
from yunke.ground.consent.values import DataKind, Purpose

PINNED = json.loads(Path(__file__).with_name("wordings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda s: s.key)
def test_words_change_only_together_with_their_version(switch) -> None:
    for language in ("zh", "en"):
        pinned = PINNED.get(f"{switch.key} v{switch.version} {language}")
        assert pinned == wording_hash(switch.wording(language)), (
            f"{switch.key}: raise its version and pin the new hash in wordings.json"
        )


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda s: s.key)
def test_each_says_what_why_and_that_a_milder_way_was_thought_of(switch) -> None:
    for part in ("name", "what", "why", "milder", "child"):
        for text in (getattr(switch, part), getattr(switch, f"{part}_en")):
            assert len(text) >= 3
    assert switch.child.endswith("？")
    assert switch.child_en.endswith("?")


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda s: s.key)
def test_a_child_of_seven_can_read_the_question(switch) -> None:
    assert len(switch.child) <= 24
    words = switch.child_en.rstrip("?").split()
    assert len(words) <= 14
    assert sum(len(word) for word in words) / len(words) <= 5.2


def test_every_kind_has_its_own_switch_and_none_is_bundled() -> None:
    assert {s.kind for s in SWITCHES} == set(DataKind)
    assert len({(s.purpose, s.kind) for s in SWITCHES}) == len(SWITCHES)
    assert {s.purpose for s in SWITCHES} == set(Purpose)


def test_a_switch_is_found_by_its_key_and_by_purpose_and_kind() -> None:
    for switch in SWITCHES:
        assert switch_of(switch.key) is switch
        assert switch_for(switch.purpose, switch.kind) is switch
    assert switch_of("no-such") is None
    assert switch_for(Purpose.PULSE, DataKind.PHOTO) is None


@pytest.mark.parametrize("key", ["climate-voice", "climate-video", "pulse-wristband"])
def test_what_a_profile_does_not_have_is_not_asked_for(key) -> None:
    switch = switch_of(key)
    assert [is_asked(switch, p) for p in SHOWN] == [True, False, True, False]


def test_recording_in_europe_is_the_teacher_alone_so_no_pupil_is_asked() -> None:
    assert not any(s.purpose == Purpose.RECORDING for s in switches_in("eu"))
    assert any(s.purpose == Purpose.RECORDING for s in switches_in("cn"))


def test_a_stricter_profile_never_asks_for_more() -> None:
    asked = [{s.key for s in switches_in(profile)} for profile in PROFILES]
    for looser, stricter in pairwise(asked):
        assert stricter <= looser


def test_staff_are_asked_about_themselves_only() -> None:
    own = {s.key for s in switches_in("cn", staff=True)}
    assert "pulse-wristband" in own
    assert "display-photo" not in own
    assert own < {s.key for s in switches_in("cn")}

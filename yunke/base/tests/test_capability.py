"""The table of capabilities: complete, and never looser in a stricter profile."""

from itertools import pairwise

import pytest

from yunke.base.capability import (
    CAPABILITIES,
    OFF,
    PROFILE_NAMES,
    PROFILES,
    SHOWN,
    Term,
    _terms,
    capability,
    has,
    is_stricter,
    kept_of,
    left_out,
)

SENSING = "yunke.insight.sensing"


def test_every_profile_has_a_name_and_a_place_in_the_order() -> None:
    assert set(PROFILES) == set(SHOWN) == set(PROFILE_NAMES)


@pytest.mark.parametrize("of", CAPABILITIES, ids=lambda of: of.key)
def test_every_capability_is_told_in_both_languages_with_its_reason(of) -> None:
    for text in (of.name, of.name_en, of.law, of.law_en, of.icon):
        assert text.strip()
    assert of.name != of.name_en


def test_keys_are_there_once() -> None:
    assert len({of.key for of in CAPABILITIES}) == len(CAPABILITIES)


@pytest.mark.parametrize("of", CAPABILITIES, ids=lambda of: of.key)
def test_what_a_looser_profile_has_not_a_stricter_one_has_not_either(of) -> None:
    for looser, stricter in pairwise(PROFILES):
        if of.under(looser) is OFF:
            assert of.under(stricter) is OFF


@pytest.mark.parametrize("key", ["emotion", "emotion_staff", "attention", "wristband"])
def test_inferring_emotion_and_reading_wristbands_are_off_in_europe_and_in_strict(key) -> None:
    assert not has(key, "eu")
    assert not has(key, "strict")
    assert has(key, "cn")


@pytest.mark.parametrize("key", ["face_id", "proctoring", "ranking"])
def test_some_things_are_never_done(key) -> None:
    assert capability(key).never
    assert not any(has(key, profile) for profile in PROFILES)


def test_a_wristband_needs_consent_and_is_for_its_owner_where_it_is_allowed() -> None:
    for profile in ("cn", "us"):
        assert capability("wristband").under(profile) == {Term.CONSENT, Term.OWNER}


@pytest.mark.parametrize("profile", ["eu", "strict"])
def test_a_strict_profile_takes_app_and_addresses_and_leaves_the_rest(profile) -> None:
    modules = ["yunke.base", SENSING, f"{SENSING}.urls", "yunke.site"]
    assert kept_of(profile, modules) == ["yunke.base", "yunke.site"]
    gone = left_out(profile)
    assert SENSING in gone.apps
    assert "sensing_" in gone.tables
    assert "fitdecode" in gone.imports


@pytest.mark.parametrize("profile", ["cn", "us"])
def test_a_profile_that_allows_everything_built_takes_nothing_away(profile) -> None:
    modules = ["yunke.base", SENSING]
    assert kept_of(profile, modules) == modules
    assert left_out(profile).apps == ()


def test_strictness_is_an_order() -> None:
    assert is_stricter("strict", than="eu")
    assert is_stricter("eu", than="us")
    assert is_stricter("us", than="cn")
    assert not is_stricter("cn", than="cn")
    assert not is_stricter("cn", than="strict")


def test_an_unknown_capability_is_no_capability() -> None:
    with pytest.raises(KeyError):
        has("telepathy", "cn")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("on | off | on | off", (frozenset(), OFF, frozenset(), OFF)),
        ("C A | C | off | S", ({Term.CONSENT, Term.GROUPS}, {Term.CONSENT}, OFF, {Term.SEALED})),
        (
            "N | T | P | D O",
            ({Term.COUNTS}, {Term.TEACHER}, {Term.PERSON}, {Term.DEVICE, Term.OWNER}),
        ),
    ],
)
def test_a_row_of_the_table_reads_as_it_is_written(text, cells) -> None:
    assert _terms(text) == cells


@pytest.mark.parametrize("text", ["C | C | C", "C | C | C | C | C", "X | off | off | off"])
def test_a_row_that_is_none_does_not_load(text) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the enum's and the tuple's own
        _terms(text)


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_that_stays_belongs_to_what_is_left_out(profile) -> None:
    gone = left_out(profile)
    kept = [of.owned for of in CAPABILITIES if of.under(profile) is not OFF]
    for owned in kept:
        assert not set(owned.apps) & set(gone.apps)
        assert not set(owned.tables) & set(gone.tables)
    assert kept_of(profile, [*gone.apps, *gone.urls]) == []


def test_a_row_answers_for_the_profile_that_is_asked_and_no_other() -> None:
    row = capability("transcript")
    assert [row.under(profile) for profile in SHOWN] == list(row.terms)
    assert row.under("eu") == {Term.COUNTS}
    assert row.under("cn") == {Term.CONSENT}
    assert not row.never
    with pytest.raises(ValueError, match="not in"):
        row.under("moon")


def test_what_needs_consent_somewhere_has_a_law_that_people_can_read() -> None:
    for of in CAPABILITIES:
        if any(Term.CONSENT in (terms or ()) for terms in of.terms):
            assert len(of.law) >= 6
            assert len(of.law_en) >= 12


@pytest.mark.parametrize("profile", PROFILES)
def test_inferring_emotion_is_never_told_of_one_child(profile) -> None:
    terms = capability("emotion").under(profile)
    assert terms is OFF or Term.GROUPS in terms

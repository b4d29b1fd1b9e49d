"""What is sealed opens here, for its purpose, in its time, and nowhere else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from yunke.base.sealing import SealBroken, seal, unseal

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "密码：月亮 🌙", "x" * 10_000])
def test_what_was_sealed_opens_for_its_purpose(text: str) -> None:
    sealed = seal(text, purpose="totp")
    assert unseal(sealed, purpose="totp") == text
    assert not text or text not in sealed


def test_a_seal_does_not_open_for_another_purpose() -> None:
    with pytest.raises(SealBroken, match="card"):
        unseal(seal("secret", purpose="totp"), purpose="card")


def test_a_seal_of_another_site_does_not_open(settings: Any) -> None:
    sealed = seal("secret", purpose="totp")
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="totp")


@pytest.mark.parametrize("position", [0, 12, 40, -2])
def test_one_changed_letter_breaks_the_seal(position: int) -> None:
    sealed = seal("secret", purpose="totp")
    other = "A" if sealed[position] != "A" else "B"
    position %= len(sealed)
    with pytest.raises(SealBroken):
        unseal(sealed[:position] + other + sealed[position + 1 :], purpose="totp")


@pytest.mark.parametrize("text", ["", "secret", "密", "gAAAA", "\ud800"])
def test_what_was_never_sealed_is_no_trouble_of_another_kind(text: str) -> None:
    with pytest.raises(SealBroken):
        unseal(text, purpose="totp")


def test_a_seal_may_be_bounded_in_age() -> None:
    with time_machine.travel(NOON, tick=False):
        sealed = seal("secret", purpose="card")
    with time_machine.travel(NOON + timedelta(seconds=59), tick=False):
        assert unseal(sealed, purpose="card", seconds=60) == "secret"
    with time_machine.travel(NOON + timedelta(seconds=62), tick=False):
        assert unseal(sealed, purpose="card") == "secret"
        with pytest.raises(SealBroken):
            unseal(sealed, purpose="card", seconds=60)


def test_two_seals_of_one_text_differ() -> None:
    assert seal("secret", purpose="totp") != seal("secret", purpose="totp")

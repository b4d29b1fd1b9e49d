"""What is done to the ledger."""

from yunke.ground.consent.actions.answers import answer_record, words_rebuild
from yunke.ground.consent.actions.erasing import erases
from yunke.ground.consent.actions.profile import (
    ProfileRefused,
    profile_check,
    profile_loosen_ask,
    profile_loosen_decide,
    profile_settle,
    profile_sign,
)

__all__ = [
    "ProfileRefused",
    "answer_record",
    "erases",
    "profile_check",
    "profile_loosen_ask",
    "profile_loosen_decide",
    "profile_settle",
    "profile_sign",
    "words_rebuild",
]

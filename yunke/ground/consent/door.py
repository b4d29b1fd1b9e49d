"""What other rooms may ask of consent."""

from yunke.ground.consent.actions.answers import answer_record
from yunke.ground.consent.actions.erasing import begins, erases
from yunke.ground.consent.actions.profile import (
    ProfileRefused,
    profile_check,
    profile_loosen_ask,
    profile_loosen_decide,
    profile_settle,
    profile_sign,
)
from yunke.ground.consent.reads.holding import consents, consents_of
from yunke.ground.consent.reads.profile import chosen_profile, loosening_waiting
from yunke.ground.consent.reads.shown import subject_of
from yunke.ground.consent.rules.switches import SWITCHES, switch_for, switches_in, wording_hash
from yunke.ground.consent.values import (
    Answer,
    Chosen,
    DataKind,
    Purpose,
    Standing,
    Subject,
    Switch,
)

__all__ = [
    "SWITCHES",
    "Answer",
    "Chosen",
    "DataKind",
    "ProfileRefused",
    "Purpose",
    "Standing",
    "Subject",
    "Switch",
    "answer_record",
    "begins",
    "chosen_profile",
    "consents",
    "consents_of",
    "erases",
    "loosening_waiting",
    "profile_check",
    "profile_loosen_ask",
    "profile_loosen_decide",
    "profile_settle",
    "profile_sign",
    "subject_of",
    "switch_for",
    "switches_in",
    "wording_hash",
]

"""What other rooms may ask of consent."""

from yunke.ground.consent.actions import (
    ProfileRefused,
    answer_record,
    erases,
    profile_check,
    profile_loosen_ask,
    profile_loosen_decide,
    profile_settle,
    profile_sign,
)
from yunke.ground.consent.reads import (
    chosen_profile,
    consents,
    consents_of,
    loosening_waiting,
    subject_of,
)
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

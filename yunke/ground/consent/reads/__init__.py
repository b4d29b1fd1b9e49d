"""What the ledger answers."""

from yunke.ground.consent.reads.counts import counts_of
from yunke.ground.consent.reads.holding import consents, consents_of
from yunke.ground.consent.reads.profile import chosen_profile, loosening_waiting
from yunke.ground.consent.reads.shown import lines_of, shown_of, subject_of, wording_text

__all__ = [
    "chosen_profile",
    "consents",
    "consents_of",
    "counts_of",
    "lines_of",
    "loosening_waiting",
    "shown_of",
    "subject_of",
    "wording_text",
]

"""What may be done to accounts, each verb in one transaction with its event."""

from yunke.ground.people.actions.cards import card_revoke, cards_issue
from yunke.ground.people.actions.pictures import picture_set, pictures_encode
from yunke.ground.people.actions.roster import RosterClash, roster_ids, roster_write
from yunke.ground.people.actions.second import second_factor_seal
from yunke.ground.people.actions.sessions import (
    session_close,
    session_open,
    session_touch,
    session_who,
)

__all__ = [
    "RosterClash",
    "card_revoke",
    "cards_issue",
    "picture_set",
    "pictures_encode",
    "roster_ids",
    "roster_write",
    "second_factor_seal",
    "session_close",
    "session_open",
    "session_touch",
    "session_who",
]

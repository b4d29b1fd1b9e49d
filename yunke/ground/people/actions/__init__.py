"""What may be done to accounts, each verb in one transaction with its event."""

from yunke.ground.people.actions.cards import card_revoke, cards_issue
from yunke.ground.people.actions.pictures import picture_set
from yunke.ground.people.actions.roster import RosterClash, roster_ids, roster_write
from yunke.ground.people.actions.sessions import session_close, session_open

__all__ = [
    "RosterClash",
    "card_revoke",
    "cards_issue",
    "picture_set",
    "roster_ids",
    "roster_write",
    "session_close",
    "session_open",
]

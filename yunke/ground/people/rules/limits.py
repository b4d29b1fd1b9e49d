"""How often one may be wrong. Only failures count, so a whole school behind one address that
signs in correctly is never stopped.

A picture password is one of 1,320 to a guesser who knows that no picture comes twice, and one of
1,728 otherwise; ten tries in a quarter of an hour and thirty a day leave a guesser less than
three per cent a day, and the head teacher sees and ends it with a new card.
"""

from dataclasses import dataclass
from datetime import timedelta

IDLE = timedelta(minutes=10)  # a visiting device of a pupil (a classroom's computer)
REGISTERED = timedelta(days=30)
VISITING = timedelta(hours=10)
INVITATION_DAYS = 7
PAIRING = timedelta(minutes=10)
PASSWORD_SHORTEST = 8


@dataclass(frozen=True)
class Limit:
    """At most ``count`` failures under one key in a window of time."""

    name: str
    count: int
    window: timedelta

    def key(self, of: object) -> str:
        return f"{self.name}:{of}"[:120]


# Each account: a quarter of an hour, and a day.
ACCOUNT = Limit("account", 10, timedelta(minutes=15))
ACCOUNT_DAY = Limit("account-day", 30, timedelta(days=1))
# All pictures of a class together: 45 children err, a guesser who walks the class is stopped.
CLASS_PICTURES = Limit("pictures", 300, timedelta(days=1))
# Codes that do not exist, each counted once, by the network they come from.
CLASS_CODES = Limit("class-codes", 60, timedelta(hours=1))
INVITATIONS = Limit("invitations", 60, timedelta(hours=1))
# Pupils asked for by a number and a name that do not belong together.
MOVES = Limit("moves", 20, timedelta(hours=1))
SETUP = Limit("setup", 20, timedelta(hours=1))
PAIRINGS = Limit("pairings", 20, timedelta(hours=1))
# Wrong names for a right invitation.
INVITATION = Limit("invitation", 5, timedelta(days=INVITATION_DAYS))

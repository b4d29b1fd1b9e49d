"""Is it really this person? By password, by pictures, by card. Equal answers for every no.

Checking never happens inside a transaction: hashing waits in a line of its own.
"""

from yunke.base import hashing
from yunke.ground.people.actions.pictures import pictures_text
from yunke.ground.people.actions.tries import (
    failure_count,
    limit_check,
    try_return,
    try_take,
    try_undo,
    unknown_code_count,
)
from yunke.ground.people.models import Person
from yunke.ground.people.reads.accounts import (
    account_by_card,
    account_by_login,
    class_by_code,
    class_pupil,
    login_read,
)
from yunke.ground.people.reads.who import token_hash
from yunke.ground.people.rules.codes import code_read
from yunke.ground.people.rules.limits import CLASS_CODES, CLASS_PICTURES
from yunke.ground.people.values import ClassName


def password_enter(login: str, password: str) -> Person | None:
    """The person, or None for every reason alike: unknown, wrong, left.

    Raises TooOften (unknown logins are counted like known ones) and HashBusy.
    """
    person = account_by_login(login)
    account = f"login:{token_hash(login_read(login))[:32]}"
    right = checked(account, password[:200], person.password if person else "")
    return person if right else None


def pictures_enter(class_id: int, person_id: int, chosen: list[str]) -> Person | None:
    """The pupil of the class whose three pictures these are. Raises TooOften and HashBusy."""
    limit_check(CLASS_PICTURES, class_id)
    person = class_pupil(class_id, person_id)
    right = checked(
        f"pictures:{person_id}", pictures_text(tuple(chosen)), person.pictures if person else ""
    )
    if not right:
        failure_count(CLASS_PICTURES, class_id)
    return person if right else None


def checked(account: str, text: str, encoded: str) -> bool:
    """Take a try, check, and give the try back when it was right or never made."""
    try_take(account)
    try:
        right = hashing.check(text, encoded)
    except hashing.HashBusy:
        try_undo(account)
        raise
    if right:
        try_return(account)
    return right


def card_enter(token: str) -> Person | None:
    """The pupil of a card. 128 random bits: nothing to count, nothing to hash slowly."""
    return account_by_card(token.strip()[:64])


def class_enter(typed: str, *, source: str) -> ClassName | None:
    """The class of a code. ``source`` is the network it comes from, or the class that the device
    has been in before: sixty codes that do not exist from one source, and it is stopped for an
    hour. So a stranger who guesses does not stop the school's own computers beside it.

    Raises TooOften, for codes that exist as well: else the stop itself would tell which do.
    """
    limit_check(CLASS_CODES, source)
    code = code_read(typed)
    found = class_by_code(code)
    if found is None:
        unknown_code_count(CLASS_CODES, source, code)
    return found

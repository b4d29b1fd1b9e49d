"""The name that a new person signs in with: their own, else their number, always unique."""

import hashlib
import re
from collections.abc import Callable

_FINE = re.compile(r"[a-z0-9][a-z0-9._@-]{2,39}")


def logins_for(login: str, source: str, school_code: str) -> list[str]:
    """Names to try, best first; all lower case. The last cannot be anybody else's."""
    tries = [login.strip().lower(), source.lower()]
    if school_code:
        tries.append(f"{school_code}-{source}".lower())
    fine = [name for name in tries if _FINE.fullmatch(name) and len(name) >= 4]
    number = hashlib.sha256(f"{school_code}/{source}".encode()).hexdigest()[:12]
    return [*dict.fromkeys(fine), f"u{number}"]


def login_free(tries: list[str], taken: Callable[[str], bool]) -> str:
    for name in tries:
        if not taken(name):
            return name
    base, number = tries[-1], 2
    while taken(f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"


# What our own export calls somebody whom no roster has named: the number of the account follows.
OWN_PERSON = "yunke-person-"
# A number shorter than this may be the same in two schools; a national one is not.
LOCAL = 12


def key_of(source: str, local: str) -> str:
    """The key under which a source id is kept. ``local``: the school's own prefix, "" for a file
    of the whole city or county.
    """
    return f"{local}{source}" if local and len(source) < LOCAL else source

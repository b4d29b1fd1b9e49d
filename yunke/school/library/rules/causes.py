"""Wrong causes by their ids: those of the library of bugs, and what authors say in their own words.

An own cause is its words: ``own:忘记进位``. The same words are the same cause.
"""

from collections.abc import Iterable
from functools import lru_cache

from yunke.craft.marking.causes import BUGS, BY_ID

OWN = "own:"
LONGEST_CAUSE = 80


def cause_words(cause: str) -> tuple[str, str]:
    """Chinese and English; the author's own words twice; an unknown id as it is."""
    if cause.startswith(OWN):
        return cause.removeprefix(OWN), cause.removeprefix(OWN)
    known = BY_ID.get(cause)
    return (known.zh, known.en) if known else (cause, cause)


def causes_named(causes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Each cause with its Chinese and English name."""
    return {cause: cause_words(cause) for cause in causes}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Several bugs may have one name: the first of the library has it."""
    found: dict[str, str] = {}
    for one in BUGS:
        for name in (one.id, one.zh, one.en):
            found.setdefault(name.casefold(), one.id)
    return found


def cause_of(text: str) -> str:
    """The cause that an author wrote: one of the library by id or name, else own words; "" for
    nothing. Longer words are cut."""
    bare = " ".join(text.split())
    if not bare:
        return ""
    known = _by_name().get(bare.removeprefix(OWN).casefold())
    return known or OWN + bare.removeprefix(OWN)[:LONGEST_CAUSE]

"""What every key shares: known wrong results, and the checks of its parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


def different(ids: Iterable[str], what: str) -> None:
    found = list(ids)
    if len(set(found)) < len(found) or "" in found:
        raise ValueError(f"{what}: every one needs an id of its own")


def share_within(value: Fraction, what: str) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{what} lies between 0 and 1")


@dataclass(frozen=True)
class Result:
    """A wrong result that is known, and what it betrays."""

    text: str
    cause: str

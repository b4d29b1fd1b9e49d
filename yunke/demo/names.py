"""Names that sound like a class list and belong to nobody: common surnames, common given names."""

from pathlib import Path
from random import Random


def _lists() -> tuple[list[str], ...]:
    """The four lists of the data file; each begins after a line with #."""
    text = (Path(__file__).parent / "data" / "names.txt").read_text(encoding="utf-8")
    lists: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            lists.append([])
        else:
            lists[-1] += line.split()
    return tuple(lists)


SURNAMES, GIRLS, BOYS, ADULTS = _lists()


def surname(rng: Random) -> str:
    """Common surnames come first in the list and more often."""
    return SURNAMES[min(int(rng.expovariate(1 / 22)), len(SURNAMES) - 1)]


def child(rng: Random, family: str) -> str:
    return family + rng.choice(GIRLS if rng.random() < 0.49 else BOYS)


def adult(rng: Random, family: str = "") -> str:
    return (family or surname(rng)) + rng.choice(ADULTS)

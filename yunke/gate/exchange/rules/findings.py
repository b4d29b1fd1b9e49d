"""What the file looks like as a whole: last year's, another school's, half of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from yunke.gate.exchange.values import Finding

LEAVERS = 0.10
FEW = 5


@dataclass(frozen=True)
class Whole:
    """Counts of a comparison. ``schools``: school → (there before, leavers, found again)."""

    schools: Mapping[int, tuple[int, int, int]]
    crossing: int = 0
    stranger: str = ""
    matched: int = 0
    lower: int = 0  # matched pupils whose grade in the file is one below ours
    classes_there: int = 0
    classes_empty: int = 0  # of ours, whose pupils are all missing
    terms_over: bool = False


def findings_of(whole: Whole) -> list[Finding]:
    """In the order of their weight."""
    found = []
    before = sum(there for there, _left, _same in whole.schools.values())
    left = sum(gone for _there, gone, _same in whole.schools.values())
    same = sum(again for _there, _left, again in whole.schools.values())
    many = [school for school, (n, gone, _s) in whole.schools.items() if n and gone / n > LEAVERS]
    if whole.stranger:
        found.append(Finding("stranger", True, {"name": whole.stranger}))
    if before >= FEW and not same:
        found.append(Finding("nobody", True, {"there": before}))
    if whole.crossing:
        found.append(Finding("crossing", True, {"count": whole.crossing}))
    if whole.matched >= FEW and whole.lower > whole.matched / 2:
        found.append(Finding("last-year", True, {"count": whole.lower}))
    if whole.terms_over:
        found.append(Finding("terms-over"))
    if many:
        about = {"count": left, "there": before, "schools": sorted(many)[:50]}
        found.append(Finding("leavers", True, about))
    if whole.classes_there and whole.classes_empty and same:
        about = {"count": whole.classes_empty, "there": whole.classes_there}
        found.append(Finding("half", False, about))
    return found


def needs_second(found: list[Finding]) -> bool:
    return any(one.second for one in found)

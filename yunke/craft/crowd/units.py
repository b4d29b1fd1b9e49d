"""Who is counted together: units that add up, level by level."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """``k``: the fewest people a shown group has. ``width``: the fewest values that a shown count
    of people leaves open (or all of them, in a group of fewer).
    """

    k: int
    width: int


# For screens of schools, counties and the city, and for a teacher's own class.
SCREEN = Rule(k=10, width=5)
TEACHER = Rule(k=5, width=3)


@dataclass(frozen=True)
class Unit:
    """A city, a county, a school, a grade. ``parent`` is a key, "" at the top; ``size`` people."""

    key: str
    parent: str
    size: int


class Tree:
    """Units by key, parents before their children. Raises ValueError when they do not hang."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {unit.key: unit for unit in units}
        self.parts: dict[str, list[str]] = {key: [] for key in self.units}
        self.roots = [unit.key for unit in self.units.values() if not unit.parent]
        for unit in self.units.values():
            if unit.parent:
                if unit.parent not in self.units:
                    raise ValueError(f"{unit.key} hangs on nothing: {unit.parent}")
                self.parts[unit.parent].append(unit.key)
        self.order = self._down()
        if len(self.order) != len(self.units):
            raise ValueError("units hang on each other in a circle")

    def _down(self) -> list[str]:
        found = list(self.roots)
        for key in found:
            found += self.parts[key]
        return found

    def below(self, key: str) -> list[str]:
        """The unit and all beneath it."""
        found = [key]
        for one in found:
            found += self.parts[one]
        return found

"""What changed between two texts, as people read it: Chinese by the character, English by the word.

A difference is a tuple of pieces; the pieces that are not ``NEW`` joined give the old text, those
that are not ``GONE`` the new one. Cost: O((n + m) · d) with d at most ``MOST``; beyond that the
middle is one piece gone and one new, which is also how people would read it.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
# Words of letters or digits, runs of blanks; everything else, Chinese too, by the character.
_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’][A-Za-z]+)?|[^\S\n]+|\n|.", re.DOTALL)
MOST = 500
# Something that stayed between two changes and is as short as this is read as changed, too.
ISLAND = 1


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Step:
    """``old[a:b]`` became ``new[c:d]``; equal where ``same``."""

    same: bool
    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True)
class Row:
    """A line of a list: its kind, and its pieces when the line itself was changed."""

    kind: Kind
    text: str
    pieces: tuple[Piece, ...] = ()


def tokens(text: str) -> list[str]:
    """The text in the units people see as one; joined they are the text again."""
    return _TOKEN.findall(text)


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from ``old`` to ``new``."""
    before, after = tokens(old), tokens(new)
    pieces: list[Piece] = []
    for step in _calmed(steps(before, after)):
        if step.same:
            pieces.append(Piece(Kind.SAME, "".join(before[step.a : step.b])))
            continue
        pieces += [
            Piece(kind, "".join(part))
            for kind, part in (
                (Kind.GONE, before[step.a : step.b]),
                (Kind.NEW, after[step.c : step.d]),
            )
            if part
        ]
    return tuple(pieces)


def old_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != Kind.NEW)


def new_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != Kind.GONE)


def rows(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    """Two lists line by line; a line that was rewritten in its place shows its pieces.

    The rows whose kind is not ``GONE``, in order, are the new list.
    """
    found: list[Row] = []
    for step in steps(old, new):
        if step.same:
            found += [Row(Kind.SAME, text) for text in old[step.a : step.b]]
            continue
        gone, came = list(old[step.a : step.b]), list(new[step.c : step.d])
        while gone and came and alike(gone[0], came[0]):
            found.append(Row(Kind.NEW, came[0], difference(gone.pop(0), came.pop(0))))
        found += [Row(Kind.GONE, text) for text in gone]
        found += [Row(Kind.NEW, text) for text in came]
    return tuple(found)


def alike(old: str, new: str) -> bool:
    """Is it the same line, rewritten? A third of it stayed."""
    kept = sum(len(p.text) for p in difference(old, new) if p.kind == Kind.SAME)
    return 3 * kept >= max(len(old), len(new), 1)


def merged(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...] | None:
    """Both changes of ``base`` together; None where they touch the same place differently."""
    ours, others = _edits(base, mine), _edits(base, theirs)
    together: list[tuple[int, int, tuple[T, ...]]] = list(ours)
    for edit in others:
        if edit in ours:
            continue
        if any(_touch(edit, other) for other in ours):
            return None
        together.append(edit)
    result: list[T] = []
    at = 0
    for start, end, text in sorted(together, key=lambda edit: edit[:2]):
        result += [*base[at:start], *text]
        at = end
    return (*result, *base[at:])


def merged_text(base: str, mine: str, theirs: str) -> str | None:
    """The same for running text."""
    found = merged(tokens(base), tokens(mine), tokens(theirs))
    return None if found is None else "".join(found)


def _edits(base: Sequence[T], new: Sequence[T]) -> list[tuple[int, int, tuple[T, ...]]]:
    return [(s.a, s.b, tuple(new[s.c : s.d])) for s in steps(base, new) if not s.same]


def _touch(one: tuple[int, int, object], other: tuple[int, int, object]) -> bool:
    """Do two edits share a place of the base, or stand side by side?"""
    return one[0] <= other[1] and other[0] <= one[1]


def steps(old: Sequence[T], new: Sequence[T]) -> list[Step]:
    """Alternating equal and changed stretches that cover both sequences."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    n, m = len(old) - end, len(new) - end
    found = [Step(True, 0, start, 0, start)] if start else []
    found += _between(old, new, start, n, m)
    if end:
        found.append(Step(True, n, n + end, m, m + end))
    return found


def _common(one: Sequence[T], other: Sequence[T]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _between(old: Sequence[T], new: Sequence[T], start: int, n: int, m: int) -> list[Step]:
    """The steps of ``old[start:n]`` → ``new[start:m]``, whose ends differ."""
    if start in (n, m):
        return [Step(False, start, n, start, m)] if start < max(n, m) else []
    pairs = _matched(old[start:n], new[start:m])
    found: list[Step] = []
    a = c = start
    for x, y, length in pairs:
        x, y = x + start, y + start
        if x > a or y > c:
            found.append(Step(False, a, x, c, y))
        found.append(Step(True, x, x + length, y, y + length))
        a, c = x + length, y + length
    if a < n or c < m:
        found.append(Step(False, a, n, c, m))
    return found


def _matched(old: Sequence[T], new: Sequence[T]) -> list[tuple[int, int, int]]:
    """Myers' greedy walk: (place in old, place in new, length) of what stayed, in order."""
    n, m = len(old), len(new)
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for d in range(min(n + m, MOST) + 1):
        trail.append(dict(reach))
        for k in range(-d, d + 1, 2):
            down = k == -d or (k != d and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            y = x - k
            while x < n and y < m and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[k] = x
            if x >= n and y >= m:
                return _walked_back(trail, n, m)
    return []


def _walked_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    """The matches on the way that the walk found, from its end to its beginning."""
    found: list[tuple[int, int, int]] = []
    for d in range(len(trail) - 1, -1, -1):
        reach, k = trail[d], x - y
        down = k == -d or (k != d and reach[k - 1] < reach[k + 1])
        before = k + 1 if down else k - 1
        from_x = reach[before] if d else 0
        from_y = from_x - before if d else 0
        after_x = from_x if down else from_x + 1
        if not d:
            after_x = 0
        if x > after_x:
            found.append((after_x, after_x - k, x - after_x))
        x, y = from_x, from_y
    return found[::-1]


def _calmed(found: list[Step]) -> list[Step]:
    """Join changes that only a short island parts: "年" kept between two new words is noise."""
    calm: list[Step] = []
    for number, step in enumerate(found):
        inside = 0 < number < len(found) - 1
        island = step.same and inside and step.b - step.a <= ISLAND
        last = calm[-1] if calm else None
        if last is not None and not last.same and (island or not step.same):
            calm[-1] = Step(False, last.a, step.b, last.c, step.d)
        else:
            calm.append(step)
    return calm

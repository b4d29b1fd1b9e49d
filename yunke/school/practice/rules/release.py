"""Whose marks a pupil may know of: each room below that sets questions says it; else nobody."""

from collections.abc import Callable, Iterable

from yunke.school.practice.values import Source

# Attempt ids → those of them whose marks have reached their pupil.
Released = Callable[[list[int]], set[int]]
_READ: dict[Source, Released] = {}
# What a pupil learns at once, by handing in.
AT_ONCE = frozenset({Source.DRILL, Source.LESSON, Source.LIVE})


def released_from(of: Source, read: Released) -> None:
    """The read that says which attempts of this kind have been returned or released."""
    _READ[of] = read


def released_of(source: Source, attempt_ids: Iterable[int]) -> set[int]:
    """Those whose marks the pupil may know. A kind that nobody speaks for: none."""
    ids = list(attempt_ids)
    if source in AT_ONCE:
        return set(ids)
    read = _READ.get(source)
    return read(ids) & set(ids) if read and ids else set()

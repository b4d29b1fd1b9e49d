"""Names that tell nothing: the ids of what is ordered or joined travel to pupils' devices.

An author numbers the parts in the right order, so their numbers would be the key.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from yunke.craft.marking import items as m


def opaque(item: m.Item) -> m.Item:
    """The same question with ids made of the texts; a second time nothing changes."""
    key = item.key
    if isinstance(key, m.OrderingKey):
        names = _names(key.options)
        results = tuple(
            replace(one, text=" ".join(names.get(o, o) for o in one.text.split()))
            for one in key.results
        )
        order = tuple(names[one] for one in key.order)
        options = _renamed(key.options, names)
        return replace(item, key=replace(key, options=options, order=order, results=results))
    if isinstance(key, m.MatchingKey):
        left, right = _names(key.left), _names(key.right)
        pairs = tuple(replace(p, left=left[p.left], right=right[p.right]) for p in key.pairs)
        known = tuple(replace(p, left=left[p.left], right=right[p.right]) for p in key.known)
        sides = (_renamed(key.left, left), _renamed(key.right, right))
        found = m.MatchingKey(*sides, pairs=pairs, known=known)
        return replace(item, key=found)
    return item


def _names(options: Sequence[m.Choice]) -> dict[str, str]:
    """Id → a name made of the text; of the id too where two texts are the same."""
    found: dict[str, str] = {}
    for one in options:
        name = _digest(one.text)
        found[one.id] = name if name not in found.values() else _digest(f"{one.id}\0{one.text}")
    return found


def _digest(text: str) -> str:
    return "i" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _renamed(options: Sequence[m.Choice], names: dict[str, str]) -> tuple[m.Choice, ...]:
    return tuple(replace(one, id=names[one.id]) for one in options)

"""Is a formula multiplied out, is it a product? Decided on how it is written."""

from yunke.craft.marking.formulas.values import Tree


def is_expanded(tree: Tree) -> bool:
    """No bracket left: no product, power or quotient of a sum."""
    kind = tree[0]
    parts = [part for part in tree[1:] if isinstance(part, list)]
    if kind in ("*", "^") and any(_is_sum(part) for part in parts):
        return False
    if kind == "neg" and _is_sum(parts[0]):
        return False
    return all(is_expanded(part) for part in parts)


def is_factored(tree: Tree) -> bool:
    """A product or power as a whole, not a sum."""
    while tree[0] == "neg":
        inner = tree[1]
        if not isinstance(inner, list):
            return False
        tree = inner
    return not _is_sum(tree)


def _is_sum(tree: Tree) -> bool:
    inner = tree[1] if tree[0] == "neg" else tree
    return isinstance(inner, list) and inner[0] == "+"

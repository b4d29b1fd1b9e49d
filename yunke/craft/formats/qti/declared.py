"""What an item declares about its responses: cardinality, base type, right values, points."""

from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from yunke.craft.formats.qti.values import Entry
from yunke.craft.formats.qti.xml import child, children, everywhere, said, text_of


@dataclass(frozen=True)
class Declared:
    """A response declaration. ``mapped``: it has a mapping; ``area``: points by place."""

    id: str
    cardinality: str
    base: str
    line: int
    right: tuple[str, ...] = ()
    mapped: bool = False
    entries: tuple[Entry, ...] = ()
    default: float = 0.0
    lower: float | None = None
    upper: float | None = None
    area: bool = False


def declared(item: etree._Element) -> dict[str, Declared]:
    """All response declarations of an item by identifier; the first of two with one name."""
    found: dict[str, Declared] = {}
    for element in children(item, "responseDeclaration"):
        one = _declaration(element)
        found.setdefault(one.id, one)
    return found


def _declaration(element: etree._Element) -> Declared:
    base = said(element, "baseType")
    mapping = child(element, "mapping")
    correct = child(element, "correctResponse")
    values = [] if correct is None else list(children(correct, "value"))
    return Declared(
        id=said(element, "identifier"),
        cardinality=said(element, "cardinality", "single"),
        base=base,
        line=element.sourceline or 0,
        right=tuple(value_of(text_of(value), base) for value in values),
        mapped=mapping is not None,
        entries=() if mapping is None else _entries(mapping, base),
        default=0.0 if mapping is None else number(said(mapping, "defaultValue")) or 0.0,
        lower=None if mapping is None else number(said(mapping, "lowerBound")),
        upper=None if mapping is None else number(said(mapping, "upperBound")),
        area=child(element, "areaMapping") is not None,
    )


def _entries(mapping: etree._Element, base: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            value_of(said(entry, "mapKey"), base),
            number(said(entry, "mappedValue")) or 0.0,
            said(entry, "caseSensitive", "true").lower() not in ("false", "0"),
        )
        for entry in everywhere(mapping, "mapEntry")
    )


def value_of(text: str, base: str) -> str:
    """A value as it is compared: one space in a pair, the two of an undirected pair in order."""
    parts = text.split()
    if base == "pair":
        parts.sort()
    return " ".join(parts)


def number(text: str) -> float | None:
    """A finite number, or None."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def plain(value: float) -> str:
    """A number without an exponent or a needless point."""
    told = format(Decimal(repr(value)), "f")
    return told.rstrip("0").rstrip(".") if "." in told else told

"""Items as plain JSON and back: for the command's lines, and for keeping what QTI said whole."""

from collections.abc import Mapping
from typing import Any

import msgspec

from yunke.craft.formats.qti.faults import sentence
from yunke.craft.formats.qti.values import Item, Read


class BadItem(ValueError):
    """Not an item; its text is the reason, with the place."""


def item_to_json(item: Item) -> dict[str, Any]:
    """Plain lists, texts and numbers."""
    found: dict[str, Any] = msgspec.to_builtins(item)
    return found


def item_from_json(found: Mapping[str, Any]) -> Item:
    """Raises BadItem."""
    try:
        return msgspec.convert(found, type=Item)
    except msgspec.ValidationError as wrong:
        raise BadItem(str(wrong)) from None


def line_of(read: Read) -> dict[str, Any]:
    """What the command tells of an item: what was understood, and what was not."""
    return {
        "file": read.file,
        "version": read.version.value,
        "identifier": read.item.id,
        "kinds": [asked.kind.value for asked in read.item.interactions],
        "item": item_to_json(read.item),
        "not_understood": [
            {"file": fault.file, "line": fault.line, "code": fault.code, "what": sentence(fault)}
            for fault in read.faults
        ],
    }

"""Items as JSON in the words of QTI, and back.

The outside is QTI's: identifier, interaction, prompt, maxScore, cardinality, base type. The key
itself keeps our names, because QTI's response processing is a program and a key is not. How each
kind becomes QTI's XML is ``formats/qti``'s part.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from yunke.craft.marking.items.keys import Key
from yunke.craft.marking.items.values import KEYS, Item, Kind

# kind -> (interaction, cardinality, base type) of QTI 2 and 3.
INTERACTIONS: dict[Kind, tuple[str, str, str]] = {
    Kind.CHOICE: ("choiceInteraction", "single", "identifier"),
    Kind.MULTIPLE: ("choiceInteraction", "multiple", "identifier"),
    Kind.TRUE_FALSE: ("choiceInteraction", "single", "boolean"),
    Kind.BLANKS: ("textEntryInteraction", "record", "string"),
    Kind.NUMBER: ("textEntryInteraction", "single", "string"),
    Kind.FORMULA: ("textEntryInteraction", "single", "string"),
    Kind.MATCHING: ("matchInteraction", "multiple", "directedPair"),
    Kind.ORDERING: ("orderInteraction", "ordered", "identifier"),
    Kind.SHORT_TEXT: ("extendedTextInteraction", "single", "string"),
    Kind.LONG_TEXT: ("extendedTextInteraction", "single", "string"),
    Kind.HANDWRITING: ("drawingInteraction", "single", "file"),
    Kind.READING: ("uploadInteraction", "single", "file"),
    Kind.RECITATION: ("uploadInteraction", "single", "file"),
    Kind.PRACTICAL: ("uploadInteraction", "multiple", "file"),
    Kind.SIGNED: ("customInteraction", "single", "boolean"),
}
VERSION = 1


class BadItem(ValueError):
    """Not an item; its text is the reason, with the place."""


def item_to_json(item: Item) -> dict[str, Any]:
    """Plain lists, texts and numbers, ready for ``json.dumps``."""
    interaction, cardinality, base = INTERACTIONS[item.kind]
    return {
        "version": VERSION,
        "identifier": item.id,
        "kind": item.kind.value,
        "interaction": interaction,
        "prompt": item.prompt,
        "maxScore": str(item.points),
        "knowledge": list(item.knowledge),
        "reasoning": item.reasoning,
        "response": {
            "cardinality": cardinality,
            "baseType": base,
            "key": msgspec.json.decode(msgspec.json.encode(item.key, enc_hook=_out)),
        },
    }


def item_from_json(found: Mapping[str, Any]) -> Item:
    """The item that was written. Raises BadItem."""
    try:
        if found.get("version", VERSION) != VERSION:
            raise BadItem(f"version {found['version']} is not known here")
        kind = Kind(found["kind"])
        key: Key = msgspec.convert(found["response"]["key"], type=KEYS[kind], dec_hook=_in)
        return Item(
            id=msgspec.convert(found["identifier"], type=str),
            prompt=msgspec.convert(found["prompt"], type=str),
            key=key,
            points=_in(Fraction, found.get("maxScore", "1")),
            knowledge=msgspec.convert(found.get("knowledge", []), type=tuple[str, ...]),
            reasoning=msgspec.convert(found.get("reasoning", ""), type=str),
        )
    except KeyError as missing:
        raise BadItem(f"{missing.args[0]} is missing") from None
    except (ValueError, TypeError, AttributeError, ZeroDivisionError) as wrong:
        raise BadItem(str(wrong)) from None


def _out(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError


def _in(kind: type, value: object) -> Any:
    if kind is not Fraction:
        raise NotImplementedError
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError(f"{value!r} is not a number written as text")
    return Fraction(value)

"""Our questions as QTI's items.

QTI has no place for causes, units, accepted forms and criteria: those stay behind (a package is for
others; our own backup keeps them). What QTI cannot ask (reading aloud, a signature) goes out as an
upload or a text that a person marks.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from yunke.craft.formats.qti.rich import elements
from yunke.craft.formats.qti.values import Entry, Interaction, Item, Key, Kind, Option, Scoring
from yunke.craft.marking import items as ours

RESPONSE = "RESPONSE"
_NUMERIC = ("absolute", "relative")
_BLOCK = re.compile(r"<(p|div|h[1-6]|[uod]l|table|pre|blockquote|figure|section|address|hr)\b")


def from_marking(item: ours.Item, media: Sequence[str] = ()) -> Item:
    """A QTI item that asks the same. ``media``: names that its texts use, as in the package."""
    asked = _KINDS[item.kind](item.key, float(item.points))
    prompt = as_html(item.prompt)
    places = [f"<response id={quoteattr(one.id)}/>" for one in asked]
    missing = [place for place in places if place not in prompt]
    body = f"<div>{' '.join([prompt, *missing])}</div>"
    if asked[0].kind not in (Kind.TEXT, Kind.NUMBER):
        body = missing[0]
        if _BLOCK.search(prompt):  # a prompt holds a line of text, no paragraphs
            body = f"<div>{prompt}</div> {body}"
        else:
            asked = (replace(asked[0], prompt=prompt),)
    return Item(
        id=item.id,
        title="",
        body=body,
        interactions=asked,
        rationale=as_html(item.reasoning),
        media=tuple(sorted(media)),
    )


def as_html(text: str) -> str:
    """A text that is our XHTML as it is, any other escaped; spaces as ``Rich`` writes them."""
    try:
        elements(text, "x", "")
    except ValueError:
        text = escape(text)
    return " ".join(text.split())


def _options(choices: Sequence[ours.Choice], most: int = 1) -> tuple[Option, ...]:
    return tuple(Option(one.id, as_html(one.text), most=most) for one in choices)


def _right(*values: str, worth: float) -> Key:
    return Key(Scoring.RIGHT, values, worth)


def _choice(key: ours.ChoiceKey, worth: float) -> tuple[Interaction, ...]:
    right = _right(key.right, worth=worth)
    return (Interaction(RESPONSE, Kind.CHOICE, right, options=_options(key.options), most=1),)


def _true_false(key: ours.TrueFalseKey, worth: float) -> tuple[Interaction, ...]:
    right = _right("true" if key.right else "false", worth=worth)
    options = (Option("true", "对"), Option("false", "错"))
    return (Interaction(RESPONSE, Kind.TRUE_FALSE, right, options=options, most=1),)


def _multiple(key: ours.MultipleKey, worth: float) -> tuple[Interaction, ...]:
    right = tuple(sorted(key.right))
    scored = Key(Scoring.RIGHT, right, worth)
    if key.rule is ours.PartRule.EACH:
        share = round(worth / len(right), 6)
        entries = tuple(Entry(one.id, share if one.id in right else -share) for one in key.options)
        scored = Key(Scoring.MAPPED, right, 1.0, entries, 0.0, 0.0, worth)
    return (Interaction(RESPONSE, Kind.MULTIPLE, scored, options=_options(key.options)),)


def _number_key(key: ours.NumberKey, worth: float) -> tuple[Kind, Key]:
    """A plain decimal is a number with its tolerance; any other (3……2, 1/3) is a text."""
    try:
        value = format(float(key.value), ".10g")
    except ValueError:
        return Kind.TEXT, _right(key.value, worth=worth)
    percent = key.tolerance.strip().endswith("%")
    try:
        size = float(Fraction(key.tolerance.strip().rstrip("%")))
    except (ValueError, ZeroDivisionError):
        size = 0.0
    if not size:
        return Kind.NUMBER, _right(value, worth=worth)
    mode = _NUMERIC[percent]
    return Kind.NUMBER, Key(Scoring.NEAR, (value,), worth, mode=mode, tolerance=(size, size))


def _number(key: ours.NumberKey, worth: float) -> tuple[Interaction, ...]:
    kind, scored = _number_key(key, worth)
    return (Interaction(RESPONSE, kind, scored, most=1),)


def _accepted(accepted: Sequence[str], case: bool, worth: float) -> Key:
    entries = tuple(Entry(one, worth, case) for one in accepted)
    return Key(Scoring.MAPPED, (accepted[0],), 1.0, entries)


def _formula(key: ours.FormulaKey, worth: float) -> tuple[Interaction, ...]:
    return (Interaction(RESPONSE, Kind.TEXT, _accepted(key.accepted, True, worth), most=1),)


def _blanks(key: ours.BlanksKey, worth: float) -> tuple[Interaction, ...]:
    whole = float(sum(blank.weight for blank in key.blanks))
    return tuple(_blank(one, round(worth * float(one.weight) / whole, 6)) for one in key.blanks)


def _blank(blank: ours.Blank, worth: float) -> Interaction:
    found = blank.key
    if isinstance(found, ours.NumberKey):
        kind, scored = _number_key(found, worth)
        return Interaction(blank.id, kind, scored, most=1)
    case = isinstance(found, ours.FormulaKey) or found.case_matters
    return Interaction(blank.id, Kind.TEXT, _accepted(found.accepted, case, worth), most=1)


def _matching(key: ours.MatchingKey, worth: float) -> tuple[Interaction, ...]:
    pairs = tuple(sorted(f"{pair.left} {pair.right}" for pair in key.pairs))
    return (
        Interaction(
            RESPONSE,
            Kind.MATCH,
            Key(Scoring.RIGHT, pairs, worth),
            options=_options(key.left, len(key.right)),
            targets=_options(key.right, len(key.left)),
            most=len(key.left) * len(key.right),
        ),
    )


def _ordering(key: ours.OrderingKey, worth: float) -> tuple[Interaction, ...]:
    right = _right(*key.order, worth=worth)
    return (Interaction(RESPONSE, Kind.ORDER, right, options=_options(key.options), shuffle=True),)


def _text(key: Any, worth: float) -> tuple[Interaction, ...]:
    length = 200 if isinstance(key, ours.ShortTextKey) else 2_000
    return (Interaction(RESPONSE, Kind.EXTENDED, Key(Scoring.PERSON, worth=worth), length=length),)


def _upload(key: Any, worth: float) -> tuple[Interaction, ...]:
    media = getattr(key, "media", ())
    kind = "video/*" if media == ("video",) else "audio/*" if hasattr(key, "text") else "image/*"
    return (Interaction(RESPONSE, Kind.UPLOAD, Key(Scoring.PERSON, worth=worth), media_type=kind),)


_KINDS: dict[ours.Kind, Callable[[Any, float], tuple[Interaction, ...]]] = {
    ours.Kind.CHOICE: _choice,
    ours.Kind.MULTIPLE: _multiple,
    ours.Kind.TRUE_FALSE: _true_false,
    ours.Kind.BLANKS: _blanks,
    ours.Kind.NUMBER: _number,
    ours.Kind.FORMULA: _formula,
    ours.Kind.MATCHING: _matching,
    ours.Kind.ORDERING: _ordering,
    ours.Kind.SHORT_TEXT: _text,
    ours.Kind.LONG_TEXT: _text,
    ours.Kind.HANDWRITING: _upload,
    ours.Kind.READING: _upload,
    ours.Kind.RECITATION: _upload,
    ours.Kind.PRACTICAL: _upload,
    ours.Kind.SIGNED: _upload,
}

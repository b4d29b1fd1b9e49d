"""What of a question a pupil may see, and what it says when it is solved. On plain values."""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from yunke.craft.marking import items as m
from yunke.school.library.values.questions import (
    Asked,
    AskedBlank,
    AskedOption,
    Solved,
    SolvedOption,
)

T = TypeVar("T")
_MEDIA: dict[type, tuple[str, ...]] = {
    m.HandwritingKey: ("photo",), m.ReadingKey: ("audio",), m.RecitationKey: ("audio",),
}  # fmt: skip


def asked_from(item: m.Item, number: int, prompt_en: str = "", seed: str = "") -> Asked:
    """``seed``: the order of options for whoever has it; without one they stand as written.

    What is put in order, and the right side of a match, never stand as written: that is the key.
    """
    return replace(
        _of_key(item.key, f"{seed}:{number}", bool(seed)),
        id=number, kind=item.kind.value, prompt=item.prompt, prompt_en=prompt_en,
        points=points_text(item.points),
    )  # fmt: skip


def _of_key(key: m.Key, seed: str, shuffled: bool) -> Asked:
    bare = Asked(0, "", "", media=_MEDIA.get(type(key), ()))
    if isinstance(key, m.ChoiceKey | m.MultipleKey):
        options = _options(key.options)
        return replace(bare, options=mixed(options, seed) if shuffled else options)
    if isinstance(key, m.OrderingKey):
        return replace(bare, options=_disordered(key, seed))
    if isinstance(key, m.MatchingKey):
        right = mixed(_options(key.right), seed)
        return replace(bare, options=_options(key.left), targets=right)
    return _of_written(key, bare) or _of_shown(key, bare)


def _of_written(key: m.Key, bare: Asked) -> Asked | None:
    if isinstance(key, m.BlanksKey):
        return replace(bare, blanks=tuple(AskedBlank(o.id, _mode(o.key)) for o in key.blanks))
    if isinstance(key, m.NumberKey):
        return replace(bare, unit=key.unit if key.unit_rule is m.UnitRule.FREE else "")
    if isinstance(key, m.LongTextKey):
        return replace(bare, least=key.least, most=key.most or 0)
    return None


def _of_shown(key: m.Key, bare: Asked) -> Asked:
    if isinstance(key, m.SignedKey):
        return replace(bare, statement=key.statement)
    if isinstance(key, m.PracticalKey):
        return replace(bare, media=key.media)
    if isinstance(key, m.ReadingKey):
        return replace(bare, text=key.text, language=key.language)
    return replace(bare, picture=key.picture) if isinstance(key, m.HandwritingKey) else bare


def _options(choices: Sequence[m.Choice]) -> tuple[AskedOption, ...]:
    return tuple(AskedOption(one.id, one.text) for one in choices)


def mixed(things: Sequence[T], seed: str) -> tuple[T, ...]:
    """The same order for the same seed, on every machine."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    found = list(things)
    random.Random(number).shuffle(found)  # noqa: S311 - an order, no secret
    return tuple(found)


def _disordered(key: m.OrderingKey, seed: str) -> tuple[AskedOption, ...]:
    """Mixed, and never in the right order by chance."""
    found = mixed(_options(key.options), seed)
    if tuple(one.id for one in found) == key.order:
        found = (*found[1:], found[0])
    return found


def _mode(key: m.NumberKey | m.FormulaKey | m.TextKey) -> str:
    if isinstance(key, m.NumberKey):
        return "number"
    return "formula" if isinstance(key, m.FormulaKey) else "text"


def points_text(points: Fraction) -> str:
    """``2``, ``2.5``, ``1/3``."""
    if points.denominator == 1:
        return str(points.numerator)
    return f"{float(points):g}" if points.denominator in (2, 4, 5, 10) else str(points)


def solved_from(item: m.Item, asked: Asked, reasoning_en: str = "") -> Solved:
    """The key in words. For eyes that may see it."""
    right = _right_ids(item.key)
    options = tuple(SolvedOption(one.id, one.text, one.id in right) for one in asked.options)
    return Solved(
        asked=asked, key=key_lines(item.key), reasoning=item.reasoning, reasoning_en=reasoning_en,
        options=options if isinstance(item.key, m.ChoiceKey | m.MultipleKey) else (),
    )  # fmt: skip


def _right_ids(key: m.Key) -> frozenset[str]:
    if isinstance(key, m.ChoiceKey):
        return frozenset({key.right})
    return frozenset(key.right) if isinstance(key, m.MultipleKey) else frozenset()


def key_lines(key: m.Key) -> tuple[str, ...]:
    """What is right, as lines of the author's words; ✓ and ✗ for true and false."""
    told = _LINES.get(type(key))
    return told(key) if told else ()


def _chosen_lines(key: m.ChoiceKey | m.MultipleKey) -> tuple[str, ...]:
    right = _right_ids(key)
    return tuple(one.text for one in key.options if one.id in right)


def _order_lines(key: m.OrderingKey) -> tuple[str, ...]:
    texts = {one.id: one.text for one in key.options}
    return tuple(texts[one] for one in key.order)


def _pair_lines(key: m.MatchingKey) -> tuple[str, ...]:
    left = {one.id: one.text for one in key.left}
    right = {one.id: one.text for one in key.right}
    return tuple(f"{left[one.left]} — {right[one.right]}" for one in key.pairs)


def _line(key: m.NumberKey | m.FormulaKey | m.TextKey) -> str:
    if isinstance(key, m.NumberKey):
        return f"{key.value} {key.unit}".strip()
    if isinstance(key, m.FormulaKey):
        return formula_shown(key.accepted[0])
    return " / ".join(key.accepted)


_LINES: dict[type, Callable[[Any], tuple[str, ...]]] = {
    m.ChoiceKey: _chosen_lines,
    m.MultipleKey: _chosen_lines,
    m.TrueFalseKey: lambda key: ("✓" if key.right else "✗",),
    m.OrderingKey: _order_lines,
    m.MatchingKey: _pair_lines,
    m.BlanksKey: lambda key: tuple(_line(one.key) for one in key.blanks),
    m.NumberKey: lambda key: (_line(key),),
    m.FormulaKey: lambda key: (_line(key),),
    m.ShortTextKey: lambda key: key.references,
    m.HandwritingKey: lambda key: (key.expected,) if key.expected else (),
    m.RecitationKey: lambda key: (key.text,),
}


def formula_shown(text: str) -> str:
    """A formula as the pages' texts hold it, between dollars where it is written in LaTeX."""
    return f"${text}$" if "\\" in text or "^" in text else text


def answer_lines(asked: Asked, value: Any) -> tuple[str, ...]:
    """An answer in the words of the question; a value of another shape gives what it is."""
    if value in (None, "", [], {}) or (isinstance(value, dict) and "field" in value):
        return ()  # nothing, or a picture of what was written on paper
    texts = {one.id: one.text for one in asked.options}
    match asked.kind:
        case "true-false":
            # A form's answer is a word, a script's a boolean.
            return ({"true": "✓", "false": "✗"}.get(str(value).lower(), str(value)),)
        case "signed":
            return ("✓",) if value is True else ()
        case "matching":
            sides = {one.id: one.text for one in asked.targets}
            pairs = value.items() if isinstance(value, dict) else value
            return tuple(_pair(pair, texts, sides) for pair in _listed(pairs))
        case "blanks":
            written = value if isinstance(value, dict) else dict(enumerate(_listed(value)))
            return tuple(str(one) for one in written.values())
        case "choice" | "multiple" | "ordering":
            return tuple(texts.get(str(one), str(one)) for one in _listed(value))
    return tuple(str(one) for one in _listed(value))


def _listed(value: Any) -> list[Any]:
    if isinstance(value, str | int | float | bool):
        return [value]
    return list(value) if value is not None else []


def _pair(pair: Any, left: dict[str, str], right: dict[str, str]) -> str:
    parts = pair.split() if isinstance(pair, str) else list(pair)
    if len(parts) != 2:
        return str(pair)
    return f"{left.get(str(parts[0]), parts[0])} — {right.get(str(parts[1]), parts[1])}"

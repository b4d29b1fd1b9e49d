"""An item as the editor's fields: what ``item_from_fields`` would read again."""

from collections.abc import Callable, Iterable
from typing import Any

from yunke.craft.marking import items as m
from yunke.school.library.rules.asked import points_text


def fields_of(item: m.Item) -> dict[str, Any]:
    """Field → text or list of texts; rows as lists of dicts under ``options``, ``blanks``,
    ``pairs``, ``known``, ``results``, ``criteria``. Causes are ids.
    """
    found: dict[str, Any] = {
        "kind": item.kind.value, "prompt": item.prompt, "reasoning": item.reasoning,
        "points_worth": points_text(item.points),
    }  # fmt: skip
    return found | _TELLERS[item.kind](item.key) | _criteria(item.key)


def _criteria(key: m.Key) -> dict[str, Any]:
    rows = getattr(key, "criteria", ())
    return {"criteria": [{"text": one.text, "points": points_text(one.points)} for one in rows]}


def _options(options: Iterable[m.Choice], right: Iterable[str]) -> list[dict[str, Any]]:
    known = set(right)
    return [{"id": o.id, "text": o.text, "cause": o.cause, "right": o.id in known} for o in options]


def _choice(key: m.ChoiceKey) -> dict[str, Any]:
    return {"options": _options(key.options, (key.right,))}


def _multiple(key: m.MultipleKey) -> dict[str, Any]:
    return {"options": _options(key.options, key.right), "rule": key.rule.value}


def _true_false(key: m.TrueFalseKey) -> dict[str, Any]:
    return {"right": "true" if key.right else "false", "cause": key.cause}


def _results(results: Iterable[m.Result], blank: str = "") -> list[dict[str, str]]:
    return [{"text": one.text, "cause": one.cause, "blank": blank} for one in results]


def _number(key: m.NumberKey) -> dict[str, Any]:
    return {
        "value": key.value, "unit": key.unit, "unit_rule": key.unit_rule.value,
        "tolerance": "" if key.tolerance == "0" else key.tolerance, "form": key.form.value,
        "places": "" if key.places is None else str(key.places), "expression": key.expression,
        "results": _results(key.results),
    }  # fmt: skip


def _formula(key: m.FormulaKey) -> dict[str, Any]:
    accepted = " | ".join(key.accepted)
    return {"accepted": accepted, "shape": key.shape.value, "results": _results(key.results)}


def _blanks(key: m.BlanksKey) -> dict[str, Any]:
    rows, results = [], []
    for number, blank in enumerate(key.blanks, 1):
        one = blank.key
        row: dict[str, Any] = {"id": blank.id, "unit": "", "closed": False}
        if isinstance(one, m.NumberKey):
            row |= {"kind": "number", "accepted": one.value, "unit": one.unit}
        else:
            row["accepted"] = " | ".join(one.accepted)
            row["kind"] = "formula" if isinstance(one, m.FormulaKey) else "text"
            row["closed"] = isinstance(one, m.TextKey) and one.closed
        rows.append(row)
        results += _results(one.results, str(number))
    return {"blanks": rows, "any_order": key.any_order, "results": results}


def _matching(key: m.MatchingKey) -> dict[str, Any]:
    left = {one.id: one.text for one in key.left}
    right = {one.id: one.text for one in key.right}
    pairs = [{"left": left[p.left], "right": right[p.right]} for p in key.pairs]
    joined = {pair.right for pair in key.pairs}
    pairs += [{"left": "", "right": text} for number, text in right.items() if number not in joined]
    known = [{"left": left[p.left], "right": right[p.right], "cause": p.cause} for p in key.known]
    return {"pairs": pairs, "known": known}


def _ordering(key: m.OrderingKey) -> dict[str, Any]:
    texts = {one.id: one.text for one in key.options}
    places = {one: str(at) for at, one in enumerate(key.order, 1)}
    results = [
        {"text": " ".join(places.get(o, o) for o in r.text.split()), "cause": r.cause, "blank": ""}
        for r in key.results
    ]
    options = [{"id": one, "text": texts[one]} for one in key.order]
    return {"options": options, "rule": key.rule.value, "results": results}


def _aloud(key: m.ReadingKey | m.RecitationKey) -> dict[str, Any]:
    return {"text": key.text, "language": key.language}


_TELLERS: dict[m.Kind, Callable[[Any], dict[str, Any]]] = {
    m.Kind.CHOICE: _choice,
    m.Kind.MULTIPLE: _multiple,
    m.Kind.TRUE_FALSE: _true_false,
    m.Kind.BLANKS: _blanks,
    m.Kind.NUMBER: _number,
    m.Kind.FORMULA: _formula,
    m.Kind.MATCHING: _matching,
    m.Kind.ORDERING: _ordering,
    m.Kind.SHORT_TEXT: lambda key: {"references": "\n".join(key.references)},
    m.Kind.LONG_TEXT: lambda key: {"least": key.least or "", "most": key.most or ""},
    m.Kind.HANDWRITING: lambda key: {"picture": key.picture, "expected": key.expected},
    m.Kind.READING: _aloud,
    m.Kind.RECITATION: _aloud,
    m.Kind.PRACTICAL: lambda key: {"media": list(key.media)},
    m.Kind.SIGNED: lambda key: {"statement": key.statement},
}

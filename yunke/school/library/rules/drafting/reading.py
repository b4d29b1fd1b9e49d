"""The editor's fields as an item. Each kind of key has its reader; faults gather by field."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, count, islice

from yunke.craft.marking import items as m
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.formulas import Unread, read_formula
from yunke.craft.marking.numbers import read_number, read_rest
from yunke.school.library.rules.causes import cause_of
from yunke.school.library.rules.drafting.fields import Fields, Unfit, alternatives, points_of
from yunke.school.library.rules.media import NAME

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def names_free(used: Collection[str], first: str = LETTERS) -> Iterator[str]:
    """Letters, then numbers, that nothing is called yet."""
    return (one for one in chain(first, map(str, count(1))) if one not in used)


def item_from_fields(fields: Fields, number: str = "new") -> m.Item:
    """The item that the fields say. Raises Unfit with every fault that was found."""
    kind = fields.one("kind")
    if kind not in _READERS:
        raise Unfit({"kind": "kind"})
    if not fields.one("prompt"):
        fields.wrong("prompt", "prompt")
    points = fields.fraction("points_worth")
    key: m.Key | None = None
    try:
        key = _READERS[kind](fields)
    except ValueError:
        if not fields.faults:
            fields.wrong("key", "key")
    if fields.faults or key is None:
        raise Unfit(fields.faults or {"key": "key"})
    return m.Item(number, fields.one("prompt"), key, points, reasoning=fields.one("reasoning"))


def _options(fields: Fields, least: int = 2) -> tuple[m.Choice, ...]:
    """The rows that have a text; a row without a letter gets the next free one."""
    rows = [row for row in fields.rows("option_id", "option_text", "option_cause") if row[1]]
    if len(rows) < least:
        fields.wrong("option_text", "options-few")
    if len({text for _, text, _ in rows}) < len(rows):
        fields.wrong("option_text", "options-alike")
    free = names_free({row[0] for row in rows})
    return tuple(m.Choice(row[0] or next(free), row[1], cause_of(row[2])) for row in rows)


def _choice(fields: Fields) -> m.Key:
    options, right = _options(fields), fields.one("right")
    if right not in {one.id for one in options}:
        fields.wrong("right", "right-none")
    return m.ChoiceKey(_without_cause(options, {right}), right)


def _multiple(fields: Fields) -> m.Key:
    options = _options(fields)
    known = {one.id for one in options}
    right = tuple(one for one in fields.many("right") if one in known)
    if not right:
        fields.wrong("right", "right-none")
    rule = m.PartRule(fields.one("rule", m.PartRule.HALF.value))
    return m.MultipleKey(_without_cause(options, set(right)), right, rule)


def _without_cause(options: tuple[m.Choice, ...], right: set[str]) -> tuple[m.Choice, ...]:
    """What is right betrays nothing."""
    return tuple(m.Choice(o.id, o.text) if o.id in right else o for o in options)


def _true_false(fields: Fields) -> m.Key:
    if fields.one("right") not in ("true", "false"):
        fields.wrong("right", "right-none")
    return m.TrueFalseKey(fields.one("right") == "true", cause_of(fields.one("cause")))


def _number(fields: Fields) -> m.NumberKey:
    value, tolerance = fields.one("value"), fields.one("tolerance") or "0"
    if read_rest(value) is None and read_number(value) is None:
        fields.wrong("value", "number")
    found = read_number(tolerance)
    if found is None or found.value < 0:
        fields.wrong("tolerance", "number")
    expression = fields.one("expression")
    if expression and read_item(expression) is None:
        fields.wrong("expression", "expression")
    places = fields.one("places")
    return m.NumberKey(
        value, fields.one("unit"), tolerance,
        m.UnitRule(fields.one("unit_rule", "needed")), m.NumberForm(fields.one("form", "any")),
        fields.number("places", most=12) if places else None,
        expression=expression, results=_results(fields),
    )  # fmt: skip


def _results(fields: Fields, blank: str = "") -> tuple[m.Result, ...]:
    """Known wrong results with what each betrays; of one blank where there are several."""
    rows = fields.rows("result_text", "result_cause", "result_blank")
    return tuple(
        m.Result(text, cause_of(cause))
        for text, cause, of in rows
        if text and cause and (of == blank or not blank)
    )


def _formula(fields: Fields) -> m.Key:
    accepted = alternatives(fields.one("accepted"))
    if not accepted:
        fields.wrong("accepted", "formula-none")
    for one in accepted:
        _readable(fields, "accepted", one)
    results = _results(fields)
    for result in results:
        _readable(fields, "result_text", result.text)
    shape = m.FormulaShape(fields.one("shape", "any"))
    return m.FormulaKey(accepted, shape, results=results)


def _readable(fields: Fields, name: str, text: str) -> None:
    try:
        read_formula(text)
    except Unread:
        fields.wrong(name, "formula")


def _blanks(fields: Fields) -> m.Key:
    names = ("blank_kind", "blank_accepted", "blank_unit", "blank_id")
    # Ticks and wrong results name a row by its place in the form, empty rows counted.
    rows = [(str(at), row) for at, row in enumerate(fields.rows(*names), 1) if row[1]]
    if not rows:
        fields.wrong("blank_accepted", "blanks-none")
    closed = set(fields.many("blank_closed"))
    free = names_free({row[3] for _, row in rows}, "")
    blanks = tuple(
        replace(
            _blank(fields, at, kind, accepted, unit, closed=at in closed),
            id=known or next(free),
        )
        for at, (kind, accepted, unit, known) in rows
    )
    return m.BlanksKey(blanks, any_order=fields.one("any_order") == "1")


def _blank(
    fields: Fields, number: str, kind: str, accepted: str, unit: str, *, closed: bool
) -> m.Blank:
    several, results = alternatives(accepted), _results(fields, number)
    if kind == "number":
        if read_rest(accepted) is None and read_number(accepted) is None:
            fields.wrong("blank_accepted", "number")
        return m.Blank(number, number=m.NumberKey(accepted, unit, results=results))
    if kind == "formula":
        for one in several:
            _readable(fields, "blank_accepted", one)
        return m.Blank(number, formula=m.FormulaKey(several, results=results))
    return m.Blank(number, text=m.TextKey(several, closed=closed, results=results))


def _matching(fields: Fields) -> m.Key:
    """A pair a row; a row without its left side is a right side that nothing joins."""
    rows = [row for row in fields.rows("pair_left", "pair_right") if row[1]]
    right = {text: str(at) for at, text in enumerate(dict.fromkeys(row[1] for row in rows), 1)}
    left = {text: f"L{at}" for at, text in enumerate(dict.fromkeys(r[0] for r in rows if r[0]), 1)}
    if not left or len(right) < 2:
        fields.wrong("pair_left", "pairs-few")
    pairs = tuple(m.Pair(left[one], right[other]) for one, other in rows if one)
    known = tuple(
        m.Pair(left[one], right[other], cause_of(cause))
        for one, other, cause in fields.rows("known_left", "known_right", "known_cause")
        if one in left and other in right and cause
    )
    return m.MatchingKey(
        tuple(m.Choice(number, text) for text, number in left.items()),
        tuple(m.Choice(number, text) for text, number in right.items()), pairs, known,
    )  # fmt: skip


def _ordering(fields: Fields) -> m.Key:
    """The rows stand in the right order. A wrong order is said by their numbers: ``2 1 3``."""
    texts = [text for text in fields.many("option_text") if text]
    if len(texts) < 2:
        fields.wrong("option_text", "options-few")
    if len(set(texts)) < len(texts):
        fields.wrong("option_text", "options-alike")
    ids = list(islice(names_free(()), len(texts)))
    results = []
    for result in _results(fields):
        order = [int(one) - 1 for one in result.text.split() if one.isdecimal()]
        if sorted(order) != list(range(len(ids))):
            fields.wrong("result_text", "order")
            continue
        results.append(m.Result(" ".join(ids[at] for at in order), result.cause))
    options = tuple(m.Choice(one, text) for one, text in zip(ids, texts, strict=True))
    return m.OrderingKey(
        options, tuple(ids), m.OrderRule(fields.one("rule", "all")), tuple(results)
    )


def _criteria(fields: Fields) -> tuple[m.Criterion, ...]:
    rows = [row for row in fields.rows("criterion_text", "criterion_points") if row[0]]
    found = []
    for at, (text, points) in enumerate(rows, 1):
        worth = points_of(points or "1", lambda: fields.wrong("criterion_points", "points"))
        found.append(m.Criterion(str(at), text, Fraction(worth)))
    return tuple(found)


def _short(fields: Fields) -> m.Key:
    references = tuple(
        line.strip() for line in fields.one("references").splitlines() if line.strip()
    )
    return m.ShortTextKey(references, _criteria(fields))


def _long(fields: Fields) -> m.Key:
    least, most = fields.number("least"), fields.number("most")
    if most and least > most:
        fields.wrong("most", "most-less")
    return m.LongTextKey(_criteria(fields), least, most or None)


def _handwriting(fields: Fields) -> m.Key:
    picture = fields.one("picture")
    if picture and not re.fullmatch(NAME, picture):
        fields.wrong("picture", "picture")
    return m.HandwritingKey(picture, fields.one("expected"), _criteria(fields))


def _aloud(fields: Fields) -> tuple[str, str, tuple[m.Criterion, ...]]:
    if not fields.one("text"):
        fields.wrong("text", "text")
    language = "en" if fields.one("language") == "en" else "zh"
    return fields.one("text"), language, _criteria(fields)


def _practical(fields: Fields) -> m.Key:
    media = tuple(one for one in fields.many("media") if one in ("photo", "video"))
    if not media:
        fields.wrong("media", "media")
    return m.PracticalKey(media or ("photo",), _criteria(fields))


def _signed(fields: Fields) -> m.Key:
    if not fields.one("statement"):
        fields.wrong("statement", "statement")
    return m.SignedKey(fields.one("statement"))


_READERS: dict[str, Callable[[Fields], m.Key]] = {
    m.Kind.CHOICE: _choice,
    m.Kind.MULTIPLE: _multiple,
    m.Kind.TRUE_FALSE: _true_false,
    m.Kind.BLANKS: _blanks,
    m.Kind.NUMBER: _number,
    m.Kind.FORMULA: _formula,
    m.Kind.MATCHING: _matching,
    m.Kind.ORDERING: _ordering,
    m.Kind.SHORT_TEXT: _short,
    m.Kind.LONG_TEXT: _long,
    m.Kind.HANDWRITING: _handwriting,
    m.Kind.READING: lambda fields: m.ReadingKey(*_aloud(fields)),
    m.Kind.RECITATION: lambda fields: m.RecitationKey(*_aloud(fields)),
    m.Kind.PRACTICAL: _practical,
    m.Kind.SIGNED: _signed,
}

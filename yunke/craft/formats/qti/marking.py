"""QTI's items as those that ``craft/marking`` marks, and back.

QTI holds more in one item than a question of ours (several interactions of several kinds), and our
keys hold more than QTI (causes, units, formulas). What has no counterpart raises ``NoCounterpart``.
Texts are XHTML on both sides. The way out is ``from_marking``.
"""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from yunke.craft.formats.qti.interactions import TRUE
from yunke.craft.formats.qti.values import Interaction, Item, Kind, Option, Scoring
from yunke.craft.marking import items as ours

SHORT = 300  # characters expected: up to here a text is short
_PLACE = re.compile(r'<response id="[^"]*"/>')
_ENTRIES = (Kind.TEXT, Kind.NUMBER)


class NoCounterpart(ValueError):
    """Nothing of ours says what the item says; its text is the reason."""


def to_marking(item: Item) -> ours.Item:
    """Our question. Raises NoCounterpart."""
    asked = item.interactions
    many = len(asked) > 1
    if many and not all(one.kind in _ENTRIES for one in asked):
        raise NoCounterpart("several interactions that are not all blanks")
    try:
        key = _blanks(asked) if many else _KEYS[asked[0].kind](asked[0])
    except ValueError as wrong:
        raise NoCounterpart(str(wrong)) from None
    return ours.Item(
        id=item.id,
        prompt=_prompt(item, keep=many or asked[0].kind in _ENTRIES),
        key=key,
        points=sum((_points(one) for one in asked), Fraction(0)),
        reasoning=item.rationale,
    )


def _prompt(item: Item, *, keep: bool) -> str:
    """Stimuli, body and the interaction's own question; blanks keep their places."""
    body = item.body if keep else _PLACE.sub("", item.body).strip()
    asked = [text for one in item.interactions for text in (one.prompt, one.passage)]
    return " ".join(filter(None, [*(s.html for s in item.stimuli), body, *asked]))


def _points(asked: Interaction) -> Fraction:
    """The most that can be had."""
    key = asked.key
    if key.scoring is not Scoring.MAPPED:
        return Fraction(str(key.worth)) if key.worth > 0 else Fraction(0)
    gains = [Fraction(str(entry.points)) for entry in key.entries if entry.points > 0]
    single = asked.kind in (Kind.CHOICE, Kind.TRUE_FALSE, Kind.INLINE, *_ENTRIES)
    most = max(gains, default=Fraction(0)) if single else sum(gains, Fraction(0))
    return most if key.upper is None else min(most, Fraction(str(max(0.0, key.upper))))


def right_of(asked: Interaction) -> tuple[str, ...]:
    """What is right: the correct response, or else what a mapping gives most (one) or any (a set)
    points for.
    """
    key = asked.key
    if key.right:
        return key.right
    gains = [entry for entry in key.entries if entry.points > 0]
    if asked.kind in (Kind.MULTIPLE, Kind.MATCH, Kind.GAPS, Kind.ASSOCIATE):
        return tuple(entry.value for entry in gains)
    best = max((entry.points for entry in gains), default=0.0)
    return tuple(entry.value for entry in gains if entry.points == best)


def _choices(options: Sequence[Option]) -> tuple[ours.Choice, ...]:
    return tuple(ours.Choice(option.id, option.html) for option in options)


def _one(asked: Interaction) -> str:
    right = right_of(asked)
    if len(right) != 1:
        raise NoCounterpart("not one right answer")
    return right[0]


def _choice(asked: Interaction) -> ours.Key:
    return ours.ChoiceKey(_choices(asked.options), _one(asked))


def _true_false(asked: Interaction) -> ours.Key:
    right = next(option.html for option in asked.options if option.id == _one(asked))
    return ours.TrueFalseKey(_says_true(right))


def _says_true(html: str) -> bool:
    return html.strip(" .。").casefold() in TRUE


def _multiple(asked: Interaction) -> ours.Key:
    rule = ours.PartRule.EACH if asked.key.scoring is Scoring.MAPPED else ours.PartRule.ALL
    return ours.MultipleKey(_choices(asked.options), right_of(asked), rule)


def _pairs(asked: Interaction) -> tuple[tuple[str, str], ...]:
    return tuple((one, two) for one, _, two in (v.partition(" ") for v in right_of(asked)))


def _match(asked: Interaction) -> ours.Key:
    pairs = tuple(ours.Pair(one, two) for one, two in _pairs(asked))
    return ours.MatchingKey(_choices(asked.options), _choices(asked.targets), pairs)


def _associate(asked: Interaction) -> ours.Key:
    pairs = tuple(ours.Pair(one, two) for one, two in _pairs(asked))
    return ours.MatchingKey(_choices(asked.options), _choices(asked.options), pairs)


def _gaps(asked: Interaction) -> ours.Key:
    """Gaps on the left, words on the right: a gap is what wants an answer."""
    gaps = tuple(ours.Choice(gap.id, gap.id) for gap in asked.targets)
    pairs = tuple(ours.Pair(gap, word) for word, gap in _pairs(asked))
    return ours.MatchingKey(gaps, _choices(asked.options), pairs)


def _order(asked: Interaction) -> ours.Key:
    return ours.OrderingKey(_choices(asked.options), right_of(asked))


def _entry(asked: Interaction) -> ours.Key:
    blank = _blank(asked)
    return blank.number if blank.number else ours.BlanksKey((blank,))


def _blanks(asked: Sequence[Interaction]) -> ours.Key:
    return ours.BlanksKey(tuple(_blank(one) for one in asked))


def _blank(asked: Interaction) -> ours.Blank:
    weight = _points(asked) or Fraction(1)
    if asked.kind is Kind.NUMBER:
        return ours.Blank(asked.id, number=_number(asked), weight=weight)
    entries = [entry for entry in asked.key.entries if entry.points > 0]
    accepted = tuple(dict.fromkeys([*right_of(asked), *(entry.value for entry in entries)]))
    case = bool(entries) and all(entry.case for entry in entries)
    return ours.Blank(asked.id, text=ours.TextKey(accepted, case_matters=case), weight=weight)


def _number(asked: Interaction) -> ours.NumberKey:
    value = right_of(asked)[0] if right_of(asked) else ""
    key = asked.key
    size = Fraction(str(max(key.tolerance)))
    tolerance = "0" if key.scoring is not Scoring.NEAR or key.mode == "exact" else _plain(size)
    if key.mode == "relative" and tolerance != "0":
        tolerance += "%"
    return ours.NumberKey(value, tolerance=tolerance)


def _plain(size: Fraction) -> str:
    return f"{float(size):.10f}".rstrip("0").rstrip(".") or "0"


def _extended(asked: Interaction) -> ours.Key:
    long = (asked.length or 0) > SHORT or (asked.lines or 0) > 5
    return ours.LongTextKey() if long else ours.ShortTextKey(asked.key.right)


def _upload(asked: Interaction) -> ours.Key:
    return ours.PracticalKey(("video",) if asked.media_type.startswith("video") else ("photo",))


_KEYS: dict[Kind, Callable[[Interaction], ours.Key]] = {
    Kind.CHOICE: _choice,
    Kind.INLINE: _choice,
    Kind.TRUE_FALSE: _true_false,
    Kind.MULTIPLE: _multiple,
    Kind.MATCH: _match,
    Kind.ASSOCIATE: _associate,
    Kind.GAPS: _gaps,
    Kind.ORDER: _order,
    Kind.TEXT: _entry,
    Kind.NUMBER: _entry,
    Kind.EXTENDED: _extended,
    Kind.UPLOAD: _upload,
}

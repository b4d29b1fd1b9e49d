"""The key of an interaction: its declaration and the response processing put together."""

from collections.abc import Callable
from dataclasses import replace

from yunke.craft.formats.qti.declared import Declared, value_of
from yunke.craft.formats.qti.processing import Program, Rule
from yunke.craft.formats.qti.values import Interaction, Key, Kind, Scoring

Tell = Callable[[str, str], None]  # a fault's code and detail
BY_PERSON = (Kind.EXTENDED, Kind.UPLOAD)
SETS = (Kind.MULTIPLE, Kind.MATCH, Kind.ASSOCIATE, Kind.GAPS)


def keyed(
    asked: Interaction, declared: Declared | None, program: Program, tell: Tell
) -> Interaction:
    """The interaction with its key. What cannot be right is told and left out."""
    if declared is None:
        tell("declaration", asked.id)
        return asked
    key = _known(asked, _key(asked, declared, program), tell)
    if declared.area:
        tell("program", "areaMapping")
    if key.scoring is Scoring.PERSON and asked.kind not in BY_PERSON:
        tell("key-none", asked.id)
    return replace(asked, key=key)


def _key(asked: Interaction, declared: Declared, program: Program) -> Key:
    rule = program.rules.get(asked.id) or Rule(program.every or _silent(declared))
    base = declared.base
    right = tuple(value_of(value, base) for value in rule.right) or declared.right
    entries = declared.entries if declared.mapped else tuple(rule.entries)
    worth = 1.0 if rule.worth is None else rule.worth
    scoring = _possible(rule.scoring, bool(right), bool(entries))
    if asked.kind in SETS:
        right = tuple(sorted(set(right)))
    if scoring is Scoring.RIGHT:
        return Key(scoring, right, worth)
    if scoring is Scoring.NEAR:
        return Key(scoring, right, worth, mode=rule.mode, tolerance=rule.tolerance)
    if scoring is Scoring.MAPPED:
        bounds = (declared.default, declared.lower, declared.upper)
        return Key(scoring, right, 1.0, entries, *bounds)
    return Key(Scoring.PERSON, right)


def _silent(declared: Declared) -> Scoring:
    """Nothing says how it is scored: the correct response is, or else the mapping."""
    if declared.right:
        return Scoring.RIGHT
    return Scoring.MAPPED if declared.mapped else Scoring.PERSON


def _possible(wanted: Scoring, right: bool, entries: bool) -> Scoring:
    """A rule that has nothing to go by gives way to one that has."""
    if wanted is Scoring.MAPPED:
        return wanted if entries else Scoring.RIGHT if right else Scoring.PERSON
    if wanted in (Scoring.RIGHT, Scoring.NEAR):
        return wanted if right else Scoring.MAPPED if entries else Scoring.PERSON
    return wanted


def _known(asked: Interaction, key: Key, tell: Tell) -> Key:
    """The key without values that nobody could give."""
    able = _able(asked)
    strange = [value for value in key.right if not able(value)]
    strange += [entry.value for entry in key.entries if not able(entry.value)]
    if not strange:
        return key
    tell("key-unknown", ", ".join(strange))
    right = tuple(value for value in key.right if able(value))
    entries = tuple(entry for entry in key.entries if able(entry.value))
    scoring = _possible(key.scoring, bool(right), bool(entries))
    if asked.kind is Kind.ORDER or (asked.kind in SETS and key.scoring is Scoring.RIGHT):
        scoring = Scoring.PERSON  # a set or an order with a hole would be another question
        return Key(scoring)
    return replace(key, scoring=scoring, right=right, entries=entries)


def _able(asked: Interaction) -> Callable[[str], bool]:
    """Whether a value can be given at all."""
    options = {option.id for option in asked.options}
    targets = {option.id for option in asked.targets}
    if asked.kind in (Kind.MATCH, Kind.GAPS, Kind.ASSOCIATE):
        other = options if asked.kind is Kind.ASSOCIATE else targets

        def is_pair(value: str) -> bool:
            one, _, two = value.partition(" ")
            return one in options and two in other

        return is_pair
    if asked.options:
        return options.__contains__
    return lambda value: True

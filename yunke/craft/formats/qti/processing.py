"""Response processing: the standard templates, and the programs that say the same by hand.

A program is looked through for how each response is compared and what that is worth. What is
more than this is named, with its line; the item comes in all the same.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from yunke.craft.formats.qti.declared import number
from yunke.craft.formats.qti.values import Entry, Scoring, When
from yunke.craft.formats.qti.xml import child, children, everywhere, name, said, text_of

UNDERSTOOD = frozenset(
    """responseProcessing responseCondition responseIf responseElseIf responseElse setOutcomeValue
    baseValue variable correct isNull not and or sum match member mapResponse equal stringMatch
    default multiple ordered null""".split()  # noqa: SIM905
)
_BRANCHES = ("responseIf", "responseElseIf", "responseElse")


@dataclass
class Rule:
    """How one response is scored. ``right``: values named in the program itself."""

    scoring: Scoring
    worth: float | None = None
    right: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    mode: str = "exact"
    tolerance: tuple[float, float] = (0.0, 0.0)


@dataclass
class Program:
    """``every``: what a template says for all responses; ``rules``: by response; ``shown``: when
    a feedback is shown, by its identifier.
    """

    every: Scoring | None = None
    rules: dict[str, Rule] = field(default_factory=dict)
    shown: dict[str, When] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def program_of(item: etree._Element) -> Program:
    """What an item's response processing says, and (line, code, detail) of what it hides."""
    found = Program()
    processing = child(item, "responseProcessing")
    if processing is None:
        return found
    template = said(processing, "template") or said(processing, "templateLocation")
    if template:
        _template(template, processing.sourceline or 0, found)
    strange: dict[str, int] = {}
    for element in processing.iterdescendants():
        if name(element) and name(element) not in UNDERSTOOD:
            strange.setdefault(name(element), element.sourceline or 0)
    found.faults += [(line, "program", what) for what, line in strange.items()]
    for element in everywhere(processing, *_COMPARES):
        _COMPARES[name(element)](element, found)
    for element in everywhere(processing, "setOutcomeValue"):
        _feedback(element, found)
    return found


def _template(template: str, line: int, found: Program) -> None:
    last = re.sub(r"\.xml$", "", template.rstrip("/").rsplit("/", 1)[-1], flags=re.I).lower()
    if "map_response" in last and "point" not in last:
        found.every = Scoring.MAPPED
    else:
        found.every = Scoring.RIGHT
        if "match" not in last:
            found.faults.append((line, "template", last))


def _variable(element: etree._Element) -> str:
    variable = child(element, "variable")
    return "" if variable is None else said(variable, "identifier")


def _match(element: etree._Element, found: Program) -> None:
    """``match`` of a response with its correct value, or with a value that stands there."""
    response, values = _variable(element), _values(element)
    if not response:
        return
    if child(element, "correct") is not None:
        rule = found.rules.setdefault(response, Rule(Scoring.RIGHT))
        rule.worth = _worth(element) if rule.worth is None else rule.worth
    elif values:
        _named(element, response, values, True, found)


def _string(element: etree._Element, found: Program) -> None:
    response = _variable(element)
    case = said(element, "caseSensitive", "true").lower() != "false"
    if response and (values := _values(element)):
        _named(element, response, values, case, found)
    elif response:
        _match(element, found)


def _named(
    element: etree._Element, response: str, values: list[str], case: bool, found: Program
) -> None:
    """A value compared in the program: an entry with the points of its branch."""
    worth = _worth(element)
    rule = found.rules.setdefault(response, Rule(Scoring.MAPPED))
    if worth is not None and _plain(element):
        rule.entries += [Entry(value, worth, case) for value in values]


def _equal(element: etree._Element, found: Program) -> None:
    response = _variable(element)
    if not response:
        return
    rule = Rule(Scoring.NEAR, _worth(element), _values(element))
    if response in found.rules:  # the same again, for the sake of feedback
        return
    rule.mode = said(element, "toleranceMode", "exact")
    sizes = [number(size) or 0.0 for size in said(element, "tolerance").split()[:2]]
    rule.tolerance = (sizes[0], sizes[-1]) if sizes else (0.0, 0.0)
    found.rules[response] = rule


def _map(element: etree._Element, found: Program) -> None:
    if response := said(element, "identifier"):
        found.rules[response] = Rule(Scoring.MAPPED)


_COMPARES = {
    "match": _match,
    "member": _match,
    "stringMatch": _string,
    "equal": _equal,
    "mapResponse": _map,
}


def _values(element: etree._Element) -> list[str]:
    return [text_of(value) for value in everywhere(element, "baseValue")]


def _worth(element: etree._Element) -> float | None:
    """Points that the branch around a comparison gives: the number set or added to the score."""
    for branch in element.iterancestors():
        if name(branch) in _BRANCHES:
            for outcome in children(branch, "setOutcomeValue"):
                if not _is_feedback(outcome):
                    values = [number(text_of(one)) for one in everywhere(outcome, "baseValue")]
                    return next((value for value in values if value is not None), None)
    return None


def _plain(element: etree._Element) -> bool:
    """Not within a negation, which turns the comparison round."""
    return not any(name(around) == "not" for around in element.iterancestors())


def _is_feedback(outcome: etree._Element) -> bool:
    return "FEEDBACK" in said(outcome, "identifier").upper()


def _feedback(outcome: etree._Element, found: Program) -> None:
    """Which feedback a branch shows: after a right answer, or after a wrong one."""
    if not _is_feedback(outcome):
        return
    branch = next((a for a in outcome.iterancestors() if name(a) in _BRANCHES), None)
    if branch is None:
        return
    for value in everywhere(outcome, "baseValue"):
        found.shown[text_of(value)] = _when(branch)


def _when(branch: etree._Element) -> When:
    """A branch whose condition is a plain comparison with the correct response, or its else."""
    first = branch if name(branch) == "responseIf" else child_of_condition(branch)
    if first is None:
        return When.UNKNOWN
    condition = next(children(first), None)
    if condition is None or child(condition, "correct") is None or name(branch) == "responseElseIf":
        return When.UNKNOWN
    return When.RIGHT if name(branch) == "responseIf" else When.WRONG


def child_of_condition(branch: etree._Element) -> etree._Element | None:
    """The ``responseIf`` that an else belongs to."""
    around = branch.getparent()
    return None if around is None else child(around, "responseIf")

"""The scoring part of an item that goes out: outcomes, a template where one says it, else rules."""

from collections.abc import Callable

from lxml import etree

from yunke.craft.formats.qti.declared import plain
from yunke.craft.formats.qti.values import Interaction, Item, Scoring, When

Make = Callable[..., etree._Element]
TEMPLATES = {
    Scoring.RIGHT: "match_correct",
    Scoring.MAPPED: "map_response",
}
_AT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_AT_3 = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"


def outcomes(item: Item, root: etree._Element, make: Make) -> None:
    """SCORE, and FEEDBACK where something hangs on it. What a person may give is its maximum."""
    given = [one.key.worth for one in item.interactions if one.key.scoring is Scoring.PERSON]
    alone = len(item.interactions) == 1 and given and given[0] != 1.0
    score = make(
        "outcomeDeclaration",
        root,
        identifier="SCORE",
        cardinality="single",
        baseType="float",
        normalMaximum=plain(given[0]) if alone else "",
    )
    make("value", make("defaultValue", score)).text = "0"
    if _has_feedback(item):
        make(
            "outcomeDeclaration",
            root,
            identifier="FEEDBACK",
            cardinality="multiple",
            baseType="identifier",
        )


def processing(item: Item, root: etree._Element, make: Make) -> None:
    """Nothing where a person decides; a standard template where one response and it suffice."""
    scored = [one for one in item.interactions if one.key.scoring is not Scoring.PERSON]
    if not scored and not _has_feedback(item):
        return
    template = _template(item)
    if template:
        at = _AT_3 if str(root.tag).endswith("qti-assessment-item") else _AT
        last = f"{template}.xml" if at == _AT_3 else template
        make("responseProcessing", root, template=at + last)
        return
    program = make("responseProcessing", root)
    for asked in scored:
        _rule(asked, program, make)
    _feedback(item, program, make)


def _template(item: Item) -> str:
    """The template that says all there is to say; "" for none."""
    if len(item.interactions) != 1 or _has_feedback(item):
        return ""
    asked = item.interactions[0]
    if asked.id != "RESPONSE" or asked.key.worth != 1.0:
        return ""
    return TEMPLATES.get(asked.key.scoring, "")


def _has_feedback(item: Item) -> bool:
    return bool(item.feedback) or any(
        option.feedback for asked in item.interactions for option in asked.options
    )


def _rule(asked: Interaction, program: etree._Element, make: Make) -> None:
    """Adds what one response is worth to the score."""
    key = asked.key
    if key.scoring is Scoring.MAPPED:
        total = _add(program, make)
        make("mapResponse", total, identifier=asked.id)
        return
    branch = make("responseIf", make("responseCondition", program))
    _comparison(asked, branch, make)
    total = _add(branch, make)
    make("baseValue", total, baseType="float").text = plain(key.worth)


def _comparison(asked: Interaction, branch: etree._Element, make: Make) -> None:
    key = asked.key
    if key.scoring is Scoring.NEAR:
        sizes = "" if key.mode == "exact" else " ".join(map(plain, key.tolerance))
        same = make("equal", branch, toleranceMode=key.mode, tolerance=sizes)
    else:
        same = make("match", branch)
    make("variable", same, identifier=asked.id)
    make("correct", same, identifier=asked.id)


def _add(within: etree._Element, make: Make) -> etree._Element:
    """``SCORE = SCORE + …``: the sum that still wants its second part."""
    total = make("sum", make("setOutcomeValue", within, identifier="SCORE"))
    make("variable", total, identifier="SCORE")
    return total


def _feedback(item: Item, program: etree._Element, make: Make) -> None:
    """Feedback named like a choice is shown with it; that for right and wrong by the first key."""
    for asked in item.interactions:
        if any(option.feedback for option in asked.options):
            _tell(program, make, make_variable=asked.id)
    judged = next((a for a in item.interactions if a.key.scoring in _JUDGED), None)
    if judged is None:
        return
    for when, tag in ((When.RIGHT, "responseIf"), (When.WRONG, "responseElse")):
        for told in item.feedback:
            if told.when is when:
                _branch(judged, told.id, tag, program, make)


_JUDGED = (Scoring.RIGHT, Scoring.NEAR)


def _branch(asked: Interaction, id_: str, tag: str, program: etree._Element, make: Make) -> None:
    condition = make("responseCondition", program)
    first = make("responseIf", condition)
    _comparison(asked, first, make)
    if tag == "responseElse":
        total = _add(first, make)
        make("baseValue", total, baseType="float").text = "0"
        first = make("responseElse", condition)
    _tell(first, make, value=id_)


def _tell(within: etree._Element, make: Make, make_variable: str = "", value: str = "") -> None:
    """Adds to FEEDBACK what a response chose, or an identifier."""
    outcome = make("setOutcomeValue", within, identifier="FEEDBACK")
    both = make("multiple", outcome)
    make("variable", both, identifier="FEEDBACK")
    if make_variable:
        make("variable", both, identifier=make_variable)
    else:
        make("baseValue", both, baseType="identifier").text = value

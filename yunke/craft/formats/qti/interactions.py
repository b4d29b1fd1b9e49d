"""Each interaction's element to its value: what is asked, and what can be chosen.

``Rich`` reads whatever text is in it. The key comes later, from ``keys``.
"""

from collections.abc import Callable, Iterable

from lxml import etree

from yunke.craft.formats.qti.rich import Rich
from yunke.craft.formats.qti.values import Interaction, Key, Kind, Option, Scoring
from yunke.craft.formats.qti.xml import child, children, everywhere, name, said, whole, yes

OPEN = Key(Scoring.PERSON)
KNOWN = frozenset(
    """choiceInteraction textEntryInteraction inlineChoiceInteraction matchInteraction
    associateInteraction gapMatchInteraction orderInteraction extendedTextInteraction
    uploadInteraction""".split()  # noqa: SIM905
)
TRUE = frozenset("true t yes y right correct 对 是 正确 真 √ ✓ ✔".split())  # noqa: SIM905
FALSE = frozenset("false f no n wrong incorrect 错 否 错误 假 不对 不是 × ✗ ✘".split())  # noqa: SIM905


def interaction(element: etree._Element, base: str, single: bool, rich: Rich) -> Interaction:
    """The interaction of an element in KNOWN. ``base`` and ``single`` are of its declaration."""
    made = _MAKERS[name(element)](element, base, single, rich)
    prompt = child(element, "prompt")
    asked = "" if prompt is None else rich.inside(prompt)
    return Interaction(
        id=said(element, "responseIdentifier"),
        kind=made["kind"],
        key=OPEN,
        prompt=asked,
        options=made.get("options", ()),
        targets=made.get("targets", ()),
        passage=made.get("passage", ""),
        shuffle=yes(element, "shuffle"),
        most=made.get("most", 0),
        least=made.get("least", 0),
        length=made.get("length"),
        lines=made.get("lines"),
        media_type=made.get("media_type", ""),
    )


def _choice(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    options = _options(children(element, "simpleChoice"), rich)
    kind = Kind.CHOICE if single else Kind.MULTIPLE
    if single and is_true_false(options):
        kind = Kind.TRUE_FALSE
    most = whole(element, "maxChoices", 1)
    return {
        "kind": kind,
        "options": options,
        "most": 1 if single else most,
        "least": whole(element, "minChoices", 0),
    }


def is_true_false(options: tuple[Option, ...]) -> bool:
    """Two options, one of which says true and the other false."""
    told = [option.html.strip(" .。").casefold() for option in options]
    if len(told) != 2:
        return False
    return any(one in TRUE and other in FALSE for one, other in (told, told[::-1]))


def _entry(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    kind = Kind.NUMBER if base in ("float", "integer") else Kind.TEXT
    return {"kind": kind, "length": _length(element), "most": 1}


def _length(element: etree._Element) -> int | None:
    return whole(element, "expectedLength", 0) or None


def _inline(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    options = _options(children(element, "inlineChoice"), rich)
    return {"kind": Kind.INLINE, "options": options, "most": 1}


def _match(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    sides = [
        _options(children(side, "simpleAssociableChoice"), rich, "matchMax")
        for side in children(element, "simpleMatchSet")
    ]
    left, right = [*sides, (), ()][:2]
    return {"kind": Kind.MATCH, "options": left, "targets": right, **_associations(element)}


def _associations(element: etree._Element) -> dict:
    return {
        "most": whole(element, "maxAssociations", 1),
        "least": whole(element, "minAssociations", 0),
    }


def _associate(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    options = _options(children(element, "simpleAssociableChoice"), rich, "matchMax")
    return {"kind": Kind.ASSOCIATE, "options": options, **_associations(element)}


def _gaps(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    """Words (or pictures) for the gaps of a passage; ``Rich`` turns each gap into ``<gap/>``."""
    words = _options(children(element, "gapText", "gapImg"), rich, "matchMax")
    gaps = tuple(Option(said(gap, "identifier")) for gap in everywhere(element, "gap"))
    skipped = ("prompt", "gapText", "gapImg")
    passage = " ".join(rich.one(part) for part in children(element) if name(part) not in skipped)
    return {"kind": Kind.GAPS, "options": words, "targets": gaps, "passage": passage.strip()}


def _order(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    return {"kind": Kind.ORDER, "options": _options(children(element, "simpleChoice"), rich)}


def _extended(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    lines = whole(element, "expectedLines", 0) or None
    return {"kind": Kind.EXTENDED, "length": _length(element), "lines": lines}


def _upload(element: etree._Element, base: str, single: bool, rich: Rich) -> dict:
    return {"kind": Kind.UPLOAD, "media_type": said(element, "type")}


_MAKERS: dict[str, Callable[[etree._Element, str, bool, Rich], dict]] = {
    "choiceInteraction": _choice,
    "textEntryInteraction": _entry,
    "inlineChoiceInteraction": _inline,
    "matchInteraction": _match,
    "associateInteraction": _associate,
    "gapMatchInteraction": _gaps,
    "orderInteraction": _order,
    "extendedTextInteraction": _extended,
    "uploadInteraction": _upload,
}


def _options(found: Iterable[etree._Element], rich: Rich, uses: str = "") -> tuple[Option, ...]:
    """Options with ids of their own; one without an id, or with another's, is left out."""
    options: dict[str, Option] = {}
    for element in found:
        id_ = said(element, "identifier")
        if not id_ or id_ in options or " " in id_:
            rich.fault(element, "id-twice" if id_ in options else "id-missing", id_)
            continue
        told = [part for part in children(element, "feedbackInline")]
        options[id_] = Option(
            id_,
            rich.inside(element),
            " ".join(rich.inside(part) for part in told),
            yes(element, "fixed"),
            whole(element, uses, 1) if uses else 1,
        )
    return tuple(options.values())

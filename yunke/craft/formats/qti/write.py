"""Items to QTI's XML, 2.1, 2.2 or 3.0. The tree is made in QTI 2's names and renamed at the end."""

from collections.abc import Iterable, Mapping

from lxml import etree

from yunke.craft.formats.qti.declared import plain
from yunke.craft.formats.qti.rich import elements
from yunke.craft.formats.qti.scored import outcomes, processing
from yunke.craft.formats.qti.values import (
    Entry,
    Interaction,
    Item,
    Key,
    Kind,
    Option,
    Scoring,
    Stimulus,
    Version,
)
from yunke.craft.formats.qti.xml import NAMESPACES, XML, kebab

BASES = {
    Kind.NUMBER: ("single", "float"),
    Kind.TEXT: ("single", "string"),
    Kind.EXTENDED: ("single", "string"),
    Kind.UPLOAD: ("single", "file"),
    Kind.MULTIPLE: ("multiple", "identifier"),
    Kind.ORDER: ("ordered", "identifier"),
    Kind.MATCH: ("multiple", "directedPair"),
    Kind.GAPS: ("multiple", "directedPair"),
    Kind.ASSOCIATE: ("multiple", "pair"),
}
_HTML = frozenset({"response", "gap"})
_FROM_21 = frozenset({"assessmentStimulusRef"})  # not known to QTI 2.1


class _Maker:
    """Makes elements of one version; ``up`` leads from the item's file to the package."""

    def __init__(self, version: Version, up: str) -> None:
        self.version, self.up = version, up
        self.space = NAMESPACES[version]

    def make(
        self, tag: str, within: etree._Element | None = None, **attributes: str
    ) -> etree._Element:
        """An element with QTI 2's names; empty attributes are left out."""
        given = {key.rstrip("_"): value for key, value in attributes.items() if value != ""}
        if self.version is Version.V30:
            given = {kebab(key): value for key, value in given.items()}
            tag = "qti-" + kebab(tag)
        nsmap = {None: self.space} if within is None else None
        made = etree.Element(f"{{{self.space}}}{tag}", nsmap=nsmap)
        for key, value in given.items():
            made.set(key, value)
        if within is not None:
            within.append(made)
        return made

    def fill(self, element: etree._Element, html: str) -> None:
        """Puts rich text into an element."""
        div = elements(html, self.space, self.up)
        element.text = div.text
        for child in list(div):
            element.append(child)


def item_xml(
    item: Item, version: Version, up: str = "", stimuli: Mapping[Stimulus, str] | None = None
) -> bytes:
    """An ``assessmentItem``. ``up`` is put before media names; ``stimuli``: where each one's file
    lies. QTI 2.1 knows no stimuli: there they stand at the head of the body, as they do without
    files.
    """
    maker = _Maker(version, up)
    root = maker.make(
        "assessmentItem",
        identifier=item.id,
        adaptive="false",
        timeDependent="false",
    )
    root.set("title", item.title)
    if item.language:
        root.set(XML + "lang", item.language)
    for asked in item.interactions:
        _declaration(asked, root, maker)
    outcomes(item, root, maker.make)
    lying = {} if stimuli is None or version is Version.V21 else stimuli
    for one in item.stimuli:
        if one in lying:
            maker.make("assessmentStimulusRef", root, identifier=one.id, href=lying[one])
    _body(item, root, maker, [one for one in item.stimuli if one not in lying])
    processing(item, root, maker.make)
    for told in item.feedback:
        _modal(told.id, told.html, root, maker)
    return _bytes(root)


def stimulus_xml(stimulus: Stimulus, version: Version, up: str) -> bytes:
    """An ``assessmentStimulus`` (2.2 and 3.0)."""
    maker = _Maker(version, up)
    root = maker.make("assessmentStimulus", identifier=stimulus.id, title=stimulus.title or " ")
    maker.fill(maker.make("stimulusBody", root), stimulus.html)
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _declaration(asked: Interaction, root: etree._Element, maker: _Maker) -> None:
    cardinality, base = BASES.get(asked.kind, ("single", "identifier"))
    made = maker.make(
        "responseDeclaration", root, identifier=asked.id, cardinality=cardinality, baseType=base
    )
    if asked.key.right:
        correct = maker.make("correctResponse", made)
        for value in asked.key.right:
            maker.make("value", correct).text = value
    if asked.key.scoring is Scoring.MAPPED:
        _mapping(asked.key, made, maker)


def _mapping(key: Key, declaration: etree._Element, maker: _Maker) -> None:
    mapping = maker.make(
        "mapping",
        declaration,
        defaultValue=plain(key.default),
        lowerBound="" if key.lower is None else plain(key.lower),
        upperBound="" if key.upper is None else plain(key.upper),
    )
    for entry in key.entries:
        _entry(entry, mapping, maker)


def _entry(entry: Entry, mapping: etree._Element, maker: _Maker) -> None:
    made = maker.make("mapEntry", mapping, mapKey=entry.value, mappedValue=plain(entry.points))
    if not entry.case:
        made.set("case-sensitive" if maker.version is Version.V30 else "caseSensitive", "false")


def _body(item: Item, root: etree._Element, maker: _Maker, stimuli: Iterable[Stimulus]) -> None:
    body = maker.make("itemBody", root)
    maker.fill(body, item.body)
    asked = {one.id: one for one in item.interactions}
    for place in [e for e in body.iter() if _local(e) == "response"]:
        _placed(place, asked.pop(place.get("id") or "", None), maker)
    for one in asked.values():  # no place in the body: below it
        body.append(_interaction(one, maker))
    for number, stimulus in enumerate(stimuli):
        div = elements(stimulus.html, maker.space, maker.up)
        for attribute, value in (("class", "yunke-stimulus"), ("label", stimulus.title)):
            div.set(attribute, value)
        div.set("id", stimulus.id)
        body.insert(number, div)
    if item.rationale:
        view = "scorer tutor"
        rubric = maker.make("rubricBlock", body, view=view, use="scoring")
        maker.fill(_content(rubric, maker), item.rationale)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _placed(place: etree._Element, asked: Interaction | None, maker: _Maker) -> None:
    """Puts an interaction where the body has its place."""
    around = place.getparent()
    if around is None:
        return
    made = None if asked is None else _interaction(asked, maker)
    if made is None:
        made = etree.Element(f"{{{maker.space}}}span")
    made.tail = place.tail
    around.replace(place, made)


def _content(element: etree._Element, maker: _Maker) -> etree._Element:
    return maker.make("contentBody", element) if maker.version is Version.V30 else element


def _modal(id_: str, html: str, root: etree._Element, maker: _Maker) -> None:
    modal = maker.make(
        "modalFeedback", root, outcomeIdentifier="FEEDBACK", showHide="show", identifier=id_
    )
    maker.fill(_content(modal, maker), html)


def _interaction(asked: Interaction, maker: _Maker) -> etree._Element:
    tag, options = _SHAPES[asked.kind]
    made = maker.make(tag, None, responseIdentifier=asked.id, **_attributes(asked))
    if asked.prompt:
        maker.fill(maker.make("prompt", made), asked.prompt)
    if asked.kind is Kind.MATCH:
        for side in (asked.options, asked.targets):
            group = maker.make("simpleMatchSet", made)
            for option in side:
                _option(option, options, group, maker)
        return made
    for option in asked.options:
        _option(option, options, made, maker)
    if asked.kind is Kind.GAPS:
        _passage(asked, made, maker)
    return made


_SHAPES = {
    Kind.CHOICE: ("choiceInteraction", "simpleChoice"),
    Kind.MULTIPLE: ("choiceInteraction", "simpleChoice"),
    Kind.TRUE_FALSE: ("choiceInteraction", "simpleChoice"),
    Kind.TEXT: ("textEntryInteraction", ""),
    Kind.NUMBER: ("textEntryInteraction", ""),
    Kind.INLINE: ("inlineChoiceInteraction", "inlineChoice"),
    Kind.MATCH: ("matchInteraction", "simpleAssociableChoice"),
    Kind.ASSOCIATE: ("associateInteraction", "simpleAssociableChoice"),
    Kind.GAPS: ("gapMatchInteraction", "gapText"),
    Kind.ORDER: ("orderInteraction", "simpleChoice"),
    Kind.EXTENDED: ("extendedTextInteraction", ""),
    Kind.UPLOAD: ("uploadInteraction", ""),
}
_CHOICES = (Kind.CHOICE, Kind.MULTIPLE, Kind.TRUE_FALSE)
_PAIRED = (Kind.MATCH, Kind.ASSOCIATE)


def _attributes(asked: Interaction) -> dict[str, str]:
    """What an interaction's kind may carry; the rest is left out."""
    found: dict[str, str] = {}
    if asked.options:
        found["shuffle"] = "true" if asked.shuffle else "false"
    if asked.kind in _CHOICES or asked.kind in _PAIRED:
        what = "Choices" if asked.kind in _CHOICES else "Associations"
        found |= {
            f"max{what}": str(asked.most),
            f"min{what}": str(asked.least) if asked.least else "",
        }
    if asked.length:
        found["expectedLength"] = str(asked.length)
    if asked.lines:
        found["expectedLines"] = str(asked.lines)
    if asked.media_type:
        found["type"] = asked.media_type
    return found


def _option(option: Option, tag: str, within: etree._Element, maker: _Maker) -> None:
    made = maker.make(
        tag,
        within,
        identifier=option.id,
        fixed="true" if option.fixed else "",
        matchMax=str(option.most) if tag in ("simpleAssociableChoice", "gapText") else "",
    )
    maker.fill(made, option.html)
    if option.feedback:
        told = maker.make(
            "feedbackInline",
            made,
            outcomeIdentifier="FEEDBACK",
            identifier=option.id,
            showHide="show",
        )
        maker.fill(told, option.feedback)


def _passage(asked: Interaction, made: etree._Element, maker: _Maker) -> None:
    div = elements(asked.passage, maker.space, maker.up)
    for place in [e for e in div.iter() if _local(e) == "gap"]:
        gap = maker.make("gap", None, identifier=place.get("id") or "")
        gap.tail = place.tail
        around = place.getparent()
        if around is not None:
            around.replace(place, gap)
    for child in list(div):
        made.append(child)

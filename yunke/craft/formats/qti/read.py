"""One QTI item: a tree to an ``Item``; every part that was not understood is named by its line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from yunke.craft.formats.qti.declared import declared, number
from yunke.craft.formats.qti.interactions import KNOWN, interaction
from yunke.craft.formats.qti.keys import keyed
from yunke.craft.formats.qti.processing import program_of
from yunke.craft.formats.qti.rich import Rich, within
from yunke.craft.formats.qti.values import (
    Fault,
    Feedback,
    Interaction,
    Item,
    Read,
    Scoring,
    Stimulus,
    Version,
    When,
)
from yunke.craft.formats.qti.xml import (
    XML,
    XmlRefused,
    child,
    children,
    name,
    said,
    tree_of,
    version_of,
)

Load = Callable[[str], bytes | None]
LONGEST, DEEPEST, INCLUDES = 100_000, 8, 40
_PARTS = frozenset(
    """responseDeclaration outcomeDeclaration itemBody responseProcessing modalFeedback stylesheet
    assessmentStimulusRef contextDeclaration companionMaterialsInfo catalogInfo""".split()  # noqa: SIM905
)


class ItemRefused(Exception):
    """The item as a whole cannot come in; what else was found in it is in ``faults``."""

    def __init__(self, code: str, line: int, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.line, self.faults = code, line, faults


def read_item(root: etree._Element, file: str, has: Callable[[str], bool], load: Load) -> Read:
    """The item of an ``assessmentItem``. ``has``: is it in the package; ``load``: its bytes, or
    None. Raises ItemRefused.
    """
    return _Reading(root, file, has, load).item()


class _Reading:
    def __init__(
        self, root: etree._Element, file: str, has: Callable[[str], bool], load: Load
    ) -> None:
        self.root, self.file, self.load = root, file, load
        self.rich = Rich(file, self._other, has)
        self.declared = declared(root)
        self.program = program_of(root)
        self.found: dict[str, Interaction] = {}
        self.rationale: list[str] = []
        self.feedback: list[Feedback] = []
        self.stimuli: list[Stimulus] = []
        self.open = [file]  # files being read, one within the other
        self.included = 0
        self.amid = ""  # "interaction" or "told" (feedback, rationale) while such is read
        self.moved: list[str] = []  # places of interactions that stood in what is told later

    def item(self) -> Read:
        root, rich = self.root, self.rich
        if size_of(root) > 2 * LONGEST or sum(map(len, root.itertext())) > LONGEST:
            raise ItemRefused("item-long", root.sourceline or 0)
        version = self._strange(root)
        refs = children(root, "assessmentStimulusRef")
        self.stimuli = [one for ref in refs if (one := self._stimulus(ref))]
        body = child(root, "itemBody")
        told = "" if body is None else rich.inside(body)
        if len(told) > 2 * LONGEST:  # includes can make a short file long
            raise ItemRefused("item-long", root.sourceline or 0)
        if not self.found:
            raise ItemRefused("item-empty", root.sourceline or 0, self._faults())
        for modal in children(root, "modalFeedback"):
            self._feedback(modal)
        told = " ".join(filter(None, (told, *self.moved)))
        return Read(self._item(told), self.file, version, self._faults())

    def _strange(self, root: etree._Element) -> Version:
        """The version; parts of an item that are not known here are told."""
        for part in children(root):
            if name(part) == "stylesheet":
                self.rich.fault(part, "dropped", "stylesheet")
            elif name(part) not in _PARTS:
                self.rich.fault(part, "element", name(part))
        for line, code, detail in self.program.faults:
            self._at(line, code, detail)
        version = version_of(root)
        if version is None:
            self.rich.fault(root, "version", etree.QName(root).namespace or "")
        return version or Version.V21

    def _item(self, body: str) -> Item:
        asked, feedback = self._told()
        if len(asked) == 1 and asked[0].key.scoring is Scoring.PERSON:
            asked = (replace(asked[0], key=replace(asked[0].key, worth=_maximum(self.root))),)
        return Item(
            id=said(self.root, "identifier"),
            title=said(self.root, "title"),
            body=body,
            interactions=asked,
            language=self.root.get(XML + "lang", ""),
            stimuli=tuple(self.stimuli),
            feedback=feedback,
            rationale=" ".join(self.rationale),
            media=tuple(sorted(self.rich.media)),
        )

    def _faults(self) -> tuple[Fault, ...]:
        return tuple(sorted(set(self.rich.faults), key=lambda one: (one.line, one.code)))

    def _at(self, line: int, code: str, detail: str) -> None:
        self.rich.faults.append(Fault(self.rich.file, line, code, detail))

    def _other(self, element: etree._Element) -> str | None:
        """What stands in a body beside markup."""
        tag = name(element)
        if tag in KNOWN:
            return self._interaction(element)
        if tag.endswith("Interaction") or tag == "infoControl":
            self.rich.fault(element, "interaction", tag)
            return ""
        found = _OTHERS.get(tag)
        return None if found is None else found(self, element)

    def _interaction(self, element: etree._Element) -> str:
        id_ = said(element, "responseIdentifier")
        if self.amid == "interaction":
            self.rich.fault(element, "interaction", name(element))
            return ""
        if not id_ or id_ in self.found:
            self.rich.fault(element, "id-twice" if id_ else "id-missing", id_)
            return ""
        known = self.declared.get(id_)
        base = known.base if known else ""
        single = known.cardinality == "single" if known else True
        with self._reading("interaction"):
            asked = interaction(element, base, single, self.rich)
        line = element.sourceline or 0
        self.found[id_] = keyed(
            asked, known, self.program, lambda code, detail: self._at(line, code, detail)
        )
        place = f"<response id={quoteattr(id_)}/>"
        if self.amid:
            self.moved.append(place)
            return ""
        return place

    @contextmanager
    def _reading(self, what: str) -> Iterator[None]:
        """While something is read in which an interaction has no place of its own."""
        before, self.amid = self.amid, what
        try:
            yield
        finally:
            self.amid = before

    def _rubric(self, element: etree._Element) -> str:
        """What the pupil may read stays in the body; what markers are told is the rationale."""
        if "candidate" in said(element, "view").split() or not said(element, "view"):
            return f"<div>{self.rich.inside(_content(element))}</div>"
        with self._reading("told"):
            self.rationale.append(self.rich.inside(_content(element)))
        return ""

    def _inline_feedback(self, element: etree._Element) -> str:
        """Feedback in an option is read with the option; elsewhere it is the item's."""
        around = element.getparent()
        if around is None or name(around) != "simpleChoice":
            self._feedback(element)
        return ""

    def _feedback(self, element: etree._Element) -> None:
        id_ = said(element, "identifier")
        with self._reading("told"):
            html = self.rich.inside(_content(element))
        self.feedback.append(Feedback(id_, self.program.shown.get(id_, When.UNKNOWN), html))

    def _told(self) -> tuple[tuple[Interaction, ...], tuple[Feedback, ...]]:
        """Feedback that is named like an option goes to that option."""
        asked, kept = list(self.found.values()), []
        for one in self.feedback:
            place = next((i for i, a in enumerate(asked) if _has(a, one.id)), None)
            if place is None:
                kept.append(one)
                if one.when is When.UNKNOWN:
                    self._at(self.root.sourceline or 0, "feedback-when", one.id)
            else:
                asked[place] = _with_feedback(asked[place], one)
        return tuple(asked), tuple(kept)

    def _gap(self, element: etree._Element) -> str:
        return f"<gap id={quoteattr(said(element, 'identifier'))}/>"

    def _div(self, element: etree._Element) -> str | None:
        """A stimulus that QTI 2.1 keeps in the body, as ``write`` puts it there."""
        if "yunke-stimulus" not in element.get("class", "").split():
            return None
        title = element.get("label", "")
        self.stimuli.append(Stimulus(element.get("id", ""), title, self.rich.inside(element)))
        return ""

    def _include(self, element: etree._Element) -> str:
        with self._opened(element, "include-missing") as root:
            return "" if root is None else self.rich.one(root)

    def _stimulus(self, element: etree._Element) -> Stimulus | None:
        with self._opened(element, "stimulus-missing") as root:
            body = None if root is None else child(root, "stimulusBody")
            if root is None or body is None:
                if root is not None:
                    self.rich.fault(element, "stimulus-missing", said(element, "href"))
                return None
            id_ = said(root, "identifier") or said(element, "identifier")
            return Stimulus(id_, said(root, "title"), self.rich.inside(body))

    @contextmanager
    def _opened(self, element: etree._Element, missing: str) -> Iterator[etree._Element | None]:
        """The root of the file that an element names, read as that file; None with a fault."""
        address = said(element, "href")
        place = within(self.open[-1], address)
        root = self._root(element, place, address, missing)
        if root is None or place is None:
            yield None
            return
        self.open.append(place)
        self.rich.file = place
        try:
            yield root
        finally:
            self.open.pop()
            self.rich.file = self.open[-1]

    def _root(
        self, element: etree._Element, place: str | None, address: str, missing: str
    ) -> etree._Element | None:
        self.included += 1
        if place in self.open:
            self.rich.fault(element, "include-round", address)
            return None
        if len(self.open) > DEEPEST or self.included > INCLUDES:
            self.rich.fault(element, "include-deep", address)
            return None
        data = None if place is None else self.load(place)
        if data is None:
            self.rich.fault(element, missing, address)
            return None
        try:
            return tree_of(data)
        except XmlRefused as refused:
            self.rich.fault(element, refused.code, address)
            return None


_OTHERS: dict[str, Callable[[_Reading, etree._Element], str | None]] = {
    "div": _Reading._div,
    "rubricBlock": _Reading._rubric,
    "feedbackInline": _Reading._inline_feedback,
    "feedbackBlock": _Reading._inline_feedback,
    "gap": _Reading._gap,
    "include": _Reading._include,
}


def _maximum(root: etree._Element) -> float:
    """What a person can give at most: the score's normal maximum, 1 where nothing is said."""
    for outcome in children(root, "outcomeDeclaration"):
        if said(outcome, "identifier") == "SCORE":
            return number(said(outcome, "normalMaximum")) or 1.0
    return 1.0


def size_of(root: etree._Element) -> int:
    """Characters of text and of attributes."""
    values = (len(value) for element in root.iter() for value in element.attrib.values())
    return sum(map(len, root.itertext())) + sum(values)


def _content(element: etree._Element) -> etree._Element:
    """QTI 3 wraps the content of rubrics and feedback once more."""
    wrapped = child(element, "contentBody")
    return element if wrapped is None else wrapped


def _has(asked: Interaction, id_: str) -> bool:
    return any(option.id == id_ for option in asked.options)


def _with_feedback(asked: Interaction, told: Feedback) -> Interaction:
    options = tuple(
        replace(option, feedback=" ".join(filter(None, (option.feedback, told.html))))
        if option.id == told.id
        else option
        for option in asked.options
    )
    return replace(asked, options=options)

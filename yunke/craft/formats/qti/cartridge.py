"""QTI 1.2 as Common Cartridges and Canvas carry it: whole quizzes in one file. In only, never out.

Source: IMS Common Cartridge 1.1 profile of QTI 1.2.1 (its six question types), and the types that
Canvas adds (numbers with limits, dropdowns, matching, files). Texts are HTML within XML.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree, html

from yunke.craft.formats.qti.declared import number
from yunke.craft.formats.qti.interactions import is_true_false
from yunke.craft.formats.qti.rich import Rich
from yunke.craft.formats.qti.values import (
    Entry,
    Fault,
    Feedback,
    Interaction,
    Item,
    Key,
    Kind,
    Option,
    Read,
    Scoring,
    Version,
    When,
)
from yunke.craft.formats.qti.xml import child, children, everywhere, name, said, text_of

LONGEST = 100_000
BASES = ("$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24")


@dataclass(frozen=True)
class Rule:
    """A condition that changes the score: ``values`` that must be given, for one response each."""

    values: tuple[tuple[str, str], ...]
    limits: dict[str, tuple[float, float]]
    points: float


def read_quiz(
    root: etree._Element, file: str, has: Callable[[str], bool]
) -> Iterator[Read | Fault]:
    """Each item of a ``questestinterop``, or the fault for which it was left out."""
    for element in everywhere(root, "item"):
        line = element.sourceline or 0
        if sum(map(len, element.itertext())) > LONGEST:
            yield Fault(file, line, "item-long")
            continue
        quiz = _Quiz(element, file, has)
        made = quiz.item()
        if made is None:
            yield Fault(file, line, "item-empty", quiz.kind)
        else:
            yield Read(made, file, Version.V12, tuple(quiz.rich.faults))


class _Quiz:
    def __init__(self, element: etree._Element, file: str, has: Callable[[str], bool]) -> None:
        self.element = element
        self.up = "../" * file.count("/")
        self.rich = Rich(file, lambda found: None, has)
        self.fields = _fields(element)
        self.kind = self.fields.get("question_type") or self.fields.get("cc_profile", "")
        self.rules = [rule for rule in map(_rule, everywhere(element, "respcondition")) if rule]

    def item(self) -> Item | None:
        presentation = child(self.element, "presentation")
        if presentation is None:
            return None
        asked = tuple(self._asked(presentation))
        if not asked:
            return None
        body = self._texts(presentation)
        for one in asked:
            stem = f"{one.prompt} " if len(asked) > 1 and one.prompt else ""
            place = f"<response id={quoteattr(one.id)}/>"
            body += f" <p>{stem}{place}</p>" if one.kind in _INLINE else f" {place}"
        return Item(
            id=said(self.element, "ident"),
            title=said(self.element, "title"),
            body=body.strip(),
            interactions=tuple(_without_prompt(one) for one in asked),
            feedback=tuple(self._feedback({o.id for one in asked for o in one.options})),
            media=tuple(sorted(self.rich.media)),
        )

    def _asked(self, presentation: etree._Element) -> Iterator[Interaction]:
        lids = list(everywhere(presentation, "response_lid"))
        strings = list(everywhere(presentation, "response_str", "response_num"))
        share = (number(self.fields.get("points_possible", "")) or 1.0) / max(
            1, len(lids + strings)
        )
        for element in lids:
            yield self._choice(element, share, alone=len(lids) == 1)
        for element in strings:
            yield self._entry(element, share)
        if self.kind == "file_upload_question" and not lids + strings:
            yield Interaction("RESPONSE", Kind.UPLOAD, Key(Scoring.PERSON, worth=share))
        elif not lids + strings and "essay" in self.kind:
            yield Interaction("RESPONSE", Kind.EXTENDED, Key(Scoring.PERSON, worth=share))

    def _choice(self, element: etree._Element, share: float, *, alone: bool) -> Interaction:
        id_ = said(element, "ident")
        options = tuple(
            {
                said(label, "ident"): Option(
                    said(label, "ident"),
                    self._texts(label),
                    self._told(f"{said(label, 'ident')}_fb"),
                )
                for label in everywhere(element, "response_label")
                if said(label, "ident")
            }.values()
        )
        several = said(element, "rcardinality").lower() == "multiple"
        kind = Kind.MULTIPLE if several else Kind.CHOICE if alone else Kind.INLINE
        if kind is Kind.CHOICE and is_true_false(options):
            kind = Kind.TRUE_FALSE
        right = self._right(id_, {option.id for option in options}, several)
        if not right:
            self.rich.fault(element, "key-none", id_)
        key = Key(Scoring.RIGHT if right else Scoring.PERSON, right, share)
        most = 0 if several else 1
        return Interaction(id_, kind, key, self._texts(element), options, most=most)

    def _right(self, id_: str, known: set[str], several: bool) -> tuple[str, ...]:
        """What the rule worth most asks of a response."""
        rules = [rule for rule in self.rules if any(at == id_ for at, _ in rule.values)]
        best = max(rules, key=lambda rule: rule.points, default=None)
        if best is None or best.points <= 0:
            return ()
        values = sorted({value for at, value in best.values if at == id_ and value in known})
        return tuple(values if several else values[:1])

    def _entry(self, element: etree._Element, share: float) -> Interaction:
        id_ = said(element, "ident")
        for rule in self.rules:
            if id_ in rule.limits:
                return Interaction(id_, Kind.NUMBER, _near(rule, id_, share), most=1)
        entries = tuple(
            Entry(value, share, False)
            for rule in self.rules
            if rule.points > 0
            for at, value in rule.values
            if at == id_
        )
        if not entries:
            return Interaction(id_, Kind.EXTENDED, Key(Scoring.PERSON, worth=share))
        key = Key(Scoring.MAPPED, (entries[0].value,), 1.0, entries)
        return Interaction(id_, Kind.TEXT, key, most=1)

    def _texts(self, element: etree._Element) -> str:
        """The texts that stand directly in an element's materials."""
        materials = [part for part in element.iter() if name(part) == "material"]
        own = [part for part in materials if _owner(part, element)]
        return " ".join(
            self._text(text) for part in own for text in children(part, "mattext")
        ).strip()

    def _text(self, element: etree._Element) -> str:
        told = element.text or ""
        if said(element, "texttype", "text/plain") != "text/html":
            return " ".join(escape(told).split())
        for base in BASES:
            told = told.replace(base, f"{self.up}web_resources")
        before = len(self.rich.faults)
        try:
            clean = self.rich.inside(html.fragment_fromstring(told, create_parent="div"))
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return " ".join(escape(told).split())
        line = element.sourceline or 0  # the HTML's own lines are not the file's
        self.rich.faults[before:] = [
            Fault(one.file, line, one.code, one.detail) for one in self.rich.faults[before:]
        ]
        return clean

    def _told(self, id_: str) -> str:
        """The text of an item feedback."""
        found = (f for f in children(self.element, "itemfeedback") if said(f, "ident") == id_)
        return " ".join(self._texts(one) for one in found)

    def _feedback(self, options: set[str]) -> Iterator[Feedback]:
        """Feedback that is not an option's: after a right answer, a wrong one, or always."""
        when = {"correct_fb": When.RIGHT, "general_incorrect_fb": When.WRONG}
        for element in children(self.element, "itemfeedback"):
            id_ = said(element, "ident")
            if id_.removesuffix("_fb") not in options:
                yield Feedback(id_, when.get(id_, When.UNKNOWN), self._texts(element))


_INLINE = (Kind.INLINE, Kind.TEXT, Kind.NUMBER)


def _without_prompt(asked: Interaction) -> Interaction:
    if asked.kind not in _INLINE or not asked.prompt:
        return asked
    return Interaction(asked.id, asked.kind, asked.key, "", asked.options, most=asked.most)


def _owner(part: etree._Element, element: etree._Element) -> bool:
    """Whether a material is the element's own and not of an option or response within it."""
    inner = ("response_lid", "response_str", "response_num", "response_label")
    for around in part.iterancestors():
        if around is element:
            return True
        if name(around) in inner:
            return False
    return False


def _fields(element: etree._Element) -> dict[str, str]:
    found = {}
    for one in everywhere(element, "qtimetadatafield"):
        label, entry = child(one, "fieldlabel"), child(one, "fieldentry")
        if label is not None and entry is not None:
            found[text_of(label)] = text_of(entry)
    return found


def _rule(element: etree._Element) -> Rule | None:
    """A condition with a score; None for one that only shows something."""
    points = [number(text_of(one)) or 0.0 for one in children(element, "setvar")]
    condition = child(element, "conditionvar")
    if not points or condition is None:
        return None
    values = tuple(
        (said(one, "respident"), text_of(one))
        for one in everywhere(condition, "varequal", "varsubstring")
        if not any(name(around) == "not" for around in one.iterancestors())
    )
    return Rule(values, _limits(condition), max(points))


def _limits(condition: etree._Element) -> dict[str, tuple[float, float]]:
    """The least and the most that each response may be."""
    found: dict[str, list[float | None]] = {}
    for one in everywhere(condition, "vargte", "vargt", "varlte", "varlt"):
        pair = found.setdefault(said(one, "respident"), [None, None])
        pair[name(one).startswith("varl")] = number(text_of(one))
    return {
        id_: (low, high)
        for id_, (low, high) in found.items()
        if low is not None and high is not None
    }


def _near(rule: Rule, id_: str, share: float) -> Key:
    """The named value between its limits, or their middle."""
    low, high = rule.limits[id_]
    named = next((number(value) for at, value in rule.values if at == id_), None)
    value = named if named is not None else (low + high) / 2
    sizes = (round(max(0.0, value - low), 9), round(max(0.0, high - value), 9))
    return Key(Scoring.NEAR, (format(value, ".10g"),), share, mode="absolute", tolerance=sizes)

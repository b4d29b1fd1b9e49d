"""XML of strangers to trees whose names are those of QTI 2, whatever version they came in.

Read twice: by defusedxml, which refuses every entity and everything outside before it is expanded
(Billion laughs; XXE), then by lxml, which knows the line of each element.
"""

import re
from collections.abc import Iterator

from defusedxml import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import fromstring
from lxml import etree

from yunke.craft.formats.qti.values import Version

LARGEST = 8 << 20
NAMESPACES = {
    Version.V21: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    Version.V22: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    Version.V30: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
OLDER = "http://www.imsglobal.org/xsd/imsqti_v2p0"
XML = "{http://www.w3.org/XML/1998/namespace}"
MATH = "http://www.w3.org/1998/Math/MathML"


class XmlRefused(Exception):
    """``code`` of ``faults.SENTENCES``, the line (0 for the whole file) and a detail."""

    def __init__(self, code: str, line: int = 0, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.detail = code, line, detail


def tree_of(data: bytes) -> etree._Element:
    """The root of a file. Raises XmlRefused; never expands an entity, never opens anything."""
    if len(data) > LARGEST:
        raise XmlRefused("xml-large")
    try:
        fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except EntitiesForbidden as wrong:
        raise XmlRefused("xml-entity", _line_of(data, b"<!ENTITY"), wrong.name or "") from None
    except DefusedXmlException:
        raise XmlRefused("xml-outside") from None
    except (SyntaxError, ValueError, LookupError, RecursionError) as wrong:
        line = getattr(wrong, "position", (0, 0))[0]
        raise XmlRefused("xml-broken", line) from None
    return _with_lines(data)


def _with_lines(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        raise XmlRefused("xml-broken", wrong.lineno or 0) from None
    if root is None:
        raise XmlRefused("xml-broken")
    return root


def _line_of(data: bytes, mark: bytes) -> int:
    place = data.find(mark)
    return data.count(b"\n", 0, place) + 1 if place >= 0 else 0


def version_of(root: etree._Element) -> Version | None:
    """The version of the root's namespace; None for one that is not known."""
    space = etree.QName(root).namespace or ""
    if space in ("", OLDER) or "apip" in space:
        return Version.V30 if str(root.tag).startswith("qti-") else Version.V21
    return next((version for version, known in NAMESPACES.items() if known == space), None)


def name(element: etree._Element) -> str:
    """``simpleChoice`` for ``simpleChoice`` and ``qti-simple-choice`` of any namespace."""
    if not isinstance(element.tag, str):
        return ""
    local = etree.QName(element).localname
    return camel(local[4:]) if local.startswith("qti-") else local


def camel(text: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda found: found[1].upper(), text)


def kebab(text: str) -> str:
    """``responseIdentifier`` → ``response-identifier``."""
    return re.sub(r"([A-Z])", lambda found: "-" + found[1].lower(), text)


def said(element: etree._Element, attribute: str, default: str = "") -> str:
    """An attribute in QTI 2's or QTI 3's spelling."""
    found: str | None = element.get(attribute)
    if found is None:
        found = str(element.get(kebab(attribute), default))
    return found.strip()


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Child elements, of these names or of any."""
    return (child for child in element if name(child) and (not names or name(child) in names))


def child(element: etree._Element, wanted: str) -> etree._Element | None:
    return next(children(element, wanted), None)


def everywhere(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The element and all below it, of these names."""
    return (found for found in element.iter() if name(found) in names)


def text_of(element: etree._Element) -> str:
    """All text, one space between words."""
    return " ".join("".join(map(str, element.itertext())).split())


def whole(element: etree._Element, attribute: str, default: int) -> int:
    """A count of 0 to 100,000; the default for anything else."""
    found = said(element, attribute)
    return int(found) if re.fullmatch(r"[0-9]{1,5}", found) else default


def yes(element: etree._Element, attribute: str) -> bool:
    return said(element, attribute).lower() in ("true", "1")

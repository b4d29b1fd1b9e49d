"""Rich text of an item: in as clean XHTML, out as QTI's elements.

What comes in is written again from nothing: only known tags and attributes, addresses only into
the package. So nothing that runs can come through, whatever it is called, and nothing that makes
the device of who reads it call another host; of a link that leads out the text is kept.
"""

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from yunke.craft.formats.qti.allowed import ANYWHERE, ATTRIBUTES, EMPTY, GONE, MATHS, TAGS
from yunke.craft.formats.qti.values import Fault
from yunke.craft.formats.qti.xml import MATH, XML, name, text_of

# What stands at an element that is no markup: its XHTML, or None to look into it.
Other = Callable[[etree._Element], str | None]
_SPACE = re.compile(r"[ \t\r\n]+")
_MEDIA = ("src", "href")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")


class Rich:
    """Reads rich text of one file; what it could not keep and which media it met are gathered."""

    def __init__(self, file: str, other: Other, has: Callable[[str], bool]) -> None:
        self.file, self.other, self.has = file, other, has
        self.faults: list[Fault] = []
        self.media: set[str] = set()

    def fault(self, element: etree._Element, code: str, detail: str = "") -> None:
        self.faults.append(Fault(self.file, element.sourceline or 0, code, detail))

    def inside(self, element: etree._Element) -> str:
        """The clean XHTML within an element."""
        parts = [escape(element.text or "")]
        for child in element:
            parts.append(self.one(child))
            parts.append(escape(child.tail or ""))
        return _SPACE.sub(" ", "".join(parts)).strip()

    def one(self, element: etree._Element) -> str:
        """The clean XHTML of an element with its tag."""
        tag = name(element)
        if not tag:
            return ""
        placed = self.other(element)
        if placed is not None:
            return placed
        if tag in TAGS:
            return self._tagged(element, tag)
        if tag == "object":
            return self._object(element)
        if tag in GONE:
            self.fault(element, "dropped", tag)
            return ""
        self.fault(element, "element", tag)
        return self._spaced(element)

    def _spaced(self, element: etree._Element) -> str:
        """The inside with the spaces at its ends, which part words."""
        parts = [escape(element.text or "")]
        for child in element:
            parts += [self.one(child), escape(child.tail or "")]
        return "".join(parts)

    def _tagged(self, element: etree._Element, tag: str) -> str:
        kept = self._attributes(element, tag)
        if tag in ("img", "source", "track") and not any(at.startswith(" src=") for at in kept):
            return escape(element.get("alt", ""))
        if tag == "a" and not any(at.startswith(" href=") for at in kept):
            return self._spaced(element)
        begin = f"<{tag}{''.join(kept)}"
        return begin + "/>" if tag in EMPTY else f"{begin}>{self._spaced(element)}</{tag}>"

    def _attributes(self, element: etree._Element, tag: str) -> list[str]:
        kept = []
        for attribute in (*ATTRIBUTES.get(tag, ()), *ANYWHERE):
            value = element.get(attribute)
            if attribute == "lang":
                value = value or element.get(XML + "lang")
            if attribute in _MEDIA and value is not None:
                value = self.address(element, value, link=tag == "a")
            elif attribute == "class" and value is not None:
                value = _shared_classes(value)
            if value is not None:
                kept.append(f" {attribute}={quoteattr(_SPACE.sub(' ', value).strip())}")
        return kept

    def address(self, element: etree._Element, value: str, *, link: bool = False) -> str | None:
        """Where an address leads: a name in the package; None, with a fault, for one that leads
        out of it."""
        value = value.strip()
        if re.match(r"(?i)https?:|//", value):
            self.fault(element, "link-outside" if link else "media-outside", value)
            return None
        if _SCHEME.match(value) or "\\" in value:
            self.fault(element, "attribute", value[:40])
            return None
        if link and value.startswith("#"):
            return None
        return self._within(element, value)

    def _within(self, element: etree._Element, value: str) -> str | None:
        place = within(self.file, value)
        if place is None or not self.has(place):
            self.fault(element, "media-missing" if place else "media-outside", value)
        if place is None:
            return None
        self.media.add(place)
        return place

    def _object(self, element: etree._Element) -> str:
        """A picture, sound or film in the old way becomes the new one."""
        kind = (element.get("type") or "").split("/")[0]
        data = element.get("data")
        tag = {"image": "img", "audio": "audio", "video": "video"}.get(kind)
        place = self.address(element, data) if data and tag else None
        if tag is None or place is None:
            self.fault(element, "element", "object")
            return self._spaced(element)
        sizes = "".join(
            f" {size}={quoteattr(value)}"
            for size in ("width", "height")
            if (value := element.get(size)) and tag != "audio"
        )
        if tag == "img":
            return f"<img src={quoteattr(place)} alt={quoteattr(text_of(element))}{sizes}/>"
        return f'<{tag} src={quoteattr(place)} controls="controls"{sizes}></{tag}>'


def _shared_classes(value: str) -> str | None:
    """Only classes of QTI's own vocabulary: a stranger's text may not look like our buttons."""
    return " ".join(one for one in value.split() if one.startswith("qti-")) or None


def within(file: str, address: str) -> str | None:
    """The package name that an address in ``file`` leads to; None for one that leads out."""
    bare = unquote(re.split(r"[?#]", address.strip(), maxsplit=1)[0])
    # A browser reads "https:/x" as another host, and overlooks tabs and line ends in an address.
    led = "".join(one for one in bare if one > " ")
    if not led or led.startswith("/") or "\x00" in bare or "\\" in bare or _SCHEME.match(led):
        return None
    place = posixpath.normpath(posixpath.join(posixpath.dirname(file), bare))
    return None if place.startswith("../") or place in (".", "..") else place


def elements(html: str, space: str, up: str) -> etree._Element:
    """A ``div`` in namespace ``space`` holding our XHTML; media addresses get ``up`` before them.

    Raises ValueError for text that is not the XHTML that ``Rich`` writes.
    """
    try:
        parsed = etree.fromstring(
            f"<div>{html}</div>",
            etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False),
        )
    except etree.XMLSyntaxError as wrong:
        raise ValueError(f"not well-formed rich text: {wrong.msg}") from None
    return _renamed(parsed, space, up)


def _renamed(element: etree._Element, space: str, up: str) -> etree._Element:
    tag = str(element.tag)
    made = etree.Element(f"{{{MATH if tag in MATHS else space}}}{tag}", nsmap=_nsmap(tag))
    for attribute, value in element.attrib.items():
        made.set(
            XML + "lang" if attribute == "lang" else attribute,
            up + quote(str(value)) if attribute in _MEDIA else value,
        )
    made.text, made.tail = element.text, element.tail
    for child in element:
        made.append(_renamed(child, space, up))
    return made


def _nsmap(tag: str) -> dict[str | None, str] | None:
    return {None: MATH} if tag == "math" else None

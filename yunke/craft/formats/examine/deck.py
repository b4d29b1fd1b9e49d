"""What a PPTX holds, read with a parser that resolves nothing: slides, links, places, colours."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from PIL import Image

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_XML = 8 << 20
MOST_PICTURE = 40 << 20
MOST_PIXELS = 60_000_000
UNREAD = (KeyError, ValueError, ElementTree.ParseError)


@dataclass(frozen=True)
class Frame:
    """Where something stands on the slide, in EMU, and how a group moves and scales it."""

    x: float
    y: float
    w: float
    h: float

    def inside(self, outer: "Frame", inner: "Frame") -> "Frame":
        """This frame of a group's own space (``inner``) as it stands on the slide (``outer``)."""
        across = outer.w / inner.w if inner.w else 1.0
        down = outer.h / inner.h if inner.h else 1.0
        return Frame(
            outer.x + (self.x - inner.x) * across, outer.y + (self.y - inner.y) * down,
            self.w * across, self.h * down,
        )  # fmt: skip


@dataclass(frozen=True)
class Deck:
    """The archive, its slides in their order, its size in EMU and the colours of its theme."""

    archive: zipfile.ZipFile
    slides: tuple[str, ...]
    width: int
    height: int
    colours: dict[str, str]


class NoDeck(Exception):
    """The archive is no presentation that can be read."""


def deck_of(archive: zipfile.ZipFile) -> Deck:
    """Raises NoDeck."""
    try:
        root = xml_at(archive, "ppt/presentation.xml")
        links = links_at(archive, "ppt/presentation.xml")
        size = root.find(f"{P}sldSz")
        width, height = (int((size.get(n) if size is not None else "") or 0) for n in ("cx", "cy"))
        ids = [slide.get(f"{R}id") or "" for slide in root.iter(f"{P}sldId")]
        slides = tuple(links[i] for i in ids if i in links)
    except UNREAD as trouble:
        raise NoDeck(str(trouble)) from trouble
    if width <= 0 or height <= 0 or not 0.2 < height / width < 5:
        width, height = 12_192_000, 6_858_000
    return Deck(archive, slides, width, height, colours_of(archive))


def image_of(archive: zipfile.ZipFile, name: str) -> Image.Image | None:
    """A picture of the archive; None for what is too large or no picture that we know."""
    try:
        if archive.getinfo(name).file_size > MOST_PICTURE:
            return None
        found = Image.open(io.BytesIO(archive.read(name)), formats=("PNG", "JPEG", "GIF", "BMP"))
        if found.width * found.height > MOST_PIXELS:
            return None
        found.load()
    except (KeyError, OSError, ValueError, SyntaxError, zipfile.BadZipFile):
        return None
    return found


def xml_at(archive: zipfile.ZipFile, name: str) -> Element:
    """Raises KeyError, ValueError (too large, or not plain XML), ParseError."""
    if archive.getinfo(name).file_size > MOST_XML:
        raise ValueError("too large")
    found: Element = ElementTree.fromstring(archive.read(name))
    return found


def links_at(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The parts that a part names, by their ids; {} when it names none."""
    folder, file = posixpath.split(name)
    try:
        root = xml_at(archive, f"{folder}/_rels/{file}.rels")
    except UNREAD:
        return {}
    return {
        link.get("Id", ""): posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
        for link in root
        if link.get("TargetMode") != "External"
    }


def places_of(archive: zipfile.ZipFile, links: dict[str, str]) -> dict[str, Frame]:
    """Where the slide's layout, and its master beneath, put titles and texts."""
    layout = next((name for name in links.values() if "slideLayouts/" in name), "")
    above = links_at(archive, layout) if layout else {}
    master = next((name for name in above.values() if "slideMasters/" in name), "")
    found: dict[str, Frame] = {}
    for name in (master, layout):
        try:
            root = xml_at(archive, name)
        except UNREAD:
            continue
        for shape in root.iter(f"{P}sp"):
            holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            frame = frame_of(shape.find(f"{P}spPr/{A}xfrm"))
            if holder is not None and frame is not None:
                kind = holder.get("type", "body")
                found[kind] = found[holder.get("idx", kind)] = frame
    return found


def frame_of(place: Element | None, at: str = "off", size: str = "ext") -> Frame | None:
    if place is None:
        return None
    corner, span = place.find(f"{A}{at}"), place.find(f"{A}{size}")
    if corner is None or span is None:
        return None
    try:
        values = [float(e.get(n, "")) for e, n in (
            (corner, "x"), (corner, "y"), (span, "cx"), (span, "cy"),
        )]  # fmt: skip
    except ValueError:
        return None
    return Frame(*values) if all(abs(v) < 1e9 for v in values) else None


def colours_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """The theme's colours by their names in slides."""
    try:
        scheme = xml_at(archive, "ppt/theme/theme1.xml").find(f".//{A}clrScheme")
    except UNREAD:
        return {}
    found: dict[str, str] = {}
    for entry in scheme if scheme is not None else ():
        first: Any = next(iter(entry), None)
        value = first.get("lastClr") or first.get("val") if first is not None else ""
        found[entry.tag.removeprefix(A)] = hex_of(value or "")
    same = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    return found | {name: found[other] for name, other in same.items() if other in found}


def hex_of(value: str) -> str:
    good = len(value) == 6 and all(c in "0123456789abcdefABCDEF" for c in value)
    return f"#{value}" if good else ""


def colour_of(fill: Element, deck: Deck, otherwise: str) -> str:
    for entry in fill:
        kind, value = entry.tag.removeprefix(A), entry.get("val", "")
        found = hex_of(value) if kind == "srgbClr" else deck.colours.get(value, "")
        if found:
            return found
    return otherwise

"""A PPTX's slides as pictures: its words and its pictures where they stand, drawn by ourselves.

No office program is asked: the archive is read with a parser that resolves nothing, and what is
found is drawn in our own font. Effects, charts and vector clips are left out, so that a picture of
a slide is an approximation, good for talking about "page 3"; the file itself stays the truth.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import manimgx_fonts_cjk
from PIL import Image, ImageDraw, ImageFont

from yunke.craft.formats.examine.deck import (
    UNREAD,
    A,
    Deck,
    Frame,
    P,
    R,
    colour_of,
    frame_of,
    image_of,
    links_at,
    places_of,
    xml_at,
)

FONTS = Path(manimgx_fonts_cjk.__file__).parent
WIDTH = 1280
POINT = 12_700  # EMU
MOST_LETTERS = 4000
SIZES = {"title": 40.0, "ctrTitle": 48.0, "subTitle": 28.0}
INK, PAPER, LINE = "#22252b", "#ffffff", "#c9c2b6"


def draw(deck: Deck, number: int) -> Image.Image:
    """Slide ``number`` (from 0), ``WIDTH`` wide. What cannot be read is left out."""
    picture = Image.new("RGB", (WIDTH, max(1, round(WIDTH * deck.height / deck.width))), PAPER)
    name = deck.slides[number]
    try:
        root = xml_at(deck.archive, name)
        links = links_at(deck.archive, name)
    except UNREAD:
        return picture
    ground = root.find(f"{P}cSld/{P}bg/{P}bgPr/{A}solidFill")
    if ground is not None:
        picture.paste(colour_of(ground, deck, PAPER), (0, 0, *picture.size))
    pen = Pen(deck, picture, links, places_of(deck.archive, links))
    tree = root.find(f"{P}cSld/{P}spTree")
    if tree is not None:
        pen.shapes(tree, lambda frame: frame)
    return picture


@dataclass
class Pen:
    """Draws the shapes of one slide. ``places``: where the layout puts what says no place."""

    deck: Deck
    picture: Image.Image
    links: dict[str, str]
    places: dict[str, Frame]
    letters: int = 0

    @property
    def scale(self) -> float:
        """Pixels per EMU."""
        return self.picture.width / self.deck.width

    def shapes(self, tree: Element, moved: Callable[[Frame], Frame], depth: int = 0) -> None:
        for shape in tree:
            kind = shape.tag.removeprefix(P)
            if kind == "grpSp" and depth < 8:
                self._group(shape, moved, depth)
            elif kind == "sp":
                self._text(shape, moved)
            elif kind == "pic":
                self._image(shape, moved)
            elif kind == "graphicFrame":
                self._table(shape, moved)

    def _group(self, shape: Element, moved: Callable[[Frame], Frame], depth: int) -> None:
        outer = frame_of(shape.find(f"{P}grpSpPr/{A}xfrm"))
        inner = frame_of(shape.find(f"{P}grpSpPr/{A}xfrm"), "chOff", "chExt")
        if outer is None or inner is None:
            self.shapes(shape, moved, depth + 1)
        else:
            self.shapes(shape, lambda f: moved(f.inside(outer, inner)), depth + 1)

    def _box(self, frame: Frame) -> tuple[int, int, int, int]:
        left, top = round(frame.x * self.scale), round(frame.y * self.scale)
        right, bottom = left + frame.w * self.scale, top + frame.h * self.scale
        edge = 4 * WIDTH
        return tuple(max(-edge, min(edge, round(v))) for v in (left, top, right, bottom))  # type: ignore[return-value]

    def _text(self, shape: Element, moved: Callable[[Frame], Frame]) -> None:
        holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        kind = holder.get("type", "body") if holder is not None else ""
        key = (holder.get("idx") or kind) if holder is not None else ""
        frame = frame_of(shape.find(f"{P}spPr/{A}xfrm"))
        frame = moved(frame) if frame else self.places.get(key) or self.places.get(kind)
        if frame is None:
            return
        box = self._box(frame)
        fill = shape.find(f"{P}spPr/{A}solidFill")
        if fill is not None:
            self._fill(box, colour_of(fill, self.deck, ""))
        body = shape.find(f"{P}txBody")
        if body is not None:
            self._write(body, box, SIZES.get(kind, 24.0 if holder is not None else 18.0))

    def _fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        left, top, right, bottom = box
        if colour and right > left and bottom > top:
            ImageDraw.Draw(self.picture).rectangle(box, fill=colour)

    def _write(self, body: Element, box: tuple[int, int, int, int], points: float) -> None:
        """The paragraphs in the box; smaller where they would run out of it."""
        lines = list(_paragraphs(body, self.deck, points))
        if not any(line.text for line in lines) or self.letters > MOST_LETTERS:
            return
        self.letters += sum(len(line.text) for line in lines)
        left, top, right, bottom = box
        pad = round(7 * POINT * self.scale)
        width, height = max(20, right - left - 2 * pad), max(1, bottom - top - 2 * pad)
        for shrink in (1.0, 0.85, 0.7, 0.55, 0.42):
            set_lines = self._set(lines, width, shrink)
            total = sum(size * 1.3 for _text, size, _line in set_lines)
            if total <= height or shrink == 0.42:
                break
        at = float(top + pad)
        pen = ImageDraw.Draw(self.picture)
        for text, size, line in set_lines:
            font = _font(size, line.bold)
            spare = width - font.getlength(text)
            shift = {"ctr": spare / 2, "r": spare}.get(line.align, 0.0)
            pen.text((left + pad + max(0.0, shift), at), text, font=font, fill=line.colour)
            at += size * 1.3

    def _set(self, lines: "list[Line]", width: int, shrink: float) -> "list[tuple[str, int, Line]]":
        found = []
        for line in lines:
            size = max(9, round(line.points * POINT * self.scale * shrink))
            found += [(text, size, line) for text in _broken(line.text, size, line.bold, width)]
        return found

    def _image(self, shape: Element, moved: Callable[[Frame], Frame]) -> None:
        frame = frame_of(shape.find(f"{P}spPr/{A}xfrm"))
        blip = shape.find(f"{P}blipFill/{A}blip")
        if frame is None or blip is None:
            return
        left, top, right, bottom = box = self._box(moved(frame))
        wide, high = right - left, bottom - top
        if not (0 < wide <= 2 * WIDTH and 0 < high <= 2 * WIDTH):
            return
        found = image_of(self.deck.archive, self.links.get(blip.get(f"{R}embed") or "", ""))
        if found is None:
            ImageDraw.Draw(self.picture).rectangle(box, outline=LINE, width=2)
            return
        small = found.convert("RGBA").resize((wide, high))
        self.picture.paste(small, (left, top), small)

    def _table(self, shape: Element, moved: Callable[[Frame], Frame]) -> None:
        frame = frame_of(shape.find(f"{P}xfrm"))
        table = shape.find(f".//{A}tbl")
        rows = [] if table is None else table.findall(f"{A}tr")[:60]
        if frame is None or not rows:
            return
        left, top, right, bottom = self._box(moved(frame))
        high = max(1, (bottom - top) // len(rows))
        for number, row in enumerate(rows):
            cells = row.findall(f"{A}tc")[:30]
            wide = max(1, (right - left) // max(1, len(cells)))
            for place, cell in enumerate(cells):
                x, y = left + place * wide, top + number * high
                box = (x, y, x + wide, y + high)
                ImageDraw.Draw(self.picture).rectangle(box, outline=LINE)
                body = cell.find(f"{A}txBody")
                if body is not None:
                    self._write(body, box, 14.0)


@dataclass(frozen=True)
class Line:
    """A paragraph."""

    text: str
    points: float
    bold: bool
    colour: str
    align: str


def _paragraphs(body: Element, deck: Deck, points: float) -> Iterator[Line]:
    for paragraph in body.findall(f"{A}p")[:200]:
        style = paragraph.find(f"{A}pPr")
        line = Line("", points, False, INK, (style.get("algn") or "") if style is not None else "")
        words = []
        for run in paragraph:
            if run.tag == f"{A}br":
                words.append("\n")
            text = run.find(f"{A}t")
            if text is None or not text.text:
                continue
            words.append(text.text)
            line = _styled(line, run.find(f"{A}rPr"), deck)
        bullet = "· " if style is not None and style.find(f"{A}buChar") is not None else ""
        yield replace(line, text=bullet + "".join(words))


def _styled(line: Line, style: Element | None, deck: Deck) -> Line:
    if style is None:
        return line
    size = style.get("sz", "")
    points = min(int(size) / 100, 200.0) if size.isdecimal() and len(size) < 7 else line.points
    fill = style.find(f"{A}solidFill")
    colour = line.colour if fill is None else colour_of(fill, deck, line.colour)
    return replace(line, points=points, bold=style.get("b") == "1", colour=colour)


def _broken(text: str, size: int, bold: bool, width: int) -> list[str]:
    """The text in lines that fit: at any letter of Chinese, at blanks for the rest."""
    font, found = _font(size, bold), []
    # A sign without a picture is a blank: the font's layout gives up over some of them.
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text[:MOST_LETTERS])
    for part in plain.split("\n"):
        line = ""
        for letter in part:
            if line and font.getlength(line + letter) > width:
                cut = line.rfind(" ") + 1 if letter.isascii() and letter != " " else 0
                found.append(line[:cut] if cut else line)
                line = (line[cut:] if cut else "") + letter
            else:
                line += letter
        found.append(line)
    return found


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK in its Simplified Chinese face; the one of a collection of variable faces."""
    file = next(FONTS.glob("NotoSansCJK*"))
    faces = (ImageFont.truetype(str(file), size, index=face) for face in range(10))
    font = next(face for face in faces if " SC" in (face.getname()[0] or ""))
    font.set_variation_by_axes([700 if bold else 400])
    return font

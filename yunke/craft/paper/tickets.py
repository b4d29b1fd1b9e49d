"""Tickets to PDF."""

import io
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import lucide
import manimgx_fonts_cjk
import segno
import typst

HERE = Path(__file__).parent
FONTS = Path(manimgx_fonts_cjk.__file__).parent

WIDE_FROM = 0x2E80  # from here on a letter is as wide as it is high
# Size of a name in points, half-widths it may have in all, and letters in its longest word.
SIZES = ((18, 24, 9), (13, 48, 13), (10, 80, 17))
LONGEST = 18


@dataclass(frozen=True)
class Ticket:
    """One person's ticket. ``icon`` and ``pictures`` are Lucide's names; ``qr`` is its text."""

    name: str
    line: str
    hint: str
    icon: str = ""
    qr: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    code_label: str = ""
    pictures: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Sheet:
    """A printed sheet: what stands at the foot of every page, and the tickets."""

    title: str
    foot: str
    tickets: tuple[Ticket, ...]
    language: str = "zh"


def sheet_pdf(sheet: Sheet) -> bytes:
    """The PDF, A4. Fifty tickets take half a second of a core. Raises KeyError for an icon that
    does not exist.
    """
    data = {
        "title": sheet.title,
        "foot": sheet.foot,
        "language": sheet.language,
        "tickets": [_drawn(ticket) for ticket in sheet.tickets],
    }
    return bytes(
        typst.compile(
            (HERE / "tickets.typ").read_bytes(),
            font_paths=fonts(),
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
        )
    )


def _drawn(ticket: Ticket) -> dict[str, Any]:
    return {
        "name": _breakable(ticket.name),
        "size": _name_size(ticket.name),
        "line": ticket.line,
        "hint": ticket.hint,
        "icon": icon_svg(ticket.icon) if ticket.icon else "",
        "qr": qr_svg(ticket.qr) if ticket.qr else "",
        "code": ticket.code,
        "code_label": ticket.code_label,
        "pictures": [icon_svg(name) for name in ticket.pictures],
    }


def _name_size(name: str) -> int:
    """Points: a long name is set smaller, so that it never runs into the QR code."""
    wide = sum(2 if ord(c) >= WIDE_FROM else 1 for c in name)
    word = max((len(part) for part in _words(name) if ord(part[0]) < WIDE_FROM), default=0)
    return next((size for size, line, longest in SIZES if wide <= line and word <= longest), 8)


def _breakable(name: str) -> str:
    """A word that is wider than the ticket's column may break anywhere."""
    for word in _words(name):
        if len(word) > LONGEST and ord(word[0]) < WIDE_FROM:
            name = name.replace(word, "\u200b".join(word))
    return name


def _words(name: str) -> list[str]:
    return name.replace("-", " ").split()


def qr_svg(text: str) -> str:
    """The QR code as an SVG document, error correction M: a creased card still reads."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=0, scale=4
    )
    return out.getvalue().decode()


@cache
def fonts() -> typst.Fonts:
    """The one face, looked up once; the machine's own fonts play no part."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@cache
def icon_svg(name: str) -> str:
    """A line icon as an SVG document in black. Raises KeyError."""
    try:
        drawn = lucide._render_icon(name, 24)
    except lucide.IconDoesNotExist as missing:
        raise KeyError(name) from missing
    drawn = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return drawn.replace("currentColor", "#000")
